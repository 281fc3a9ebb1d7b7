"""The ledger in HTML: contents and pages, to which every link to a claim leads."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from claimbook.language.ledger_pages import LedgerPages
from support.made_up_report import lay_out, run_python
from support.small_book import cut_down

LIMIT = 300_000  # bytes


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def html(made_up_book):
    return made_up_book / "html"


@pytest.fixture(scope="module")
def pages(html, corpus):
    return {page.name: soup(html / f"{page.name}.html") for page in LedgerPages(corpus).pages}


def entries(page: BeautifulSoup) -> list[str]:
    return [entry["id"] for entry in page.select("dl.cb-ledger > dt")]


def test_every_claim_has_one_entry_on_its_page(pages, html, corpus):
    for page in LedgerPages(corpus).pages:
        assert entries(pages[page.name]) == page.claims
        assert pages[page.name].h1.get_text().startswith(page.title)
        assert (html / f"{page.name}.html").stat().st_size < LIMIT
    assert {file.stem for file in (html / "ledger").iterdir()} == {
        Path(name).name for name in pages
    }


def test_every_link_to_a_claim_leads_straight_to_its_entry(html, corpus):
    ledger = LedgerPages(corpus)
    seen = set()
    for file in html.rglob("*.html"):
        page = soup(file)
        links = [*page.select(".claim a"), *page.select(".cb-figure svg a")]
        for link in links:
            address = link.get("href") or link.get("xlink:href")
            name, _, claim = address.partition("#")
            target = (file.parent / name).resolve() if name else file
            assert target == html / f"{ledger.of_claim[claim].name}.html", (file, address)
            seen.add(claim)
    assert len(seen) > len(corpus.claims) / 2


def test_a_card_leads_to_the_claims_against_its_own(html, corpus):
    ledger, against = LedgerPages(corpus), set()
    for file in html.rglob("*.html"):
        for card in soup(file).select(".cb-card"):
            for link in card.select("dd a"):
                name, _, claim = link["href"].partition("#")
                assert link.get_text() == claim
                target = (file.parent / name).resolve() if name else file
                assert target == html / f"{ledger.of_claim[claim].name}.html"
                against.add((card["id"].removeprefix("card-"), claim))
    assert {("CW-01", "HP-02"), ("HP-02", "CW-01")} & against


def test_pages_lead_to_the_one_before_and_after_and_back_to_the_contents(pages, corpus):
    names = [page.name.removeprefix("ledger/") for page in LedgerPages(corpus).pages]
    for number, name in enumerate(names):
        page = pages[f"ledger/{name}"]
        assert page.select_one(".cb-crumbs a")["href"] == "../ledger.html"
        around = [page.select_one(css) for css in ("a.left-prev", "a.right-next")]
        assert [link["href"] if link else None for link in around] == [
            f"{names[number - 1]}.html" if number else None,
            f"{names[number + 1]}.html" if number + 1 < len(names) else None,
        ]


def test_entries_quote_the_sentences_that_cite_them(pages, html):
    quoted = 0
    for name, page in pages.items():
        for link in page.select(".cb-cited a"):
            file, _, marker = link["href"].partition("#")
            place = soup((html / name).parent / file).find(id=marker)
            claim = link.find_parent("dd").find_previous_sibling("dt")["id"]
            assert claim in place.get_text()
            quoted += 1
    assert quoted > 10


def test_the_contents_list_sources_and_claims_and_those_that_no_sentence_cites(html, pages, corpus):
    contents = soup(html / "ledger.html")
    links = {link["id"]: link["href"] for link in contents.select("a.cb-entry")}
    assert set(links) == set(corpus.claims.index) | set(corpus.sources.index)
    for name, address in links.items():
        assert pages[address.partition(".html")[0]].find(id=name) is not None
    for group in contents.select("p.cb-numbers"):
        for link in group.select("a"):
            entry = pages[link["href"].partition(".html")[0]].find(id=link["id"])
            silent = "No sentence cites" in entry.find_next_sibling("dd").get_text()
            assert silent == group.get_text().strip().startswith("No sentence cites")
    assert f"{len(corpus.claims)} claims of 3 sources" in contents.h2.get_text()


@pytest.mark.parametrize("name", ["HP-02", "harbour-post-2031-08"])
def test_old_addresses_lead_to_the_entry_with_and_without_script(chromium, html, name):
    for scripted in (True, False):
        context = chromium.new_context(java_script_enabled=scripted, offline=True)
        page = context.new_page()
        page.goto(f"{(html / 'ledger.html').as_uri()}#{name}")
        if not scripted:
            link = page.locator(f"a#{name}")
            assert link.is_visible()
            link.click()
        page.wait_for_url(f"**/ledger/straits-digest-2031-08.html#{name}")
        assert page.locator(f"#{name}").bounding_box()["y"] >= 0
        context.close()


def test_an_old_address_is_followed_where_the_contents_are_open(chromium, html):
    page = chromium.new_page()
    page.goto((html / "ledger.html").as_uri())
    page.evaluate("location.hash = '#CW-02'")
    page.wait_for_url("**/ledger/straits-digest-2031-09.html#CW-02")
    page.close()


def test_an_entry_is_reached_from_a_marker_by_keyboard(chromium, html):
    page = chromium.new_page()
    page.goto((html / "chapters/closure.html").as_uri())
    marker = page.locator(".claim a").first
    claim = marker.inner_text()
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ledger/*.html#{claim}")
    page.keyboard.press("Tab")
    inside = f"document.activeElement.closest('dd')?.previousElementSibling.id === '{claim}'"
    assert page.evaluate(inside)
    page.close()


def test_a_page_of_the_ledger_is_filtered_and_sorted(chromium, html):
    page = chromium.new_page()
    page.goto((html / "ledger/daily-example-2031-06-14.html").as_uri())
    shown = page.locator("dl.cb-ledger > dt:visible")
    number = shown.count()
    page.get_by_label("Theme", exact=True).select_option("talks")
    assert 0 < shown.count() < number
    assert f"{shown.count()} of {number}" in page.locator(".cb-filter-count").inner_text()
    page.close()


def test_a_filter_holds_when_a_reader_comes_back(chromium, html):
    page = chromium.new_page()
    page.goto((html / "ledger/daily-example-2031-06-14.html").as_uri())
    page.get_by_label("Theme", exact=True).select_option("talks")
    count = page.locator(".cb-filter-count")
    before = count.inner_text()
    page.goto((html / "index.html").as_uri())
    page.go_back()
    count.filter(has_text=before).wait_for()
    assert page.get_by_label("Theme", exact=True).input_value() == "talks"
    page.close()


def test_what_is_against_a_claim_is_told_with_its_weight_and_citing_sentences_are_folded(pages):
    entry = pages["ledger/straits-digest-2031-09"].find(id="CW-01").find_next_sibling("dd")
    against = next(text for text in map(BeautifulSoup.get_text, entry("p")) if "HP-02" in text)
    assert against.startswith("Contradicts HP-02: The navy lays buoys")
    assert against.endswith("(The Harbour Post; event; in a source rated C, fairly reliable).")
    assert entry.select_one("details.cb-citing:not([open]) > ul.cb-cited")


def test_a_build_writes_again_only_the_pages_whose_citations_changed(tmp_path):
    report = cut_down(lay_out(tmp_path / "report"), claim="DE-01")

    def build() -> dict[str, int]:
        ran = run_python(report, "-m", "claimbook", "build", "html")
        assert ran.returncode == 0, ran.stderr
        folder = report / "_build/html"
        files = [folder / "ledger.html", *(folder / "ledger").iterdir()]
        return {file.stem: file.stat().st_mtime_ns for file in files}

    before = build()
    index = report / "index.md"
    index.write_text(index.read_text("utf-8").replace("A claim", "One claim"), "utf-8")
    again = build()
    assert {name for name in before if before[name] != again[name]} == {"daily-example-2031-06-14"}
    quoted = (report / "_build/html/ledger/daily-example-2031-06-14.html").read_text("utf-8")
    assert "One claim" in quoted
    index.write_text(index.read_text("utf-8").replace("`DE-01`", "`CW-01`"), "utf-8")
    last = build()
    assert {name for name in again if again[name] != last[name]} == {
        "daily-example-2031-06-14",
        "straits-digest-2031-09",
        "ledger",
    }
