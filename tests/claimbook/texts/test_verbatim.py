"""The repository holds no sentence of a source; names and titles may be repeated."""

import pytest
from claimbook.paths import project
from claimbook.texts import verbatim
from claimbook.texts.source_texts import SourceText
from claimbook.texts.word_runs import RunIndex

SOURCE = SourceText(
    "gazette",
    "The Royal Society of Northern Ferrymen said that no boat had left the harbour since Monday.",
    True,
)
ALLOWED = [["royal", "society", "of", "northern", "ferrymen"]]


def copied_runs(text: str) -> list[str]:
    index = RunIndex({"gazette": SOURCE})
    return [run for _, run, _ in verbatim.find_copied_runs(text, index, ALLOWED)]


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
    index = RunIndex({"gazette": SOURCE})
    copied = "No boat had left the harbour since Monday"
    assert list(verbatim.find_copied_runs(copied, index, [title])) == []


def test_the_words_of_an_address_do_not_count():
    assert copied_runs("See https://example.org/no-boat-had-left-the-harbour-since today") == []
    assert copied_runs("https://example.org no boat had left the harbour since") != []


def test_names_and_titles_of_the_corpus_may_be_repeated(corpus, at_hand):
    index = RunIndex(at_hand)
    allowed = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
    for title in corpus.sources["title"]:
        assert list(verbatim.find_copied_runs(title, index, allowed)) == []


def test_a_copied_sentence_anywhere_in_the_repository_is_named_by_file_and_line(tmp_path):
    (tmp_path / "note.md").write_text(
        "First line.\nHere: no boat had left the harbour since then.\n", "utf-8"
    )
    faults = verbatim.find_faults(RunIndex({"gazette": SOURCE}), ALLOWED, root=tmp_path)
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
    faults = verbatim.find_faults(RunIndex({"gazette": SOURCE}), ALLOWED)
    assert [fault.file for fault in faults] == [".hidden.md:1", "chapters/a.md:1"]


def test_code_is_held_against_the_reports_alone(tmp_path):
    for name in ("note.md", "code.py", "table.csv"):
        (tmp_path / name).write_text("No boat had left the harbour since.\n", "utf-8")
    index = RunIndex({"gazette": SOURCE})
    faults = verbatim.find_faults(index, ALLOWED, reports=[], root=tmp_path)
    assert [fault.file for fault in faults] == ["note.md:1", "table.csv:1"]


def test_an_office_and_a_formula_of_the_settings_do_not_count(corpus):
    office = "head of the office that counts all boats"
    actors = corpus.actors.assign(role=office)
    allowed = verbatim.allowed_phrases(
        actors, corpus.places, corpus.sources, ["no boat had left the harbour since"]
    )
    text = SourceText("gazette", f"The {office} said: no boat had left the harbour since.", True)
    assert list(verbatim.find_copied_runs(text.content[:-1], RunIndex({"": text}), allowed)) == []


@pytest.mark.parametrize("damage", [b"", b"short", b"0" * 200, None])
def test_the_runs_of_a_text_are_kept_and_made_anew_where_the_file_is_damaged(made_up_copy, damage):
    assert copied_runs("no boat had left the harbour since") != []
    (file,) = project().word_runs.iterdir()
    kept = file.read_bytes()
    if damage is None:  # one bit
        damage = kept[:-1] + bytes([kept[-1] ^ 1])
    file.write_bytes(damage)
    assert copied_runs("no boat had left the harbour since") != []
    assert file.read_bytes() == kept
    assert b"harbour" not in kept


def test_runs_that_cannot_be_kept_are_computed(made_up_copy):
    project().build.write_text("a file where the folder should be")
    assert copied_runs("no boat had left the harbour since") != []
