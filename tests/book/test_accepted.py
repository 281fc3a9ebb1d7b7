"""How the pages look: the small book's, as pictures, beside those that someone looked at and accepted.

The book is the one that `test_typst.py` builds, so that no change of prose or corpus touches it. After a change that is meant, run
`python -m pytest tests/book/test_accepted.py --accept`, look at the pictures in `tests/book/accepted/`, and commit them.
"""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from test_typst import FIXTURE, build

ACCEPTED = Path(__file__).with_name("accepted")
DPI = 50
CELL = 8  # pixels: the pictures are compared by the mean grey of squares of this size, which another version of the renderer leaves alike
TOLERANCE = 10  # of 255
PAGES = {  # words that one page alone has
    "title": "Writer and Writer",
    "contents": "Contents",
    "summary": "First paragraph of the summary",
    "chapter": "Opening paragraph with a note",
    "cell": "After the cell.",
    "frames": "A judgement in its frame",
    "wide-table": "six and a line that breaks",
    "ledger": "Paraphrase of NW-07.",
    "index": "Minister.",
    "data": "mark 1 ",
    "code": "draw_the_figure",
}


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """The pages as they look now, by name."""
    folder = tmp_path_factory.mktemp("looks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        pdf = pypdfium2.PdfDocument(build(FIXTURE, folder / "pdf", folder / "doctrees"))
    text = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    found = {name: next(number for number, page in enumerate(text) if words in page) for name, words in PAGES.items()}
    return {name: pdf[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for name, number in found.items()}


def squares(picture: Image.Image) -> np.ndarray:
    """The mean grey of each square of a picture."""
    grey = np.asarray(picture, dtype=float)
    high, wide = (length // CELL for length in grey.shape)
    return grey[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL).mean(axis=(1, 3))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_accepted(looks: dict[str, Image.Image], name: str, request: pytest.FixtureRequest) -> None:
    file = ACCEPTED / f"{name}.png"
    if request.config.getoption("accept"):
        ACCEPTED.mkdir(exist_ok=True)
        looks[name].quantize(32).save(file, optimize=True)
    accepted = Image.open(file).convert("L")
    assert accepted.size == looks[name].size
    apart = np.abs(squares(accepted) - squares(looks[name]))
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    place = f"{row * CELL * 25.4 / DPI:.0f} mm from the top and {column * CELL * 25.4 / DPI:.0f} mm from the left"
    assert apart.max() <= TOLERANCE, f"the page '{name}' differs at {place}; if it should, accept it: pytest {Path(__file__).name} --accept"
