"""The PDF of the book: complete, tagged, fonts embedded, figures described, tables attached."""

import re

import pytest
from claimbook.analysis import date_spans
from claimbook.explorer import Explorer
from claimbook.figures import day_axis
from claimbook.paths import project
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from support.small_book import ledger_html


@pytest.fixture(scope="module")
def pdf(book) -> PdfReader:
    return PdfReader(book / "pdf" / "short-of-war.pdf")


@pytest.fixture(scope="module")
def text(pdf) -> str:
    pages = " ".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"\s+", " ", pages.replace("\N{SOFT HYPHEN}", "-"))  # one glyph serves both


def resolved(node):
    return node.get_object() if isinstance(node, IndirectObject) else node


def structure(node):
    """Every element of the PDF's structure tree."""
    node = resolved(node)
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from structure(node["/K"])


@pytest.fixture(scope="module")
def elements(pdf) -> list[dict]:
    return [node for node in structure(pdf.trailer["/Root"]["/StructTreeRoot"]) if "/S" in node]


def test_every_page_of_the_book_is_in_the_pdf(pdf, text):
    outline = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    for page in [*(project().chapters.glob("*.md")), project().root / "ledger.md"]:
        title = re.search(r"^# (.+)$", page.read_text("utf-8"), re.MULTILINE).group(1)
        assert (
            any(title in entry for entry in [*outline, *(str(item) for item in pdf.outline)])
            or title in text
        ), title


def test_it_is_tagged_titled_and_in_english(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert pdf.metadata.title.startswith("Short of War")


def test_every_figure_of_the_pages_is_a_figure_with_alternate_text(book, elements):
    shown = sum(
        page.read_text("utf-8").count('class="cb-wide"') for page in (book / "html").rglob("*.html")
    )
    figures = [element for element in elements if element["/S"] == "/Figure"]
    described = [str(figure["/Alt"]) for figure in figures if "/Alt" in figure]
    assert len(described) == len(figures)
    assert len([alt for alt in described if len(alt) > 80]) == shown


def test_figures_and_tables_are_listed_before_the_text(pdf, text):
    for kind, more in (("Figure", 12), ("Table", 15)):
        page = next(
            page.extract_text()
            for page in pdf.pages
            if page.extract_text().startswith(f"{kind}s\n")
        )
        listed = [int(number) for number in re.findall(r"^(\d+) ?[A-Z]", page, re.MULTILINE)]
        assert listed == list(range(1, len(listed) + 1)), page
        assert len(listed) >= more, page
        assert all(f"{kind} {number}\n" in text or f"{kind} {number} " in text for number in listed)


def test_all_fonts_are_embedded_and_none_is_of_last_resort(pdf):
    names = set()
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            font = resolved(font)
            for inner in font.get("/DescendantFonts", [font]):
                descriptor = resolved(inner)["/FontDescriptor"]
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(resolved(descriptor))
                names.add(str(resolved(descriptor)["/FontName"]))
    assert names
    assert not [name for name in names if "LastResort" in name]


def test_nothing_of_the_machinery_shows(text):
    assert not re.search(
        r"<Figure|<IPython|object at 0x|Widget|\{claim\}|\{glue|:class:",
        text.split("The code behind the figures")[0],
    )


def test_links_within_the_book_lead_somewhere(pdf):
    named = set(pdf.named_destinations)
    pages = {page.indirect_reference.idnum for page in pdf.pages}
    links = 0
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            action = resolved(annotation).get("/A", {})
            target = resolved(annotation).get("/Dest") or resolved(action).get("/D")
            if target is None:
                continue
            links += 1
            target = resolved(target)
            assert target[0].idnum in pages if isinstance(target, list) else str(target) in named
    assert links > 500


def small_links(pdf):
    """Links no larger than a note marker, each with the number of its page and of its target."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(pdf.pages)}
    for number, page in enumerate(pdf.pages):
        for annotation in map(resolved, page.get("/Annots", [])):
            target = resolved(
                annotation.get("/Dest") or resolved(annotation.get("/A", {})).get("/D")
            )
            left, low, right, high = map(float, annotation["/Rect"])
            if isinstance(target, list) and right - left < 14 and high - low < 12:
                yield number, pages[target[0].idnum]


def test_a_note_stands_on_the_page_of_its_mark(pdf):
    ledger = next(
        number
        for number, page in enumerate(pdf.pages)
        if number > 10 and "The ledger of claims" in page.extract_text()
    )
    led = [(here, there) for here, there in small_links(pdf) if here < ledger]
    assert sum(here == there for here, there in led) > 100
    assert [(here + 1, there + 1) for here, there in led if abs(here - there) == 1] == []


def test_a_table_says_on_each_further_page_that_it_goes_on(pdf):
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in pdf.pages]
    first = next(number for number, page in enumerate(pages) if "Table 3 What can be held" in page)
    assert "Table 3, continued" not in pages[first]
    assert "Table 3, continued" in pages[first + 1]


def test_the_tables_are_attached_as_they_are(pdf):
    attached = {name.rsplit("/", 1)[-1]: content[0] for name, content in pdf.attachments.items()}
    for file in (
        *project().data.glob("*.csv"),
        *(project().data / "coding").glob("*.csv"),
        project().datapackage,
    ):
        assert attached[file.name] == file.read_bytes(), file.name


def test_every_claim_of_the_reports_is_printed_and_of_the_record_what_is_cited(
    text, corpus, reports
):
    missing = [claim for claim in reports.claims.index if str(claim) not in text]
    assert missing == []
    told = re.search(r"The tables attached hold ([\d,]+) more claims? of the record", text)
    omitted = [claim for claim in corpus.claims.index if str(claim) not in text]
    # a claim that is left out may still be named, as what a printed claim is related to
    of_record = len(corpus.claims) - len(reports.claims)
    assert 0 < len(omitted) <= int(told[1].replace(",", "")) <= of_record


def test_what_is_usual_is_said_once_for_all_claims_in_print_and_of_each_on_its_page(book, text):
    page = ledger_html(book / "html")
    assert page.count("Makes nothing look likelier or less likely.") > 100
    assert "Makes nothing look likelier" not in text
    assert "it does neither" in text


def test_a_claim_has_one_note_in_the_book(text, corpus):
    """Its words are in the ledger, in lists that cells make, and in one note.

    NW-19 is cited in most chapters and in no list but the forecasts.
    """
    told = re.sub(r"[\s-]", "", corpus.claims.at["NW-19", "paraphrase"].rstrip("."))
    assert re.sub(r"[\s-]", "", text).count(told) == 3


def test_the_explorer_stands_in_the_pdf_as_a_picture_and_a_table(text, corpus):
    reports = corpus.of_tier("report")  # the picture and the table in print leave out the record
    drawn = date_spans.claim_date_spans(reports)[
        lambda spans: spans["mark"] >= day_axis.axis().first
    ]
    undated = (drawn["rests"] != "happened").sum()
    assert f"Of {len(drawn)} claims {undated} stand on the day they were said or published" in text
    for claim in Explorer(reports, "#theme=outlook&bearing=raises").selected.index:
        assert claim in text
