"""The stages of the work on a corpus that the benchmark measures.

Each stage prepares its work on the corpus in a folder, and returns the function to be measured.
Imports are part of the preparation, so that a stage loads only what it needs.
"""

import functools
import os
from collections.abc import Callable
from pathlib import Path

from claimbook.corpus.model import Corpus, load, read_schema
from claimbook.paths import project

COMPARED_STAGE = "frictionless validate"
Run = Callable[[], object]


def with_corpus(prepare: Callable[[Corpus, Path], Run]) -> Callable[[Path], Run]:
    """Decorate a preparation: it gets the corpus and texts of a folder.

    Args:
        prepare: A preparation, which is given the corpus in `data/` of the folder, and the folder.
            `CORPUS_TEXTS` names the folder's `texts/`.
    """

    @functools.wraps(prepare)
    def wrapper(folder: Path) -> Run:
        os.environ["CORPUS_TEXTS"] = str(folder / "texts")
        return prepare(load(folder / "data"), folder)

    return wrapper


def prepare_load(folder: Path) -> Run:
    """Return the function to time: it loads the tables of a corpus.

    Args:
        folder: A folder with the corpus in `data/`.
    """
    return lambda: load(folder / "data")


def prepare_check(folder: Path) -> Run:
    """Return the function to time: it checks the tables of a corpus.

    These are the checks of cells, references and rules. The function raises a ValueError if it
    finds a fault.

    Args:
        folder: A folder with the corpus in `data/`.
    """
    from claimbook.corpus.validation.table_checks import check_tables

    def run() -> None:
        report, _ = check_tables(folder / "data")
        if report.faults:
            raise ValueError(str(report.faults[0]))

    return run


def prepare_frictionless(folder: Path) -> Run:
    """Return the function to time: it validates a corpus with frictionless.

    The program frictionless validates Data Packages in general, and is measured for comparison. It
    does not know the rules across tables. The function raises a ValueError if the corpus is not
    valid.

    Args:
        folder: A folder with the corpus in `data/`.
    """
    from frictionless import system, validate

    package = folder / "data" / project().datapackage.name

    def run() -> None:
        with system.use_context(trusted=True):
            report = validate(str(package))
        read_claims = any(task.name == "claims" and task.stats.get("rows") for task in report.tasks)
        if not report.valid or not read_claims:
            raise ValueError(f"it did not read the claims, or found faults: {report.errors}")

    return run


@with_corpus
def prepare_anchors(corpus: Corpus, folder: Path) -> Run:
    """Return the function to time: it searches for every claim in its text.

    The function raises a ValueError if it does not find a claim.
    """
    from claimbook.texts.source_texts import find_texts
    from claimbook.texts.text_checks import check_spans

    tables = [read_schema(folder / "data")["claims"]]

    def run() -> None:
        if faults := check_spans(tables, corpus, find_texts(corpus.sources)):
            raise ValueError(str(faults[0]))

    return run


def prepare_reanchor(folder: Path) -> Run:
    """Return the function to time: it finds all spans in changed copies of texts.

    The copies have a line more at their beginning, so that every span has moved. The function
    raises a ValueError if it does not find one.

    Args:
        folder: A folder with the corpus in `data/` and its texts in `texts/`.
    """
    from claimbook.texts.reanchoring import Reanchoring

    copies = folder / "copies"
    copies.mkdir()
    for text in (folder / "texts").iterdir():
        (copies / text.name).write_text(f"Menu\n\n{text.read_text('utf-8')}", "utf-8")
    os.environ["CORPUS_TEXTS"] = str(copies)

    def run() -> None:
        reanchoring = Reanchoring(folder / "data")
        for source_id in reanchoring.texts:
            found = reanchoring.search(source_id)
            if found.count()["moved"] < len(found.spans):
                raise ValueError(f"{source_id}: {found.count()}")

    return run


@with_corpus
def prepare_verbatim(corpus: Corpus, folder: Path) -> Run:
    """Return the function to time: it holds the repository against all texts.

    Nothing is kept of earlier runs.
    """
    from claimbook.texts import verbatim
    from claimbook.texts.source_texts import find_texts
    from claimbook.texts.word_runs import RunIndex

    def run() -> None:
        index = RunIndex(find_texts(corpus.sources), folder / "runs")
        if faults := verbatim.find_faults_of_corpus(index, corpus):
            raise ValueError(str(faults[0]))

    return run


@with_corpus
def prepare_ledger(corpus: Corpus, _folder: Path) -> Run:
    """Return the function to time: it makes the entries of the ledger of claims."""
    from claimbook.language.ledger_pages import LedgerPages
    from claimbook.sphinxext.ledger.entries import Entries

    claims = corpus.full_claims()

    def run() -> None:
        entries = Entries(corpus, claims, lambda _claim: [])
        for page in LedgerPages(corpus).pages:
            for part in page.parts:
                entries.section(part, part.source_id)

    return run


@with_corpus
def prepare_timeline(corpus: Corpus, _folder: Path) -> Run:
    """Return the function to time: it draws a timeline of all events."""
    from claimbook.figures.event_lanes import events_by_theme

    return lambda: events_by_theme(corpus, "Events").wide


STAGES: dict[str, Callable[[Path], Run]] = {
    "load": prepare_load,
    "check": prepare_check,
    COMPARED_STAGE: prepare_frictionless,
    "anchors": prepare_anchors,
    "reanchor": prepare_reanchor,
    "verbatim rule": prepare_verbatim,
    "ledger": prepare_ledger,
    "timeline": prepare_timeline,
}
