"""The builder `typstpdf`: one tagged PDF of the whole book, with its tables attached."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib
import typst
from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.osutil import relpath

from claimbook.typst.assemble import assemble
from claimbook.typst.base import lineage
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

STANDARDS = ["ua-1", "a-3a"]
TEMPLATES = sorted(Path(__file__).parent.glob("*.typ"))
# The signs that the report's serif lacks; the rest of that folder stays out, since its last-resort font would hide a missing sign.
FONTS = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSans-BoldOblique.ttf",
)
MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json", ".jsonld": "application/ld+json"}
UNSET = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class PdfError(SphinxError):
    """The PDF cannot be made; the message has one fault a line."""

    category = "PDF"


class TypstBuilder(Builder):
    """Writes `typst_pdf_name` into the output folder, and beside it the Typst source with all it needs."""

    name = "typstpdf"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    default_translator_class = TypstTranslator
    supported_remote_images = True  # so that Sphinx does not fetch them: ours refuses

    def init(self) -> None:
        """Prepare the names under which images are copied."""
        self.faults: list[str] = []
        self.copied: dict[str, str] = {}
        self.title: str = self.config.typst_title or self.config.html_title or self.config.project

    def get_outdated_docs(self) -> str:
        """The book is one file: it is always written whole."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document within the book, told from outside addresses by its first character."""
        return "%" + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """There is one file, so addresses are the same from everywhere."""
        return self.get_target_uri(to, typ)

    # ------------------------------------------------------------------ writing

    def write(self, *ignored: Any) -> None:
        """Assemble, translate and compile the book.

        Raises:
            PdfError: with every fault found, one a line.
        """
        outdir = Path(self.outdir)
        with progress_message("assembling the book"):
            book = assemble(self)
        with progress_message("setting the book in Typst"):
            visitor = self.create_translator(book, self)
            body = visitor.translate()
            source = outdir / Path(self.config.typst_pdf_name).with_suffix(".typ")
            attachments = "".join(self._attachments(outdir))
            self._stop_on_faults()
            for template in TEMPLATES:
                shutil.copy(template, outdir / template.name)
            source.write_text(
                f'#import "template.typ": *\n{self._opening(visitor.captioned)}\n{attachments}\n{body}',
                encoding="utf-8",
            )
        with progress_message("compiling the PDF"):
            self._compile(source, outdir / self.config.typst_pdf_name, book)

    def fault(self, node: nodes.Node, message: str) -> None:
        """Note a fault with the file and line it stands in; all of them stop the build together."""
        place: nodes.Node | None = node
        while place is not None and not place.line:
            place = place.parent
        source = next((at.source for at in lineage(node) if at.source), None) or "the book"
        line = f":{place.line}" if place is not None else ""
        self.faults.append(
            f"{relpath(source, self.srcdir) if os.path.isabs(source) else source}{line}: {message}"
        )

    def _stop_on_faults(self) -> None:
        if self.faults:
            raise PdfError("\n".join(["the PDF cannot be made:", *dict.fromkeys(self.faults)]))

    def copy_in(self, uri: str) -> str | None:
        """Copy an image under the output folder and return its path there, or None if there is no such file."""
        if uri not in self.copied:
            known = self.env.images.get(uri)
            origin = next(
                (path for path in (Path(self.srcdir, uri), Path(uri)) if path.is_file()), None
            )
            if origin is None:
                return None
            name = known[1] if known else f"{len(self.copied)}-{origin.name}"
            folder = Path(self.outdir, "images")
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, folder / name)
            self.copied[uri] = f"images/{name}"
        return self.copied[uri]

    # ------------------------------------------------------------------ the parts of the source that are not the book's text

    def _moment(self) -> datetime:
        """The moment of the build, or the one that SOURCE_DATE_EPOCH names, so that the same book gives the same bytes."""
        return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC)

    def _opening(self, captioned: set[str]) -> str:
        """The call that sets up the document from Sphinx's own settings and ours; of each of Typst's kinds in `captioned` there is a list."""
        config, moment = self.config, self._moment()
        shown = config.today or format_date(
            config.today_fmt or "%-d %B %Y", date=moment, language=config.language
        )

        def words(text: str) -> str | None:
            return f"[{escape(text)}]" if text else None

        settings = {
            "title": string_literal(self.title),
            "subtitle": words(config.typst_subtitle),
            "authors": string_array(
                name.strip() for name in str(config.author).split(";") if name.strip()
            ),
            "description": string_literal(config.typst_description)
            if config.typst_description
            else None,
            "keywords": string_array(config.typst_keywords),
            "date": f"datetime(year: {moment.year}, month: {moment.month}, day: {moment.day})",
            "date_text": words(shown),
            "version": words(config.release),
            "licence": words(config.typst_licence),
            "cite": words(config.typst_cite),
            "language": string_literal((config.language or "en").split("_")[0]),
            "lists": array_literal(sorted(captioned)),
        }
        return f"#show: {typst_call('report.with', **settings)}"

    def _attachments(self, outdir: Path) -> Iterator[str]:
        """Copy the tables beside the source and yield the calls that attach them."""
        srcdir = Path(self.srcdir)
        paths = {
            path
            for pattern in self.config.typst_attachments
            for path in srcdir.glob(pattern)
            if path.is_file()
        }
        for path in sorted(paths):
            name = path.relative_to(srcdir).as_posix()
            (outdir / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, outdir / name)
            media = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
            about = string_literal(f"{path.name} of the book's corpus")
            yield markup_call(
                "pdf.attach",
                string_literal(name),
                relationship=string_literal("data"),
                mime_type=string_literal(media),
                description=about,
            )

    # ------------------------------------------------------------------ compiling

    def _compile(self, source: Path, target: Path, book: nodes.document) -> None:
        """Compile with the fonts of our own packages only.

        Raises:
            PdfError: Typst refuses; a sign without a glyph is named with the place it stands in.
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
                pdf_standards=STANDARDS,
            )
        except typst.TypstError as error:
            missing = UNSET.search(error.message)
            if missing:
                self._blame_sign(missing.group(1), book)
                self._stop_on_faults()
            raise PdfError(f"Typst refuses {source}:\n{error.diagnostic}") from error
        for warning in warnings:
            logger.warning("Typst: %s", warning.diagnostic.strip())
        if b"LastResort" in pdf:
            raise PdfError("a sign of the book was set from a last-resort font")
        target.write_bytes(pdf)

    def _blame_sign(self, text: str, book: nodes.document) -> None:
        """Say where a sign stands that no font of the report has."""
        signs = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(text))
        message = f"no font of the report has {signs}"
        for node in book.findall(nodes.Text):
            if text in node:
                self.fault(node.parent, message)
        for uri, copied in self.copied.items():
            if copied.endswith(".svg") and text in Path(self.outdir, copied).read_text(
                encoding="utf-8"
            ):
                self.faults.append(f"{uri}: {message}")
        if not self.faults:
            self.faults.append(message)
