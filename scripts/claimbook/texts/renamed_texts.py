"""Find the texts of sources whose file has another name than the table says."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.paths import project
from claimbook.texts.anchors import Selector
from claimbook.texts.source_texts import SourceText, split_parts

MIN_SPANS = 2  # whose words must stand in a text for it to be offered
MIN_SHARE = 0.5  # of a source's spans, likewise


@dataclass(frozen=True)
class Renamed:
    """The text of a source in a file of another name.

    Attributes:
        file: The name of the file.
        text: The text.
    """

    file: str
    text: SourceText


def find_renamed(
    missing: pd.DataFrame, known_files: Iterable[str], spans: Mapping[str, list[Selector]]
) -> dict[str, Renamed]:
    """Find sources without a text among the files that no source names.

    A file, or a part of one, is found by its SHA-256. A whole file whose bytes have changed as well
    is found by the words of the source's spans; then its text is not the `same`.

    Args:
        missing: The rows of the table `sources` without a text, indexed by id.
        known_files: The files that sources name.
        spans: The stored spans by source id.

    Returns:
        The texts by source id.
    """
    known = set(known_files)
    files = [
        file
        for folder in project().texts()
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name not in known and not file.name.startswith(".")
    ]
    if missing.empty or not files:
        return {}
    contents = {file: content for file in files if (content := _read(file)) is not None}
    by_hash = {
        (hashlib.sha256(text.encode()).hexdigest(), part): (file.name, text)
        for file, content in contents.items()
        for part, text in [("", content), *_number_parts(content)]
    }
    found = {}
    for source_id, source in missing.iterrows():
        if named := by_hash.get((source["sha256"], str(source["part"]))):
            file_name, content = named
            text = SourceText(str(source_id), content, True)
            found[str(source_id)] = Renamed(file_name, text)
    taken = {renamed.file for renamed in found.values()}
    others = [
        SourceText(file.name, text, False)
        for file, text in contents.items()
        if file.name not in taken
    ]
    for source_id in map(str, missing.index):
        selectors = set(spans.get(source_id, []))
        is_part = bool(missing.loc[source_id, "part"])
        if source_id in found or is_part or len(selectors) < MIN_SPANS:
            continue
        counts = [_count_found(other, selectors) for other in others]
        best = max(range(len(others)), key=counts.__getitem__, default=None)
        if best is not None and counts[best] >= max(MIN_SPANS, MIN_SHARE * len(selectors)):
            text = SourceText(source_id, others[best].content, False)
            found[source_id] = Renamed(others[best].source_id, text)
    return found


def _number_parts(content: str) -> list[tuple[str, str]]:
    """List the parts of a file of several sources, each with its number."""
    return [(str(number), part) for number, part in enumerate(split_parts(content), start=1)]


def _read(file: Path) -> str | None:
    """Read a file; None if it is no text in UTF-8."""
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _count_found(text: SourceText, selectors: Iterable[Selector]) -> int:
    """Count the selectors whose words stand anywhere in a text."""
    return sum(bool(text.index.find_words(selector)) for selector in selectors)
