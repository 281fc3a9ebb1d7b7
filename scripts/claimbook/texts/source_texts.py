"""The reader's own copies of the sources, where there are any."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from claimbook.paths import project
from claimbook.texts.anchors import Selector, TextIndex


@dataclass(frozen=True)
class SourceText:
    """A source's text as the reader has it; `same` tells whether it is, byte for byte, the one that was annotated."""

    source_id: str
    content: str
    same: bool


def find_texts(sources: pd.DataFrame) -> dict[str, SourceText]:
    """The texts at hand by source id: those of `sources` (indexed by id, with `file` and `sha256`) that `project().texts()` holds.

    Raises UnicodeDecodeError if one is not UTF-8, OSError if one cannot be read.
    """
    found = {}
    folders = project().texts()
    for source_id, source in sources.iterrows():
        files = (folder / source["file"] for folder in folders)
        file = next((file for file in files if file.is_file()), None)
        if file is not None:
            content = file.read_bytes()
            same = hashlib.sha256(content).hexdigest() == source["sha256"]
            found[str(source_id)] = SourceText(str(source_id), content.decode("utf-8"), same)
    return found


def selector_of(claim: pd.Series) -> Selector:
    """The selector that a row of the claims table holds."""
    return Selector(
        int(claim["start"]),
        int(claim["end"]),
        int(claim["words"]),
        claim["anchor"],
        claim["head"],
        claim["tail"],
    )


def locate_claims(claims: pd.DataFrame, texts: dict[str, SourceText]) -> pd.DataFrame:
    """Where each claim of the texts at hand stands: columns `status` (exact, moved, changed, missing), `start`, `end` by claim id."""
    index = {source_id: TextIndex(text.content) for source_id, text in texts.items()}
    rows = {
        claim_id: index[claim["source_id"]].find(selector_of(claim))
        for claim_id, claim in claims.iterrows()
        if claim["source_id"] in index
    }
    return pd.DataFrame.from_dict(
        {claim_id: (match.status, match.start, match.end) for claim_id, match in rows.items()},
        orient="index",
        columns=["status", "start", "end"],
    )
