"""Counts, page by page, of how many sentences of the prose rest on evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.corpus.model import Corpus, known_names
from claimbook.paths import project
from claimbook.prose.evidence_index import EvidenceIndex
from claimbook.prose.page_kinds import PageKind, page_kind
from claimbook.prose.parser import JUDGEMENT, Block, Sentence, abbreviations, read_blocks
from claimbook.settings import settings

FOUNDATIONS = ("evidence", "judgement", "computed", "method", "neither")
COLUMNS = ("sentences", *FOUNDATIONS, "citations", "elsewhere")


def read_prose(
    corpus: Corpus, root: Path | None = None, files: Iterable[Path] | None = None
) -> list[Block]:
    """Read the book's prose as blocks of sentences.

    A full stop at the end of an abbreviation in the name of an actor or place ends no sentence.

    Args:
        corpus: The corpus with the names.
        root: The folder of the project; that of the current project by default.
        files: The pages to read; by default all.
    """
    names = known_names(corpus.actors, corpus.places)
    return read_blocks(root or project().root, abbreviations(names), files)


@dataclass(frozen=True)
class Prose:
    """The prose of a book, with what the corpus supports.

    Attributes:
        blocks: Its blocks of sentences.
        evidence: The numbers, days and names of the corpus.
    """

    blocks: list[Block]
    evidence: EvidenceIndex

    @classmethod
    def of(cls, corpus: Corpus, root: Path | None = None) -> "Prose":
        """Read the prose in the folder of a project, by default that of the current one."""
        return cls(read_prose(corpus, root), EvidenceIndex.from_corpus(corpus))


def has_evidence(sentence: Sentence, evidence: EvidenceIndex) -> bool:
    """Check whether a sentence cites a claim or links to outside evidence.

    Outside evidence is a web address that the tables on criticism or on outlooks have.
    """
    return bool(sentence.claims) or any(link in evidence.outside_days for link in sentence.links)


def is_of_other_theme(claim: str, page: str, claims: pd.DataFrame) -> bool:
    """Check whether a claim is of another theme than the chapter that cites it.

    Args:
        claim: The id of the claim.
        page: The file name, without suffix, of the page that cites it.
        claims: The table of claims, by claim id.

    Returns:
        True if the chapter's theme is neither the claim's main theme nor one of its secondary
        themes (the column `also`). False on a page that is no chapter of a theme.
    """
    theme = settings().theme_of_chapter.get(page)
    return theme is not None and theme not in (claims.at[claim, "theme"], *claims.at[claim, "also"])


def coverage_table(corpus: Corpus, prose: "Prose | None" = None) -> pd.DataFrame:
    """Count the sentences of each page by the kind of support that they have.

    Pages of the kind `PageKind.REFERENCE` are omitted.

    Args:
        corpus: The corpus.
        prose: The prose of the book; that of the current project by default.

    Returns:
        A table by page. Each of the `sentences` is counted once, in the first column that fits: it
        cites `evidence`, is in a frame of `judgement`, has a `computed` number, is marked as about
        `method`, or is none of these (`neither`). `citations` counts the claims cited, and
        `elsewhere` those of another theme than the chapter's, missing on pages without a theme.
    """
    prose = prose or Prose.of(corpus)
    evidence, claims = prose.evidence, corpus.claims
    rows: dict[str, dict[str, int]] = {}
    for block in prose.blocks:
        if page_kind(block.page) == PageKind.REFERENCE:
            continue
        row = rows.setdefault(block.page, dict.fromkeys(COLUMNS, 0))
        cited = [claim for claim in block.cited("claims") if claim in claims.index]
        row["citations"] += len(cited)
        row["elsewhere"] += sum(is_of_other_theme(claim, block.page, claims) for claim in cited)
        for sentence in block.sentences if block.kind != "label" else []:
            row["sentences"] += 1
            row[_foundation(sentence, block, evidence)] += 1
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))
    table = table.rename_axis("page").astype("Int64")
    table.loc[~table.index.isin(list(settings().theme_of_chapter)), "elsewhere"] = pd.NA
    return table


def _foundation(sentence: Sentence, block: Block, evidence: EvidenceIndex) -> str:
    """Return the kind of support that a sentence has, as one of `FOUNDATIONS`.

    If several fit, it is the first of them.
    """
    if sentence.works or has_evidence(sentence, evidence):
        return "evidence"
    if JUDGEMENT in block.frames:
        return "judgement"
    if sentence.computed:
        return "computed"
    return "method" if block.is_method else "neither"


def summarize_coverage(table: pd.DataFrame) -> str:
    """Summarize the coverage of the whole book in one line of text.

    Args:
        table: The table of `coverage_table`.
    """
    total = table.sum()
    shares = {
        column: f"{100 * total[column] / max(total['sentences'], 1):.0f} %"
        for column in FOUNDATIONS
    }
    themed = table.loc[table["elsewhere"].notna(), ["citations", "elsewhere"]].sum()
    elsewhere = 100 * themed["elsewhere"] / max(themed["citations"], 1)
    return (
        f"prose of {len(table)} pages, {total['sentences']} sentences: "
        f"{shares['evidence']} with evidence, {shares['judgement']} in a judgement's frame, "
        f"{shares['computed']} with a computed number, {shares['method']} on method, "
        f"{shares['neither']} with none of these; "
        f"{elsewhere:.0f} % of the chapters' citations are of another theme"
    )
