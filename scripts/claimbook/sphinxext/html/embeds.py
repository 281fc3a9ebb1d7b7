"""A page for each figure alone, to be shown within a page of another site."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from sphinx.application import Sphinx

from claimbook.settings import settings
from claimbook.sphinxext.nodes import chart
from claimbook.sphinxext.page_form import copy_static, write_sheet
from claimbook.sphinxext.renderers import picture_html

FOLDER = "embed"
TEMPLATES, ASSETS = Path(__file__).parent / "templates", Path(__file__).parent / "assets"
TEMPLATE, SHEET, SCRIPT = "embed.html", "embed.css", "embed.js"
HEIGHT = 620  # pixels of the frame that the code to copy makes
LABEL = "page to embed"


def write_assets(app: Sphinx) -> None:
    """Write the style sheet and the script of these pages as static files."""
    if _has_pages(app):
        write_sheet(app, ASSETS / SHEET)
        copy_static(app, ASSETS, [SCRIPT])


def link_figures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add to the downloads of each figure of a page the link to its own page."""
    if not _has_pages(app):
        return
    for figure in doctree.findall(nodes.figure):
        image = figure.next_node(chart)
        for line in figure.findall(nodes.paragraph):
            if image is not None and "cb-downloads" in line["classes"]:
                address = app.builder.get_relative_uri(docname, f"{FOLDER}/{image['name']}")
                link = nodes.reference("", "", nodes.inline(text=LABEL), refuri=address)
                line += [nodes.Text(" · "), link]


def write_pages(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the page of each figure that a page shows."""
    if doctree is None or not _has_pages(app):
        return
    for figure in doctree.findall(nodes.figure):
        image = figure.next_node(chart)
        if image is not None:
            _write_page(app, pagename, figure, image)


def _write_page(app: Sphinx, pagename: str, figure: nodes.figure, image: chart) -> None:
    """Write the page of a figure.

    Args:
        app: The application.
        pagename: The name of the page that shows the figure.
        figure: The figure.
        image: Its picture.
    """
    name = f"{FOLDER}/{image['name']}"
    title = figure.next_node(nodes.caption).next_node(nodes.strong).astext()
    below = figure.next_node(nodes.caption).astext().removeprefix(title).lstrip(". ")
    address = app.config.html_baseurl
    report = settings().report
    home = f"{app.builder.get_target_uri(pagename)}#{figure['ids'][0]}"
    page = _template().render(
        language=app.config.language or "en",
        title=title,
        below=below,
        picture=Markup(picture_html(app.builder, name, image)),
        alt=image["alt"],
        report=f"{report.name}, version {report.version}",
        licence=app.config.typst_licence,
        chapter=f"{app.builder.get_relative_uri(name, pagename)}#{figure['ids'][0]}",
        canonical=urljoin(address, home) if address else "",
        root=app.builder.get_relative_uri(name, "_static/x").rpartition("x")[0],
        frame=_frame(urljoin(address, app.builder.get_target_uri(name)) if address else "", title),
    )
    file = Path(app.builder.get_outfilename(name))  # type: ignore[attr-defined]  # of HTML builders
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, "utf-8")


@cache
def _template() -> Any:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template(TEMPLATE)


def _frame(address: str, title: str) -> str:
    """Return the code by which another page shows this one.

    Args:
        address: The address of this one; empty where the script of the page must find it.
        title: The title of the figure.
    """
    text = title.replace("&", "&amp;").replace('"', "&quot;")
    size = f'width="100%" height="{HEIGHT}"'
    return f'<iframe src="{address}" title="{text}" {size} loading="lazy"></iframe>'


def remove_old_pages(app: Sphinx, exception: Exception | None) -> None:
    """Delete the pages of figures that the book no longer has."""
    if exception is not None or not _has_pages(app):
        return
    labels = app.env.get_domain("std").data["anonlabels"]
    for file in Path(app.outdir, FOLDER).glob("*.html"):
        if file.stem not in labels:
            file.unlink()


def _has_pages(app: Sphinx) -> bool:
    """Check whether a builder writes a site, in which each page has an address."""
    return app.builder.format == "html"


def setup(app: Sphinx) -> None:
    """Register the pages of figures, and the links to them."""
    app.connect("builder-inited", write_assets)
    app.connect("doctree-resolved", link_figures)
    app.connect("html-page-context", write_pages)
    app.connect("build-finished", remove_old_pages)
