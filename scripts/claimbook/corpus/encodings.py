"""Encodings and line ends of texts that come from elsewhere."""

import codecs

import charset_normalizer

from claimbook.corpus.code_pages import find_code_page

BYTE_ORDER_MARKS = {  # in an order in which none begins with an earlier one
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx, .ods and .xls begin
# those of mainframes, on which nobody saves a table or a text: any bytes are letters there
EBCDIC = ["cp037", "cp1026", "cp1140", "cp273", "cp424", "cp500", "cp875"]


def decode_text(content: bytes) -> str | None:
    """Decode a text of unknown encoding, without its byte-order mark.

    Returns:
        The text; None where the bytes are no text.
    """
    return decode_named(content)[1]


def decode_named(content: bytes) -> tuple[str, str | None]:
    """Decode a text of unknown encoding, and name the encoding.

    Where the bytes are neither UTF-8, UTF-16 nor UTF-32, the likeliest code page is taken, one of
    Windows before any other.

    Returns:
        The name of the encoding, and the text without its byte-order mark; None for the text where
        the bytes are none.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return encoding, _decode_as(encoding, content.removeprefix(mark))
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return encoding, _decode_as(encoding, content)
    if (text := _decode_as("utf-8", content)) is not None:
        return "utf-8", text
    if page := find_code_page(content):
        return page, _decode_as(page, content)
    guess = charset_normalizer.from_bytes(content, cp_exclusion=EBCDIC).best()
    return (guess.encoding, str(guess)) if guess else ("", None)


def plain_line_ends(text: str) -> str:
    """Write LF for every line end of a text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_crlf_alone(content: bytes) -> bool:
    """Check whether every line of a file ends in CRLF, but for the last one."""
    return b"\r\n" in content and b"\n" not in content.replace(b"\r\n", b"")


def _decode_as(encoding: str, content: bytes) -> str | None:
    """Decode bytes; None where they are not in this encoding."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
