"""Cells that few reports have: an open day, other names, ties, a settlement for neither."""

import dataclasses

import pandas as pd
import pytest
from claimbook.display import markdown, tables


def column(block: markdown.MystBlock, heading: str) -> list[str]:
    """The cells of a column of a table, with the backslashes of Markdown taken off."""
    head, _, *rows = [
        [cell.strip().replace("\\", "") for cell in line.strip("|").split("|")]
        for line in block.myst.splitlines()
    ]
    return [row[head.index(heading)] for row in rows]


@pytest.mark.parametrize(
    ("precision", "end", "told"),
    [
        ("day", "2031-08-15", "15 August 2031"),
        ("month", "2031-08-31", "15 to 31 August 2031"),
        ("since", None, "Since 15 August 2031"),
        ("vague", "2031-08-15", "Between 14 and 20 August 2031"),
    ],
)
def test_the_day_of_an_event_is_told_as_exactly_as_it_is_known(corpus, precision, end, told):
    events = corpus.events.astype({"precision": str}).loc[["barrier"]]
    events[["precision", "end"]] = [[precision, pd.Timestamp(end) if end else pd.NaT]]
    events["earliest"], events["latest"] = pd.Timestamp("2031-08-14"), pd.Timestamp("2031-08-20")
    block = tables.chronology(dataclasses.replace(corpus, events=events), ["closure"])
    assert block.myst.startswith(f"**{told}.** Buoys are said")


def test_the_origins_of_a_repeated_proposition_are_listed(corpus):
    index = pd.MultiIndex.from_tuples(
        [("DE-03", "repeats", "CW-01")], names=corpus.relations.index.names
    )
    relations = pd.DataFrame({"subject": "", "note": ""}, index=index)
    block = tables.repeated_table(dataclasses.replace(corpus, relations=relations), "T")
    assert column(block, "Origins") == ["Government of Norrland, Olav Stein"]


def test_the_most_frequent_cause_comes_first_and_its_name_is_plain(corpus):
    settlements = corpus.settlements.astype({"prevailed": str, "rule": str})
    settlements["rule"] = ["also", *["event_start"] * 6]
    settlements["prevailed"] = ["first", *["another"] * 5, "second"]
    block = tables.settlements_table(dataclasses.replace(corpus, settlements=settlements), "T")
    assert column(block, "Cause") == ["event start", "also"]
    assert column(block, "Neither") == ["5", "0"]


def test_a_series_without_texts_has_an_empty_table(corpus):
    block = tables.attention_table(corpus, "weekly", "T")
    assert (block.title, block.name) == ("T", "tab-attention")
    assert column(block, "No rows yet") == ["The corpus has nothing for this table."]


def test_shares_of_publications_are_per_cent_of_the_claims_with_notes(corpus):
    one = dict(corpus.citations.reset_index().iloc[0])
    more = [one, one | {"claim_id": "DE-01", "whose": "press"}]
    citations = type(corpus.citations)(more).set_index(["claim_id", "note", "part"])
    block = tables.citations_table(dataclasses.replace(corpus, citations=citations), "T")
    assert column(block, "Of the claims with notes") == ["50 %", "50 %"]


def test_a_source_without_claims_has_none(corpus):
    claims = corpus.claims[corpus.claims["source_id"] != "coast-wire-2031-09-02"]
    block = tables.sources_table(dataclasses.replace(corpus, claims=claims), "T")
    assert column(block, "Claims") == ["4", "4", "0"]


def test_the_latest_correction_comes_first(corpus):
    corrections = corpus.corrections.reset_index()
    later = corrections.assign(date=pd.Timestamp("2031-10-01"))
    both = pd.concat([corrections, later]).set_index(corpus.corrections.index.names)
    block = tables.corrections_table(dataclasses.replace(corpus, corrections=both), "T")
    assert column(block, "Date") == ["1 October 2031", "10 September 2031"]


def test_a_place_has_its_other_names_and_a_person_all_themes(corpus):
    places = corpus.places.copy()
    places.at["cape-vell", "also_called"] = ["Kap Vell", "Vell Point"]
    index = tables.place_index(dataclasses.replace(corpus, places=places)).myst.replace("\\", "")
    assert "Cape Vell (also Kap Vell, Vell Point)\n" in index
    claims = corpus.claims.copy()
    claims.at["DE-02", "chain"] = ["daily-example", "stein"]
    people = tables.people_table(dataclasses.replace(corpus, claims=claims), "T")
    [themes] = column(people, "Claims as origin")
    assert sorted(themes.split(", ")) == ["closure 1", "forecast 1"]
    claims = claims[claims["chain"].str[-1] != "stein"]
    people = tables.people_table(dataclasses.replace(corpus, claims=claims), "T")
    assert column(people, "Claims as origin") == ["none"]


@pytest.mark.parametrize(("number", "listed"), [(40, True), (41, False)])
def test_an_index_lists_up_to_forty_claims_and_links_to_more(corpus, number, listed):
    row = corpus.claims.loc["DE-04"]
    ids = [f"DE-{n:02d}" for n in range(1, number + 1)]
    claims = pd.DataFrame([row] * number, index=pd.Index(ids, name="claim_id"))
    many = dataclasses.replace(corpus, claims=claims)
    for block, link in (
        (tables.actor_index(many), "explorer.html#speaker=iss"),
        (tables.place_index(many), "explorer.html#place=cape-vell"),
    ):
        assert (link in block.myst) is not listed
        assert ("DE-40" in block.myst) is listed


def test_a_relay_is_found_in_the_explorer_by_who_passes_it_on(corpus):
    row = corpus.claims.loc["CW-02"]
    ids = [f"CW-{n:02d}" for n in range(1, 42)]
    claims = pd.DataFrame([row] * 41, index=pd.Index(ids, name="claim_id"))
    index = tables.actor_index(dataclasses.replace(corpus, claims=claims)).myst
    assert (
        'Passes on: 41 claims, <a class="cb-selection" href="explorer.html#speaker=daily' in index
    )


def test_a_table_is_stored_as_myst_for_the_book_and_as_markdown_for_others():
    forms = markdown.MystBlock("text")._repr_mimebundle_()
    assert forms == {
        "application/vnd.claimbook.myst+json": {"myst": "text"},
        "text/markdown": "text",
    }


def test_coders_of_no_claim_alike_agree_on_none(corpus):
    passes = corpus.passes.assign(
        start=lambda rows: rows["start"].where(
            rows.index.get_level_values("coder") == "one", rows["end"] - 1
        )
    )
    block = tables.double_coding_table(
        dataclasses.replace(corpus, passes=passes), "one", "two", "T"
    )
    assert set(column(block, "Alike")) == {"0"}
