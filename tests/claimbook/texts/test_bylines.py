"""Authors are proposed where the head of a text names them, and nobody else is."""

import pytest
from claimbook.texts.intake.bylines import find_authors

BODY = "\n\nNo boats were seen. Ada Holm and Jon Berg spoke on 2 September.\n"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("Week at sea\n\nAda Holm\n\nSeptember 1, 6:30 pm ET", "Ada Holm"),
        (
            "Week at sea\nWeek at sea\nAda B. Holm, Jon van der Berg, and Édith O’Neil-Roux\n1 May",
            "Ada B. Holm; Jon van der Berg; Édith O’Neil-Roux",
        ),
        ("Week at sea\nBy Ada Holm & Jon Berg", "Ada Holm; Jon Berg"),
        ("Week at sea\nAuthor(s): Ada Holm, Jon Berg", "Ada Holm; Jon Berg"),
        ("Неделя в море\n\nАда Хольм и Йон Берг\n\n1 сентября 2031", "Ада Хольм; Йон Берг"),
    ],
)
def test_the_authors_that_a_head_names_are_found(head, authors):
    assert find_authors(head + BODY, "ru" if "сент" in head else "en") == authors


@pytest.mark.parametrize(
    "head",
    [
        "Ada Holm\n1 September 2031",  # the title
        "Week at sea\nAda Holm and Jon Berg",  # may be a heading: no word for it, and no day
        "Week at sea\nCoast Pilot\n1 September 2031",  # the outlet
        "Week at sea\nSpecial Edition on Winds\n1 September 2031",
        "Week at sea\nMore at sea, the weather\n1 September 2031",
        "Week at sea\nBy sea, no ship was held up",
        "Week at sea\nAda Holm\nThe ferries ran on 1 September 2031 as they had run all the year.",
    ],
)
def test_a_line_that_may_name_something_else_is_no_byline(head):
    assert find_authors(head + BODY, "en", ["Coast Pilot"]) == ""
