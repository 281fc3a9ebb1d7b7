"""Changes one thing at a time in some modules, and runs the tests that ought to notice.

As a plugin of pytest (`pytest -p support.mutants --mutate PREFIX tests/…`) it runs the chosen tests
once, notes which of them execute which line, and then, for each mutant, forks the session: the
child puts the changed code into the functions that are loaded, runs the tests of the changed line,
and ends at the first failure. So a mutant costs less than a second: cosmic-ray would start pytest
and load pandas anew for each, and mutmut wants the project copied to a folder of its own.
"""

import ast
import copy
import gc
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any

import pytest

SECONDS = 30  # for the tests of one mutant: one that loops for ever is noticed
OPPOSITES: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "first": "last",
    "idxmin": "idxmax",
    "notna": "isna",
    "isna": "notna",
    "nunique": "count",
}


@dataclass(frozen=True)
class Mutant:
    """A change of one place of a module.

    Attributes:
        module: The module's name.
        line: The line that is changed.
        change: What became of what, for whoever reads the report.
        tree: The module as changed.
    """

    module: str
    line: int
    change: str
    tree: ast.Module

    def __str__(self) -> str:
        """The place and the change."""
        return f"{self.module}:{self.line}: {self.change}"


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that may stand instead of one."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[place] = OPPOSITES[type(operator)]()
            yield changed
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        if type(node.op) in OPPOSITES:
            changed = copy.deepcopy(node)
            changed.op = OPPOSITES[type(node.op)]()
            yield changed
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert, ast.USub)):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, (ast.If, ast.While)):
        changed = copy.copy(node)
        changed.test = ast.UnaryOp(ast.Not(), node.test)
        yield changed
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield ast.Attribute(node.value, NAMES[node.attr], node.ctx)
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield ast.Name(NAMES[node.id], node.ctx)
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)


def _constants(value: Any) -> Iterator[ast.AST]:
    """Other values than a constant."""
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value.strip():
        yield ast.Constant(f"{value}?")


def _parts(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node below one that may be changed: its parent, the field, the place, the node.

    Docstrings, annotations, imports and what errors say are left as they are.
    """
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "keywords_only"):
            continue
        for place, part in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(part, ast.AST) or isinstance(
                part, (ast.Import, ast.ImportFrom, ast.Raise, ast.Assert, ast.FormattedValue)
            ):
                if isinstance(part, ast.FormattedValue):
                    yield from _parts(part)
                continue
            if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
                continue
            if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "__all__":
                continue
            yield node, name, place, part
            yield from _parts(part)


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of one place of a module."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    for parent, name, place, node in list(_parts(tree)):
        for variant in _variants(node):
            holder = getattr(parent, name)
            if place is None:
                setattr(parent, name, variant)
            else:
                holder[place] = variant
            changed = ast.fix_missing_locations(copy.deepcopy(tree))
            shown = [ast.unparse(each).split("\n")[0][:70] for each in (node, variant)]
            yield Mutant(module, getattr(node, "lineno", 0), " → ".join(shown), changed)
            if place is None:
                setattr(parent, name, node)
            else:
                holder[place] = node


def _functions(namespace: dict[str, Any], module: str) -> Iterator[tuple[str, FunctionType]]:
    """The functions and methods that a module defines, decorators taken off."""
    for name, value in list(namespace.items()):
        members = vars(value).items() if isinstance(value, type) else [("", value)]
        for member, part in members:
            if isinstance(value, type) and value.__module__ != module:
                continue
            part = getattr(part, "fget", None) or getattr(part, "func", None) or part
            while hasattr(part, "__wrapped__"):
                part = part.__wrapped__
            if isinstance(part, FunctionType) and part.__module__ == module:
                yield f"{name}.{member}", part


def put(mutant: Mutant) -> None:
    """Change what is loaded of a module to what a mutant says."""
    loaded = sys.modules[mutant.module]
    changed = dict(vars(loaded))
    before = {name: value for name, value in vars(loaded).items() if name.isupper()}
    exec(compile(mutant.tree, str(loaded.__file__), "exec"), changed)
    new = dict(_functions(changed, mutant.module))
    for name, function in _functions(vars(loaded), mutant.module):
        function.__code__ = new[name].__code__
        function.__defaults__ = new[name].__defaults__
        function.__kwdefaults__ = new[name].__kwdefaults__
    ours = str(Path(__file__).resolve().parents[2])
    for other in list(sys.modules.values()):
        if not str(getattr(other, "__file__", "")).startswith(ours):
            continue
        for name, value in list(vars(other).items()):
            if name in before and value is before[name] and changed[name] != value:
                setattr(other, name, changed[name])
            elif isinstance(value, _lru_cache_wrapper):
                value.cache_clear()


class Mutation:
    """The plugin: runs the tests, then the tests on each mutant.

    Attributes:
        modules: The names of the modules to change, by file.
        tests_of: The tests that execute each line of a module.
        all_of: The tests that execute any line of a module.
        failed: The reports of failure since this was last set to 0.
    """

    def __init__(self, prefixes: list[str], report: Path) -> None:
        self.prefixes, self.report = tuple(prefixes), report
        self.modules: dict[str, str] = {}
        self.tests_of: dict[tuple[str, int], set[pytest.Item]] = defaultdict(set)
        self.all_of: dict[str, set[pytest.Item]] = defaultdict(set)
        self.failed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the tests that fail."""
        self.failed += report.failed
        if report.failed:
            sys.__stdout__.write(report.nodeid + str(report.longrepr))
            sys.__stdout__.flush()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once, then those of each mutant in a child."""
        self.modules = {
            str(module.__file__): name
            for name, module in list(sys.modules.items())
            if name.startswith(self.prefixes) and getattr(module, "__file__", None)
        }
        # The first after the last, so that what the whole session shares stays set up.
        for item, following in pairwise([*session.items, session.items[0]]):
            self.trace(item, following)
        gc.freeze()  # a child that collects would copy all pages of memory
        if self.failed:
            raise pytest.UsageError("tests fail before anything is changed")
        for file, name in self.modules.items():
            same = Mutant(name, 0, "nothing", ast.parse(Path(file).read_text("utf-8")))
            if self.fate(same) == "killed":
                raise pytest.UsageError(f"tests of {name} fail a second time without a change")
        whole = [mutant for name in self.modules.values() for mutant in mutants(name)]
        part, parts = map(int, os.environ.get("MUTANTS_PART", "0/1").split("/"))
        with self.report.open("a", encoding="utf-8") as out:
            for mutant in whole[part::parts]:
                out.write(f"{self.fate(mutant)}\t{mutant}\n")
                out.flush()
        return True

    def trace(self, item: pytest.Item, following: pytest.Item) -> None:
        """Run a test and note the lines that it executes."""

        def within(frame: FrameType, event: str, _: Any) -> Any:
            if event == "line":
                name = self.modules[frame.f_code.co_filename]
                self.tests_of[name, frame.f_lineno].add(item)
                self.all_of[name].add(item)
            return within

        def called(frame: FrameType, event: str, _: Any) -> Any:
            return within if frame.f_code.co_filename in self.modules else None

        sys.settrace(called)
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        finally:
            sys.settrace(None)

    def relevant(self, mutant: Mutant) -> list[pytest.Item]:
        """The tests that execute the changed statement, or the module where it is no function's."""
        lines = _statement(mutant)
        found = set().union(*(self.tests_of[mutant.module, line] for line in lines))
        return sorted(found or self.all_of[mutant.module], key=lambda item: item.nodeid)

    def fate(self, mutant: Mutant) -> str:
        """What becomes of a mutant: killed, survived, or out of time."""
        items = self.relevant(mutant)
        if not items:
            return "untested"
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            signal.alarm(SECONDS)
            session_option = items[0].config.option
            session_option.tbstyle = "no"  # nobody reads why a test fails
            self.failed = 0
            try:
                put(mutant)
                for item, following in zip(items, [*items[1:], None], strict=True):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    if self.failed:
                        os._exit(1)
                os._exit(0)
            except BaseException:  # also one that ends a session
                os._exit(1)
        status = os.waitpid(child, 0)[1]
        return "survived" if status == 0 else "killed"


def _statement(mutant: Mutant) -> range:
    """The lines of the smallest statement around a mutant's line."""
    around = [
        node
        for node in ast.walk(mutant.tree)
        if isinstance(node, ast.stmt)
        and not isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and node.lineno <= mutant.line <= (node.end_lineno or node.lineno)
    ]
    if not around:
        return range(mutant.line, mutant.line + 1)
    node = min(around, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
    last = node.body[0].lineno if isinstance(node, (ast.If, ast.For, ast.With)) else None
    return range(node.lineno, last or (node.end_lineno or node.lineno) + 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--mutate` and `--mutants`."""
    parser.addoption("--mutate", action="append", help="modules to change, by their beginnings")
    parser.addoption("--mutants", help="the file to which the fate of each mutant is added")


def pytest_configure(config: pytest.Config) -> None:
    """Take over the loop of tests."""
    if config.getoption("mutate"):
        report = Path(config.getoption("mutants"))
        config.pluginmanager.register(Mutation(config.getoption("mutate"), report))


def rates(report: str) -> dict[str, tuple[int, int]]:
    """The mutants killed and in all, by module, of a report."""
    fates = Counter()
    for line in report.splitlines():
        fate, place = line.split("\t")
        module = place.split(":")[0]
        fates[module, "all"] += 1
        fates[module, "killed"] += fate == "killed"
    return {
        module: (fates[module, "killed"], number)
        for (module, kind), number in sorted(fates.items())
        if kind == "all"
    }
