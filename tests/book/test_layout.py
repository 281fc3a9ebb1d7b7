"""The layout of the PDFs' pages, by their geometry, and their reading order, by their tags."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from claimbook.paths import project
from claimbook.prose import parser
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject
from support.printed_pages import html_of_printed_pages, is_printed

MM = 72 / 25.4
# Margins beside, above and below the text of an upright page, and of one that lies on its side
SIDE, TOP, BOTTOM = 28 * MM, 28 * MM, 28 * MM
TURNED = (24 * MM, 26 * MM, 26 * MM)
# Points: how far a comma hangs over the edge, a letter below its line, a marker above it; a stroke
HANGING, DESCENT, RAISED, STROKE = 5, 3, 3, 2
SEPARATOR = 0.22 * 120 * MM  # the rule above the notes
TWO_LINES = 24  # points
ASIDE = {"/Note", "/FENote", "/TOC"}
GAPS = re.compile(
    rf"[{parser.CITING}{parser.OBJECT}]|[ ]{{2,}}|\s(?=[.,;:)])|(?<=\()(?=\))"
)  # where a citation, a number or a link's own text stands
OPENING = "§"
QUOTES = str.maketrans("‘’“”", "''\"\"")


class Volume:
    """A volume as two programs read it, and the text of its pages."""

    def __init__(self, file: Path) -> None:
        self.pdf = PdfReader(file)
        self.seen = pypdfium2.PdfDocument(file)
        self.text = [page.get_textpage().get_text_range() for page in self.seen]
        self.told = [" ".join(page.split()) for page in self.text]

    def page(self, label: str) -> str:
        """The text of the page with a printed number, in one line."""
        return self.told[self.pdf.page_labels.index(label)]


@pytest.fixture(scope="module")
def report(book) -> Volume:
    return Volume(book / "pdf" / "short-of-war.pdf")


@pytest.fixture(scope="module")
def evidence(book) -> Volume:
    return Volume(book / "pdf" / "short-of-war-evidence.pdf")


@pytest.fixture(scope="module", params=["report", "evidence"])
def volume(request, report, evidence) -> Volume:
    """Each volume in turn."""
    return {"report": report, "evidence": evidence}[request.param]


def lines(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of a page's runs of text: left, bottom, right, top."""
    text = page.get_textpage()
    return [text.get_rect(number) for number in range(text.count_rects())]


def area(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the text area."""
    width, height = page.get_size()
    side, top, bottom = (SIDE, TOP, BOTTOM) if height > width else TURNED
    return side, bottom, width - side, height - top


def test_nothing_runs_over_the_margins(volume):
    """All is within the text area, but for the running head above and the page number below."""
    over = []  # the title page has margins of its own
    for number, page in enumerate(list(volume.seen)[1:], start=2):
        left, bottom, right, top = area(page)
        heads, feet = [], []
        for box in lines(page):
            heads += [box] if box[1] > top else []
            feet += [box] if box[3] < bottom else []
            if (
                box[0] < left - 1
                or box[2] > right + HANGING
                or box[1] < bottom - DESCENT < box[3]
                or box[1] < top < box[3] - RAISED
            ):
                over.append((number, page.get_textpage().get_text_bounded(*box)))
        over += (
            [(number, "a running head of two lines")]
            if heads and max(box[3] for box in heads) - min(box[1] for box in heads) > 14
            else []
        )
        over += [
            (number, words)
            for box in feet
            if not re.fullmatch(
                r"\d+|[ivx]+", words := page.get_textpage().get_text_bounded(*box).strip()
            )
        ]
        ink = (
            np.asarray(page.render(scale=1, grayscale=True).to_pil().convert("L")) < 250
        )  # what is clipped away is not seen
        over += (
            [(number, "ink in a margin")]
            if ink[:, : int(left - STROKE)].any() or ink[:, int(right + HANGING + STROKE) :].any()
            else []
        )
    assert over == []


def test_no_heading_stays_behind_at_the_foot_of_a_page(volume):
    """At least two lines of its text follow each heading of the outline, notes not counted."""
    stranded = []
    for entry in outline(volume.pdf.outline):
        page = volume.seen[volume.pdf.get_destination_page_number(entry)]
        rules = [
            item.get_bounds()
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)
        ]
        foot = max(
            [area(page)[1], *(box[3] for box in rules if abs(box[2] - box[0] - SEPARATOR) < 1)]
        )
        below = [box for box in lines(page) if foot <= box[1] < float(entry.top) - TWO_LINES]
        if not below:
            stranded.append(entry.title)
    assert stranded == []


def outline(entries: list) -> Iterator:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield entry


def test_figures_are_drawn_and_not_painted(volume):
    painted = [
        number
        for number, page in enumerate(volume.seen)
        if list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=9))
    ]
    pictures = [*(project().root / "chapters").glob("*.png")]  # of programs at work
    assert len(painted) <= len(pictures)
    for page, text in zip(volume.seen, volume.text, strict=True):
        if "Its data: " in text:
            assert len(list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=9))) > 10


def test_the_key_judgements_stand_on_one_page_with_the_question(report):
    """The summary is one page: from its first sentence to the last sentence of its frame."""
    blocks = [
        block
        for block in parser.read_blocks()
        if block.page == "index" and "judgement" in block.frames
    ]
    page = squeezed(report.page("1"))
    for block in blocks:
        assert squeezed(GAPS.split(block.sentences[0].text)[0]) in page


def test_claims_are_found_by_their_ids(report, evidence, reports):
    """The ids are written with a plain hyphen, on one line, as a reader types them."""
    whole = "".join(report.text + evidence.text)
    assert [claim for claim in reports.claims.index if claim not in whole] == []
    assert not re.findall(r"\b[A-Z][A-Z0-9]{1,9}[\x02\ufffe\u2010\u2011]\s*\d\d", whole)


def test_ledger_and_index_name_the_pages_that_cite(report, evidence, corpus):
    """The page numbers printed with a claim or an index name are of pages that cite the claim."""
    told = evidence.told
    whole = " ".join(told)  # an entry may begin on one page and end on the next
    entry = re.search(r"RW-26 Konrad .*?Cited: Report, pp?\.\s([\d–,\s]+)[.;]", whole)
    numbers = [int(number) for number in re.findall(r"\d+", entry[1])]
    assert numbers
    for number in numbers:
        assert "RW-26" in report.page(str(number))
    khrenin = re.compile(r"Khrenin, Viktor (?:(?!Origin).)*Origin: ([\d–,;\s]+)\.")
    named = next(match for page in told if (match := khrenin.search(page)))
    held = set(corpus.full_claims().query("origin == 'khrenin'").index)
    of_report, _, of_evidence = named[1].partition(";")
    for volume, numbers in ((report, of_report), (evidence, of_evidence)):
        for number in re.findall(r"\d+", numbers):
            assert any(claim in volume.page(number) for claim in held), number


def test_the_data_of_every_figure_stand_in_the_evidence(report, evidence, book):
    """Each figure says on which page its data stand, and there stands its number."""
    pages = {
        number: page
        for drawn in report.told + evidence.told
        for number, page in re.findall(
            r"Figure (\d+) (?:(?!Figure \d).)*?Its data: (?:Evidence, )?p\. (\d+)\.", drawn
        )
    }
    shown = sum(page.count('class="cb-wide"') for page in html_of_printed_pages(book))
    assert len(pages) == shown
    for number, page in pages.items():
        assert f"Figure {number}. " in evidence.page(page), number


# --- by the tags


def spoken(seen: pypdfium2.PdfDocument) -> dict[tuple[int, int], str]:
    """The text of each piece of marked content, by page and number."""
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(seen):
        text = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
            length = pdfium.FPDFTextObj_GetText(item, text, None, 0)
            buffer = (pdfium.FPDF_WCHAR * (length // 2))()
            pdfium.FPDFTextObj_GetText(item, text, buffer, length)
            found[number, mark] = found.get((number, mark), "") + bytes(buffer).decode(
                "utf-16-le"
            ).rstrip("\0")
    return found


def marks_a_note(element: DictionaryObject) -> bool:
    """Whether an element is the raised number in the text that leads to a note."""
    kids = element.get("/K", [])
    first = (
        (kids[0] if isinstance(kids, list) and kids else kids)
        if element.get("/S") == "/Lbl"
        else None
    )
    first = first.get_object() if isinstance(first, IndirectObject) else first
    return isinstance(first, DictionaryObject) and first.get("/S") == "/Link"


class Tree:
    """The structure tree of a PDF: its elements and words in the order they are read aloud."""

    def __init__(self, volume: Volume) -> None:
        self.root = volume.pdf.trailer["/Root"]["/StructTreeRoot"]
        self.numbers = {
            page.indirect_reference.idnum: number for number, page in enumerate(volume.pdf.pages)
        }
        self.spoken = spoken(volume.seen)

    def words(self, node: object, page: object = None) -> Iterator[str]:
        """An element's words without notes and contents; a mark precedes each chapter title."""
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                yield from self.words(child, page)
        elif isinstance(node, int):
            yield self.spoken.get((self.numbers[page.idnum], node), "")
        elif (
            isinstance(node, DictionaryObject)
            and node.get("/S") not in ASIDE
            and not marks_a_note(node)
        ):
            yield OPENING if node.get("/S") == "/H1" else ""
            page = node.raw_get("/Pg") if "/Pg" in node else page
            yield from self.words(node["/MCID"] if "/MCID" in node else node.get("/K", []), page)

    def elements(self, node: object = None) -> Iterator[DictionaryObject]:
        """Every element in order."""
        node = self.root["/K"] if node is None else node
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                yield from self.elements(child)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node
            yield from self.elements(node.get("/K", []))


@pytest.fixture(scope="module")
def trees(report, evidence) -> list[Tree]:
    return [Tree(report), Tree(evidence)]


def squeezed(text: str) -> str:
    """Normalize a text for comparison.

    White space and hyphens, which extraction changes at the end of a line, are left out, and quotes
    made straight.
    """
    return re.sub(r"[\s\x02\ufffe\u00ad-]", "", text).translate(QUOTES)


def test_every_paragraph_of_every_chapter_is_read_in_order(trees):
    """The PDFs have the text between citations and computed numbers in the order of the sources."""
    spoken = "".join("".join(tree.words(tree.root["/K"])) for tree in trees)
    # a link into the other volume is followed by its page there
    said = squeezed(re.sub(r"\s*\(?(?:Evidence|Report),\s*pp?\.\s*[\d–]+\)?", "", spoken))
    blocks = parser.read_blocks(files=filter(is_printed, parser.prose_files()))
    assert len(blocks) > 250
    for page in dict.fromkeys(block.file for block in blocks):
        title, *rest = [block for block in blocks if block.file == page]
        at = (
            0 if page == "index.md" else said.index(OPENING + squeezed(title.sentences[0].plain))
        )  # the title page is of the root page
        for block in (block for block in rest if parser.ONLY not in block.frames):
            for sentence in block.sentences:
                for piece in GAPS.split(sentence.text):
                    place = said.find(squeezed(piece), at)
                    assert place >= 0, (page, block.line, piece)
                    at = place + len(squeezed(piece))


def test_headings_nest_as_the_outline_does(trees):
    for tree in trees:
        levels = [
            int(str(element["/S"])[2])
            for element in tree.elements()
            if re.fullmatch(r"/H\d", str(element["/S"]))
        ]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
