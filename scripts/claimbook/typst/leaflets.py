"""Which leaflets the settings of a report ask for."""

from collections.abc import Iterator

from docutils import nodes

from claimbook.settings import settings
from claimbook.typst.base import BaseTranslator
from claimbook.typst.brief import BriefWriter
from claimbook.typst.leaflet import Leaflet
from claimbook.typst.lesson import LessonWriter


def write_leaflets(book: nodes.document, whole: BaseTranslator) -> Iterator[Leaflet]:
    """Write each leaflet of the report, and yield it.

    Args:
        book: The book as one document.
        whole: The translator of the whole book.
    """
    if brief := settings().brief:
        yield BriefWriter(brief, book, whole)
    if lesson := settings().lesson:
        yield LessonWriter(lesson, whole.builder)
