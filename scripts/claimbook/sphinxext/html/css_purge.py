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

    Args:
        pages: The HTML of the pages.
        scripts: The source of the scripts, any word of which may be a class or id that it sets.
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
    """Remove the rules of a style sheet of which no selector can match.

    Licence notices (comments that begin with `!`) stay.

    Args:
        sheet: The style sheet.
        used: The classes and ids that pages use.
    """
    return "".join(_purge_rules(tinycss2.parse_stylesheet(sheet, skip_whitespace=True), used))


def _purge_rules(rules: list[Node], used: set[str]) -> list[str]:
    """Serialize the rules that can match."""
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
    """Serialize a rule with the selectors that can match; nothing if none can."""
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
    """Split the prelude of a CSS rule into its selectors.

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
    """Return the classes and ids without which a selector cannot match.

    Selectors within parentheses, as of `:not()`, are assumed to match.
    """
    ids = {token.value for token in selector if token.type == "hash"}
    return ids | {
        name.value
        for dot, name in pairwise(selector)
        if dot.type == "literal" and dot.value == "." and name.type == "ident"
    }


def purge_sheets(app: Sphinx, exception: Exception | None) -> None:
    """Purge the style sheets of the theme and Sphinx in the built book."""
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
    """Register the purge, which runs when the output is complete.

    That is when all files are written and the unused scripts are removed.
    """
    app.connect("build-finished", purge_sheets, priority=900)
