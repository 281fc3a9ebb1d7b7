"""The pages of the built book, and a choice of them for what takes long on each."""

from pathlib import Path

import pytest

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
