"""The checks on prose: paragraphs, numbers and dates must have evidence.

How strict they are depends on the kind of the page: see `page_kinds`.

A chapter may cite claims of other themes, but the citation says so: `` {claim}`+AB-07` ``, and the
page shows the claim's theme at the marker.
"""

import re
from collections.abc import Iterator

from claimbook.corpus.model import Corpus, load
from claimbook.corpus.validation.table_checks import CheckResults
from claimbook.errors import CorpusError, Fault
from claimbook.prose import mentions
from claimbook.prose.coverage import (
    Prose,
    coverage_table,
    has_evidence,
    is_of_other_theme,
    summarize_coverage,
)
from claimbook.prose.evidence_index import EvidenceIndex
from claimbook.prose.page_kinds import PageKind, check_pages, page_kind
from claimbook.prose.parser import ELSEWHERE, JUDGEMENT, ONLY, TAKEAWAYS, Block
from claimbook.prose.story_steps import check_stories
from claimbook.prose.titles import check_titles, report_findings

METHOD_LIMIT = 60  # words that a paragraph marked `{.method}` may have in an argument
CLAIM_ID = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{2,}\b")


def check_prose(corpus: Corpus, prose: Prose | None = None) -> list[Fault]:
    """Check the prose of the book and the titles of its figures.

    On pages for reference only the cited claims are checked.

    Args:
        corpus: The corpus whose claims the prose cites.
        prose: The prose; that of the current project by default. The titles are always those of the
            current project's report.

    Returns:
        Every fault of the prose with its file and line, in the order of the pages; then the faults
        of the titles.
    """
    prose = prose or Prose.of(corpus)
    evidence = prose.evidence
    faults: list[Fault] = []
    for block in prose.blocks:
        faults += _check_claims_exist(block, evidence)
        faults += _check_forms(block)
        faults += _check_theme_marks(block, corpus)
        if page_kind(block.page) != PageKind.REFERENCE:
            faults += _check_foundation(block, evidence)
            faults += _check_numbers(block, evidence)
            faults += _check_dates(block, evidence)
    return faults + list(check_titles(report_findings(), evidence))


def add_prose_checks(report: CheckResults, corpus: Corpus | None = None) -> list[Block]:
    """Add the faults of the prose and its coverage to a report on the corpus.

    Where the tables have faults, the prose is reported as not checked.

    Args:
        report: The report, which is changed.
        corpus: The corpus, if its tables have no fault of cells and references; it is loaded
            otherwise.

    Returns:
        The prose that was checked; none where the tables have faults.
    """
    try:
        corpus = corpus or load()
    except CorpusError:
        report.skipped.append("the prose: the tables must be mended first")
        return []
    prose = Prose.of(corpus)
    report.faults += [*check_pages(), *check_prose(corpus, prose), *check_stories(corpus)]
    report.done.append(summarize_coverage(coverage_table(corpus, prose)))
    return prose.blocks


def _fault(block: Block, line: int, value: str, allowed: str) -> Fault:
    return Fault(f"{block.file}:{line}", "", "", value, allowed)


def _check_claims_exist(block: Block, evidence: EvidenceIndex) -> Iterator[Fault]:
    """Yield a fault for each cited claim that the corpus does not have."""
    for sentence in block.sentences:
        for claim in sentence.claims:
            if claim not in evidence.claim_numbers:
                yield _fault(block, sentence.line, claim, "a claim of data/claims.csv")


def _check_forms(block: Block) -> Iterator[Fault]:
    """Yield a fault for each claim that is cited in some forms of the book alone.

    The ledger, which is in all forms, would lead to a sentence that is not there.
    """
    if ONLY in block.frames:
        for claim in block.cited("claims"):
            yield _fault(block, block.line, claim, "a claim is cited outside the directive `only`")


def _check_theme_marks(block: Block, corpus: Corpus) -> Iterator[Fault]:
    """Yield a fault for each claim whose mark of another theme is missing or wrong.

    A chapter cites a claim of another theme with `+` before its id, and a claim of its own theme
    without.
    """
    for sentence in block.sentences:
        for claim in dict.fromkeys(sentence.claims):
            if claim not in corpus.claims.index:
                continue
            is_other = is_of_other_theme(claim, block.page, corpus.claims)
            is_marked = claim in sentence.elsewhere
            if is_other and not is_marked:
                theme = corpus.claims.at[claim, "theme"]
                allowed = (
                    f"a claim of the chapter's theme, or {ELSEWHERE}{claim}: "
                    f"it is of the theme {theme}"
                )
                yield _fault(block, sentence.line, claim, allowed)
            elif is_marked and not is_other:
                allowed = f"{claim}: {ELSEWHERE} marks a claim of another theme than the chapter's"
                yield _fault(block, sentence.line, f"{ELSEWHERE}{claim}", allowed)


def _check_foundation(block: Block, evidence: EvidenceIndex) -> Iterator[Fault]:
    """Yield a fault where a takeaway or paragraph lacks required evidence.

    The kind of the page decides what a paragraph needs (see `PageKind`). A takeaway must always
    cite a claim.
    """
    worded = [sentence.plain for sentence in block.sentences if re.search(r"\w", sentence.plain)]
    if block.kind == "label" or not worded:  # a paragraph without words has an image or a figure
        return
    value, line, allowed = worded[0], block.line, ""
    if TAKEAWAYS in block.frames:
        if not block.cited("claims"):
            allowed = "a takeaway cites a claim"
    elif JUDGEMENT in block.frames or any(
        has_evidence(sentence, evidence) for sentence in block.sentences
    ):
        pass
    elif page_kind(block.page) == PageKind.CORPUS:
        if not (block.is_method or block.cited("computed") or block.cited("works")):
            allowed = (
                "a paragraph cites a claim or a work, has a computed number, or is marked {.method}"
            )
    elif not block.is_method:
        allowed = (
            "a paragraph cites a claim, stands in a frame of class judgement, "
            "or is marked {.method}"
        )
    else:
        words = sum(len(sentence.plain.split()) for sentence in block.sentences)
        if words > METHOD_LIMIT:
            value = f"{words} words marked {{.method}}"
            allowed = f"at most {METHOD_LIMIT} words in the argument"
    if allowed:
        yield _fault(block, line, value, allowed)


def _check_numbers(block: Block, evidence: EvidenceIndex) -> Iterator[Fault]:
    """Yield a fault for each number in digits that has no evidence.

    A number may be computed, be part of a date or a name, or be supported by a claim that the
    sentence cites or by outside evidence to which the paragraph links. A sentence that cites a work
    is not checked: its numbers are those of the work.
    """
    linked = {
        number
        for link in block.cited("links")
        for number in evidence.outside_numbers.get(link, set())
    }
    ignored = (
        *mentions.DATES,
        evidence.names_with_digits,
        CLAIM_ID,
        mentions.YEAR,
        mentions.DAY_OF_MONTH,
    )
    allowed = "a computed number, a quantity of a claim cited in the sentence, a date or a name"
    for sentence in block.sentences:
        if sentence.works:
            continue
        supported = linked.union(
            *(evidence.claim_numbers.get(claim, set()) for claim in sentence.claims)
        )
        text = mentions.blank(sentence.text, ignored)
        for position, word in mentions.find_numbers(text):
            if mentions.parse_number(word) not in supported:
                line = sentence.line + text.count("\n", 0, position)
                yield _fault(block, line, word, allowed)


def _check_dates(block: Block, evidence: EvidenceIndex) -> Iterator[Fault]:
    """Yield a fault for each date of day and month that has no evidence.

    A date may be supported by a claim that the sentence cites or by outside evidence to which the
    paragraph links. The day as of which the report judges needs no evidence, and on pages about the
    corpus the days of its sources need none. A sentence that cites a work is not checked.
    """
    shared = [(evidence.as_of, evidence.as_of)]
    if page_kind(block.page) == PageKind.CORPUS:
        shared += evidence.source_days
    shared += [day for link in block.cited("links") for day in evidence.outside_days.get(link, [])]
    for sentence in block.sentences:
        if sentence.works:
            continue
        supported = shared + [
            day for claim in sentence.claims for day in evidence.claim_days.get(claim, [])
        ]
        for mention in mentions.find_dates(sentence.text):
            if not any(mention.lies_within(start, end) for start, end in supported):
                line = sentence.line + sentence.text.count("\n", 0, mention.position)
                allowed = "a day that a claim cited in the sentence bears"
                yield _fault(block, line, mention.label, allowed)
