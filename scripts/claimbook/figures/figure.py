"""A figure as the book needs it: pictures for page, phone and slide, with their text and data."""

import base64
import functools
import html
import inspect
import io
from collections.abc import Callable, Mapping
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
from claimbook.figures import abbreviations, no_data, off_axis, slide
from claimbook.figures.cells import json_cell, text_cell
from claimbook.figures.drawings import remove_links, svg_file, with_curly_apostrophes
from claimbook.figures.finding import Finding
from claimbook.figures.steps import Steps, with_step_classes
from claimbook.figures.svg import inline_svg, with_css_variables
from claimbook.language.words import count_noun, curly_apostrophes, join_words
from claimbook.paths import is_built_page, project
from claimbook.settings import settings

MIME = "application/vnd.claimbook.figure+json"
LICENCE = "CC BY 4.0"
CLAIMS = "claims"  # the column of a figure's data that lists the claims behind each mark

P = ParamSpec("P")


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
        draw_slide: A function that draws the picture for a slide, at a width and for a height in
            inches; None for what `draw` draws. What is too high is shrunk until it fits.
        slide_subtitle: The subtitle on a slide; empty for that of the page.
        steps: The steps among which readers of a page choose by a slider; None for no slider.
        alone: Whether the book shows the picture alone, without number, caption and data.
        made_by: The function that made the figure, and the tables that it read.
        long_names: A function that returns the long names of actors by their abbreviations, which a
            slide spells out. It is called when a slide is drawn.
    """

    name: str
    title: str | Finding
    subtitle: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[float], Drawing]
    basis: str = ""
    draw_slide: Callable[[float, float], Drawing] | None = None
    slide_subtitle: str = ""
    steps: Steps | None = None
    alone: bool = False
    made_by: str = ""
    long_names: Callable[[], Mapping[str, str]] = dict

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
        claims, texts = count_noun(len(self.claims), "claim"), count_noun(len(sources), "source")
        return f"Drawn from {claims} in {texts}."

    @cached_property
    def off_axis(self) -> list[str]:
        """The ids of the claims whose marks on a page lie outside the axes.

        It is empty for a figure whose data have no day, as only days outgrow a scale.
        """
        return off_axis.claims_off_axes(self._on_page) if off_axis.has_days(self.data) else []

    @cached_property
    def _on_page(self) -> Drawing:
        """The drawing for a page, with links, drawn once."""
        with house_style.house_style():
            return self._drawing(house_style.WIDE)

    @cached_property
    def wide(self) -> str:
        """The picture for a page: an `<svg>` element, as wide as a page.

        Its text is live text, its colours are CSS variables, and each mark links to `claim:ID`,
        which the page must replace by the address of the claim. A figure with steps also has their
        marks. The picture is drawn once, on first use.
        """
        svg = self._stepped(house_style.WIDE, "wide") if self.steps else self.plain
        return with_css_variables(svg)

    @cached_property
    def plain(self) -> str:
        """The picture for programs that know no CSS variables.

        It is `wide` with its colours in light mode.
        """
        return self._svg(house_style.WIDE, "wide")

    @cached_property
    def unlinked(self) -> str:
        """The picture for a notebook: `plain` without links, as a notebook has no claims."""
        return self._svg(house_style.WIDE, "wide", linked=False)

    @cached_property
    def narrow(self) -> str:
        """The picture for a phone: an `<svg>` element, laid out for a narrow screen.

        Text, colours, links and steps are as in `wide`. The picture is drawn once, on first use.
        """
        draw = self._stepped if self.steps else self._svg
        return with_css_variables(draw(house_style.NARROW, "narrow"))

    def _stepped(self, width: float, form: str) -> str:
        """Draw the picture with its steps as an `<svg>` element for a page."""
        if self.steps is None:
            raise ValueError(f"{self.name} has no steps")
        return with_step_classes(replace(self, draw=self.steps.draw)._svg(width, form))

    @property
    def in_brief(self) -> str:
        """The picture for the brief; empty for a figure that it does not show."""
        brief = settings().brief
        if brief is None or self.name not in (at.partition("#")[2] for at in brief.figures):
            return ""
        draw, width = slide.brief_layout(self.draw, self.draw_slide)
        return replace(self, draw=draw)._svg(width, "brief", linked=False)

    def _svg(self, width: float, form: str, linked: bool = True) -> str:
        """Draw the picture as an `<svg>` element for a page.

        Args:
            width: The width in inches.
            form: The suffix for ids, so that two pictures of the figure share none.
            linked: Whether marks link to claims.
        """
        with house_style.house_style():
            file = io.StringIO()
            on_page = linked and width == house_style.WIDE
            drawing = self._on_page if on_page else self._drawing(width)
            if not linked:
                remove_links(drawing)
            canvas = FigureCanvasSVG(drawing)
            dated = {"Date": None, "Creator": None}  # the same picture has the same bytes
            canvas.print_svg(file, metadata=dated)  # type: ignore[no-untyped-call]  # has no types
        return inline_svg(file.getvalue(), f"{self.name}-{form}")

    def _drawing(self, width: float) -> Drawing:
        """Draw the picture at a width in inches, with typographic apostrophes."""
        return with_curly_apostrophes(self.draw(width))

    @property
    def _foot(self) -> str:
        """The line on source, authors and licence."""
        return f"{self.source_line} {settings().report.authors}, {LICENCE}."

    def framed(self) -> Drawing:
        """Draw the picture with title, subtitle, source and licence, as high as needed.

        Callers must do so within `house_style.house_style`, which sets matplotlib up.
        """
        drawing = self._drawing(house_style.WIDE)
        title, subtitle = curly_apostrophes(self.heading), curly_apostrophes(self.subtitle)
        slide.add_frame(drawing, title, subtitle, self._foot)
        return drawing

    def on_slide(self) -> Drawing:
        """Draw the picture on a slide, with title, subtitle, source line and licence.

        Callers must do so within `house_style.house_style`, which sets matplotlib up.
        """
        subtitle = self.slide_subtitle or self.subtitle
        drawing, frame = self._fit_to_slide(subtitle)
        drawn = [text.get_text() for text in drawing.findobj(Text)]
        words = " ".join([self.heading, *frame.subtitle, *drawn, *frame.foot])
        spelled = abbreviations.spelled_out(words, self.long_names())
        if spelled:
            drawing, frame = self._fit_to_slide(f"{subtitle} {spelled}")
        slide.add_slide_frame(drawing, frame)
        return drawing

    def _fit_to_slide(self, subtitle: str) -> tuple[Drawing, slide.Frame]:
        """Draw the picture as it fits a slide, and break the words around it into lines."""
        title, subtitle = curly_apostrophes(self.heading), curly_apostrophes(subtitle)
        frame = slide.frame_of(title, subtitle, self._foot)
        wide, high = frame.room
        own = self.draw_slide
        draw = self.draw if own is None else lambda width: own(width, width * high / wide)
        drawing = slide.shrunk_to_fit(lambda width: with_curly_apostrophes(draw(width)), frame.room)
        return drawing, frame

    def picture(self) -> str:
        """Draw the picture as an SVG file, with title, subtitle, source line and licence."""
        with house_style.house_style():
            return svg_file(self.framed())

    def slide(self) -> tuple[str, bytes] | None:
        """Draw the picture for a slide, with title, subtitle, source line and licence.

        Returns:
            The slide as SVG, and as PNG of the size `slide.PIXELS`; None for a figure that has no
            layout for slides and would have to shrink until its words are illegible.
        """
        with house_style.house_style():
            drawing = self.on_slide()
            if not slide.is_legible(drawing):
                return None
            png = io.BytesIO()
            FigureCanvasAgg(drawing)
            paper = house_style.colour("paper")
            resolution = slide.PIXELS[0] / drawing.get_size_inches()[0]
            drawing.savefig(png, dpi=resolution, facecolor=paper, metadata={"Software": None})
            return svg_file(drawing), png.getvalue()

    def table(self) -> pd.DataFrame:
        """Return the data of the figure as text cells for a download.

        Returns:
            The data with days as ISO 8601, and the items of a list joined by commas.
        """
        table: pd.DataFrame = self.data.map(text_cell)
        return table

    def page_output(self) -> dict[str, Any]:
        """Return what a page of the book needs, ready for JSON: pictures, texts and data."""
        slide_svg, slide_png = self.slide() or ("", b"")
        table = self.table()
        return {
            "name": self.name,
            "title": self.heading,
            "failed_finding": self.failed_finding,
            "off_axis": self.off_axis,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "source_line": self.source_line,
            "made_by": self.made_by,
            "alone": self.alone,
            "wide": self.wide,
            "plain": self.plain,
            "narrow": self.narrow,
            "steps": self.steps.to_json() if self.steps else None,
            "brief": self.in_brief,
            "brief_subtitle": self.slide_subtitle or self.subtitle,
            "picture": self.picture(),
            "slide_svg": slide_svg,
            "slide_png": base64.b64encode(slide_png).decode(),
            "columns": [str(column) for column in self.data.columns],
            "rows": [[json_cell(cell) for cell in row] for row in self.data.to_numpy().tolist()],
            "download": [list(table.columns), *table.to_numpy().tolist()],
        }

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the output of a cell by MIME type; `MIME` is for pages of the book alone."""
        shown = {"text/html": self._repr_html_(), "text/plain": f"{self.heading} {self.alt}"}
        return {MIME: self.page_output(), **shown} if is_built_page() else shown

    def _repr_html_(self) -> str:
        """Return the picture with title and subtitle for a notebook."""
        label = f'<svg role="img" aria-label="{html.escape(self.alt)}"'
        picture = self.plain.replace("<svg", label, 1)
        title, subtitle = html.escape(self.heading), html.escape(self.subtitle)
        caption = f"<figcaption><b>{title}</b> {subtitle}</figcaption>"
        return f"<figure>{picture}{caption}</figure>"


def traced(
    make: Callable[Concatenate[Corpus, P], Figure],
) -> Callable[Concatenate[Corpus, P], Figure]:
    """Decorate a function to note on its figure who made it, and from which tables.

    The decorated function returns its figure with `made_by` filled in: the name of the function,
    and the files of the tables and other inputs that it read. Where the function raises
    `no_data.NoDataError`, the figure says in a plain line that there is nothing to draw. Every
    function that makes a figure from a corpus has this decorator.
    """

    @functools.wraps(make)
    def wrapper(corpus: Corpus, /, *args: P.args, **kwargs: P.kwargs) -> Figure:
        with record_reads() as reads:
            try:
                figure = make(corpus, *args, **kwargs)
            except no_data.NoDataError as error:
                given = inspect.signature(make).bind(corpus, *args, **kwargs).arguments
                figure = _without_data(error, given.get("title", ""))
        tables = read_schema(project().datapackage)
        files = [
            file for name in reads for file in (tables[name].files if name in tables else [name])
        ]
        module = make.__module__.partition(".")[2]
        return replace(
            figure,
            made_by=f"{module}.{make.__name__} from {join_words(files)}",
            long_names=lambda: abbreviations.long_names(corpus.actors),
        )

    return wrapper


def _without_data(error: no_data.NoDataError, title: str | Finding) -> Figure:
    """Make the figure that stands where there is nothing to draw."""
    line = str(error)
    return Figure(
        name=error.name,
        title=title,
        subtitle="",
        alt=line,
        data=pd.DataFrame({CLAIMS: pd.Series(dtype=object)}),
        draw=lambda width: no_data.draw_line(line, width),
        basis="Nothing is drawn.",
    )
