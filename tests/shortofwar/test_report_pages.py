"""The chapters on the five reports count and draw from these alone, whatever else is coded."""

import re

import pytest
from claimbook.paths import project
from support.jupytext_form import saved_otherwise

ON_THE_REPORTS = ["chronology", "corpus", "disagreements", "method", "origins", "rerun"]
LOADED = re.compile(r"^(?:corpus|corpus, name) = (load\(\)\S*)", re.MULTILINE)


@pytest.mark.parametrize("name", ON_THE_REPORTS)
def test_a_chapter_on_the_reports_reads_no_others(name):
    page = project().chapters / f"{name}.md"
    loaded = {read.rstrip(",") for read in LOADED.findall(page.read_text("utf-8"))}
    assert loaded == {'load().of_tier("report")'}


def test_a_page_opened_and_saved_in_jupyterlab_stays_as_it_was():
    assert saved_otherwise(project().root) == []
