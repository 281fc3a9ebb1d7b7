"""Metadata in the head of a page: title, description, tags for citing and sharing, linked data."""

import re
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from claimbook.paths import project
from claimbook.settings import settings
from claimbook.sphinxext.html import feed, linked_data
from claimbook.sphinxext.nodes import chart, claim_ref, paragraph_number

MAX_DESCRIPTION = 200  # characters
MIN_WORDS = 4  # of a paragraph that describes its page


def set_site_address(app: Sphinx, config: Config) -> None:
    """Set Sphinx's address of the site from the report's settings, if it has none."""
    config.html_baseurl = config.html_baseurl or settings().report.address


def describe_page(doctree: nodes.document) -> str:
    """Return a description of a page: its first paragraph as plain text.

    The number of the paragraph and its citations are omitted. Paragraphs of fewer than `MIN_WORDS`
    words are skipped.

    Returns:
        At most 200 characters, cut after a sentence or else a word; empty if the page has no such
        paragraph outside lists and frames.
    """
    for paragraph in doctree.findall(nodes.paragraph):
        if not isinstance(paragraph.parent, nodes.section):
            continue
        copy = paragraph.deepcopy()
        for node in [node for node in copy.findall(nodes.Inline) if _is_apparatus(node)]:
            node.parent.remove(node)
        text = re.sub(r"\s+([.,;:])", r"\1", " ".join(copy.astext().split()))
        if len(text.split()) >= MIN_WORDS:
            return _cut(text)
    return ""


def _is_apparatus(node: nodes.Inline) -> bool:
    """Check whether a node is a paragraph's number or a citation, and so no prose.

    The citation of a work, as sphinxcontrib-bibtex makes it, is the only inline node that contains
    links.
    """
    if isinstance(node, paragraph_number | claim_ref):
        return True
    return type(node) is nodes.inline and any(
        isinstance(child, nodes.reference) for child in node.children
    )


def _cut(text: str) -> str:
    """Cut a text to at most `MAX_DESCRIPTION` characters.

    It is cut after its last whole sentence, or else after a word, with an ellipsis.
    """
    if len(text) <= MAX_DESCRIPTION:
        return text
    ends = [match.end() for match in re.finditer(r"[.?!](?= )", text[:MAX_DESCRIPTION])]
    if ends:
        return text[: ends[-1]]
    return text[: text.rindex(" ", 0, MAX_DESCRIPTION)].rstrip(",;:") + " …"


def citation_tags(app: Sphinx, pagename: str, title: str) -> dict[str, list[str]]:
    """Return the tags by which citation managers and Google Scholar know a page.

    They are those of HighWire Press; see
    https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. Absolute addresses are left
    out where the site has none.

    Args:
        app: The application, with the book's settings.
        pagename: The name of the page. The first page stands for the whole report.
        title: The title of the page.

    Returns:
        The values of each tag by its name.
    """
    report, address = settings().report, app.config.html_baseurl
    name = f"{report.name}: {report.subtitle}" if report.subtitle else report.name
    is_whole = pagename == app.config.root_doc
    tags = {
        "citation_title": [name if is_whole else title],
        "citation_inbook_title": [] if is_whole else [name],
        "citation_author": [author.strip() for author in report.authors.split(";")],
        "citation_publication_date": [f"{report.released:%Y/%m/%d}"] if report.released else [],
        "citation_language": [app.config.language or "en"],
        "citation_keywords": list(app.config.typst_keywords) if is_whole else [],
    }
    if is_whole:
        tags["citation_technical_report_institution"] = [report.authors]  # by which it is a report
        tags["citation_technical_report_number"] = [f"Version {report.version}"]
    if address:
        tags["citation_fulltext_html_url"] = [urljoin(address, page_path(app, pagename))]
    if address and is_whole and "pdf" in app.config.claimbook_offers:
        pdf = f"{project().pdf.name}/{project().pdf_name()}"
        tags["citation_pdf_url"] = [urljoin(address, pdf)]
    return {tag: values for tag, values in tags.items() if values}


def sharing_tags(
    app: Sphinx, pagename: str, title: str, description: str, doctree: nodes.document | None
) -> dict[str, str]:
    """Return the tags of the Open Graph protocol (https://ogp.me) for a page.

    The picture is the slide of the page's first figure, or else of the deck's first one.

    Args:
        app: The application, with the book's settings.
        pagename: The name of the page.
        title: The title of the page.
        description: Its description.
        doctree: The page; None for one that has no source.

    Returns:
        The value of each tag by its name; none where the site has no address.
    """
    address = app.config.html_baseurl
    if not address or not description:
        return {}
    tags = {
        "og:title": title,
        "og:description": description,
        "og:type": "article",
        "og:url": urljoin(address, page_path(app, pagename)),
        "og:site_name": app.config.html_title or app.config.project,
        "og:locale": app.config.language or "en",
    }
    figures = [image["name"] for image in doctree.findall(chart)] if doctree is not None else []
    for name in [*figures, *settings().report.slides]:
        slide = next((file for file in app.env.dlfiles if file.endswith(f"/{name}-slide.png")), "")
        if slide:
            tags["og:image"] = urljoin(address, f"_downloads/{app.env.dlfiles[slide][1]}")
            tags["og:image:alt"] = f"A figure of {tags['og:site_name']}"
            break
    return tags


def page_path(app: Sphinx, pagename: str) -> str:
    """Return the path of a page below the address of the site."""
    return "" if pagename == app.config.root_doc else app.builder.get_target_uri(pagename)


def add_head_metadata(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template of a page its title, description, tags and linked data.

    The first page is described as the report, the page on the data as the corpus, and any other
    that has a source as a chapter. Pages without a source, such as the search, are not described.
    """
    book = app.config.html_title or app.config.project
    description = describe_page(doctree) if doctree is not None else context.get("description", "")
    is_whole = pagename == app.config.root_doc
    title = re.sub(r"<[^>]*>", "", context.get("title", "")) or pagename.capitalize()
    context["description"] = description
    context["head_title"] = (
        f"{book}: {app.config.typst_subtitle}" if is_whole else f"{title} — {book}"
    )
    context["feed"] = feed.FILE if app.config.html_baseurl else ""
    context["sharing_tags"] = sharing_tags(app, pagename, title, description, doctree)
    context["citation_tags"], context["linked_data"] = {}, None
    if doctree is None:
        return
    context["citation_tags"] = citation_tags(app, pagename, title)
    if is_whole:
        context["linked_data"] = linked_data.report_jsonld(app, description)
    elif pagename == app.config.claimbook_data_page:
        context["linked_data"] = linked_data.dataset_jsonld(app)
    else:
        context["linked_data"] = linked_data.chapter_jsonld(app, title, description)


def setup(app: Sphinx) -> None:
    """Register the metadata of pages, the site's address, and the data page setting.

    The setting `claimbook_data_page` names the page on the data.
    """
    app.add_config_value("claimbook_data_page", "", "html", str)
    app.connect("config-inited", set_site_address, priority=100)
    app.connect("html-page-context", add_head_metadata)
