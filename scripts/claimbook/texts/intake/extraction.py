"""Extraction of plain text and bibliographic facts from the files that readers save.

Plain text in any encoding, HTML and MHTML saved from a browser, PDF and DOCX are read. The
libraries for a format are imported where a file of that format is met.
"""

import codecs
import email
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import policy
from pathlib import Path
from typing import NamedTuple

from claimbook.corpus.encodings import decode_named
from claimbook.errors import CorpusError, Fault

READABLE = "plain text, HTML, PDF or DOCX"
SUFFIXES = {".txt", ".md", ".text", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx"}
OTHER_FORMATS = {  # first bytes of formats that people save texts in, but that are not read
    b"\xd0\xcf\x11\xe0": "a document of Word before 2007: save it as DOCX",
    b"{\\rtf": "RTF: save it as DOCX or plain text",
    b"PK\x03\x04": "a packed file that is no DOCX: save the text as DOCX or plain text",
    b"\x89PNG": "a picture: save the text",
    b"\xff\xd8\xff": "a picture: save the text",
}
HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.I | re.S
)
FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.S)
FRONT_MATTER_LINE = re.compile(r"(title|author|date|lang|language)\s*:\s*(.+)")
PAGE_METADATA = {  # columns of the table `sources`, and what trafilatura calls them
    "title": "title",
    "author": "author",
    "outlet": "sitename",
    "published": "date",
    "url": "url",
}
SENTENCE_END = re.compile(r"[.!?:;…]['\"’”»)\]]*$")
WRAPPED_SHARE = 0.7  # of the longest line: a shorter line of a PDF ends a paragraph


class Proposal(NamedTuple):
    """A proposed cell of a source's row.

    Attributes:
        value: The cell.
        reason: Why this value is proposed, as a phrase.
    """

    value: str
    reason: str


@dataclass(frozen=True)
class Extract:
    """The text of a file, and what the file says about itself.

    Attributes:
        content: The text, with LF for every line end and no byte-order mark.
        origin: The format of the file, and what was done to read it.
        facts: Bibliographic facts by column of the table `sources`.
    """

    content: str
    origin: str
    facts: dict[str, Proposal] = field(default_factory=dict)


def extract(file: Path, encoding: str = "") -> Extract:
    """Extract the text of a file.

    Args:
        file: The file.
        encoding: The encoding of plain text; empty to find it out.

    Raises:
        CorpusError: The file cannot be read, its format is not supported, or it has no text.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _error(file, error.strerror or str(error), "a file that can be read") from error
    try:
        extracted = _extractor(file, content, encoding)(content)
    except (CorpusError, ImportError):
        raise
    except LookupError as error:
        raise _error(file, encoding, "the name of an encoding, such as cp1251") from error
    except Exception as error:  # the libraries raise errors of many kinds on damaged files
        problem = str(error).split("\n")[0] or type(error).__name__
        raise _error(file, problem, f"an undamaged file: {READABLE}") from error
    if not re.search(r"\w", extracted.content):
        raise _error(file, extracted.origin, "a file with text", _hint_at_empty(extracted.origin))
    return extracted


def _error(file: Path, value: str, allowed: str, hint: str = "") -> CorpusError:
    return CorpusError([Fault(file.name, "", "", value, allowed, hint)])


def _hint_at_empty(origin: str) -> str:
    """Say what to do with a file without text."""
    return "its pages are pictures: recognise their text first (OCR)" if origin == "PDF" else ""


def _extractor(file: Path, content: bytes, encoding: str) -> Callable[[bytes], Extract]:
    """Choose the extractor of a file by its first bytes, or else by its name."""
    suffix = file.suffix.lower()
    if content.startswith(b"%PDF"):
        return _extract_pdf
    if content.startswith(b"PK\x03\x04") and b"word/document.xml" in content:
        return _extract_docx
    for signature, what in OTHER_FORMATS.items():
        if content.startswith(signature):
            raise _error(file, what.split(":")[0], READABLE, what.partition(": ")[2])
    if suffix in {".mhtml", ".mht"}:
        return _extract_mhtml
    if HTML_START.match(content) or suffix in {".html", ".htm", ".xhtml"}:
        return _extract_html
    return lambda raw: _extract_plain(file, raw, encoding)


def _extract_plain(file: Path, content: bytes, encoding: str) -> Extract:
    """Decode plain text.

    Raises:
        CorpusError: The encoding cannot be found out, or is not the one that was named.
    """
    name, text = _decode(file, content, encoding)
    mended = text.replace("\r\n", "\n").replace("\r", "\n")
    origin = "plain text" if name == "UTF-8" else f"plain text in {name}"
    return Extract(mended, origin, _front_matter(mended))


def _decode(file: Path, content: bytes, encoding: str) -> tuple[str, str]:
    """Decode bytes; return the name of the encoding and the text.

    Raises:
        CorpusError: The encoding cannot be found out, or is not the one that was named.
    """
    if encoding:
        try:
            return codecs.lookup(encoding).name, content.decode(encoding)
        except UnicodeDecodeError as error:
            hint = "leave out --encoding to have it found out"
            raise _error(file, f"byte {error.start}", f"text in {encoding}", hint) from error
    name, text = decode_named(content)
    if text is not None:
        is_unicode = name.startswith("utf-")
        return "-".join(name.upper().split("-")[:2]) if is_unicode else name, text
    hint = "name its encoding with --encoding"
    raise _error(file, "bytes in no known encoding", "plain text", hint)


def _front_matter(text: str) -> dict[str, Proposal]:
    """Read the facts in the front matter of a Markdown file."""
    matter = FRONT_MATTER.match(text)
    columns = {"date": "published", "lang": "language"}
    facts = {}
    for line in matter[1].splitlines() if matter else []:
        if found := FRONT_MATTER_LINE.match(line):
            name, value = found[1], found[2].strip().strip("\"'")
            facts[columns.get(name, name)] = Proposal(value, f"`{name}` in the file's front matter")
    return facts


def _extract_html(content: bytes) -> Extract:
    """Extract the article of a page, without menus and advertisements."""
    import trafilatura

    page = trafilatura.bare_extraction(
        content,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        # the day in the page's markup alone, not one that the article happens to name
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None:
        return Extract("", "HTML")
    found = page if isinstance(page, dict) else page.as_dict()
    facts = {
        column: Proposal(value, "the page's own metadata")
        for column, name in PAGE_METADATA.items()
        if (value := found.get(name))
    }
    return Extract(f"{(found.get('text') or '').strip()}\n", "HTML", facts)


def _extract_mhtml(content: bytes) -> Extract:
    """Extract the article of a page that a browser saved in one file."""
    message = email.message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            extracted = _extract_html(payload if isinstance(payload, bytes) else b"")
            address = str(message["Snapshot-Content-Location"] or "")
            fact = {"url": Proposal(address, "the address noted by the browser")} if address else {}
            return Extract(extracted.content, "HTML", {**extracted.facts, **fact})
    return Extract("", "MHTML")


def _extract_pdf(content: bytes) -> Extract:
    """Extract the text of a PDF, with its lines joined to paragraphs."""
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(content))
    text = "\n\n".join(_join_lines(page.extract_text()) for page in document.pages)
    about = document.metadata
    facts = {}
    if about is not None:
        found = {
            "title": about.title,
            "author": about.author,
            "published": about.creation_date and about.creation_date.date().isoformat(),
        }
        facts = {
            column: Proposal(str(value).strip(), "the properties of the PDF")
            for column, value in found.items()
            if value and str(value).strip()
        }
    return Extract(f"{text.strip()}\n", "PDF", facts)


def _join_lines(page: str) -> str:
    """Join the lines of a page to paragraphs.

    A paragraph ends at an empty line, and at a line that is short or ends a sentence where the
    next one begins with a capital.
    """
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    paragraphs, last_line = [""], ""
    for line in lines:
        previous = paragraphs[-1]
        if not line:
            paragraphs.append("")
        elif not previous:
            paragraphs[-1] = line
        elif previous.endswith("-") and line[0].islower():
            paragraphs[-1] = previous[:-1] + line
        elif _ends_paragraph(previous, last_line, longest) and not line[0].islower():
            paragraphs.append(line)
        else:
            paragraphs[-1] = f"{previous} {line}"
        last_line = line
    return "\n".join(filter(None, paragraphs))


def _ends_paragraph(paragraph: str, last_line: str, longest: int) -> bool:
    """Say whether a paragraph may end at its last line."""
    is_short = len(last_line) < longest * WRAPPED_SHARE
    return is_short or (bool(SENTENCE_END.search(paragraph)) and len(last_line) < longest * 0.9)


def _extract_docx(content: bytes) -> Extract:
    """Extract the paragraphs and tables of a document, without footnotes."""
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    document = docx.Document(io.BytesIO(content))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines += block.text.splitlines()
        elif isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
    about = document.core_properties
    found = {
        "title": about.title,
        "author": about.author,
        "published": about.created and about.created.date().isoformat(),
        "language": about.language,
    }
    facts = {
        column: Proposal(str(value).strip(), "the properties of the document")
        for column, value in found.items()
        if value and str(value).strip()
    }
    return Extract("\n".join(lines).strip() + "\n", "DOCX", facts)
