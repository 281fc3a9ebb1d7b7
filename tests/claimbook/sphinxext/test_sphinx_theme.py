"""The theme on a page: formulas without scripts, icons, and nothing that a page does not use."""

import re

import pytest
from bs4 import BeautifulSoup
from claimbook.sphinxext.html.css_purge import purge_sheet, used_names

CONF = """
extensions = [
    "myst_parser", "sphinx_book_theme",
    "claimbook.sphinxext.html.sphinx_theme", "claimbook.sphinxext.html.css_purge",
]
html_theme, html_title, copyright = "sphinx_book_theme", "A book", "2031"
myst_enable_extensions, html_math_renderer = ["dollarmath"], "mathml"
"""


@pytest.fixture(scope="module")
def html(tmp_path_factory, sphinx):
    """A small book of the theme: one page with formulas, and one with code."""
    folder = tmp_path_factory.mktemp("themed")
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "index.md").write_text(
        "# One\n\nA share $\\frac{a}{b}$ of all.\n\n$$x_1 \\le 2$$\n\n```{toctree}\ncode\n```\n",
        "utf-8",
    )
    (folder / "code.md").write_text("# Code\n\n```python\nprint(1)\n```\n", "utf-8")
    sphinx(folder, folder / "out")
    return folder / "out"


def page(html, name: str) -> BeautifulSoup:
    return BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser")


def test_a_formula_is_set_without_scripts(html):
    index = page(html, "index")
    assert [formula["display"] for formula in index.find_all("math")] == ["inline", "block"]
    assert index.select("math mfrac")
    assert not [script for script in index.find_all("script") if "mathjax" in str(script).lower()]


def test_every_icon_on_a_page_is_drawn(html):
    sheet = (html / "_static" / "icons.css").read_text("utf-8")
    shown = set(re.findall(r'\bfa-[\w-]+(?=[^"<>]*")', (html / "index.html").read_text("utf-8")))
    assert {"fa-bars", "fa-magnifying-glass"} <= shown
    assert [name for name in shown - {"fa-solid", "fa-lg"} if f".{name}{{" not in sheet] == []


def test_no_page_asks_for_what_is_not_there_or_for_another_host(html):
    for name in ("index", "code"):
        soup = page(html, name)
        links = soup.select('link[rel~="stylesheet"], link[rel~="icon"]')
        asked = [script["src"] for script in soup.select("script[src]")]
        asked += [link["href"] for link in links]
        for address in asked:
            assert (html / address.partition("?")[0]).is_file(), f"{name} asks for {address}"


def test_code_keeps_its_colours_and_colours_of_other_code_are_left_out(html):
    sheet = (html / "_static/pygments.css").read_text("utf-8")
    assert page(html, "code").select(".highlight .mi")  # a number
    assert sheet.count(".highlight .mi{") == 2  # on light and on dark pages
    assert "td.linenos" not in sheet


def test_rules_that_no_page_can_use_are_left_out_and_licences_stay():
    sheet = (
        "/*! a licence */ /* a note */ @font-face { font-family: 'Font Awesome 6' }"
        " .used, .unused { color: red } #unused { color: red } .used:not(.unused) { color: blue }"
        " @media print { .unused { color: red } .used { color: black } }"
        " @media screen { .unused { color: red } }"
    )
    purged = purge_sheet(sheet, used_names(['<p class="used">Text</p>'], []))
    assert "".join(purged.split()) == (
        "/*!alicence*/.used{color:red}.used:not(.unused){color:blue}@mediaprint{.used{color:black}}"
    )


def test_a_class_that_only_a_script_sets_counts_as_used():
    names = used_names(["<script>x.className = 'inline';</script>"], ["y.classList.add('own');"])
    assert purge_sheet(".inline{a:b} .own{a:b} .none{a:b}", names).split() == [
        ".inline{a:b}",
        ".own{a:b}",
    ]
