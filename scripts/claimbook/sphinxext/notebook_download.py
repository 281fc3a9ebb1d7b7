"""Every executable page as a notebook for download, alone and in one archive with the corpus and the package that it calls.

A notebook holds the page's own text, in Markdown that any notebook program shows, and its cells without their outputs. Numbers in the
text are those of the book; the cells count anew.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

import nbformat
from docutils import nodes
from myst_nb.core.read import read_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from claimbook.export.web_annotations import write_zip
from claimbook.paths import project
from claimbook.sphinxext.numrefs import number_of

FOLDER = "notebooks"
ARCHIVE = "short-of-war-notebooks.zip"
TOP = "short-of-war"  # the folder that the archive unpacks to
TAKEN = (
    "scripts/shortofwar/**/*",
    "data/*.csv",
    "data/coding/*.csv",
    "data/*.*json",
    "requirements.txt",
    "LICENSE",
    "CITATION.cff",
)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
NEEDS = f"""This is a page of *Short of War* as a notebook. It needs Python 3.11 to 3.13 with the packages of `requirements.txt`
(`python -m pip install -r requirements.txt`), the corpus in `data/` and the package in `scripts/`. All of these are in
`{ARCHIVE}`, which stands beside this notebook for download. Unpack it, and open the notebook there, or beside the folder `{TOP}`."""
FINDS = f"""import sys
from pathlib import Path

above = [Path.cwd(), *Path.cwd().parents]
homes = [place / name for place in above for name in ("", "{TOP}")]
home = next((place for place in homes if (place / "scripts/shortofwar").is_dir() and (place / "data/claims.csv").is_file()), None)
if home is None:
    raise FileNotFoundError("unpack {ARCHIVE} beside this notebook")
sys.path.insert(0, str(home / "scripts"))
print("corpus and package from", home)"""


def is_executable(env: BuildEnvironment, docname: str) -> bool:
    """Whether a page has cells that run."""
    return "kernelspec" in env.metadata.get(docname, {}) and "{code-cell}" in Path(
        env.doc2path(docname)
    ).read_text("utf-8")


def make_notebook(
    env: BuildEnvironment, docname: str, glued: dict[str, str]
) -> nbformat.NotebookNode:
    """The notebook of a page; `glued` gives the numbers that stand in its text. The same page gives the same notebook."""
    source = Path(env.doc2path(docname)).read_text("utf-8")
    pages = {name: env.titles[name].astext() for name in env.all_docs}
    read = read_myst_markdown_notebook(source)
    text = _Text(
        docname,
        pages,
        lambda name: is_executable(env, name),
        glued,
        lambda name: _number(env, name),
    )
    cells = [nbformat.v4.new_markdown_cell(NEEDS), nbformat.v4.new_code_cell(FINDS)]
    for cell in read.cells:
        if cell.cell_type == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(text.plain(cell.source)))
        else:
            cells.append(nbformat.v4.new_code_cell(cell.source))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)


def _number(env: BuildEnvironment, name: str) -> str:
    try:
        return number_of(env, name)
    except KeyError:
        return name  # Sphinx has said where it stands, and the build fails


class _Text:
    """A page's MyST as plain Markdown."""

    def __init__(
        self,
        docname: str,
        pages: dict[str, str],
        runs: Any,
        glued: dict[str, str],
        number: Callable[[str], str],
    ) -> None:
        self.docname = PurePosixPath(docname)
        self.pages = pages
        self.runs = runs
        self.glued = glued
        self.number = number

    def plain(self, text: str) -> str:
        """Frames become quotations, roles the words they stand for, links to pages links to their notebooks."""
        text = re.sub(
            r"^:::\{admonition\} (.*)\n(?::\w+:.*\n)*([\s\S]*?)^:::$",
            self._frame,
            text,
            flags=re.MULTILINE,
        )
        text = re.sub(r"^```\{only\} html\n([\s\S]*?)^```$", r"\1", text, flags=re.MULTILINE)
        text = re.sub(r"^\{\.[\w-]+\}\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"\{(claim|cite:p|cite:t)\}`([^`]*)`", r"[\2]", text)
        text = re.sub(r"\{glue:\}`([^`]*)`", lambda found: self.glued[found[1]], text)
        text = re.sub(r"\{numref\}`([^`]*)`", lambda found: self.number(found[1]), text)
        return re.sub(r"\[([^\]]*)\]\(([\w./-]+)\)", self._link, text)

    def _frame(self, found: re.Match[str]) -> str:
        lines = [f"**{found[1]}**", "", *found[2].strip().splitlines()]
        return "\n".join(f"> {line}".rstrip() for line in lines)

    def _link(self, found: re.Match[str]) -> str:
        label, target = found.groups()
        page = normpath(self.docname.parent / target)
        if page not in self.pages:
            return found[0]
        label = label or self.pages[page]
        return f"[{label}]({target}.ipynb)" if self.runs(page) else f"*{label}*"


def _glued(app: Sphinx, docname: str) -> dict[str, str]:
    """The numbers that the cells of a page handed to its text when they ran."""
    kept = Path(app.env.mystnb_config.output_folder) / f"{docname}.glue.json"
    if not kept.is_file():
        return {}
    held = json.loads(kept.read_text("utf-8"))
    return {name: output["data"]["text/plain"].strip("'\"") for name, output in held.items()}


def offer_downloads(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Tell a page's template what of it can be taken away."""
    context["takeaways"] = []
    if doctree is None:
        return
    here = context["pathto"]
    if is_executable(app.env, pagename):
        context["takeaways"] += [
            {
                "label": "This page as a notebook (.ipynb)",
                "href": here(f"{FOLDER}/{pagename}.ipynb", 1),
            },
            {
                "label": "All notebooks with data and package (.zip)",
                "href": here(f"{FOLDER}/{ARCHIVE}", 1),
            },
        ]
    context["takeaways"].append(
        {
            "label": "The source of this page (.md)",
            "href": here(f"_sources/{context['sourcename']}", 1),
        }
    )


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write each notebook, and the archive that unpacks to a folder in which all of them run."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    held: dict[str, bytes] = {}
    for docname in sorted(app.env.all_docs):
        if is_executable(app.env, docname):
            made = (
                nbformat.writes(make_notebook(app.env, docname, _glued(app, docname))).encode()
                + b"\n"
            )
            place = folder / f"{docname}.ipynb"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(made)
            held[f"{TOP}/{docname}.ipynb"] = made
    taken = {
        file
        for pattern in TAKEN
        for file in project().root.glob(pattern)
        if file.is_file() and "__pycache__" not in file.parts
    }
    held |= {
        f"{TOP}/{file.relative_to(project().root).as_posix()}": file.read_bytes() for file in taken
    }
    folder.mkdir(exist_ok=True)
    write_zip(held, folder / ARCHIVE)


def setup(app: Sphinx) -> None:
    """Register the notebooks."""
    app.connect("html-page-context", offer_downloads)
    app.connect("build-finished", write_notebooks)
