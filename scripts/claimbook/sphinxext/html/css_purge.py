"""Removal of rules from style sheets of the theme and Sphinx that no page can use."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import AtRule, Comment, Node, QualifiedRule

PURGED_SHEETS = (  # patterns below `_static`
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "basic.css",
    "pygments.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
)
ICON_FONT = "Font Awesome"  # not needed: icons.py embeds the few icons that pages show


def used_names(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Collect every class and id of some pages, and every word of their scripts.

    A word of a script may be a class or id that the script sets.

    Args:
        pages: The HTML of the pages.
        scripts: The source of script files.
    """
    names: set[str] = set()
    for page in pages:
        for value in re.findall(r'\b(?:class|id)="([^"]*)"', page):
            names.update(value.split())
        for body in re.findall(r"<script\b[^>]*>(.*?)</script>", page, re.DOTALL):
            names.update(re.findall(r"[\w-]+", body))
    for script in scripts:
        names.update(re.findall(r"[\w-]+", script))
    return names


def purge_sheet(sheet: str, used: set[str]) -> str:
    """Remove the rules of a style sheet that no page can use.

    A rule is removed if none of its selectors can match. Comments are removed, except licence
    notices, which begin with `!`.

    Args:
        sheet: The style sheet.
        used: The classes and ids that pages use.
    """
    return "".join(_purge_rules(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), used))


def _purge_rules(rules: list[Node], used: set[str]) -> list[str]:
    """Return the rules that can match as CSS text, and remove all others."""
    purged = []
    for rule in rules:
        if isinstance(rule, Comment):
            if rule.value.startswith("!"):
                purged.append(f"{rule.serialize()}\n")
        elif isinstance(rule, QualifiedRule):
            purged.append(_purge_selectors(rule, used))
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in ("media", "supports"):
            inner_rules = tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
            if inner := _purge_rules(inner_rules, used):
                prelude = tinycss2.serialize(rule.prelude)
                purged.append(f"@{rule.at_keyword}{prelude}{{{''.join(inner)}}}\n")
        elif not _is_icon_font(rule):
            purged.append(f"{rule.serialize()}\n")
    return [rule for rule in purged if rule]


def _purge_selectors(rule: QualifiedRule, used: set[str]) -> str:
    """Return a rule as CSS text, with only the selectors that can match.

    The text is empty if none can.
    """
    selectors = [
        tinycss2.serialize(selector).strip()
        for selector in _split_selectors(rule.prelude)
        if _required_names(selector) <= used
    ]
    if not selectors:
        return ""
    return f"{','.join(selectors)}{{{tinycss2.serialize(rule.content).strip()}}}\n"


def _is_icon_font(rule: Node) -> bool:
    return (
        rule.type == "at-rule"
        and rule.lower_at_keyword == "font-face"
        and ICON_FONT in rule.serialize()
    )


def _split_selectors(prelude: list[Node]) -> list[list[Node]]:
    """Split the part of a CSS rule before its braces into selectors.

    Commas within parentheses do not separate selectors.
    """
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _required_names(selector: list[Node]) -> set[str]:
    """Return the classes and ids that a page must have for a selector to match.

    Selectors within parentheses, as of `:not()`, are ignored.
    """
    ids = {token.value for token in selector if token.type == "hash"}
    return ids | {
        name.value
        for dot, name in pairwise(selector)
        if dot.type == "literal" and dot.value == "." and name.type == "ident"
    }


def purge_sheets(app: Sphinx, exception: Exception | None) -> None:
    """Remove unused rules from the style sheets of the built HTML book.

    Only the sheets of the theme and of Sphinx are changed, and none after a failed build.
    """
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    pages = (file.read_text("utf-8") for file in folder.rglob("*.html"))
    scripts = (
        file.read_text("utf-8") for file in folder.rglob("*.js") if file.name != "searchindex.js"
    )
    used = used_names(pages, scripts)
    for pattern in PURGED_SHEETS:
        for sheet in (folder / "_static").glob(pattern):
            sheet.write_text(purge_sheet(sheet.read_text("utf-8"), used), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the removal of unused style rules at the end of a build.

    It runs when all files are written and the unused scripts are removed.
    """
    app.connect("build-finished", purge_sheets, priority=900)
