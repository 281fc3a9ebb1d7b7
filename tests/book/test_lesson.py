"""The lesson: sheets whose words, claims and answers are those of its page."""

import re

import pypdfium2
import pytest
from claimbook.paths import project
from claimbook.prose import parser
from claimbook.settings import settings
from pypdf import PdfReader
from support.pdf_text import page_texts

NAME = "short-of-war-lesson.pdf"
MM = 72 / 25.4
SIDE, FOOT = 19 * MM, 20 * MM  # the margins
# where a citation, a number or the title of a page stands
GAPS = re.compile(rf"[{parser.CITING}{parser.OBJECT}]|[ ]{{2,}}|\(\)")
QUOTES = str.maketrans("‘’“”", "''\"\"")


@pytest.fixture(scope="module")
def lesson(book) -> PdfReader:
    return PdfReader(book / "pdf" / NAME)


@pytest.fixture(scope="module")
def pages(lesson) -> list[str]:
    return [page.extract_text() for page in lesson.pages]


@pytest.fixture(scope="module")
def blocks() -> list[parser.Block]:
    """The prose of the page."""
    return parser.read_blocks(files=[project().root / f"{settings().lesson.page}.md"])


def squeezed(text: str) -> str:
    """Text without white space and with straight quotes."""
    return re.sub(r"\s", "", text).translate(QUOTES)


def test_it_has_few_sheets_of_a4_and_is_tagged(lesson):
    assert 4 <= len(lesson.pages) <= 6
    assert {tuple(round(side) for side in page.mediabox[2:]) for page in lesson.pages} == {
        (595, 842)
    }
    assert lesson.metadata.title == "Short of War: How one headline reversed its meaning"
    xmp = lesson.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part" in xmp
    assert "pdfaid:part" in xmp


def test_it_has_every_sentence_of_its_page(pages, blocks):
    text = squeezed(" ".join(pages))
    told = [
        piece
        for block in blocks
        if parser.ONLY not in block.frames
        for sentence in block.sentences
        for piece in GAPS.split(sentence.text)
    ]
    assert len(told) > 100
    assert [piece for piece in told if squeezed(piece) not in text] == []


def test_every_claim_of_its_page_has_its_id_and_an_entry_in_the_evidence(book, pages, blocks):
    cited = {claim for block in blocks for claim in block.cited("claims")}
    assert len(cited) > 15
    text = squeezed(" ".join(pages))
    assert [claim for claim in cited if claim not in text] == []
    ledger = squeezed(" ".join(page_texts(book / "pdf" / "short-of-war-evidence.pdf")))
    assert [claim for claim in cited if claim not in ledger] == []


def test_the_answers_are_on_pages_after_all_exercises(pages):
    first = next(number for number, page in enumerate(pages) if "Answers, for the" in page[:60])
    assert first >= 3
    assert all("Answers, for the teacher" not in page for page in pages[:first])
    asked = [number for number, page in enumerate(pages) if "Put the cards in order" in page]
    assert max(asked) < first
    assert "Our judgement" in pages[first]


def test_nothing_runs_over_its_margins(book):
    for number, page in enumerate(pypdfium2.PdfDocument(book / "pdf" / NAME), start=1):
        text = page.get_textpage()
        width, height = page.get_size()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            words = text.get_text_bounded(left, bottom, right, top)
            assert left > SIDE - 2, (number, words)
            assert right < width - SIDE + 5, (number, words)
            assert bottom > 6 * MM, (number, words)
            assert top < height - 10 * MM, (number, words)


def test_no_heading_stays_behind_at_the_foot_of_a_sheet(book):
    headings = re.findall(r"^##+ (.+)$", (project().chapters / "lesson.md").read_text(), re.M)
    for page in pypdfium2.PdfDocument(book / "pdf" / NAME):
        text = page.get_textpage()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
        lowest = sorted((rect for rect in rects if rect[1] > FOOT), key=lambda rect: rect[1])[0]
        assert text.get_text_bounded(*lowest).strip() not in headings


def test_it_is_named_on_the_front_page_and_in_the_readme(book):
    front = (book / "html" / "index.html").read_text("utf-8")
    assert 'href="chapters/lesson.html"' in front
    assert f'href="pdf/{NAME}"' in front
    assert f"_build/pdf/{NAME}" in (project().root / "README.md").read_text("utf-8")


def test_the_cards_are_answered_in_their_order(blocks):
    """The list in the cell of answers names what the cards cite, card by card."""
    text = (project().chapters / "lesson.md").read_text("utf-8")
    cards = re.search(r"\{\.cards .*?\}\n(.*?)\n\n", text, re.DOTALL)[1].splitlines()
    cited = [re.search(r"\{claim\}`([\w-]+)`", card) for card in cards]
    answers = re.search(r"ranges_table\(corpus, \[(.*?)\]", text, re.DOTALL)[1]
    named = re.findall(r'"([\w-]+)"', answers)
    assert len(cards) == len(named) == 10
    for card, name in zip(cited, named, strict=True):
        assert card is None or card[1] == name


def test_the_words_on_the_cards_are_those_of_their_claims(corpus):
    text = (project().chapters / "lesson.md").read_text("utf-8")
    cards = re.search(r"\{\.cards .*?\}\n(.*?)\n\n", text, re.DOTALL)[1].splitlines()
    for card in cards:
        if claim := re.search(r"\{claim\}`([\w-]+)`", card):
            word = corpus.claims.at[claim[1], "term"]
            said = re.search(r"\*(.+?)\*", card)[1]
            assert word in said, card
    assert corpus.judgements.at["entry-2022", "likelihood"] in " ".join(cards)


def test_its_headline_is_coded_as_reversed(corpus):
    changes = corpus.relays.loc["UA-01"]["change"]
    assert any("reversed" in change for change in changes)


def test_what_its_plan_counts_is_there(corpus):
    """The plan speaks of the last two slides of the deck and of seven explanations."""
    assert settings().report.slides[-2:] == ["relays", "explanations"]
    assert len(corpus.explanations) == 7
