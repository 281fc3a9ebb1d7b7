"""What is left of the theme on a page: each script and style only where it is used, none from another host, templates of ours over its own."""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from claimbook.figures import style
from claimbook.sphinxext.html import icons

TEMPLATES = Path(__file__).parent / "templates"
FAVICON = "favicon.svg"
ICONS = "icons.css"

# The theme and its companions put these on every page. Here is what a page must hold to need them; none needs the last ones.
USED_FOR = {
    "copybutton.css": 'class="highlight-',
    "copybutton.js": 'class="highlight-',
    "clipboard.min.js": 'class="highlight-',
    "mystnb.": 'class="cell',
    "sphinx-design.min.css": 'class="sd-',
    "design-tabs.js": "sd-tab-set",
    "togglebutton.css": " toggle",
    "togglebutton.js": " toggle",
    "scripts/sphinx-book-theme.js": None,  # takes the keyboard's place from buttons when they are pressed; bar.js does the rest of its work
    "sphinx-thebe": None,
}
SETTINGS_OF = {
    "toggleHint": " toggle",
    "toggleOpenOnPrint": " toggle",
    "togglebuttonSelector": " toggle",
    "THEBE_JS_URL": None,
}
DEAD = (
    *(
        "_static/scripts/fontawesome.js*",
        "_static/scripts/bootstrap.js*",
        "_static/scripts/sphinx-book-theme.js*",
    ),
    *("_static/vendor/fontawesome/**/*", "_static/sphinx-thebe.*"),
    *("_static/*webpack-macros.html", "_static/**/*.map", "genindex.html"),
)


def configure_theme(app: Sphinx, config: Config) -> None:
    """Let our templates stand before the theme's, and keep notebooks with widgets from calling a content network."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.nb_ipywidgets_js = {}


def drop_unused_assets(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Take from a page the styles and scripts that nothing on it uses, and mend its body."""
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind][:] = [file for file in context[kind] if _needed(file, body)]
    if body:
        # docutils gives the entries of a list of literature a role that the list may not hold, and that is deprecated
        context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')
    context["favicon"] = FAVICON
    context["default_mode"] = (
        "light"  # for who reads without scripts; with them the page follows the system or the reader's choice
    )


def _needed(file: Any, body: str) -> bool:
    """Whether a page with this body needs a style or script, which Sphinx knows by its file or, set into the page, by its text."""
    known = USED_FOR if file.filename else SETTINGS_OF
    name = (
        str(file.filename).removeprefix("_static/")
        if file.filename
        else file.attributes.get("body", "")
    )
    for start, mark in known.items():
        if name.startswith(start) or (not file.filename and start in name):
            return mark is not None and mark in body
    return True


def write_icons(app: Sphinx) -> None:
    """Write the icons' style sheet and the picture in the browser's tab."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ICONS).write_text(icons.icon_css(), "utf-8")
    (folder / FAVICON).write_text(style.emblem(), "utf-8")


def remove_dead_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove what the theme lays beside the pages and no page asks for."""
    if exception is not None or app.builder.format != "html":
        return
    for pattern in DEAD:
        for file in Path(app.outdir).glob(pattern):
            if file.is_file():
                file.unlink()


def visit_formula(self: HTML5Translator, node: nodes.math) -> None:
    """Set a formula as MathML, which browsers draw themselves: no script of a content network is called."""
    self.body.append(convert(node.astext(), display="inline"))
    raise nodes.SkipNode


def visit_displayed_formula(self: HTML5Translator, node: nodes.math_block) -> None:
    """Set a formula that stands by itself; its number, where it has one, beside it."""
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    name = f' id="{escape(node["ids"][0])}"' if node["ids"] else ""
    self.body.append(
        f'<div class="math"{name}>{number}{convert(node.astext(), display="block")}</div>\n'
    )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register templates, icons, formulas, and what is taken away."""
    app.add_css_file(ICONS, priority=400)
    app.add_html_math_renderer(
        "mathml",
        inline_renderers=(visit_formula, None),
        block_renderers=(visit_displayed_formula, None),
    )
    app.connect("config-inited", configure_theme, priority=100)
    app.connect("builder-inited", write_icons)
    app.connect("html-page-context", drop_unused_assets, priority=900)
    app.connect("build-finished", remove_dead_files)
