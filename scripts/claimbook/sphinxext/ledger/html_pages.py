"""The pages of the ledger in HTML, each with the entries of a source or a month of a series."""

import hashlib
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from claimbook.explorer import page as filter_page
from claimbook.language.ledger_pages import FOLDER, LEDGER, LedgerPage, describe_day
from claimbook.language.words import count_noun
from claimbook.sphinxext import popovers
from claimbook.sphinxext.citation_index import citations_by_claim, quote_sentence
from claimbook.sphinxext.claim_role import link_marker
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus, cached_ledger
from claimbook.sphinxext.ledger import contents
from claimbook.sphinxext.ledger.entries import Entries
from claimbook.sphinxext.nodes import claim_ref
from claimbook.sphinxext.reading_links import reading_links

SCRIPT = "ledger.js"
STATE = "ledger_pages.json"  # in Sphinx's own folder: the digest of each page that is written
TEMPLATE = "page.html"
Page = tuple[str, dict[str, Any], str]
Quotations = dict[str, list[tuple[str, str, str]]]  # page, marker and sentence, by claim


def rewrite_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the ledger as a page that Sphinx must write again, if its contents changed.

    Sphinx calls this whenever any page was read. The contents of the HTML name the claims that no
    sentence cites; a chapter of the ledger names the pages that cite each claim.

    Returns:
        The name of the ledger; empty if the book has none, or if its contents stay the same.
    """
    if LEDGER not in env.found_docs:
        return []
    if app.builder.format == "html" and _read_state(app).get(LEDGER) == _contents_digest(env):
        return []
    return [LEDGER]


def changed_pages(app: Sphinx) -> Iterator[Page]:
    """Yield the pages of the ledger that the HTML builder must write.

    Pages that no longer exist are removed. Pages whose citations are the same as in the last build
    are left as they are: when anything else changes of which a page is made, all pages are made.

    Args:
        app: The application, whose environment has all pages.

    Yields:
        The name, the context and the template of each page.
    """
    builder = cast("StandaloneHTMLBuilder", app.builder)
    if LEDGER not in app.env.found_docs:
        return
    ledger = cached_ledger()
    folder = Path(app.outdir)
    citations = _quotations(app.env)
    written = _read_state(app)
    digests = {page.name: _page_digest(app.env, page, citations) for page in ledger.pages}
    digests[LEDGER] = _contents_digest(app.env)
    changed = [
        page
        for page in ledger.pages
        if written.get(page.name) != digests[page.name]
        or not Path(builder.get_outfilename(page.name)).is_file()
    ]
    if changed:
        writer = _PageWriter(builder, citations)
        for page in changed:
            yield page.name, writer.context(page), TEMPLATE
    names = {Path(builder.get_outfilename(page.name)) for page in ledger.pages}
    for file in (folder / FOLDER).rglob("*.html"):
        if file not in names:
            file.unlink()
    state = Path(app.doctreedir) / STATE
    state.write_text(json.dumps(digests), "utf-8")


def _read_state(app: Sphinx) -> dict[str, str]:
    """Return the digests of the pages that the last build wrote, by page name."""
    state = Path(app.doctreedir) / STATE
    return json.loads(state.read_text("utf-8")) if state.is_file() else {}


def _quotations(env: BuildEnvironment) -> Quotations:
    """Return the sentences that cite each claim, with their pages and markers."""
    return {
        claim: [(name, one.marker, quote_sentence(env, one)) for name, one in citations]
        for claim, citations in citations_by_claim(env).items()
    }


def _contents_digest(env: BuildEnvironment) -> str:
    """Digest what the contents show of the other pages: which claims they cite."""
    return _digest(sorted(citations_by_claim(env)))


def _page_digest(env: BuildEnvironment, page: LedgerPage, quotations: Quotations) -> str:
    """Digest what a page of the ledger shows of the other pages.

    These are the sentences that cite its claims, and the titles of all pages, which stand in the
    navigation.
    """
    titles = [(name, title.astext()) for name, title in sorted(env.titles.items())]
    order = sorted((name, list(names)) for name, names in env.toctree_includes.items())
    return _digest([[quotations.get(claim) for claim in page.claims], titles, order])


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


class _PageWriter:
    """Makes the contexts of the ledger's pages for the theme's template."""

    def __init__(
        self,
        builder: StandaloneHTMLBuilder,
        quotations: Quotations,
    ) -> None:
        """Prepare what all pages need.

        Args:
            builder: The builder that will write the pages.
            quotations: The sentences that cite each claim, as `_quotations` returns them.
        """
        self._builder = builder
        self._quotations = quotations
        self._titles = {name: title.astext() for name, title in builder.env.titles.items()}
        self._entries = Entries(cached_corpus(), cached_claims(), self._cited_by, self._reading)
        self._page = ""  # the name of the page that is being made
        self._pages = cached_ledger().pages
        self._positions = {page.name: number for number, page in enumerate(self._pages)}
        self._filters = filter_page.LedgerFilters(cached_corpus())

    def context(self, page: LedgerPage) -> dict[str, Any]:
        """Return the context of a page for the template `page.html`."""
        self._page = page.name
        headings = [self._heading(page, part.source_id) for part in page.parts]
        sections = [
            self._entries.section(part, heading)
            for part, heading in zip(page.parts, headings, strict=True)
        ]
        cards = self._link_markers(sections)
        number = count_noun(len(page.parts), "source")
        summary = f"{count_noun(len(page.claims), 'claim')} of {number}."
        whole = nodes.section(
            "",
            nodes.title("", page.title),
            nodes.paragraph(text=summary),
            nodes.raw("", self._filters.form(page.claims), format="html"),
            *sections,
            ids=["entries"],
        )
        contents_link = self._link(LEDGER)
        title = self._builder.render_partial(self._builder.env.titles[LEDGER])["title"]
        crumbs = (
            '<nav class="cb-crumbs" aria-label="Breadcrumbs">'
            f'<a href="{contents_link}">{title}</a></nav>\n'
        )
        position = self._positions[page.name]
        return {
            "title": escape(page.title),
            "body": crumbs + self._builder.render_partial(whole)["fragment"] + cards,
            "description": f"{self._titles[LEDGER]}: {page.title}. {summary}",
            "metatags": "",
            "parents": [{"link": contents_link, "title": title}],
            "prev": self._neighbour(position - 1),
            "next": self._neighbour(position + 1),
            "toc": _toc(page, headings),
            "display_toc": len(page.parts) > 1,
            "sourcename": "",
            "meta": {},
        }

    def _heading(self, page: LedgerPage, source_id: str) -> str:
        """Return the heading of a source: its code, and its day or its outlet."""
        corpus = cached_corpus()
        source = corpus.sources.loc[source_id]
        name = describe_day(source) if page.series else corpus.actors.loc[source["outlet"], "name"]
        return f"{source['code']}: {name}"

    def _link(self, name: str) -> str:
        """Return the address of a page as seen from the page that is being made."""
        return str(self._builder.get_relative_uri(self._page, name))

    def _neighbour(self, position: int) -> dict[str, str] | None:
        """Return the link and title of the page at a position; None beyond either end."""
        if not 0 <= position < len(self._pages):
            return None
        page = self._pages[position]
        return {"link": self._link(page.name), "title": escape(page.title)}

    def _link_markers(self, sections: list[nodes.section]) -> str:
        """Link the markers of related claims to their entries, and return their popovers."""
        related: set[str] = set()
        for section in sections:
            for marker in section.findall(claim_ref):
                link_marker(marker, self._address)
                related.update(marker["claims"])
        return popovers.cards(self._builder, self._page, sorted(related)) if related else ""

    def _address(self, claim_id: str) -> str:
        """Return the address of a claim as seen from the page that is being made."""
        name = cached_ledger().of_claim[claim_id].name
        return f"{'' if name == self._page else self._link(name)}#{claim_id}"

    def _reading(self, claim_id: str) -> list[nodes.Node]:
        """Make the node with the links to the wording of a claim, if it has any."""
        html = reading_links(self._builder, self._page, claim_id)
        return [nodes.raw("", html, format="html")] if html else []

    def _cited_by(self, claim_id: str) -> list[nodes.Node]:
        """Make the nodes that quote the sentences which cite a claim, folded."""
        quotations = self._quotations.get(claim_id, [])
        if not quotations:
            return [nodes.paragraph(text="No sentence cites\N{NO-BREAK SPACE}it.")]
        sentences = nodes.bullet_list(classes=["cb-cited"])
        for docname, marker, sentence in quotations:
            uri = f"{self._link(docname)}#{marker}"
            link = nodes.reference("", self._titles[docname], internal=True, refuri=uri)
            quoted = nodes.paragraph("", "", link, nodes.Text(f": {sentence}"))
            sentences += nodes.list_item("", quoted)
        number = count_noun(len(quotations), "sentence")
        opening = f'<details class="cb-citing"><summary>Cited in {number}</summary>'
        return [
            nodes.raw("", opening, format="html"),
            sentences,
            nodes.raw("", "</details>", format="html"),
        ]


def _toc(page: LedgerPage, headings: list[str]) -> str:
    """Return the list of a page's sources, as the template takes it."""
    items = "".join(
        f'<li><a class="reference internal" href="#{escape(part.source_id)}">{escape(heading)}</a>'
        "</li>"
        for part, heading in zip(page.parts, headings, strict=True)
    )
    return f"<ul>{items}</ul>"


def add_scripts(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add to the pages of the ledger the scripts that they need.

    These are the filter of entries, the popovers of related claims, and on the page of contents the
    script that leads old addresses of entries to their pages.
    """
    scripts: tuple[str, ...] = ()
    if pagename == LEDGER and doctree is not None:
        scripts = (contents.SCRIPT,)
    elif pagename.startswith(f"{FOLDER}/") and doctree is None:
        scripts = (filter_page.FILTER_SCRIPT, SCRIPT, popovers.SCRIPT)
    for script in scripts:
        app.add_js_file(script, loading_method="defer")
