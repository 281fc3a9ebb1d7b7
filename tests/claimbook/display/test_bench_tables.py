"""The page on how the book is built states what the bench measured."""

import json

import pytest
from claimbook.display import bench_tables
from claimbook.paths import project

BENCH = {
    "date": "2031-03-04",
    "machine": "two processors",
    "megabytes": 8000,
    "builds": [{"build": "from nothing", "seconds": 40.04, "ratio": 1.5}],
    "commands": [{"command": "check", "seconds": 4.26}],
    "texts": {"sources": 1200, "claims": 3400, "megabytes": 9.5},
    "growth": [
        {
            "stage": "check",
            "seconds": {"100": 1.0, "1000": 6.0},
            "megabytes": {"100": 90, "1000": 1200},
            "exponent": 2.0,
        },
        {
            "stage": bench_tables.COMPARED_PROGRAM,
            "seconds": {"100": 1.0, "1000": 500.0},
            "megabytes": {"100": 90, "1000": 7000},
            "exponent": 1.0,
        },
    ],
}


@pytest.fixture
def bench(made_up_copy):
    project().bench.write_text(json.dumps(BENCH), "utf-8")


def test_the_largest_corpus_is_that_of_the_first_limit(bench, made_up_copy):
    # in time 1,000 * √(600 / 6) = 10,000 claims, in memory 1,000 * 0.5 * 8,000 / 1,200 = 3,333
    assert bench_tables.largest_corpus() == 3000
    changed = json.loads(json.dumps(BENCH)) | {"megabytes": 80_000}
    project().bench.write_text(json.dumps(changed), "utf-8")
    assert bench_tables.largest_corpus() == 10_000


def test_the_run_is_named(bench):
    counts = bench_tables.bench_counts()
    assert {name: count.text for name, count in counts.items()} == {
        "measured_on": "4 March 2031",
        "machine": "two processors",
        "largest": "3,000",
        "texts": "1,200 sources, 3,400 claims and 9.5 MB of text",
    }


def test_builds_and_growth_are_rounded(bench):
    assert "| from nothing |      40.0 |    1.50 |" in bench_tables.build_times_table("T").myst
    assert "4.3" in bench_tables.commands_table("T").myst
    head, _, check, _ = bench_tables.growth_table("T").myst.splitlines()
    assert [cell.strip() for cell in head.strip("|").split("|")] == [
        "Stage",
        "100 claims",
        "1,000 claims",
        "Memory",
        "Exponent",
    ]
    assert [cell.strip() for cell in check.strip("|").split("|")] == [
        "check",
        "1.00 s",
        "6.00 s",
        "1,200 MB",
        "2.00",
    ]
