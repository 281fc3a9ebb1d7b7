"""Which pages of this report are printed in its volumes."""

from pathlib import Path

from claimbook.paths import project

WEB_ONLY = "class: web-only\n"


def is_printed(page: Path) -> bool:
    """Whether the source file of a page says nothing of being for the web alone."""
    head = page.read_text("utf-8").split("---\n", 2)
    return len(head) < 3 or WEB_ONLY not in head[1]


def html_of_printed_pages(book: Path) -> list[str]:
    """The HTML of every page of a built book that is not for the web alone.

    The pages of single figures are left out: the figures stand on the other pages.
    """
    unprinted = {page.stem for page in project().chapters.glob("*.md") if not is_printed(page)}
    pages = [page for page in (book / "html").rglob("*.html") if page.parent.name != "embed"]
    return [page.read_text("utf-8") for page in pages if page.stem not in unprinted]
