"""What is proposed for marked words, and which rule of the codebook stands at a field."""

from datetime import date
from itertools import chain

import pytest
from claimbook.corpus import model
from claimbook.corpus.schema import to_typed
from claimbook.paths import project
from claimbook.texts.source_texts import find_texts
from claimbook.workbench.codebook import read_rules
from claimbook.workbench.dated_words import find_named_days
from claimbook.workbench.proposals import Proposer
from claimbook.workbench.speakers import NameFinder

PUBLISHED = date(2031, 9, 3)  # a Wednesday
CODEBOOK = """# The codebook

1. **Split** what is two claims.
2. **The span** goes from the first
   to the last word.
3. **Scope.** Nothing of this is on a span.

## Themes

- `closure`: what makes a *closure*.

## Fields

**kind**: what is done.

| kind | |
|---|---|
| `event` | it happened; `denies` is empty |

It is never empty.

**on, bearing**: on what it bears.
"""


@pytest.fixture(scope="module")
def proposer(made_up) -> Proposer:
    tables, raw = model.read_schema(made_up / "data"), model.read_tables(made_up / "data").raw
    sources = to_typed(tables["sources"], raw["sources"])
    [text] = find_texts(sources.loc[["harbour-post-2031-08"]]).values()
    row = raw["sources"].set_index("source_id").loc["harbour-post-2031-08"]
    return Proposer(raw, row, text.content)


def proposed(proposer: Proposer, words: str) -> dict[str, str]:
    start = proposer.text.index(words)
    found = proposer.propose(start, start + len(words))
    assert all(one.why for one in found)
    return {one.column: one.value for one in found}


def on_text(made_up, text: str) -> Proposer:
    """A proposer on a text of one's own in place of that of the Harbour Post."""
    raw = model.read_tables(made_up / "data").raw
    row = raw["sources"].set_index("source_id").loc["harbour-post-2031-08"]
    return Proposer(raw, row, text)


def test_a_sentence_gives_its_speaker_and_the_day_on_which_he_spoke(proposer):
    found = proposed(proposer, "Ostria’s ministry of trade said on Monday")
    assert found["chain"] == "harbour-post;ostria-trade"
    assert found["stated_on"] == "2031-08-18"
    assert (found["mode"], found["date_basis"]) == ("paraphrase", "none")


def test_a_sentence_gives_its_day_its_place_and_its_theme(proposer):
    found = proposed(
        proposer, "Norrland’s navy laid a barrier of buoys across the Northern Channel"
    )
    assert (found["event_start"], found["event_end"]) == ("2031-08-15", "2031-08-15")
    assert (found["date_basis"], found["places"]) == ("explicit", "northern-channel")
    assert (found["theme"], found["chain"]) == ("closure", "harbour-post")


def test_a_word_of_likelihood_is_proposed_as_the_text_has_it(proposer):
    assert proposed(proposer, "A closure before October is likely")["term"] == "likely"
    assert "term" not in proposed(proposer, "In 1987 the straits were closed")


def test_a_speaker_whom_no_table_has_is_said_and_no_chain_proposed(made_up):
    text = "Ada Holm said that ships wait. The straits are open."
    proposer = on_text(made_up, text)
    found = {one.column: one for one in proposer.propose(0, len("Ada Holm said that ships wait."))}
    assert found["chain"].value == ""
    assert found["chain"].why == "‘Ada Holm’ speaks, whom actors.csv does not have"
    assert proposed(proposer, "The straits are open.")["chain"] == "harbour-post"
    cells = dict.fromkeys(("short", "also_called", "role"), "") | {"kind": "person"}
    proposer.know([cells | {"actor_id": "holm", "name": "Ada Holm"}])  # begun beside the sheet
    assert proposed(proposer, "Ada Holm said")["chain"] == "harbour-post;holm"


@pytest.mark.parametrize(
    ("passage", "days"),
    [
        ("The ships left on 28 August.", [("2031-08-28", "2031-08-28", "explicit", False)]),
        ("They met on December 30, 2030, in Havn", [("2030-12-30",) * 2 + ("explicit", False)]),
        ("He said on Tuesday that", [("2031-09-02", "2031-09-02", "relative", True)]),
        ("it was closed yesterday", [("2031-09-02", "2031-09-02", "relative", False)]),
        ("talks in July", [("2031-07-01", "2031-07-31", "explicit", False)]),
        ("a flood in October", [("2030-10-01", "2030-10-31", "explicit", False)]),
        ("closed in 1987 and", [("1987-01-01", "1987-12-31", "explicit", False)]),
        ("a closure before October, or by 12 August", []),
        ("Nobody may know.", []),
    ],
)
def test_days_are_read_from_a_text_of_3_september(passage, days):
    found = find_named_days(passage, PUBLISHED, "en")
    assert [
        (one.first.isoformat(), one.last.isoformat(), one.basis, one.is_of_speech) for one in found
    ] == days


def test_a_quotation_of_several_sentences_is_a_quotation_throughout(made_up):
    text = 'Stein said: "The straits stay open. Nobody may close them." Ships left.'
    proposer = on_text(made_up, text)
    assert proposed(proposer, "Nobody may close them.")["mode"] == "quote"
    assert proposed(proposer, "Ships left.")["mode"] == "paraphrase"


def test_a_name_that_two_bear_is_not_taken_for_one_of_them():
    finder = NameFinder([("Berg", "ada-berg"), ("Berg", "jon-berg"), ("Havn", "havn")])
    assert [name.key for name in finder.find("Berg left Havn.")] == ["havn"]


def test_a_field_has_the_rule_that_names_it():
    rules = read_rules(CODEBOOK, ["theme", "kind", "denies", "on", "bearing", "mode"])
    assert rules["span"] == "2. The span goes from the first to the last word."
    assert rules["theme"] == "• closure: what makes a ‘closure’."
    assert rules["kind"].split("\n\n") == [
        "kind: what is done.",
        "kind\nevent: it happened; denies is empty",
        "It is never empty.",
    ]
    assert "denies is empty" in rules["denies"]  # no rule of its own: the one that names it
    assert rules["on"] == rules["bearing"] == "on, bearing: on what it bears."
    assert "mode" not in rules


def test_every_column_of_a_new_report_has_its_rule_in_the_codebook_that_comes_with_it():
    codebook = project().root.joinpath("chapters/codebook.md")
    assert "theme" in read_rules(codebook.read_text("utf-8"), ["theme"])
    assert not list(chain(*read_rules("", ["theme"]).values()))
