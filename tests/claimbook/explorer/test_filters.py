"""A link says what is asked of the claims; the filters answer by rules that can be checked by hand."""

import pandas as pd
import pytest

from claimbook.analysis import date_spans
from claimbook.explorer import filters, records


@pytest.fixture(scope="module")
def known(corpus):
    return filters.describe_filters(corpus)


@pytest.fixture(scope="module")
def held(corpus):
    return records.claim_records(corpus)


def ids(held, known, fragment: str) -> set[str]:
    return set(held.index[filters.matching_claims(held, filters.parse_fragment(known, fragment))])


def test_a_link_is_read_and_written_back(known):
    setting = filters.parse_fragment(
        known, "#from=2022-12-01&text=S-400+%26+more&theme=outlook&theme=pressure"
    )
    assert setting == {
        "theme": ("pressure", "outlook"),
        "text": ("S-400 & more",),
        "from": ("2022-12-01",),
    }
    assert (
        filters.write_fragment(known, setting)
        == "#theme=pressure&theme=outlook&text=S-400+%26+more&from=2022-12-01"
    )
    assert filters.parse_fragment(known, "file:///book/chapters/explorer.html#theme=pressure") == {
        "theme": ("pressure",)
    }
    assert filters.parse_fragment(known, "") == {}


def test_every_fault_of_a_link_is_named(known):
    with pytest.raises(filters.FilterError) as caught:
        filters.parse_fragment(
            known, "#colour=red&theme=presure&from=2022-02-30&to=2022-1-1&place=minsk&place=kyiv"
        )
    told = str(caught.value)
    for part in ("'colour'", "'presure'", "'2022-02-30'", "'2022-1-1'", "place: 2 values"):
        assert part in told
    assert len(told.splitlines()) == 5


def test_values_of_one_filter_widen_and_filters_narrow(corpus, known, held):
    claims = corpus.claims
    either = ids(held, known, "#theme=pressure&theme=outlook")
    assert either == set(claims.index[claims["theme"].isin(["pressure", "outlook"])])
    both = ids(held, known, "#theme=pressure&theme=outlook&bearing=lowers")
    assert both == either & set(claims.index[claims["bearing"] == "lowers"])
    assert both


def test_a_speaker_is_anyone_in_the_chain_and_an_institution_has_those_who_speak_for_it(
    corpus, known, held
):
    chains = corpus.claims["chain"]
    assert ids(held, known, "#speaker=isw") == set(
        chains.index[chains.map(lambda chain: "isw" in chain)]
    )
    staff = ids(held, known, "#speaker=ukraine-general-staff")
    assert staff == set(
        chains.index[
            chains.map(lambda chain: not {"ukraine-general-staff", "gromov"}.isdisjoint(chain))
        ]
    )


def test_words_are_found_whatever_their_case_accents_and_quotes(corpus, known, held):
    plain = ids(held, known, "#text=lukashenko")
    assert plain
    assert ids(held, known, "#text=LUKÁSHENKÓ") == plain
    assert ids(held, known, "#text=lukashenko+minsk") == plain & ids(held, known, "#text=minsk")
    assert ids(held, known, "#text=nw-07") == {"NW-07"}
    assert filters.fold_text("“Łuck’s Straße” — ΣΊΣΥΦΟΣ") == '"luck\'s strasse" - σισυφοσ'


def test_a_claim_fits_a_range_of_days_if_it_can_stand_on_any_of_them(corpus, known, held):
    assert ids(held, known, "#from=2022-12-03&to=2022-12-03&date=happened") >= {"IN-02"}
    lasting = ids(held, known, "#from=2022-08-01&to=2022-08-02&date=happened")
    assert "IN-24" in lasting  # since the invasion
    assert "IN-02" not in lasting
    source = corpus.sources[corpus.sources["code"] == "IN"].iloc[0]
    for day in (source["published_earliest"], source["published_latest"]):
        found = ids(held, known, f"#source=IN&date=published&from={day:%Y-%m-%d}&to={day:%Y-%m-%d}")
        assert len(found) == (corpus.claims["source_id"] == source.name).sum()


def test_a_claim_without_a_day_is_not_found_by_that_day_but_by_the_next_best(corpus, known, held):
    claims = corpus.claims
    silent = claims[
        claims["stated_on"].isna()
        & claims["event_start"].isna()
        & claims["event_end"].isna()
        & (claims["event_id"] == "")
    ]
    assert len(silent) > 10
    always = "from=2000-01-01&to=2100-01-01"
    for basis in ("happened", "said"):
        for asked in (always, "from=2000-01-01", "to=2100-01-01"):
            assert not ids(held, known, f"#date={basis}&{asked}") & set(silent.index)
    assert ids(held, known, f"#{always}") == set(claims.index)
    assert ids(held, known, "#from=2022-12-31&to=2022-01-01") == set()


def test_every_claim_stands_on_days_in_their_order(corpus):
    placed = date_spans.claim_date_spans(corpus)
    for basis in ("day", *date_spans.BASES):
        here = placed[placed[f"{basis}_first"].notna()]
        assert (here[f"{basis}_first"] <= here[f"{basis}_last"]).all()
    assert placed["mark"].between(placed["day_first"], placed["day_last"]).all()
    own = corpus.claims["event_start"].dropna()
    assert (placed.loc[own.index, "happened_first"] == own).all()


def test_a_download_cannot_be_taken_for_a_formula_and_keeps_its_numbers():
    paraphrases, places = ["=1+1", "@SUM(A1)", "-a", "a=b"], [["+x"], [], ["a", "b"], []]
    columns = {"paraphrase": paraphrases, "places": places, "quantity": [-5.5, None, 12000.0, 3]}
    claims = pd.DataFrame(columns, index=["A-1", "A-2", "A-3", "A-4"])
    assert records.to_csv(claims).splitlines() == [
        '"claim_id","paraphrase","places","quantity"',
        '"A-1","\'=1+1","\'+x","-5.5"',
        '"A-2","\'@SUM(A1)","",""',
        '"A-3","\'-a","a;b","12000"',
        '"A-4","a=b","","3"',
    ]
