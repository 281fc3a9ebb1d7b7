"""The source reader: private pages of the texts at hand with their claims.

The pages contain the sentences of the sources. They are for the owner of the texts only, are never
part of the book and need no network. Other pages may link to `SOURCE_ID.html#AB-07` (a claim),
`SOURCE_ID.html#finding-363-422-translation` (a finding of criticism, by its key) and `index.html`.
Every claim of a source has its address on its page: in the text, or in the list of those that are
missing from the copy.
"""

import json
import re
import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from claimbook import house_style
from claimbook.corpus.model import Corpus, read_schema
from claimbook.language import claim_description
from claimbook.language.ledger_pages import LedgerPages
from claimbook.paths import project
from claimbook.settings import settings
from claimbook.source_reader.layout import Page, Piece, lay_out
from claimbook.texts.source_texts import find_readable_texts
from claimbook.texts.stored_spans import locate_all

ASSETS = Path(__file__).parent / "assets"
BOOK = "../html/"  # the folder of the book as seen from the pages
SOURCES_SCRIPT = "sources.js"  # lists the pages for the ledger, where that is opened from disk
LOCATED_TABLES = ("claims", "criticism")
LANE_HEIGHT = 3  # pixels from one underline to the next
# Controls and marks of direction, which would turn, hide or end the text around them.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class TextsNotFoundError(LookupError):
    """An error where no text of the sources can be read.

    The message says in one line what to do.
    """


def write_reader(corpus: Corpus, folder: Path | None = None) -> Path:
    """Write a private page for each source whose text is available, and an index.

    Pages of sources whose text no longer exists are removed. The book's ledger has no links to the
    pages, since it may be published and they may not. A script is written beside the pages, by
    which the ledger adds the links where it is opened from disk.

    Args:
        corpus: The corpus.
        folder: The folder to write to; by default that of the current project.

    Returns:
        The path of the index.

    Raises:
        TextsNotFoundError: No text of the sources can be read.
    """
    folder = folder or project().reader
    texts, unreadable = find_readable_texts(corpus.sources.sort_values("published"))
    if not texts:
        reason = (
            "no text can be read as UTF-8" if unreadable else "no text of the sources is at hand"
        )
        advice = "put them into data/texts/, or point CORPUS_TEXTS at their folder"
        raise TextsNotFoundError(f"{reason}: {advice}")
    tables = read_schema()
    matches = locate_all([tables[name] for name in LOCATED_TABLES], corpus, texts)
    located = {(span.table, span.key): match for span, match in matches.items()}
    pages = {source_id: lay_out(corpus, text, located) for source_id, text in texts.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for source_id in corpus.sources.index.difference(list(pages)):
        (folder / f"{source_id}.html").unlink(missing_ok=True)
    template = _make_environment().get_template("reader.html")
    shared = {
        "pages": pages,
        "ledger": LedgerPages(corpus),
        "book": BOOK,
        "themes": settings().theme,
        "css": _css(),
    }
    for source_id, page in pages.items():
        _write(folder / f"{source_id}.html", template.render(page=page, **shared))
    _write(folder / SOURCES_SCRIPT, f"var claimbookReader = {json.dumps(sorted(pages))};\n")
    index = folder / "index.html"
    sources = corpus.sources.sort_values("published")
    names = corpus.actors["name"]
    rendered = template.render(
        page=None, sources=sources, names=names, unreadable=unreadable, **shared
    )
    _write(index, rendered)
    return index


def _write(file: Path, content: str) -> None:
    """Write a text to a file as UTF-8, without converting its line ends.

    The line ends must be those of the source, so that its text is shown unchanged.
    """
    file.write_bytes(content.encode("utf-8"))


def underline_css(piece: Piece, lanes: int) -> str:
    """Return the CSS that underlines a piece of text once for each of its claims.

    The underline has the colour of the claim's theme. It is dashed for a claim whose words the copy
    has changed.

    Args:
        piece: The piece of text.
        lanes: The number of levels of underlines on the page.

    Returns:
        CSS declarations; empty for a piece without claims.
    """
    if not piece.claims:
        return ""
    images, positions = [], []
    for mark in piece.claims:
        ink = f"var(--cb-{mark.theme})"
        dashed = f"repeating-linear-gradient(90deg,{ink} 0 6px,transparent 6px 10px)"
        images.append(dashed if mark.status == "changed" else f"linear-gradient({ink},{ink})")
        positions.append(f"0 calc(100% - {(lanes - 1 - mark.lane) * LANE_HEIGHT}px)")
    shortest = min(piece.claims, key=lambda mark: mark.end - mark.start)
    return (
        f"--tint:var(--cb-{shortest.theme});background-image:{','.join(images)};"
        f"background-position:{','.join(positions)}"
    )


def highlight_css(page: Page) -> Markup:
    """Return the CSS that highlights a claim or finding that the reader points at.

    The reader points at its sign in the text or at its note, or opens the page at its address. The
    schema restricts ids to characters that are safe in CSS.
    """
    rules = []
    for mark in page.marks:
        tint = f"var(--cb-{mark.theme or 'muted'})"
        chosen = (
            f"main:has(#{mark.id}:is(:hover,:focus,:target),"
            f"#note-{mark.id}:is(:hover,:focus-within,:target))"
        )
        pieces = f'[data-marks~="{mark.id}"]'
        ground = f"background-color:color-mix(in srgb,{tint} 38%,transparent)"
        rules.append(f"{chosen} {pieces}{{{ground}}}")
        notes = f"{chosen} #note-{mark.id},main:has({pieces}:hover) #note-{mark.id}"
        rules.append(f"{notes}{{background:var(--cb-band)}}")
    return Markup("\n".join(rules))


def escape_controls(text: str) -> Markup:
    """Escape a text for HTML, and make its control characters visible.

    Each is in a box that shows its number and limits its effect on the text around it.
    """

    def box(match: re.Match[str]) -> str:
        content = "" if match.group() == "\0" else match.group()  # HTML cannot contain this one
        name = unicodedata.name(match.group(), "control character")
        code = f"U+{ord(match.group()):04X}"
        return f'<bdi class="control" data-code="{code}" title="{name}">{content}</bdi>'

    return Markup(CONTROL.sub(box, str(escape(text))).replace("\r", "&#13;"))


def remove_controls(text: str) -> str:
    """Remove control characters from a text.

    Use it for titles and labels, in which HTML allows no elements.
    """
    return CONTROL.sub("", text)


def _css() -> Markup:
    """Return the style sheet of the pages.

    The pages are dark where the reader's system is. They have no switch for this and run no script.
    """
    dark = "".join(f"--cb-{name}:{value.dark};" for name, value in house_style.colours().items())
    sheet = (ASSETS / "reader.css").read_text("utf-8")
    dark_mode = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return Markup(f"{house_style.css_variables()}{dark_mode}\n{sheet}")


def _make_environment() -> Environment:
    """Make the Jinja environment of the pages' template, with its filters."""
    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": escape_controls, "plain": remove_controls}
    environment.globals |= {
        "underlines": underline_css,
        "highlights": highlight_css,
        "published": claim_description.describe_publication,
    }
    return environment
