"""The checks of single pages, with the corpus and the hashes of the texts kept in memory."""

from collections.abc import Collection
from pathlib import Path

from claimbook.corpus.model import Corpus
from claimbook.errors import Fault
from claimbook.prose.coverage import Prose, read_prose
from claimbook.prose.evidence_index import EvidenceIndex
from claimbook.prose.lint import check_prose
from claimbook.settings import settings
from claimbook.texts.source_texts import find_readable_texts
from claimbook.texts.verbatim import find_faults_of_corpus
from claimbook.texts.word_runs import RunIndex


class PageChecks:
    """The checks of prose and of copied words, for some pages at a time."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the checks.

        Args:
            corpus: The corpus that the pages cite.
        """
        self._corpus = corpus
        self._evidence = EvidenceIndex.from_corpus(corpus)
        texts, _ = find_readable_texts(corpus.sources)
        self._runs = RunIndex(texts)

    def faults(self, pages: Collection[Path]) -> list[Fault]:
        """Find the faults of some pages: of their prose, and words copied from a source.

        Args:
            pages: The files of the pages.
        """
        prose = Prose(read_prose(self._corpus, files=pages), self._evidence)
        faults = check_prose(self._corpus, prose)
        if self._runs.source_ids:
            formulae = settings().prose.formulae
            faults += find_faults_of_corpus(self._runs, self._corpus, formulae, files=pages)
        return faults
