"""Doubts that show in the present tables alone, without an earlier state."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from claimbook.analysis import agreement
from claimbook.corpus.model import EVERY_EVENT, Corpus
from claimbook.corpus.validation.weighing_rules import neither_weighed_nor_aside
from claimbook.impact import kinds
from claimbook.impact.kinds import Doubts
from claimbook.impact.table_changes import by_outcome
from claimbook.language.words import count_noun, join_few
from claimbook.prose.parser import Block

if TYPE_CHECKING:
    from claimbook.impact.page_values import PageValues  # slow: imports what draws

COMMAND = "`claimbook impact`"


def doubts_of_tables(corpus: Corpus, blocks: Iterable[Block]) -> Doubts:
    """List what was not weighed, cited, matched or criticised.

    Args:
        corpus: The corpus.
        blocks: The prose of the book.
    """
    return {
        kinds.NOT_WEIGHED: list(_not_weighed(corpus)),
        kinds.NOT_CITED: list(_not_cited(corpus, blocks)),
        kinds.NO_MATCH: [f"{name}: {why}" for name, why in passes_without_match(corpus).items()],
        kinds.NO_CRITICISM: sources_without_criticism(corpus),
    }


def short_form(corpus: Corpus, blocks: list[Block]) -> str:
    """Say in a line what the tables alone show to be doubtful, and how to see all.

    Claims that must be weighed are left out: each is a fault of the check.

    Args:
        corpus: The corpus.
        blocks: The prose of the book.
    """
    uncited = {key: len(ids) for key, ids in uncited_claims(corpus, blocks).items()}
    passes, sources = passes_without_match(corpus), sources_without_criticism(corpus)
    parts = []
    if uncited:
        numbers = "; ".join(f"{key}: {number:,}" for key, number in uncited.items())
        claims = count_noun(sum(uncited.values()), "claim")
        parts.append(f"{claims} that no judgement weighs and no sentence cites ({numbers})")
    if passes:
        parts.append(f"no published claim matched by the coding of {join_few(list(passes))}")
    if sources:
        number = count_noun(len(sources), "source")
        parts.append(f"{number} without criticism ({join_few(sources)})")
    found = "; ".join(parts) or "nothing in the tables alone"
    return f"{found}. {COMMAND} lists that, and what is older than a change of the tables"


def doubts_of_figures(pages: "dict[str, PageValues]", drawn: bool = True) -> Doubts:
    """List the titles that the data do not bear out, and the marks outside their axes.

    Args:
        pages: What the cells of the pages compute.
        drawn: Whether to draw the figures, without which no mark is seen outside its axes.
    """
    doubts: Doubts = {kinds.NOT_BORNE_OUT: [], kinds.OFF_AXIS: [], kinds.NOT_COMPUTED: []}
    for page, values in pages.items():
        for name, figure in values.figures.items():
            if figure.failed_finding:
                doubts[kinds.NOT_BORNE_OUT].append(f"{page}: {name}: {figure.failed_finding}")
            if drawn and figure.off_axis:
                marks = ", ".join(figure.off_axis)
                doubts[kinds.OFF_AXIS].append(f"{page}: {name}: {marks}")
        if values.problem:
            doubts[kinds.NOT_COMPUTED].append(f"{page}: {values.problem}")
    return doubts


def judged_outcomes(corpus: Corpus, judgements: Iterable[str]) -> set[str]:
    """Return the outcomes on which the evidence of judgements bears.

    The value that stands for every outcome is always one of them.

    Args:
        corpus: The corpus.
        judgements: The ids of the judgements.
    """
    evidence = corpus.evidence.index.to_frame(index=False)
    claims = evidence.loc[evidence["judgement_id"].isin(list(judgements)), "claim_id"]
    outcomes = set(corpus.claims.loc[claims, "on"].dropna().astype(str))
    if EVERY_EVENT in outcomes:
        return set(corpus.claims["on"].dropna().astype(str))
    return outcomes | {EVERY_EVENT} if outcomes else outcomes


def _not_weighed(corpus: Corpus) -> Iterator[str]:
    """Yield the claims that should be weighed or set aside, by outcome.

    A report without propositions weighs nothing, and so has none.
    """
    if corpus.propositions.empty:
        return
    claims = corpus.claims.loc[neither_weighed_nor_aside(corpus)]
    yield from (f"{key}: {', '.join(ids)}" for key, ids in by_outcome(claims))
    if others := [str(claim_id) for claim_id in claims.index[claims["on"].isna()]]:
        yield f"on no outcome: {', '.join(others)}"


def uncited_claims(corpus: Corpus, blocks: Iterable[Block]) -> dict[str, list[str]]:
    """Find the claims on judged outcomes that no sentence cites.

    Claims that are evidence of a judgement, set aside, or corrupt are left out.

    Args:
        corpus: The corpus.
        blocks: The prose of the book.

    Returns:
        The ids of the claims by outcome and direction.
    """
    cited = {claim_id for block in blocks for claim_id in block.cited("claims")}
    seen = cited | set(corpus.evidence.index.get_level_values("claim_id"))
    claims = corpus.claims
    is_judged = claims["on"].isin(judged_outcomes(corpus, corpus.judgements.index))
    is_open = ~claims.index.isin([*seen, *corpus.set_aside.index])
    sound = claims["verification"] != "corrupt"
    return dict(by_outcome(claims[is_judged & is_open & sound]))


def _not_cited(corpus: Corpus, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the claims on judged outcomes that no sentence cites, by outcome."""
    sizes = {key: len(ids) for key, ids in by_outcome(corpus.claims)}
    for key, ids in uncited_claims(corpus, blocks).items():
        yield f"{key}: {len(ids)} of {count_noun(sizes[key], 'claim')}: {', '.join(ids)}"


def passes_without_match(corpus: Corpus) -> dict[str, str]:
    """Find the coding passes of which no claim marks the span of a published one.

    Returns:
        By the name of the pass, what it lacks.
    """
    coded = agreement.coder_names(corpus.passes)
    of_relays = set(corpus.relay_passes.index.get_level_values("coder"))
    found = {str(coder): "it has no row" for coder in corpus.coders.index.difference(coded)}
    found = {coder: why for coder, why in found.items() if coder not in of_relays}
    for coder in coded:
        passes, _ = agreement.with_published(corpus, coder)
        if not _has_match(passes, coder):
            number = count_noun(len(corpus.passes.loc[coder]), "claim")
            found[coder] = f"none of its {number} marks the span of a published one"
    return found


def _has_match(passes: pd.DataFrame, coder: str) -> bool:
    """Check whether a pass shares a claim with the published ones, source by source."""
    return any(
        not agreement.match_claims(of_source, agreement.PUBLISHED, coder).empty
        for _, of_source in passes.groupby("source_id", sort=False, observed=True)
        if of_source.index.get_level_values("coder").nunique() > 1
    )


def sources_without_criticism(corpus: Corpus) -> list[str]:
    """List the sources without a finding of criticism, in tiers where others have one."""
    sources = corpus.sources
    criticised = sources.index.isin(corpus.criticism.index.get_level_values("source_id"))
    tiers = set(sources.loc[criticised, "tier"])
    return list(map(str, sources.index[~criticised & sources["tier"].isin(tiers)]))
