"""Which pages of the book the EPUB has, in their order and with the titles of its parts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from claimbook.language.ledger_pages import LEDGER
from claimbook.sphinxext.page_classes import is_web_only


@dataclass(frozen=True)
class Part:
    """A part of the book.

    Attributes:
        title: Its title; empty for the front page, and in a book without parts.
        pages: The names of its pages.
    """

    title: str
    pages: list[str]


def book_parts(env: BuildEnvironment, evidence_parts: Collection[str]) -> list[Part]:
    """Return the parts of the book that the EPUB has, the front page first.

    Left out are the parts that are printed in the second volume, pages for the web alone, and the
    ledger with all pages below it.

    Args:
        env: The environment, with all pages read.
        evidence_parts: The titles of the parts that are printed in the second volume.
    """
    root = env.config.root_doc
    parts, seen = [Part("", [root])], {root}
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        title = str(toctree.get("caption") or "")
        if title in evidence_parts:
            continue
        pages = []
        for name in map(str, toctree["includefiles"]):
            pages += [page for page in _with_subpages(env, name) if page not in seen]
            seen.update(pages)
        if pages:
            parts.append(Part(title, pages))
    return parts


def _with_subpages(env: BuildEnvironment, page: str) -> Iterator[str]:
    """Yield a page and the pages below it, as far as the EPUB has them."""
    if page == LEDGER or is_web_only(env, page):
        return
    yield page
    for below in env.toctree_includes.get(page, []):
        yield from _with_subpages(env, below)
