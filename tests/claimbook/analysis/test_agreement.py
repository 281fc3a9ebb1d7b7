"""Agreement is computed as the method says, checked on cases worked by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from claimbook.analysis import agreement

COLUMNS = [field for field in agreement.FIELDS if field not in agreement.SET_FIELDS]


def passes(one: list[tuple], two: list[tuple]) -> pd.DataFrame:
    """Passes over one source from (start, end, theme, places) of each claim."""
    rows = []
    for coder, claims in (("one", one), ("two", two)):
        for number, (start, end, theme, places) in enumerate(claims, start=1):
            row = dict.fromkeys(COLUMNS, "same") | {"also": [], "places": places, "theme": theme}
            rows.append(
                {
                    "coder": coder,
                    "claim_id": f"AA-{number:02d}",
                    "source_id": "a",
                    "start": start,
                    "end": end,
                }
                | row
            )
    return pd.DataFrame(rows).set_index(["coder", "claim_id"])


def test_claims_are_matched_one_to_one_by_the_greatest_overlap():
    known = passes([(0, 100, "x", []), (0, 60, "x", [])], [(0, 58, "x", []), (300, 400, "x", [])])
    matched = agreement.match_claims(known, "one", "two")
    assert matched[["one", "two"]].to_numpy().tolist() == [["AA-02", "AA-01"]]


def test_half_shared_is_a_match_and_less_is_none():
    half = agreement.match_claims(passes([(0, 100, "x", [])], [(0, 50, "x", [])]), "one", "two")
    assert half["shared"].to_list() == [0.5]
    assert agreement.match_claims(
        passes([(0, 100, "x", [])], [(60, 160, "x", [])]), "one", "two"
    ).empty


def test_alpha_is_that_of_the_textbook():
    values = (
        ["a", "a", "b", "b", "b", "a", "b", "b", "a", "a"],
        ["a", "a", "a", "b", "b", "a", "b", "b", "b", "a"],
    )
    spans = [(100 * i, 100 * i + 50) for i in range(10)]
    known = passes(
        *[
            [(*span, value, []) for span, value in zip(spans, coder, strict=True)]
            for coder in values
        ]
    )
    row = agreement.field_agreement(known, "one", "two", resamples=50).loc["theme"]
    # coincidences: aa 8, bb 8, ab and ba 2 each;
    # alpha = 1 - (n - 1) * o_ab / (n_a * n_b) = 1 - 19 * 2 / 100
    assert row["same"] == pytest.approx(0.8)
    assert row["alpha"] == pytest.approx(0.62)
    assert row["low"] <= row["alpha"] <= row["high"]


@pytest.mark.parametrize("field", ["places", "also"])
def test_sets_that_overlap_count_as_nearer_than_sets_that_do_not(field):
    spans = [(100 * i, 100 * i + 50) for i in range(4)]
    first = [["p"], ["q"], ["p", "q"], ["r"]]

    def alpha(second: list[list[str]]) -> float:
        known = passes(
            [(*span, "x", value) for span, value in zip(spans, first, strict=True)],
            [(*span, "x", value) for span, value in zip(spans, second, strict=True)],
        )
        known = known.assign(**{field: known["places"]})
        return agreement.field_agreement(known, "one", "two", resamples=5).loc[field, "alpha"]

    assert alpha(first) == pytest.approx(1)
    assert alpha([["p"], ["q"], ["p"], ["r"]]) > alpha([["p"], ["q"], ["r"], ["r"]])


@pytest.mark.parametrize("sets", [False, True])
def test_the_interval_is_that_of_alphas_of_resampled_claims(sets):
    """Each computed by itself, as alpha is, over the same claims drawn by the same numbers."""
    chance = np.random.default_rng(7)
    values = [
        [
            tuple("pqr"[: chance.integers(0, 4)]) if sets else str(chance.integers(0, 4))
            for _ in range(30)
        ]
        for _ in range(2)
    ]
    values[1][:20] = values[0][:20]  # so that they agree on most
    chosen = np.random.default_rng(agreement.resampling_seed()).integers(0, 30, (200, 30))
    alphas = [
        agreement.value_agreement(*([coder[i] for i in drawn] for coder in values), sets)["alpha"]
        for drawn in chosen
    ]
    known = agreement.value_agreement(*values, sets, resamples=200)
    assert [known["low"], known["high"]] == pytest.approx(
        np.percentile(alphas, [2.5, 97.5]).tolist()
    )


def test_the_intervals_are_the_same_each_time(corpus):
    first, again = (
        agreement.field_agreement(corpus.passes, "one", "two", resamples=20) for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, again)


def coders(**editions: int) -> pd.DataFrame:
    return pd.DataFrame({"codebook": editions})


def test_only_fields_that_both_codebooks_have_are_compared():
    known = coders(one=1, two=1, three=2, four=2)
    assert agreement.compared_fields(known, "one", "two") == agreement.FIELDS
    assert agreement.compared_fields(known, "one", "three") == agreement.FIELDS
    assert set(agreement.compared_fields(known, "three", "four")) - set(agreement.FIELDS) == {
        "on",
        "quantity_to",
        "quantity_word",
    }


def test_coders_are_paired_with_those_of_the_same_codebook(corpus):
    passes = pd.concat(
        [
            corpus.passes.loc[["one"]].rename(index={"one": name}, level="coder")
            for name in ("one", "two", "three", "four")
        ]
    )
    known = replace(corpus, passes=passes, coders=coders(one=1, two=1, three=2, four=2))
    assert agreement.coder_pairs(known) == [("one", "two"), ("three", "four")]


def test_spans_that_only_touch_are_no_match_and_texts_are_kept_apart():
    touching = passes([(0, 100, "x", [])], [(100, 200, "x", [])])
    assert agreement.match_claims(touching, "one", "two").empty
    same_span = passes([(0, 100, "x", [])], [(0, 100, "x", [])])
    apart = same_span.assign(source_id=["a", "b"])
    assert agreement.match_claims(apart, "one", "two").empty


def test_agreement_on_nothing_is_unknown_and_on_one_value_everywhere_undefined():
    assert set(agreement.value_agreement([], [])) == {"same", "alpha", "low", "high"}
    assert all(np.isnan(value) for value in agreement.value_agreement([], []).values())
    alike = agreement.value_agreement(["x", "x"], ["x", "x"], resamples=5)
    assert alike["same"] == 1
    assert np.isnan([alike["alpha"], alike["low"], alike["high"]]).all()
    no_interval = agreement.value_agreement(["x", "y"], ["x", "y"])
    assert no_interval["alpha"] == 1
    assert np.isnan(no_interval["low"])


def test_without_passes_the_first_two_coders_are_named_by_the_schema(corpus):
    assert agreement.first_coders(corpus.passes[:0]) == ("one", "two")
    assert agreement.first_coders(corpus.passes.loc[["two"]]) == ("two", "one")


@pytest.mark.parametrize(
    ("file", "names"), [("all", ("all", "first")), ("first", ("first", "second"))]
)
def test_where_the_schema_names_one_file_the_other_coder_is_named_by_number(
    corpus, made_up_copy, file, names
):
    package = made_up_copy / "data" / "datapackage.json"
    text = package.read_text("utf-8").replace("coding/one.csv", f"coding/{file}.csv")
    package.write_text(text.replace("coding/two.csv", f"coding/{file}.csv"), "utf-8")
    assert agreement.first_coders(corpus.passes[:0]) == names
    assert agreement.first_coders(corpus.passes.loc[["one"]]) == ("one", file)


def test_the_field_with_the_lowest_alpha_is_the_weakest(corpus):
    one_value = [(0, 50, "x", [])]
    undefined = passes(one_value, one_value)
    assert agreement.weakest_field(undefined, "one", "two") == "theme"
    assert agreement.weakest_field(corpus.passes, "one", "two") == "verification"


def test_claims_are_compared_with_a_pass_by_the_fields_of_its_codebook(corpus):
    _, known = agreement.with_published(corpus, "one")
    assert agreement.compared_fields(known, "one", agreement.PUBLISHED) == agreement.FIELDS
    later = replace(corpus, coders=corpus.coders.assign(codebook=2))
    _, known = agreement.with_published(later, "one")
    assert "on" in agreement.compared_fields(known, "one", agreement.PUBLISHED)
