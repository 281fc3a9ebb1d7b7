"""What is proposed for marked words, and which rule of the codebook stands at a field."""

from datetime import date
from itertools import chain

import pandas as pd
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


@pytest.mark.parametrize(
    ("passage", "term"),
    [
        ("Stein said that he would close the straits.", ""),  # reported speech
        ("If dues rose, ships would have to wait.", ""),  # a condition
        ("The straits will close.", ""),
        ("Dues would likely rise.", "likely"),
        ("Ships will likely wait.", "likely"),
        ("Ships waited in May.", ""),
        ("Ships left. May they come back?", "May"),
        ("Ships may wait until May.", "may"),
    ],
)
def test_a_word_that_only_tells_time_or_condition_is_no_word_of_likelihood(made_up, passage, term):
    raw = model.read_tables(made_up / "data").raw
    terms = ("would", "will", "will likely", "would have to", "likely", "may")
    raw["terms"] = pd.DataFrame({"term": terms, "yardstick": "none"})
    row = raw["sources"].set_index("source_id").loc["harbour-post-2031-08"]
    assert proposed(Proposer(raw, row, passage), passage).get("term", "") == term


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
        ("a closure before October, or after 12 August", []),
        ("Nobody may know.", []),
        # Spans
        ("from 12 to 14 August", [("2031-08-12", "2031-08-14", "explicit", False)]),
        ("on August 12-14 and later", [("2031-08-12", "2031-08-14", "explicit", False)]),
        ("from July 30 to August 2", [("2031-07-30", "2031-08-02", "explicit", False)]),
        ("in May and June 2030", [("2030-05-01", "2030-06-30", "explicit", False)]),
        ("from January to March", [("2031-01-01", "2031-03-31", "explicit", False)]),
        ("from August to October", [("2031-08-01", "2031-10-31", "explicit", False)]),
        ("from November to January", [("2030-11-01", "2031-01-31", "explicit", False)]),
        ("the first half of August", [("2031-08-01", "2031-08-15", "explicit", False)]),
        ("in the second half of 2030", [("2030-07-01", "2030-12-31", "explicit", False)]),
        ("in the winter of 2030", [("2029-12-01", "2030-02-28", "explicit", False)]),
        ("It may freeze this winter", [("2031-12-01", "2032-02-29", "explicit", False)]),
        ("They froze last winter", [("2030-12-01", "2031-02-28", "explicit", False)]),
        ("It was hot this summer", [("2031-06-01", "2031-08-31", "explicit", False)]),
        # Relative to 3 September, a Wednesday
        ("They met last Wednesday", [("2031-08-27", "2031-08-27", "relative", False)]),
        ("They meet next Tuesday", [("2031-09-09", "2031-09-09", "relative", False)]),
        ("talks last week", [("2031-08-25", "2031-08-31", "relative", False)]),
        ("talks next month", [("2031-10-01", "2031-10-31", "relative", False)]),
        ("in the past 24 hours", [("2031-09-02", "2031-09-03", "relative", False)]),
        ("On Tuesday, 12 August, ships", [("2031-08-12", "2031-08-12", "explicit", False)]),
        # One end alone
        ("Since 8 August ships wait", [("2031-08-08", None, "explicit", False)]),
        ("ships wait since at least July", [("2031-07-01", None, "explicit", False)]),
        ("since the beginning of July", [("2031-07-01", None, "explicit", False)]),
        ("from 8 August on, ships wait", [("2031-08-08", None, "explicit", False)]),
        ("closed until 12 August", [(None, "2031-08-12", "explicit", False)]),
        ("two more by 12 August", [(None, "2031-08-12", "explicit", False)]),
        ("to be open by the end of 2031", [(None, "2031-12-31", "explicit", False)]),
        ("ten ships as of 12 August", [(None, "2031-08-12", "explicit", False)]),
        ("the first ship since 12 August", []),
        ("It is open until Friday", []),  # the last or the next
        # Too vague for a day
        ("in the middle of August", [(None, None, "none", False)]),
        ("in late August", [(None, None, "none", False)]),
        ("mid-August", [(None, None, "none", False)]),
        ("since early August", [(None, None, "none", False)]),
        # When it was said, or what it is the date of
        ("On 12 August Stein said that", [("2031-08-12", "2031-08-12", "explicit", True)]),
        ("Stein told the crew in Havn on Tuesday that", [("2031-09-02",) * 2 + ("relative", True)]),
        ("The master in Havn on 12 August said that", [("2031-08-12",) * 2 + ("explicit", True)]),
        ("On 12 August ships left that said no", [("2031-08-12",) * 2 + ("explicit", False)]),
        ("what the August 12 warning meant", []),
    ],
)
def test_days_are_read_from_a_text_of_3_september(passage, days):
    found = find_named_days(passage, PUBLISHED, "en")
    assert [
        (*[day and day.isoformat() for day in (one.first, one.last)], one.basis, one.is_of_speech)
        for one in found
    ] == days


def test_one_end_of_a_time_is_proposed_alone_and_a_vague_time_not_at_all(made_up):
    proposer = on_text(made_up, "Since 8 August ships wait. In late August they left.")
    since = proposed(proposer, "Since 8 August ships wait.")
    assert (since["event_start"], since["date_basis"]) == ("2031-08-08", "explicit")
    assert "event_end" not in since
    why = {one.column: one.why for one in proposer.propose(0, len("Since 8 August ships wait."))}
    assert why["event_start"] == "‘Since 8 August’ in a text of 2031-08-20"
    found = proposer.propose(proposer.text.index("In late"), len(proposer.text))
    [basis] = [one for one in found if one.column.startswith(("event", "date"))]
    assert (basis.value, basis.why) == (
        "none",
        "‘late August’ is vague, and vague times stay empty",
    )


def test_a_day_after_the_words_of_a_claim_is_not_taken_for_theirs(made_up):
    text = "Since 8 August ships wait, and dues rise. Pilots strike, and ships left on 9 August."
    proposer = on_text(made_up, text)
    assert proposed(proposer, "dues rise")["event_start"] == "2031-08-08"
    assert "event_start" not in proposed(proposer, "Pilots strike")


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
