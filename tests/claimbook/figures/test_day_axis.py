"""The axis of days says which days it shows, however short the period of a report is."""

import re

import pytest
from claimbook.corpus.model import load
from claimbook.figures import event_lanes
from support.engine_figures import TITLE

PERIOD = re.compile(r"start = .*\nend = .*\nstretched_from = .*\nstretched_share = .*\n")


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [
        ("2031-08-13", "2031-08-17", ["13 Aug", "14", "15", "16", "17"]),
        ("2031-08-05", "2031-08-16", ["5 Aug", "7", "9", "11", "13", "15"]),
        ("2031-08-05", "2031-09-20", ["11 Aug", "18", "25", "1 Sep", "8", "15"]),
        ("2031-06-03", "2031-09-20", ["Jul", "Aug", "Sep"]),
        ("2030-12-01", "2031-11-30", ["Dec", "Feb", "Apr", "Jun", "Aug", "Oct"]),
    ],
)
def test_days_weeks_or_months_are_labelled_as_the_period_has_room(made_up_copy, start, end, labels):
    settings = made_up_copy / "report.toml"
    period = f"start = {start}\nend = {end}\n"
    settings.write_text(PERIOD.sub(period, settings.read_text("utf-8")), "utf-8")
    figure = event_lanes.events_by_theme(load(), TITLE)
    assert tick_labels(figure.wide) == labels
    assert 2 <= len(tick_labels(figure.narrow)) <= len(labels)


def tick_labels(svg: str) -> list[str]:
    """The labels of the axis, from left to right."""
    words = re.findall(r">([^<>]+)</text>", svg)
    label = re.compile(r"\d{1,2}|(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
    return [word for word in words if label.fullmatch(word)]
