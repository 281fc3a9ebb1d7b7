"""The numbers that the prose states, each counted from the tables, and each with what it counts."""

from typing import NamedTuple

import pandas as pd

from claimbook.analysis import agreement, competing_hypotheses
from claimbook.analysis.estimates import graded_forecasts
from claimbook.analysis.provenance import provenance_chains, repeated_propositions
from claimbook.corpus.model import Corpus
from claimbook.settings import settings

WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()
CONTEXT = "context"
NOT_CONTEXT = "claims of every theme but context"


class Count(NamedTuple):
    """A number as prose has it, and what it counts: which rows, of which table."""

    text: str
    of: str


def number_in_words(number: int) -> str:
    """A count as prose has it: in words up to twelve, in digits above."""
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def _count(number: int, of: str) -> Count:
    return Count(number_in_words(int(number)), of)


def _share(part: int, whole: int, of: str) -> Count:
    return Count(f"{100 * part / whole:.0f} per cent", f"{of}: {part:,} of {whole:,}")


def theme_counts(corpus: Corpus, theme: str) -> dict[str, Count]:
    """What a chapter on a theme counts: its claims and who stands behind them, by bearing and verification; its events by kind."""
    claims = corpus.full_claims()
    events = corpus.events[corpus.events["theme"] == theme]
    named = f"claims of the theme {theme}"
    return {
        **_of(claims[claims["theme"] == theme], named),
        **{
            f"events_{kind}": _count(number, f"events of the theme {theme} and the kind {kind}")
            for kind, number in events["kind"].value_counts().items()
        },
    }


def corpus_counts(corpus: Corpus) -> dict[str, Count]:
    """What the pages on the whole corpus count: all claims and words; of the claims that are not context, their origins and ISW's share."""
    claims = corpus.full_claims()
    argued = claims[claims["theme"] != CONTEXT]
    through = argued[argued["chain"].map(lambda chain: settings().roles.institution in chain)]
    return {
        **_of(argued, NOT_CONTEXT),
        "claims": _count(len(claims), "claims"),
        "argued": _count(len(argued), NOT_CONTEXT),
        "context": _count(len(claims) - len(argued), "claims of the theme context"),
        "words": _count(
            corpus.sources["words"].sum(),
            "words of the five texts, headlines and captions included",
        ),
        "isw_chain": _count(
            len(through), f"{NOT_CONTEXT} that have the institute somewhere in their chain"
        ),
        "isw_share": _share(
            len(through),
            len(argued),
            f"{NOT_CONTEXT} that have the institute somewhere in their chain",
        ),
        "isw_sources": _count(
            through["code"].nunique(),
            "sources with at least one such claim that has the institute in its chain",
        ),
    }


def _of(claims: pd.DataFrame, named: str) -> dict[str, Count]:
    """Counts over some claims, which `named` describes: how many, whose, by bearing and by verification."""
    by_value = {
        str(value): _count(number, f"{named} whose {column} is “{value}”")
        for column in ("bearing", "verification")
        for value, number in claims[column].value_counts().items()
        if value != "none"
    }
    return {
        "claims": _count(len(claims), named),
        "own_voice": _count(
            (claims["chain"].map(len) == 1).sum(), f"{named} for which the outlet names no one else"
        ),
        "isw": _count(
            (claims["origin"] == settings().roles.institution).sum(),
            f"{named} at the end of whose chain stands the institute",
        ),
        **by_value,
    }


def forecast_counts(corpus: Corpus) -> dict[str, Count]:
    """What the outlook chapter counts beside its theme: answers with words that can be read as a range, and how they stood."""
    ranged = graded_forecasts(corpus)["low"].notna()
    forecasts = corpus.forecasts[corpus.forecasts["event"] != "none"]
    outcomes = {"stood": "stood", "untestable": "untestable", "not_come": "not come"}
    return {
        "ranged": _count(
            ranged.sum(),
            "claims of the theme outlook with a word of likelihood to which terms.csv gives a range",
        ),
        "listed": _count(
            len(forecasts), "claims of the theme outlook that forecast one of the two events"
        ),
        **{
            name: _count(
                (forecasts["outcome"] == outcome).sum(),
                f"such claims whose outcome on 20 December 2022 is “{outcome}”",
            )
            for name, outcome in outcomes.items()
        },
    }


def provenance_counts(corpus: Corpus) -> dict[str, Count]:
    """What the page on origins counts: propositions that stand more than once, and those that come from one institution."""
    known = repeated_propositions(corpus)
    one = known["institutions"].map(len) == 1
    ways = provenance_chains(corpus)
    own = ways["origin"] == ways["outlet"]
    return {
        "repeated": _count(
            len(known),
            "groups of claims joined by the relation “repeats”, in several sources or from several origins",
        ),
        "repeated_one": _count(
            one.sum(), "such groups whose claims all go back to one institution"
        ),
        **{
            f"own_{code}": _share(
                int(mine.sum()), len(mine), f"{code}’s {NOT_CONTEXT} in the outlet’s own voice"
            )
            for code, mine in own.groupby(ways["code"])
        },
    }


def relation_counts(corpus: Corpus) -> dict[str, Count]:
    """How many relations of each sort there are, and all together (`relations`)."""
    sorts = corpus.relations.index.get_level_values("relation").value_counts()
    return {
        "relations": _count(len(corpus.relations), "rows of relations.csv"),
        **{
            str(sort): _count(number, f"rows of relations.csv with the relation “{sort}”")
            for sort, number in sorts.items()
        },
    }


def coding_counts(corpus: Corpus) -> dict[str, Count]:
    """What the method chapter counts: claims, chains and themes that two coders coded, and the differences settled."""
    one, two = agreement.coder_names(corpus.passes)[:2]
    matched = agreement.match_claims(corpus.passes, one, two)
    same = (
        agreement.field_agreement(corpus.passes, one, two, draws=0, fields=["chain", "theme"])[
            "same"
        ]
        * len(matched)
    ).round()
    changes = corpus.settlements.index.str.startswith("x")
    weakest = agreement.weakest_field(corpus.passes, one, two).replace("_", " ")
    return {
        "one_claims": _count(len(corpus.passes.loc[one]), f"rows of coding/{one}.csv"),
        "two_claims": _count(len(corpus.passes.loc[two]), f"rows of coding/{two}.csv"),
        "matched": _count(
            len(matched),
            "pairs of claims of the two passes whose spans share half of their characters",
        ),
        **{
            f"same_{field}": _count(same[field], f"matched pairs with the same {field}")
            for field in same.index
        },
        "weakest": Count(weakest, "the field with fixed values that has the lowest alpha"),
        "settled": _count(
            (~changes).sum(), "rows of coding/settlements.csv on which the passes differed"
        ),
        "third": _count(changes.sum(), "rows of coding/settlements.csv that a third reading added"),
    }


def criticism_counts(corpus: Corpus) -> dict[str, Count]:
    """How many findings of source criticism there are (`findings`), and by what they are known."""
    known = corpus.criticism["known_by"].value_counts()
    return {
        "findings": _count(len(corpus.criticism), "rows of criticism.csv"),
        **{
            f"by_{how}": _count(number, f"rows of criticism.csv known by “{how}”")
            for how, number in known.items()
        },
    }


def hypotheses_counts(corpus: Corpus) -> dict[str, Count]:
    """What the chapter on the explanations counts: claims weighed, those inconsistent with each, with and without ISW, and how two readers agree."""
    readings, found, agreed = (
        competing_hypotheses.reading_matrix(corpus),
        competing_hypotheses.evidence_against(corpus),
        competing_hypotheses.reader_agreement(corpus),
    )
    cells, alike, alpha = agreed.loc["all", ["cells", "alike", "alpha"]]
    numbers = {
        "weighed": _count(len(readings), "claims of weighing.csv"),
        "weighed_cells": _count(cells, "rows of weighing.csv: claims by explanations"),
        "weighed_alike": _count(alike, "rows of weighing.csv that both readers read alike"),
        "weighed_alpha": Count(
            f"{alpha:.2f}", "Krippendorff’s alpha over the two readings of the rows of weighing.csv"
        ),
    }
    for explanation, row in found.iterrows():
        name = str(explanation).replace("-", "_")
        title = corpus.explanations.loc[explanation, "title"]
        numbers[f"against_{name}"] = _count(
            len(row["claims"]), f"claims read as inconsistent with “{title}”"
        )
        numbers[f"left_{name}"] = _count(
            len(row["without_isw"]),
            f"of these claims, those that do not pass through the institute: “{title}”",
        )
        numbers[f"isw_{name}"] = _count(
            len(row["claims"]) - len(row["without_isw"]),
            f"of these claims, those that pass through the institute: “{title}”",
        )
    return numbers
