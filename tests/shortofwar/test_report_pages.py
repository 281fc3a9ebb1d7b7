"""The chapters on the five reports count and draw from these alone, whatever else is coded."""

import re

import pytest
from claimbook.paths import project

WHOLE = {"about", "data", "explorer", "indexes", "people"}  # pages on all sources
PAGES = [project().root / "index.md", *sorted(project().chapters.glob("*.md"))]
LOADED = re.compile(r"^(?:corpus|corpus, name) = (load\(\)\S*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_chapter_on_the_reports_reads_no_others(page):
    expected = "load()" if page.stem in WHOLE else 'load().of_tier("report")'
    assert {read.rstrip(",") for read in LOADED.findall(page.read_text("utf-8"))} <= {expected}
