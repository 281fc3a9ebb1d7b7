"""Books to be built in a test: copies of the project, and one of them cut down to a page of cells and the ledger."""

import os
import shutil
from pathlib import Path

from shortofwar import paths

HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
BUILT = shutil.ignore_patterns("_build", ".venv", ".git", "texts", "__pycache__", "*.egg-info", ".pytest_cache")


def copy(place: Path) -> Path:
    """The project's own files, none of what is built from them, in a folder that is not there yet."""
    return Path(shutil.copytree(paths.ROOT, place, ignore=BUILT))


def cut_down(project: Path, *cells: str) -> Path:
    """A copy of the project with a front page that cites a claim and runs cells, and the ledger, and no other page."""
    (project / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: ledger\n", "utf-8")
    code = "\n\n".join(f"```{{code-cell}} python\n{cell}\n```" for cell in cells)
    (project / "index.md").write_text(f"{HEAD}# Small\n\nA claim {{claim}}`NW-07`.\n\n{code}\n", "utf-8")
    return project


def environment(project: Path, **settings: str) -> dict[str, str]:
    """The environment in which a command runs a copy's own package, without the texts."""
    return {**os.environ, "PYTHONPATH": str(project / "scripts"), "CORPUS_TEXTS": "/nowhere", **settings}
