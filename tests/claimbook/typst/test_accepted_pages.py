"""The look of a small book's pages, compared with pictures that someone has accepted."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from support.pictures import looks_as_accepted
from support.small_pdf import FIXTURE, build, evidence_of

ACCEPTED = Path(__file__).with_name("accepted")
DPI = 50
PAGES = {  # words that one page alone has
    "title": "Writer and Writer",
    "contents": "Contents",
    "summary": "First paragraph of the summary",
    "chapter": "Opening paragraph with a note",
    "cell": "After the cell.",
    "frames": "A judgement in its frame",
    "wide-table": "six and a line that breaks",
    "ledger": "Paraphrase of AB-07.",
    "index": "Minister.",
    "data": "mark 1 ",
    "code": "draw_the_figure",
}


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """The pages as they look now, by name."""
    folder = tmp_path_factory.mktemp("looks")
    made = build(FIXTURE, folder / "pdf", folder / "doctrees")
    volumes = [pypdfium2.PdfDocument(made), pypdfium2.PdfDocument(evidence_of(made))]
    pages = [page for volume in volumes for page in volume]
    text = [" ".join(page.get_textpage().get_text_range().split()) for page in pages]
    numbers = {
        name: next(number for number, page in enumerate(text) if words in page)
        for name, words in PAGES.items()
    }
    return {
        name: pages[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        for name, number in numbers.items()
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_accepted(
    looks: dict[str, Image.Image], name: str, request: pytest.FixtureRequest
) -> None:
    looks_as_accepted(
        looks[name], ACCEPTED / f"{name}.png", DPI, request.config.getoption("accept")
    )
