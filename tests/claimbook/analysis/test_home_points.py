"""Points of observations lie in the home country, or are reported."""

from dataclasses import replace

import pandas as pd
import pytest
from claimbook.analysis.geodata import load_outlines
from claimbook.analysis.home_points import find_points_abroad
from claimbook.corpus.model import read_schema

INSIDE, ABROAD = (-39.0, 41.5), (20.0, 41.5)  # longitude, latitude


@pytest.mark.parametrize("point", [INSIDE, ABROAD], ids=["inside", "abroad"])
def test_a_point_outside_the_home_country_is_a_fault(corpus, point):
    tables = {"places": replace(read_schema()["places"], in_home_country=True)}
    places = pd.DataFrame({"longitude": point[:1], "latitude": point[1:]}, index=["buoy"])
    known = replace(corpus, places=places)
    faults = find_points_abroad(tables, known, load_outlines(), "Norrland")
    expected = ["places.csv buoy latitude: '41.5, 20': a point in Norrland"]
    assert [str(fault) for fault in faults] == (expected if point == ABROAD else [])


def test_tables_without_the_demand_are_not_checked(corpus):
    assert find_points_abroad(read_schema(), corpus, load_outlines(), "Norrland") == []
