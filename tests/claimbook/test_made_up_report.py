"""The engine makes a whole book of a report that it was not written for."""

import pypdf
from support.made_up_report import run_python


def test_the_check_finds_no_fault(made_up):
    ran = run_python(made_up, "-m", "claimbook", "check")
    assert ran.returncode == 0, ran.stderr
    assert "10 claims against schema, references and rules" in ran.stdout
    assert "anchors in 3 texts" in ran.stdout


def test_it_builds_as_pages_and_as_a_pdf_without_a_warning(made_up_book):
    index = (made_up_book / "html" / "index.html").read_text("utf-8")
    assert "<title>The Harbour Question: Norrland, Ostria and the Straits of Vell" in index
    pdf = pypdf.PdfReader(made_up_book / "pdf" / "harbour-question.pdf")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "The Harbour Question"
    assert "The ledger of claims" in "".join(page.extract_text() for page in pdf.pages)
    for page, address in (("index", "pdf/"), ("chapters/closure", "../pdf/")):
        html = (made_up_book / "html" / f"{page}.html").read_text("utf-8")
        assert f'href="{address}harbour-question.pdf"' in html
    offered = made_up_book / "html/pdf/harbour-question.pdf"
    assert offered.read_bytes() == (made_up_book / "pdf/harbour-question.pdf").read_bytes()


def test_a_second_build_has_nothing_to_do(made_up, made_up_book):
    ran = run_python(made_up, "-m", "claimbook", "build")
    assert ran.returncode == 0
    assert "building" not in ran.stdout + ran.stderr
