"""Formulas drawn by matplotlib's mathtext, so that no network package and no TeX is needed."""

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

SHORT = re.compile(r"\\(le|ge|ne)(?![a-zA-Z])")  # mathtext knows these by their longer names alone


@dataclass(frozen=True)
class Formula:
    """A drawn formula: the file's name, its height and how far it hangs below the line, both in ems."""

    name: str
    height: float
    depth: float


def draw_formula(tex: str, folder: Path, *, displayed: bool = False) -> Formula:
    """Draw `tex` as an SVG in `folder`; its fractions in full size if it is displayed.

    Raises:
        ValueError: mathtext cannot set it; the message says where it stopped.
    """
    import matplotlib
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser, math_to_image

    size = 10.0
    source = SHORT.sub(r"\g<0>q", f"${' '.join(tex.split())}$")
    if displayed:
        source = re.sub(r"\\frac\b", r"\\dfrac", source)
    prop = FontProperties(family="STIXGeneral", size=size, math_fontfamily="stix")
    name = f"formula-{hashlib.sha256(source.encode()).hexdigest()[:16]}.svg"
    # Outlines, not letters: the alternative text carries the formula for readers who cannot see it.
    with matplotlib.rc_context({"svg.hashsalt": name, "svg.fonttype": "path"}):
        _, height, depth, *_ = MathTextParser("path").parse(source, dpi=72, prop=prop)
        drawn = io.BytesIO()
        math_to_image(source, drawn, prop=prop, dpi=72, format="svg")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(drawn.getvalue())
    return Formula(name, height / size, depth / size)
