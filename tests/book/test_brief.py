"""The brief of the report: two pages, whose words and numbers are those of the pages and tables."""

import re
from itertools import chain

import pytest
from bs4 import BeautifulSoup
from claimbook.paths import project
from claimbook.settings import settings
from pypdf import PdfReader

NAME = "short-of-war-brief.pdf"


@pytest.fixture(scope="module")
def brief(book) -> PdfReader:
    return PdfReader(book / "pdf" / NAME)


@pytest.fixture(scope="module")
def pages(brief) -> list[str]:
    return [words(page.extract_text()) for page in brief.pages]


def words(text: str) -> str:
    """Words with straight apostrophes, single spaces between them, and none before a stop."""
    return re.sub(r" (?=[.,;)])", "", " ".join(text.replace("’", "'").split()))


def elements(node, kind: str):
    """The elements of one kind in the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        yield from chain(*(elements(child, kind) for child in node))
    elif isinstance(node, dict):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from elements(node["/K"], kind)


def test_it_has_two_pages_of_a4_and_is_tagged(brief):
    assert [[round(side) for side in page.mediabox[2:]] for page in brief.pages] == [[595, 842]] * 2
    assert brief.metadata.title == "Short of War: Brief"
    root = brief.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert list(elements(root["/StructTreeRoot"]["/K"], "/Table"))


def test_its_passages_are_those_of_the_pages(book, pages):
    brief = settings().brief
    for address in (brief.answer, *brief.watch, *brief.method):
        page, _, name = address.partition("#")
        html = (book / "html" / f"{page}.html").read_text("utf-8")
        section = BeautifulSoup(html, "html.parser").find("section", id=name)
        for marker in section.select(".claim, .cb-par, .headerlink"):
            marker.decompose()
        first = section.find("p", recursive=False)
        lists = section.find_all("ul", recursive=False)
        for part in (first, *chain(*(items("li") for items in lists))):
            assert words(part.get_text()) in " ".join(pages), address


def test_it_has_the_judgements_of_the_first_page_with_likelihood_and_confidence(pages, corpus):
    leading = corpus.judgements[corpus.judgements["number"].notna()].sort_values("number")
    assert len(leading) == 8
    rest = pages[0]
    for judgement in leading.itertuples():
        confidence = judgement.confidence if isinstance(judgement.confidence, str) else "–"
        start = rest.index(f"{judgement.number} {words(judgement.title)}.")
        end = rest.index(" p. ", start)
        row, rest = rest[start:end], rest[end:]
        assert words(judgement.why) in row
        assert re.search(rf"{judgement.likelihood} (\(\d+–\d+ ?%\) )?{confidence}$", row), row


def test_its_figures_are_described_and_bear_the_titles_of_the_pages(book, brief, pages):
    figures = list(elements(brief.trailer["/Root"]["/StructTreeRoot"]["/K"], "/Figure"))
    told = [words(str(figure["/Alt"])) for figure in figures]
    for address, alt in zip(settings().brief.figures, told, strict=True):
        page, _, name = address.partition("#")
        html = (book / "html" / f"{page}.html").read_text("utf-8")
        figure = BeautifulSoup(html, "html.parser").find("figure", id=name)
        assert alt == words(figure.find("svg")["aria-label"])
        assert words(figure.find("figcaption").find("strong").get_text()) in pages[1]


def test_its_page_numbers_are_those_of_the_chapters_in_the_report(book, brief, corpus):
    report = PdfReader(book / "pdf" / "short-of-war.pdf")
    annotations = (note.get_object() for note in brief.pages[0]["/Annots"])
    addresses = [note["/A"]["/URI"] for note in annotations if "/URI" in note.get("/A", {})]
    assert len(addresses) == 8
    leading = corpus.judgements[corpus.judgements["number"].notna()].sort_values("number")
    for address, chapter in zip(addresses, leading["chapter"], strict=True):
        page = int(re.fullmatch(r"\./short-of-war\.pdf#page=(\d+)", address)[1])
        title = re.search(r"^# (.+)$", (project().chapters / f"{chapter}.md").read_text(), re.M)[1]
        assert title in report.pages[page - 1].extract_text()[:80]


def test_it_is_the_first_download_and_named_in_the_readme(book):
    for page in ("index", "chapters/outlook", "chapters/explorer"):
        html = (book / "html" / f"{page}.html").read_text("utf-8")
        assert re.findall(r'href="[./]*pdf/([\w-]+\.pdf)"', html) == [
            NAME,
            "short-of-war-lesson.pdf",
            "short-of-war.pdf",
            "short-of-war-evidence.pdf",
        ]
    assert f"_build/pdf/{NAME}" in (project().root / "README.md").read_text("utf-8")


def test_it_says_where_the_evidence_is(pages):
    assert "short-of-war.pdf" in pages[1]
    assert "short-of-war-evidence.pdf" in pages[1]
