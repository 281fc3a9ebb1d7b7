"""The claims as the explorer holds them: what the filters look at, what the list says, and the cells of a download."""

import csv
import io
import re
from typing import Any

import pandas as pd

from claimbook.analysis import date_spans
from claimbook.corpus.model import Corpus
from claimbook.explorer.filters import fold_text, voices_in_chain
from claimbook.language import claim_text

FORMULA = re.compile(
    r"[=+\-@\t\r＝＋－＠]"
)  # what makes a spreadsheet take a cell for a formula, if a cell begins with it
GUARD = "'"  # what a spreadsheet takes for the mark of plain text
SPANS = [
    f"{basis}_{end}" for basis in (date_spans.DAY, *date_spans.BASES) for end in ("first", "last")
]


def claim_records(corpus: Corpus) -> pd.DataFrame:
    """What the filters, the timeline and the list need of each claim, by claim id, in the order of the table.

    `theme` and the other filters with fixed values hold lists of their values, `text` what is searched, folded; `day_first` and
    so on days as YYYY-MM-DD, empty where there are none (see `corpus.days.spans`); `who` and `when` say it in words.
    """
    claims = corpus.full_claims()
    placed = date_spans.claim_date_spans(corpus)
    chains = claims["chain"].map(tuple)
    known = {chain: list(chain) for chain in chains.unique()}
    voices = {chain: voices_in_chain(corpus, links) for chain, links in known.items()}
    who = {chain: claim_text.describe_chain(corpus, links) for chain, links in known.items()}
    names = {chain: _names(corpus.actors, links) for chain, links in known.items()}
    where = {
        places: _names(corpus.places, list(places))
        for places in claims["places"].map(tuple).unique()
    }
    said = [
        " \n ".join(
            [
                str(claim.Index),
                claim.paraphrase,
                names[tuple(claim.chain)],
                where[tuple(claim.places)],
            ]
        )
        for claim in claims.itertuples()
    ]
    found = pd.DataFrame(
        {
            **{
                name: claims[name].astype(str).map(lambda value: [value])
                for name in ("theme", "kind", "bearing")
            },
            "source": claims["code"].map(lambda code: [code]),
            "speaker": chains.map(voices),
            "place": claims["places"],
            "also": claims["also"],
            "term": claims["term"].map(lambda term: [term] if term else []),
            "text": [fold_text(text) for text in said],
            **{name: placed[name].dt.strftime("%Y-%m-%d").fillna("") for name in [*SPANS, "mark"]},
            "rests": placed["rests"],
            "sure": placed["sure"],
            "who": chains.map(who),
            "when": _when(corpus, claims["source_id"], placed),
        }
    )
    return found.rename_axis("claim_id")


def _names(table: pd.DataFrame, ids: list[str]) -> str:
    """The names of some actors or places, with the other forms that the table knows."""
    rows = table.loc[ids]
    return " \n ".join(
        [*rows["name"], *(name for names in rows.get("also_called", []) for name in names)]
    )


def _when(corpus: Corpus, source_ids: pd.Series, placed: pd.DataFrame) -> list[str]:
    """The days on which claims are placed, in words, and on which basis."""
    published = {
        source_id: claim_text.describe_publication(source)
        for source_id, source in corpus.sources.iterrows()
    }
    told = []
    for source_id, place in zip(source_ids, placed.itertuples(), strict=True):
        if place.rests == "happened":
            told.append(f"happened {claim_text.format_span(place.when_first, place.when_last)}")
        else:
            told.append(
                f"said {claim_text.format_day(place.mark)}"
                if place.rests == "said"
                else f"published {published[source_id]}"
            )
    return told


def text_cells(claims: pd.DataFrame) -> pd.DataFrame:
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
    table = text_cells(claims)
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.to_numpy().tolist())
    return file.getvalue()
