"""The list of works: what stands where in an entry, and in which order the entries stand."""

import re

import pytest
from pybtex.database import parse_string

from claimbook.sphinxext.bibliography_style import AuthorYear


@pytest.fixture(scope="module")
def works(book) -> list[str]:
    """The list as the page of references has it."""
    page = (book / "html" / "chapters" / "references.html").read_text("utf-8")
    return [
        re.sub(r"<[^>]+>", "", entry).strip()
        for entry in re.findall(r'<div class="citation".*?<p>(.*?)</p>', page, re.DOTALL)
    ]


def test_works_stand_by_family_name_or_institution_with_the_year_after_it(works):
    assert len(works) > 8
    names = [re.match(r"(.+?) \(\d{4}\)\.", work)[1] for work in works]
    assert names == sorted(names, key=str.lower)
    assert any(name == "Krippendorff, Klaus" for name in names)


def test_titles_keep_their_capitals_and_editions_are_ordinals(works):
    whole = " ".join(works)
    for title in (
        "Intelligence Community Directive 203: Analytic Standards",
        "9 August 2020",
        "4th edn",
        "2nd edn",
    ):
        assert title in whole


def test_a_note_on_a_work_is_printed():
    listed = parse_string(
        "@misc{one, author = {Writer, A.}, title = {A Title}, year = {2022}, note = {Seen in a copy}}",
        "bibtex",
    )
    (work,) = AuthorYear(sorting_style="none").format_bibliography(listed)
    assert work.text.render_as("text").endswith("Seen in a copy.")
