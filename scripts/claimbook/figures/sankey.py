"""A flow diagram of how claims reached the reader: from origin to outlet."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from claimbook import house_style
from claimbook.analysis.provenance import argued_claims, passes_through, provenance_chains
from claimbook.corpus.model import Corpus
from claimbook.figures import legend
from claimbook.figures.canvas import small_print
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import outlet_names, top_sources
from claimbook.language.words import count_noun, join_words, without_article
from claimbook.settings import settings

MAX_ORIGINS = 9  # origins with a bar of their own
MAX_SOURCES = 12
MAX_CLAIM_HEIGHT = 0.028  # inches
MAX_HEIGHT = 6.0  # inches for all claims together
GAP = 0.09  # inches between the bars of a column
BAR = 0.1  # inches: the width of a bar
NAME = "origins-flow"
FROM_INSTITUTION, PASSED_ON = 0.78, 0.42  # opacity of the highlighted bands
NAME_LENGTHS = (34, 19)  # letters of an origin's name, on a page and on a phone
OUTLET_LENGTH = 15  # letters of an outlet's name
OWN, OTHERS = "own", "rest"  # stand for an origin: the outlet itself, and all smaller ones


@traced
def origins_to_outlets(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw a flow diagram of claims, from their origins to the outlets.

    Claims of the background are omitted, and so are sources beyond the `MAX_SOURCES` with most
    claims. The smaller origins share one bar. Flows of claims that come from the institution named
    in the settings, or pass through it, are highlighted.

    Args:
        corpus: The corpus.
        title: The title of the figure.
    """
    require_rows(argued_claims(corpus), NAME, "claims of the themes that it argues about")
    claims = provenance_chains(corpus).rename_axis("claim_id").reset_index()
    institution = settings().roles.institution
    through = passes_through(corpus.claims, institution)
    claims["through_institution"] = claims["claim_id"].map(through)
    sources, omitted = top_sources(claims["code"], MAX_SOURCES)
    claims = claims[claims["code"].isin(sources)]
    sizes = claims.loc[claims["origin"] != claims["outlet"], "origin"].value_counts()
    named = list(sizes.index[: MAX_ORIGINS + (len(sizes) == MAX_ORIGINS + 1)])  # one has a name
    flows = _flows(claims, named)
    labels = {
        OWN: "The outlet itself",
        OTHERS: count_noun(len(sizes) - len(named), "other origin"),
        **{origin: corpus.actors.loc[origin, "name"] for origin in named},
    }
    flows["origin"] = flows["group"].map(labels)
    flows["from_institution"] = flows["group"] == institution
    short = {labels[origin]: corpus.actors.loc[origin, "short"] for origin in named}
    totals = flows.groupby("origin")["number"].sum().sort_values(ascending=False)
    outlets = outlet_names(corpus)
    outlets = outlets[outlets.index.isin(claims["code"])]
    name = corpus.actors["name"].get(institution, "")

    def draw(width: float) -> Drawing:
        return _draw(flows, list(totals.index), short, outlets, name, width)

    background = settings().theme[settings().roles.background].label.lower()
    return Figure(
        name=NAME,
        title=title,
        subtitle=(
            f"The {len(claims)} claims{_on_home()}, {background} left out, from origin (left) to "
            f"outlet (right).{_highlighted(claims)}{omitted}"
        ),
        alt=_describe(claims, totals, len(sizes) + 1, outlets) + omitted,
        data=_table(flows),
        draw=draw,
    )


def _flows(claims: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    """Group claims into flows by origin, outlet and whether they pass the institution.

    Args:
        claims: Claims with `claim_id`, `origin`, `outlet`, `code` and `through_institution`.
        named: The ids of the origins that have a bar of their own.

    Returns:
        A row for each flow: `group` (the id of an origin, `OWN` for the outlet itself, or
        `OTHERS`), `through_institution` (true if its claims pass through the institution), `code`,
        `claims` (ids) and `number` (of claims).
    """
    groups = [
        OWN if claim.origin == claim.outlet else claim.origin if claim.origin in named else OTHERS
        for claim in claims.itertuples()
    ]
    grouped = claims.assign(group=groups).groupby(["group", "through_institution", "code"])
    flows = grouped["claim_id"].agg(list).rename("claims").reset_index()
    return flows.assign(number=flows["claims"].map(len))


def _on_home() -> str:
    """Return the phrase that claims bear on the report's country, for the subtitle.

    It is empty if the settings have no geography.
    """
    geography = settings().geography
    return f" that bear on {geography.home}" if geography else ""


def _institution_counts(claims: pd.DataFrame) -> tuple[int, int]:
    """Count the claims that pass through the institution, and those that come from it.

    Returns:
        The number of claims with the institution anywhere in their chain, and the number of claims
        that originate from it.
    """
    origins = claims["origin"] == settings().roles.institution
    return int(claims["through_institution"].sum()), int(origins.sum())


def _highlighted(claims: pd.DataFrame) -> str:
    """Write the sentence on the highlighted claims; empty without an institution."""
    roles = settings().roles
    if not roles.institution:
        return ""
    through, origin = _institution_counts(claims)
    return (
        f" Set off: the {through} that come from {roles.institution_short} ({origin}) or pass "
        f"through it ({through - origin})."
    )


def _describe(claims: pd.DataFrame, totals: pd.Series, origins: int, outlets: pd.Series) -> str:
    """Write the alternative text: the sizes, the origins and the institution's share.

    Args:
        claims: The claims that are drawn.
        totals: The number of claims of each bar on the left, the largest first.
        origins: The number of different origins.
        outlets: The names of the outlets, by source code.
    """
    largest = join_words([f"{name} {number}" for name, number in totals.head(4).items()])
    text = (
        f"Flow of {len(claims)} claims from {origins} kinds of origin to "
        f"{claims['code'].nunique()} outlets. Largest origins: {largest}."
    )
    roles = settings().roles
    if not roles.institution:
        return text
    through, origin = _institution_counts(claims)
    reached = outlets[outlets.index.isin(claims.loc[claims["through_institution"], "code"])]
    return (
        f"{text} {through} claims, {100 * through / len(claims):.0f} per cent, come from "
        f"{roles.institution_short} ({origin}) or pass through it ({through - origin}), to "
        f"{join_words(list(reached)) or 'none'}."
    )


def _table(flows: pd.DataFrame) -> pd.DataFrame:
    """Return the data of the figure: a row for each flow, the largest first."""
    flows = flows.assign(origin=flows["origin"].mask(flows["group"] == OTHERS, "Other origins"))
    flows = flows.rename(columns={"code": "outlet"})
    flows = flows.sort_values("number", ascending=False, kind="stable")
    columns = ["origin", "through_institution", "outlet", "number", "claims"]
    return flows[columns].reset_index(drop=True)


def _stack(numbers: pd.Series, order: list[str], claim: float) -> dict[str, float]:
    """Compute where each bar of a column begins, in inches from the top.

    Args:
        numbers: The number of claims of each bar, by its name.
        order: The names of the bars from top to bottom.
        claim: The height of one claim in inches.

    Returns:
        The beginning of each bar, by its name.
    """
    y, starts = 0.0, {}
    for name in order:
        starts[name] = y
        y += claim * numbers[name] + GAP
    return starts


def _key(name: str) -> dict[str, legend.Sample]:
    """Return the samples of the legend by their words.

    Args:
        name: The name of the institution. If it is empty, there are no samples.
    """
    if not name:
        return {}
    words = f"from the {without_article(name)} ({settings().roles.institution_short})"
    return {
        words: legend.bar_sample("ink", FROM_INSTITUTION),
        "passed on by it": legend.bar_sample("ink", PASSED_ON),
    }


def _draw(
    flows: pd.DataFrame,
    origins: list[str],
    short: dict[str, str],
    outlets: pd.Series,
    institution: str,
    width: float,
) -> Drawing:
    """Draw the flow diagram.

    Args:
        flows: A row for each flow, as `_flows` returns them, with `origin` (its name) and
            `from_institution` (true if that is the institution).
        origins: The names of the origins from top to bottom.
        short: The short names of origins, by name.
        outlets: The names of the outlets by source code, from top to bottom.
        institution: The name of the institution; empty for none.
        width: The width in inches.
    """
    wide, codes = width >= house_style.WIDE, list(outlets.index)
    by_origin = flows.groupby("origin")["number"].sum()
    by_code = flows.groupby("code")["number"].sum()
    claim = min(MAX_CLAIM_HEIGHT, MAX_HEIGHT / flows["number"].sum())
    origin_y, outlet_y = _stack(by_origin, origins, claim), _stack(by_code, codes, claim)
    height = claim * flows["number"].sum() + GAP * max(len(origins), len(codes))
    key = _key(institution)
    top = legend.legend_height(key, width) + 0.1
    drawing = Drawing(figsize=(width, height + top))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, -top))
    axes.set_axis_off()
    left = 2.35 if wide else 1.44
    right = width - (1.3 if wide else 1.16)
    _draw_bands(axes, flows, origin_y, outlet_y, (left + BAR, right - BAR), claim)
    for name in origins:
        length = claim * by_origin[name]
        axes.add_patch(_bar(left, origin_y[name], length))
        words = name if wide and len(name) <= NAME_LENGTHS[0] else short.get(name, name)
        words = _shorten(words, NAME_LENGTHS[0 if wide else 1])
        axes.text(
            left - 0.06,
            origin_y[name] + length / 2,
            f"{words}  {by_origin[name]}",
            ha="right",
            va="center",
            fontsize=house_style.SMALL,
        )
    through = flows[flows["through_institution"]].groupby("code")["number"].sum()
    through = through.reindex(codes, fill_value=0)
    for code, name in outlets.items():
        length = claim * by_code[code]
        axes.add_patch(_bar(right - BAR, outlet_y[code], length))
        second_line = f"{through[code]} by {settings().roles.institution_short}"
        has_room = bool(institution) and length + GAP > 2 * house_style.LINE
        x, y = right + 0.06, outlet_y[code] + length / 2
        words = f"{by_code[code]} {_shorten(name, OUTLET_LENGTH)}"
        axes.text(x, y, words, va="bottom" if has_room else "center", fontsize=house_style.SMALL)
        if has_room:
            axes.text(x, y, second_line, va="top", **small_print())
    legend.draw_legend(drawing, key)
    return drawing


def _draw_bands(
    axes: Axes,
    flows: pd.DataFrame,
    origin_y: dict[str, float],
    outlet_y: dict[str, float],
    ends: tuple[float, float],
    claim: float,
) -> None:
    """Draw a band for each flow between the bar of its origin and that of its outlet.

    The bands at a bar are in the order of the bars at their other end.

    Args:
        axes: Axes in inches, from the top down.
        flows: A row for each flow, as for `_draw`.
        origin_y: The inches from the top to the bar of each origin, by name.
        outlet_y: The inches from the top to the bar of each outlet, by source code.
        ends: The inches from the left at which the bands begin and end.
        claim: The height of one claim in inches.
    """
    left, right = ends
    next_origin_y, next_outlet_y = dict(origin_y), dict(outlet_y)
    ordered = flows.assign(
        row=flows["origin"].map(list(origin_y).index),
        column=flows["code"].map(list(outlet_y).index),
    ).sort_values(["row", "column", "through_institution"])
    for flow in ordered.itertuples():
        length = claim * flow.number
        start, end = (left, next_origin_y[flow.origin]), (right, next_outlet_y[flow.code])
        opacity = FROM_INSTITUTION if flow.from_institution else PASSED_ON
        if not flow.through_institution:
            opacity = 0
        _draw_band(axes, start, end, length, opacity, flow.claims[0])
        next_origin_y[flow.origin] += length
        next_outlet_y[flow.code] += length


def _shorten(words: str, length: int) -> str:
    """Cut a text to a number of letters, with an ellipsis at its end."""
    return words if len(words) <= length else words[: length - 1] + "…"


def _bar(x: float, y: float, length: float) -> PathPatch:
    corners = [(x, y), (x + BAR, y), (x + BAR, y + length), (x, y + length), (x, y)]
    return PathPatch(Path(corners), facecolor=house_style.colour("muted"), linewidth=0)


def _draw_band(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    length: float,
    opacity: float,
    claim: str,
) -> None:
    """Draw the band of a flow, curved and of equal height, from one bar to another.

    Args:
        axes: Axes in inches, from the top down.
        start: The upper corner of the band at the origin.
        end: The upper corner of the band at the outlet.
        length: The height of the band in inches.
        opacity: The opacity of a highlighted band. With 0 the band is not highlighted: it is drawn
            in plain grey, and not transparent.
        claim: The id of the flow's first claim, to which the band links.
    """
    (xa, ya), (xb, yb) = start, end
    middle = (xa + xb) / 2
    curve, line, move, close = Path.CURVE4, Path.LINETO, Path.MOVETO, Path.CLOSEPOLY
    points = [
        (xa, ya),
        (middle, ya),
        (middle, yb),
        (xb, yb),
        (xb, yb + length),
        (middle, yb + length),
        (middle, ya + length),
        (xa, ya + length),
        (xa, ya),
    ]
    path = Path(points, [move, curve, curve, curve, line, curve, curve, curve, close])
    colour = house_style.colour("ink" if opacity else "rule")
    patch = PathPatch(path, facecolor=colour, alpha=opacity or 0.55, linewidth=0)
    patch.set_url(f"claim:{claim}")
    axes.add_patch(patch)
