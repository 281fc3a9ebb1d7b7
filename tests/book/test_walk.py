"""The way from a sentence to the exact characters of its source, in two steps, and back.

It is walked in the pages, with the keyboard alone, and in print.
"""

import random
import re
from pathlib import Path

import lxml.html
import pytest
from claimbook.settings import settings
from claimbook.source_reader import reader
from pypdf import PdfReader
from pypdf.generic import PdfObject
from pypdfium2 import PdfDocument

SEED, TEN = 4, 10
CITED = "*[contains(concat(' ', @class, ' '), ' cb-cited ')]"
MARKER = """*[contains(concat(' ', @class, ' '), ' claim ')
  or contains(concat(' ', @class, ' '), ' cb-par ')
  or self::a[contains(@href, 'references.html#')]]"""
PAGES = ["index", *(f"chapters/{name}" for name in settings().theme_of_chapter)]


@pytest.fixture(scope="module")
def page(chromium, book):
    """A page of the book as opened from disk, with no network."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


def picked(items: list, seed: int = SEED) -> list:
    return random.Random(seed).sample(items, TEN)


def test_ten_sentences_lead_to_the_characters_of_a_source_and_back(page, book, corpus, at_hand):
    reader.write_reader(corpus)
    markers = []
    for name in PAGES:
        ids = parse(book / f"html/{name}.html").xpath("//@id[starts-with(., 'cite-')]")
        markers += [(name, marker) for marker in ids]
    for name, marker in sorted(picked(markers)):
        address = (book / f"html/{name}.html").as_uri()
        if page.url.partition("#")[0] != address:  # where the walk before has ended
            page.goto(address)
        link = page.locator(f"#{marker} a").first
        claim = link.inner_text()
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ledger/*.html#{claim}")
        page.locator(f"#{claim} a.cb-in-text").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/reader/*.html#{claim}")
        lit = "".join(page.locator(f'.line [data-marks~="{claim}"]').all_text_contents())
        row = corpus.claims.loc[claim]
        assert lit == at_hand[row["source_id"]].content[row["start"] : row["end"]]
        page.locator(f"a.flag#{claim}").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/ledger/*.html#{claim}")
        cited = page.locator(
            f"dt#{claim} + dd .cb-cited a[href$='{name.rsplit('/')[-1]}.html#{marker}']"
        )
        page.locator(f"dt#{claim} + dd .cb-citing summary").focus()
        page.keyboard.press("Enter")
        cited.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{name}.html#{marker}")


def test_ten_sentences_in_print_lead_to_entries_that_give_the_characters(book, corpus):
    """In the report a marker links to the page of an entry in the evidence, with its place."""
    report, evidence = (book / "pdf" / f"short-of-war{name}.pdf" for name in ("", "-evidence"))
    seen, ledger = PdfDocument(report), PdfDocument(evidence)
    links = []
    for number, sheet in enumerate(PdfReader(report).pages):
        words = seen[number].get_textpage()
        for note in map(PdfObject.get_object, sheet.get("/Annots", [])):
            file, _, page = str(note.get("/A", {}).get("/URI", "")).partition("#page=")
            marker = re.findall(r"[A-Z][A-Z0-9]{1,9}-\d+", words.get_text_bounded(*note["/Rect"]))
            if file == f"./{evidence.name}" and len(marker) == 1:
                links.append((marker[0], int(page) - 1))
    assert len(links) > 300
    for marker, sheet in picked(links):
        entry = ledger[sheet].get_textpage().get_text_range()
        assert re.search(rf"^{marker}\b", entry, re.MULTILINE)
        around = " ".join(
            ledger[number].get_textpage().get_text_range() for number in (sheet, sheet + 1)
        )
        around = re.sub(r"[\x02\ufffe]\s*", "", around)  # a hyphen at a line's end
        row = corpus.claims.loc[marker]
        assert f"Characters {row['start']:,} to {row['end']:,}" in " ".join(around.split())


def test_the_card_of_a_number_says_what_it_counts_by_pointer_and_by_key(page, book, corpus):
    page.goto((book / "html/chapters/how-the-news-told-it.html").as_uri())
    relayed = corpus.relays.index.get_level_values("claim_id").nunique()
    number = page.locator("abbr.cb-count", has_text=str(relayed)).first
    card = page.locator(".cb-card-open")
    number.hover()
    assert "Counted:" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    number.focus()
    assert card.is_visible()


def test_a_tap_opens_a_card_and_a_second_follows_the_marker(chromium, book):
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True, offline=True
    )
    page = context.new_page()
    page.goto((book / "html/chapters/how-the-news-told-it.html").as_uri())
    card = page.locator(".cb-card-open")
    page.locator("abbr.cb-count").first.tap()
    card.get_by_text("Counted:").wait_for()
    marker = page.locator("article p .claim a:visible").last
    claim = marker.inner_text()
    marker.tap()
    card.get_by_text(claim).first.wait_for()
    assert page.url.endswith("how-the-news-told-it.html")
    marker.tap()
    page.wait_for_url(f"**/ledger/*.html#{claim}")
    context.close()


def test_every_marker_and_number_of_a_chapter_is_reached_with_tab(page, book):
    page.goto((book / "html/chapters/pressure.html").as_uri())
    shown = page.locator(
        "article p .claim a:visible, article li .claim a:visible, abbr.cb-count:visible"
    )
    assert shown.count() > 40
    assert shown.evaluate_all("nodes => nodes.every(node => node.tabIndex === 0)")
    page.locator(".claim a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.claim a, abbr.cb-count')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_claim_of_another_theme_shows_its_theme_at_the_marker(page, book, corpus):
    page.goto((book / "html/chapters/resistance.html").as_uri())
    marked = page.locator(".claim a.elsewhere")
    assert marked.count() > 10
    first = marked.first
    theme = corpus.claims.loc[first.inner_text(), "theme"]
    assert theme != "resistance"
    assert first.evaluate("node => getComputedStyle(node, '::before').content") != "none"
    plain = page.locator(".claim a:not(.elsewhere)").first
    assert plain.evaluate("node => getComputedStyle(node, '::before').content") == "none"


def test_what_the_ledger_quotes_stands_on_the_page_it_names(book):
    """It is quoted by the sentence, with numbers and full stops in names, without the markers."""
    html = book / "html"
    pages: dict[str, str] = {}
    quoted = [
        entry
        for file in sorted((html / "ledger").glob("*.html"))
        for entry in parse(file).xpath(f"//{CITED}//li")
    ]
    assert len(quoted) > 300
    for entry in quoted:
        link = next(entry.iter("a"))
        page = link.get("href").partition("#")[0].removeprefix("../")
        said = entry.text_content().strip().removeprefix(f"{link.text_content()}: ")
        if page not in pages:
            article = next(parse(html / page).iter("article"))
            for marker in article.xpath(f".//{MARKER}"):
                marker.drop_tree()
            pages[page] = squeezed(article.text_content())
        assert squeezed(said) in pages[page]
    sentences = [" ".join(entry.text_content().split()) for entry in quoted]
    assert any("met once more, in St. Petersburg." in sentence for sentence in sentences)
    assert any(re.search(r"origin of \d+", sentence) for sentence in sentences)


def parse(file: Path) -> lxml.html.HtmlElement:
    """Read a page of the book."""
    return lxml.html.parse(file, lxml.html.HTMLParser(encoding="utf-8")).getroot()


def squeezed(text: str) -> str:
    return re.sub(r"[\s\[\]]+", "", text)
