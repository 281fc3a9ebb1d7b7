"""The numbers by which paragraphs are cited."""

from bs4 import BeautifulSoup


def numbers(book, name: str) -> list[str]:
    page = BeautifulSoup((book / f"html/{name}.html").read_text("utf-8"), "html.parser")
    return [link.get_text() for link in page.select(".cb-par")]


def test_paragraphs_of_a_chapter_are_numbered_from_one_and_can_be_linked_to(made_up_book):
    shown = numbers(made_up_book, "chapters/closure")
    assert shown == [str(number) for number in range(1, len(shown) + 1)]
    assert len(shown) > 1
    page = (made_up_book / "html/chapters/closure.html").read_text("utf-8")
    assert all(page.count(f'id="p{number}"') == 1 for number in shown)


def test_pages_that_the_book_names_as_unnumbered_have_none(made_up_book):
    for name in ("ledger", "chapters/codebook", "chapters/data"):
        assert numbers(made_up_book, name) == []
