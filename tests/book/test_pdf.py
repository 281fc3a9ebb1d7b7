"""The PDFs of the book: complete, tagged, fonts embedded, figures described, tables attached."""

import re
from itertools import chain

import pytest
from claimbook.analysis import date_spans
from claimbook.explorer import Explorer
from claimbook.figures import day_axis
from claimbook.language.claim_description import describe_claim
from claimbook.paths import project
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from support.pdf_text import page_texts
from support.printed_pages import html_of_printed_pages, is_printed
from support.small_book import ledger_html

PICTURE = re.compile(r"<img [^>]*\balt=\"[^\"]+\"[^>]*_images/[^>]*\.png")
LARGEST, MOST_PAGES = 15_000_000, 90  # bytes of a volume, pages of the report


@pytest.fixture(scope="module")
def pdf(book) -> PdfReader:
    """The report."""
    return PdfReader(book / "pdf" / "short-of-war.pdf")


@pytest.fixture(scope="module")
def evidence(book) -> PdfReader:
    return PdfReader(book / "pdf" / "short-of-war-evidence.pdf")


@pytest.fixture(scope="module")
def pages(pdf, evidence) -> list[PdfReader]:
    """The pages of both volumes."""
    return [*pdf.pages, *evidence.pages]


@pytest.fixture(scope="module")
def texts(book) -> list[str]:
    """The text of each page of the report."""
    return page_texts(book / "pdf" / "short-of-war.pdf")


@pytest.fixture(scope="module")
def evidence_texts(book) -> list[str]:
    """The same of the evidence."""
    return page_texts(book / "pdf" / "short-of-war-evidence.pdf")


@pytest.fixture(scope="module")
def report_text(texts) -> str:
    return joined(texts)


@pytest.fixture(scope="module")
def text(report_text, evidence_texts) -> str:
    """The text of both volumes."""
    return f"{report_text} {joined(evidence_texts)}"


def joined(texts: list[str]) -> str:
    pages = " ".join(texts)
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
def elements(pdf, evidence) -> list[dict]:
    roots = [volume.trailer["/Root"]["/StructTreeRoot"] for volume in (pdf, evidence)]
    return [node for node in chain(*map(structure, roots)) if "/S" in node]


def test_the_volumes_are_no_larger_than_they_may_be(book, pdf):
    sizes = {file.name: file.stat().st_size for file in (book / "pdf").iterdir()}
    assert sizes.keys() >= {"short-of-war.pdf", "short-of-war-evidence.pdf"}
    assert max(sizes.values()) <= LARGEST
    assert len(pdf.pages) <= MOST_PAGES


def test_every_page_offers_both_volumes_as_they_are(book):
    for page in (book / "html").rglob("*.html"):
        html = page.read_text("utf-8")
        for volume in (book / "pdf").iterdir():
            if 'class="cb-download-menu"' in html:
                [address] = re.findall(rf'href="([^"]*/?pdf/{volume.name})"', html)
                assert (page.parent / address).read_bytes() == volume.read_bytes()


def test_every_page_of_the_book_is_in_the_pdfs(pdf, evidence, text):
    outlines = chain(pdf.outline, evidence.outline)
    outline = [entry.title for entry in outlines if not isinstance(entry, list)]
    for page in filter(
        is_printed, (*project().chapters.glob("*.md"), project().root / "ledger.md")
    ):
        title = re.search(r"^# (.+)$", page.read_text("utf-8"), re.MULTILINE).group(1)
        assert any(title in entry for entry in outline) or title in text, title


def test_both_are_tagged_titled_and_in_english(pdf, evidence):
    for volume, title in ((pdf, "Short of War"), (evidence, "Short of War: Evidence")):
        root = volume.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith("en")
        assert volume.metadata.title == title


def test_every_figure_of_the_pages_is_a_figure_with_alternate_text(book, elements):
    pages = html_of_printed_pages(book)
    # drawn by the book, and pictures of programs at work
    shown = sum(page.count('class="cb-wide"') + len(PICTURE.findall(page)) for page in pages)
    figures = [element for element in elements if element["/S"] == "/Figure"]
    described = [str(figure["/Alt"]) for figure in figures if "/Alt" in figure]
    assert len(described) == len(figures)
    assert len([alt for alt in described if len(alt) > 80]) == shown


def test_figures_and_tables_are_listed_before_the_text_of_their_volume(texts, evidence_texts, text):
    for kind, more in (("Figure", 12), ("Table", 15)):
        told = ("\n".join(volume) for volume in (texts, evidence_texts))
        ends = r"^(?:Figures|Tables|Summary|Sentence by sentence)$"  # the next list, or the text
        lists = "\n".join(
            re.split(ends, volume.partition(f"\n{kind}s\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
            for volume in told
        )
        listed = [int(number) for number in re.findall(r"^(\d+) ?[A-Z]", lists, re.MULTILINE)]
        assert listed == list(range(1, len(listed) + 1)), lists
        assert len(listed) >= more, lists
        assert all(f"{kind} {number}\n" in text or f"{kind} {number} " in text for number in listed)


def test_all_fonts_are_embedded_and_none_is_of_last_resort(pages):
    names = set()
    for page in pages:
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


def test_links_within_the_book_lead_somewhere(pdf, evidence):
    for volume, other, name in (
        (pdf, evidence, "./short-of-war-evidence.pdf"),
        (evidence, pdf, "./short-of-war.pdf"),
    ):
        named = set(volume.named_destinations)
        pages = {page.indirect_reference.idnum for page in volume.pages}
        inner, into_other = 0, 0
        for annotation in chain(*(page.get("/Annots", []) for page in volume.pages)):
            action = resolved(resolved(annotation).get("/A", {}))
            target = resolved(annotation).get("/Dest") or action.get("/D")
            file, _, page = str(action.get("/URI", "")).partition("#page=")
            if file == name:
                into_other += 1
                assert 0 < int(page) <= len(other.pages)
            if target is None:
                continue
            inner += 1
            target = resolved(target)
            assert target[0].idnum in pages if isinstance(target, list) else str(target) in named
        assert inner > 300
        assert into_other > 300


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
    led = list(small_links(pdf))
    assert sum(here == there for here, there in led) > 100
    strays = [(here + 1, there + 1) for here, there in led if abs(here - there) == 1]
    # Typst parts a mark from its note where a short paragraph moves on: rare, and a word mends it
    assert len(strays) <= len(led) / 25, strays


def test_a_table_says_on_each_further_page_that_it_goes_on(evidence_texts):
    pages = [re.sub(r"\s+", " ", page) for page in evidence_texts]
    first = next(
        n
        for n, page in enumerate(pages)
        if "Corrections of published rows" in page[:9000] and ", continued" in pages[n + 1]
    )
    number = re.search(r"Table (\d+), continued", pages[first + 1])[1]
    assert f"Table {number}, continued" not in pages[first]
    assert f"Table {number}" in pages[first]


def test_the_tables_are_attached_as_they_are(evidence):
    attached = {name: content[0] for name, content in evidence.attachments.items()}
    for file in (*project().data.glob("*.csv"), project().datapackage):
        assert attached[file.name] == file.read_bytes(), file.name
    for file in (project().data / "coding").glob("*.csv"):
        assert attached[f"coding-{file.name}"] == file.read_bytes(), file.name


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


def test_what_is_usual_is_said_of_no_claim(book, text):
    page = ledger_html(book / "html")
    assert "Makes nothing look likelier" not in page + text  # what is not said of a claim


def test_a_claim_has_one_note_in_the_book(report_text, corpus):
    """ISW221219-10 is cited in several chapters."""
    claim = "ISW221219-10"
    described = describe_claim(corpus, corpus.claims.loc[claim])
    notes = [f"{claim} {described.note(with_paraphrase=told)}" for told in (True, False)]
    printed, *notes = (re.sub(r"[\s-]", "", words) for words in (report_text, *notes))
    assert [printed.count(note) for note in notes] == [1, 0]


def test_the_explorer_stands_in_the_pdf_as_a_picture_and_a_table(text, corpus):
    reports = corpus.of_tier("report")  # the picture and the table in print leave out the record
    drawn = date_spans.claim_date_spans(reports)[
        lambda spans: spans["mark"] >= day_axis.axis().first
    ]
    undated = (drawn["rests"] != "happened").sum()
    assert f"Of {len(drawn)} claims {undated} stand on the day they were said or published" in text
    for claim in Explorer(reports, "#theme=outlook&bearing=raises").selected.index:
        assert claim in text
