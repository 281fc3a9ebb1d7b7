"""Text that was decoded with a wrong encoding and saved so, such as `Ã©` in place of `é`."""

import contextlib

import ftfy
import ftfy.bad_codecs  # registers the code pages whose names begin with "sloppy"

# With undefined bytes as control characters, as programs read them.
CODE_PAGES = ("sloppy-windows-1252", "sloppy-windows-1251", "macroman", "mac_cyrillic")
MAX_ROUNDS = 3  # so often a text may have been damaged in a row


def repair_mojibake(text: str) -> str:
    """Return what a text was before it was decoded with a wrong encoding.

    A text that encodes into a code page, and then decodes as UTF-8, is taken for damaged. Where
    only parts of a text may be, ftfy decides.

    Returns:
        The repaired text; the text itself where it is not damaged.
    """
    for _ in range(MAX_ROUNDS):
        repaired = _repair_once(text)
        if repaired == text:
            break
        text = repaired
    return text


def _repair_once(text: str) -> str:
    if text.isascii():
        return text
    for code_page in CODE_PAGES:
        with contextlib.suppress(UnicodeError):
            return text.encode(code_page).decode("utf-8")
    return ftfy.fix_encoding(text)
