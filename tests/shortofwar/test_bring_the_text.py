"""The page for readers' copies finds in all texts what `claimbook reanchor` finds in them."""

import random

import pytest
from claimbook.corpus.model import read_schema
from claimbook.sphinxext.text_page.page_data import fold_tables
from claimbook.texts.source_texts import SourceText
from claimbook.texts.stored_spans import StoredSpan, has_spans, read_spans
from support.edited_texts import edit
from support.text_page import data_of, disagreements, opened

EVERY = 12  # of the texts of the record one in so many is damaged; all reports are
SECONDS = 2.0
TRIAL = "() => document.querySelector('.cb-bring-status').textContent"


@pytest.fixture(scope="module")
def spans(whole_corpus) -> dict[str, list[StoredSpan]]:
    tables = [table for table in read_schema().values() if has_spans(table)]
    found = [
        span for table in tables for span in read_spans(table, getattr(whole_corpus, table.name))
    ]
    return {
        source: [span for span in found if span.source_id == source]
        for source in {span.source_id for span in found}
    }


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    data = {"tables": fold_tables(), "ledger": "", "themes": {}, "sources": []}
    with opened(chromium, tmp_path_factory.mktemp("bring"), data) as page:
        yield page


def test_every_text_as_it_was_coded(page, whole_corpus, at_hand, spans):
    for source, own in spans.items():
        length = int(whole_corpus.sources.loc[source, "characters"])
        assert disagreements(page, at_hand[source], own, length) == []


def test_damaged_copies(page, whole_corpus, at_hand, spans):
    rng = random.Random(22)
    for number, (source, own) in enumerate(sorted(spans.items())):
        if number % EVERY and whole_corpus.sources.loc[source, "tier"] != "report":
            continue
        length = int(whole_corpus.sources.loc[source, "characters"])
        copy = SourceText(source, str(edit(at_hand[source].content, rng)), same=False)
        assert disagreements(page, copy, own, length) == []


def test_a_long_assessment_takes_two_seconds_at_most(chromium, tmp_path, whole_corpus, at_hand):
    coded = whole_corpus.sources.loc[whole_corpus.claims["source_id"].unique()]
    assessments = coded[coded["series"] == "isw-assessment"]
    longest = max(assessments.index, key=lambda one: len(at_hand[one].content))
    with opened(chromium, tmp_path, data_of("ledger.html")) as page:
        page.get_by_label("The text", exact=True).fill("Advertisement\n" + at_hand[longest].content)
        page.get_by_role("button", name="Find its claims").click()
        page.locator(".cb-bring-page mark").first.wait_for()
        said = page.evaluate(TRIAL)
    assert whole_corpus.sources.loc[longest, "code"] in said
    assert float(said.rsplit(" ", 2)[-2]) <= SECONDS
