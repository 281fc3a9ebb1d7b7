"""How strictly each page is checked.

A page is strict unless `report.toml` says otherwise: it is an *argument*. The chapters of themes
always are. Pages listed in `prose.corpus_pages` are about the corpus and the method; pages listed
in `prose.reference_pages` argue nothing. A new page that nobody lists is therefore strict.
"""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from claimbook.errors import Fault
from claimbook.paths import SETTINGS, project
from claimbook.prose.parser import prose_files
from claimbook.settings import settings


class PageKind(Enum):
    """The kinds of pages, which differ in what a paragraph needs.

    Attributes:
        ARGUMENT: Every paragraph cites a claim or outside evidence, is in a frame of class
            `judgement`, or is short and marked `{.method}`.
        CORPUS: A paragraph may also rest on a computed number or a cited work, and a marked one may
            be long.
        REFERENCE: Only the claims that it cites are checked.
    """

    ARGUMENT = "argument"
    CORPUS = "corpus"
    REFERENCE = "reference"


def page_kind(page: str) -> PageKind:
    """Return how strictly a page is checked: as argument, corpus or reference.

    A page that the settings do not list is an argument.

    Args:
        page: The file name of the page without its suffix.
    """
    prose = settings().prose
    if page in prose.reference_pages:
        return PageKind.REFERENCE
    return PageKind.CORPUS if page in prose.corpus_pages else PageKind.ARGUMENT


def check_pages(root: Path | None = None) -> Iterator[Fault]:
    """Yield a fault for each page in the settings that is missing or listed twice.

    The settings name pages as chapters of themes, as pages about the corpus, and as pages for
    reference.
    """
    root = root or project().root
    pages = {path.stem for path in prose_files(root)}
    prose = settings().prose
    for number, theme in enumerate(settings().themes, start=1):
        if theme.chapter and theme.chapter not in pages:
            file = f"a file chapters/{theme.chapter}.md"
            yield Fault(SETTINGS, f"themes.{number}.chapter", "", theme.chapter, file)
    lists = {"corpus_pages": prose.corpus_pages, "reference_pages": prose.reference_pages}
    assigned = set(settings().theme_of_chapter)
    for name, listed in lists.items():
        for page in listed:
            key = f"prose.{name}"
            if page not in pages:
                yield Fault(SETTINGS, key, "", page, "a page of the book")
            elif page in assigned:
                allowed = "a page that is no chapter of a theme and is listed once"
                yield Fault(SETTINGS, key, "", page, allowed)
            assigned.add(page)
