"""Books to be built in a test: copies of the project, and one of them cut down to a page of cells and the ledger."""

import os
from pathlib import Path

HEAD = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""


def cut_down(project_copy: Path, *cells: str) -> Path:
    """A copy of the project with a front page that cites a claim and runs cells, and the ledger, and no other page."""
    (project_copy / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: ledger\n", "utf-8"
    )
    code = "\n\n".join(f"```{{code-cell}} python\n{cell}\n```" for cell in cells)
    (project_copy / "index.md").write_text(
        f"{HEAD}# Small\n\nA claim {{claim}}`NW-07`.\n\n{code}\n", "utf-8"
    )
    return project_copy


def environment(project_copy: Path, **settings: str) -> dict[str, str]:
    """The environment in which a command runs a copy's own package, without the texts."""
    return {
        **os.environ,
        "PYTHONPATH": str(project_copy / "scripts"),
        "CORPUS_TEXTS": "/nowhere",
        **settings,
    }
