"""The tests of the report's own figures and findings, which are about the reports alone."""

import pytest
from claimbook.corpus.model import Corpus
from shortofwar import load


@pytest.fixture(scope="session")
def whole_corpus() -> Corpus:
    """The reports and the record."""
    return load()


@pytest.fixture(scope="session")
def corpus(whole_corpus: Corpus) -> Corpus:
    """The reports, from which the chapters draw their figures and count."""
    return whole_corpus.of_tier("report")
