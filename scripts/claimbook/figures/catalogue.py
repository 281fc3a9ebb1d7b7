"""The figures that a page can draw: those of the engine, and those of the report's own package."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import claimbook.figures
from claimbook.corpus.model import Corpus
from claimbook.figures.figure import Figure
from claimbook.figures.no_data import NoDataError
from claimbook.settings import settings

TITLE = "title"


@dataclass(frozen=True)
class FigureFunction:
    """A function that makes a figure.

    Attributes:
        name: Its name, with that of its module, as a cell imports it.
        make: The function.
    """

    name: str
    make: Callable[..., Any]

    @property
    def call(self) -> str:
        """How it is called, with the names of its arguments."""
        return f"{self.name}({', '.join(inspect.signature(self.make).parameters)})"

    @property
    def description(self) -> str:
        """What its docstring says."""
        return inspect.getdoc(self.make) or ""

    @property
    def summary(self) -> str:
        """The first line of its description."""
        return self.description.partition("\n")[0]

    def figure_id(self, corpus: Corpus) -> str:
        """Return the id by which `{numref}` names its figure.

        Returns:
            The id, or why it is not known: arguments that must be given, or what the tables lack.
        """
        needed = [
            name
            for name, parameter in list(inspect.signature(self.make).parameters.items())[1:]
            if parameter.default is inspect.Parameter.empty and name != TITLE
        ]
        if needed:
            return f"depends on {', '.join(needed)}"
        try:
            return str(inspect.unwrap(self.make)(corpus, **{TITLE: ""}).name)
        except NoDataError as error:
            return f"{error.name}; {error}"


def figure_functions() -> list[FigureFunction]:
    """Find the functions that make figures, those of the engine first."""
    found = list(_functions_below(claimbook.figures))
    if package := settings().report.package:
        found += _functions_below(importlib.import_module(package))
    return found


def _functions_below(package: ModuleType) -> Iterator[FigureFunction]:
    """Yield the functions that make figures in the modules of a package, by name."""
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        for name, made in sorted(vars(module).items()):
            if _makes_figure(made) and made.__module__ == module.__name__:
                yield FigureFunction(f"{module.__name__}.{name}", made)


def _makes_figure(made: object) -> bool:
    """Check whether something is a public function from a corpus to a figure."""
    if not inspect.isfunction(made) or made.__name__.startswith("_"):
        return False
    signature = inspect.signature(made)
    return signature.return_annotation is Figure and "corpus" in signature.parameters
