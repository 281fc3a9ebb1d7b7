"""Cells are held to the limits that the schema names."""

import pytest
from claimbook.corpus.schema import Field
from claimbook.corpus.validation.cells import first_violation


@pytest.mark.parametrize(
    ("cell", "allowed"),
    [
        ("2031-01-01", ""),
        ("2031-12-31", ""),
        ("2030-12-31", "a day from 2031-01-01 to 2031-12-31"),
        ("2032-01-01", "a day from 2031-01-01 to 2031-12-31"),
        ("1 May 2031", "a day as YYYY-MM-DD"),
    ],
)
def test_a_day_lies_between_the_first_and_the_last_that_the_schema_names(cell, allowed):
    limits = {"minimum": "2031-01-01", "maximum": "2031-12-31"}
    violated = first_violation(Field("seen", "date", "seen", "The day.", limits), cell)
    assert (violated.allowed if violated else "") == allowed
