"""The counts that the prose states, each computed from the tables and with a definition.

Every function returns its counts by the names under which pages glue them into sentences.
"""

from pathlib import PurePosixPath
from typing import NamedTuple

import pandas as pd

from claimbook.analysis import agreement, competing_hypotheses
from claimbook.analysis.estimates import graded_forecasts
from claimbook.analysis.provenance import (
    argued_claims,
    passes_through,
    provenance_chains,
    repeated_propositions,
)
from claimbook.corpus.model import EVERY_EVENT, NO_EVENT, Corpus, table_files
from claimbook.language.dates import format_day
from claimbook.language.words import number_in_words
from claimbook.settings import settings

NO_BEARING = "neutral"  # of a claim that makes nothing look likelier or less likely
NO_VERIFICATION = "none"  # of a claim


class Count(NamedTuple):
    """A number as the prose states it, with its definition.

    Attributes:
        text: The number in words or digits.
        of: The definition of the number: which rows of which table it counts.
    """

    text: str
    of: str


def count_rows(number: int, of: str) -> Count:
    """Make a count of a number: in words up to twelve, then in digits."""
    return Count(number_in_words(int(number)), of)


def _share(part: int, whole: int, of: str) -> Count:
    """Make a count that states a part of a whole in per cent.

    Its definition adds the two numbers to `of`.
    """
    share = 100 * part / whole if whole else 0
    return Count(f"{share:.0f} per cent", f"{of}: {part:,} of {whole:,}")


def _files(table: str) -> str:
    """Return the file names of a table, joined by commas."""
    return ", ".join(table_files(table))


def _argued() -> str:
    """Return the phrase for claims of every theme except the background."""
    return f"claims of every theme but {settings().roles.background}"


def theme_counts(corpus: Corpus, theme: str) -> dict[str, Count]:
    """Count the claims and the events of a theme.

    Returns:
        The counts by name: `claims` in all, `own_voice` (claims of an outlet itself), `institution`
        (claims that originate from the institution named in the settings), a count for each bearing
        and each verification under its code, and `events_<kind>` for each kind of event.
    """
    claims = corpus.full_claims()
    events = corpus.events[corpus.events["theme"] == theme]
    return _claim_counts(claims[claims["theme"] == theme], f"claims of the theme {theme}") | {
        f"events_{kind}": count_rows(number, f"events of the theme {theme} and the kind {kind}")
        for kind, number in events["kind"].value_counts().items()
    }


def corpus_counts(corpus: Corpus) -> dict[str, Count]:
    """Count the claims and words of the corpus, and its argued claims by code.

    Argued claims are those of every theme except the background.

    Returns:
        The counts by name: `claims`, `argued` and `background` (claims), `words` (of the sources),
        `own_voice` and `institution` (argued claims by origin), a count of argued claims for each
        bearing and each verification under its code, and the counts of `_institution_counts`.
    """
    argued = argued_claims(corpus)
    total = len(corpus.claims)
    background = settings().roles.background
    texts = f"{number_in_words(len(corpus.sources))} texts"
    counts = _claim_counts(argued, _argued())
    counts |= {
        "claims": count_rows(total, "claims"),
        "argued": count_rows(len(argued), _argued()),
        "background": count_rows(total - len(argued), f"claims of the theme {background}"),
        "words": count_rows(
            corpus.sources["words"].sum(),
            f"words of the {texts}, headlines and captions included",
        ),
    }
    return counts | _institution_counts(argued)


def record_counts(corpus: Corpus) -> dict[str, Count]:
    """Count the texts, passages and claims of a record of many texts.

    Returns:
        The counts by name: `record_texts`, `record_with_claims` and `record_silent` (texts with a
        claim and without), `record_passages` (passages in scope of texts that are coded by
        passages), `record_claims`, and `record_words` (of all texts).
    """
    texts = len(corpus.sources)
    with_claims = corpus.claims["source_id"].nunique()
    return {
        "record_texts": count_rows(texts, "texts of the record"),
        "record_with_claims": count_rows(with_claims, "texts of the record that have a claim"),
        "record_silent": count_rows(texts - with_claims, "texts of the record without a claim"),
        "record_passages": count_rows(len(corpus.passages), "passages in scope"),
        "record_claims": count_rows(len(corpus.claims), "claims of the record"),
        "record_words": count_rows(
            corpus.sources["words"].sum(), "words of the texts of the record"
        ),
    }


def _institution_counts(argued: pd.DataFrame) -> dict[str, Count]:
    """Count the argued claims that pass through the institution named in the settings.

    Args:
        argued: The argued claims, with the columns of `Corpus.full_claims`.

    Returns:
        `institution_chain` (their number), `institution_share` (their share of all argued claims)
        and `institution_sources` (the number of sources with at least one). The mapping is empty if
        the settings name no institution.
    """
    roles = settings().roles
    if not roles.institution:
        return {}
    through = argued[passes_through(argued, roles.institution)]
    of_through = f"{_argued()} that have {roles.institution_noun} somewhere in their chain"
    return {
        "institution_chain": count_rows(len(through), of_through),
        "institution_share": _share(len(through), len(argued), of_through),
        "institution_sources": count_rows(
            through["code"].nunique(),
            f"sources with at least one such claim that has {roles.institution_noun} in its chain",
        ),
    }


def _claim_counts(claims: pd.DataFrame, description: str) -> dict[str, Count]:
    """Count some claims in all, by origin, by bearing and by verification.

    Args:
        claims: The claims, with the columns of `Corpus.full_claims`.
        description: The words that say which claims these are.

    Returns:
        The counts by name: `claims`, `own_voice`, `institution` if the settings name one, and each
        bearing and verification under its code. Claims that bear on nothing count as neutral. The
        verification `none` is omitted.
    """
    roles = settings().roles
    counts = {
        "claims": count_rows(len(claims), description),
        "own_voice": count_rows(
            (claims["chain"].map(len) == 1).sum(),
            f"{description} for which the outlet names no one else",
        ),
    }
    if roles.institution:
        counts["institution"] = count_rows(
            (claims["origin"] == roles.institution).sum(),
            f"{description} at the end of whose chain stands {roles.institution_noun}",
        )
    for value, number in claims["bearing"].fillna(NO_BEARING).value_counts().items():
        of = f"whose bearing is “{value}”" + (" or empty" if value == NO_BEARING else "")
        counts[str(value)] = count_rows(number, f"{description} {of}")
    for value, number in claims["verification"].value_counts().items():
        if value != NO_VERIFICATION:
            counts[str(value)] = count_rows(
                number, f"{description} whose verification is “{value}”"
            )
    return counts


def forecast_counts(corpus: Corpus) -> dict[str, Count]:
    """Count the forecasts with a range of likelihood, and forecasts by outcome.

    Returns:
        The counts by name: `ranged` (forecasts with a range), `listed` (forecasts of an event), and
        a count of the latter for each outcome, with underscores for spaces.
    """
    theme = settings().roles.forecast
    as_of = format_day(settings().as_of)
    with_range = graded_forecasts(corpus)["low"].notna()
    forecasts = corpus.forecasts[corpus.forecasts["event"] != NO_EVENT]
    events = len(set(forecasts["event"]) - {EVERY_EVENT})
    event = "the event" if events == 1 else f"one of the {number_in_words(events)} events"
    counts = {
        "ranged": count_rows(
            with_range.sum(),
            f"claims of the theme {theme} with a word of likelihood to which "
            f"{_files('terms')} gives a range",
        ),
        "listed": count_rows(len(forecasts), f"claims of the theme {theme} that forecast {event}"),
    }
    for outcome, number in forecasts["outcome"].value_counts().items():
        counts[str(outcome).replace(" ", "_")] = count_rows(
            number, f"such claims whose outcome on {as_of} is “{outcome}”"
        )
    return counts


def provenance_counts(corpus: Corpus) -> dict[str, Count]:
    """Count repeated propositions, and each source's claims in its own voice.

    Returns:
        The counts by name: `repeated` (groups of claims that repeat each other), `repeated_one`
        (those groups that go back to one institution) and, for each source, `own_<code>`: the share
        of its argued claims that it makes in its own voice.
    """
    propositions = repeated_propositions(corpus)
    chains = provenance_chains(corpus)
    in_own_voice = chains["origin"] == chains["outlet"]
    counts = {
        "repeated": count_rows(
            len(propositions),
            "groups of claims joined by the relation “repeats”, "
            "in several sources or from several origins",
        ),
        "repeated_one": count_rows(
            (propositions["institutions"].map(len) == 1).sum(),
            "such groups whose claims all go back to one institution",
        ),
    }
    for code, of_source in in_own_voice.groupby(chains["code"]):
        counts[f"own_{code}"] = _share(
            int(of_source.sum()), len(of_source), f"{code}’s {_argued()} in the outlet’s own voice"
        )
    return counts


def relation_counts(corpus: Corpus) -> dict[str, Count]:
    """Count the relations between claims, in all and by kind.

    Returns:
        The counts by name: `relations` for all, and each kind of relation under its code.
    """
    rows = f"rows of {_files('relations')}"
    counts = {"relations": count_rows(len(corpus.relations), rows)}
    relations = corpus.relations.index.get_level_values("relation")
    for relation, number in relations.value_counts().items():
        counts[str(relation)] = count_rows(number, f"{rows} with the relation “{relation}”")
    return counts


def coding_counts(corpus: Corpus) -> dict[str, Count]:
    """Count the claims of two coders, their agreement and the settled differences.

    Returns:
        The counts by name: `one_claims` and `two_claims` (claims of each coder), `matched` (claims
        that both marked), `same_chain` and `same_theme` (matched claims with the same value),
        `weakest` (the name of the field with the lowest alpha), `settled` (differences between the
        coders) and `third` (rows that a third reading added).
    """
    one, two = agreement.first_coders(corpus.passes)
    files = {PurePosixPath(file).stem: file for file in table_files("passes")}
    matches = agreement.match_claims(corpus.passes, one, two)
    compared = agreement.field_agreement(
        corpus.passes, one, two, resamples=0, fields=["chain", "theme"]
    )
    alike = (compared["same"] * len(matches)).fillna(0).round()
    of_stage = corpus.settlements["stage"].value_counts()
    settlements = f"rows of {_files('settlements')}"
    weakest = agreement.weakest_field(corpus.passes, one, two).replace("_", " ")
    return {
        **{
            f"{name}_claims": count_rows(
                len(agreement.rows_of(corpus.passes, coder)),
                f"rows of {files.get(coder, f'a pass {coder}')}",
            )
            for name, coder in (("one", one), ("two", two))
        },
        "matched": count_rows(
            len(matches),
            "pairs of claims of the two passes whose spans share half of their characters",
        ),
        **{
            f"same_{field}": count_rows(number, f"matched pairs with the same {field}")
            for field, number in alike.items()
        },
        "weakest": Count(weakest, "the field with fixed values that has the lowest alpha"),
        "settled": count_rows(
            of_stage.get("difference", 0), f"{settlements} on which the passes differed"
        ),
        "third": count_rows(
            of_stage.get("third-reading", 0), f"{settlements} that a third reading added"
        ),
    }


def recall_counts(corpus: Corpus, one: str, two: str) -> dict[str, Count]:
    """State which share of each coder's claims the other coder found, too.

    Returns:
        The counts by name: `record_found` (of the second coder's claims) and `record_found_back`
        (of the first's).
    """
    found = agreement.claims_by_source(corpus.passes, one, two).loc["all"]
    both = int(found["matched"])
    return {
        "record_found": _share(both, int(found[two]), f"claims of the pass {two} found by {one}"),
        "record_found_back": _share(
            both, int(found[one]), f"claims of the pass {one} found by {two}"
        ),
    }


def criticism_counts(corpus: Corpus) -> dict[str, Count]:
    """Count the findings of source criticism, in all and by how they are known.

    Returns:
        The counts by name: `findings` for all, and `by_<basis>` for each basis.
    """
    rows = f"rows of {_files('criticism')}"
    counts = {"findings": count_rows(len(corpus.criticism), rows)}
    for basis, number in corpus.criticism["known_by"].value_counts().items():
        counts[f"by_{basis}"] = count_rows(number, f"{rows} known by “{basis}”")
    return counts


def hypotheses_counts(corpus: Corpus) -> dict[str, Count]:
    """Count what was weighed, what speaks against each explanation, and agreement.

    Returns:
        The counts by name: `weighed` (propositions known by the as-of day), `weighed_claims` (the
        claims in them), `weighed_later`, `set_aside` (claims), `weighed_cells` (readings by each
        reader), `weighed_alike` and `weighed_opposed` (on which both agree, or are opposed),
        `weighed_very` (settled as such), `weighed_silent` (propositions that surprise nowhere),
        `weighed_alpha` (their Krippendorff's alpha) and, for each explanation, `against_<id>` (the
        propositions that are very surprising under it), `score_<id>` (the sum of what speaks
        against it) and, if the settings name an institution, `without_institution_<id>` (those of
        the propositions that do not rest on it alone).
    """
    rows = f"rows of {_files('weighing')}"
    matrix = competing_hypotheses.surprise_matrix(corpus)
    later = competing_hypotheses.surprise_matrix(corpus, later=True)
    members = corpus.propositions.loc[matrix.index, "claims"]
    agreed = competing_hypotheses.reader_agreement(corpus).loc["all"]
    propositions = f"propositions of {_files('propositions')}"
    counts = {
        "weighed": count_rows(len(matrix), propositions),
        "weighed_claims": count_rows(members.map(len).sum(), f"claims of the {propositions}"),
        "weighed_later": count_rows(len(later), f"{propositions} known after the as-of day"),
        "set_aside": count_rows(len(corpus.set_aside), f"claims of {_files('set_aside')}"),
        "weighed_cells": count_rows(agreed["cells"], f"{rows}: propositions by explanations"),
        "weighed_alike": count_rows(agreed["alike"], f"{rows} that both readers read alike"),
        "weighed_opposed": count_rows(
            agreed["opposed"], f"{rows}: “not” for one, “very” for the other"
        ),
        "weighed_very": count_rows(
            int((matrix == competing_hypotheses.VERY).to_numpy().sum()),
            f"{rows} that were settled as “very”",
        ),
        "weighed_silent": count_rows(
            int((matrix == competing_hypotheses.NOT).all(axis="columns").sum()),
            f"{propositions} that are “not” surprising under every explanation",
        ),
        "weighed_alpha": Count(
            f"{agreed['alpha']:.2f}", f"Krippendorff’s alpha over the two readings of the {rows}"
        ),
    }
    scores = competing_hypotheses.disconfirmation(matrix)
    for explanation, evidence in competing_hypotheses.evidence_against(corpus).iterrows():
        name = str(explanation).replace("-", "_")
        title = corpus.explanations.loc[explanation, "title"]
        counts[f"against_{name}"] = count_rows(
            len(evidence["propositions"]), f"propositions very surprising if “{title}” were true"
        )
        if settings().roles.institution:
            noun = settings().roles.institution_noun
            counts[f"without_institution_{name}"] = count_rows(
                len(evidence["without_institution"]),
                f"of these propositions, those that rest on others than {noun}, too: “{title}”",
            )
        counts[f"score_{name}"] = count_rows(
            scores[explanation], f"the sum of what speaks against “{title}”"
        )
    return counts
