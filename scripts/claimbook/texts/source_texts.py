"""The reader's own copies of the sources, where there are any, and the claims in them."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.texts.anchors import TextIndex

PART_HEADING = re.compile(r"^--- .*$", re.MULTILINE)  # begins a part of a file of several sources
BLANK_ENDS = re.compile(r"\A(?:[^\S\n]*\n)+|(?:\n[^\S\n]*)+\Z")


@dataclass(frozen=True)
class SourceText:
    """A copy of a source's text.

    Attributes:
        source_id: The source.
        content: The text.
        same: Whether the copy is, byte for byte, the one that was annotated.
    """

    source_id: str
    content: str
    same: bool

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    @cached_property
    def index(self) -> TextIndex:
        """The index of the text, made when it is first asked for."""
        return TextIndex(self.content)


def split_parts(content: str) -> list[str]:
    """Split a file of several sources into their texts.

    Args:
        content: The file. Each part begins after a line that begins with three hyphens and a space.

    Returns:
        The parts in order, each without that line and without blank lines at its ends.
    """
    return [BLANK_ENDS.sub("", part) for part in PART_HEADING.split(content)[1:]]


def find_texts(
    sources: pd.DataFrame, unreadable: dict[str, Exception] | None = None
) -> dict[str, SourceText]:
    """Read the copies of sources that exist in the folders of `project().texts()`.

    Args:
        sources: Rows of the table `sources`, indexed by id, with the columns `file`, `part` and
            `sha256`.
        unreadable: Takes the error of each file that cannot be read, by its name. Without it, the
            error is raised.

    Returns:
        The texts by source id, in the order of the sources, without those of which there is no
        copy. A part of a file that has fewer parts counts as no copy.

    Raises:
        UnicodeDecodeError: A copy is not UTF-8.
        OSError: A copy cannot be read.
    """
    texts = {}
    for name, of_file in sources.groupby("file", sort=False):
        file = next(
            (path for folder in project().texts() if (path := folder / name).is_file()), None
        )
        if file is None:
            continue
        try:
            content = file.read_bytes()
            text = content.decode("utf-8")
        except (UnicodeDecodeError, OSError) as error:
            if unreadable is None:
                raise
            unreadable[str(name)] = error
            continue
        parts = split_parts(text) if of_file["part"].any() else []
        for source_id, part, sha256 in zip(
            of_file.index, of_file["part"], of_file["sha256"], strict=True
        ):
            if not part:
                of_source = text
            elif int(part) <= len(parts):
                of_source = parts[int(part) - 1]
            else:
                continue
            same = hashlib.sha256(of_source.encode()).hexdigest() == sha256
            texts[str(source_id)] = SourceText(str(source_id), of_source, same)
    return {key: texts[key] for key in map(str, sources.index) if key in texts}


def find_readable_texts(sources: pd.DataFrame) -> tuple[dict[str, SourceText], dict[str, Fault]]:
    """Read those copies of sources that exist and can be read.

    Args:
        sources: Rows of the table `sources`, as for `find_texts`.

    Returns:
        The texts by source id, and the faults of copies that cannot be read, by file.
    """
    unreadable: dict[str, Exception] = {}
    texts = find_texts(sources, unreadable)
    faults = {}
    for file, error in unreadable.items():
        if isinstance(error, UnicodeDecodeError):
            faults[file] = Fault(file, "", "", f"byte {error.start}", "a text in UTF-8")
        else:
            reason = getattr(error, "strerror", None) or error
            faults[file] = Fault(file, "", "", reason, "a text that can be read")
    return texts, faults
