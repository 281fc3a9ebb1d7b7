"""The pages of the built book, and a choice of them for what takes long on each."""

import re
from pathlib import Path

import lxml.html
import pytest

Kind = tuple[str, str, str]  # of element: its tag, role and classes
EVERY = 30  # of the ledger's pages, which are all made alike
LEFT_OUT = {"_static", "embed"}  # the embedded figures stand on the pages, too


@pytest.fixture(scope="session")
def page_files(book: Path) -> dict[str, Path]:
    """Every page of the book by its name."""
    html = book / "html"
    found = [
        file
        for file in sorted(html.rglob("*.html"))
        if not LEFT_OUT & set(file.relative_to(html).parts)
    ]
    return {file.relative_to(html).with_suffix("").as_posix(): file for file in found}


@pytest.fixture(scope="session")
def chosen_pages(page_files: dict[str, Path]) -> dict[str, Path]:
    """All pages but most of the ledger's, of which the largest and every thirtieth are there."""
    ledger = [name for name in page_files if name.startswith("ledger/")]
    by_size = sorted(ledger, key=lambda name: page_files[name].stat().st_size, reverse=True)
    left_out = set(ledger) - set(by_size[::EVERY])
    return {name: file for name, file in page_files.items() if name not in left_out}


@pytest.fixture(scope="session")
def pages_of_every_kind(page_files: dict[str, Path]) -> dict[str, Path]:
    """A few pages that between them have every kind of element that the book has."""
    kinds = {name: kinds_of_elements(file) for name, file in page_files.items()}
    wanted, chosen = set[Kind]().union(*kinds.values()), {}
    while wanted:
        best = max(sorted(kinds), key=lambda name: len(kinds[name] & wanted))
        chosen[best] = page_files[best]
        wanted -= kinds[best]
    return chosen


def kinds_of_elements(page: Path) -> set[Kind]:
    """The elements of a page by tag, role and classes; numbers in classes do not count."""
    return {
        (element.tag, element.get("role", ""), re.sub(r"\d+", "", element.get("class", "")))
        for element in lxml.html.parse(page).iter("*")
    }
