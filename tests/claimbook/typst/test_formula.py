"""Formulas and figures are set in the fonts that ship with matplotlib, whatever its list says."""

import copy
import os
import subprocess
import sys
from pathlib import Path

from claimbook.typst.formula import draw_formula
from matplotlib import font_manager

DRAW = """
import sys
from pathlib import Path
from claimbook import house_style
from claimbook.typst.formula import draw_formula
from matplotlib import font_manager
with house_style.house_style():
    print(Path(font_manager.findfont("DejaVu Sans")).name)
print(draw_formula("O = 1 - b", Path(sys.argv[1])).name)
"""


def test_a_stale_list_of_fonts_makes_neither_formulas_nor_figures_bold(tmp_path: Path) -> None:
    stale = copy.copy(font_manager.fontManager)
    stale.ttflist = [font for font in stale.ttflist if font.weight == 700]
    name = f"fontlist-v{font_manager.FontManager.__version__}.json"
    font_manager.json_dump(stale, tmp_path / name)
    ran = subprocess.run(
        [sys.executable, "-c", DRAW, str(tmp_path / "stale")],
        env={**os.environ, "MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    font, file = ran.stdout.split()
    assert font == "DejaVuSans.ttf"
    draw_formula("O = 1 - b", tmp_path)
    assert (tmp_path / "stale" / file).read_bytes() == (tmp_path / file).read_bytes()
