"""The builder `epub`: the argument, its sources and its method as EPUB 3."""

import posixpath
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from markupsafe import Markup
from sphinx.builders.epub3 import Epub3Builder
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message
from sphinx.util.osutil import relative_uri

from claimbook.epub import cover, package
from claimbook.epub.content import FIGURE, prepare_page
from claimbook.epub.links import address_on_site, correct_raw_links, remove_dead_links
from claimbook.epub.notes import add_notes
from claimbook.epub.pages import Part, book_parts
from claimbook.paths import project
from claimbook.sphinxext.bibliography_style import with_list_roles

IMAGES = "_images"  # as Sphinx names it


class EpubError(SphinxError):
    """An error for an EPUB that cannot be made; the message has a line for each fault."""

    category = "EPUB"


class EpubBuilder(Epub3Builder):
    """The builder that writes the first volume of the book as one EPUB file.

    Of Sphinx's builder it keeps how nodes become XHTML. The pages, the package and the contents are
    its own: no theme, no script, no file of the site. What acts on pages of the format `html` does
    not act on those of this builder, whose format is `epub`.
    """

    name = "epub"
    format = "epub"
    epilog = "The EPUB is in %(outdir)s."
    supported_image_types = [  # noqa: RUF012  # as Sphinx declares it
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]
    supported_remote_images = True  # so that Sphinx downloads none; they are reported as faults

    def init(self) -> None:
        """Take over the visitors of HTML, except those that this format has of its own."""
        super().init()
        self.imagedir = IMAGES
        handlers = self.app.registry.translation_handlers
        handlers[self.format] = {**handlers.get("html", {}), **handlers.get(self.format, {})}
        self._parts: list[Part] = []
        self._bodies: dict[str, str] = {}
        self._pages: dict[str, package.Page] = {}
        self._files: dict[str, bytes] = {}
        self._faults: list[str] = []

    def get_outdated_docs(self) -> str:  # type: ignore[override]  # Sphinx takes a text, too
        """Return what Sphinx reports as outdated, which is always the whole book."""
        return "the whole book"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a page as seen from another.

        A page that the EPUB does not have is linked on the site; where the report names no site,
        `links.remove_dead_links` removes the link.
        """
        if self._has_page(to):
            return super().get_relative_uri(from_, to, typ)
        return address_on_site(f"{to}.html")

    def _has_page(self, docname: str) -> bool:
        """Check whether the EPUB has a page."""
        return any(docname in part.pages for part in self._parts)

    def add_visible_links(self, tree: nodes.document, show_urls: str = "inline") -> None:
        """Write no addresses after links, since an e-reader follows them."""

    # ------------------------------------------------------------------ writing

    def write(self, *ignored: Any) -> None:
        """Write the pages of the EPUB.

        Args:
            ignored: The names of documents that Sphinx passes; the whole book is always written.
        """
        assert self.env is not None
        evidence = getattr(self.config, "typst_evidence_parts", ())
        self._parts = book_parts(self.env, evidence)
        chosen = [page for part in self._parts for page in part.pages]
        with progress_message("writing the pages of the EPUB"):
            self.prepare_writing(set(chosen))
            for page in chosen:
                self._write_page(page)
        self._report_dead_links()
        if self._faults:
            reasons = ["the EPUB cannot be made:", *dict.fromkeys(self._faults)]
            raise EpubError("\n".join(reasons))

    def _write_page(self, docname: str) -> None:
        """Write a page, with its notes and its pictures."""
        assert self.env is not None
        tree = self.env.get_and_resolve_doctree(docname, self)
        address = self.get_target_uri(docname)

        def add_picture(name: str, svg: str) -> str:
            self._files[f"{IMAGES}/{name}"] = svg.encode()
            return relative_uri(address, f"{IMAGES}/{name}")

        def page_address(page: str) -> str | None:
            return self.get_relative_uri(docname, page) if self._has_page(page) else None

        correct_raw_links(tree, docname, page_address)
        remove_dead_links(tree)
        prepare_page(tree, add_picture)
        notes = add_notes(tree)
        self._add_images(docname, tree)
        self.fix_ids(tree)
        self._pages[docname] = package.Page(
            address,
            self.env.titles[docname].astext(),
            _sections(tree),
            self._numbered_figures(docname, tree),
        )
        self.write_doc(docname, tree)
        text = package.render(
            "page.xhtml",
            language=self.config.epub_language,
            title=self._pages[docname].title,
            to_root="../" * address.count("/"),
            body=Markup(self._bodies[docname]),
            notes=notes,
        )
        self._files[address] = text.encode()

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Keep the body of a page, which has no theme around it."""
        self._bodies[pagename] = with_list_roles(str(addctx.get("body", "")))

    def _add_images(self, docname: str, tree: nodes.document) -> None:
        """Add the images of a page that are files of the book, and report all others."""
        self.post_process_images(tree)
        for image in tree.findall(nodes.image):
            uri, file = image["uri"], Path(self.srcdir, image["uri"])
            if uri in self.images and file.is_file():
                self._files[f"{IMAGES}/{self.images[uri]}"] = file.read_bytes()
            else:
                self._faults.append(f"{docname}: the image '{uri}' is not a file of the book")

    def _numbered_figures(self, docname: str, tree: nodes.document) -> list[tuple[str, str]]:
        """Return the id of each numbered figure of a page, and its number and title."""
        assert self.env is not None
        numbers = self.env.toc_fignumbers.get(docname, {}).get("figure", {})
        found = []
        for figure in tree.findall(nodes.figure):
            name = next((name for name in figure["ids"] if name in numbers), None)
            caption = next(figure.findall(nodes.caption), None)
            if name is None or caption is None or FIGURE not in figure["classes"]:
                continue
            number = self.config.numfig_format["figure"] % ".".join(map(str, numbers[name]))
            title = next(caption.findall(nodes.strong), caption).astext()
            found.append((name, f"{number}: {title}"))
        return found

    def _report_dead_links(self) -> None:
        """Report pages that are not well-formed, and links that lead nowhere."""
        ids: dict[str, set[str]] = {}
        links: list[tuple[str, str]] = []
        for page in self._pages.values():
            try:
                root = ElementTree.fromstring(self._files[page.address])
            except ElementTree.ParseError as error:
                self._faults.append(f"{page.address}: not well-formed: {error}")
                continue
            ids[page.address] = {element.get("id", "") for element in root.iter()}
            links += [
                (page.address, link) for element in root.iter() if (link := element.get("href"))
            ]
        for address, link in links:
            target, _, fragment = link.partition("#")
            if ":" in target or target.endswith(".css"):
                continue
            at = posixpath.normpath(posixpath.join(posixpath.dirname(address), target))
            known = ids.get(at if target else address)
            if known is None or (fragment and fragment not in known):
                self._faults.append(f"{address}: the link '{link}' leads nowhere in the EPUB")

    def finish(self) -> None:
        """Write the file, with cover, contents and package around the pages."""
        with progress_message("writing the EPUB"):
            self._files[package.COVER_IMAGE] = cover.cover_image()
            parts = [
                package.PartOfPages(part.title, [self._pages[page] for page in part.pages])
                for part in self._parts
            ]
            files = package.package_files(self.config, parts, self._files, cover.cover_alt())
            package.write_epub(files, Path(self.outdir, project().epub_name))


def _sections(tree: nodes.document) -> list[tuple[str, str]]:
    """Return the id and the title of each section of a page, below its heading."""
    page = next(tree.findall(nodes.section), None)
    found = []
    for section in page.children if page is not None else ():
        if isinstance(section, nodes.section) and section["ids"]:
            title = next(section.findall(nodes.title), None)
            if title is not None:
                found.append((section["ids"][0], title.astext()))
    return found
