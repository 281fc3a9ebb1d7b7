"""What every built page gets of ours: styles and scripts; and the tables for download."""

import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx

from claimbook.export import web_annotations
from claimbook.figures import style
from claimbook.paths import project
from claimbook.sphinxext.corpus_cache import cached_corpus

ASSETS = Path(__file__).parent / "assets"
SHEET = "claimbook.css"
SCRIPTS = ("bar.js", "popovers.js", "ledger.js")


def write_assets(app: Sphinx) -> None:
    """Write the style sheet (the house's colours, then the rules that use them) and our scripts."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SHEET).write_text(
        style.css_variables() + (ASSETS / SHEET).read_text("utf-8"), "utf-8"
    )
    for script in SCRIPTS:
        shutil.copyfile(ASSETS / script, folder / script)


def publish_tables(app: Sphinx, exception: Exception | None) -> None:
    """Lay the tables, their schema and what is exported from them beside the pages, under `data/`."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "data"
    for file in (
        *project().data.glob("*.csv"),
        *project().data.glob("coding/*.csv"),
        project().datapackage,
    ):
        place = folder / file.relative_to(project().data)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    web_annotations.write_exports(cached_corpus(), folder)


def show_progress(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Name each page on standard error as it is read: reading a chapter runs its cells."""
    if app.config.claimbook_progress:
        print(
            f"  reading {docname}", file=sys.__stderr__, flush=True
        )  # sys.stderr is held back until the build ends


def setup(app: Sphinx) -> None:
    """Register styles, tables and progress."""
    app.add_config_value("claimbook_progress", False, "", bool)
    app.add_css_file(SHEET)
    app.add_js_file("bar.js", loading_method="defer")
    app.connect("builder-inited", write_assets)
    app.connect("source-read", show_progress)
    app.connect("build-finished", publish_tables)
