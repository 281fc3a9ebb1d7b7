"""Who is found to speak in marked words: the subject of the verb of saying."""

import pandas as pd
import pytest
from claimbook.workbench.attributions import Attributions

COLUMNS = ("actor_id", "name", "short", "also_called", "kind", "role")
ACTORS = pd.DataFrame(
    [
        ("stein", "Olav Stein", "Stein", "the old master", "person", "Harbour master of Havn"),
        ("holm", "Ada Holm", "Holm", "", "person", "Minister of Trade of Ostria"),
        ("van-dal", "Mara van Dal", "van Dal", "", "person", ""),
        ("daily", "The Daily Example", "Daily Example", "", "outlet", "Newspaper"),
        ("trade", "Ministry of Trade of Ostria", "trade ministry", "", "institution", "Ministry"),
        ("ostria", "Government of Ostria", "Vell", "", "institution", "Government in Vell"),
        ("board", "Harbour Board", "Board", "HB;the council of ports", "institution", ""),
        ("pilots", "Pilots not named", "unnamed pilots", "", "group", ""),
        ("reports", "Reports not named", "unnamed reports", "", "group", ""),
    ],
    columns=COLUMNS,
    dtype=str,
)


def speakers(text: str, words: str) -> list[str]:
    start = text.index(words)
    return Attributions(text, ACTORS).speakers_of(start, start + len(words)).keys


def unknown(text: str, words: str) -> str:
    start = text.index(words)
    return Attributions(text, ACTORS).speakers_of(start, start + len(words)).unknown


@pytest.mark.parametrize(
    "sentence",
    [
        "Stein said that the straits stay open.",
        "Harbour master Olav Stein told reporters that the straits stay open.",
        "Stein, a man of Havn, said the straits stay open.",
        "The master of the harbour, Olav Stein, said the straits stay open.",
        "The straits stay open, Stein said on Monday.",
        "The straits stay open, according to Stein.",
        "According to Harbour master Stein, the straits stay open.",
        "“The straits stay open,” said Olav Stein.",
        "“The straits stay open,” Stein told the crew.",
        "“Ada Holm said that the straits close,” Stein told the crew.",
        "Stein met the crew and warned that the straits close.",
        "Stein met the crew, adding that the straits close.",
        "Stein, who said that the straits close, left.",
        "The old master has also said that the straits close.",
        "Stein continued to deny that the straits close.",
    ],
)
def test_the_subject_of_the_verb_of_saying_speaks(sentence):
    assert speakers(sentence, sentence) == ["stein"]


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("HB reports that ships wait.", "board"),
        ("Then van Dal said that ships wait.", "van-dal"),
        ("The council of ports said that ships wait.", "board"),
        ("The Board (HB) said that ships wait.", "board"),
        ("The Ostrian Ministry of Trade said that ships wait.", "trade"),
        ("Ostria’s trade ministry said that ships wait.", "trade"),
        ("Ostria denies that ships wait.", "ostria"),
        ("Pilots said that ships wait.", "pilots"),
        ("Ships reportedly wait.", "reports"),
    ],
)
def test_an_actor_is_known_by_each_name_and_by_its_words_in_another_order(sentence, key):
    assert speakers(sentence, sentence) == [key]


@pytest.mark.parametrize(
    "sentence",
    [
        "They think that the Board asks for dues.",
        "Somebody hopes that Stein waits.",
        "Stein’s boat was seen.",
        "Stein’s wife said that ships wait.",
        "Stein’s claims were heard.",
        "Ships met Stein in Havn.",
        "The Board was said to wait.",
        "Stein would say no.",
        "We note that Stein waits.",
        "Sources in the Harbour Board said that ships wait.",
    ],
)
def test_a_name_that_is_no_subject_of_a_verb_of_saying_is_no_speaker(sentence):
    assert speakers(sentence, sentence) == []


@pytest.mark.parametrize(
    ("text", "words", "keys"),
    [
        ("Olav Stein said no. He added that ships wait.", "He added", ["stein"]),
        ("Stein met Ada Holm. He added that ships wait.", "He added", ["stein"]),
        ("Stein waits. The Board said no. It added that ships wait.", "It added", ["board"]),
        ("Ada Holm came. Stein said no. The minister added this.", "The minister", ["holm"]),
        ("Stein said no. The old man added that ships wait.", "The old man", ["stein"]),
        ("Ada Holm said no. She waits. The boats left.", "The boats", []),
    ],
)
def test_a_word_that_points_back_means_who_was_named_before(text, words, keys):
    assert speakers(text, words) == keys


@pytest.mark.parametrize(
    ("text", "words", "keys"),
    [
        ("The pilots wait. “No,” said Olav Stein. Rain fell.", "“No,”", ["stein"]),
        ("“First,” Stein said. “And then the second.”", "“And then", ["stein"]),
        ('Holm waits. "One. Two. Three," Stein said.', "Two.", ["stein"]),
        ('Stein said: "One. Two. Three." The boats left.', "Three", ["stein"]),
        ('“One. Two,” Stein said. Holm waits. “Ships wait."', "Two", ["stein"]),
        ("Stein spoke of dues. The boats left.", "The boats", []),
        ("Stein said no. The boats left. Rain fell. “Go” is a word.", "“Go”", []),
        ("Stein said ships “wait. The boats left.", "The boats", []),
    ],
)
def test_a_quotation_is_said_by_whom_the_text_names_beside_it(text, words, keys):
    assert speakers(text, words) == keys


@pytest.mark.parametrize(
    ("text", "words", "keys"),
    [
        ("Stein, the Daily Example wrote, thinks so.", "Stein", ["daily", "stein"]),
        ("Stein said no, the Daily Example wrote.", "Stein said no", ["daily", "stein"]),
        ("Stein said no, according to Ada Holm.", "Stein said no", ["holm", "stein"]),
        ("Stein said no and Holm said yes.", "Holm said yes", ["holm"]),
        ("Stein said no, but ships wait.", "ships wait", []),
        ("Stein said that dues rise and that ships wait.", "that ships wait", ["stein"]),
        ("Stein said that dues rise.[12] Ships wait.[13] Holm said no.", "Ships wait.", []),
    ],
)
def test_who_passes_words_on_stands_before_who_said_them(text, words, keys):
    assert speakers(text, words) == keys


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Jon Berg said that ships wait.", "Jon Berg"),
        ("The Board spokesman Jon Berg said that ships wait.", "The Board spokesman Jon Berg"),
        ("He said that ships wait.", "He"),
        ("Stein said that ships wait.", ""),
        ("Ships wait.", ""),
        ("We said that ships wait.", ""),
    ],
)
def test_somebody_who_speaks_and_is_no_actor_is_named(sentence, subject):
    assert unknown(sentence, sentence) == subject
