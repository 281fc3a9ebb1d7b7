"""The PDFs of a small book, built by Sphinx and read back: what a reader of them relies on."""

import itertools
import re
import shutil
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from support.small_pdf import FIXTURE, FRONT_PAGES, build, evidence_of, page_texts, tags

SPECIAL = r'a_b*c #1 $5 <x> @y [z] {w} ~ `q` \n ^ | & // /* 1. -- --- ... "double" C:\dir'


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture(scope="module")
def made(work: Path) -> Path:
    """The report, built after the HTML from the same doctrees, as the book's own build does."""
    doctrees = work / "doctrees"
    build(FIXTURE, work / "html", doctrees, "html")
    read = {path: path.stat().st_mtime_ns for path in doctrees.glob("*.doctree")}
    made = build(FIXTURE, work / "pdf", doctrees)
    assert {path: path.stat().st_mtime_ns for path in doctrees.glob("*.doctree")} == read, (
        "the sources were read twice"
    )
    return made


@pytest.fixture(scope="module")
def pdf(made: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(made)


@pytest.fixture(scope="module")
def evidence(made: Path) -> pypdf.PdfReader:
    """The second volume."""
    return pypdf.PdfReader(evidence_of(made))


@pytest.fixture(scope="module")
def pages(pdf: pypdf.PdfReader) -> list[str]:
    return page_texts(pdf)


@pytest.fixture(scope="module")
def evidence_pages(evidence: pypdf.PdfReader) -> list[str]:
    return page_texts(evidence)


def page_with(pages: list[str], words: str, start: int = 0) -> int:
    """The first page that has some words."""
    return next(number for number, page in enumerate(pages) if number >= start and words in page)


def squeezed(text: str) -> str:
    """Text without white space and soft hyphens, which extraction puts where lines break."""
    return re.sub(r"[\s\u00ad]", "", text)


def links(pdf: pypdf.PdfReader) -> list[tuple[int, dict]]:
    return [
        (number, note.get_object())
        for number, page in enumerate(pdf.pages)
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]


def target_page(pdf: pypdf.PdfReader, note: dict) -> int | None:
    """The page that a link leads to, None if it leads to none."""
    if "/URI" in note.get("/A", {}):
        return None
    target = (note["/Dest"] if "/Dest" in note else note["/A"]["/D"]).get_object()
    if isinstance(target, list):
        return next(
            (
                number
                for number, page in enumerate(pdf.pages)
                if page.indirect_reference == list.__getitem__(target, 0)
            ),
            None,
        )
    destination = pdf.named_destinations.get(target)
    return None if destination is None else pdf.get_destination_page_number(destination)


def test_both_files_say_that_they_are_tagged_and_archival(
    pdf: pypdf.PdfReader, evidence: pypdf.PdfReader
) -> None:
    for volume in (pdf, evidence):
        xmp = volume.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        assert re.search(r"pdfuaid:part\W+1\b", xmp)
        assert re.search(r"pdfaid:part\W+3\b", xmp)
        assert re.search(r"pdfaid:conformance\W+A\b", xmp)
        assert volume.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_title_authors_subject_keywords_and_language_are_set(pdf: pypdf.PdfReader) -> None:
    about = pdf.metadata
    assert (about.title, about.author, about.subject) == (
        "The Trial Book",
        "A. Writer, B. Writer",
        "A book for trying the builder.",
    )
    assert "harbours" in about["/Keywords"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_second_volume_has_a_title_of_its_own_and_each_names_the_other(
    pages: list[str], evidence: pypdf.PdfReader, evidence_pages: list[str]
) -> None:
    assert evidence.metadata.title == "The Trial Book: Evidence"
    assert "Evidence, in harbour-question-evidence.pdf" in pages[0]
    assert "Report, in harbour-question.pdf" in evidence_pages[0]


def test_the_title_page_says_who_when_which_and_how_to_cite(pages: list[str]) -> None:
    for words in (
        "The Trial Book",
        "A trial",
        "A. Writer",
        "B. Writer",
        "14 November 2023",
        "1.2",
        "CC BY 4.0",
        "Writer and Writer",
    ):
        assert words in pages[0]


def test_every_font_is_embedded_and_none_is_a_last_resort(
    pdf: pypdf.PdfReader, evidence: pypdf.PdfReader
) -> None:
    embedded = [
        font.get_object()
        for page in [*pdf.pages, *evidence.pages]
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    fonts = {font["/BaseFont"]: font for font in embedded}
    assert fonts
    assert not any("LastResort" in name for name in fonts)
    for font in fonts.values():
        for descendant in font.get("/DescendantFonts", [font]):
            assert any(
                key.startswith("/FontFile")
                for key in descendant.get_object()["/FontDescriptor"].get_object()
            )


def test_every_paragraph_is_there_in_order(pages: list[str], evidence_pages: list[str]) -> None:
    """Figures alone may move, to the head or foot of a page."""
    text = squeezed("".join(pages[FRONT_PAGES:] + evidence_pages))
    positions = [
        text.find(squeezed(words))
        for words in (
            "First paragraph of the summary, with Cyrillic: Рэчка, ґанок, ў, і — a dash, 20–21.",
            "Takeaway one.",
            "Opening paragraph with a note.",
            "Special:",
            "One item",
            "Its second paragraph.",
            "Its definition.",
            "A quotation.",
            "Section of one",
            "Deep section",
            "Caption of the table",
            "гавань",
            "Before the cell.",
            "cell of output",
            "After the cell.",
            "Paraphrase of AB-07.",
            "Paraphrase of AB-08.",
            "Words of estimative probability",
            "draw_the_figure()",
        )
    ]
    assert -1 not in positions
    assert positions == sorted(positions)
    assert "Broken line." in " ".join(pages)


def test_only_the_preferred_output_of_a_cell_is_shown(pages: list[str]) -> None:
    assert "not this" not in "".join(pages)
    assert "nor this" not in "".join(pages)


def test_code_stands_in_the_appendix_alone(pages: list[str], evidence_pages: list[str]) -> None:
    (page,) = [page for page in pages + evidence_pages if "draw_the_figure" in page]
    assert "The code behind the figures" in page
    assert "Second chapter" in page


def test_code_that_a_page_shows_unfolded_stands_where_the_page_has_it_and_nowhere_else(
    pages: list[str],
) -> None:
    (page,) = [page for page in pages if "shown_in_place(" in page]
    words = ("cell of output", "shown_in_place(", "After the cell.")
    positions = [page.find(text) for text in words]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_code_is_listed_under_the_figure_it_drew_and_linked_to_it(
    evidence: pypdf.PdfReader, evidence_pages: list[str], pages: list[str]
) -> None:
    listing = page_with(evidence_pages, "draw_another()")
    words = ("A table", "draw_the_figure()", "Figure 2.1", "draw_another()")
    positions = [evidence_pages[listing].find(text) for text in words]
    assert positions == sorted(positions)
    figure = page_with(pages, "After the cell.")
    targets = [note["/A"].get("/URI") for number, note in links(evidence) if number == listing]
    assert targets[-1] == f"./harbour-question.pdf#page={figure + 1}"


def test_special_characters_of_a_chapter_survive(pages: list[str]) -> None:
    assert squeezed(SPECIAL) in squeezed("".join(pages))


def test_a_figure_has_its_alternative_text_and_stays_vector(pdf: pypdf.PdfReader) -> None:
    alternatives = [alternative for tag, alternative in tags(pdf) if tag == "Figure"]
    assert "Bars that fall from five to two." in alternatives
    page = next(
        page
        for page in pdf.pages
        if "Caption of the figure" in " ".join(page.extract_text().split())
        and "Март" in page.extract_text()
    )
    assert not list(page.images)


def test_tags_nest_as_the_chapters_do(pdf: pypdf.PdfReader) -> None:
    headings = [tag for tag, _ in tags(pdf) if re.fullmatch(r"H\d", tag)]
    levels = [int(tag[1]) for tag in headings]
    assert {1, 2, 3} <= set(levels)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    read = [(tag, words) for tag, words in tags(pdf) if tag in ("H3", "Figure", "Table")]
    assert [tag for tag, _ in read][:4] == ["H3", "Figure", "Figure", "Table"], (
        "a figure that moved is read where it was met"
    )
    for tag in ("TOC", "L", "Table", "TH", "Note", "Link", "Caption", "BlockQuote"):
        assert tag in {name for name, _ in tags(pdf)}, tag


def test_chapters_are_numbered_as_in_the_html_and_parts_stand_before_them(
    pdf: pypdf.PdfReader, evidence: pypdf.PdfReader
) -> None:
    titles = [item["/Title"] for item in pdf.outline if isinstance(item, dict)]
    assert titles == [
        "Summary",
        "The question",
        "1 First chapter",
        "2 Second chapter",
        "3 Third chapter",
    ]
    assert [item["/Title"] for item in evidence.outline if isinstance(item, dict)] == [
        "Reference",
        "The ledger",
        "Bibliography",
        "The data of the figures",
        "The code behind the figures",
        "Names",
    ]
    first = pdf.outline[3]
    assert first[0]["/Title"] == "1.1 Section of one"
    assert first[1][0]["/Title"] == "1.1.1 Deep section"


def test_pages_are_labelled_as_they_are_printed(pdf: pypdf.PdfReader) -> None:
    front = next(number for number, label in enumerate(pdf.page_labels) if label == "1")
    assert "First paragraph of the summary" in pdf.pages[front].extract_text()
    assert pdf.page_labels[1] == "ii"


def test_every_inner_link_leads_somewhere_and_outer_ones_keep_their_address(
    pdf: pypdf.PdfReader, evidence: pypdf.PdfReader
) -> None:
    for volume in (pdf, evidence):
        inner = [note for _, note in links(volume) if "/URI" not in note.get("/A", {})]
        assert len(inner) > 8
        assert None not in [target_page(volume, note) for note in inner]
    assert "https://example.org/x?a=1&b=2" in [
        note["/A"]["/URI"] for _, note in links(pdf) if "/URI" in note.get("/A", {})
    ]


def test_a_claim_leads_to_its_entry_in_the_ledger(
    pdf: pypdf.PdfReader, pages: list[str], evidence_pages: list[str]
) -> None:
    citing = page_with(pages, "Opening paragraph")
    entry = page_with(evidence_pages, "Paraphrase of AB-07.")
    assert "a claim[AB-07], and" in pages[citing]
    targets = [note.get("/A", {}).get("/URI") for number, note in links(pdf) if number == citing]
    # in the text and in a caption, in the note of each and its page there, and of a cited work
    assert targets.count(f"./harbour-question-evidence.pdf#page={entry + 1}") == 7


def test_a_reference_into_the_other_volume_says_on_which_page(
    pages: list[str],
    evidence: pypdf.PdfReader,
    evidence_pages: list[str],
    pdf: pypdf.PdfReader,
) -> None:
    report, ledger = " ".join(pages), page_with(evidence_pages, "Paraphrase of AB-08.")
    entry = evidence.page_labels[ledger]
    assert f"AB-08 Told by one official only. Evidence, p. {entry}." in told(report)
    assert f"[Ken64, Evidence, p. {entry}]" in told(report)
    figure = pdf.page_labels[page_with(pages, "Caption of the figure", FRONT_PAGES)]
    assert f"(Report, p. {figure})" in told(" ".join(evidence_pages))


def told(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_mark_of_a_note_is_apart_from_a_number_before_it_when_copied(made: Path) -> None:
    """Programs that copy text differ in what they take for a space."""
    seen = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    read = [page.extract_text() for page in pypdf.PdfReader(made).pages]
    for text in ("".join(seen), "".join(read)):
        assert re.search(r"On\s3\s+December\s2022\s\d ", text), text


def test_notes_stand_on_the_page_that_refers_to_them_and_once(pages: list[str]) -> None:
    whole = " ".join(pages)
    for words, neighbour in (
        ("Body of the note.", "Opening paragraph"),
        ("Told by one official only.", "Opening paragraph"),
        ("A note in a caption.", "Caption of the figure"),
    ):
        assert whole.count(words) == 1, words
        assert any(words in page and neighbour in page for page in pages), words


def test_a_claim_of_another_theme_bears_its_sign_and_one_in_a_list_stands_in_the_line(
    pages: list[str],
) -> None:
    page = next(page for page in pages if "A judgement in its frame" in page)
    assert "[AB-07, ▼AB-08]" in page.replace("▼ ", "▼")
    assert "supports AB-07, ▼" in page


def test_an_index_gives_each_page_once_and_those_of_the_ledger_apart(
    pdf: pypdf.PdfReader,
    pages: list[str],
    evidence: pypdf.PdfReader,
    evidence_pages: list[str],
) -> None:
    def at(words: str) -> str:
        return pdf.page_labels[page_with(pages, words, FRONT_PAGES)]

    numbers = [at(words) for words in ("Opening paragraph", "Before the cell.")]
    entry = evidence.page_labels[page_with(evidence_pages, "Paraphrase of AB-07.")]
    index = next(page for page in evidence_pages if "Minister." in page)
    assert f"Origin of {numbers[0]}, {numbers[1]}, {entry}." in index
    assert (
        f"A place {at('Caption of the table')}–{at('A judgement in its frame')}" in index
    )  # three pages that follow one another


def test_a_page_for_the_web_alone_is_not_printed_and_is_named_without_a_link(
    pages: list[str], evidence_pages: list[str]
) -> None:
    printed = "\n".join([*pages, *evidence_pages])
    assert "It retells claim" not in printed
    assert "For the screen" not in printed
    assert "More on the screen and in its section." in printed


def test_of_a_very_long_data_table_three_hundred_rows_are_printed_and_the_others_counted(
    pages: list[str], evidence: pypdf.PdfReader, evidence_pages: list[str]
) -> None:
    start = next(
        number
        for number, page in enumerate(evidence_pages)
        if page.startswith("The data of the figures")
    )
    appendix = " ".join(evidence_pages[start:])
    assert "mark 300 " in appendix
    assert "mark 301" not in appendix
    assert "10 more rows" in appendix
    assert f"Its data: Evidence, p. {evidence.page_labels[start]}." in told(" ".join(pages))


def test_a_table_too_wide_for_the_page_is_turned(pdf: pypdf.PdfReader, pages: list[str]) -> None:
    turned = [page.mediabox.width > page.mediabox.height for page in pdf.pages]
    assert [
        number for number, page in enumerate(pages) if "six and a line that breaks" in page
    ] == [turned.index(True)]
    assert turned.count(True) == 1


def test_references_to_figures_carry_their_numbers(pages: list[str]) -> None:
    whole = " ".join(pages)
    assert "Fig. 1.1" in whole
    assert "Figure 1.1" in whole.replace("\u00a0", " ")
    assert "Table 1.1" in whole.replace("\u00a0", " ")


def test_the_tables_are_attached_to_the_second_volume_as_they_are_without_folders(
    pdf: pypdf.PdfReader, evidence: pypdf.PdfReader
) -> None:
    assert set(pdf.attachments) == set()
    assert set(evidence.attachments) == {"claims.csv", "coding-one.csv", "datapackage.json"}
    for name, copies in evidence.attachments.items():
        assert copies[0] == (FIXTURE / "data" / name.replace("-", "/")).read_bytes()
    for file in evidence.trailer["/Root"]["/AF"]:
        assert file.get_object()["/AFRelationship"] == "/Data"


def test_the_same_book_gives_the_same_bytes(work: Path, made: Path) -> None:
    again = build(FIXTURE, work / "again", work / "doctrees")
    for volume in made.parent.iterdir():
        assert again.with_name(volume.name).read_bytes() == volume.read_bytes()


def test_after_an_edit_only_the_volume_that_it_touches_is_printed_anew(tmp_path: Path) -> None:
    source = tmp_path / "book"
    shutil.copytree(FIXTURE, source)
    report = build(source, tmp_path / "pdf", tmp_path / "doctrees")
    printed = {pdf: pdf.stat().st_mtime_ns for pdf in (report, evidence_of(report))}
    page = source / "bib.md"
    page.write_text(page.read_text("utf-8").replace("More on", "Much on"), "utf-8")
    build(source, tmp_path / "pdf", tmp_path / "doctrees")
    assert report.stat().st_mtime_ns == printed[report]
    assert "Much on" in "".join(page_texts(pypdf.PdfReader(evidence_of(report))))
    anew = build(source, tmp_path / "anew", tmp_path / "other")
    for pdf in printed:
        assert pdf.read_bytes() == anew.with_name(pdf.name).read_bytes()
