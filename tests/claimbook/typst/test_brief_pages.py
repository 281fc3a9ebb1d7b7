"""The brief: the report on two pages, from what its settings name of the book."""

import re
import shutil
from pathlib import Path

import pypdf
import pytest
from claimbook.corpus.model import Corpus
from support.made_up_report import build_report, lay_out_pages
from support.small_book import HEAD
from support.small_pdf import page_texts, tags

TOC = "format: jb-book\nroot: index\nchapters:\n  - file: chapters/forecast\n  - file: ledger\n"
INDEX = (
    HEAD
    + """# The Harbour Question

## In short

Ships passed all summer {claim}`DE-01`, says *one* report; see [](chapters/forecast).

```{code-cell} python
from claimbook.corpus.model import load
from claimbook.figures import event_lanes
event_lanes.events_by_theme(load().of_tier("report"), "Most lies in June")
```

{numref}`events-by-theme` has more {claim}`DE-01`.

```{bibliography}
```
"""
)
FORECAST = """# Forecasts

The institute thinks a closure unlikely {claim}`DE-02`.

## What to look for

Three signs count {claim}`DE-02`.

- A **ship** turned back {claim}`DE-02`.
- Buoys {claim}`DE-02`.

### Of no account

Talk is left out {claim}`DE-02`.
"""
BRIEF = """
[brief]
answer = "index#in-short"
watch = ["chapters/forecast#what-to-look-for"]
figures = ["index#events-by-theme"]
method = []
"""


def write_report(folder: Path, brief: str = BRIEF, index: str = INDEX) -> Path:
    """Lay out the made-up report with two pages and the ledger, and with a brief."""
    return lay_out_pages(folder, TOC, {"index": index, "chapters/forecast": FORECAST}, brief)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built book and its brief."""
    folder = write_report(tmp_path_factory.mktemp("brief") / "report")
    ran = build_report(folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "_build"


@pytest.fixture(scope="module")
def brief(made: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(made / "pdf" / "harbour-question-brief.pdf")


@pytest.fixture(scope="module")
def pages(brief: pypdf.PdfReader) -> list[str]:
    return page_texts(brief)


def test_it_has_two_pages_and_its_title_and_is_tagged(
    brief: pypdf.PdfReader, pages: list[str]
) -> None:
    assert len(pages) == 2
    assert brief.metadata.title == "The Harbour Question: Brief"
    assert "as of 2 September 2031" in pages[0]
    xmp = brief.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part\W+1\b", xmp)


def test_it_has_the_first_words_of_sections_without_markers_and_inner_sections(
    pages: list[str],
) -> None:
    assert "In short Ships passed all summer, says one report; see Forecasts." in pages[0]
    assert "What to look for Three signs count." in pages[0]
    assert "A ship turned back." in pages[0]
    text = " ".join(pages)
    assert "DE-0" not in text
    assert "Talk is left out" not in text
    assert "has more" not in text


def test_it_has_the_leading_judgements_in_order_with_likelihood_and_confidence(
    pages: list[str], corpus: Corpus
) -> None:
    leading = corpus.judgements[corpus.judgements["number"].notna()].sort_values("number")
    rest = pages[0]
    for judgement in leading.itertuples():
        graded = rf"{judgement.likelihood} (\(\d+–\d+ %\) )?{judgement.confidence}\b"
        words = rf"{judgement.number} {judgement.title}\. {judgement.why}\. "
        found = re.search(words + graded, rest)
        assert found, (judgement.title, rest)
        rest = rest[found.end() :]
    assert "ISS: Institute for Sea Studies." in rest
    for other in set(corpus.judgements["title"]) - set(leading["title"]):
        assert other not in " ".join(pages)


def test_its_figure_has_a_description(brief: pypdf.PdfReader, pages: list[str]) -> None:
    assert "Most lies in June" in pages[1]
    [alt] = [words for tag, words in tags(brief) if tag == "Figure"]
    assert len(alt) > 80


def test_the_page_of_a_judgement_leads_to_its_chapter_in_the_report(
    made: Path, brief: pypdf.PdfReader
) -> None:
    report = pypdf.PdfReader(made / "pdf" / "harbour-question.pdf")
    addresses = [
        note.get_object()["/A"]["/URI"]
        for note in brief.pages[0]["/Annots"]
        if "/URI" in note.get_object().get("/A", {})
    ]
    [page] = {re.fullmatch(r"\./harbour-question\.pdf#page=(\d+)", to)[1] for to in addresses}
    assert report.pages[int(page) - 1].extract_text().startswith("Forecasts")


def test_it_is_the_first_download_of_every_page(made: Path) -> None:
    for page in ("index.html", "chapters/forecast.html", "ledger.html"):
        html = (made / "html" / page).read_text("utf-8")
        offered = re.findall(r'href="[./]*(pdf/[\w-]+\.pdf)"', html)
        assert offered == ["pdf/harbour-question-brief.pdf", "pdf/harbour-question.pdf"]
        assert (made / "html" / offered[0]).is_file()


def test_a_report_whose_settings_have_none_gets_none(made_up_book: Path) -> None:
    assert [file.name for file in (made_up_book / "pdf").iterdir()] == ["harbour-question.pdf"]
    assert "brief" not in (made_up_book / "html" / "index.html").read_text("utf-8").lower()


def test_what_the_book_does_not_have_is_a_fault(tmp_path: Path) -> None:
    wrong = BRIEF.replace("#in-short", "#at-length").replace("#events-by-theme", "#events")
    ran = build_report(write_report(tmp_path / "report", wrong), "pdf")
    assert ran.returncode == 1
    for fault in (
        "report.toml: brief.answer: 'index#at-length' is no section of the book",
        "report.toml: brief.figures: 'index#events' is no figure of the book",
    ):
        assert fault in ran.stderr
    assert not (tmp_path / "report" / "_build" / "pdf").exists()


def test_what_does_not_fit_two_pages_is_a_fault_that_says_where(made: Path, tmp_path: Path) -> None:
    long = INDEX.replace("Ships passed", "Ships passed, and passed again. " * 200 + "Ships passed")
    report = write_report(tmp_path / "report", index=long)
    outputs = Path("_build/.work/.jupyter_cache")  # of the same cells
    shutil.copytree(made.parent / outputs, report / outputs)
    ran = build_report(report, "pdf")
    assert "ran index" not in ran.stderr
    assert ran.returncode == 1
    assert re.search(
        r"report\.toml: brief: it takes \d pages and may take 2: its answer, its judgements and "
        "what to watch need more than one page",
        ran.stderr,
    )
