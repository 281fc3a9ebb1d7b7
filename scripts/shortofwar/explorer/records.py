"""The claims as the explorer holds them: what the filters look at, what the list says, and the cells of a download."""

import csv
import io
import re
from typing import Any

import pandas as pd

from shortofwar.corpus import days, words
from shortofwar.corpus.tables import Corpus
from shortofwar.explorer.filters import fold, voices_of

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")  # what makes a spreadsheet take a cell for a formula, if a cell begins with it
GUARD = "'"  # what a spreadsheet takes for the mark of plain text
SPANS = [f"{basis}_{end}" for basis in (days.DAY, *days.BASES) for end in ("first", "last")]


def of(corpus: Corpus) -> pd.DataFrame:
    """What the filters, the timeline and the list need of each claim, by claim id, in the order of the table.

    `theme` and the other filters with fixed values hold lists of their values, `text` what is searched, folded; `day_first` and
    so on days as YYYY-MM-DD, empty where there are none (see `corpus.days.spans`); `who` and `when` say it in words.
    """
    claims = corpus.full_claims()
    placed = days.spans(corpus)
    found = pd.DataFrame(
        {
            **{name: claims[name].astype(str).map(lambda value: [value]) for name in ("theme", "kind", "bearing")},
            "source": claims["code"].map(lambda code: [code]),
            "speaker": claims["chain"].map(lambda chain: voices_of(corpus, chain)),
            "place": claims["places"],
            "also": claims["also"],
            "term": claims["term"].map(lambda term: [term] if term else []),
            "text": [_searched(corpus, str(claim_id), claim) for claim_id, claim in claims.iterrows()],
            **{name: placed[name].dt.strftime("%Y-%m-%d").fillna("") for name in [*SPANS, "mark"]},
            "rests": placed["rests"],
            "sure": placed["sure"],
            "who": claims["chain"].map(lambda chain: words.chain(corpus, chain)),
            "when": [_when(corpus, claims.loc[claim_id], place) for claim_id, place in placed.iterrows()],
        }
    )
    return found.rename_axis("claim_id")


def _searched(corpus: Corpus, claim_id: str, claim: pd.Series) -> str:
    actors, places = corpus.actors.loc[claim["chain"]], corpus.places.loc[claim["places"]]
    also_called = [name for names in actors["also_called"] for name in names]
    return fold(" \n ".join([claim_id, claim["paraphrase"], *actors["name"], *also_called, *places["name"]]))


def _when(corpus: Corpus, claim: pd.Series, place: pd.Series) -> str:
    """The days on which a claim is placed, in words, and on which basis."""
    if place["rests"] == "happened":
        return f"happened {words.span(place['when_first'], place['when_last'])}"
    if place["rests"] == "said":
        return f"said {words.day(claim['stated_on'])}"
    return f"published {words.published(corpus.sources.loc[claim['source_id']])}"


def cells(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims as the text cells of a table: their id, then their columns; lists joined by semicolons, empty where nothing is known.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    return claims.rename_axis("claim_id").reset_index().map(_cell)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return _plain(";".join(value))
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return _plain(value) if isinstance(value, str) else f"{value:.15g}"


def _plain(text: str) -> str:
    return GUARD + text if FORMULA.match(text) else text


def to_csv(claims: pd.DataFrame) -> str:
    """Claims as CSV, every cell in quotes, as the built page gives it for download."""
    table = cells(claims)
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.to_numpy().tolist())
    return file.getvalue()
