"""The repository holds no sentence of a source; names and titles are free."""

from claimbook.texts import verbatim
from claimbook.texts.source_texts import SourceText

SOURCE = SourceText(
    "gazette",
    "The Royal Society of Northern Ferrymen said that no boat had left the harbour since Monday.",
    True,
)
FREE = [["royal", "society", "of", "northern", "ferrymen"]]


def found(text: str) -> list[str]:
    return [
        run
        for _, run, _ in verbatim.find_copied_runs(
            text, verbatim.source_runs({"gazette": SOURCE}), FREE
        )
    ]


def test_a_copied_run_of_six_words_is_found_whole():
    assert found("They wrote: no boat  had LEFT the harbour since Monday!") == [
        "no boat had left the harbour since monday"
    ]


def test_five_words_are_free():
    assert found("They think no boat had left the town.") == []


def test_a_listed_name_does_not_count():
    assert found("The Royal Society of Northern Ferrymen said that much.") == []


def test_the_repository_keeps_the_rule(corpus, at_hand):
    free = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
    assert [str(fault) for fault in verbatim.find_faults(at_hand, free)] == []


def test_a_copied_sentence_anywhere_in_the_repository_is_named_by_file_and_line(tmp_path):
    (tmp_path / "note.md").write_text(
        "First line.\nHere: no boat had left the harbour since then.\n", "utf-8"
    )
    faults = verbatim.find_faults({"gazette": SOURCE}, FREE, tmp_path)
    assert [fault.file for fault in faults] == ["note.md:2"]
