"""The index behind the search of the pages: their passages, and the claims in words.

The theme's own search knows which words a page has, and no more: it cannot show a sentence where
pages are opened from disk, finds no numbers, and takes a part of a number for the whole.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search.en import SearchEnglish

from claimbook.corpus.model import Corpus
from claimbook.language.ledger_pages import LEDGER
from claimbook.sphinxext.corpus_cache import cached_corpus, cached_ledger
from claimbook.sphinxext.nodes import explorer_form

PAGE = "search"
TEMPLATE = "search.html"
SCRIPT = "search.js"
PASSAGES = "passages.json"  # beside the pages as read
INDEX = "searchindex.js"  # where other programs look for it
BLOCKS = frozenset({"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "tr", "caption", "figcaption"})
CELL_END = "·"  # between the cells of a row
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Elements and classes whose words are no passages: code, controls, pictures and tables of figures.
SKIPPED_TAGS = frozenset({"script", "style", "svg", "nav", "pre", "form", "noscript"})
SKIPPED_CLASSES = frozenset(
    {
        "cb-cards",
        "cb-data",
        "cb-downloads",
        "cb-explorer-still",
        "cb-made",
        "cb-par",
        "cb-stack-head",
    }
    | {"headerlink", "hide"}
)


class PassageParser(HTMLParser):
    """Collects the passages of the article of a page.

    A passage is a heading, a paragraph, an item of a list or a row of a table.

    Attributes:
        passages: Of each passage an id by which it is reached, its text, and whether the id is its
            own. Else the id is that of a marker in it, or the nearest before it, empty for none.
    """

    def __init__(self) -> None:
        """Begin before the article."""
        super().__init__()
        self.passages: list[tuple[str, str, bool]] = []
        self._open: list[tuple[str, bool]] = []  # tag, and whether its words are skipped
        self._depth = 0  # of the article in the page; 0 outside it
        self._near = ""  # the last id of an element before the passage
        self._own = self._inner = ""  # ids of the passage's element, and in it
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element: see `HTMLParser.handle_starttag`."""
        if tag in VOID:
            self._words.append(" ")
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        skipped = self._is_skipped() or tag in SKIPPED_TAGS or bool(classes & SKIPPED_CLASSES)
        self._open.append((tag, skipped))
        if tag == "article":
            self._depth = len(self._open)
        if not self._depth or skipped:
            return
        if tag in BLOCKS and not self._is_in_row():
            self._end_passage()
        if name := given.get("id"):
            if tag in BLOCKS:
                self._own = name
            elif tag == "span":
                self._inner = self._inner or name
            else:
                self._near = name

    def handle_endtag(self, tag: str) -> None:
        """Close an element: see `HTMLParser.handle_endtag`."""
        if tag not in (name for name, _ in self._open):
            return
        if tag == "article":
            self._end_passage()
            self._depth = 0
        elif tag in BLOCKS and self._depth and not self._is_in_row(but=tag):
            self._end_passage()
        elif tag in ("td", "th"):
            self._words.append(f" {CELL_END} ")
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take text: see `HTMLParser.handle_data`."""
        if self._depth and not self._is_skipped():
            self._words.append(data)

    def _is_skipped(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _is_in_row(self, but: str = "") -> bool:
        """Whether the element that is opened or closed stands in a row of a table."""
        return but != "tr" and any(name == "tr" for name, _ in self._open[:-1])

    def _end_passage(self) -> None:
        text = " ".join("".join(self._words).split())
        text = re.sub(rf"(?: {CELL_END})+", f" {CELL_END}", text).strip(f" {CELL_END}")
        self._words = []
        if text:
            anchor = self._own or self._inner or self._near
            self.passages.append((anchor, text, bool(self._own)))
            self._own = self._inner = ""


def page_passages(html: str) -> list[tuple[str, str, bool]]:
    """Return the passages of a page: see `PassageParser.passages`."""
    parser = PassageParser()
    parser.feed(html)
    return parser.passages


class PassageStore:
    """The passages of pages, kept between builds by the digest of the page."""

    def __init__(self, file: Path) -> None:
        """Read what the last build kept.

        Args:
            file: The file that keeps the passages, as JSON; one that cannot be read counts as none.
        """
        self._file = file
        self._kept: dict[str, list[tuple[str, str, bool]]] = {}
        self._used: dict[str, list[tuple[str, str, bool]]] = {}
        with contextlib.suppress(OSError, ValueError):
            self._kept = json.loads(file.read_text("utf-8"))

    def passages_of(self, page: Path) -> list[tuple[str, str, bool]]:
        """Return the passages of a page: see `PassageParser.passages`."""
        html = page.read_text("utf-8")
        digest = hashlib.sha256(html.encode()).hexdigest()
        found = self._kept.get(digest)
        self._used[digest] = page_passages(html) if found is None else found
        return self._used[digest]

    def write(self) -> None:
        """Keep the passages of the pages that were asked for."""
        self._file.write_text(json.dumps(self._used, ensure_ascii=False), "utf-8")


def search_index(app: Sphinx) -> dict[str, Any]:
    """Make the index of the built pages, ready for JSON.

    Returns:
        Under `pages` the address and title of each page, those of the ledger last; under
        `passages` the page of each passage, and what the parser says of it; under `claims` the
        page, id and paraphrase of each claim; under `explorer` the address of its page; under
        `spellings` other spellings of the words of names, each with those that the book has.
    """
    builder, env = app.builder, app.env
    names = [name for name in _in_order(app) if name != LEDGER]
    pages = [[builder.get_target_uri(name), env.titles[name].astext()] for name in names]
    store = PassageStore(Path(app.doctreedir) / PASSAGES)
    passages = [
        [number, *passage]
        for number, (address, _) in enumerate(pages)
        for passage in store.passages_of(Path(app.outdir) / address)
    ]
    store.write()
    claims = []
    if LEDGER in env.found_docs:
        paraphrases = cached_corpus().claims["paraphrase"]
        for page in cached_ledger().pages:
            claims += [[len(pages), claim, paraphrases[claim]] for claim in page.claims]
            pages.append([builder.get_target_uri(page.name), page.title])
    explorers = [name for name in names if next(env.get_doctree(name).findall(explorer_form), None)]
    explorer = builder.get_target_uri(explorers[0]) if explorers else ""
    return {
        "pages": pages,
        "passages": passages,
        "claims": claims,
        "explorer": explorer,
        "spellings": other_spellings(cached_corpus()),
    }


def other_spellings(corpus: Corpus) -> dict[str, list[str]]:
    """Collect other spellings of the words of names of persons and places.

    A name and what else it is called are compared word by word, where both have as many words. What
    else an institution is called is mostly no spelling, but other words.

    Returns:
        By each spelling that no name has, in lower case, the words that names have for it.
    """
    words: dict[str, set[str]] = {}
    own: set[str] = set()
    persons = corpus.actors[corpus.actors["kind"] == "person"]
    for table in (persons, corpus.places):
        for name, others in zip(table["name"], table["also_called"], strict=True):
            parts = name.lower().split()
            own.update(parts)
            for other in others:
                spelt = other.lower().split()
                pairs = zip(spelt, parts, strict=True) if len(spelt) == len(parts) else ()
                for spelling, word in pairs:
                    words.setdefault(spelling, set()).add(word)
    return {spelling: sorted(found) for spelling, found in words.items() if spelling not in own}


def _in_order(app: Sphinx) -> list[str]:
    """Return the names of all pages in the order of the book."""
    relations = app.env.collect_relations()
    name: str | None = app.config.root_doc
    ordered = []
    while name is not None and name not in ordered:
        ordered.append(name)
        name = relations.get(name, [None, None, None])[2]
    return ordered + sorted(app.env.found_docs - set(ordered))


def replace_search(app: Sphinx) -> None:
    """Turn off the theme's search, whose page and index ours replace."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the search."""
    yield PAGE, {}, TEMPLATE


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the index, with the stemmer that words of a search go through."""
    if exception is not None or app.builder.format != "html":
        return
    written = json.dumps(search_index(app), ensure_ascii=False, separators=(",", ":"))
    script = f"{SearchEnglish.js_stemmer_code}\nwindow.claimbookSearch = {written};\n"
    (Path(app.outdir) / INDEX).write_text(script, "utf-8")


def add_script(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Add the search's script to its page."""
    if pagename == PAGE:
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the page of the search, and the index made once all pages exist."""
    app.connect("builder-inited", replace_search)
    app.connect("html-collect-pages", search_page)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write_index)
