"""A matrix of sources by themes: claims in a hundred words of each source."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import outlet_names, spell_out_codes, top_sources
from claimbook.language.words import capitalize_first, join_words
from claimbook.settings import settings

LIMIT = 12  # sources
ROW_HEIGHT = 0.36  # inches
COLUMNS = ["code", "theme", "number", "per_hundred_words", "claims"]


@traced
def claims_by_theme(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw a matrix of sources by themes, with the density of claims in each cell.

    The density is the number of claims per hundred words of the source. Each cell has a mark of
    that size, and the number beside it. At most `LIMIT` sources are drawn, those with most claims.

    Args:
        corpus: The corpus.
        title: The title of the figure.
    """
    require_rows(corpus.claims.index, "coverage", "claims")
    cells = _cells(corpus)
    chosen, omitted = top_sources(corpus.full_claims()["code"], LIMIT)
    cells = cells[cells["code"].isin(chosen)]
    sources = corpus.sources.sort_values("published").set_index("code")
    sources = sources[sources.index.isin(chosen)]
    codes = list(sources.index)
    names = outlet_names(corpus)[codes].map(capitalize_first).to_dict()

    def draw(width: float) -> Drawing:
        return _draw(cells, names, width)

    return Figure(
        name="coverage",
        title=title,
        subtitle=(
            "Claims per hundred words of each source, by theme; in brackets the number of claims. "
            f"Bold: the largest of a source. {spell_out_codes(corpus, codes)}.{omitted}"
        ),
        alt=_describe(cells, codes) + omitted,
        data=cells[COLUMNS],
        draw=draw,
    )


def _cells(corpus: Corpus) -> pd.DataFrame:
    """Count the claims of each source and theme.

    Returns:
        A row for each pair of source and theme that has claims, with the columns `code`, `theme`,
        `claims` (ids), `number` and `per_hundred_words`.
    """
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    words = corpus.sources.set_index("code")["words"].astype(float)
    groups = claims.groupby(["code", "theme"], observed=True)["claim_id"]
    cells = groups.agg(list).rename("claims").reset_index()
    cells["number"] = cells["claims"].map(len)
    cells["per_hundred_words"] = (100 * cells["number"] / cells["code"].map(words)).round(2)
    return cells


def _absent(cells: pd.DataFrame, codes: list[str]) -> list[tuple[str, str]]:
    """Find the pairs of source and theme without a claim.

    Args:
        cells: The pairs with claims, as `_cells` returns them.
        codes: The codes of the sources to consider.

    Returns:
        Pairs of a source's code and a theme's id.
    """
    present = set(zip(cells["code"], cells["theme"], strict=True))
    return [
        (code, theme)
        for code in codes
        for theme in settings().theme
        if (code, theme) not in present
    ]


def _describe(cells: pd.DataFrame, codes: list[str]) -> str:
    """Write the alternative text: the matrix's size, densest cell and empty cells."""
    themes = settings().theme
    densest = cells.loc[cells["per_hundred_words"].idxmax()]
    absent = [f"{themes[theme].label.lower()} in {code}" for code, theme in _absent(cells, codes)]
    return (
        f"Matrix of {len(codes)} sources by {len(themes)} themes, claims per hundred words. The "
        f"densest is {themes[densest['theme']].label.lower()} in {densest['code']} with "
        f"{densest['per_hundred_words']:.1f}. Absent: {join_words(absent) or 'none'}."
    )


def _draw(cells: pd.DataFrame, names: dict[str, str], width: float) -> Drawing:
    """Draw the matrix.

    Args:
        cells: A row for each cell, as `_cells` returns them.
        names: The names of the sources by code, from top to bottom.
        width: The width in inches.
    """
    wide = width >= house_style.WIDE
    top, left = (0.55 if wide else 1.6), (1.75 if wide else 0.42)
    body = ROW_HEIGHT * len(names)
    height = top + body + 0.08
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes((left / width, 0.08 / height, 1 - left / width - 0.01, body / height))
    _draw_grid(axes, names, wide)
    codes, themes = list(names), list(settings().theme)
    largest = cells.groupby("code")["number"].transform("max")
    for cell, is_largest in zip(cells.itertuples(), cells["number"] == largest, strict=True):
        x, y = themes.index(cell.theme), codes.index(cell.code)
        dots = axes.scatter(
            [x - (0.28 if wide else 0.25)],
            [y],
            s=70 * cell.per_hundred_words,
            color=house_style.colour(cell.theme),
            marker=settings().theme[cell.theme].marker,
            alpha=0.85,
            linewidths=0,
        )
        dots.set_urls([f"claim:{cell.claims[0]}"])
        text = f"{cell.per_hundred_words:.1f}" + (f" ({cell.number})" if wide else "")
        look = small_print("ink") | {"fontweight": "bold" if is_largest else "normal"}
        axes.text(x - 0.04, y, text, va="center", ha="left", **look)
    for code, theme in sorted(_absent(cells, codes), key=lambda cell: themes.index(cell[1])):
        x, y = themes.index(theme), codes.index(code)
        axes.text(x - 0.04, y, "0", va="center", ha="left", **small_print())
    return drawing


def _draw_grid(axes: Axes, names: dict[str, str], wide: bool) -> None:
    """Draw the labels of sources and themes, and the lines between sources."""
    themes = settings().themes
    axes.set(xlim=(-0.5, len(themes) - 0.42), ylim=(len(names) - 0.5, -0.5))
    axes.set_xticks([])
    labels = [f"{name}  {code}" if wide else code for code, name in names.items()]
    axes.set_yticks(range(len(names)), labels)
    axes.tick_params(length=0, labelcolor=house_style.colour("ink"), labelsize=house_style.TEXT)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for x, theme in enumerate(themes):
        axes.annotate(
            theme.label.replace(" ", "\n") if wide else theme.label,
            (x, -0.5),
            (0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            rotation=0 if wide else 90,
            fontweight="bold",
            **small_print(theme.id),
        )
    for y in range(len(names)):
        axes.axhline(y + 0.5, color=house_style.colour("rule"), linewidth=0.5)
