"""The text of PDFs, read once a process: pdfium takes a tenth of the time of other readers."""

from functools import cache
from pathlib import Path

import pypdfium2

HYPHENS = str.maketrans("\x02\ufffe\u00ad", "---")  # how a hyphen at the end of a line comes out


@cache
def page_texts(file: Path) -> list[str]:
    """Return the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(file)
    return [
        page.get_textpage().get_text_bounded().replace("\r\n", "\n").translate(HYPHENS)
        for page in document
    ]
