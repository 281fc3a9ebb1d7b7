"""What cells output in the formats of Jupyter: shown in both forms, or refused with its place."""

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject
from support.small_book import cut_down, run_engine

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
PICTURES = [
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])",
    "plt.plot([3, 1])\nplt.show()",
    "figure = plt.figure()\nfigure.gca().plot([1, 3])\nplt.close(figure)\nfigure",
    "%matplotlib inline\nimport pandas as pd\npd.DataFrame({'a': [1, 2]}).plot();",
    f"import base64\nfrom IPython.display import Image\nImage(base64.b64decode('{DOT}'))",
    "from IPython.display import SVG\n"
    'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>\')',
]
FORMULA = "from IPython.display import Latex\nLatex(r'$x^2 + 1$')"
REFUSED = [
    "from IPython.display import HTML\nHTML('<b>bold</b>')",
    "import ipywidgets\nipywidgets.IntSlider()",
]


def descriptions(node: object) -> list[str]:
    """The alternative texts of the figures in a structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        return [text for child in node for text in descriptions(child)]
    if not isinstance(node, DictionaryObject):
        return []
    own = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
    return own + descriptions(node.get("/K"))


def test_every_picture_and_formula_that_jupyter_shows_is_in_both_forms(made_up_copy):
    built = run_engine(cut_down(made_up_copy, *PICTURES, FORMULA, claim="DE-01"), "build")
    assert built.returncode == 0, built.stderr
    html = (made_up_copy / "_build/html/index.html").read_text("utf-8")
    assert html.count('alt="Picture made by this code:') == len(PICTURES)
    assert "<math" in html
    assert "Line2D" not in html
    pdf = pypdf.PdfReader(made_up_copy / "_build/pdf/harbour-question.pdf")
    told = descriptions(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert sum(text.startswith("Picture made by this code:") for text in told) == len(PICTURES)
    assert "x^2 + 1" in told


def test_an_output_that_a_form_cannot_show_is_refused_in_a_line_with_its_place(made_up_copy):
    built = run_engine(cut_down(made_up_copy, *REFUSED, claim="DE-01"), "build")
    assert built.returncode == 1
    lines = [line for line in built.stderr.splitlines() if "cannot show" in line]
    assert len(lines) == len(set(lines)) == 2, built.stderr
    assert all(line.startswith("index.md:") for line in lines)
    assert any("text/html, which the PDF cannot show" in line for line in lines)
    assert any("widget" in line and "which a page cannot show" in line for line in lines)
