"""Words of likelihood as ranges of probability, by speaker, day and event."""

import itertools

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
    forecasts = corpus.forecasts.join(corpus.full_claims()[columns], how="inner")
    yardsticks = forecasts["origin"].map(corpus.actors["yardstick"]).astype(str)
    forecasts[["low", "high"]] = _ranges(corpus.terms, forecasts["term"], yardsticks)
    return forecasts.sort_values(["said", "code"], kind="stable")


def graded_judgements(corpus: Corpus, event: str) -> pd.DataFrame:
    """Collect the claims that give a degree of likelihood to an event, by day and speaker.

    These are the forecasts whose words are coded as said of the event itself or of its opposite. A
    range for the opposite is turned round.

    Args:
        corpus: The corpus.
        event: A value of the column `on`; claims on several events count if their value is `both`.

    Returns:
        By claim id and in the order in which they were said: `said`, `origin`, `speaker`, `outlet`,
        `code`, `term`, `on`, and the range as `low` and `high` in per cent.
    """
    forecasts = graded_forecasts(corpus)
    of_claim = corpus.full_claims()[["on", "outlet", "source_id"]]
    forecasts = forecasts.drop(columns=["on"], errors="ignore").join(of_claim)
    is_graded = forecasts["grades"].isin(["event", "opposite"]) & forecasts["low"].notna()
    judged = forecasts[is_graded & forecasts["on"].isin([event, "both"])].copy()
    turned = judged["grades"] == "opposite"
    low, high = judged["low"].copy(), judged["high"].copy()
    judged["low"] = low.mask(turned, 100 - high)
    judged["high"] = high.mask(turned, 100 - low)
    judged["term"] = judged["term"].mask(turned, judged["term"] + " not")
    columns = ["said", "origin", "speaker", "outlet", "code", "term", "on", "low", "high"]
    return judged[columns]


def changes_of_judgement(judged: pd.DataFrame) -> pd.DataFrame:
    """Tell changes of judgement from changes of words in what one speaker said.

    The degrees of one day count as one judgement, from their lowest to their highest. The judgement
    has changed where it and the one before have no likelihood in common, and only its words where
    they have, but are not the same.

    Args:
        judged: The judgements of one speaker on one event, as `graded_judgements` returns them.

    Returns:
        A row for each day but the first, with the columns `before`, `day`, and `change`:
        `judgement`, `words` or `none`.
    """
    days = judged.groupby("said").agg(low=("low", "min"), high=("high", "max"))
    rows = []
    for (before, old), (day, new) in itertools.pairwise(days.iterrows()):
        if new["high"] <= old["low"] or old["high"] <= new["low"]:
            change = "judgement"
        else:
            change = "none" if tuple(new) == tuple(old) else "words"
        rows.append({"before": before, "day": day, "change": change})
    return pd.DataFrame(rows, columns=["before", "day", "change"])


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
