"""The feed of the site: its versions and the corrections of its tables, as Atom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

from markdown_it import MarkdownIt
from markdown_it.token import Token
from sphinx.application import Sphinx

from claimbook.language.words import count_noun
from claimbook.paths import project
from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_corpus

FILE = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 20  # at most, the latest ones


@dataclass(frozen=True)
class Entry:
    """An entry of the feed.

    Attributes:
        name: What tells it from the others, for its address; without spaces.
        day: The day on which it was published.
        title: Its title.
        content: Its text as HTML.
        page: The page to which it leads, below the address of the site.
    """

    name: str
    day: date
    title: str
    content: str
    page: str


def versions(changelog: str) -> Iterator[Entry]:
    """Yield an entry for each version of a changelog.

    Args:
        changelog: The changelog as Markdown. A heading of the second level begins a version, such
            as `## 1.0.0, 2026-11-30`; one without a day is not published yet.
    """
    markdown = MarkdownIt()
    tokens = markdown.parse(changelog)
    starts = [at for at, token in enumerate(tokens) if _is_heading(token)]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        version, _, day = tokens[start + 1].content.partition(", ")
        if day:
            content = markdown.renderer.render(tokens[start + 3 : end], markdown.options, {})
            title = f"Version {version}"
            yield Entry(f"version-{version}", date.fromisoformat(day), title, content, "")


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2"


def corrections(data_page: str) -> Iterator[Entry]:
    """Yield an entry for each day on which published rows were corrected.

    Args:
        data_page: The address of the page that lists them, below that of the site.
    """
    for day, changes in cached_corpus().corrections.reset_index().groupby("date"):
        counts = changes["table"].value_counts(sort=False)
        told = ", ".join(f"{count} of {table}" for table, count in counts.items())
        content = f"<p>{count_noun(len(changes), 'cell')} corrected: {told}.</p>"
        yield Entry(f"corrections-{day:%Y-%m-%d}", day.date(), "Corrections", content, data_page)


def write_feed(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed, if the site has an address and the build has not failed."""
    address = app.config.html_baseurl
    if exception is not None or app.builder.format != "html" or not address:
        return
    data_page = app.config.claimbook_data_page
    entries = list(corrections(app.builder.get_target_uri(data_page))) if data_page else []
    changelog: Path = project().changelog
    if changelog.is_file():
        entries += versions(changelog.read_text("utf-8"))
    entries.sort(key=lambda entry: (entry.day, entry.name), reverse=True)
    Path(app.outdir, FILE).write_bytes(atom(address, entries[:ENTRIES]))


def atom(address: str, entries: list[Entry]) -> bytes:
    """Write entries as an Atom feed (RFC 4287).

    Args:
        address: The address of the site, which ends with a slash.
        entries: The entries, the latest one first.

    Returns:
        The feed, encoded in UTF-8.
    """
    report = settings().report
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    latest = entries[0].day if entries else report.released or report.as_of
    _add(feed, "title", report.name)
    _add(feed, "subtitle", report.subtitle)
    _add(feed, "id", address)
    _add(feed, "link", rel="self", href=urljoin(address, FILE))
    _add(feed, "link", rel="alternate", href=address)
    _add(feed, "updated", _moment(latest))
    _add(_add(feed, "author"), "name", report.authors)
    for entry in entries:
        element = _add(feed, "entry")
        _add(element, "title", entry.title)
        _add(element, "id", f"{address}#{entry.name}")
        _add(element, "link", rel="alternate", href=urljoin(address, entry.page))
        _add(element, "updated", _moment(entry.day))
        _add(element, "content", entry.content, type="html")
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _moment(day: date) -> str:
    """Return the beginning of a day in the form that the feed has times in."""
    return f"{day.isoformat()}T00:00:00Z"


def setup(app: Sphinx) -> None:
    """Register the feed."""
    app.connect("build-finished", write_feed)
