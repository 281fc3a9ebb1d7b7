"""Words of likelihood as ranges of probability, by speaker, day and event."""

import pandas as pd

from claimbook.corpus.model import Corpus


def graded_forecasts(corpus: Corpus) -> pd.DataFrame:
    """Join the forecasts with their claims and their ranges of likelihood.

    Returns:
        By claim id and in the order in which they were said: the columns of `forecasts.csv`;
        `said`, `speaker`, `origin`, `code`, `term`, `bearing`, `verification` and `paraphrase` of
        the claim; `low` and `high` in per cent, missing where the words give no range.
    """
    columns = ["said", "speaker", "origin", "code", "term", "bearing", "verification", "paraphrase"]
    forecasts = corpus.forecasts.join(corpus.full_claims()[columns])
    yardsticks = forecasts["origin"].map(corpus.actors["yardstick"]).astype(str)
    forecasts[["low", "high"]] = _ranges(corpus.terms, forecasts["term"], yardsticks)
    return forecasts.sort_values(["said", "code"], kind="stable")


def dated_judgements(corpus: Corpus) -> pd.DataFrame:
    """List the judgements on the outlook by date, from the sources and from elsewhere.

    Returns:
        The rows of `outlook_record.csv`, with `low` and `high` in per cent (missing where the
        words give no range), `inside` (whether a source carries the judgement) and `name` (of the
        speaker).
    """
    judgements = corpus.outlook_record.reset_index()
    yardsticks = judgements["speaker"].map(corpus.actors["yardstick"]).astype(str)
    judgements[["low", "high"]] = _ranges(corpus.terms, judgements["wording"], yardsticks)
    judgements["inside"] = judgements["source_id"] != ""
    judgements["name"] = judgements["speaker"].map(corpus.actors["name"])
    return judgements.sort_values("date", kind="stable")


def _ranges(terms: pd.DataFrame, wordings: pd.Series, yardsticks: pd.Series) -> pd.DataFrame:
    """Look up the range of each likelihood term on the scale of its speaker.

    Returns:
        The columns `low` and `high` in per cent, with the index of `wordings`.

    Raises:
        KeyError: The terms have no row for a wording on its yardstick.
    """
    missing = (pd.NA, pd.NA)
    ranges = [
        tuple(terms.loc[(wording, yardstick), ["low", "high"]]) if wording else missing
        for wording, yardstick in zip(wordings, yardsticks, strict=True)
    ]
    return pd.DataFrame(ranges, index=wordings.index, columns=["low", "high"], dtype="Float64")
