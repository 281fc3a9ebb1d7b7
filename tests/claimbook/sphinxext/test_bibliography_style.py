"""The list of works: what stands where in an entry, and in which order the entries stand."""

import pytest
from claimbook.sphinxext.bibliography_style import STYLE_NAME, AuthorYear, AuthorYearSorting
from pybtex.database import parse_string
from pybtex.plugin import register_plugin

WORKS = """
@book{z, author = {Zander, Ada}, title = {A Guide to Ice}, edition = {4}, year = {2030},
  publisher = {Example Press}, address = {Havn}}
@article{b, author = {Berg, Ola}, title = {On 9 August 2020}, journal = {Annals}, volume = {3},
  number = {2}, pages = {12--19}, year = {2021}}
@techreport{o, author = {{office of {Maps}}}, title = {Directive 203: Analytic Standards},
  institution = {Office of Maps}, year = {2015}}
@book{b2, author = {Berg, Ola}, title = {Before}, edition = {2}, year = {2019}}
@misc{m, author = {Writer, A.}, title = {A Title}, year = {2022}, note = {Seen in a copy}}
"""


@pytest.fixture(scope="module")
def works() -> list[str]:
    """The works as they are listed."""
    register_plugin("pybtex.style.sorting", STYLE_NAME, AuthorYearSorting)
    listed = AuthorYear().format_bibliography(parse_string(WORKS, "bibtex"))
    return [work.text.render_as("text") for work in listed]


def test_works_stand_by_family_name_or_institution_and_year(works):
    assert [work.partition(")")[0] + ")" for work in works] == [
        "Berg, Ola (2019)",
        "Berg, Ola (2021)",
        "office of Maps (2015)",
        "Writer, A. (2022)",
        "Zander, Ada (2030)",
    ]


def test_titles_keep_their_capitals_and_editions_are_ordinals(works):
    assert works[4] == "Zander, Ada (2030). A Guide to Ice, 4th edn. Example Press, Havn."
    assert works[0] == "Berg, Ola (2019). Before, 2nd edn."
    assert "Directive 203: Analytic Standards. Office of Maps." in works[2]


def test_an_article_names_its_journal_volume_and_pages(works):
    assert works[1] == "Berg, Ola (2021). On 9 August 2020. Annals, 3(2), 12–19."


def test_a_note_on_a_work_is_printed(works):
    assert works[3].endswith("Seen in a copy.")
