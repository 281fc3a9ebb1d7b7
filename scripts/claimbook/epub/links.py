"""Links to what an EPUB does not have: they lead to the site, or only their words are left."""

import posixpath
import re
from collections.abc import Callable
from urllib.parse import urljoin

from docutils import nodes

from claimbook.settings import settings

NOWHERE = "nowhere:"  # begins addresses of what neither the EPUB nor a site has
PAGE = ".html"
# The address of a link in raw HTML, but none with a scheme, or that begins with a slash or a
# fragment: it stands there as on the pages of the site, relative to the page.
ADDRESS = re.compile(r'(<a\b[^>]*\bhref=")(?![a-z][a-z0-9+.-]*:|[/#])([^"#]+)(#[^"]*)?"', re.DOTALL)
DEAD_LINK_START = re.compile(rf'<a\b[^>]*\bhref="{NOWHERE}[^"]*"[^>]*>', re.DOTALL)
DEAD_LINK = re.compile(rf"{DEAD_LINK_START.pattern}(.*?)</a>", re.DOTALL)

PageAddress = Callable[[str], str | None]  # of a page as seen from another; None where it is not


def address_on_site(file: str) -> str:
    """Return the address of a file of the site; without a site one to nowhere."""
    address = settings().report.address
    return urljoin(f"{address.rstrip('/')}/", file) if address else NOWHERE + file


def correct_raw_links(tree: nodes.document, docname: str, page_address: PageAddress) -> None:
    """Correct the links of a page that cells and writers put there as HTML.

    Args:
        tree: The page, which is changed.
        docname: Its name.
        page_address: A function that returns the address of a page as seen from this one; None
            where the EPUB does not have it.
    """

    def corrected(link: re.Match[str]) -> str:
        start, address, fragment = link.groups(default="")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(docname), address))
        page = page_address(file.removesuffix(PAGE)) if file.endswith(PAGE) else None
        return f'{start}{page or address_on_site(file)}{fragment}"'

    for raw in list(tree.findall(nodes.raw)):
        html = ADDRESS.sub(corrected, raw.astext())
        if html != raw.astext():
            raw.parent.replace(raw, nodes.raw("", html, format="html"))


def remove_dead_links(tree: nodes.document) -> None:
    """Leave only the words of links that lead nowhere, titles of pages in italics."""
    for link in list(tree.findall(nodes.reference)):
        if link.get("refuri", "").startswith(NOWHERE):
            is_number = any("std-numref" in node["classes"] for node in link.findall(nodes.inline))
            kind = nodes.inline if is_number else nodes.emphasis
            link.parent.replace(link, kind("", "", *link.children))
    for raw in list(tree.findall(nodes.raw)):
        html = DEAD_LINK.sub(r"\1", raw.astext())
        if DEAD_LINK_START.fullmatch(html):  # its words and its end are nodes of their own
            _remove_link_end(raw)
        elif html != raw.astext():
            raw.parent.replace(raw, nodes.raw("", html, format="html"))


def _remove_link_end(start: nodes.raw) -> None:
    """Remove the beginning of a link, and the end that belongs to it."""
    siblings = start.parent.children[start.parent.index(start) + 1 :]
    ends = (node for node in siblings if isinstance(node, nodes.raw) and node.astext() == "</a>")
    for node in [start, *filter(None, [next(ends, None)])]:
        node.parent.remove(node)
