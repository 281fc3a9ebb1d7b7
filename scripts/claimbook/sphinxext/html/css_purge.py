"""The theme's style sheets cut down to the rules that a page of this book can use: they dress far more than stands in it."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import AtRule, Comment, Node, QualifiedRule

CUT = (
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "basic.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
)
ICON_FONT = "Font Awesome"  # its icons are cut out singly: see icons.py


def used_names(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Every class and id that stands in a page, or that a script may put there."""
    found: set[str] = set()
    for page in pages:
        for value in re.findall(r'\b(?:class|id)="([^"]*)"', page):
            found.update(value.split())
        for body in re.findall(r"<script\b[^>]*>(.*?)</script>", page, re.DOTALL):
            found.update(re.findall(r"[\w-]+", body))
    for script in scripts:
        found.update(re.findall(r"[\w-]+", script))
    return found


def purge_sheet(sheet: str, used: set[str]) -> str:
    """The sheet without the rules of which no selector can match; licence notices stay."""
    return "".join(_kept(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), used))


def _kept(rules: list[Node], used: set[str]) -> list[str]:
    kept = []
    for rule in rules:
        if isinstance(rule, Comment):
            if rule.value.startswith("!"):
                kept.append(f"{rule.serialize()}\n")
        elif isinstance(rule, QualifiedRule):
            if selectors := [
                selector for selector in _selectors(rule.prelude) if _names(selector) <= used
            ]:
                head = ",".join(tinycss2.serialize(selector).strip() for selector in selectors)
                kept.append(f"{head}{{{tinycss2.serialize(rule.content).strip()}}}\n")
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in ("media", "supports"):
            if inner := _kept(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), used):
                kept.append(
                    f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{''.join(inner)}}}\n"
                )
        elif not (
            rule.type == "at-rule"
            and rule.lower_at_keyword == "font-face"
            and ICON_FONT in rule.serialize()
        ):
            kept.append(f"{rule.serialize()}\n")
    return kept


def _selectors(prelude: list[Node]) -> list[list[Node]]:
    """The selectors of a rule: its prelude split at the commas that stand in no parenthesis."""
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _names(selector: list[Node]) -> set[str]:
    """The classes and ids that must be on a page for a selector to match; what stands in a parenthesis is taken to match."""
    ids = {token.value for token in selector if token.type == "hash"}
    return ids | {
        name.value
        for dot, name in pairwise(selector)
        if dot.type == "literal" and dot.value == "." and name.type == "ident"
    }


def purge_sheets(app: Sphinx, exception: Exception | None) -> None:
    """Cut the theme's sheets in the built book."""
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = (file.read_text("utf-8") for file in out.rglob("*.html"))
    scripts = (
        file.read_text("utf-8") for file in out.rglob("*.js") if file.name != "searchindex.js"
    )
    used = used_names(pages, scripts)
    for pattern in CUT:
        for sheet in (out / "_static").glob(pattern):
            sheet.write_text(purge_sheet(sheet.read_text("utf-8"), used), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the cut, after all files are in place and the dead scripts are gone."""
    app.connect("build-finished", purge_sheets, priority=900)
