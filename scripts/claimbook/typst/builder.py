"""The builder `typstpdf`: one tagged PDF of the whole book, with its tables attached."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import matplotlib
import typst
from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.osutil import relpath

from claimbook.corpus.named_files import package_files
from claimbook.house_style import PRINT
from claimbook.paths import project
from claimbook.sphinxext.nodes import ancestors
from claimbook.typst.assemble import assemble
from claimbook.typst.base import BOOK_ADDRESS, PdfBuilder
from claimbook.typst.text import (
    array_literal,
    escape,
    markup_call,
    string_array,
    string_literal,
    typst_call,
)
from claimbook.typst.translator import TypstTranslator

logger = logging.getLogger(__name__)

STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]
TEMPLATES = sorted(Path(__file__).parent.glob("*.typ"))
# Fonts of matplotlib's for characters that the serif lacks. Its other fonts are not offered: one
# is a last-resort font, which has a sign for every character and so would hide a missing one.
FONTS = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSans-BoldOblique.ttf",
)
LAST_RESORT_FONT = b"LastResort"
MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json", ".jsonld": "application/ld+json"}
MISSING_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class PdfError(SphinxError):
    """An error for a PDF that cannot be made; the message has a line for each fault."""

    category = "PDF"


class TypstBuilder(PdfBuilder):
    """The builder that writes the whole book as one PDF.

    It writes the PDF into the output folder, and next to it the Typst source with all files that
    the source needs.

    Attributes:
        title: The title of the book.
        pdf_name: The file name of the PDF.
    """

    name = "typstpdf"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
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
        """Read the title and the file name from the settings, and clear earlier faults."""
        config = self.config
        self.title: str = config.typst_title or config.html_title or config.project
        self.pdf_name: str = config.typst_pdf_name or f"{project().slug}.pdf"
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
        """Join all documents, translate them to Typst, and compile the PDF.

        Args:
            ignored: The names of documents that Sphinx passes; the whole book is always written.

        Raises:
            PdfError: The PDF cannot be made.
        """
        outdir = Path(self.outdir)
        with progress_message("assembling the book"):
            book = assemble(self)
        with progress_message("setting the book in Typst"):
            translator = self.create_translator(book, self)  # with other extensions' visitors
            body = translator.translate()
            source = outdir / Path(self.pdf_name).with_suffix(".typ")
            attachments = "".join(self._attach_files(outdir))
            self._raise_faults()
            for template in TEMPLATES:
                shutil.copy(template, outdir / template.name)
            colours = (f'#let {name} = rgb("{value}")\n' for name, value in PRINT.items())
            (outdir / "colours.typ").write_text("".join(colours), encoding="utf-8")
            parts = (
                '#import "template.typ": *',
                self._preamble(translator.captioned_kinds),
                attachments,
                body,
            )
            source.write_text("\n".join(parts), encoding="utf-8")
        with progress_message("compiling the PDF"):
            self._compile(source, outdir / self.pdf_name, book)

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

    def _preamble(self, captioned_kinds: set[str]) -> str:
        """Return the Typst call that begins the document, with the book's settings.

        Args:
            captioned_kinds: The kinds of figures for which the book has a list at its front, of
                `image` and `table`.
        """
        config, date = self.config, _build_date()
        date_text = config.today or format_date(
            config.today_fmt or "%-d %B %Y", date=date, language=config.language
        )
        description = config.typst_description
        authors = (name.strip() for name in str(config.author).split(";"))
        arguments = {
            "title": string_literal(self.title),
            "subtitle": _optional_content(config.typst_subtitle),
            "authors": string_array(filter(None, authors)),
            "description": string_literal(description) if description else None,
            "keywords": string_array(config.typst_keywords),
            "date": f"datetime(year: {date.year}, month: {date.month}, day: {date.day})",
            "date_text": _optional_content(date_text),
            "version": _optional_content(config.release),
            "licence": _optional_content(config.typst_licence),
            "cite": _optional_content(config.typst_cite),
            "language": string_literal((config.language or "en").split("_")[0]),
            "lists": array_literal(sorted(captioned_kinds)),
        }
        return f"#show: {typst_call('report.with', **arguments)}"

    def _attach_files(self, outdir: Path) -> Iterator[str]:
        """Copy the files to attach to the output folder, and yield calls that attach them.

        They are the Data Package of the setting `typst_datapackage`, if there is one, and the files
        that it names.

        Args:
            outdir: The output folder.

        Yields:
            For each file a Typst call that attaches it to the PDF.
        """
        srcdir = Path(self.srcdir)
        datapackage = srcdir / self.config.typst_datapackage
        for path in package_files(datapackage) if datapackage.is_file() else []:
            name = path.relative_to(srcdir).as_posix()
            (outdir / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, outdir / name)
            media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
            yield markup_call(
                "pdf.attach",
                string_literal(name),
                relationship=string_literal("data"),
                mime_type=string_literal(media_type),
                description=string_literal(f"{path.name} of the book's corpus"),
            )

    # ------------------------------------------------------------------ compiling

    def _compile(self, source: Path, target: Path, book: nodes.document) -> None:
        """Compile the Typst source to the PDF, without fonts of the system.

        Args:
            source: The path of the Typst source.
            target: The path of the PDF.
            book: The book as one document, in which missing characters are looked up.

        Raises:
            PdfError: Typst reports an error, or no font has some character.
        """
        fonts = source.parent / "fonts"
        fonts.mkdir(exist_ok=True)
        for name in FONTS:
            shutil.copy(Path(matplotlib.get_data_path(), "fonts", "ttf", name), fonts / name)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(source),
                root=str(source.parent),
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                pdf_standards=[*STANDARDS],
            )
        except typst.TypstError as error:
            if missing := MISSING_GLYPH.search(error.message):
                self._report_missing_glyphs(missing.group(1), book)
                self._raise_faults()
            raise PdfError(f"Typst refuses {source}:\n{error.diagnostic}") from error
        for warning in warnings:
            logger.warning("Typst: %s", warning.diagnostic.strip())
        if LAST_RESORT_FONT in pdf:
            raise PdfError("a sign of the book was set from a last-resort font")
        target.write_bytes(pdf)

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


def _build_date() -> datetime:
    """Return the date of the build, for the metadata of the PDF.

    The variable SOURCE_DATE_EPOCH replaces the current time, so that a PDF can be reproduced.
    """
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC)


def _optional_content(text: str) -> str | None:
    """Return text as a Typst content block; None if it is empty."""
    return f"[{escape(text)}]" if text else None
