"""What every built page gets of ours: styles and scripts; and the tables for download."""

import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx

from shortofwar import paths
from shortofwar.book.record import corpus
from shortofwar.corpus import exports
from shortofwar.figures import style

ASSETS = Path(__file__).parent / "assets"
SHEET = "shortofwar.css"
SCRIPTS = ("bar.js", "cards.js", "ledger.js")


def write_assets(app: Sphinx) -> None:
    """Write the style sheet (the house's colours, then the rules that use them) and our scripts."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SHEET).write_text(style.css() + (ASSETS / SHEET).read_text("utf-8"), "utf-8")
    for script in SCRIPTS:
        shutil.copyfile(ASSETS / script, folder / script)


def publish_tables(app: Sphinx, exception: Exception | None) -> None:
    """Lay the tables, their schema and what is exported from them beside the pages, under `data/`."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "data"
    for file in (*paths.DATA.glob("*.csv"), *paths.DATA.glob("coding/*.csv"), paths.DATAPACKAGE):
        place = folder / file.relative_to(paths.DATA)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    exports.write(corpus(), folder)


def show_progress(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Name each page on standard error as it is read: reading a chapter runs its cells."""
    if app.config.shortofwar_progress:
        print(f"  reading {docname}", file=sys.__stderr__, flush=True)  # sys.stderr is held back until the build ends


def setup(app: Sphinx) -> None:
    """Register styles, tables and progress."""
    app.add_config_value("shortofwar_progress", False, "", bool)
    app.add_css_file(SHEET)
    app.add_js_file("bar.js", loading_method="defer")
    app.connect("builder-inited", write_assets)
    app.connect("source-read", show_progress)
    app.connect("build-finished", publish_tables)
