"""Checks of the wordings of relays against the texts at hand."""

from collections.abc import Mapping

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.errors import Fault
from claimbook.texts.anchors import make_selector
from claimbook.texts.source_texts import SourceText


def check_wordings(table: Table, corpus: Corpus, texts: Mapping[str, SourceText]) -> list[Fault]:
    """Find wordings of relays that do not stand in the text they are said to be from.

    Args:
        table: The table `relays` in the schema.
        corpus: The corpus.
        texts: The texts at hand by source id.
    """
    faults = []
    for (claim_id, original), relay in corpus.relays.iterrows():
        for column, of_claim in (("here", claim_id), ("there", original)):
            wording = relay[column]
            if not wording or of_claim not in corpus.claims.index:
                continue
            source_id = str(corpus.claims.loc[of_claim, "source_id"])
            if source_id in texts and not _stands_in(wording, texts[source_id]):
                allowed = f"words that stand in {source_id}"
                key = f"{claim_id}/{original}"
                faults.append(Fault(table.file, key, column, wording, allowed))
    return faults


def _stands_in(wording: str, text: SourceText) -> bool:
    """Check whether the words of a wording stand in a text one after another."""
    try:
        selector = make_selector(wording, 0, len(wording))
    except ValueError:  # it has no word, such as a mark of omission
        return wording in text.content
    return bool(text.index.find_words(selector))
