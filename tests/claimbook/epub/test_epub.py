"""The EPUB: valid, with notes linked both ways, figures in words, and nothing of the ledger."""

import re
from xml.etree import ElementTree

import pytest
from claimbook.corpus.model import load
from claimbook.settings import settings
from support.epub_file import TYPE, XHTML, epubcheck

SVG = "{http://www.w3.org/2000/svg}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
PACKAGE = "{http://www.idpf.org/2007/opf}"

pytestmark = pytest.mark.whole


def of_type(page: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    """The elements of a page that say of themselves what they are."""
    return [element for element in page.iter() if element.get(TYPE) == kind]


def text_of(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_epubcheck_finds_neither_errors_nor_warnings(epub_path):
    assert epubcheck(epub_path) == []


def test_every_page_is_well_formed_and_the_type_of_the_file_comes_first(epub):
    assert epub.names[0] == "mimetype"
    assert {"index.xhtml", "chapters/closure.xhtml", "nav.xhtml", "cover.xhtml"} <= set(epub.pages)


def test_a_number_in_the_text_leads_to_its_note_and_the_note_leads_back(epub):
    cited = 0
    for name, page in epub.pages.items():
        notes = {note.get("id"): note for note in of_type(page, "footnote")}
        markers = of_type(page, "noteref")
        assert {marker.get("href")[1:] for marker in markers} == notes.keys(), name
        for marker in markers:
            note = notes[marker.get("href")[1:]]
            assert marker.get("role") == "doc-noteref"
            assert note.get("role") == "doc-footnote"
            back = {link.get("href") for link in note.iter(f"{XHTML}a")}
            assert f"#{marker.get('id')}" in back
            assert text_of(note).startswith(f"{text_of(marker)} ")
        cited += len(markers)
    assert cited > 10


def test_a_note_says_what_was_claimed_by_whom_where_and_when_and_links_to_the_source(epub):
    [note] = [
        note
        for note in of_type(epub.pages["chapters/talks.xhtml"], "footnote")
        if "DE-01" in text_of(note)
    ]
    claim = load().claims.loc["DE-01"]
    said = text_of(note)
    assert claim["paraphrase"].rstrip(".") in said
    assert "Daily Example" in said
    assert "2031" in said
    links = [link.get("href") for link in note.iter(f"{XHTML}a")]
    addresses = load().further["addresses"]
    known = [claim["source_id"]] if claim["source_id"] in addresses.index else []
    for source in known:
        assert any(link.startswith(addresses.at[source, "address"]) for link in links)


def test_each_figure_has_its_picture_as_a_file_with_words_and_a_caption(epub):
    figures = [
        (name, figure)
        for name, page in epub.pages.items()
        for figure in page.iter(f"{XHTML}figure")
    ]
    assert len(figures) >= 3
    for name, figure in figures:
        [image] = figure.iter(f"{XHTML}img")
        assert len(image.get("alt")) > 20, name
        assert text_of(next(figure.iter(f"{XHTML}figcaption"))).startswith("Figure")
        assert re.sub(r"^(\.\./)+", "", image.get("src")) in epub.files
    assert not [page for page in epub.pages.values() for _ in page.iter(f"{XHTML}script")]


def test_a_picture_stands_on_its_own_ground_and_has_no_links_and_dark_colours(epub):
    pictures = [ElementTree.fromstring(epub.files[name]) for name in epub.files if ".svg" in name]
    assert pictures
    for picture in pictures:
        assert picture[1].tag == f"{SVG}rect"
        assert "prefers-color-scheme: dark" in picture[0].text
        assert not list(picture.iter(f"{SVG}a"))
        assert b"claim:" not in ElementTree.tostring(picture)
        assert b"var(" not in ElementTree.tostring(picture)
        assert float(picture.get("width")) < 400


def test_neither_ledger_nor_code_nor_a_form_of_the_site_is_in_it(epub):
    assert not [name for name in epub.files if name.startswith("ledger")]
    for name, page in epub.pages.items():
        html = ElementTree.tostring(page, encoding="unicode")
        assert "ledger.xhtml" not in html
        assert "import load" not in html, name
        assert not {"form", "input", "button", "details"} & {
            element.tag.removeprefix(XHTML) for element in page.iter()
        }


def test_a_link_to_what_it_does_not_have_is_left_as_words(epub):
    [words] = [
        element
        for element in epub.pages["index.xhtml"].iter(f"{XHTML}em")
        if text_of(element) == "the ledger"
    ]
    assert not list(words.iter(f"{XHTML}a"))


def test_the_contents_have_the_parts_and_the_landmarks_the_beginning(epub):
    page = epub.pages["nav.xhtml"]
    lists = {each.get(TYPE): each for each in page.iter(f"{XHTML}nav")}
    contents, landmarks = lists["toc"], lists["landmarks"]
    parts = [text_of(part) for part in contents.iter(f"{XHTML}span")]
    assert parts == ["The argument", "The evidence", "For looking up"]
    assert {link.get(TYPE) for link in landmarks.iter(f"{XHTML}a")} == {
        "cover",
        "toc",
        "bodymatter",
    }


def test_the_package_says_what_the_report_is_and_how_it_can_be_read(epub):
    package = ElementTree.fromstring(epub.files["package.opf"])
    facts = settings().report
    assert [title.text for title in package.iter(f"{DUBLIN_CORE}title")] == [
        facts.name,
        facts.subtitle,
    ]
    assert [each.text for each in package.iter(f"{DUBLIN_CORE}creator")] == [facts.authors]
    assert next(package.iter(f"{DUBLIN_CORE}identifier")).text.startswith("urn:uuid:")
    told = {
        (meta.get("property"), meta.text)
        for meta in package.iter(f"{PACKAGE}meta")
        if meta.get("property")
    }
    assert {
        ("schema:accessMode", "textual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "alternativeText"),
        ("schema:accessibilityHazard", "none"),
    } <= told
    [cover] = [
        item for item in package.iter(f"{PACKAGE}item") if item.get("properties") == "cover-image"
    ]
    assert epub.files[cover.get("href")].startswith(b"\x89PNG")
    [image] = epub.pages["cover.xhtml"].iter(f"{XHTML}img")
    assert facts.name in image.get("alt")


def test_nothing_is_fetched_from_another_host(epub):
    for name, content in epub.files.items():
        text = content.decode("utf-8", errors="ignore")
        assert not re.search(r'(?:src|srcset)="(?:https?:)?//|url\(["\']?https?:|@import', text), (
            name
        )


def test_a_wide_table_has_the_headings_of_its_columns_in_its_cells(epub):
    tables = [
        table
        for page in epub.pages.values()
        for table in page.iter(f"{XHTML}table")
        if "cb-stack" in table.get("class", "")
    ]
    assert tables
    for table in tables:
        headings = [text_of(cell) for cell in table.iter(f"{XHTML}th")]
        row = next(table.iter(f"{XHTML}tbody"))[0]
        cells = [cell for cell in row if text_of(cell)]
        assert all(
            text_of(cell).startswith(heading)
            for heading, cell in zip(headings[1:], row[1:], strict=True)
            if cell in cells and heading
        )
