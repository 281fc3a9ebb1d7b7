"""Links in the HTML that cells and pages write themselves, right in every form of the book.

They are written as they stand on the pages of the site, relative to the page: `../data/claims.csv`.
Sphinx leaves them as they are, wherever a builder puts the page.
"""

import posixpath
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

# The address of a link, but none that has a scheme, or begins with a slash or a fragment.
ADDRESS = re.compile(r'(<a\b[^>]*\bhref=")(?![a-z][a-z0-9+.-]*:|[/#])([^"#]+)(#[^"]*)?"', re.DOTALL)
PAGE = ".html"
NOWHERE = "nowhere:"  # begins addresses of what a form of the book does not have


class CorrectRawLinks(SphinxPostTransform):
    """A transform that corrects the links in raw HTML for the builder at work."""

    default_priority = 850  # after myst-nb has chosen among the formats of an output
    formats = ("html", "epub")

    def run(self, **_: object) -> None:
        """Correct the links of a page."""
        for raw in list(self.document.findall(nodes.raw)):
            html = ADDRESS.sub(self._corrected, raw.astext())
            if "html" in raw.get("format", "").split() and html != raw.astext():
                raw.parent.replace(raw, nodes.raw("", html, **raw.attributes))

    def _corrected(self, link: re.Match[str]) -> str:
        start, address, fragment = link.groups(default="")
        return f'{start}{self._address(address)}{fragment}"'

    def _address(self, address: str) -> str:
        """Return the address of a page or file as seen from this page.

        A form that is no site has no files beside its pages.

        Args:
            address: The address as seen from this page of the site.
        """
        here, builder = self.env.docname, self.app.builder
        target = posixpath.normpath(posixpath.join(posixpath.dirname(here), address))
        page = target.removesuffix(PAGE)
        if page != target and page in self.env.found_docs:
            return str(builder.get_relative_uri(here, page))
        if builder.format == "html":
            return relative_uri(builder.get_target_uri(here), target)
        return NOWHERE + target


def setup(app: Sphinx) -> None:
    """Register the correction of links."""
    app.add_post_transform(CorrectRawLinks)
