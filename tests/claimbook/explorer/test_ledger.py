"""The ledger filters by the same description and the same rules as the explorer."""

import pytest
from claimbook.explorer import filters, selection
from claimbook.explorer.claim_index import index_claims


@pytest.fixture
def ledger(open_ledger, corpus):
    return open_ledger(corpus)


@pytest.fixture
def fill(ledger):
    """A function that sets controls of the ledger by their labels; gives the ids that are shown."""

    def filled(**controls: str) -> list[str]:
        ledger.page.evaluate("document.querySelector('form.cb-filter').reset()")
        for label, value in controls.items():
            control = ledger.page.get_by_label(label.replace("_", " "), exact=True)
            if control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        return ledger.ids()

    return filled


@pytest.mark.parametrize(
    "words",
    [
        "norrland's",
        "norrland’s",
        "NORRLAND’S",
        "barrier channel",
        "channel barrier",
        "ministry",
        "zz",
    ],
)
def test_words_find_what_they_find_in_the_explorer(fill, corpus, words):
    described = filters.describe_filters(corpus)
    fits = selection.matching_claims(described, index_claims(corpus, described), {"text": (words,)})
    assert sorted(fill(Words=words)) == sorted(fits.index[fits])


def test_it_offers_what_the_description_marks_for_it(ledger, corpus):
    form = ledger.page.locator("form.cb-filter")
    offered = {
        name: one.ledger for name, one in filters.describe_filters(corpus).items() if one.ledger
    }
    assert {"theme", "source", "speaker", "bearing", "text", "from", "to"} <= offered.keys()
    for name, label in offered.items():
        assert form.get_by_label(label, exact=True).get_attribute("name") == name


def test_filters_narrow_and_the_count_says_how_many(ledger, fill, corpus):
    assert fill(Theme="closure", Bearing="raises", Speaker="iss") == ["DE-04"]
    count = ledger.page.locator(".cb-filter-count")
    assert count.inner_text() == f"1 of {len(corpus.claims)} claims"
    assert fill(Source="CW") == ["CW-01", "CW-02"]


def test_days_are_those_on_which_claims_were_said_else_published(fill):
    assert fill(Said_from="2031-09-01", to="2031-09-01") == ["CW-01"]
    assert fill(Said_from="2031-09-02") == ["CW-02"]


def test_entries_are_sorted_by_day_and_by_the_order_of_the_options(ledger, fill, corpus):
    said = corpus.full_claims()["said"]
    by_day = fill(Order="said")
    assert list(said[by_day]) == sorted(said)
    by_speaker = fill(Order="speaker")
    names = corpus.full_claims()["speaker"].map(filters.fold_text)
    assert list(names[by_speaker]) == sorted(names)
    orders = ledger.page.get_by_label("Order", exact=True).locator("option").all_inner_texts()
    assert orders == ["of the texts", "by day said", "by theme", "by bearing", "by speaker"]


def test_an_address_of_an_entry_that_is_hidden_shows_all_entries_again(ledger, fill, corpus):
    assert "CW-01" not in fill(Theme="talks")
    ledger.page.evaluate("location.hash = '#CW-01'")
    ledger.page.locator("#CW-01").wait_for(state="visible")
    assert len(ledger.ids()) == len(corpus.claims)
