"""What is said of the reports stays as it is where sources of the record are added."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from claimbook.corpus.model import TABLES, Corpus, load, record_reads
from claimbook.corpus.validation.table_checks import check_tables
from claimbook.texts.text_checks import add_text_checks
from support.made_up_report import run_python
from support.record_source import CLAIMS, SOURCE, add_record_source
from support.small_book import leave_out, ledger_html

PAGES_ON_REPORTS = ("index", "chapters/closure", "chapters/talks", "chapters/forecast")
PAGES_ON_REPORTS += ("chapters/corpus", "chapters/method")


@pytest.fixture
def with_record(made_up_copy: Path) -> Path:
    """A copy of the made-up report that has a source of the record."""
    add_record_source(made_up_copy)
    return made_up_copy


@pytest.fixture
def enlarged(with_record: Path) -> Corpus:
    return load(with_record / "data")


def test_a_source_of_the_record_that_is_part_of_a_file_passes_all_checks(with_record):
    report, corpus = check_tables(with_record / "data")
    assert corpus is not None
    add_text_checks(report, corpus)
    assert report.faults == []
    assert any("anchors in 4 texts" in line for line in report.done)


def test_the_reports_alone_are_the_corpus_as_it_was(corpus, enlarged):
    reports = enlarged.of_tier("report")
    assert len(enlarged.claims) == len(corpus.claims) + len(CLAIMS)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(reports, name), getattr(corpus, name))


def test_the_record_alone_has_its_own_claims_and_events(enlarged):
    record = enlarged.of_tier("record")
    assert list(record.sources.index) == [SOURCE]
    assert set(record.claims.index) == set(CLAIMS)
    assert list(record.events.index) == ["no-boats"]
    tables = (record.relations, record.passes, record.evidence, record.indicators)
    assert [len(table) for table in tables] == [0, 0, 0, 0]


def test_what_a_third_reading_added_to_both_passes_stays(corpus):
    added = replace(corpus, settlements=corpus.settlements.assign(first_id="", second_id=""))
    assert len(added.of_tier("report").settlements) == len(corpus.settlements)


def test_a_tier_that_there_is_not_is_refused(corpus):
    with pytest.raises(ValueError, match="'reports' is no tier of the sources: report, record"):
        corpus.of_tier("reports")


def test_to_restrict_a_corpus_is_not_to_read_it(corpus):
    with record_reads() as reads:
        corpus.of_tier("report")
    assert reads == []


def shown(page: str) -> str:
    """What a page shows between its head and its foot.

    Left out is who opposes a claim, and how reliable its own source is beside that, which its card
    says of all sources.
    """
    article = page.partition("<article")[2].partition("</article>")[0]
    return re.sub(r"<dt>(?:Its source|Against it)</dt><dd>.*?</dd>\n", "", article)


def test_pages_on_the_reports_stay_and_the_ledger_takes_all(with_record, made_up_book):
    leave_out(with_record, "explorer", "people", "data")  # which show all sources
    ran = run_python(with_record, "-m", "claimbook", "build", "html")
    assert ran.returncode == 0, ran.stderr + ran.stdout
    for name in PAGES_ON_REPORTS:
        before, after = (
            shown((html / f"{name}.html").read_text("utf-8"))
            for html in (made_up_book / "html", with_record / "_build" / "html")
        )
        assert before == after, name
    ledger = ledger_html(with_record / "_build" / "html")
    assert all(f'id="{claim.lower()}"' in ledger.lower() for claim in CLAIMS)
