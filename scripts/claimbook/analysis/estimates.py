"""Words of likelihood as ranges of probability, by speaker, day and event."""

import pandas as pd

from claimbook.corpus.model import Corpus


def graded_forecasts(corpus: Corpus) -> pd.DataFrame:
    """Join the forecasts with their claims and their ranges of likelihood.

    Returns:
        By claim id and in the order in which they were said: the columns of `forecasts.csv`;
        `said`, `speaker`, `origin`, `code`, `term`, `bearing`, `verification` and `paraphrase` of
        the claim; and the range as `low` and `high` in per cent. The range is missing if the term
        of the claim has none on the scale of its speaker.
    """
    columns = ["said", "speaker", "origin", "code", "term", "bearing", "verification", "paraphrase"]
    forecasts = corpus.forecasts.join(corpus.full_claims()[columns])
    yardsticks = forecasts["origin"].map(corpus.actors["yardstick"]).astype(str)
    forecasts[["low", "high"]] = _ranges(corpus.terms, forecasts["term"], yardsticks)
    return forecasts.sort_values(["said", "code"], kind="stable")


def dated_judgements(corpus: Corpus) -> pd.DataFrame:
    """Return all judgements on the outlook by date, with their ranges of likelihood.

    Returns:
        The rows of `outlook_record.csv`, with the added columns `low` and `high` in per cent
        (missing if the words give no range), `inside` (true if a source of the corpus carries the
        judgement) and `name` (the name of the speaker).
    """
    judgements = corpus.outlook_record.reset_index()
    yardsticks = judgements["speaker"].map(corpus.actors["yardstick"]).astype(str)
    judgements[["low", "high"]] = _ranges(corpus.terms, judgements["wording"], yardsticks)
    judgements["inside"] = judgements["source_id"] != ""
    judgements["name"] = judgements["speaker"].map(corpus.actors["name"])
    return judgements.sort_values("date", kind="stable")


def _ranges(terms: pd.DataFrame, wordings: pd.Series, yardsticks: pd.Series) -> pd.DataFrame:
    """Look up the range of each wording of likelihood on the scale of its speaker.

    Args:
        terms: The ranges `low` and `high`, indexed by wording and scale.
        wordings: The words of likelihood; empty for none.
        yardsticks: The id of the scale for each wording.

    Returns:
        The columns `low` and `high` in per cent, with the index of `wordings`. They are missing for
        an empty wording, and if the scale has no range for a wording.

    Raises:
        KeyError: `terms` has no row for a wording on its scale.
    """
    missing = (pd.NA, pd.NA)
    ranges = [
        tuple(terms.loc[(wording, yardstick), ["low", "high"]]) if wording else missing
        for wording, yardstick in zip(wordings, yardsticks, strict=True)
    ]
    return pd.DataFrame(ranges, index=wordings.index, columns=["low", "high"], dtype="Float64")
