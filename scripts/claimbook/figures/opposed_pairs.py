"""Claim and counter-claim: who puts what against whom, on one axis of days."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from claimbook.corpus.model import OPPOSED, Corpus
from claimbook.figures import timeline
from claimbook.figures.figure import Figure
from claimbook.figures.queries import count_noun, join_words, spell_out_codes, top_by_claims
from claimbook.language.claim_text import format_day
from claimbook.settings import settings

LIMIT = 24  # pairs that one figure can name
LABELLED = 0.53  # of the width, for what each pair is about and who its sides are
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


def opposed_claims(corpus: Corpus, title: str) -> Figure:
    """Every pair of claims on Belarus of which one contradicts or disputes the other, each on the day it was said or else published."""
    chosen, left = top_by_claims(_pairs(corpus), LIMIT)
    sizes = chosen["group"].value_counts()
    unknown = int((~chosen["said_known"]).sum() + (~chosen["answered_known"]).sum())
    most = chosen["against"].value_counts()
    alt = (
        f"Timeline of {count_noun(len(chosen), 'pair')} of claims that are put against one another: "
        f"{join_words([f'“{subject}” {number}' for subject, number in chosen['subject'].value_counts(sort=False).items()])}. "
        f"{sizes.get(INSIDE, 0)} stand within one source; in {join_words([f'{number} {name} is the other side' for name, number in most.head(1).items()]) or '0'}. "
        f"{unknown} of their {2 * len(chosen)} ends have no day but that of their article. "
        f"{(chosen['relation'] == 'contradicts').sum()} cannot both be true, the others could.{left}"
    )
    chosen = _headed(chosen)
    rows = [
        timeline.Row(
            pair["subject"],
            pair["heading"],
            marks=[
                timeline.Mark(
                    pair["said"],
                    "claim" if pair["said_known"] else "claim, no day",
                    pair["themes"][0],
                    pair["claims"][0],
                ),
                timeline.Mark(
                    pair["answered"],
                    "against" if pair["answered_known"] else "against, no day",
                    pair["themes"][1],
                    pair["claims"][1],
                ),
            ],
            note=_sides(pair),
        )
        for _, pair in chosen.iterrows()
    ]
    colours = {
        theme: look.label
        for theme, look in settings().theme.items()
        if theme in set(chosen["themes"].explode())
    }
    late = all(mark.day >= timeline.axis().stretched for row in rows for mark in row.marks)

    def draw(width: float) -> Drawing:
        return timeline.draw_timeline(rows, KEY | colours, width, late, LABELLED)

    return Figure(
        name="claim-and-counter-claim",
        title=title,
        subtitle=(
            "Pairs of claims by the day on which each was said. Under each: whose claim, and who is put against it (×), with the source that carries it: "
            f"{spell_out_codes(corpus, {code for codes in chosen['sources'] for code in codes})}.{left}"
        ),
        alt=alt,
        data=chosen[
            ["subject", "speaker", "said", "against", "answered", "sources", "relation", "claims"]
        ]
        .assign(
            said=_told(chosen["said"], chosen["said_known"]),
            answered=_told(chosen["answered"], chosen["answered_known"]),
        )
        .reset_index(drop=True),
        made_by="figures.pairs.opposed from relations.csv, claims.csv and actors.csv",
        draw=draw,
    )


def _headed(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with a `heading`, which has the number under it; whoever is the other side of most of a group has a heading there."""
    parts: dict[str, pd.DataFrame] = {}
    for group, same in pairs.groupby("group", sort=False):
        names = same["against"].value_counts()
        if names.iloc[0] > len(same) / 2:
            mostly = same["against"] == names.index[0]
            parts |= {
                f"{group}: {names.index[0]} against others": same[mostly],
                f"{group}: others": same[~mostly],
            }
        else:
            parts[str(group)] = same
    headed = [
        part.assign(heading=f"{words} ({len(part)})") for words, part in parts.items() if len(part)
    ]
    return pd.concat(headed) if headed else pairs.assign(heading="")


def _told(days: pd.Series, known: pd.Series) -> list[str]:
    """The days as a reader of the table sees them."""
    return [
        format_day(when) if sure else f"not given; article of {format_day(when)}"
        for when, sure in zip(days, known, strict=True)
    ]


def _sides(pair: pd.Series) -> str:
    """Who stands against whom, and in which source each: `Khrenin (PR) × Muzyka (RW)`."""
    return f"{pair['speaker']} ({pair['sources'][0]}) × {pair['against']} ({pair['sources'][1]})"


def _pairs(corpus: Corpus) -> pd.DataFrame:
    """One row a pair, with `speaker` and `said` of the claim and `against` and `answered` of its counter-claim, context left out."""
    claims = corpus.full_claims()
    names = corpus.actors["short"]
    relations = corpus.relations.reset_index()
    rows = []
    for pair in relations[relations["relation"].isin(OPPOSED)].itertuples():
        if pair.claim_a not in claims.index or pair.claim_b not in claims.index:
            continue
        counter, claim = claims.loc[pair.claim_a], claims.loc[pair.claim_b]
        if "context" in (counter["theme"], claim["theme"]):
            continue
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
    order = ["group", "said", "subject", "answered"]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(
        order,
        key=lambda cells: cells.map([INSIDE, ACROSS].index) if cells.name == "group" else cells,
        kind="stable",
    )
