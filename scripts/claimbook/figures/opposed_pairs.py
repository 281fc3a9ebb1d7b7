"""Pairs of claims of which one contradicts or disputes the other, on one axis of days."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from claimbook.corpus.model import OPPOSED, Corpus
from claimbook.figures import glyphs, timeline
from claimbook.figures.day_axis import axis
from claimbook.figures.figure import Figure, traced
from claimbook.figures.finding import Finding
from claimbook.figures.no_data import require_rows
from claimbook.figures.queries import spell_out_codes, top_by_claims
from claimbook.language.dates import DaySpan
from claimbook.language.words import count_noun, join_words
from claimbook.settings import settings

NAME = "claim-and-counter-claim"
LIMIT = 24  # pairs that one figure can show
LABELLED = 0.53  # of the width, for the subject of each pair and its two sides
KEY = {
    "claim": "claim",
    "against": "what is put against it",
    "claim, no day": "hollow: it has no day of its own, but that of its article",
}
INSIDE, ACROSS = "Within one text", "Across texts"
COLUMNS = [
    "subject",
    "speaker",
    "said",
    "said_known",
    "against",
    "answered",
    "answered_known",
    "relation",
    "group",
    "sources",
    "themes",
    "claims",
]


@traced
def opposed_claims(corpus: Corpus, title: str | Finding) -> Figure:
    """Draw each pair of opposed claims on the days when they were made.

    A claim has its mark on the day it was said or, if no source gives that, on the day its source
    was published. Pairs with a claim of the background are omitted. At most `LIMIT` pairs are
    drawn.

    Args:
        corpus: The corpus.
        title: The title of the figure.
    """
    pairs, omitted = top_by_claims(_pairs(corpus), LIMIT)
    require_rows(pairs, NAME, "pairs of claims that are put against one another")
    alt = _describe(pairs) + omitted
    pairs = _with_headings(pairs)
    rows = [_row(pair) for _, pair in pairs.iterrows()]
    themes = set(pairs["themes"].explode())
    colours = {theme: look.label for theme, look in settings().theme.items() if theme in themes}
    is_late = all(mark.day >= axis().stretched for row in rows for mark in row.marks)
    codes = {code for sources in pairs["sources"] for code in sources}

    def draw(width: float) -> Drawing:
        return timeline.draw_timeline(rows, KEY | colours, width, is_late, LABELLED)

    return Figure(
        name=NAME,
        title=title,
        subtitle=(
            "Pairs of claims by the day on which each was said. Under each: whose claim, and who "
            "is put against it (×), with the source that carries it: "
            f"{spell_out_codes(corpus, codes)}.{omitted}"
        ),
        alt=alt,
        data=_table(pairs),
        draw=draw,
    )


def _pairs(corpus: Corpus) -> pd.DataFrame:
    """Collect the pairs of opposed claims, those within one source first.

    A pair is a claim and the counter-claim that contradicts or disputes it.

    Returns:
        A row for each pair, in order of time within the two groups, with `COLUMNS`. `speaker` and
        `said` (day) belong to the claim, `against` (speaker) and `answered` (day) to the
        counter-claim. `said_known` and `answered_known` are true if a source gives the day; else it
        is the day of publication. `sources`, `themes` and `claims` are lists of two, first for the
        claim.
    """
    claims = corpus.full_claims()
    claims = claims[claims["theme"] != settings().roles.background]
    names = corpus.actors["short"]
    relations = corpus.relations.reset_index()
    rows = []
    for pair in relations[relations["relation"].isin(OPPOSED)].itertuples():
        if pair.claim_a not in claims.index or pair.claim_b not in claims.index:
            continue
        counter, claim = claims.loc[pair.claim_a], claims.loc[pair.claim_b]
        rows.append(
            {
                "subject": pair.subject,
                "speaker": names[claim["origin"]],
                "said": claim["said"],
                "said_known": pd.notna(claim["stated_on"]),
                "against": names[counter["origin"]],
                "answered": counter["said"],
                "answered_known": pd.notna(counter["stated_on"]),
                "relation": pair.relation,
                "group": INSIDE if claim["code"] == counter["code"] else ACROSS,
                "sources": [claim["code"], counter["code"]],
                "themes": [claim["theme"], counter["theme"]],
                "claims": [pair.claim_b, pair.claim_a],
            }
        )
    pairs = pd.DataFrame(rows, columns=COLUMNS)
    rank = pairs["group"].map([INSIDE, ACROSS].index)
    order = pairs.assign(rank=rank).sort_values(
        ["rank", "said", "subject", "answered"], kind="stable"
    )
    return order[COLUMNS]


def _with_headings(pairs: pd.DataFrame) -> pd.DataFrame:
    """Add to each pair the heading of its group, with the number of pairs under it.

    If one speaker makes most counter-claims of a group, these pairs have a heading of their own,
    and the other pairs of the group another.

    Returns:
        The pairs with `heading`, in the order of the headings.
    """
    parts: dict[str, pd.DataFrame] = {}
    for group, same in pairs.groupby("group", sort=False):
        sides = same["against"].value_counts()
        side = sides.index[0]
        if sides.iloc[0] > len(same) / 2:
            parts[f"{group}: {side} against others"] = same[same["against"] == side]
            parts[f"{group}: others"] = same[same["against"] != side]
        else:
            parts[str(group)] = same
    headed = [
        part.assign(heading=f"{heading} ({len(part)})")
        for heading, part in parts.items()
        if len(part)
    ]
    return pd.concat(headed) if headed else pairs.assign(heading="")


def _row(pair: pd.Series) -> timeline.Row:
    """Create the timeline's row of a pair: its two marks, and a note on the speakers."""
    (claim, counter), (theme, counter_theme) = pair["claims"], pair["themes"]
    source, counter_source = pair["sources"]
    glyph = "claim" if pair["said_known"] else "claim, no day"
    counter_glyph = "against" if pair["answered_known"] else "against, no day"
    return timeline.Row(
        pair["subject"],
        pair["heading"],
        marks=[
            glyphs.Mark(pair["said"], glyph, theme, claim),
            glyphs.Mark(pair["answered"], counter_glyph, counter_theme, counter),
        ],
        note=f"{pair['speaker']} ({source}) × {pair['against']} ({counter_source})",
    )


def _describe(pairs: pd.DataFrame) -> str:
    """Write the alternative text: the subjects, the sides and the known days."""
    subjects = pairs["subject"].value_counts(sort=False)
    numbers = join_words([f"“{subject}” {number}" for subject, number in subjects.items()])
    inside = int((pairs["group"] == INSIDE).sum())
    sides = pairs["against"].value_counts()
    side = f"{sides.iloc[0]} {sides.index[0]} is the other side" if len(sides) else "0"
    unknown = int((~pairs[["said_known", "answered_known"]].astype(bool)).to_numpy().sum())
    return (
        f"Timeline of {count_noun(len(pairs), 'pair')} of claims that are put against one another: "
        f"{numbers}. {inside} stand within one source; in {side}. {unknown} of their "
        f"{2 * len(pairs)} ends have no day but that of their article. "
        f"{(pairs['relation'] == 'contradicts').sum()} cannot both be true, the others could."
    )


def _table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the data of the figure, with the days of both claims.

    Days that no source gives are marked as those of the article.
    """
    table = pairs.assign(
        said=_days(pairs["said"], pairs["said_known"]),
        answered=_days(pairs["answered"], pairs["answered_known"]),
    )
    columns = ["subject", "speaker", "said", "against", "answered", "sources", "relation", "claims"]
    return table[columns].reset_index(drop=True)


def _days(days: pd.Series, is_known: pd.Series) -> list[DaySpan]:
    """Mark the days that are not known as those of the article."""
    return [
        DaySpan(day, day, before="" if known else "not given; article of")
        for day, known in zip(days, is_known, strict=True)
    ]
