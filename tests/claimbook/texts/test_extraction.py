"""Texts in the formats in which readers save them."""

import re
from pathlib import Path

import docx
import pytest
import typst
from claimbook.errors import CorpusError
from claimbook.texts.intake.extraction import extract

RUSSIAN = (
    "Паромы ходят по расписанию\n\n"
    "Паромы между Хавном и Острией в понедельник ходили без опозданий, сообщил начальник порта. "
    "О закрытии пролива ему ничего не известно.\n"
)
PARAGRAPHS = [
    "The ferries between Havn and Ostria ran on time on Monday, the harbour master said in a note "
    "to the owners of the ships, and he did not expect that this would change before the winter.",
    "He had heard of no closure. The navy, which was asked as well, gave no answer; its patrol "
    "boats lay in the harbour, and one of them was in dock for repairs until the end of the week.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ferries on time</title>
<meta property="og:site_name" content="Coast Pilot"><meta name="author" content="Ada Lund">
<meta property="article:published_time" content="2021-09-01T08:00:00Z">
<link rel="canonical" href="https://example.org/ferries"></head><body>
<nav><a href="/">Home</a><a href="/subscribe">Subscribe now</a></nav>
<article><h1>Ferries on time</h1>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</article>
<footer>Share this page</footer></body></html>"""


def only_fault(file: Path) -> str:
    """The one line that says why a file cannot be read."""
    with pytest.raises(CorpusError) as caught:
        extract(file)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-r"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_plain_text_is_read_whatever_its_encoding_and_line_ends(tmp_path, encoding, line_end):
    file = tmp_path / "notice.txt"
    file.write_bytes(RUSSIAN.replace("\n", line_end).encode(encoding))
    assert extract(file).content == RUSSIAN


def test_an_encoding_can_be_named(tmp_path):
    file = tmp_path / "notice.txt"
    file.write_bytes("Öl für Havn".encode("cp437"))
    assert extract(file, "cp437").content == "Öl für Havn"
    with pytest.raises(CorpusError, match="the name of an encoding"):
        extract(file, "cp9999")
    with pytest.raises(CorpusError, match=r"byte 0.*text in ascii"):
        extract(file, "ascii")


def test_a_saved_page_gives_its_article_and_its_metadata(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    extracted = extract(file)
    assert all(paragraph in extracted.content.split("\n") for paragraph in PARAGRAPHS)
    assert "Subscribe" not in extracted.content
    assert {name: fact.value for name, fact in extracted.facts.items()} == {
        "title": "Ferries on time",
        "author": "Ada Lund",
        "outlet": "Coast Pilot",
        "published": "2021-09-01",
        "url": "https://example.org/ferries",
    }


def test_a_day_that_an_article_names_is_not_its_day_of_publication(tmp_path):
    file = tmp_path / "page.html"
    page = PAGE.replace("He had heard", "On 12 April 2021 he had heard")
    file.write_text(re.sub('<meta property="article:published_time"[^>]*>', "", page), "utf-8")
    extracted = extract(file)
    assert "12 April 2021" in extracted.content
    assert "published" not in extracted.facts


def test_a_page_saved_in_one_file_is_read(tmp_path):
    file = tmp_path / "page.mhtml"
    file.write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/snapshot\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\n\n{PAGE}\n--b--\n"
    )
    extracted = extract(file)
    assert PARAGRAPHS[0] in extracted.content
    assert extracted.facts["url"].value == "https://example.org/snapshot"


def test_the_lines_of_a_pdf_are_joined_to_paragraphs(tmp_path):
    source = tmp_path / "notice.typ"
    body = "\n\n".join(PARAGRAPHS)
    source.write_text(f'#set document(title: "Ferries", author: "Ada Lund")\n{body}', "utf-8")
    file = tmp_path / "notice.pdf"
    file.write_bytes(typst.compile(source))
    extracted = extract(file)
    assert extracted.content.splitlines() == PARAGRAPHS
    assert extracted.facts["title"].value == "Ferries"
    assert extracted.facts["author"].value == "Ada Lund"


def test_the_paragraphs_and_tables_of_a_document_are_read(tmp_path):
    document = docx.Document()
    document.core_properties.title = "Ferries"
    document.add_paragraph(PARAGRAPHS[0])
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "ferries", "12"
    document.add_paragraph(PARAGRAPHS[1])
    file = tmp_path / "notice.docx"
    document.save(str(file))
    extracted = extract(file)
    assert extracted.content.splitlines() == [PARAGRAPHS[0], "ferries\t12", PARAGRAPHS[1]]
    assert extracted.facts["title"].value == "Ferries"


def test_a_file_without_text_says_what_to_do(tmp_path):
    source, scan = tmp_path / "scan.typ", tmp_path / "scan.pdf"
    source.write_text("#rect()", "utf-8")
    scan.write_bytes(typst.compile(source))
    assert "recognise their text first" in only_fault(scan)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    assert "a file with text" in only_fault(tmp_path / "empty.txt")


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"{\\rtf1 Ferries}", "save it as DOCX or plain text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as DOCX"),
        (b"PK\x03\x04 a table", "save the text as DOCX"),
        (b"%PDF-1.7 cut off", "an undamaged file"),
        (b"PK\x03\x04 word/document.xml cut off", "an undamaged file"),
    ],
)
def test_a_format_that_is_not_read_is_named_in_one_line(tmp_path, content, hint):
    file = tmp_path / "notice.txt"
    file.write_bytes(content)
    assert hint in only_fault(file)
