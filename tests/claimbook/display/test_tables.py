"""The tables of a chapter say what the corpus holds, each cell in its place."""

import dataclasses

import pytest
from claimbook.analysis import agreement
from claimbook.display import indexes, markdown, tables
from claimbook.display.markdown import MystBlock, Numeral


def cells(block: MystBlock) -> list[dict[str, str]]:
    """The rows of a table, with the backslashes of Markdown taken off."""
    lines = [
        [cell.strip().replace("\\", "") for cell in line.strip("|").split("|")]
        for line in block.myst.splitlines()
    ]
    head, _, *rows = lines
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sources_stand_in_the_order_of_their_dates(corpus):
    block = tables.sources_table(corpus, "The sources")
    assert (block.title, block.name) == ("The sources", "tab-sources")
    rows = cells(block)
    assert [row["Code"] for row in rows] == ["DE", "HP", "CW"]
    assert rows[1] == {
        "Code": "HP",
        "Outlet": "The Harbour Post",
        "Published": "between 18 and 24 August 2031",
        "Kind": "original",
        "Words": "65",
        "Claims": "4",
        "Reliability": "C",
    }


def test_each_source_has_the_reasons_for_its_date_and_reliability(corpus):
    text = tables.source_dates(corpus).myst.replace("\\", "")
    assert "DE, The Daily Example\n: **Date.** The text prints the date." in text
    assert "**Reliability D.** Rewords an agency without a name." in text


def test_a_finding_says_how_it_is_known_and_counts_the_sources(corpus):
    rows = cells(tables.criticism_table(corpus, "CW", "Faults"))
    assert [row["At"] for row in rows] == ["108", "186"]
    assert [row["Known by"] for row in rows] == [
        "The outside record (read): [example.org](<https://example.org/norrland/statement>)",
        "Another of the three",
    ]
    [row] = cells(tables.criticism_table(corpus, "HP", "Faults"))
    assert row["Known by"] == "The text itself"


def test_a_record_without_an_address_is_named_without_a_link(corpus):
    criticism = corpus.criticism.copy()
    criticism.at[criticism.index[criticism["known_by"] == "outside"][0], "address"] = []
    [row, _] = cells(
        tables.criticism_table(dataclasses.replace(corpus, criticism=criticism), "CW", "Faults")
    )
    assert row["Known by"] == "The outside record (read)"


def test_events_stand_in_the_order_of_their_days_with_their_claims(corpus):
    text = tables.chronology(corpus, ["closure", "talks"]).myst.replace("\\", "")
    assert text == (
        "**2 June 2031.** Two patrol boats anchor off Cape Vell\n"
        ": Seen by the institute alone. {claim}`DE-04`\n\n"
        "**10 June 2031.** Talks on harbour dues begin in Havn\n"
        ": {claim}`DE-01`\n\n"
        "**15 August 2031.** Buoys are said to be laid across the Northern Channel\n"
        ": Denied by the government. {claim}`CW-01, HP-02`\n\n"
        "**Between 10 June and 18 August 2031.** The talks are said to be broken off\n"
        ": {claim}`HP-01`"
    )


def test_opposed_claims_stand_side_by_side(corpus):
    [row] = cells(tables.disagreements_table(corpus, "contradicts", "Opposed"))
    assert row["One side"].endswith("(The Harbour Post, 18 to 24 August 2031) {claim}`HP-02`")
    assert row["The other"].endswith("1 September 2031) {claim}`CW-01`")
    assert row["How they stand"] == "The buoys lie in the channel or they do not."


def test_a_forecast_has_its_words_range_grounds_and_outcome(corpus):
    text = tables.forecast_list(corpus, "closing").myst.replace("\\", "")
    first, _, last = text.split("\n\n")
    assert first == (
        "Published 14 June 2031, Institute for Sea Studies (in\N{NO-BREAK SPACE}DE): “unlikely”, "
        "20 to 45 per cent\n"
        ": The institute holds a closure in 2031 to be unlikely. {claim}`DE-02` "
        "Rests on {claim}`DE-04`. On 2 September: stood. No closure was reported by 2 September."
    )
    assert "{claim}`CW-02` No ground is given. On 2 September: stood." in last


def test_a_repeated_proposition_counts_articles_and_institutions(corpus):
    [row] = cells(tables.repeated_table(corpus, "Repeated"))
    assert row["What is said"].endswith("passed on. {claim}`CW-02, DE-02`")
    assert (row["Articles"], row["Origins"]) == ("CW, DE", "Institute for Sea Studies")
    assert row["Institutions"] == "1"


def test_a_judgement_lists_the_claims_on_both_sides(corpus):
    whole = tables.evidence_list(corpus).myst.replace("\\", "")
    first = whole.split("\n\n2. ")[0]
    assert first.split("\n: ")[0] == (
        "1. The straits were open until 2 September 2031 (very likely; confidence moderate)"
    )
    assert "*For:* {claim}`CW-01`\N{NO-BREAK SPACE}(3) The government speaks for itself;" in first
    assert "*Against:* {claim}`HP-02`\N{NO-BREAK SPACE}(4) No one else saw the buoys." in whole
    assert "*Overturned by:* A ship turned back before that day." in whole
    assert "The navy laid the buoys of August as a barrier (not enough to judge)" in whole


def test_leading_judgements_have_their_likelihood_as_a_bar(corpus):
    block = tables.judgements_table(corpus, "The judgements")
    straits, talks = cells(block)
    assert straits["Judgement"].startswith("1. **The straits were open until 2 September 2031.** ")
    assert straits["Likelihood"] == "{likelihood}`very likely`"
    assert (straits["Confidence"], straits["Who disagrees"]) == ("moderate", "The Harbour Post.")
    assert talks["Who disagrees"] == "Nobody in the corpus."
    assert "{likelihood}" not in block.plain
    [buoys] = cells(tables.judgements_table(corpus, "Of one chapter", "closure", "closure"))
    assert (buoys["Likelihood"], buoys["Confidence"]) == ("{likelihood}`not enough to judge`", "–")


def test_judgements_are_tested_in_columns(corpus):
    straits, talks, _ = cells(tables.robustness_table(corpus, "Tested"))
    assert straits == {
        "Judgement": "1. straits open",
        "All evidence": "+",
        "Without ISS": "one",
        "Without Norrland": "one",
        "Without rewrites": "one",
        "Origins for it": "Havn, ISS",
    }
    assert talks["Origins for it"] == "trade ministry"


def test_explanations_stand_with_what_should_be_seen_and_what_should_not(corpus):
    text = tables.explanation_list(corpus).myst.replace("\\", "")
    assert text.startswith("The boats were a bluff\n: Norrland showed boats")
    assert "*If so, we should see:* Ferries and ships that run on." in text
    assert text.endswith("*And not:* A barrier, or boats that cost more than they win.")


def test_explanations_are_ranked_by_what_speaks_against_them(corpus):
    first, second = cells(tables.explanation_scores_table(corpus, "Scores"))
    assert (first["Explanation"], first["All evidence"]) == ("The boats were a bluff", "1 (1)")
    assert (second["All evidence"], second["Without ISS"]) == ("3 (2)", "2 (2)")


def test_propositions_name_the_explanations_that_they_would_surprise(corpus):
    boats, doubts, buoys, _ = cells(tables.proposition_list(corpus))
    assert boats["Proposition"].endswith("on 2 June 2031. {claim}`DE-04`")
    assert boats["Surprising if"] == "dues (somewhat)"
    assert buoys["Surprising if"] == "bluff (somewhat); dues (very)"
    assert doubts["Surprising if"] == "none of them were true"


def test_actors_are_sorted_without_articles_and_people_by_family_name(corpus):
    text = tables.actor_index(corpus).myst.replace("\\", "")
    terms = [entry.split("\n")[0] for entry in text.split("\n\n")]
    assert terms == [
        "Daily Example",
        "Government of Norrland",
        "Harbour Post",
        "Institute for Sea Studies",
        "Ministry of Trade of Ostria",
        "Pilots not named",
        "Stein, Olav",
    ]
    assert text.startswith(
        "Daily Example\n: Newspaper in a third country. "
        "Origin: {claim}`DE-01`. Passes on: {claim}`CW-02`."
    )
    assert "straits. Origin: {claim}`CW-02, DE-02, DE-04`.\n\n" in text  # passes nothing on


def test_places_are_listed_with_the_claims_that_name_them(corpus):
    text = tables.place_index(corpus).myst
    assert "Northern Channel\n: {claim}`CW-01, HP-02`" in text
    assert "Norrland\n" not in text  # no claim names it


def test_an_index_leaves_a_long_list_of_claims_to_the_explorer(corpus, monkeypatch):
    monkeypatch.setattr(indexes, "MAX_LISTED", 2)
    listed = tables.actor_index(corpus).myst
    link = '<a class="cb-selection" href="explorer.html#speaker=iss">in the explorer</a>'
    assert f"Origin: 3 claims, {link}." in listed
    assert "Origin: {claim}`DE-01`." in listed


def test_people_are_listed_with_office_and_claims(corpus):
    assert cells(tables.people_table(corpus, "People")) == [
        {
            "Who": "Olav Stein",
            "Office at the time": "Harbour master of Havn",
            "Claims as origin": "closure 1",
        }
    ]


def test_claims_of_two_coders_are_counted_by_source(corpus):
    rows = cells(tables.found_table(corpus, "one", "two", "Found"))
    assert [list(row.values()) for row in rows] == [
        ["DE", "4", "4", "4", "1.00"],
        ["HP", "4", "3", "3", "0.86"],
        ["CW", "2", "2", "2", "1.00"],
        ["All", "10", "9", "9", "0.95"],
    ]


def test_what_was_coded_twice_is_counted_field_by_field(corpus):
    rows = cells(tables.double_coding_table(corpus, "one", "two", "Twice"))
    assert {row["What"]: row["Alike"] for row in rows} == {
        "claims": "9",
        "chains": "9",
        "first days": "9",
        "last days": "9",
        "days of statement": "9",
        "themes": "8",
    }
    assert {(row["In the book"], row["Coded twice"]) for row in rows} == {("10", "9")}


def test_every_pair_of_passes_has_its_alphas(corpus):
    [row] = cells(tables.pass_pairs_table(corpus, "Pairs"))
    assert (row["Passes"], row["Same claims"]) == ("one, two", "9")
    assert row["kind"] == "1.00 (1.00 to 1.00)"
    assert row["theme"].startswith("0.84 (")


def test_the_values_of_two_coders_are_crossed(corpus):
    rows = cells(tables.confusion_table(corpus, "one", "two", "theme", "Confusion"))
    assert rows[0] == {"one / two": "closure", "closure": "3", "forecast": "0", "talks": "1"}


def test_differences_are_counted_by_cause_and_by_the_pass_that_prevailed(corpus):
    rows = {row["Cause"]: row for row in cells(tables.settlements_table(corpus, "Settled"))}
    assert rows["slip"] == {
        "Cause": "slip",
        "First pass": "0",
        "Second pass": "1",
        "Third reading": "0",
        "All": "1",
    }
    assert rows["latitude"]["Third reading"] == "1"


def test_a_numbered_rule_is_called_a_rule(corpus):
    settlements = corpus.settlements.assign(rule="7")
    [row] = cells(
        tables.settlements_table(dataclasses.replace(corpus, settlements=settlements), "Settled")
    )
    assert (row["Cause"], row["All"]) == ("rule 7", "7")


def test_selected_claims_say_what_who_and_when(corpus):
    [row] = cells(tables.selection_table(corpus, corpus.claims.loc[["HP-03"]], "Selected"))
    assert row == {
        "Claim": "{claim}`HP-03`",
        "What it says": "An unnamed pilot thinks a closure before October 2031 likely.",
        "Who": "Pilots not named, in the Harbour Post",
        "Said or published": "18 to 24 August 2031",
    }


def test_corrections_have_a_day_and_none_are_said_to_be_none(corpus):
    [row] = cells(tables.corrections_table(corpus, "Corrections"))
    assert (row["Date"], row["Old"], row["New"]) == ("10 September 2031", "40.2", "40.3")
    none = dataclasses.replace(corpus, corrections=corpus.corrections[:0])
    assert tables.corrections_table(none, "Corrections").title == ""


def test_marks_of_markdown_in_a_cell_are_shown_as_they_are(corpus):
    sources = corpus.sources.copy()
    sources["published_basis"] = "*A* | `b` [c](d) $e$ {claim}`DE-01`"
    text = tables.source_dates(dataclasses.replace(corpus, sources=sources)).myst
    assert r"\*A\* \| \`b\` \[c\]\(d\) \$e\$ \{claim\}\`DE\-01\`" in text


@pytest.mark.parametrize("number", [7, Numeral("1,200"), Numeral("0.5 s")])
def test_columns_of_numbers_stand_to_the_right(number):
    table = markdown.markdown_table([{"Name": "a", "Number": number}])
    _, rule, _ = table.splitlines()
    name, right = rule.strip("|").split("|")
    assert name.startswith(":")
    assert right.endswith(":")


def test_a_column_with_any_text_stands_to_the_left():
    table = markdown.markdown_table([{"Number": 1}, {"Number": "none"}])
    assert table.splitlines()[1].startswith("|:")


def test_a_notebook_shows_claims_in_brackets_and_the_title_above_a_table():
    block = MystBlock.citing(lambda cite: f"| {cite(['DE-01', 'DE-02'])} |", "A title", "tab-a")
    forms = block._repr_mimebundle_()
    assert forms["text/markdown"] == "**A title.**\n\n| [DE-01, DE-02] |"
    assert forms[markdown.MIME]["myst"] == (
        ":::{table} A title\n:name: tab-a\n\n| {claim}`DE-01, DE-02` |\n:::"
    )
    assert MystBlock("text")._repr_mimebundle_()[markdown.MIME]["myst"] == "text"


def test_an_event_without_claims_stands_without_a_marker(corpus):
    claims = corpus.claims.assign(event_id="")
    text = tables.chronology(dataclasses.replace(corpus, claims=claims), ["talks"]).myst
    assert "{claim}" not in text


def test_a_record_is_shown_by_series_and_by_month(corpus):
    rows = cells(tables.series_table(corpus, "The texts"))
    assert [row["Texts"] for row in rows] == ["2", "1"]
    assert rows[0] | {"Publisher or series": ""} == {
        "Publisher or series": "",
        "Texts": "2",
        "With claims": "2",
        "Claims": rows[0]["Claims"],
        "Reliability": "C and D",
        "From": rows[0]["From"],
        "To": "2 September 2031",
    }
    months = cells(tables.attention_table(corpus, "straits-digest", "By month"))
    assert [row["Month"] for row in months] == ["2031-08", "2031-09", "All"]
    assert int(months[-1]["Claims"]) == sum(int(row["Claims"]) for row in months[:-1])


def test_publications_that_stand_behind_claims_are_shown_with_their_share(corpus):
    assert cells(tables.citations_table(corpus, "Whose")) == [
        {"Whose": "Institute", "Addresses": "1", "Claims": "1", "Of the claims with notes": "100 %"}
    ]


def test_the_agreement_of_two_passes_is_shown_for_each_field_with_its_interval(corpus):
    rows = {row["Field"]: row for row in cells(tables.agreement_table(corpus, "one", "two", "A"))}
    computed = agreement.field_agreement(corpus.passes, "one", "two")
    assert rows["theme"]["Alpha"] == f"{computed.loc['theme', 'alpha']:.2f}"
    assert " to " in rows["theme"]["95 % interval"]
    against = tables.agreement_table(corpus, "one", agreement.PUBLISHED, "B")
    assert {row["Field"] for row in cells(against)} >= {"theme", "chain"}
