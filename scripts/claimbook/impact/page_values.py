"""What the cells of pages compute: numbers for sentences, figures and tables.

The cells run as in a build, but in this process, and nothing is drawn that nobody asks for.
"""

import ast
import contextlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from claimbook.analysis.metrics import Count
from claimbook.corpus.model import Corpus, given_corpus
from claimbook.display.glued_counts import record_counts
from claimbook.display.markdown import MystBlock
from claimbook.figures.figure import Figure
from claimbook.paths import project
from claimbook.prose.cells import read_cells
from claimbook.prose.parser import prose_files

WITHOUT_FIGURES = ("claimbook.display", "claimbook.explorer")  # whose functions make no figure


@dataclass
class PageValues:
    """What the cells of a page compute.

    Attributes:
        counts: The computed numbers of its sentences, by name.
        figures: Its figures, by name.
        tables: Its tables with a title, by name.
        problem: The error that ended the first cell that failed; empty for none.
    """

    counts: dict[str, Count] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    tables: dict[str, MystBlock] = field(default_factory=dict)
    problem: str = ""


def compute_pages(corpus: Corpus, figures_only: bool = False) -> dict[str, PageValues]:
    """Run the cells of all pages of the current project on a corpus.

    Args:
        corpus: The corpus that the pages load; it may be another state of the tables.
        figures_only: Whether to leave out what makes no figure: numbers, tables and explorers.

    Returns:
        The values of each page with cells, by its file as the project names it.
    """
    root = project().root
    pages = {file.relative_to(root).as_posix(): read_cells(file) for file in prose_files()}
    with given_corpus(corpus):
        return {
            page: _run_page(page, cells, figures_only) for page, cells in pages.items() if cells
        }


def _run_page(page: str, cells: list[str], figures_only: bool) -> PageValues:
    """Run the cells of a page in order, until one fails."""
    values = PageValues()
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with record_counts() as values.counts:
            try:
                parsed = [ast.parse(cell, page) for cell in cells]
                for number, cell in enumerate(parsed):
                    later = parsed[number + 1 :] if figures_only else None
                    _keep(values, _run_cell(page, cell, namespace, later))
            except Exception as error:  # a cell may raise anything: it is the page's own code
                values.problem = f"{type(error).__name__}: {error}".splitlines()[0]
    return values


def _run_cell(
    page: str, cell: ast.Module, namespace: dict[str, Any], later: list[ast.Module] | None
) -> object:
    """Run a cell, and return the value of its last line if that is an expression.

    Args:
        page: The file of the page.
        cell: The cell.
        namespace: What the cells before it have defined.
        later: The cells after it, if figures alone are wanted; else None. What makes no figure and
            defines nothing that they use is then left out.
    """
    statements, shown = list(cell.body), None
    if statements and isinstance(line := statements[-1], ast.Expr):
        shown = line.value
        del statements[-1]
    if later is not None:
        imports = [line for line in statements if isinstance(line, ast.Import | ast.ImportFrom)]
        _execute(page, imports, namespace)
        if shown is not None and _makes_no_figure(shown, namespace):
            shown = None
            if not any(_defined(cell) & _used(other) for other in later):
                return None
    _execute(page, statements, namespace)
    if shown is None:
        return None
    value: object = eval(compile(ast.Expression(shown), page, "eval"), namespace)
    return value


def _execute(page: str, statements: Sequence[ast.stmt], namespace: dict[str, Any]) -> None:
    """Execute statements of a page."""
    exec(compile(ast.Module(list(statements), []), page, "exec"), namespace)


def _defined(cell: ast.Module) -> set[str]:
    """Return the names that a cell defines, or to whose parts it assigns."""
    names = set()
    for node in ast.walk(cell):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(getattr(node, "ctx", None), ast.Store):
            names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names


def _used(cell: ast.Module) -> set[str]:
    """Return the names that a cell reads."""
    return {
        name.id
        for name in ast.walk(cell)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)
    }


def _makes_no_figure(expression: ast.expr, namespace: dict[str, Any]) -> bool:
    """Check whether an expression calls a function of a module that makes no figures.

    Only a name, or an attribute of a module, is looked up: nothing is called.
    """
    if not isinstance(expression, ast.Call):
        return False
    called = expression.func
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        found = getattr(namespace.get(called.value.id), called.attr, None)
    else:
        found = namespace.get(called.id) if isinstance(called, ast.Name) else None
    return str(getattr(found, "__module__", "")).startswith(WITHOUT_FIGURES)


def _keep(values: PageValues, value: object) -> None:
    """Keep what a cell shows, if it is a figure or a table with a title."""
    if isinstance(value, Figure):
        values.figures[value.name] = value
    elif isinstance(value, MystBlock) and value.title:
        values.tables[value.name] = value
