"""Conversion of SVG for pages: unique ids, CSS variables, no inline styles."""

import re
from collections.abc import Callable

from claimbook.house_style import colours


def replace_in_tags(pattern: str, to: str | Callable[[re.Match[str]], str], svg: str) -> str:
    """Replace a pattern inside the tags of an SVG, but not in its text.

    Args:
        pattern: The regular expression to replace.
        to: Its replacement, as for `re.sub`.
        svg: The SVG.
    """
    return re.sub(r"<[^>]*>", lambda tag: re.sub(pattern, to, tag.group()), svg)


def with_css_variables(svg: str) -> str:
    """Replace each colour of the house style by a CSS variable with a fallback."""
    names: dict[str, str] = {}
    for name, value in colours().items():
        names.setdefault(value.light, name)  # accents share their value with no other name

    def variable(match: re.Match[str]) -> str:
        return f"var(--cb-{names[match.group()]}, {match.group()})"

    return replace_in_tags("|".join(names), variable, svg)


def with_attributes(svg: str) -> str:
    """Replace inline styles and the style element by presentation attributes.

    A page whose Content-Security-Policy forbids inline styles ignores both, and would draw
    everything in black.

    Args:
        svg: The SVG as matplotlib writes it: one style element, which applies to all elements, and
            no element with the same property as style and as attribute.
    """
    element = re.compile(r"<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>")
    common = "".join(_attributes(rule) for rule in element.findall(svg))
    svg = element.sub("", svg).replace("<svg", f"<svg{common}", 1)
    return re.sub(r"<[^>]* style=[^>]*>", _without_style, svg)


def _without_style(tag: re.Match[str]) -> str:
    """Replace the style of a tag by presentation attributes."""
    return re.sub(r' style="([^"]*)"', lambda style: _attributes(style[1]), tag.group())


def _attributes(style: str) -> str:
    """Convert the declarations of a style to attributes, each after a space."""
    pairs = [declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration]
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _without_waste(svg: str) -> str:
    """Remove from an SVG what it does not need.

    That is the space between tags, decimals below a hundredth of a point, turns by no angle, and
    the ids of groups that matplotlib numbers and nothing refers to.
    """
    svg = re.sub(r">\s+<", "><", svg)
    svg = re.sub(r'<g id="[A-Za-z0-9.]+_\d+"', "<g", svg)
    svg = replace_in_tags(r"(\.\d\d)\d+", r"\1", svg)
    svg = replace_in_tags(r"\.00?(?!\d)|(\.\d)0(?!\d)", r"\1", svg)
    svg = replace_in_tags(r' transform="rotate\(-0 [^"]*"', "", svg)
    return replace_in_tags(r"\s*\n\s*(?=[A-Za-z] ?[-\d]|z|\")", "", svg)


def inline_svg(svg: str, prefix: str) -> str:
    """Prepare an SVG of matplotlib for inclusion in a page.

    Args:
        svg: The file as matplotlib writes it.
        prefix: The prefix to add to its ids, so that no two pictures of a page share an id.

    Returns:
        The `<svg>` element, without prolog, metadata, width and height, so that it fills its box,
        and without inline styles and needless bytes.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _without_waste(svg)
    svg = replace_in_tags(r'\bid="', f'id="{prefix}-', svg)
    svg = replace_in_tags(r'(href="|url\()#', rf"\1#{prefix}-", svg)
    for size in ("width", "height"):
        svg = re.sub(rf'(<svg[^>]*?) {size}="[^"]*"', r"\1", svg, count=1)
    return with_attributes(svg).strip()
