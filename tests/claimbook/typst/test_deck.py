"""The deck has a slide with the title, then the slide of each figure, each of 16 by 9."""

from io import BytesIO

from claimbook.settings import settings
from claimbook.typst.deck import compile_deck
from pypdf import PdfReader
from support.engine_figures import FIGURES, TITLE


def test_a_deck_has_a_title_and_the_words_of_each_slide(corpus, tmp_path):
    figure = FIGURES["coverage"](corpus, TITLE)
    svg, _ = figure.slide()
    file = tmp_path / "coverage-slide.svg"
    file.write_text(svg, "utf-8")
    title, slide = PdfReader(BytesIO(compile_deck([(file, figure.alt)]))).pages
    assert settings().report.name in title.extract_text()
    assert TITLE in slide.extract_text()
    assert [page.mediabox.width * 9 for page in (title, slide)] == [
        page.mediabox.height * 16 for page in (title, slide)
    ]
