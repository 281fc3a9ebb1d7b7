"""The house style: colours, markers, type and sizes, for figures, pages and PDF alike. Nothing else names a colour.

Every colour has a value for light and one for dark pages. A drawn figure uses the light ones; in a page they become CSS
variables (`themed`), so that one picture serves both modes.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import matplotlib as mpl

from claimbook.settings import Settings, settings


@dataclass(frozen=True)
class Colour:
    """A colour of the house: its value on light and on dark pages."""

    light: str
    dark: str


GROUND = {
    "ink": Colour("#1c2228", "#e8ecf0"),
    "muted": Colour("#55606b", "#a9b3bd"),
    "rule": Colour("#c9d0d6", "#4a535c"),
    "band": Colour("#eef1f3", "#2a3036"),
    "home": Colour("#dfe8f5", "#22344f"),  # the country that a map is about
    "paper": Colour("#fefefe", "#14181c"),
}

WIDE = 6.6  # inches: a page's column, or A4 between its margins
NARROW = 3.5  # inches: a phone
TEXT = 8.5  # points at both widths
SMALL = 7.5
LINE = 0.155  # inches from one line of text to the next
FONT = "DejaVu Sans"  # ships with matplotlib, so that every machine measures the same lines


def colours() -> dict[str, Colour]:
    """Give the colours of the house and of the report's themes, by name."""
    return _colours(settings())


@lru_cache(maxsize=8)
def _colours(report: Settings) -> dict[str, Colour]:
    themes = report.theme
    return GROUND | {name: Colour(theme.light, theme.dark) for name, theme in themes.items()}


def colour(name: str) -> str:
    """Give the light value of a colour of the house or of a theme.

    Raises:
        KeyError: No colour has the name.
    """
    return colours()[name].light


@contextmanager
def house_style() -> Iterator[None]:
    """Draw within this: type, sizes, live text, and the same SVG each time."""
    settings = {
        "font.family": [FONT],
        "font.size": TEXT,
        "text.color": colour("ink"),
        "axes.edgecolor": colour("rule"),
        "axes.labelcolor": colour("ink"),
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": colour("muted"),
        "ytick.color": colour("muted"),
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "svg.fonttype": "none",
        "text.parse_math": False,  # a dollar in a cell is a dollar
        "svg.hashsalt": "claimbook",
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
    }
    with mpl.rc_context(settings):
        yield


def replace_in_tags(pattern: str, to: str | Callable[[re.Match[str]], str], svg: str) -> str:
    """Replace a pattern inside the tags of an SVG, and leave alone what stands between them: there it is text."""
    return re.sub(r"<[^>]*>", lambda tag: re.sub(pattern, to, tag.group()), svg)


def with_css_variables(svg: str) -> str:
    """The SVG with each colour of the house as a CSS variable that falls back on its light value."""
    names = {value.light: name for name, value in colours().items()}
    return replace_in_tags(
        "|".join(names), lambda found: f"var(--cb-{names[found.group()]}, {found.group()})", svg
    )


def with_plain_colours(svg: str) -> str:
    """A themed SVG with the light colours themselves, for readers of SVG that know no CSS variables."""
    return re.sub(r"var\(--cb-[a-z-]+, (#[0-9a-f]{6})\)", r"\1", svg)


def css_variables() -> str:
    """The colours as CSS variables: light, dark where the page's own switch says so, and light again in print; and the signs of the themes."""
    light = "".join(f"--cb-{name}:{value.light};" for name, value in colours().items())
    dark = "".join(f"--cb-{name}:{value.dark};" for name, value in colours().items())
    signs = "".join(
        f'.elsewhere.theme-{name}::before{{content:"{theme.glyph}\\FE0E\\2009"/"";color:var(--cb-{name});}}'
        for name, theme in settings().theme.items()
    )  # the empty text after the slash keeps the sign from being read aloud
    return f":root{{{light}}}\nhtml[data-theme=dark]{{{dark}}}\n@media print{{html[data-theme=dark]{{{light}}}}}\n{signs}\n"


def emblem() -> str:
    """The book's sign for a browser's tab, as SVG: the markers of pressure and resistance, point against wall."""
    pressure, resistance = colours()["pressure"].light, colours()["resistance"].light
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<path d="M1 2v12l8-6z" fill="{pressure}"/><path d="M11 2h4v12h-4z" fill="{resistance}"/></svg>\n'
    )
