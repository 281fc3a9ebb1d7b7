"""The builder `typstpdf`: tagged PDFs of the whole book, with its tables attached."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import typst
from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.osutil import relpath

from claimbook.corpus.named_files import package_files
from claimbook.digests import build_moment
from claimbook.export.ro_crate import MEDIA_TYPES
from claimbook.house_style import PRINT
from claimbook.sphinxext.nodes import ancestors
from claimbook.typst.assemble import assemble, part
from claimbook.typst.base import BOOK_ADDRESS, PdfBuilder
from claimbook.typst.layout import (
    PDF_FOLDER,
    Layout,
    PdfError,
    lay_out,
    other_than,
    shared_digest,
)
from claimbook.typst.leaflet import Leaflet
from claimbook.typst.leaflets import write_leaflets
from claimbook.typst.text import (
    array_literal,
    markup_call,
    optional_content,
    string_array,
    string_literal,
    typst_call,
)
from claimbook.typst.translator import TypstTranslator
from claimbook.typst.volumes import (
    EVIDENCE_SUBJECT,
    Volume,
    make_volumes,
    unknown_parts,
)

logger = logging.getLogger(__name__)

TEMPLATES = sorted(Path(__file__).parent.glob("*.typ"))
# Fonts of matplotlib's for characters that the serif lacks. Its other fonts are not offered: one
# is a last-resort font, which has a sign for every character and so would hide a missing one.
FONTS = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSans-BoldOblique.ttf",
)
MISSING_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class TypstBuilder(PdfBuilder):
    """The builder that writes the whole book as one PDF, or as two volumes.

    There are two if the setting `typst_evidence_parts` names any parts of the book. The second has
    these parts, and the data and code of the figures; the report has all else.

    Where the report's settings describe a brief or a lesson, it is a further PDF.

    The PDFs are written into the folder `pdf` of the output folder, and next to that the Typst
    sources with all files that these need.

    Attributes:
        title: The title of the book.
        volumes: Its volumes, the report first.
        evidence_parts: The titles of the parts that the last volume has.
    """

    name = "typstpdf"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s/pdf."
    supported_image_types = Builder.supported_image_types + [  # noqa: RUF005  # keeps Sphinx's type
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]
    default_translator_class = TypstTranslator
    supported_remote_images = True  # so that Sphinx downloads none; the translator reports them

    def init(self) -> None:
        """Read the title and the volumes from the settings, and clear earlier faults."""
        config = self.config
        self.title: str = config.typst_title or config.html_title or config.project
        self.evidence_parts: list[str] = list(config.typst_evidence_parts)
        self.volumes = make_volumes(self.evidence_parts)
        self._leaflets: list[Leaflet] = []
        self._faults: list[str] = []
        self._copied_images: dict[str, str] = {}  # paths in the output folder, by address

    def get_outdated_docs(self) -> str:
        """Return what Sphinx reports as outdated, which is always the whole book."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address that links within the book have for a document."""
        return BOOK_ADDRESS + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of a document, which is the same from every other document."""
        return self.get_target_uri(to, typ)

    # ------------------------------------------------------------------ writing

    def write(self, *ignored: Any) -> None:
        """Join all documents, translate them to Typst, and compile the PDFs.

        Args:
            ignored: The names of documents that Sphinx passes; the whole book is always written.

        Raises:
            PdfError: A PDF cannot be made.
        """
        with progress_message("assembling the book"):
            book = assemble(self)
        with progress_message("setting the book in Typst"):
            self._report_unknown_parts(book)
            translator = self.create_translator(book, self)  # with other extensions' visitors
            translator.translate()
            self._leaflets = list(write_leaflets(book, translator))
            self._faults += [fault for leaflet in self._leaflets for fault in leaflet.faults]
            attachments = "".join(self._attach_files())
            self._raise_faults()
            self._write_sources(attachments)
        with progress_message("compiling the PDFs"):
            self._compile(book)

    def _report_unknown_parts(self, book: nodes.document) -> None:
        """Report parts that `typst_evidence_parts` names and the book does not have."""
        titles = ", ".join(f"'{title.astext()}'" for title in book.findall(part))
        for unknown in unknown_parts(book, self.evidence_parts):
            self._faults.append(
                f"typst_evidence_parts: '{unknown}' is no part of the book, which has {titles}"
            )

    def _write_sources(self, attachments: str) -> None:
        """Write the Typst sources of the volumes, and the files that they share.

        Args:
            attachments: The calls that attach files to the last volume.
        """
        outdir = Path(self.outdir)
        for template in TEMPLATES:
            shutil.copy(template, outdir / template.name)
        colours = (f'#let {name} = rgb("{value}")\n' for name, value in PRINT.items())
        (outdir / "colours.typ").write_text("".join(colours), encoding="utf-8")
        (outdir / "fonts").mkdir(exist_ok=True)
        for name in FONTS:
            font = Path(matplotlib.get_data_path(), "fonts", "ttf", name)
            shutil.copy(font, outdir / "fonts" / name)
        for volume in self.volumes:
            other = next((each for each in self.volumes if each is not volume), None)
            asked = typst_call("printed-pages", string_array(volume.referred))
            parts = (
                '#import "template.typ": *',
                self._preamble(volume, other),
                other.as_other() if other else "",
                attachments if volume is self.volumes[-1] else "",
                volume.markup,
                f"#{asked}",
            )
            (outdir / volume.source_name).write_text("\n".join(parts), encoding="utf-8")
        for leaflet in self._leaflets:
            metadata = self._metadata(f"{self.title}: {leaflet.name}", leaflet.subject)
            source = leaflet.source(metadata)
            (outdir / leaflet.volume.source_name).write_text(source, encoding="utf-8")

    def report_fault(self, node: nodes.Node, message: str) -> None:
        """Collect a fault, with the file and line of a node or of its nearest ancestor.

        Args:
            node: The node with the fault.
            message: The fault in words.
        """
        lineage = [node, *ancestors(node)]
        lines = (outer.line for outer in lineage if outer.line)
        sources = (outer.source for outer in lineage if outer.source)
        line, source = next(lines, None), next(sources, "the book")
        if Path(source).is_absolute():
            source = relpath(source, self.srcdir)
        self._faults.append(f"{source}{f':{line}' if line else ''}: {message}")

    def _raise_faults(self) -> None:
        """Raise a `PdfError` with all collected faults, if there are any.

        A fault that was reported repeatedly is in the message once.
        """
        if self._faults:
            raise PdfError("\n".join(["the PDF cannot be made:", *dict.fromkeys(self._faults)]))

    def copy_image(self, uri: str) -> str | None:
        """Copy an image to the output folder, once for all its uses.

        Args:
            uri: The path of the image, relative to the source folder or absolute.

        Returns:
            Its path within the output folder; None if there is no such file.
        """
        if uri not in self._copied_images:
            paths = (Path(self.srcdir, uri), Path(uri))
            original = next((path for path in paths if path.is_file()), None)
            if original is None:
                return None
            image = self.env.images.get(uri)
            name = image[1] if image else f"{len(self._copied_images)}-{original.name}"
            folder = Path(self.outdir, "images")
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(original, folder / name)
            self._copied_images[uri] = f"images/{name}"
        return self._copied_images[uri]

    # ------------------------------------------------------------------ the head of the source

    def _preamble(self, volume: Volume, other: Volume | None) -> str:
        """Return the Typst call that begins a volume, with the book's settings.

        Args:
            volume: The volume.
            other: The other volume; None if there is none.
        """
        config = self.config
        date_text = config.today or format_date(
            config.today_fmt or "%-d %B %Y", date=build_moment(), language=config.language
        )
        description = config.typst_description
        title = self.title
        if other and volume is self.volumes[-1]:
            title, description = f"{self.title}: {volume.name}", EVIDENCE_SUBJECT
        arguments = self._metadata(title, description) | {
            "subtitle": optional_content(config.typst_subtitle),
            "date_text": optional_content(date_text),
            "version": optional_content(config.release),
            "licence": optional_content(config.typst_licence),
            "cite": optional_content(config.typst_cite),
            "other": optional_content(other.description) if other else None,
            "lists": array_literal(sorted(volume.captioned_kinds)),
        }
        return f"#show: {typst_call('report.with', **arguments)}"

    def _metadata(self, title: str, description: str) -> dict[str, str | None]:
        """Return the arguments of a layout that become the metadata of its file.

        Args:
            title: The title of the file.
            description: Its subject; empty for none.
        """
        config, date = self.config, build_moment()
        authors = (name.strip() for name in str(config.author).split(";"))
        return {
            "title": string_literal(title),
            "authors": string_array(filter(None, authors)),
            "description": string_literal(description) if description else None,
            "keywords": string_array(config.typst_keywords),
            "date": f"datetime(year: {date.year}, month: {date.month}, day: {date.day})",
            "language": string_literal((config.language or "en").split("_")[0]),
        }

    def _attach_files(self) -> Iterator[str]:
        """Copy the files to attach to the output folder, and yield calls that attach them.

        They are the Data Package of the setting `typst_datapackage`, if there is one, and the files
        that it names. The name of an attachment has no folder: `coding/one.csv` of the package is
        `coding-one.csv`.

        Yields:
            For each file a Typst call that attaches it to the PDF.
        """
        datapackage = Path(self.srcdir, self.config.typst_datapackage)
        folder = Path(self.outdir, "attachments")
        folder.mkdir(exist_ok=True)
        for path in package_files(datapackage) if datapackage.is_file() else []:
            name = "-".join(path.relative_to(datapackage.parent).parts)
            shutil.copy(path, folder / name)
            media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
            content = typst_call("read", string_literal(f"attachments/{name}"), encoding="none")
            yield markup_call(
                "pdf.attach",
                string_literal(name),
                content,
                relationship=string_literal("data"),
                mime_type=string_literal(media_type),
                description=string_literal(f"{name} of the book's corpus"),
            )

    # ------------------------------------------------------------------ compiling

    def _compile(self, book: nodes.document) -> None:
        """Compile the Typst sources to PDFs, without fonts of the system.

        Args:
            book: The book as one document, in which missing characters are looked up.

        Raises:
            PdfError: Typst reports an error, or no font has some character.
        """
        outdir = Path(self.outdir)
        of_leaflets = [leaflet.volume for leaflet in self._leaflets]
        printed = [*self.volumes, *of_leaflets]
        (outdir / PDF_FOLDER).mkdir(exist_ok=True)
        for pdf in (outdir / PDF_FOLDER).iterdir():
            if pdf.name not in {volume.pdf_name for volume in printed}:
                pdf.unlink()
        shared = shared_digest(outdir, printed)
        try:
            layouts = lay_out(self.volumes, outdir, shared)
            leaflets = [Layout(volume, outdir, shared) for volume in of_leaflets]
            for leaflet, layout in zip(self._leaflets, leaflets, strict=True):
                self._faults += filter(None, [leaflet.page_fault(layout.compiler)])
            self._raise_faults()
            for layout in layouts:
                layout.print_pdf(other_than(layout.volume, self.volumes))
            for layout in leaflets:
                layout.print_pdf(self.volumes[0])
        except typst.TypstError as error:
            if missing := MISSING_GLYPH.search(error.message):
                self._report_missing_glyphs(missing.group(1), book)
                self._raise_faults()
            raise PdfError(f"Typst refuses {outdir}:\n{error.diagnostic}") from error

    def _report_missing_glyphs(self, text: str, book: nodes.document) -> None:
        """Report each node and picture with characters that no font has.

        Args:
            text: The characters.
            book: The book as one document.
        """
        characters = " ".join(f"{char} (U+{ord(char):04X})" for char in dict.fromkeys(text))
        message = f"no font of the report has {characters}"
        for node in book.findall(nodes.Text):
            if text in node:
                self.report_fault(node.parent, message)
        for uri, path in self._copied_images.items():
            if path.endswith(".svg") and text in Path(self.outdir, path).read_text("utf-8"):
                self._faults.append(f"{uri}: {message}")
        if not self._faults:
            self._faults.append(message)
