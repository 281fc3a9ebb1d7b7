"""Observations from outside the texts are facts that the check holds to country and year."""

import dataclasses

from claimbook.analysis.geodata import load_outlines
from claimbook.analysis.home_points import find_points_abroad
from claimbook.corpus.model import read_schema


def test_a_sighting_outside_belarus_is_reported(whole_corpus):
    tables, outlines = read_schema(), load_outlines()
    assert find_points_abroad(tables, whole_corpus, outlines, "Belarus") == []
    moved = whole_corpus.sightings.copy()
    moved.loc["S001", "longitude"] = 34.3
    changed = dataclasses.replace(whole_corpus, further=whole_corpus.further | {"sightings": moved})
    faults = find_points_abroad(tables, changed, outlines, "Belarus")
    assert [fault.key for fault in faults] == ["S001"]


def test_the_collectors_gap_from_july_to_september_is_in_the_table_as_it_is(whole_corpus):
    months = whole_corpus.sightings["date"].dt.month
    assert not months.between(7, 9).any()


def test_no_more_drones_were_brought_down_than_launched(whole_corpus):
    launches = whole_corpus.launches
    assert (launches["destroyed"] <= launches["launched"]).all()
    assert (launches["start"] <= launches["end"]).all()
