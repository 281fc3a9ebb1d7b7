"""Changes to the HTML theme: our templates, fewer scripts and styles, no other host."""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from claimbook import house_style
from claimbook.sphinxext.bibliography_style import with_list_roles
from claimbook.sphinxext.html import icons
from claimbook.sphinxext.page_form import copy_static

TEMPLATES = Path(__file__).parent / "templates"
FAVICON = "favicon.svg"
ICON_SHEET = "icons.css"
COLOUR_MODE = "colour-mode.js"  # which the head of every page loads

# The theme and its companions add these files to every page. The value is the HTML that a page
# must contain to need the file; None where no page needs it.
NEEDED_FOR_FILE = {
    "copybutton.css": 'class="highlight-',
    "copybutton.js": 'class="highlight-',
    "clipboard.min.js": 'class="highlight-',
    "mystnb.": 'class="cell',
    "sphinx-design.min.css": 'class="sd-',
    "design-tabs.js": "sd-tab-set",
    "togglebutton.css": " toggle",
    "togglebutton.js": " toggle",
    # takes the keyboard focus from buttons when they are pressed; toolbar.js does its other work
    "scripts/sphinx-book-theme.js": None,
    "sphinx-thebe": None,
}
# The same for scripts within the page, by a variable that they set. A page whose
# Content-Security-Policy forbids scripts and styles within it works as any other.
NEEDED_FOR_VARIABLE = {
    "toggleHint": " toggle",
    "toggleOpenOnPrint": " toggle",
    "togglebuttonSelector": " toggle",
    "THEBE_JS_URL": None,
    "DOCUMENTATION_OPTIONS.pagename": None,  # for its switcher of versions
    "DOCUMENTATION_OPTIONS.search_as_you_type": None,
}
UNUSED_FILES = (  # patterns below the output folder
    "_static/scripts/fontawesome.js*",
    "_static/scripts/bootstrap.js*",
    "_static/scripts/sphinx-book-theme.js*",
    "_static/vendor/fontawesome/**/*",
    "_static/sphinx-thebe.*",
    "_static/*webpack-macros.html",
    "_static/searchtools.js",
    "_static/language_data.js",
    "_static/**/*.map",
    "genindex.html",
)


def configure_theme(app: Sphinx, config: Config) -> None:
    """Put our templates before the theme's, and turn off the scripts of widgets.

    Those scripts would be loaded from another host.
    """
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.nb_ipywidgets_js = {}


def remove_unused_assets(
    app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove from a page the style sheets and scripts that it does not need.

    Also give the page its icon and default colour mode, and correct a deprecated role in its body.
    """
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        context[kind][:] = [asset for asset in context[kind] if _is_needed(asset, body)]
    if body:
        context["body"] = with_list_roles(body)
    context["favicon"] = FAVICON
    # without scripts; with them a page follows the system or the reader's choice
    context["default_mode"] = "light"


def remove_kernel_settings(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Remove the settings by which sphinx-thebe would run cells elsewhere."""
    for node in list(doctree.findall(nodes.raw)):
        if "x-thebe-config" in node.astext() or "kernelName = " in node.astext():
            node.parent.remove(node)


def _is_needed(asset: Any, body: str) -> bool:
    """Check whether a page needs a style sheet or script.

    Args:
        asset: The style sheet or script as Sphinx holds it: with a file name, or with its source.
        body: The HTML of the page's body.

    Returns:
        True if the body has the HTML that the asset works on, or if the asset is not in our lists.
        False for an asset that no page needs.
    """
    if asset.filename:
        name = str(asset.filename).removeprefix("_static/")
        needs = [html for start, html in NEEDED_FOR_FILE.items() if name.startswith(start)]
    else:
        source = asset.attributes.get("body", "")
        needs = [html for variable, html in NEEDED_FOR_VARIABLE.items() if variable in source]
    return not needs or (needs[0] is not None and needs[0] in body)


def write_assets(app: Sphinx) -> None:
    """Write what our templates load: icons, the page icon, the colour mode."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ICON_SHEET).write_text(icons.icon_css(), "utf-8")
    (folder / FAVICON).write_text(house_style.emblem(), "utf-8")
    copy_static(app, Path(__file__).parent / "assets", [COLOUR_MODE])


def remove_unused_files(app: Sphinx, exception: Exception | None) -> None:
    """Delete the theme's files that no page loads from the HTML output."""
    if exception is not None or app.builder.format != "html":
        return
    for pattern in UNUSED_FILES:
        for file in Path(app.outdir).glob(pattern):
            if file.is_file():
                file.unlink()


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line as MathML.

    Browsers render it without a script from another host.
    """
    self.body.append(convert(node.astext(), display="inline"))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula as MathML, with its number if it has one."""
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    anchor = f' id="{escape(node["ids"][0])}"' if node["ids"] else ""
    formula = convert(node.astext(), display="block")
    self.body.append(f'<div class="math"{anchor}>{number}{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register templates, icons, MathML, and the removal of unused files.

    The unused files are scripts and styles: they are removed from the pages that do not need them,
    and from the output if no page does.
    """
    app.add_css_file(ICON_SHEET, priority=400)
    app.add_html_math_renderer(
        "mathml", inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None)
    )
    app.connect("config-inited", configure_theme, priority=100)
    app.connect("builder-inited", write_assets)
    app.connect("doctree-resolved", remove_kernel_settings, priority=900)
    app.connect("html-page-context", remove_unused_assets, priority=900)
    app.connect("build-finished", remove_unused_files)
