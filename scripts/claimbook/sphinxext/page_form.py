"""Forms that a script works on a page, with their assets, which only HTML output has."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from claimbook import house_style

Visitor = Callable[[Any, Any], None]


def copy_static(app: Sphinx, folder: Path, names: Sequence[str]) -> None:
    """Copy files to `_static` of the HTML output; other output has none.

    Args:
        app: The Sphinx application.
        folder: The folder that has the files.
        names: The names of the files.
    """
    if app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(folder / name, static / name)


def write_sheet(app: Sphinx, file: Path) -> None:
    """Write a style sheet, after the colours as variables, to `_static`.

    Args:
        app: The Sphinx application.
        file: The file with the rules, whose name the sheet gets.
    """
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    rules = file.read_text("utf-8")
    (static / file.name).write_text(house_style.css_variables() + rules, "utf-8")


def skip_form(self: Any, node: nodes.Element) -> None:
    """Write nothing for the form in builders without scripts."""
    raise nodes.SkipNode


def register_form(
    app: Sphinx,
    node: type[nodes.Element],
    visit_html: Visitor,
    folder: Path,
    scripts: Sequence[str],
    stylesheet: str,
    shared_scripts: Sequence[str] = (),
) -> None:
    """Register the node of a form and the assets of the pages that have one.

    HTML has the form; other builders write nothing for it. The assets are copied to the HTML
    output, and added to the pages that have the form.

    Args:
        app: The Sphinx application.
        node: The class of the form's node.
        visit_html: Writes the form as HTML, and skips the node's children.
        folder: The folder that has the assets.
        scripts: The names of the form's scripts, in the order in which they run.
        stylesheet: The name of the form's style sheet.
        shared_scripts: Scripts that other modules copy, and that run before these.
    """

    def copy_assets(app: Sphinx) -> None:
        copy_static(app, folder, (*scripts, stylesheet))

    def add_assets(
        app: Sphinx,
        pagename: str,
        _template: str,
        _context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        if doctree is not None and next(doctree.findall(node), None) is not None:
            for script in (*shared_scripts, *scripts):
                app.add_js_file(script, loading_method="defer")
            app.add_css_file(stylesheet)

    app.add_node(node, html=(visit_html, None))
    for builder in ("latex", "text", "typst", "epub"):
        app.registry.add_translation_handlers(node, **{builder: (skip_form, None)})
    app.connect("builder-inited", copy_assets)
    app.connect("html-page-context", add_assets)
