"""Check of the table `passages` against the texts: what is stored is what the rule selects."""

from collections.abc import Mapping

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.passages import BY_PASSAGES, compare_passages
from claimbook.texts.source_texts import SourceText

ALLOWED = "the passages that the names in the settings select"
MEND_HINT = "`claimbook passages` mends it"


def check_rule(corpus: Corpus) -> list[Fault]:
    """Find sources that are coded by passages though the settings select none.

    Args:
        corpus: The rows to check.

    Raises:
        CorpusError: The settings have faults.
    """
    by_passages = (corpus.sources["scope"] == BY_PASSAGES).any()
    if not by_passages or load_settings(project().settings).passages is not None:
        return []
    allowed = 'a section [passages] with names = ["Name*"], as there are sources coded by passages'
    return [Fault(project().settings.name, "passages", "", "", allowed)]


def check_selection(table: Table, corpus: Corpus, texts: Mapping[str, SourceText]) -> list[Fault]:
    """Find sources whose stored passages are not those that the settings select.

    Args:
        table: The table `passages` in the schema.
        corpus: The rows to check.
        texts: The texts at hand by source id. Copies that are not the annotated ones are left out.

    Raises:
        CorpusError: The settings have faults.
    """
    rule = load_settings(project().settings).passages
    if rule is None:
        return []
    scopes = corpus.sources["scope"]
    rows = corpus.passages.reset_index()
    rows = rows[rows["source_id"].isin(list(texts))]
    stored = {str(key): of_source for key, of_source in rows.groupby("source_id", observed=True)}
    faults = []
    for source_id, text in texts.items():
        if scopes[source_id] != BY_PASSAGES or not text.same:
            continue
        found = compare_passages(stored.get(source_id, rows[:0]), text.content, rule)
        for numbers, what in ((found.new, "not stored"), (found.gone, "stored, but not selected")):
            if numbers:
                value = f"{len(numbers)} {what}"
                faults.append(Fault(table.file, source_id, "", value, ALLOWED, MEND_HINT))
    return faults
