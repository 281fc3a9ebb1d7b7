"""The repository holds no sentence of a source; names and titles may be repeated."""

import pytest
from claimbook.texts import verbatim
from claimbook.texts.source_texts import SourceText

SOURCE = SourceText(
    "gazette",
    "The Royal Society of Northern Ferrymen said that no boat had left the harbour since Monday.",
    True,
)
ALLOWED = [["royal", "society", "of", "northern", "ferrymen"]]


def copied_runs(text: str) -> list[str]:
    return [
        run
        for _, run, _ in verbatim.find_copied_runs(
            text, verbatim.source_runs({"gazette": SOURCE}), ALLOWED
        )
    ]


def test_a_copied_run_of_six_words_is_found_whole():
    assert copied_runs("They wrote: no boat  had LEFT the harbour since Monday!") == [
        "no boat had left the harbour since monday"
    ]


def test_five_words_may_be_repeated():
    assert copied_runs("They think no boat had left the town.") == []


def test_a_listed_name_does_not_count():
    assert copied_runs("The Royal Society of Northern Ferrymen said that much.") == []


def test_a_part_of_a_listed_title_does_not_count():
    title = ["no", "boat", "had", "left", "the", "harbour", "since", "monday", "at", "noon"]
    runs = verbatim.source_runs({"gazette": SOURCE})
    copied = "No boat had left the harbour since Monday"
    assert list(verbatim.find_copied_runs(copied, runs, [title])) == []


def test_the_words_of_an_address_do_not_count():
    assert copied_runs("See https://example.org/no-boat-had-left-the-harbour-since today") == []
    assert copied_runs("https://example.org no boat had left the harbour since") != []


def test_names_and_titles_of_the_corpus_may_be_repeated(corpus, at_hand):
    runs = verbatim.source_runs(at_hand)
    allowed = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
    for title in corpus.sources["title"]:
        assert list(verbatim.find_copied_runs(title, runs, allowed)) == []


def test_a_copied_sentence_anywhere_in_the_repository_is_named_by_file_and_line(tmp_path):
    (tmp_path / "note.md").write_text(
        "First line.\nHere: no boat had left the harbour since then.\n", "utf-8"
    )
    faults = verbatim.find_faults({"gazette": SOURCE}, ALLOWED, tmp_path)
    assert [fault.file for fault in faults] == ["note.md:2"]


@pytest.mark.parametrize("search_path", ["", None], ids=["no git", "no repository"])
def test_without_git_all_files_but_the_private_ones_are_searched(
    made_up_copy, monkeypatch, search_path
):
    if search_path is not None:
        monkeypatch.setenv("PATH", search_path)
    sentence = "No boat had left the harbour since.\n"
    for name in ("coding/HP.csv", "_build/a.md", "data/texts/a.txt", "chapters/a.md", ".hidden.md"):
        (made_up_copy / name).parent.mkdir(exist_ok=True)
        (made_up_copy / name).write_text(sentence, "utf-8")
    faults = verbatim.find_faults({"gazette": SOURCE}, ALLOWED)
    assert [fault.file for fault in faults] == [".hidden.md:1", "chapters/a.md:1"]
