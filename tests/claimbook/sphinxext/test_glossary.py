"""Terms of the glossary are explained where the prose uses them."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from support.forked_python import run_sphinx

PAGE = """\
# The Vell Watch

The Vell Watch saw a strait closure coming. The Vell Watch said so in `the Vell Watch`.

## A strait closure

Strait closures are rare, a [strait closure](index) rarer. Strait closure is rarest.

| Vell Watch |
|---|
| Vell Watch |

A bearing of the ship is none of ours. Vell Watchers and the sub-Vell Watch are others.
"""
INDEX = """\
# Terms

```{toctree}
page
```

```{glossary}
Vell Watch
  A group that counts ships ["by hand"](page).

  It was founded in 2030.

strait closure
Bearing
  The end of passage.
```

The Vell Watch is explained above.
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    """The folder of a book of two pages, built by Sphinx."""
    book = tmp_path_factory.mktemp("glossary")
    (book / "conf.py").write_text(
        "extensions = ['myst_parser', 'claimbook.sphinxext.glossary']\n", "utf-8"
    )
    (book / "index.md").write_text(INDEX, "utf-8")
    (book / "page.md").write_text(PAGE, "utf-8")
    ran = run_sphinx(book, book / "built", "-W")
    assert ran.returncode == 0, ran.stderr
    return book / "built"


def explained(page: Path) -> list[Tag]:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser").select("abbr.cb-term")


def test_a_section_explains_a_term_once_and_as_the_glossary_writes_it(pages):
    terms = explained(pages / "page.html")
    assert [term.text for term in terms] == ["Vell Watch", "strait closure", "Strait closure"]
    first, second, third = (term["title"] for term in terms)
    assert first == "A group that counts ships “by hand”."
    assert second == third == "The end of passage."


def test_the_page_of_the_glossary_explains_nothing_twice(pages):
    assert explained(pages / "index.html") == []
