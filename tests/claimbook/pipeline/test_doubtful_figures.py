"""What a build says of doubtful figures: a false title, and a mark that has left its axis."""

from pathlib import Path

import pytest
from support.small_book import cut_down, run_engine

CELL = """from claimbook.corpus.model import load
from claimbook.figures.event_lanes import events_by_theme
from claimbook.figures.finding import Finding

events_by_theme(load(), Finding("Talks lead", lambda data: False, "Events by theme"))"""
LINES = [
    "not borne out by the data: index: events-by-theme: Talks lead",
    "off the axis: index: events-by-theme: CW-01",
]


def build(report: Path) -> list[str]:
    ran = run_engine(report, "build", "html")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


@pytest.mark.whole
def test_a_build_lists_doubtful_figures_and_repeats_them_where_nothing_has_changed(made_up_copy):
    report = cut_down(made_up_copy, CELL, claim="DE-01")
    for table in ("events", "claims"):
        file = report / "data" / f"{table}.csv"
        text = file.read_text("utf-8")
        assert "2031-08-15,2031-08-15" in text
        file.write_text(text.replace("2031-08-15,2031-08-15", "2031-10-15,2031-10-15"), "utf-8")
    first, second = build(report), build(report)
    assert [line for line in first if line in LINES] == LINES
    [doubtful] = [line for line in first if line.startswith("doubtful: ")]
    assert "`claimbook impact` lists" in doubtful
    assert second == first
