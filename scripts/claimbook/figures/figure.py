"""A figure as the book needs it: one drawing for page and phone, its alt text, its data, its picture for a slide."""

import base64
import html
import io
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from claimbook.figures import style
from claimbook.language.claim_text import curly_apostrophes

MIME = "application/vnd.claimbook.figure+json"
SLIDE = 1920  # pixels: the width of a projector
LICENCE = "Short of War contributors, CC BY 4.0"


@dataclass(frozen=True)
class Figure:
    """A figure that says what it shows.

    `name` is its id and file name; `title` states the finding, `subtitle` the measure; `alt` says in words what it shows;
    `data` has one row for each mark, with the claims behind it in `claims`; `draw(width)` draws it, width in inches;
    `made_by` names the function and tables it comes from.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    data: pd.DataFrame
    made_by: str
    draw: Callable[[float], Drawing]
    basis: str = ""  # what the figure stands on, where that is not claims

    @property
    def claims(self) -> list[str]:
        """The ids of all claims that stand behind the marks, sorted."""
        return sorted({claim for row in self.data.get("claims", []) for claim in row})

    @property
    def source_line(self) -> str:
        """What the figure stands on, with the number of claims."""
        if self.basis:
            return self.basis
        claims = self.claims
        sources = {claim.split("-")[0] for claim in claims}
        return f"Drawn from {len(claims)} claims in {len(sources)} sources."

    @cached_property
    def wide(self) -> str:
        """The SVG for a page, with live text and house colours as CSS variables; links read `claim:ID`."""
        return self._svg(style.WIDE)

    @cached_property
    def narrow(self) -> str:
        """The same for a phone."""
        return self._svg(style.NARROW)

    def _svg(self, width: float) -> str:
        with style.house_style():
            drawing = self._drawn(width)
            file = io.StringIO()
            FigureCanvasSVG(drawing).print_svg(file, metadata={"Date": None, "Creator": None})
        return inline_svg(
            file.getvalue(), f"{self.name}-{'wide' if width == style.WIDE else 'narrow'}"
        )

    def _drawn(self, width: float) -> Drawing:
        """The drawing with the apostrophes of print."""
        drawing = self.draw(width)
        for text in drawing.findobj(Text):
            text.set_text(curly_apostrophes(text.get_text()))
        return drawing

    def framed(self) -> Drawing:
        """The drawing for a slide, with title, source line and licence in it; to be called within the house style."""
        drawing = self._drawn(style.WIDE)
        add_slide_frame(
            drawing,
            curly_apostrophes(self.title),
            curly_apostrophes(self.subtitle),
            f"{self.source_line} {LICENCE}.",
        )
        return drawing

    def slide(self) -> tuple[str, bytes]:
        """The picture for a slide, with title, source line and licence in it: as SVG, and as PNG 1920 pixels wide."""
        with style.house_style():
            drawing = self.framed()
            svg, png = io.StringIO(), io.BytesIO()
            FigureCanvasAgg(drawing)
            paper = style.colour("paper")
            drawing.savefig(
                png, dpi=SLIDE / style.WIDE, facecolor=paper, metadata={"Software": None}
            )
            FigureCanvasSVG(drawing)
            drawing.savefig(
                svg, format="svg", facecolor=paper, metadata={"Date": None, "Creator": None}
            )
        return svg.getvalue(), png.getvalue()

    def table(self) -> pd.DataFrame:
        """The data as a reader sees it: dates as days, lists joined."""
        return self.data.map(_cell)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        table = self.table()
        slide_svg, slide_png = self.slide()
        payload = {
            "name": self.name,
            "title": self.title,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "source_line": self.source_line,
            "made_by": self.made_by,
            "wide": self.wide,
            "narrow": self.narrow,
            "slide_svg": slide_svg,
            "slide_png": base64.b64encode(slide_png).decode(),
            "columns": list(table.columns),
            "rows": table.to_numpy().tolist(),
        }
        return {
            MIME: payload,
            "text/html": self._repr_html_(),
            "text/plain": f"{self.title} {self.alt}",
        }

    def _repr_html_(self) -> str:
        words = html.escape(self.alt)
        picture = style.with_plain_colours(self.wide).replace(
            "<svg", f'<svg role="img" aria-label="{words}"', 1
        )
        return f"<figure>{picture}<figcaption><b>{html.escape(self.title)}</b> {html.escape(self.subtitle)}</figcaption></figure>"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return "" if pd.isna(value) else str(value)


def inline_svg(svg: str, prefix: str) -> str:
    """The SVG made fit to stand in a page: no prolog, ids of its own, sized by its box, colours as CSS variables."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = style.replace_in_tags(r'\bid="', f'id="{prefix}-', svg)
    svg = style.replace_in_tags(r'(href="|url\()#', rf"\1#{prefix}-", svg)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    return style.with_css_variables(svg).strip()


def add_slide_frame(drawing: Drawing, title: str, subtitle: str, foot: str) -> None:
    """Put title and subtitle above a drawing and a line below it, in space added to its canvas."""
    width, height = drawing.get_size_inches()
    heads = textwrap.wrap(title, int(width / 0.105))
    below = textwrap.wrap(subtitle, int(width / 0.078))
    top, bottom = 0.2 + 0.2 * len(heads) + style.LINE * len(below) + 0.1, 0.32
    total = height + top + bottom
    for axes in drawing.axes:
        box = axes.get_position()
        axes.set_position(
            (box.x0, (box.y0 * height + bottom) / total, box.width, box.height * height / total)
        )
    for text in drawing.texts:
        x, y = text.get_position()
        text.set_position((x, (y * height + bottom) / total))
    drawing.set_size_inches(width, total)
    left = 0.08 / width
    muted = style.colour("muted")
    drawing.text(
        left,
        1 - 0.12 / total,
        "\n".join(heads),
        va="top",
        fontsize=style.TEXT + 2.5,
        fontweight="bold",
    )
    drawing.text(
        left, 1 - (0.2 + 0.2 * len(heads)) / total, "\n".join(below), va="top", color=muted
    )
    drawing.text(left, 0.1 / total, foot, va="bottom", fontsize=style.SMALL - 1, color=muted)
