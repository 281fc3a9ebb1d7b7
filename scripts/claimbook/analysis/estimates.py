"""Words of likelihood as ranges of probability, by speaker, day and event."""

import itertools
from collections.abc import Collection

import pandas as pd

from claimbook.corpus.model import EVERY_EVENT, NO_EVENT, REPEATS, REPORT_TIER, Corpus

SORTS = {"ahead": "forecast", "back": "judged to have happened"}  # by the column `looks`


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
    return forecasts.sort_values(["said", "code"])


def is_about(events: pd.Series, event: str) -> pd.Series:
    """Mark the rows that are about an event, alone or together with the others."""
    return events.isin([event, EVERY_EVENT])


def graded_judgements(corpus: Corpus, event: str) -> pd.DataFrame:
    """Collect the claims that give an event a likelihood, by day and speaker.

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


def dated_judgements(corpus: Corpus, beside: Collection[str] = ()) -> pd.DataFrame:
    """Return judgements on the outlook by date, with their ranges of likelihood.

    They are the forecasts of the reports that have words of likelihood, chosen ones of the record,
    and those of `outlook_record.csv`, which no source of the corpus carries.

    Args:
        corpus: The corpus.
        beside: The ids of the forecasting claims of the record to add.

    Returns:
        The columns `date`, `speaker`, `name` (of the speaker), `wording`, `event`, `sort`,
        `address` (empty for a claim), `claims` (a list of the claim's id; empty for a judgement
        that no claim carries), `inside` (true for a claim of a report), and `low` and `high` in per
        cent (missing if the words give no range). A claim of a report that repeats one of the
        record has the day on which that one was said.
    """
    forecasts = graded_forecasts(corpus)
    forecasts = forecasts[(forecasts["term"] != "") & (forecasts["event"] != NO_EVENT)]
    is_reported = forecasts.index.map(_tiers(corpus)) == REPORT_TIER
    told = pd.DataFrame(
        {
            "date": forecasts["said"].to_dict() | _days_of_originals(corpus, forecasts.index),
            "speaker": forecasts["origin"],
            "wording": forecasts["term"],
            "event": forecasts["event"].astype(str),
            "sort": forecasts["looks"].astype(str).map(SORTS),
            "address": "",
            "claims": pd.Series({claim: [str(claim)] for claim in forecasts.index}, dtype=object),
            "inside": is_reported,
        },
        index=forecasts.index,
    )[is_reported | forecasts.index.isin(beside)]
    elsewhere = corpus.outlook_record.reset_index()
    elsewhere = elsewhere.assign(claims=[[] for _ in elsewhere.index], inside=False)
    judgements = pd.concat([told, elsewhere[told.columns]], ignore_index=True)
    yardsticks = judgements["speaker"].map(corpus.actors["yardstick"]).astype(str)
    judgements[["low", "high"]] = _ranges(corpus.terms, judgements["wording"], yardsticks)
    judgements["name"] = judgements["speaker"].map(corpus.actors["name"])
    return judgements.sort_values("date", kind="stable", ignore_index=True)


def _tiers(corpus: Corpus) -> pd.Series:
    """Return the tier of the source of each claim, by claim id."""
    return corpus.claims["source_id"].map(corpus.sources["tier"]).astype(str)


def _days_of_originals(corpus: Corpus, claims: pd.Index) -> dict[str, pd.Timestamp]:
    """Return the days of what claims of reports repeat of the record, by claim.

    Args:
        corpus: The corpus.
        claims: The ids of claims. Those that repeat no claim of the record are left out.
    """
    tiers, said = _tiers(corpus), corpus.full_claims()["said"]
    return {
        claim: said[original]
        for claim, relation, original in corpus.relations.index
        if relation == REPEATS
        and claim in claims
        and tiers[claim] == REPORT_TIER
        and tiers[original] != REPORT_TIER
    }


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
