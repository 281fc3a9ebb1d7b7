"""Which sources a coder takes, and in which folder the sheets lie."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.validation import suggestions
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project


def coder_folder(coder: str) -> Path:
    """Return the folder of a coder's sheets; the shared one for no coder.

    Raises:
        CorpusError: This is no name of a coder.
    """
    allowed = ""
    if coder and not schema.SLUG.fullmatch(coder):
        allowed = "a name in small letters, digits and hyphens"
    folder = project().sheets / coder
    if folder in (project().drafts, project().exported):
        allowed = "another name: a folder of this one holds something else"
    if allowed:
        raise CorpusError([Fault("coders.csv", "", "coder", coder, allowed)])
    return folder


def choose_sources(sources: pd.DataFrame, named: Iterable[str]) -> list[str]:
    """Return the ids of named sources.

    Args:
        sources: The rows of the table `sources`, as text cells.
        named: Ids or codes, in capitals or not.

    Raises:
        CorpusError: There is no such source; with a fault for each.
    """
    ids = dict(zip(sources["code"].str.lower(), sources["source_id"], strict=True))
    ids |= {source_id.lower(): source_id for source_id in sources["source_id"]}
    faults, chosen = [], []
    for name in named:
        if name.lower() in ids:
            chosen.append(ids[name.lower()])
        else:
            hint = suggestions.suggest_name(name, [*sources["code"], *sources["source_id"]])
            faults.append(Fault("sources.csv", "", "", name, "the id or code of a source", hint))
    if faults:
        raise CorpusError(faults)
    return list(dict.fromkeys(chosen))
