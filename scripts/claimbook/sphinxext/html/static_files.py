"""The book's own static files, and the tables for download."""

import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx

from claimbook.corpus.named_files import package_files
from claimbook.digests import digest_files, execution_digest
from claimbook.export import archive
from claimbook.paths import project
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.page_form import copy_static, write_sheet

ASSETS = Path(__file__).parent / "assets"
SHEET = "claimbook.css"
TOOLBAR_SCRIPT = "toolbar.js"
FONTS = "fonts"
NO_JEKYLL = ".nojekyll"  # tells GitHub Pages to publish folders whose names begin with `_`
EXPORTS_MADE_FROM = "exports-made-from"  # beside the pages as read
SCRIPTS = (
    TOOLBAR_SCRIPT,
    "popovers.js",
    "ledger.js",
    "ledger-contents.js",
    "search.js",
    "figure-steps.js",
)


def write_assets(app: Sphinx) -> None:
    """Write the book's own scripts, fonts and style sheet to the HTML output.

    The style sheet begins with the colours as CSS variables.
    """
    if app.builder.format != "html":
        return
    copy_static(app, ASSETS, SCRIPTS)
    shutil.copytree(ASSETS / FONTS, Path(app.outdir) / "_static" / FONTS, dirs_exist_ok=True)
    write_sheet(app, ASSETS / SHEET)


def publish_tables(app: Sphinx, exception: Exception | None) -> None:
    """Copy the tables and their schema, and no other file, to `data/` of the pages.

    The corpus in other formats is written there, too, unless what it is made from is the same as at
    the last build. Beside it is the file that GitHub Pages looks for.
    Nothing is written after a failed build.
    """
    if exception is not None or app.builder.format != "html":
        return
    Path(app.outdir, NO_JEKYLL).touch()
    folder = Path(app.outdir) / "data"
    data = project().data
    for file in package_files(project().datapackage):
        copy = folder / file.relative_to(data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    described = [project().codebook, project().licence]
    inputs = digest_files(described, project().root, execution_digest())
    made_from = Path(app.doctreedir) / EXPORTS_MADE_FROM
    is_there = all((folder / name).is_file() for name in archive.export_files())
    if is_there and made_from.is_file() and made_from.read_text("ascii") == inputs:
        return
    archive.write_exports(cached_corpus(), folder)
    made_from.write_text(inputs, "ascii")


def show_progress(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Print the name of each page as it is read, if `claimbook_progress` is set.

    Reading a chapter may take long, since it may run its cells.
    """
    if app.config.claimbook_progress:
        # Sphinx's own standard error is collected until the build ends
        print(f"  reading {docname}", file=sys.__stderr__, flush=True)


def setup(app: Sphinx) -> None:
    """Register scripts and styles, the files for download, and progress messages.

    All of `SCRIPTS` and the style sheet are written to the output. Every page loads the style sheet
    and the toolbar's script; pages that need one of the other scripts load it, too. The files for
    download are the tables, their schema and the corpus in other formats. The setting
    `claimbook_progress` turns the messages on.
    """
    app.add_config_value("claimbook_progress", False, "", bool)
    app.add_css_file(SHEET)
    app.add_js_file(TOOLBAR_SCRIPT, loading_method="defer")
    app.connect("builder-inited", write_assets)
    app.connect("source-read", show_progress)
    app.connect("build-finished", publish_tables)
