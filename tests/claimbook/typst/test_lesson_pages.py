"""The lesson: a page of the book as sheets to copy, with the answers last."""

import re
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from support.made_up_report import build_report, lay_out_pages
from support.small_book import HEAD
from support.small_pdf import page_texts, tags

INCH = 72  # points
TOC = """format: jb-book
root: index
chapters:
  - file: chapters/forecast
  - file: chapters/class
  - file: ledger
"""
INDEX = (
    "# The Harbour Question\n\nShips passed all summer {claim}`DE-01`; see [](chapters/class).\n"
)
FORECAST = "# Forecasts\n\nThe institute thinks a closure unlikely {claim}`DE-02`.\n"
LESSON = (
    HEAD.replace("---\n", "---\nclass: web-only\n", 1)
    + """# Who said that?

{.method}
A lesson on {glue:}`claims` claims, after [](forecast).

```{code-cell} python
:tags: [remove-input]
from claimbook.analysis import metrics
from claimbook.corpus.model import load
from claimbook.display import tables
from claimbook.display.glued_counts import glue_counts
from claimbook.figures.matrix_form import blank_matrix

corpus = load()
glue_counts(metrics.corpus_counts(corpus))
```

## For teachers

| Minutes | What |
|---|---|
| ten | Read aloud. |

## Read it

:::{admonition} Text A
Ships passed {claim}`DE-01, DE-04`.
:::

{.questions .method}
1. Who saw the boats?
2. Who denies the barrier?

## Order them

{.cards}
1. A closure is *unlikely* {claim}`DE-02`.
2. A closure is *likely* {claim}`HP-03`.

{.scale .method}
- never
- perhaps
- always

## Weigh them

```{code-cell} python
:tags: [remove-input]
blank_matrix(corpus, "A form", only=["buoys-laid", "boats-seen"], name="class-form")
```

## All the answers

### Who saw them

The institute saw the boats {claim}`DE-04`.

```{code-cell} python
:tags: [remove-input]
tables.readings_table(corpus, ["buoys-laid", "boats-seen"])
```
"""
)
SETTINGS = """
[lesson]
page = "chapters/class"
title = "A lesson of an hour"
answers = "all-the-answers"
"""


def write_report(folder: Path, settings: str = SETTINGS) -> Path:
    """Lay out the made-up report with two chapters and the ledger, and with a lesson."""
    pages = {"index": INDEX, "chapters/forecast": FORECAST, "chapters/class": LESSON}
    return lay_out_pages(folder, TOC, pages, settings)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built book and its lesson."""
    folder = write_report(tmp_path_factory.mktemp("lesson") / "report")
    ran = build_report(folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "_build"


@pytest.fixture(scope="module")
def lesson(made: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(made / "pdf" / "harbour-question-lesson.pdf")


@pytest.fixture(scope="module")
def pages(lesson: pypdf.PdfReader) -> list[str]:
    return page_texts(lesson)


def test_it_is_tagged_titled_and_made_to_be_kept(lesson: pypdf.PdfReader) -> None:
    assert lesson.metadata.title == "The Harbour Question: Who said that?"
    root = lesson.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part\W+1\b", xmp)
    assert re.search(r"pdfaid:part\W+3\b", xmp)


def test_each_section_after_the_first_begins_a_page_and_the_answers_come_last(
    pages: list[str],
) -> None:
    opening, *exercises, answers = pages
    assert opening.startswith("Who said that? A lesson of an hour A lesson on")
    assert "after Forecasts. For teachers" in opening
    for page, heading in zip(exercises, ("Read it", "Order them", "Weigh them"), strict=True):
        assert page.startswith(heading)
    assert answers.startswith("All the answers Who saw them The institute saw the boats")
    assert not any("The institute saw" in page for page in (opening, *exercises))


def test_it_has_the_words_numbers_tables_and_forms_of_the_page(
    lesson: pypdf.PdfReader, pages: list[str]
) -> None:
    assert re.search(r"A lesson on \w+ claims", pages[0])
    assert "Minutes What ten Read aloud." in pages[0]
    assert "1 Who saw the boats? 2 Who denies the barrier?" in pages[1]
    assert "1 A closure is unlikely" in pages[2]
    assert all(word in pages[2] for word in ("never", "perhaps", "always"))
    [alt] = [words for tag, words in tags(lesson) if tag == "Figure"]
    assert alt.startswith("An empty form: 2 propositions in rows")
    assert "Points against it" in pages[4]


def test_questions_have_room_to_write(made: Path) -> None:
    """The next question stands more than an inch lower."""
    text = pypdfium2.PdfDocument(made / "pdf" / "harbour-question-lesson.pdf")[1].get_textpage()

    def height(words: str) -> float:
        first, _ = text.search(words).get_next()
        return text.get_charbox(first)[1]

    assert height("Who saw") - height("Who denies") > INCH


def test_claims_have_their_ids_and_the_foot_says_where_they_are(pages: list[str]) -> None:
    assert "Ships passed [DE-01, DE-04]." in pages[1]
    for page in pages:
        assert "The small ids name claims. Each, and the way to its source, is in" in page
        assert "harbour-question.pdf" in page


def test_the_picture_of_the_form_has_no_number_on_the_page(made: Path) -> None:
    html = (made / "html" / "chapters" / "class.html").read_text("utf-8")
    assert html.count('class="cb-wide"') == 1
    assert "caption-number" not in html


def test_it_is_a_download_of_every_page_and_no_chapter_of_the_report(made: Path) -> None:
    for page in ("index.html", "chapters/class.html", "ledger.html"):
        html = (made / "html" / page).read_text("utf-8")
        [address] = re.findall(r'href="[./]*(pdf/[\w-]+-lesson\.pdf)"', html)
        assert (made / "html" / address).is_file()
        assert "A lesson of an hour, to print (.pdf)" in html
    report = pypdf.PdfReader(made / "pdf" / "harbour-question.pdf")
    text = " ".join(page.extract_text() for page in report.pages)
    assert "Who saw the boats?" not in text


def test_a_report_whose_settings_have_none_gets_none(made_up_book: Path) -> None:
    assert [file.name for file in (made_up_book / "pdf").iterdir()] == ["harbour-question.pdf"]
    assert "lesson" not in (made_up_book / "html" / "index.html").read_text("utf-8").lower()


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (
            'page = "chapters/class"',
            'page = "chapters/klass"',
            "lesson.page: 'chapters/klass' is no page of the book",
        ),
        (
            '"all-the-answers"',
            '"order-them"',
            "lesson.answers: 'order-them' is not the last of several sections of 'chapters/class'",
        ),
    ],
)
def test_what_the_book_does_not_have_is_a_fault(
    tmp_path: Path, right: str, wrong: str, fault: str
) -> None:
    ran = build_report(write_report(tmp_path / "report", SETTINGS.replace(right, wrong)), "pdf")
    assert ran.returncode == 1
    assert f"report.toml: {fault}" in ran.stderr
    assert not (tmp_path / "report" / "_build" / "pdf").exists()
