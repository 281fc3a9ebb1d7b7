"""Metadata in the head of a page: title, description, linked data of schema.org, and address."""

import json
import re
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from claimbook.corpus import schema
from claimbook.export.archive import export_files
from claimbook.paths import project
from claimbook.settings import settings
from claimbook.sphinxext.nodes import claim_ref, paragraph_number

MAX_DESCRIPTION = 200  # characters
MIN_WORDS = 4  # of a paragraph that describes its page
CONTEXT = "https://schema.org"
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "bib": "application/x-bibtex",
    "zip": "application/zip",
}


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


def report_jsonld(app: Sphinx, description: str) -> dict[str, Any]:
    """Describe the book as a Report of schema.org (https://schema.org/Report).

    Args:
        app: The application, with the book's settings.
        description: The description of the book.

    Returns:
        The linked data, ready for JSON.
    """
    package = _data_package()
    dataset = {"@type": "Dataset", "name": package["title"]}
    if page := app.config.claimbook_data_page:
        dataset["url"] = urljoin(app.config.html_baseurl, f"{page}.html")
    return {
        "@context": CONTEXT,
        "@type": "Report",
        "name": app.config.html_title or app.config.project,
        "headline": app.config.typst_subtitle,
        "abstract": description,
        "author": _contributors(package),
        "version": app.config.version,
        "copyrightYear": int(app.config.copyright),
        "inLanguage": app.config.language,
        "license": package["licenses"][0]["path"],
        "keywords": app.config.typst_keywords,
        "isAccessibleForFree": True,
        "isBasedOn": dataset,
    }


def dataset_jsonld(app: Sphinx) -> dict[str, Any]:
    """Describe the corpus as a Dataset of schema.org (https://schema.org/Dataset).

    Returns:
        The linked data, ready for JSON, with all files in which the corpus is published.
    """
    package = _data_package()
    base = app.config.html_baseurl
    to_root = "../" * app.config.claimbook_data_page.count("/")
    folder = urljoin(base, "data/") if base else f"{to_root}data/"
    tables = {
        file: table.description
        for table in schema.read_schema(project().datapackage).values()
        for file in table.files
    }
    geography = settings().geography
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "license": package["licenses"][0]["path"],
        "creator": _contributors(package),
        "inLanguage": app.config.language,
        "isAccessibleForFree": True,
        "temporalCoverage": _years(),
        **({"spatialCoverage": geography.home} if geography else {}),
        "keywords": app.config.typst_keywords,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file,
                "description": description,
                "contentUrl": folder + file,
                "encodingFormat": MEDIA_TYPES[file.rsplit(".", 1)[1]],
            }
            for file, description in (export_files() | tables).items()
        ],
    }


def _years() -> str:
    """Return the year or years of the report's period, as `2031` or `2031/2032`.

    This is the form of ISO 8601.
    """
    first, last = settings().period.start.year, settings().period.end.year
    return f"{first}" if first == last else f"{first}/{last}"


def _data_package() -> dict[str, Any]:
    package: dict[str, Any] = json.loads(project().datapackage.read_text("utf-8"))
    return package


def _contributors(package: dict[str, Any]) -> dict[str, str]:
    return {
        "@type": "Organization",
        "name": ", ".join(person["title"] for person in package["contributors"]),
    }


def add_head_metadata(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template of a page its title, description and linked data.

    Only the front page and the page on the data have linked data.
    """
    book = app.config.html_title or app.config.project
    description = describe_page(doctree) if doctree is not None else context.get("description", "")
    context["description"] = description
    context["linked_data"] = None
    if pagename == app.config.root_doc:
        context["head_title"] = f"{book}: {app.config.typst_subtitle}"
        context["linked_data"] = report_jsonld(app, description)
        return
    title = re.sub(r"<[^>]*>", "", context.get("title", "")) or pagename.capitalize()
    context["head_title"] = f"{title} — {book}"
    if pagename == app.config.claimbook_data_page:
        context["linked_data"] = dataset_jsonld(app)


def setup(app: Sphinx) -> None:
    """Register the metadata of pages, the site's address, and the data page setting.

    The setting `claimbook_data_page` names the page on the data.
    """
    app.add_config_value("claimbook_data_page", "", "html", str)
    app.connect("config-inited", set_site_address, priority=100)
    app.connect("html-page-context", add_head_metadata)
