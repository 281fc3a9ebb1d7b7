"""What became of claims on their way into the reports, and how two coders agree on it."""

import pandas as pd

from claimbook.analysis.agreement import value_agreement
from claimbook.analysis.metrics import Count, count_rows
from claimbook.corpus.model import REPORT_TIER, Corpus
from claimbook.language.relay_description import CHANGES

RELAY_STAGE = "relay"  # of the settlements that are on relays
KEPT, UNNAMED = "kept", "origin-hidden"
WHOLE, WITHOUT_SOURCE, CHANGED = "whole", "without-source", "changed"  # what became of a claim
OWN_VOICE, NO_ORIGINAL = "own-voice", "no-original"  # of claims that pass on nothing at hand
HARDENED = {"stronger", "hedge-lost"}  # changes that make a claim say more than its original
ALL = "all"
COUNTED = {  # what the columns of `outcomes_by_source` count, in words
    "claims": "claims",
    "passed_on": "claims that pass on a text of the record",
    WHOLE: "claims passed on whole",
    WITHOUT_SOURCE: "claims passed on whole, without naming the source",
    CHANGED: "claims changed on the way",
    OWN_VOICE: "claims in the outlet's own voice",
    NO_ORIGINAL: "claims of others, whose original the record lacks",
    "held": "claims passed on whole, with or without the source",
    "hardened": "claims that say more than their original",
}


def relayed_claims(corpus: Corpus) -> pd.DataFrame:
    """List the claims of the reports, with what became of each on its way.

    Args:
        corpus: The corpus, with reports and record.

    Returns:
        By claim id, in the order of publication and text, the columns `code` (of the source),
        `originals` and `change` (lists; the changes against all originals together) and `outcome`:
        `WHOLE`, `WITHOUT_SOURCE` (whole, but the sentence does not name the text), `CHANGED`,
        `OWN_VOICE` or `NO_ORIGINAL` (another's claim, whose original the record lacks).
    """
    claims = corpus.full_claims()
    claims = claims[claims["source_id"].map(corpus.sources["tier"]) == REPORT_TIER]
    claims = claims.sort_values(["published", "start", "end"])
    originals: dict[str, list[str]] = {}
    changes: dict[str, set[str]] = {}
    for (claim_id, original), change in corpus.relays["change"].items():
        originals.setdefault(claim_id, []).extend([original] if original else [])
        changes.setdefault(claim_id, set()).update(change)
    outcomes = [
        _outcome(changes[claim_id] - {KEPT})
        if claim_id in changes
        else (OWN_VOICE if len(chain) == 1 else NO_ORIGINAL)
        for claim_id, chain in claims["chain"].items()
    ]
    return pd.DataFrame(
        {
            "code": claims["code"],
            "originals": [originals.get(claim_id, []) for claim_id in claims.index],
            "change": [
                [value for value in CHANGES if value in changes.get(claim_id, ())]
                for claim_id in claims.index
            ],
            "outcome": outcomes,
        },
        index=claims.index,
    )


def _outcome(changes: set[str]) -> str:
    """Say what became of a claim, given what was changed."""
    if not changes:
        return WHOLE
    return WITHOUT_SOURCE if changes == {UNNAMED} else CHANGED


def outcomes_by_source(corpus: Corpus) -> pd.DataFrame:
    """Count what became of the claims of each report.

    Returns:
        By the code of the report, in the order of publication, and last for `ALL`: the columns
        `claims`, `passed_on`, a column for each outcome of `relayed_claims`, `held` (whole, with or
        without the source) and `hardened` (claims that say more than their original).
    """
    claims = relayed_claims(corpus)
    claims["hardened"] = [bool(HARDENED & set(change)) for change in claims["change"]]
    columns = [WHOLE, WITHOUT_SOURCE, CHANGED, OWN_VOICE, NO_ORIGINAL]
    counts = claims.groupby("code")["outcome"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(index=claims["code"].unique(), columns=columns, fill_value=0)
    counts["hardened"] = claims.groupby("code")["hardened"].sum()
    counts.loc[ALL] = counts.sum()
    counts["claims"] = counts[columns].sum(axis="columns")
    counts["held"] = counts[WHOLE] + counts[WITHOUT_SOURCE]
    counts["passed_on"] = counts["held"] + counts[CHANGED]
    return counts


def changes_by_source(corpus: Corpus) -> pd.DataFrame:
    """Count how often each change was made in each report.

    Returns:
        By the code of the report, and last for `ALL`, a column for each change.
    """
    claims = relayed_claims(corpus)
    changes = claims[["code", "change"]].explode("change")
    counts = pd.crosstab(changes["code"], changes["change"])
    counts = counts.reindex(index=claims["code"].unique(), columns=list(CHANGES), fill_value=0)
    counts.loc[ALL] = counts.sum()
    return counts


def relay_counts(corpus: Corpus) -> dict[str, Count]:
    """Count what became of the claims that the reports pass on, in all and by report.

    Returns:
        The counts by name: `<code>_<what>` for each report, by its code in lower case, and
        `all_<what>`, with what is a column of `outcomes_by_source` or a change, its hyphens
        replaced by underscores; `<mode>_passed_on` and `<mode>_held` for claims by how they are
        worded, such as quotations; and `openings` (reports that pass something on) and
        `openings_changed` (those whose first such claim was changed).
    """
    counts = {}
    words = COUNTED | {value: f"claims passed on: {change}" for value, change in CHANGES.items()}
    for table in (outcomes_by_source(corpus), changes_by_source(corpus)):
        for code, row in table.iterrows():
            whose = "the reports" if code == ALL else str(code)
            for what, number in row.items():
                name = f"{code}_{what}".lower().replace("-", "_")
                counts[name] = count_rows(number, f"{words[str(what)]}, in {whose}")
    passed_on = relayed_claims(corpus).join(corpus.claims["mode"].astype(str))
    passed_on = passed_on[passed_on["outcome"].isin([WHOLE, WITHOUT_SOURCE, CHANGED])]
    is_changed = passed_on["outcome"] == CHANGED
    for mode in corpus.claims["mode"].cat.categories:
        is_mode = passed_on["mode"] == mode
        counts[f"{mode}_passed_on"] = count_rows(is_mode.sum(), f"{words['passed_on']}, as {mode}")
        held = (is_mode & ~is_changed).sum()
        counts[f"{mode}_held"] = count_rows(held, f"{words['held']}, as {mode}")
    first = is_changed.groupby(passed_on["code"]).first()
    reports = "reports that pass on a claim of the record"
    counts["openings"] = count_rows(len(first), reports)
    counts["openings_changed"] = count_rows(first.sum(), f"{reports}, and change the first")
    return counts


def relay_agreement(corpus: Corpus, resamples: int = 0) -> pd.DataFrame:
    """Compute the agreement of the two coders of the relays.

    Args:
        corpus: The corpus with the coders' rows.
        resamples: The number of bootstrap resamples for the intervals.

    Returns:
        A row for whether a claim passes on an original (`found`), for the `original`, for the
        `change` as a set, and for each value of it that either coder gave; with the columns of
        `agreement.value_agreement`, `units` (claims compared) and `one` and `two` (how many claims
        each coder gave the value, or an original). Fields other than `found` are compared where
        both found an original. Without two coders there are no rows.
    """
    if len(names := relay_coders(corpus)) < 2:
        return pd.DataFrame(columns=[*value_agreement([], []), "units", "one", "two"])
    one, two = (corpus.relay_passes.loc[coder] for coder in names)
    two = two.reindex(one.index)
    found_one, found_two = ((rows["original"].fillna("") != "").tolist() for rows in (one, two))
    both = [a and b for a, b in zip(found_one, found_two, strict=True)]
    first, second = one[both], two[both]
    rows = {
        "found": _compare(found_one, found_two, resamples),
        "original": value_agreement(
            first["original"].tolist(), second["original"].tolist(), resamples=resamples
        ),
        "change": value_agreement(
            first["change"].tolist(), second["change"].tolist(), True, resamples
        ),
    }
    for value in CHANGES:
        given_one, given_two = (
            [value in change for change in of_coder["change"]] for of_coder in (first, second)
        )
        if any(given_one) or any(given_two):
            rows[value] = _compare(given_one, given_two, resamples)
    for name, row in rows.items():
        row["units"] = len(one) if name == "found" else len(first)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


def _compare(first: list[bool], second: list[bool], resamples: int) -> dict[str, float]:
    """Compute the agreement of two coders on a yes or no, and count their yes."""
    agreed = value_agreement(first, second, resamples=resamples)
    return agreed | {"one": sum(first), "two": sum(second)}


def relay_coders(corpus: Corpus) -> list[str]:
    """Return the names of the coders of the relays, sorted."""
    return sorted(set(corpus.relay_passes.index.get_level_values("coder")))
