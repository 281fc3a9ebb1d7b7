"""The layout of a volume by Typst, which is kept while nothing that it is made from changes."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import typst
from sphinx.errors import SphinxError
from sphinx.util import logging

from claimbook.digests import digest_files
from claimbook.typst.volumes import Volume, write_json

logger = logging.getLogger(__name__)

STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]
LAST_RESORT_FONT = b"LastResort"
ROUNDS = 6  # of laying out both volumes
PDF_FOLDER = "pdf"
SHARED_FOLDERS = ("images", "attachments", "fonts")


class PdfError(SphinxError):
    """An error for a PDF that cannot be made; the message has a line for each fault."""

    category = "PDF"


class Layout:
    """A volume as Typst lays it out.

    What a volume is made from is its source, the pages of the other volume, and the files that the
    sources share. A file beside the source keeps the digest of these from one build to the next.

    Attributes:
        volume: The volume.
    """

    def __init__(self, volume: Volume, outdir: Path, shared: str) -> None:
        """Read what is kept of the last build.

        Args:
            volume: The volume.
            outdir: The folder with all Typst sources.
            shared: The digest of the files that the sources share.
        """
        self.volume = volume
        self._outdir, self._shared = outdir, shared
        self._state = outdir / volume.pdf_name.replace(".pdf", ".layout.json")
        self._pdf = outdir / PDF_FOLDER / volume.pdf_name
        kept = json.loads(self._state.read_text("utf-8")) if self._state.is_file() else {}
        self._laid_out: str = kept.get("laid out", "")
        self._printed: str = kept.get("printed", "") if self._pdf.is_file() else ""
        volume.pages = kept.get("pages", {})
        write_json(volume.pages, outdir / volume.pages_name)

    @cached_property
    def compiler(self) -> typst.Compiler:
        """The compiler of the source, which has no fonts of the system."""
        return typst.Compiler(
            str(self._outdir / self.volume.source_name),
            root=str(self._outdir),
            font_paths=[str(self._outdir / "fonts")],
            ignore_system_fonts=True,
        )

    def has_moved(self, other: Volume | None) -> bool:
        """Lay the volume out where that is needed, and return whether its pages changed.

        Args:
            other: The other volume, whose pages this one prints; None if there is none.
        """
        inputs = self._inputs(other)
        if inputs == self._laid_out:
            return False
        [pages] = json.loads(self.compiler.query("<printed-pages>", field="value"))
        self._laid_out = inputs
        if pages == self.volume.pages:
            return False
        self.volume.pages = pages
        write_json(pages, self._outdir / self.volume.pages_name)
        return True

    def print_pdf(self, other: Volume | None) -> None:
        """Write the PDF, unless the one of the last build is made from the same.

        Args:
            other: The volume whose pages this one prints; None if there is none.

        Raises:
            PdfError: A sign was set from a last-resort font.
        """
        inputs = self._inputs(other)
        if inputs == self._printed:
            return
        pdf, warnings = self.compiler.compile_with_warnings(pdf_standards=[*STANDARDS])
        for warning in warnings:
            logger.warning("Typst: %s", warning.diagnostic.strip())
        assert isinstance(pdf, bytes)
        if LAST_RESORT_FONT in pdf:
            raise PdfError("a sign of the book was set from a last-resort font")
        self._pdf.write_bytes(pdf)
        if not warnings:
            kept = {"laid out": self._laid_out, "printed": inputs, "pages": self.volume.pages}
            self._state.write_text(json.dumps(kept), "utf-8")

    def _inputs(self, other: Volume | None) -> str:
        """Digest what the volume is made from."""
        source = (self._outdir / self.volume.source_name).read_text("utf-8")
        pages = json.dumps(other.pages, sort_keys=True) if other else ""
        parts = (version(typst.__name__), self._shared, pages, source)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def lay_out(volumes: Sequence[Volume], outdir: Path, shared: str) -> list[Layout]:
    """Lay out all volumes, in turn, until each has the page numbers of the other.

    The numbers that a volume prints may move its own pages; after the first two rounds that is
    rare. What has not changed is not laid out again.

    Args:
        volumes: The volumes, the report first.
        outdir: The folder with their sources.
        shared: The digest of the files that the sources share.

    Returns:
        The layouts of the volumes, in their order.

    Raises:
        PdfError: The numbers have not settled after `ROUNDS` rounds.
    """
    layouts = [Layout(volume, outdir, shared) for volume in volumes]
    for _ in range(ROUNDS):
        moved = [each.has_moved(other_than(each.volume, volumes)) for each in reversed(layouts)]
        if not any(moved):
            return layouts
    raise PdfError(f"the pages of the volumes still move after {ROUNDS} rounds")


def other_than(volume: Volume, volumes: Sequence[Volume]) -> Volume | None:
    """Return the other one of two volumes; None if there is only one."""
    return next((each for each in volumes if each is not volume), None)


def shared_digest(outdir: Path, printed: Sequence[Volume]) -> str:
    """Digest the files that sources share: templates, pictures, fonts, tables.

    Args:
        outdir: The folder with the sources.
        printed: The volumes whose sources these are.
    """
    sources = {volume.source_name for volume in printed}
    files = [path for path in outdir.glob("*.typ") if path.name not in sources]
    files += [path for name in SHARED_FOLDERS for path in (outdir / name).rglob("*.*")]
    return digest_files(sorted(files), outdir)
