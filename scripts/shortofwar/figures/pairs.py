"""Claim and counter-claim: who puts what against whom, on one axis of days."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.relations import OPPOSED
from shortofwar.corpus.tables import Corpus
from shortofwar.figures import timeline
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, listed, most_told

LIMIT = 24  # pairs that one figure can name
KEY = {"happened": "claim", "denied": "what is put against it"}
TALK, SIGNS = "On threats, feints and attacks to come", "On signs, aims and demands"
COLUMNS = ["subject", "speaker", "said", "against", "answered", "relation", "theme", "group", "sources", "claims"]
SPOKEN_OF = {"information-operation", "outlook"}


def opposed(corpus: Corpus, title: str) -> Figure:
    """Every pair of claims on Belarus of which one contradicts or disputes the other, each on the day it was said."""
    chosen, left = most_told(_pairs(corpus), LIMIT)
    inside = chosen[chosen["sources"].map(len) == 1]
    same = chosen[chosen["answered"] == chosen["said"]]
    alt = (
        f"Timeline of {count(len(chosen), 'pair')} of claims that are put against one another: "
        f"{listed([f'“{subject}” {number}' for subject, number in chosen['subject'].value_counts(sort=False).items()])}. "
        f"{len(inside)} stand within one source; {len(same)} have both sides on one day. "
        f"{(chosen['relation'] == 'contradicts').sum()} cannot both be true, the others could.{left}"
    )
    rows = [
        timeline.Row(
            pair["subject"],
            pair["group"],
            marks=[
                timeline.Mark(pair["said"], "happened", pair["theme"], pair["claims"][0], word=pair["speaker"]),
                timeline.Mark(pair["answered"], "denied", pair["theme"], pair["claims"][1], word=pair["against"]),
            ],
        )
        for _, pair in chosen.iterrows()
    ]
    late = all(mark.day >= timeline.LENS for row in rows for mark in row.marks)

    def draw(width: float) -> Drawing:
        return timeline.draw(rows, KEY, width, late)

    return Figure(
        name="claim-and-counter-claim",
        title=title,
        subtitle=f"Pairs of claims by the day on which each was said; the crosses are put against the filled marks.{left}",
        alt=alt,
        data=chosen[["subject", "speaker", "said", "against", "answered", "relation", "claims"]].reset_index(drop=True),
        made_by="figures.pairs.opposed from relations.csv, claims.csv and actors.csv",
        draw=draw,
    )


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
        spoken = SPOKEN_OF & {counter["theme"], claim["theme"]}
        rows.append(
            {
                "subject": pair.subject,
                "speaker": names[claim["origin"]],
                "said": claim["said"],
                "against": names[counter["origin"]],
                "answered": counter["said"],
                "relation": pair.relation,
                "theme": claim["theme"],
                "group": TALK if spoken else SIGNS,
                "sources": {claim["code"], counter["code"]},
                "claims": [pair.claim_b, pair.claim_a],
            }
        )
    order = ["group", "said", "subject", "answered"]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(order, key=lambda cells: cells.map([TALK, SIGNS].index) if cells.name == "group" else cells, kind="stable")
