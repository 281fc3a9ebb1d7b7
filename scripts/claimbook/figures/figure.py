"""A figure as the book needs it: pictures for page, phone and slide, with their text and data."""

import base64
import functools
import html
import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Concatenate, ParamSpec

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from claimbook import house_style
from claimbook.corpus.model import Corpus, record_reads
from claimbook.corpus.schema import read_schema
from claimbook.figures.svg import inline_svg, with_plain_colours
from claimbook.language.words import curly_apostrophes, join_words
from claimbook.paths import project
from claimbook.settings import settings

MIME = "application/vnd.claimbook.figure+json"
SLIDE = 1920  # pixels: the width of a projector
LICENCE = "CC BY 4.0"
CLAIMS = "claims"  # the column of a figure's data that lists the claims behind each mark

P = ParamSpec("P")


@dataclass(frozen=True)
class Finding:
    """A title that states a finding, with a test of it against the figure's data.

    Attributes:
        sentence: The title, without a full stop.
        holds: A function that takes the figure's data and returns whether the sentence is true.
        neutral: The title to use if the sentence is not true. It only names the subject.
    """

    sentence: str
    holds: Callable[[pd.DataFrame], bool]
    neutral: str

    def is_borne_out(self, data: pd.DataFrame) -> bool:
        """Check whether the sentence is true of a figure's data.

        Args:
            data: The data of the figure, with the columns that the test reads.

        Returns:
            The result of the test. It is false if the test raises an error on the data, for example
            because a column is missing.
        """
        try:
            return bool(self.holds(data))
        except (LookupError, TypeError, ValueError, ArithmeticError):
            return False  # data of another report, or too few of them, bear nothing out


@dataclass(frozen=True)
class Figure:
    """A figure of the book: its pictures, title, alternative text and data.

    Attributes:
        name: The id of the figure, which is also its file name.
        title: The title: a finding, which is tested, or a plain title.
        subtitle: The quantity that is measured, and the data that are omitted.
        alt: The alternative text: the content of the picture in words.
        data: A row for each mark, with the ids of the claims behind it in `claims`.
        draw: A function that draws the picture at a width in inches.
        basis: A sentence on the basis of the figure, if that is not claims.
        made_by: The function that made the figure, and the tables that it read.
    """

    name: str
    title: str | Finding
    subtitle: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[float], Drawing]
    basis: str = ""
    made_by: str = ""

    @property
    def heading(self) -> str:
        """The title in words.

        For a finding, this is its sentence if the data bear it out, else the neutral title.
        """
        if not isinstance(self.title, Finding):
            return self.title
        return self.title.neutral if self.failed_finding else self.title.sentence

    @property
    def failed_finding(self) -> str:
        """The sentence of the finding that the data do not bear out.

        It is empty if the data bear the finding out, and for a plain title.
        """
        if isinstance(self.title, Finding) and not self.title.is_borne_out(self.data):
            return self.title.sentence
        return ""

    @property
    def claims(self) -> list[str]:
        """The ids of all claims behind the marks, sorted."""
        return sorted({claim for row in self.data.get(CLAIMS, []) for claim in row})

    @property
    def source_line(self) -> str:
        """The sentence on the basis of the figure.

        This is `basis`, or else the number of claims and of their sources.
        """
        if self.basis:
            return self.basis
        sources = {claim.rsplit("-", 1)[0] for claim in self.claims}
        return f"Drawn from {len(self.claims)} claims in {len(sources)} sources."

    @cached_property
    def wide(self) -> str:
        """The picture for a page: an `<svg>` element, as wide as a page.

        Its text is live text, its colours are CSS variables, and each mark links to `claim:ID`,
        which the page must replace by the address of the claim. The picture is drawn once, on first
        use.
        """
        return self._svg(house_style.WIDE, "wide")

    @cached_property
    def narrow(self) -> str:
        """The picture for a phone: an `<svg>` element, laid out for a narrow screen.

        Text, colours and links are as in `wide`. The picture is drawn once, on first use.
        """
        return self._svg(house_style.NARROW, "narrow")

    def _svg(self, width: float, form: str) -> str:
        """Draw the picture as an `<svg>` element for a page.

        Args:
            width: The width in inches.
            form: The suffix for ids, so that two pictures of the figure share none.
        """
        with house_style.house_style():
            file = io.StringIO()
            canvas = FigureCanvasSVG(self._drawing(width))
            dated = {"Date": None, "Creator": None}  # the same picture has the same bytes
            canvas.print_svg(file, metadata=dated)  # type: ignore[no-untyped-call]  # has no types
        return inline_svg(file.getvalue(), f"{self.name}-{form}")

    def _drawing(self, width: float) -> Drawing:
        """Draw the picture at a width in inches, with typographic apostrophes."""
        drawing = self.draw(width)
        for text in drawing.findobj(Text):
            text.set_text(curly_apostrophes(text.get_text()))
        return drawing

    def framed(self) -> Drawing:
        """Draw the picture for a slide, with title, subtitle, source line and licence.

        Callers must do so within `house_style.house_style`, which sets matplotlib up.
        """
        drawing = self._drawing(house_style.WIDE)
        foot = f"{self.source_line} {settings().report.authors}, {LICENCE}."
        title, subtitle = curly_apostrophes(self.heading), curly_apostrophes(self.subtitle)
        add_slide_frame(drawing, title, subtitle, foot)
        return drawing

    def slide(self) -> tuple[str, bytes]:
        """Draw the picture for a slide, with title, subtitle, source line and licence.

        Returns:
            The slide as SVG, and as PNG `SLIDE` pixels wide.
        """
        with house_style.house_style():
            drawing = self.framed()
            svg, png = io.StringIO(), io.BytesIO()
            FigureCanvasAgg(drawing)
            paper = house_style.colour("paper")
            resolution = SLIDE / house_style.WIDE
            drawing.savefig(png, dpi=resolution, facecolor=paper, metadata={"Software": None})
            FigureCanvasSVG(drawing)
            dated = {"Date": None, "Creator": None}
            drawing.savefig(svg, format="svg", facecolor=paper, metadata=dated)
        return svg.getvalue(), png.getvalue()

    def table(self) -> pd.DataFrame:
        """Return the data of the figure as text cells for a download.

        Returns:
            The data with days as ISO 8601, and the items of a list joined by commas.
        """
        table: pd.DataFrame = self.data.map(_text_cell)
        return table

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the figure as the output of a notebook cell, by MIME type.

        The type `MIME` has all that the book needs as JSON: pictures, texts and data.
        """
        slide_svg, slide_png = self.slide()
        table = self.table()
        payload = {
            "name": self.name,
            "title": self.heading,
            "failed_finding": self.failed_finding,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "source_line": self.source_line,
            "made_by": self.made_by,
            "wide": self.wide,
            "narrow": self.narrow,
            "slide_svg": slide_svg,
            "slide_png": base64.b64encode(slide_png).decode(),
            "columns": [str(column) for column in self.data.columns],
            "rows": [[_json_cell(cell) for cell in row] for row in self.data.to_numpy().tolist()],
            "download": [list(table.columns), *table.to_numpy().tolist()],
        }
        text = f"{self.heading} {self.alt}"
        return {MIME: payload, "text/html": self._repr_html_(), "text/plain": text}

    def _repr_html_(self) -> str:
        """Return the picture with title and subtitle for a notebook."""
        label = f'<svg role="img" aria-label="{html.escape(self.alt)}"'
        picture = with_plain_colours(self.wide).replace("<svg", label, 1)
        title, subtitle = html.escape(self.heading), html.escape(self.subtitle)
        caption = f"<figcaption><b>{title}</b> {subtitle}</figcaption>"
        return f"<figure>{picture}{caption}</figure>"


def traced(
    make: Callable[Concatenate[Corpus, P], Figure],
) -> Callable[Concatenate[Corpus, P], Figure]:
    """Decorate a function to note on its figure who made it, and from which tables.

    The decorated function returns its figure with `made_by` filled in: the name of the function,
    and the files of the tables and other inputs that it read. Every function that makes a figure
    from a corpus has this decorator.
    """

    @functools.wraps(make)
    def wrapper(corpus: Corpus, /, *args: P.args, **kwargs: P.kwargs) -> Figure:
        with record_reads() as reads:
            figure = make(corpus, *args, **kwargs)
        tables = read_schema(project().datapackage)
        files = [
            file for name in reads for file in (tables[name].files if name in tables else [name])
        ]
        module = make.__module__.partition(".")[2]
        return replace(figure, made_by=f"{module}.{make.__name__} from {join_words(files)}")

    return wrapper


def _text_cell(value: object) -> str:
    """Convert a cell of a figure's data to text.

    A list is joined by commas, a day written as ISO 8601, and a missing value is empty.
    """
    if isinstance(value, list):
        return ", ".join(map(_text_cell, value))
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return "" if pd.isna(value) else str(value)


def _json_cell(value: object) -> Any:
    """Convert a cell of a figure's data to a JSON value.

    A day becomes an object with the key `date`, and a missing value None.
    """
    if isinstance(value, list):
        return [_json_cell(item) for item in value]
    if isinstance(value, pd.Timestamp):
        return {"date": value.date().isoformat()}
    if pd.isna(value):
        return None
    if isinstance(value, bool | str):
        return value
    if hasattr(value, "item"):  # a number of numpy's
        return value.item()
    return value if isinstance(value, int | float) else str(value)


def add_slide_frame(drawing: Drawing, title: str, subtitle: str, foot: str) -> None:
    """Enlarge a drawing, and write title and subtitle above it and a line below it.

    Args:
        drawing: The drawing, which is changed.
        title: The title.
        subtitle: The subtitle.
        foot: The line below the drawing.
    """
    width, height = drawing.get_size_inches()
    titles = textwrap.wrap(title, int(width / 0.105))
    subtitles = textwrap.wrap(subtitle, int(width / 0.078))
    top, bottom = 0.2 + 0.2 * len(titles) + house_style.LINE * len(subtitles) + 0.1, 0.32
    total = height + top + bottom
    for axes in drawing.axes:
        box = axes.get_position()
        base = (box.y0 * height + bottom) / total
        axes.set_position((box.x0, base, box.width, box.height * height / total))
    for text in drawing.texts:
        x, y = text.get_position()
        text.set_position((x, (y * height + bottom) / total))
    drawing.set_size_inches(width, total)
    left = 0.08 / width
    muted = house_style.colour("muted")
    size = house_style.TEXT + 2.5
    upper, lower = 1 - 0.12 / total, 1 - (0.2 + 0.2 * len(titles)) / total
    drawing.text(left, upper, "\n".join(titles), va="top", fontsize=size, fontweight="bold")
    drawing.text(left, lower, "\n".join(subtitles), va="top", color=muted)
    drawing.text(left, 0.1 / total, foot, va="bottom", fontsize=house_style.SMALL - 1, color=muted)
