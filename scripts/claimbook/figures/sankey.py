"""From origin through relay to outlet: by what ways the claims reached the reader."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from claimbook.analysis.provenance import provenance_chains
from claimbook.corpus.model import Corpus
from claimbook.figures import legend, style
from claimbook.figures.figure import Figure
from claimbook.figures.queries import join_words, outlet_names, top_sources
from claimbook.settings import settings

SHOWN = 9  # origins drawn by name; the rest stand together
CLAIM = 0.028  # inches of height for a claim
TALLEST = 6.0  # inches for all claims together
OUTLETS = 12  # sources drawn by code
GAP = 0.09  # inches between the bars of a column
BAR = 0.1  # inches
DARK, MIDDLE = 0.78, 0.42  # of the bands that are set off
ROOM, NARROW, OUTLET = (
    34,
    19,
    15,
)  # letters of the name of an origin, on a page and on a phone, and of an outlet
OWN = "own"
REST = "rest"


def origins_to_outlets(corpus: Corpus, title: str) -> Figure:
    """Claims on Belarus from origin to outlet; what passes through ISW, as origin or relay, is set off."""
    known = provenance_chains(corpus).rename_axis("claim_id").reset_index()
    known["isw"] = [
        settings().roles.institution in corpus.claims.at[claim, "chain"]
        for claim in known["claim_id"]
    ]
    most, left = top_sources(known["code"], OUTLETS)
    known = known[known["code"].isin(most)]
    sizes = known.loc[known["origin"] != known["outlet"], "origin"].value_counts()
    named = list(sizes.index[:SHOWN])
    known["from"] = [
        OWN if row.origin == row.outlet else row.origin if row.origin in named else REST
        for row in known.itertuples()
    ]
    ways = (
        known.groupby(["from", "isw", "code"])["claim_id"].agg(list).rename("claims").reset_index()
    )
    ways["number"] = ways["claims"].map(len)
    label = {
        OWN: "The outlet itself",
        REST: f"{len(sizes) - len(named)} other origins",
        **{origin: corpus.actors.loc[origin, "name"] for origin in named},
    }
    ways["origin"] = ways["from"].map(label)
    ways["from_isw"] = ways["from"] == settings().roles.institution
    short = {label[origin]: corpus.actors.loc[origin, "short"] for origin in named}
    totals = ways.groupby("origin")["number"].sum().sort_values(ascending=False)
    through, first = (
        int(known["isw"].sum()),
        int((known["origin"] == settings().roles.institution).sum()),
    )
    named_outlets = outlet_names(corpus)
    alt = (
        f"Flow of {len(known)} claims from {len(sizes) + 1} kinds of origin to {known['code'].nunique()} outlets. "
        f"Largest origins: {join_words([f'{name} {number}' for name, number in totals.head(4).items()])}. "
        f"{through} claims, {100 * through / len(known):.0f} per cent, come from ISW ({first}) or pass through it ({through - first}), to "
        f"{join_words(list(named_outlets[named_outlets.index.isin(known.loc[known['isw'], 'code'])])) or 'none'}.{left}"
    )

    def draw(width: float) -> Drawing:
        return _draw(
            ways,
            list(totals.index),
            short,
            named_outlets[named_outlets.index.isin(ways["code"])],
            width,
        )

    return Figure(
        name="origins-flow",
        title=title,
        subtitle=(
            f"The {len(known)} claims that bear on Belarus, context left out, from origin (left) to outlet (right). "
            f"Set off: the {through} that come from ISW ({first}) or pass through it ({through - first}).{left}"
        ),
        alt=alt,
        data=_rows(ways).rename(columns={"isw": "through_isw", "code": "outlet"}),
        made_by="figures.flow.to_outlets from claims.csv and actors.csv",
        draw=draw,
    )


def _rows(ways: pd.DataFrame) -> pd.DataFrame:
    """The data as the figure's table has them, most claims first."""
    told = ways.assign(origin=ways["origin"].mask(ways["from"] == REST, "Other origins"))
    return told.sort_values("number", ascending=False, kind="stable")[
        ["origin", "isw", "code", "number", "claims"]
    ].reset_index(drop=True)


def _stack(numbers: pd.Series, order: list[str], claim: float) -> dict[str, float]:
    """Where each bar of a column begins, in inches from the top."""
    at, places = 0.0, {}
    for name in order:
        places[name] = at
        at += claim * numbers[name] + GAP
    return places


def _draw(
    ways: pd.DataFrame, origins: list[str], short: dict[str, str], named: pd.Series, width: float
) -> Drawing:
    wide, codes = width >= style.WIDE, list(named.index)
    left_numbers, right_numbers = (
        ways.groupby("origin")["number"].sum(),
        ways.groupby("code")["number"].sum(),
    )
    through = ways[ways["isw"]].groupby("code")["number"].sum().reindex(codes, fill_value=0)
    claim = min(CLAIM, TALLEST / ways["number"].sum())
    left, right = _stack(left_numbers, origins, claim), _stack(right_numbers, codes, claim)
    height = claim * ways["number"].sum() + GAP * max(len(origins), len(codes))
    key = {
        "from the Institute for the Study of War (ISW)": legend.bar_sample("ink", DARK),
        "passed on by it": legend.bar_sample("ink", MIDDLE),
    }
    top = legend.legend_height(key, width) + 0.1
    drawing = Drawing(figsize=(width, height + top))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, -top))
    axes.set_axis_off()
    x0 = 2.35 if wide else 1.44
    x1 = width - (1.3 if wide else 1.16)
    out, into = dict(left), dict(right)
    ways = ways.assign(
        a=ways["origin"].map(origins.index), b=ways["code"].map(codes.index)
    ).sort_values(["a", "b", "isw"])
    for row in ways.itertuples():
        tall = claim * row.number
        _band(
            axes,
            (x0 + BAR, out[row.origin]),
            (x1 - BAR, into[row.code]),
            tall,
            (DARK if row.from_isw else MIDDLE) if row.isw else 0,
            row.claims[0],
        )
        out[row.origin] += tall
        into[row.code] += tall
    for name in origins:
        tall = claim * left_numbers[name]
        axes.add_patch(_bar(x0, left[name], tall))
        words = name if wide and len(name) <= ROOM else short.get(name, name)
        axes.text(
            x0 - 0.06,
            left[name] + tall / 2,
            f"{_fit(words, ROOM if wide else NARROW)}  {left_numbers[name]}",
            ha="right",
            va="center",
            fontsize=style.SMALL,
        )
    for code, name in named.items():
        tall = claim * right_numbers[code]
        axes.add_patch(_bar(x1 - BAR, right[code], tall))
        middle, room = right[code] + tall / 2, tall + GAP > 2 * style.LINE
        axes.text(
            x1 + 0.06,
            middle,
            f"{right_numbers[code]} {_fit(name, OUTLET)}",
            va="bottom" if room else "center",
            fontsize=style.SMALL,
        )
        if room:
            axes.text(
                x1 + 0.06,
                middle,
                f"{through[code]} by ISW",
                va="top",
                fontsize=style.SMALL,
                color=style.colour("muted"),
            )
    legend.draw_legend(drawing, key)
    return drawing


def _fit(words: str, room: int) -> str:
    return words if len(words) <= room else words[: room - 1] + "…"


def _bar(x: float, y: float, tall: float) -> PathPatch:
    path = Path([(x, y), (x + BAR, y), (x + BAR, y + tall), (x, y + tall), (x, y)])
    return PathPatch(path, facecolor=style.colour("muted"), linewidth=0)


def _band(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    tall: float,
    dark: float,
    claim: str,
) -> None:
    """A band of equal height from one bar to another; how `dark`, if it is set off."""
    (xa, ya), (xb, yb) = start, end
    middle = (xa + xb) / 2
    curve, line, move, close = Path.CURVE4, Path.LINETO, Path.MOVETO, Path.CLOSEPOLY
    points = [
        (xa, ya),
        (middle, ya),
        (middle, yb),
        (xb, yb),
        (xb, yb + tall),
        (middle, yb + tall),
        (middle, ya + tall),
        (xa, ya + tall),
        (xa, ya),
    ]
    path = Path(points, [move, curve, curve, curve, line, curve, curve, curve, close])
    colour = style.colour("ink" if dark else "rule")
    patch = PathPatch(path, facecolor=colour, alpha=dark or 0.55, linewidth=0)
    patch.set_url(f"claim:{claim}")
    axes.add_patch(patch)
