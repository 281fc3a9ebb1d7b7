"""A reader brings a copy of a text to a page, and sees its claims where they stand."""

import random
import sys
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe
from claimbook.corpus.model import read_schema
from claimbook.texts.anchors import split_words
from claimbook.texts.source_texts import SourceText
from claimbook.texts.stored_spans import read_spans
from support.edited_texts import edit
from support.text_page import SPLIT, data_of, disagreements, opened

EXAMPLE, HARBOUR = "daily-example-2031-06-14", "harbour-post-2031-08"


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory, made_up):
    with opened(chromium, tmp_path_factory.mktemp("bring"), data_of("ledger.html")) as page:
        yield page


@pytest.fixture
def bring(page):
    """A function that brings a text to the page; gives what the page says of it."""

    def brought(content: str, source: str = "") -> str:
        page.get_by_role("button", name="Clear").click()
        page.get_by_label("Source").select_option(source)
        page.get_by_label("The text", exact=True).fill(content)
        page.get_by_role("button", name="Find its claims").click()
        return page.get_by_role("status").inner_text()

    return brought


def lit(page, claim: str) -> str:
    """The words that light up as those of a claim when its flag has the focus."""
    page.locator(f".cb-bring-page a#{claim}").focus()
    return "".join(page.locator(".cb-bring-page mark.cb-lit").all_text_contents())


def test_a_copy_is_recognised_and_every_claim_lights_up_where_it_stands(
    page, bring, at_hand, corpus
):
    text = at_hand[EXAMPLE].content
    claims = corpus.claims[corpus.claims["source_id"] == EXAMPLE]
    assert f"{len(claims)} claims, {len(claims)} in their place" in bring(text)
    assert page.locator(".cb-bring-page").evaluate("one => one.textContent").count("DE-0") == 4
    for claim, row in claims.iterrows():
        assert lit(page, claim) == text[row["start"] : row["end"]]
        card = page.locator(".cb-card-open")
        assert row["paraphrase"] in card.inner_text()


def test_what_has_moved_changed_or_is_missing_is_said(page, bring, at_hand):
    text = at_hand[HARBOUR].content
    gone = " In 1987 the straits were closed for six weeks."
    assert gone in text
    changed = "a barrier of buoys"
    copy = text.replace(gone, "").replace(changed, "a barrier, so they say, of buoys")
    said = bring("Home News Sport\n\n" + copy)
    assert "2 moved, 1 changed, 1 missing" in said
    lists = page.locator(".cb-bring-lists").inner_text()
    assert "HP-02" in lists
    assert "3 words more" in lists
    assert lit(page, "HP-02").endswith("15 August")
    assert page.locator(".cb-bring-page a#HP-04").count() == 0


def test_another_text_is_not_taken_for_a_source_unless_a_reader_says_so(page, bring, at_hand):
    other = "A text on another matter. " * 20
    doubt = page.get_by_text("is it another text?")
    assert "None of the sources is recognised" in bring(other)
    assert "4 missing" in bring(other, EXAMPLE)
    assert doubt.is_visible()
    bring(at_hand[EXAMPLE].content)
    assert not doubt.is_visible()
    assert bring("") == "Bring a text first."


def test_a_saved_page_is_read_without_its_scripts(page, bring, at_hand, tmp_path):
    text = at_hand[EXAMPLE].content
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    saved = tmp_path / "saved.html"
    saved.write_text(
        f"<!doctype html><script>document.title = 'no'</script><img src=x>{paragraphs}", "utf-8"
    )
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Source").select_option("")
    page.get_by_label("or a file").set_input_files(saved)
    page.get_by_role("status").filter(has_text="4 claims").wait_for()
    assert "missing" not in page.get_by_role("status").inner_text()
    assert page.title() == "Bring the text"


def test_the_page_shuts_no_reader_out(page, bring, at_hand):
    bring(at_hand[HARBOUR].content.replace("a barrier of", "a new barrier of"))
    assert Axe().run(page).response["violations"] == []


def test_words_are_split_as_in_python_whatever_the_character(page):
    assigned = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
    ]
    content = " ".join(f"x{one}y" for one in assigned)
    words, starts, ends = page.evaluate(SPLIT, content)
    expected = split_words(content)
    assert words == [word.text for word in expected]
    assert list(zip(starts, ends, strict=True)) == [(word.start, word.end) for word in expected]


@pytest.mark.parametrize("seed", range(4))
def test_copies_that_are_damaged_give_what_reanchoring_gives(page, corpus, at_hand, seed):
    rng = random.Random(seed)
    spans = read_spans(read_schema()["claims"], corpus.claims)
    for source_id, text in at_hand.items():
        own = [span for span in spans if span.source_id == source_id]
        copy = SourceText(source_id, str(edit(text.content * 2, rng)), same=False)
        assert disagreements(page, copy, own, len(text.content)) == []
