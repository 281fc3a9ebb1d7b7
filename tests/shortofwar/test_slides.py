"""The deck: ten slides that tell the story in the order of the book, each to be read from afar."""

import re

import pytest
from claimbook import house_style
from claimbook.figures import slide
from claimbook.figures.matrix_form import blank_matrix
from claimbook.paths import project
from claimbook.settings import settings
from shortofwar.argument_findings import FINDINGS_OF_ARGUMENT
from shortofwar.findings import FINDINGS
from shortofwar.record_findings import FINDINGS_OF_RECORD
from support import argument_figures, record_figures, report_figures
from support.figure_layout import SLIDE, layout_faults

LEAST = 24  # of the 1080 pixels of a slide, for its small type
DECK = settings().report.slides
TITLES = FINDINGS | FINDINGS_OF_ARGUMENT | FINDINGS_OF_RECORD
FIGURES = (
    report_figures.FIGURES
    | argument_figures.FIGURES
    | record_figures.FIGURES
    | {"explanations-form": blank_matrix}
)
OF_ARGUMENT = re.compile(r"- file: (chapters/[\w-]+)")


def pages_of_argument() -> list[str]:
    """The front page and the chapters of the argument, in the order of the book."""
    contents = (project().root / "_toc.yml").read_text("utf-8")
    argument = contents.partition("caption: The argument")[2].partition("caption:")[0]
    return ["index", *OF_ARGUMENT.findall(argument)]


def figures_of(page: str) -> list[str]:
    """The names of the figures that a page draws with a finding as title, in their order."""
    text = (project().root / f"{page}.md").read_text("utf-8")
    return re.findall(r'FINDINGS\w*\["([\w-]+)"\]', text)


@pytest.fixture(scope="module", params=[*DECK, "explanations-form", "notes-by-month"])
def figure(request, whole_corpus):
    name = request.param
    return FIGURES[name](whole_corpus, TITLES.get(name, "A form to fill in"))


def test_the_deck_has_ten_slides_in_the_order_of_the_pages_and_all_figures_of_the_argument():
    drawn = [name for page in pages_of_argument() for name in figures_of(page)]
    assert list(DECK) == drawn
    assert len(DECK) == 10


def test_a_slide_can_be_read_from_afar(figure):
    with house_style.house_style():
        across = figure.on_slide().get_size_inches()[0]
    assert house_style.SMALL / 72 * slide.PIXELS[0] / across >= LEAST


def test_no_words_of_a_slide_run_over_others_or_off_it(figure):
    assert layout_faults(figure, SLIDE) == []


def test_a_slide_has_its_title_its_source_and_the_licence(figure):
    svg, png = figure.slide()
    text = " ".join(" ".join(re.findall(r">([^<>]+)</text>", svg)).split())
    for line in (figure.heading, figure.source_line, "CC BY 4.0"):
        assert line.replace("'", "’") in text
    assert [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)] == [1920, 1080]
