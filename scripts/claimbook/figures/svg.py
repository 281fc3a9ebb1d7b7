"""Conversion of SVG for pages: unique ids, and colours as CSS variables."""

import re
from collections.abc import Callable

from claimbook.house_style import colours


def replace_in_tags(pattern: str, to: str | Callable[[re.Match[str]], str], svg: str) -> str:
    """Replace a pattern inside the tags of an SVG, but not in its text."""
    return re.sub(r"<[^>]*>", lambda tag: re.sub(pattern, to, tag.group()), svg)


def with_css_variables(svg: str) -> str:
    """Replace each colour of the house style by a CSS variable with a fallback."""
    names: dict[str, str] = {}
    for name, value in colours().items():
        names.setdefault(value.light, name)  # accents share their value with no other name

    def variable(match: re.Match[str]) -> str:
        return f"var(--cb-{names[match.group()]}, {match.group()})"

    return replace_in_tags("|".join(names), variable, svg)


def with_plain_colours(svg: str) -> str:
    """Replace the CSS variables of colours by their light values.

    For programs that read SVG and know no CSS variables.
    """
    return re.sub(r"var\(--cb-[a-z-]+, (#[0-9a-f]{6})\)", r"\1", svg)


def inline_svg(svg: str, prefix: str) -> str:
    """Prepare an SVG for inclusion in a page.

    Args:
        svg: The file as matplotlib writes it.
        prefix: What its ids begin with, so that no two pictures of a page share one.

    Returns:
        The `<svg>` element: no prolog, sized by its box, colours as CSS variables.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = replace_in_tags(r'\bid="', f'id="{prefix}-', svg)
    svg = replace_in_tags(r'(href="|url\()#', rf"\1#{prefix}-", svg)
    for size in ("width", "height"):
        svg = re.sub(rf'(<svg[^>]*?) {size}="[^"]*"', r"\1", svg, count=1)
    return with_css_variables(svg).strip()
