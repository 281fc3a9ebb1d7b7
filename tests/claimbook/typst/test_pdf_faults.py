"""Faults of a book that stop the PDF: each is named with its place, and nothing is written."""

import re
from pathlib import Path

import pytest
from sphinx.errors import SphinxError
from support.small_pdf import build, write_book

FAULTS = """# Faults

Text.

```{strange}
```

![](steps.svg)

```{chart} steps.svg
:name: fig-mute

Mute.
```

```{eval-rst}
`nowhere <other/page.html>`_
```

A formula: $\\frac{1$
"""


def test_all_faults_are_named_with_file_and_line_and_nothing_is_written(tmp_path: Path) -> None:
    source = write_book(tmp_path / "book", FAULTS)
    with pytest.raises(SphinxError) as raised:
        build(source, tmp_path / "out", tmp_path / "doctrees")
    message = str(raised.value)
    for line, words in (
        (5, "'stranger'"),
        (8, "'steps.svg' has no alternative text"),
        (10, "'steps.svg' has no alternative text"),
        (17, "'other/page.html', which a PDF cannot follow"),
        (20, "cannot be set"),
    ):
        fault = rf"^index\.md:{line}: .*{re.escape(words)}"
        assert re.search(fault, message, re.MULTILINE), (line, words, message)
    assert list((tmp_path / "out").rglob("*.pdf")) == []


@pytest.mark.parametrize(
    ("text", "word_in_picture", "place"), [("漢", "x", "index.md:3"), ("", "漢", "steps.svg")]
)
def test_a_character_that_no_font_has_stops_the_build_and_is_named(
    tmp_path: Path, text: str, word_in_picture: str, place: str
) -> None:
    page = f"# Signs\n\nA sign {text} of another script.\n\n![A picture.](steps.svg)\n"
    source = write_book(tmp_path / "book", page, word_in_picture)
    with pytest.raises(SphinxError) as raised:
        build(source, tmp_path / "out", tmp_path / "doctrees")
    assert f"{place}: no font of the report has 漢 (U+6F22)" in str(raised.value)
