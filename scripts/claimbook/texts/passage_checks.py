"""Check of the table `passages` against the texts: what is stored is what the rule selects."""

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.errors import Fault
from claimbook.paths import project
from claimbook.settings import load_settings
from claimbook.texts.passages import BY_PASSAGES, compare_passages
from claimbook.texts.source_texts import SourceText

ALLOWED = "the passages that the names in the settings select"
MEND_HINT = "`claimbook passages` mends it"


def check_selection(table: Table, corpus: Corpus, texts: dict[str, SourceText]) -> list[Fault]:
    """Find sources whose stored passages are not those that the settings select.

    Args:
        table: The table `passages` in the schema.
        corpus: The rows to check.
        texts: The texts at hand by source id. Copies that are not the annotated ones are left out.

    Raises:
        CorpusError: The settings have faults.
    """
    sources = corpus.sources[corpus.sources["scope"] == BY_PASSAGES]
    rule = load_settings(project().settings).passages
    if rule is None:
        allowed = (
            'a section [passages] with names = ["Name*"], as there are sources coded by passages'
        )
        fault = Fault(project().settings.name, "passages", "", "", allowed)
        return [fault] if len(sources) else []
    rows = corpus.passages.reset_index()
    stored = dict(iter(rows.groupby("source_id", observed=True)))
    faults = []
    for source_id in map(str, sources.index):
        if (text := texts.get(source_id)) is None or not text.same:
            continue
        found = compare_passages(stored.get(source_id, rows[:0]), text.content, rule)
        for numbers, what in ((found.new, "not stored"), (found.gone, "stored, but not selected")):
            if numbers:
                value = f"{len(numbers)} {what}"
                faults.append(Fault(table.file, source_id, "", value, ALLOWED, MEND_HINT))
    return faults
