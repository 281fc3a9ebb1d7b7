"""What a page says of itself to programs: title, description, schema.org, and its address where the site has one."""

import json
import re
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

from claimbook.corpus import schema
from claimbook.export import web_annotations
from claimbook.paths import project
from claimbook.sphinxext.nodes import claim_ref

LONGEST = 200  # characters of a description
DATA_PAGE = "chapters/data"
CONTEXT = "https://schema.org"


def describe_page(doctree: nodes.document) -> str:
    """The first paragraph of a page in plain words, without markers of claims, cut after a sentence or else a word; empty where none stands."""
    for paragraph in doctree.findall(nodes.paragraph):
        if not isinstance(paragraph.parent, nodes.section):
            continue
        held = paragraph.deepcopy()
        for marker in [*held.findall(claim_ref)]:
            marker.parent.remove(marker)
        text = re.sub(r"\s+([.,;:])", r"\1", " ".join(held.astext().split()))
        if len(text.split()) > 3:
            return _cut(text)
    return ""


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    ends = [found.end() for found in re.finditer(r"[.?!](?= )", text[:LONGEST])]
    return text[: ends[-1]] if ends else text[: text.rindex(" ", 0, LONGEST)].rstrip(",;:") + " …"


def report_jsonld(app: Sphinx, description: str) -> dict[str, Any]:
    """The book as a schema.org Report."""
    package = json.loads(project().datapackage.read_text("utf-8"))
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
        "isBasedOn": {
            "@type": "Dataset",
            "name": package["title"],
            "url": urljoin(app.config.html_baseurl, f"{DATA_PAGE}.html"),
        },
    }


def dataset_jsonld(app: Sphinx) -> dict[str, Any]:
    """The corpus as a schema.org Dataset, with every file in which it can be had."""
    package = json.loads(project().datapackage.read_text("utf-8"))
    base = app.config.html_baseurl
    folder = urljoin(base, "data/") if base else "../data/"
    files = [
        (file, table.description)
        for table in schema.read_schema(project().datapackage).values()
        for file in table.files
    ]
    kinds = {
        "csv": "text/csv",
        "jsonld": "application/ld+json",
        "json": "application/json",
        "bib": "application/x-bibtex",
        "zip": "application/zip",
    }
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
        "temporalCoverage": "2022",
        "spatialCoverage": "Belarus",
        "keywords": app.config.typst_keywords,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file,
                "description": meaning,
                "contentUrl": folder + file,
                "encodingFormat": kinds[file.rsplit(".", 1)[1]],
            }
            for file, meaning in [*web_annotations.FILES.items(), *files]
        ],
    }


def _contributors(package: dict[str, Any]) -> dict[str, str]:
    return {
        "@type": "Organization",
        "name": ", ".join(person["title"] for person in package["contributors"]),
    }


def fill_head(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the page's template its title, description and linked data."""
    book = app.config.html_title or app.config.project
    title = re.sub(r"<[^>]*>", "", context.get("title", "")) or pagename.capitalize()
    root = pagename == app.config.root_doc
    context["head_title"] = f"{book}: {app.config.typst_subtitle}" if root else f"{title} — {book}"
    context["description"] = describe_page(doctree) if doctree is not None else ""
    context["linked_data"] = (
        report_jsonld(app, context["description"])
        if root
        else dataset_jsonld(app)
        if pagename == DATA_PAGE
        else None
    )


def setup(app: Sphinx) -> None:
    """Register the head of pages."""
    app.connect("html-page-context", fill_head)
