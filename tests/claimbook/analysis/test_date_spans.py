"""A claim lies on the days that are known of it, and open ends are closed by what bounds them."""

import dataclasses

import pandas as pd
import pytest
from claimbook.analysis import date_spans
from claimbook.analysis.date_spans import claim_date_spans


def span(corpus, claim_id: str, of: str = "day") -> tuple[str, str]:
    row = claim_date_spans(corpus).loc[claim_id]
    return tuple(
        "" if pd.isna(row[f"{of}_{end}"]) else f"{row[f'{of}_{end}']:%m-%d}"
        for end in ("first", "last")
    )


@pytest.mark.parametrize(
    ("claim_id", "rests", "days", "mark", "sure"),
    [
        ("DE-04", "happened", ("06-02", "06-02"), "06-02", True),
        ("CW-01", "happened", ("08-15", "08-15"), "08-15", True),  # the days of its event
        ("DE-02", "published", ("06-14", "06-14"), "06-14", True),
        ("HP-03", "published", ("08-18", "08-24"), "08-20", False),  # the likeliest of several
        ("HP-01", "happened", ("06-10", "08-18"), "06-10", False),  # open at its beginning
    ],
)
def test_a_claim_lies_on_the_first_basis_that_is_known(corpus, claim_id, rests, days, mark, sure):
    row = claim_date_spans(corpus).loc[claim_id]
    assert span(corpus, claim_id) == days
    assert (row["rests"], f"{row['mark']:%m-%d}", row["sure"]) == (rests, mark, sure)


def test_every_basis_has_its_own_days(corpus):
    assert span(corpus, "CW-01", "happened") == ("08-15", "08-15")
    assert span(corpus, "CW-01", "said") == ("09-01", "09-01")
    assert span(corpus, "CW-01", "published") == ("09-02", "09-02")
    assert span(corpus, "HP-03", "said") == ("", "")


def test_open_ends_stay_open_in_the_days_that_are_told(corpus):
    assert span(corpus, "HP-01", "when") == ("", "08-18")


def changed_claim(corpus, **cells: object):
    claims = corpus.claims.copy()
    for column, value in cells.items():
        claims.loc["DE-02", column] = value
    return dataclasses.replace(corpus, claims=claims)


def test_what_goes_on_ends_with_the_text_that_says_so(corpus):
    changed = changed_claim(corpus, event_start=pd.Timestamp("2031-06-01"))
    assert span(changed, "DE-02", "happened") == ("06-01", "06-14")


def test_what_is_still_to_come_does_not_end_before_it_begins(corpus):
    changed = changed_claim(corpus, event_start=pd.Timestamp("2031-08-01"))
    assert span(changed, "DE-02", "happened") == ("08-01", "08-01")


def test_a_claim_that_only_says_when_is_on_the_day_of_saying(corpus):
    changed = changed_claim(corpus, stated_on=pd.Timestamp("2031-06-12"))
    assert span(changed, "DE-02") == ("06-12", "06-12")
    assert claim_date_spans(changed).loc["DE-02", "rests"] == "said"


def test_each_kind_of_day_has_its_first_and_last_one(corpus):
    spans = claim_date_spans(corpus)
    for basis in (*date_spans.BASES, date_spans.DAY):
        assert (spans[f"{basis}_first"].dropna() <= spans[f"{basis}_last"].dropna()).all()
