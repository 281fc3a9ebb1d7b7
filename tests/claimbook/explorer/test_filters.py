"""A link holds a query for claims; the filters answer it by rules that a person can check."""

from dataclasses import replace

import pandas as pd
import pytest
from claimbook.analysis import date_spans
from claimbook.explorer import csv_export, filters, selection
from claimbook.explorer.claim_index import index_claims


@pytest.fixture(scope="module")
def described(corpus):
    return filters.describe_filters(corpus)


@pytest.fixture(scope="module")
def select(corpus, described):
    """A function from the fragment of a link to the ids of the claims that fit."""
    index = index_claims(corpus, described)

    def ids(fragment: str) -> set[str]:
        setting = selection.parse_fragment(described, fragment)
        fits = selection.matching_claims(described, index, setting)
        return set(fits.index[fits])

    return ids


def test_a_link_is_read_and_written_back(described):
    setting = selection.parse_fragment(
        described, "#from=2031-06-01&text=S-400+%26+more&theme=forecast&theme=closure"
    )
    assert setting == {
        "theme": ("closure", "forecast"),
        "text": ("S-400 & more",),
        "from": ("2031-06-01",),
    }
    written = "#theme=closure&theme=forecast&text=S-400+%26+more&from=2031-06-01"
    assert selection.write_fragment(described, setting) == written
    address = "file:///book/chapters/explorer.html#theme=closure"
    assert selection.parse_fragment(described, address) == {"theme": ("closure",)}
    assert selection.parse_fragment(described, "") == {}


def test_every_fault_of_a_link_is_named(described):
    link = "#colour=red&theme=closur&from=2031-02-30&to=2031-1-1&place=havn&place=ostria"
    with pytest.raises(selection.FilterError) as caught:
        selection.parse_fragment(described, link)
    faults = str(caught.value)
    for part in ("'colour'", "'closur'", "'2031-02-30'", "'2031-1-1'", "place: 2 values"):
        assert part in faults
    assert len(faults.splitlines()) == 5


def test_values_of_one_filter_widen_and_filters_narrow(corpus, select):
    claims = corpus.claims
    either = select("#theme=closure&theme=forecast")
    assert either == set(claims.index[claims["theme"].isin(["closure", "forecast"])])
    both = select("#theme=closure&theme=forecast&bearing=lowers")
    assert both == either & set(claims.index[claims["bearing"] == "lowers"])
    assert both


def test_a_speaker_is_anyone_in_the_chain_and_an_institution_has_those_who_speak_for_it(select):
    assert select("#speaker=iss") == {"CW-02", "DE-02", "DE-04"}
    assert select("#speaker=norrland-government") == {"CW-01", "DE-03"}


def test_words_are_found_in_any_order_and_whatever_their_case_accents_and_quotes(select):
    plain = select("#text=barrier")
    assert plain == {"CW-01", "HP-02"}
    assert select("#text=BÁRRIÉR") == plain
    assert select("#text=barrier+norrland") == select("#text=norrland+barrier") == {"CW-01"}
    assert select("#text=norrland's") == select("#text=norrland’s") == {"CW-01"}
    assert select("#text=hp-02") == {"HP-02"}
    assert select("#text=bar-rier") == select("#text=bar‐rier") == plain
    assert filters.fold_text("T-72, cease-fire, 20-21") == "t72, ceasefire, 20-21"
    assert filters.fold_text("“Łuck’s Straße” — ΣΊΣΥΦΟΣ") == '"luck\'s strasse" - σισυφοσ'


def test_words_are_found_in_the_other_names_of_speakers_and_in_those_of_places(select):
    assert select("#text=ministry+of+trade") == {"HP-01"}
    assert "DE-04" in select("#text=cape+vell")


def test_a_claim_fits_a_range_of_days_if_any_of_its_days_lies_in_it(select):
    assert select("#from=2031-06-02&to=2031-06-02&date=happened") == {"DE-04"}
    assert select("#from=2031-07-01&to=2031-07-01&date=happened") == {"HP-01"}  # June to August
    assert select("#from=1987-06-01&to=1987-06-02&date=happened") == {"HP-04"}
    of_post = {"HP-01", "HP-02", "HP-03", "HP-04"}
    for day in ("2031-08-18", "2031-08-24"):  # the range of days of its publication
        assert select(f"#source=HP&date=published&from={day}&to={day}") == of_post


def test_a_claim_without_a_day_is_not_found_by_that_day_but_by_the_next_best(corpus, select):
    claims = corpus.claims
    undated = set(claims.index[(claims["event_id"] == "") & claims["event_start"].isna()])
    assert len(undated) == 4
    always = "from=1900-01-01&to=2100-01-01"
    for basis in ("happened", "said"):
        for asked in (always, "from=1900-01-01", "to=2100-01-01"):
            assert not select(f"#date={basis}&{asked}") & undated
    assert select(f"#{always}") == set(claims.index)
    assert select("#from=2031-12-31&to=2031-01-01") == set()


def test_a_filter_needs_one_line_with_its_column(corpus, described):
    """What `describe_filters` has of a column is all that index, links and rules need."""
    one = filters.Filter(
        "mode",
        "Mode",
        filters.SEVERAL,
        {"quote": "quote", "paraphrase": "paraphrase"},
        filters.column_values("mode"),
    )
    added = described | {"mode": one}
    index = index_claims(corpus, added)
    setting = selection.parse_fragment(added, "#mode=quote")
    fits = selection.matching_claims(added, index, setting)
    assert list(fits.index[fits]) == ["DE-03"]
    assert selection.write_fragment(added, setting) == "#mode=quote"


def test_every_claim_has_days_in_their_order(corpus):
    spans = date_spans.claim_date_spans(corpus)
    for basis in ("day", *date_spans.BASES):
        dated = spans[spans[f"{basis}_first"].notna()]
        assert (dated[f"{basis}_first"] <= dated[f"{basis}_last"]).all()
    assert spans["mark"].between(spans["day_first"], spans["day_last"]).all()
    own = corpus.claims["event_start"].dropna()
    assert (spans.loc[own.index, "happened_first"] == own).all()


def test_a_corpus_without_claims_has_filters_that_find_nothing(corpus):
    empty = replace(corpus, claims=corpus.claims[:0])
    described = filters.describe_filters(empty)
    index = index_claims(empty, described)
    setting = selection.parse_fragment(described, "#text=x&theme=closure&from=2031-01-01")
    assert not selection.matching_claims(described, index, setting).any()


def test_a_download_cannot_be_taken_for_a_formula_and_keeps_its_numbers():
    paraphrases, places = ["=1+1", "@SUM(A1)", "-a", "a=b"], [["+x"], [], ["a", "b"], []]
    columns = {"paraphrase": paraphrases, "places": places, "quantity": [-5.5, None, 12000.0, 3]}
    claims = pd.DataFrame(columns, index=["A-1", "A-2", "A-3", "A-4"])
    marked = csv_export.to_csv(claims)
    assert marked.startswith("\ufeff")  # Excel tells UTF-8 by it
    assert marked[1:].splitlines() == [
        '"claim_id","paraphrase","places","quantity"',
        '"A-1","\'=1+1","\'+x","-5.5"',
        '"A-2","\'@SUM(A1)","",""',
        '"A-3","\'-a","a;b","12000"',
        '"A-4","a=b","","3"',
    ]
