"""Every claim has one page of the ledger, whose name and title say what is on it."""

import dataclasses

import pandas as pd
import pytest
from claimbook.language import ledger_pages
from claimbook.language.ledger_pages import LedgerPages


@pytest.fixture
def pages(corpus):
    return LedgerPages(corpus)


def test_a_source_has_a_page_and_a_series_one_for_each_month(pages):
    assert [(page.name, page.title) for page in pages.pages] == [
        ("ledger/daily-example-2031-06-14", "The Daily Example, 14 June 2031"),
        ("ledger/straits-digest-2031-08", "Digest of the Straits, August 2031"),
        ("ledger/straits-digest-2031-09", "Digest of the Straits, September 2031"),
    ]
    assert pages.of_claim["CW-01"].name == "ledger/straits-digest-2031-09"
    assert pages.of_source["harbour-post-2031-08"].title == "Digest of the Straits, August 2031"


def test_a_series_that_the_settings_do_not_name_is_shown_by_its_short_name():
    assert ledger_pages.series_title("night-edition") == "Night edition"


def test_every_claim_stands_once_and_in_the_order_of_its_text(pages, corpus):
    claims = [claim for page in pages.pages for claim in page.claims]
    assert sorted(claims) == sorted(corpus.claims.index)
    for page in pages.pages:
        for part in page.parts:
            starts = corpus.claims.loc[list(part.claims), "start"]
            assert starts.is_monotonic_increasing


def test_the_reports_come_before_the_record(corpus):
    sources = corpus.sources.copy()
    sources.loc["daily-example-2031-06-14", "tier"] = "record"
    pages = LedgerPages(dataclasses.replace(corpus, sources=sources)).pages
    assert [page.tier for page in pages] == ["report", "report", "record"]


def test_a_long_source_is_divided_at_claims(monkeypatch, corpus):
    monkeypatch.setattr(ledger_pages, "MAX_CLAIMS", 2)
    pages = LedgerPages(corpus)
    names = [page.name for page in pages.pages if "daily" in page.name]
    assert names[:2] == [
        "ledger/daily-example-2031-06-14",
        "ledger/daily-example-2031-06-14-part-2",
    ]
    assert pages.of_source["daily-example-2031-06-14"].name == names[0]
    assert all(len(page.claims) <= 2 for page in pages.pages)
    second = next(page for page in pages.pages if page.name == names[1])
    assert second.title == "The Daily Example, 14 June 2031, part 2"
    claims = [claim for page in pages.pages for claim in page.claims]
    assert sorted(claims) == sorted(corpus.claims.index)


def test_a_full_month_is_divided_between_sources(monkeypatch, corpus):
    number = corpus.claims["source_id"].value_counts()
    monkeypatch.setattr(ledger_pages, "MAX_CLAIMS", int(number.iloc[0] + number.iloc[-1]))
    sources = corpus.sources.assign(series="digest", published=pd.Timestamp("2031-06-14"))
    pages = LedgerPages(dataclasses.replace(corpus, sources=sources)).pages
    names = [page.name.removeprefix("ledger/") for page in pages]
    assert names == ["digest-2031-06", "digest-2031-06-part-2"]
    assert all(len(part.claims) == number[part.source_id] for page in pages for part in page.parts)


def test_a_source_without_claims_has_no_page_and_leads_to_the_contents(corpus):
    claims = corpus.claims[corpus.claims["source_id"] != "coast-wire-2031-09-02"]
    pages = LedgerPages(dataclasses.replace(corpus, claims=claims))
    assert all("2031-09" not in page.name for page in pages.pages)
    assert pages.address_of_source("coast-wire-2031-09-02", "../") == "../ledger.html"
