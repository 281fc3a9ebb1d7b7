"""All doubts in one call, with what an earlier state shows."""

from dataclasses import dataclass

from claimbook.corpus.model import Corpus
from claimbook.impact.earlier_state import (
    EarlierState,
    NoEarlierStateError,
    UnknownStateError,
    earlier_state,
)
from claimbook.impact.kinds import Doubts
from claimbook.impact.page_values import PageValues, compute_pages
from claimbook.impact.present_doubts import doubts_of_figures, doubts_of_tables
from claimbook.impact.rereading import (
    Since,
    doubts_of_judgements,
    doubts_of_prose,
    doubts_of_values,
)
from claimbook.impact.table_changes import compare_tables, describe_changes
from claimbook.prose.coverage import read_prose
from claimbook.prose.parser import Block


@dataclass(frozen=True)
class Impact:
    """What is doubtful.

    Attributes:
        compared: What was compared with what, or why nothing was.
        doubts: The lines by kind.
    """

    compared: str
    doubts: Doubts


def find_impact(corpus: Corpus, since: str = "") -> Impact:
    """List all that is doubtful.

    Args:
        corpus: The corpus of the current project.
        since: The earlier state (see `earlier_state`); empty for the last accepted one.

    Raises:
        UnknownStateError: `since` names no state.
    """
    blocks = read_prose(corpus)
    pages = compute_pages(corpus)
    try:
        with earlier_state(corpus, since) as before:
            compared, doubts = _doubts_since(before, corpus, blocks, pages)
    except UnknownStateError:
        raise
    except NoEarlierStateError as error:
        compared, doubts = f"not compared with an earlier state: {error}", {}
    for kind, lines in (doubts_of_figures(pages) | doubts_of_tables(corpus, blocks)).items():
        doubts[kind] = doubts.get(kind, []) + lines
    return Impact(compared, doubts)


def _doubts_since(
    before: EarlierState, now: Corpus, blocks: list[Block], pages: dict[str, PageValues]
) -> tuple[str, Doubts]:
    """List what is older than the change of the tables since an earlier state.

    Returns:
        What was compared, in words, and the doubts.
    """
    since = Since(before, now, blocks, compare_tables(before.corpus, now))
    changes = describe_changes(since.changes)
    if not changes:
        return f"compared with {before.name}: the tables are the same", {}
    doubts = doubts_of_values(since, compute_pages(before.corpus), pages)
    doubts |= doubts_of_prose(since) | doubts_of_judgements(since)
    return f"compared with {before.name}: {changes}", doubts
