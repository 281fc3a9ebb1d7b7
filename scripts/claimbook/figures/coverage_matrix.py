"""What each source speaks of: claims by source and theme, for equal lengths of text."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from claimbook.corpus.model import Corpus
from claimbook.figures import style
from claimbook.figures.figure import Figure
from claimbook.figures.queries import join_words, spell_out_codes, top_sources
from claimbook.settings import settings

LIMIT = 12  # sources
CELL = 0.36  # inches: the height of a row


def claims_by_theme(corpus: Corpus, title: str) -> Figure:
    """Claims of each theme in a hundred words of each source, as a matrix of sized marks with their numbers."""
    claims = corpus.full_claims().rename_axis("claim_id").reset_index()
    words = corpus.sources.set_index("code")["words"].astype(float)
    grouped = (
        claims.groupby(["code", "theme"], observed=True)["claim_id"]
        .agg(list)
        .rename("claims")
        .reset_index()
    )
    grouped["number"] = grouped["claims"].map(len)
    grouped["per_hundred_words"] = (100 * grouped["number"] / grouped["code"].map(words)).round(2)
    most, left = top_sources(claims["code"], LIMIT)
    grouped = grouped[grouped["code"].isin(most)]
    order = [code for code in corpus.sources.sort_values("published")["code"] if code in most]
    names = corpus.sources.set_index("code")["outlet"].map(corpus.actors["name"])
    top = grouped.loc[grouped["per_hundred_words"].idxmax()]
    absent = [
        f"{settings().theme[theme].label.lower()} in {code}"
        for code in order
        for theme in settings().theme
        if not ((grouped["code"] == code) & (grouped["theme"] == theme)).any()
    ]
    alt = (
        f"Matrix of {len(order)} sources by {len(settings().theme)} themes, claims per hundred words. "
        f"The densest is {settings().theme[top['theme']].label.lower()} in {top['code']} with {top['per_hundred_words']:.1f}. "
        f"Absent: {join_words(absent) or 'none'}.{left}"
    )

    def draw(width: float) -> Drawing:
        return _draw(grouped, order, names, width)

    return Figure(
        name="coverage",
        title=title,
        subtitle=f"Claims per hundred words of each source, by theme; in brackets the number of claims. Bold: the largest of a source. {spell_out_codes(corpus, order)}.{left}",
        alt=alt,
        data=grouped[["code", "theme", "number", "per_hundred_words", "claims"]],
        made_by="figures.coverage.by_theme from claims.csv and sources.csv",
        draw=draw,
    )


def _draw(grouped: pd.DataFrame, order: list[str], names: pd.Series, width: float) -> Drawing:
    wide = width >= style.WIDE
    top, left = (0.55 if wide else 1.6), (1.75 if wide else 0.42)
    height = top + CELL * len(order) + 0.08
    drawing = Drawing(figsize=(width, height))
    axes = drawing.add_axes(
        (left / width, 0.08 / height, 1 - left / width - 0.01, CELL * len(order) / height)
    )
    themes = list(settings().theme)
    axes.set(xlim=(-0.5, len(themes) - 0.42), ylim=(len(order) - 0.5, -0.5))
    axes.set_xticks([])
    axes.set_yticks(
        range(len(order)),
        [f"{names[code].split(' of text')[0]}  {code}" if wide else code for code in order],
    )
    axes.tick_params(length=0, labelcolor=style.colour("ink"), labelsize=style.TEXT)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for x, theme in enumerate(themes):
        label = (
            settings().theme[theme].label.replace(" ", "\n")
            if wide
            else settings().theme[theme].label
        )
        axes.annotate(
            label,
            (x, -0.5),
            (0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            rotation=0 if wide else 90,
            color=style.colour(theme),
            fontsize=style.SMALL,
            fontweight="bold",
        )
    for y in range(len(order)):
        axes.axhline(y + 0.5, color=style.colour("rule"), linewidth=0.5)
    most = grouped.groupby("code")["number"].transform("max")
    for row, top in zip(grouped.itertuples(), grouped["number"] == most, strict=True):
        x, y = themes.index(row.theme), order.index(row.code)
        dots = axes.scatter(
            [x - 0.28 if wide else x - 0.25],
            [y],
            s=70 * row.per_hundred_words,
            color=style.colour(row.theme),
            marker=settings().theme[row.theme].marker,
            alpha=0.85,
            linewidths=0,
        )
        dots.set_urls([f"claim:{row.claims[0]}"])
        text = (
            f"{row.per_hundred_words:.1f} ({row.number})"
            if wide
            else f"{row.per_hundred_words:.1f}"
        )
        axes.text(
            x - 0.04,
            y,
            text,
            va="center",
            ha="left",
            fontsize=style.SMALL,
            fontweight="bold" if top else "normal",
        )
    present = set(zip(grouped["theme"], grouped["code"], strict=True))
    for x, y in (
        (x, y)
        for x, theme in enumerate(themes)
        for y, code in enumerate(order)
        if (theme, code) not in present
    ):
        axes.text(
            x - 0.04,
            y,
            "0",
            va="center",
            ha="left",
            fontsize=style.SMALL,
            color=style.colour("muted"),
        )
    return drawing
