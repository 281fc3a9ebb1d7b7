"""The reader's own copies of the sources, where there are any, and the claims in them."""

import hashlib
import re
from dataclasses import dataclass

import pandas as pd

from claimbook.paths import project
from claimbook.texts.anchors import Selector, TextIndex

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
        for source_id, source in of_file.iterrows():
            if not source["part"]:
                of_source = text
            elif int(source["part"]) <= len(parts):
                of_source = parts[int(source["part"]) - 1]
            else:
                continue
            same = hashlib.sha256(of_source.encode()).hexdigest() == source["sha256"]
            texts[str(source_id)] = SourceText(str(source_id), of_source, same)
    return {key: texts[key] for key in map(str, sources.index) if key in texts}


def selector_of(claim: pd.Series) -> Selector:
    """Return the selector in a row of the table `claims`."""
    return Selector(
        int(claim["start"]),
        int(claim["end"]),
        int(claim["words"]),
        claim["anchor"],
        claim["head"],
        claim["tail"],
    )


def locate_claims(claims: pd.DataFrame, texts: dict[str, SourceText]) -> pd.DataFrame:
    """Find the claims in the texts of their sources.

    Args:
        claims: Rows of the table `claims`, indexed by id.
        texts: The texts by source id.

    Returns:
        For each claim whose source has a text, by claim id: `status` ("exact", "moved", "changed"
        or "missing") and the offsets `start` and `end` in characters.
    """
    index = {source_id: TextIndex(text.content) for source_id, text in texts.items()}
    matches = {
        claim_id: index[claim["source_id"]].find(selector_of(claim))
        for claim_id, claim in claims.iterrows()
        if claim["source_id"] in index
    }
    return pd.DataFrame.from_dict(
        {claim_id: (match.status, match.start, match.end) for claim_id, match in matches.items()},
        orient="index",
        columns=["status", "start", "end"],
    )
