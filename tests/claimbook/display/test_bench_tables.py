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
    assert {name: (count.text, count.of) for name, count in counts.items()} == {
        "measured_on": ("4 March 2031", "the day on which the bench ran"),
        "machine": ("two processors", "the machine on which the bench ran"),
        "largest": (
            "3,000",
            "the claims at which the first stage reaches its limit of time or memory",
        ),
        "texts": (
            "1,200 sources, 3,400 claims and 9.5 MB of text",
            "the corpus on which the commands were measured",
        ),
    }


def test_the_limits_are_those_of_the_largest_corpus_that_was_measured(bench):
    growth = [
        {
            "stage": "check",
            "seconds": {"10": 1.0, "100": 2.0, "2000": 1.0},
            "megabytes": {"10": 8, "100": 9, "2000": 10},
            "exponent": 0.5,  # of so few, and so taken for 1: twice the claims take twice the time
        }
    ]
    project().bench.write_text(json.dumps(BENCH | {"growth": growth}), "utf-8")
    # in memory 2,000 * 0.5 * 8,000 / 10 = 800,000, in time 2,000 * 600 / 1 = 1,200,000
    assert bench_tables.largest_corpus() == 800_000
    roomy = BENCH | {"growth": growth, "megabytes": 80_000}
    project().bench.write_text(json.dumps(roomy), "utf-8")
    assert bench_tables.largest_corpus() == 1_000_000


def test_a_stage_may_take_ten_minutes(bench):
    growth = [BENCH["growth"][0] | {"seconds": {"1": 600.0}, "megabytes": {"1": 1}}]
    project().bench.write_text(json.dumps(BENCH | {"growth": growth}), "utf-8")
    assert bench_tables.largest_corpus() == 1
    growth[0]["seconds"] = {"1000": 600.5}
    project().bench.write_text(json.dumps(BENCH | {"growth": growth}), "utf-8")
    assert bench_tables.largest_corpus() == 900


def test_builds_and_growth_are_rounded(bench):
    builds = bench_tables.build_times_table("T")
    assert builds.name == "tab-builds"
    assert builds.myst.splitlines()[0] == "| Build        |   Seconds |   Share |"
    assert builds.myst.splitlines()[2] == "| from nothing |      40.0 |    1.50 |"
    commands = bench_tables.commands_table("T")
    assert commands.name == "tab-commands-on-texts"
    head, _, check = commands.myst.splitlines()
    assert (head, check) == ("| Command   |   Seconds |", "| check     |       4.3 |")
    assert bench_tables.growth_table("T").name == "tab-growth"
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
