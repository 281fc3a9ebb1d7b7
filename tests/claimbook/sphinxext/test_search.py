"""The search of the pages, opened from disk: what it finds, what it shows, where it leads."""

from dataclasses import replace

import pytest
from claimbook.sphinxext.html.search_index import other_spellings, page_passages


@pytest.fixture(scope="module")
def search(chromium, made_up_book):
    """A function that asks the search page; gives the page."""
    context = chromium.new_context(offline=True)
    page = context.new_page()

    def asked(query: str):
        page.goto((made_up_book / "html/search.html").as_uri() + f"?q={query}")
        page.locator(".cb-search-status").filter(has_text="ha").wait_for()
        return page

    yield asked
    context.close()


def found(page) -> list[str]:
    return page.locator("#search-results li").all_inner_texts()


@pytest.mark.parametrize("query", ["1987", "barrier channel", "CHANNEL’S barriers", "patrol boat"])
def test_each_result_shows_the_words_marked_in_their_sentence(search, query):
    page = search(query)
    assert found(page)
    for item in page.locator("#search-results li").all():
        assert item.locator("p.context mark").count() >= 1


def test_an_id_finds_its_entry_first_and_then_the_places_that_cite_it(search):
    page = search("HP-02")
    links = page.locator("#search-results li a").evaluate_all("all => all.map((a) => a.href)")
    assert links[0].endswith("ledger/straits-digest-2031-08.html#HP-02")
    assert all("HP-02" in text for text in found(page))
    assert any("closure.html" in link for link in links)
    headings = page.locator("#search-results h2:visible").all_inner_texts()
    assert headings == ["The claim", "In the chapters"]


def test_a_hyphen_within_a_word_may_be_left_out_or_put_in(search):
    assert found(search("barrier"))
    assert len(found(search("bar-rier"))) == len(found(search("barrier")))


def test_a_name_is_found_by_another_of_its_spellings(search):
    assert found(search("Cape"))
    assert found(search("Kap")) == found(search("Cape"))


def test_only_names_of_persons_and_places_have_other_spellings(corpus):
    actors = corpus.actors.copy()
    actors["also_called"] = [
        {"stein": ["Olaf Stein", "Captain"], "coast-wire": ["Shore Wire"]}.get(actor, [])
        for actor in actors.index
    ]
    assert set(actors.loc[["stein", "coast-wire"], "name"]) == {"Olav Stein", "Coast Wire"}
    found = other_spellings(replace(corpus, actors=actors))
    assert found == {"olaf": ["olav"], "kap": ["cape"]}


@pytest.mark.parametrize("query", ["HP-0", "87", "203132"])
def test_a_part_of_an_id_or_a_number_is_not_taken_for_the_whole(search, query):
    assert found(search(query)) == []


def test_a_result_leads_to_the_place_and_claims_lead_on_to_the_explorer(search):
    page = search("barrier")
    page.locator("#search-results li a[href*='closure.html#p1']").click()
    assert "barrier" in page.locator("#p1").inner_text()
    page = search("barrier")
    number = page.locator("#search-results li a[href*='ledger/']").count()
    page.get_by_role("link", name="Explore").last.click()
    page.locator(".cb-explorer-count", has_text=f"{number} of").wait_for()
    assert page.locator(".cb-explorer-list li").count() == number


def test_passages_are_those_that_a_reader_sees_with_the_ids_that_lead_there():
    passages = page_passages(
        '<p>before</p><article>\n<h1 id="t">Boats</h1>\n<p id="p1"><a class="cb-par">1</a> One '
        '<b>big</b> boat<br>sank <span class="claim" id="cite-1">AB-01</span>.</p><ul><li><p>Two '
        '<span id="cite-2">AB-02</span></p></li></ul><pre>code</pre><svg><title>no</title></svg>'
        "<table><tr><td><p>x</p></td><td>y</td></tr></table></article><p>after</p>"
    )
    assert passages == [
        ("t", "Boats", True),
        ("p1", "One big boat sank AB-01.", True),
        ("cite-2", "Two AB-02", False),
        ("", "x · y", False),
    ]
