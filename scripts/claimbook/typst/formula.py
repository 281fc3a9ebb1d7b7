"""Formulas as SVG, drawn by matplotlib's mathtext: it needs neither TeX nor the network."""

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from claimbook.house_style import FORMULA_FONT, use_own_fonts

SIZE = 10.0  # points
SHORT_COMMAND = re.compile(r"\\(le|ge|ne)(?![a-zA-Z])")  # mathtext has only \leq, \geq and \neq


@dataclass(frozen=True)
class Formula:
    """A formula that was drawn as an SVG file.

    Attributes:
        name: The name of its SVG file.
        height: Its height, in ems.
        depth: How far it extends below the baseline, in ems.
    """

    name: str
    height: float
    depth: float


def draw_formula(tex: str, folder: Path, *, displayed: bool = False) -> Formula:
    """Draw a formula as an SVG file.

    Args:
        tex: The formula in TeX's notation, without dollar signs.
        folder: The folder to write the file to, which is created if it is missing.
        displayed: Whether the formula is a block of its own, with its fractions in full size.

    Raises:
        ValueError: Matplotlib cannot parse the formula; the message says where.
    """
    import matplotlib  # slow, and most books have no formula
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser, math_to_image

    source = SHORT_COMMAND.sub(r"\g<0>q", f"${' '.join(tex.split())}$")
    if displayed:
        source = re.sub(r"\\frac\b", r"\\dfrac", source)
    use_own_fonts()
    font = FontProperties(family=FORMULA_FONT, size=SIZE, math_fontfamily="stix")
    name = f"formula-{hashlib.sha256(source.encode()).hexdigest()[:16]}.svg"
    # As outlines: screen readers take the formula from the alternative text.
    with matplotlib.rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}):
        _, height, depth, *_ = MathTextParser("path").parse(source, dpi=72, prop=font)
        svg = io.BytesIO()
        math_to_image(source, svg, prop=font, dpi=72, format="svg")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(svg.getvalue())
    return Formula(name, height / SIZE, depth / SIZE)
