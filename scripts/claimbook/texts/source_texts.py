"""The reader's own copies of the sources, where there are any, and the claims in them."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from claimbook.paths import project
from claimbook.texts.anchors import Selector, TextIndex


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


def find_texts(sources: pd.DataFrame) -> dict[str, SourceText]:
    """Read the copies of sources that exist in the folders of `project().texts()`.

    Args:
        sources: Rows of the table `sources`, indexed by id, with the columns `file` and `sha256`.

    Returns:
        The texts by source id, without the sources of which there is no copy.

    Raises:
        UnicodeDecodeError: A copy is not UTF-8.
        OSError: A copy cannot be read.
    """
    texts = {}
    folders = project().texts()
    for source_id, source in sources.iterrows():
        files = (folder / source["file"] for folder in folders)
        file = next((file for file in files if file.is_file()), None)
        if file is not None:
            content = file.read_bytes()
            same = hashlib.sha256(content).hexdigest() == source["sha256"]
            texts[str(source_id)] = SourceText(str(source_id), content.decode("utf-8"), same)
    return texts


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
