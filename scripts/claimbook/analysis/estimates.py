"""Words of likelihood as ranges: who judged, when, in what words, about which event, and how it stood."""

import pandas as pd

from claimbook.corpus.model import Corpus

UNSTATED = "none"  # the yardstick of a speaker who names none


def graded_forecasts(corpus: Corpus) -> pd.DataFrame:
    """The outlook claims in the order in which they were said.

    By claim id: the columns of `forecasts.csv` and `said`, `speaker`, `code`, `term`, `bearing`, `verification`, `paraphrase`, and the
    range `low` to `high` in per cent, missing where the words give none.
    """
    claims = corpus.full_claims()
    outlook = corpus.forecasts.join(
        claims[
            ["said", "speaker", "origin", "code", "term", "bearing", "verification", "paraphrase"]
        ]
    )
    yardsticks = outlook["origin"].map(corpus.actors["yardstick"]).astype(str)
    ranges = [
        _range(corpus.terms, term, yardstick)
        for term, yardstick in zip(outlook["term"], yardsticks, strict=True)
    ]
    outlook[["low", "high"]] = pd.DataFrame(ranges, index=outlook.index, dtype="Float64")
    return outlook.sort_values(["said", "code"], kind="stable")


def dated_judgements(corpus: Corpus) -> pd.DataFrame:
    """Judgements inside and outside the corpus by date, with their ranges; `inside` tells those that the corpus carries."""
    known = corpus.outlook_record.reset_index()
    ranges = [_range(corpus.terms, wording, UNSTATED) for wording in known["wording"]]
    known[["low", "high"]] = pd.DataFrame(ranges, dtype="Float64")
    known["inside"] = known["source_id"] != ""
    known["name"] = known["speaker"].map(corpus.actors["name"])
    return known.sort_values("date", kind="stable")


def _range(terms: pd.DataFrame, term: str, yardstick: str) -> tuple[float | None, float | None]:
    if not term:
        return None, None
    row = terms.loc[(term, yardstick)]
    return tuple(None if pd.isna(end) else float(end) for end in (row["low"], row["high"]))  # type: ignore[return-value]
