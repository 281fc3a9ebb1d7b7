"""Pictures of how something looks, beside those that someone looked at and accepted.

After an intended change, run the test with `--accept`, look at the pictures that changed, and
commit them.
"""

from pathlib import Path

import numpy as np
from PIL import Image

# Pixels: pictures are compared by the mean grey of squares of this size, which hardly differs
# between versions of the renderer.
CELL = 8
TOLERANCE = 15  # of 255; another build of the same renderer shifted one mark by 11


def squares(picture: Image.Image) -> np.ndarray:
    """The mean grey of each square of a picture, rows by columns."""
    grey = np.asarray(picture, dtype=float)
    high, wide = (length // CELL for length in grey.shape)
    return grey[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL).mean(axis=(1, 3))


def looks_as_accepted(picture: Image.Image, file: Path, dpi: int, accept: bool) -> None:
    """Compare a grey picture with the accepted one in `file`, or with `accept` keep it there.

    Raises AssertionError with the place where they differ most.
    """
    if accept:
        file.parent.mkdir(exist_ok=True)
        picture.quantize(32).save(file, optimize=True)
    accepted = Image.open(file).convert("L")
    assert accepted.size == picture.size, (
        f"'{file.stem}' measures {picture.size}, not {accepted.size}; "
        "if it should, accept it with --accept"
    )
    apart = np.abs(squares(accepted) - squares(picture))
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    place = (
        f"{row * CELL * 25.4 / dpi:.0f} mm from the top "
        f"and {column * CELL * 25.4 / dpi:.0f} mm from the left"
    )
    assert apart.max() <= TOLERANCE, (
        f"'{file.stem}' differs at {place}; if it should, accept it with --accept"
    )
