"""The house style: colours, type and sizes, for figures, pages and PDF alike.

Every colour has a value for light and one for dark pages. Figures are drawn with the light ones;
in a page these become CSS variables (see `svg`), so that one picture serves both modes. The
colours and markers of the themes come from the report's settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl

from claimbook.settings import Settings, settings


@dataclass(frozen=True)
class Colour:
    """A colour of the house style.

    Attributes:
        light: Its value on light pages, as `#rrggbb`.
        dark: Its value on dark pages, as `#rrggbb`.
    """

    light: str
    dark: str


GROUND = {
    "ink": Colour("#1c2228", "#e8ecf0"),
    "muted": Colour("#55606b", "#a9b3bd"),
    "rule": Colour("#c9d0d6", "#4a535c"),  # thin lines: axes, gridlines, borders
    "band": Colour("#eef1f3", "#2a3036"),
    "home": Colour("#dfe8f5", "#22344f"),  # the country that a map is about
    "paper": Colour("#fefefe", "#14181c"),
    "accent": Colour("#8a5d00", "#e6b84a"),
    "link": Colour("#2a5fae", "#8bb8ff"),
    "positive": Colour("#0f7160", "#4fcfb4"),  # what agrees or is consistent
    "negative": Colour("#b7361c", "#ff9176"),  # what is denied or inconsistent
}

# What print has of its own, on paper and in the serif of the PDF; the PDF's measures are in
# `typst/measures.typ`.
PRINT = {
    "ink": "#1c1b1a",
    "quiet-ink": "#5d5a55",
    "accent": "#7b2d26",
    "rule": "#a9a49b",
    "wash": "#f6f3ee",
}

WIDE = 6.6  # inches: the column of a page on the web; print scales figures to its own
NARROW = 3.5  # inches: a phone
TEXT = 8.5  # points at both widths
SMALL = 7.5
LINE = 0.155  # inches from one line of text to the next
LETTER, BOLD_LETTER = 0.078, 0.079  # inches that a letter takes, with some to spare
SMALL_LETTER, BOLD_SMALL_LETTER = 0.063, 0.071  # the same at the small size
FONT = "DejaVu Sans"  # ships with matplotlib, so that every machine measures the same lines
FORMULA_FONT = "STIXGeneral"  # ships with it, too
FONT_FILES = ("DejaVuSans.ttf", "DejaVuSans-*.ttf", "STIX*.ttf")  # what the two names mean


def colours() -> dict[str, Colour]:
    """Return all colours by name: those of the house style and of the themes.

    A theme's colour replaces one of the house style with the same name.
    """
    return _colours(settings())


@lru_cache(maxsize=8)
def _colours(report: Settings) -> dict[str, Colour]:
    themes = report.theme
    own = {name: Colour(theme.light, theme.dark) for name, theme in themes.items()}
    return own | {name: value for name, value in GROUND.items() if name not in own}


def colour(name: str) -> str:
    """Return a colour of the house style or of a theme, as `#rrggbb` for light pages.

    Raises:
        KeyError: No colour has the name.
    """
    return colours()[name].light


@lru_cache(maxsize=1)
def use_own_fonts() -> None:
    """Find the fonts of figures and formulas in the files that ship with matplotlib.

    Its list of fonts, which a home directory keeps, may be of another release or another machine:
    a name then meant a bold face. The files named here stand before all that it lists.
    """
    from matplotlib.font_manager import fontManager  # slow, and most commands draw nothing

    listed = list(fontManager.ttflist)
    folder = Path(mpl.get_data_path(), "fonts", "ttf")
    for file in (file for pattern in FONT_FILES for file in sorted(folder.glob(pattern))):
        fontManager.addfont(file)
    fontManager.ttflist = fontManager.ttflist[len(listed) :] + listed


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the house style to the matplotlib figures drawn in a `with` block.

    It sets fonts, sizes and colours. Text in SVG files remains text, and the same figure always
    gives the same file.
    """
    use_own_fonts()
    options: dict[Any, Any] = {
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
    with mpl.rc_context(options):
        yield


def colour_declarations() -> tuple[str, str]:
    """Return the CSS declarations of the colours: the light ones, the dark ones."""
    return (
        "".join(f"--cb-{name}:{value.light};" for name, value in colours().items()),
        "".join(f"--cb-{name}:{value.dark};" for name, value in colours().items()),
    )


def css_variables() -> str:
    """Return a style sheet with the colours as CSS variables, and rules for themes.

    Returns:
        The light values; the dark values for pages in dark mode; the light values again for print;
        then the sign and the border colour of each theme.
    """
    light, dark = colour_declarations()
    themes = []
    for name, theme in settings().theme.items():
        # the empty text after the slash keeps the sign from being read aloud
        sign = f'content:"{theme.glyph}\\FE0E\\2009"/"";color:var(--cb-{name});'
        themes.append(f".elsewhere.theme-{name}::before{{{sign}}}")
        themes.append(f".cb-glyph.theme-{name}{{color:var(--cb-{name});}}")
        if name in settings().argued:
            themes.append(f".theme-{name}{{border-left-color:var(--cb-{name}) !important;}}")
    return "\n".join(
        [
            f":root{{{light}}}",
            f"html[data-theme=dark]{{{dark}}}",
            f"@media print{{html[data-theme=dark]{{{light}}}}}",
            "html[data-theme]{--pst-color-link:var(--cb-link);--pst-color-primary:var(--cb-link);}",
            *themes,
            "",
        ]
    )


def emblem() -> str:
    """Return the book's icon for browser tabs as SVG: an arrow before a wall.

    It has the colours of the first two themes.
    """
    first, second = (Colour(theme.light, theme.dark) for theme in (settings().themes * 2)[:2])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<path d="M1 2v12l8-6z" fill="{first.light}"/>'
        f'<path d="M11 2h4v12h-4z" fill="{second.light}"/></svg>\n'
    )
