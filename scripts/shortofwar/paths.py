"""Where everything lies. No other module builds a path of its own."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
DATAPACKAGE = DATA / "datapackage.json"
OUTLINES = DATA / "outlines.geojson"
BENCH = DATA / "bench.json"
CHAPTERS = ROOT / "chapters"
CODEBOOK = CHAPTERS / "codebook.md"
LICENCE = ROOT / "LICENSE"
SCRIPTS = ROOT / "scripts"
BUILD = ROOT / "_build"
WORK = BUILD / ".work"
HTML = BUILD / "html"
PDF = BUILD / "pdf" / "short-of-war.pdf"
KIT = BUILD / "coding-kit"
READER = BUILD / "reader"
CONFIG = ROOT / "_config.yml"
PICTURE = ROOT / "half-year.svg"
LOCK = ROOT / "requirements.txt"


def texts() -> Path | None:
    """The folder of the reader's own copies of the sources: `CORPUS_TEXTS`, else `data/texts/`; None where there is neither."""
    named = os.environ.get("CORPUS_TEXTS")
    folder = Path(named) if named else DATA / "texts"
    return folder if folder.is_dir() else None
