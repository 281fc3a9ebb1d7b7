"""How much the texts of a series say, by month, and whose publications they cite."""

import dataclasses

import pytest
from claimbook.analysis import attention


@pytest.fixture
def silent(corpus):
    """The corpus without the claims of a text of a series."""
    claims = corpus.claims[corpus.claims["source_id"] != "coast-wire-2031-09-02"]
    return dataclasses.replace(corpus, claims=claims)


def test_texts_are_counted_by_series_and_those_without_by_their_outlet(corpus):
    counted = attention.counts_by_group(corpus).set_index(["series", "outlet"])
    assert counted["texts"].to_dict() == {("straits-digest", ""): 2, ("", "daily-example"): 1}
    assert counted["claims"].sum() == len(corpus.claims)
    first, last = counted.loc[("straits-digest", ""), ["first", "last"]]
    assert (f"{first:%Y-%m}", f"{last:%Y-%m}") == ("2031-08", "2031-09")


def test_a_text_without_claims_is_counted_as_silent_and_not_left_out(silent):
    of_series = attention.counts_by_group(silent).set_index("series").loc["straits-digest"]
    assert (of_series["texts"], of_series["with_claims"]) == (2, 1)
    months = attention.counts_by_month(silent, "straits-digest")
    assert months["texts"].to_dict() == {"2031-08": 1, "2031-09": 1, "all": 2}
    assert months["claims"].to_dict() == {"2031-08": 4, "2031-09": 0, "all": 4}


def test_a_series_that_no_source_has_is_refused(corpus):
    with pytest.raises(KeyError, match="no source of the series weekly"):
        attention.counts_by_month(corpus, "weekly")


def test_publications_behind_claims_are_counted_for_each_claim(corpus):
    one = dict(corpus.citations.reset_index().iloc[0])
    more = [one, one | {"note": 2, "whose": "press"}, one | {"claim_id": "DE-01", "note": 3}]
    citations = type(corpus.citations)(more)
    citations = citations.set_index(["claim_id", "note", "part"])
    counted = attention.cited_publications(dataclasses.replace(corpus, citations=citations))
    assert counted["claims"].to_dict() == {"institute": 2, "press": 1}
    assert counted["share"].to_dict() == {"institute": 1.0, "press": 0.5}


def test_attention_tells_a_silent_text_from_a_day_without_one(corpus):
    sources = corpus.sources.copy()
    sources.loc["coast-wire-2031-09-02", "scope"] = "passages"  # of which there are none
    silent = dataclasses.replace(corpus, sources=sources)
    days = attention.attention_by_day(silent, "straits-digest")
    passage = corpus.passages.loc["harbour-post-2031-08", "words"].sum()
    body = sources.loc["harbour-post-2031-08", "body_words"]
    assert days.loc["2031-08-20", "share"] == passage / body
    assert days.loc["2031-09-02", "share"] == 0
    assert (len(days), days["share"].isna().sum()) == (14, 12)
    whole = attention.attention_by_day(corpus, "straits-digest")
    assert whole.loc["2031-09-02", "share"] == 1  # coded whole, all of it counts


def test_each_day_between_the_texts_has_its_text_claims_and_whether_the_copy_is_cut(corpus):
    sources = corpus.sources.copy()
    sources.loc["coast-wire-2031-09-02", "extent"] = "cut"
    days = attention.attention_by_day(
        dataclasses.replace(corpus, sources=sources), "straits-digest"
    )
    assert len(days) == 14  # from 20 August to 2 September
    assert days["code"][days["code"] != ""].to_list() == ["HP", "CW"]
    assert days["cut"].to_list() == [False] * 13 + [True]
    assert days["claims"].iloc[0] == ["HP-01", "HP-02", "HP-03", "HP-04"]
    assert days["claims"].iloc[1:13].to_list() == [[]] * 12
    assert days["claims"].iloc[13] == ["CW-01", "CW-02"]


def test_a_text_with_one_claim_is_a_text_with_claims(corpus):
    few = dataclasses.replace(corpus, claims=corpus.claims.drop(index="CW-02"))
    groups = attention.counts_by_group(few).set_index("series")
    assert groups.loc["straits-digest", ["texts", "with_claims", "claims"]].tolist() == [2, 2, 5]
    months = attention.counts_by_month(few, "straits-digest")
    assert months.loc["2031-09", ["texts", "with_claims", "claims"]].tolist() == [1, 1, 1]


def test_the_publications_cited_most_come_first(corpus):
    one = dict(corpus.citations.reset_index().iloc[0])
    more = [
        one | {"whose": "press"},
        one | {"claim_id": "DE-01", "whose": "press"},
        one | {"note": 2},
    ]
    citations = type(corpus.citations)(more).set_index(["claim_id", "note", "part"])
    counted = attention.cited_publications(dataclasses.replace(corpus, citations=citations))
    assert list(counted.index) == ["press", "institute"]
