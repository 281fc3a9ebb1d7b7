"""The measurements of the last benchmark, for the page on how the book is built."""

import json
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

import pandas as pd

from claimbook.analysis.metrics import Count
from claimbook.display.markdown import MystBlock, Numeral, myst_table
from claimbook.language.dates import format_day
from claimbook.paths import project

MAX_SECONDS = 600  # of one stage: as long as someone who changes a table will wait
MAX_MEMORY_SHARE = 0.5  # of the machine's memory, for one stage
COMPARED_PROGRAM = "frictionless validate"  # the stage that is no work of ours


def read_bench() -> dict[str, Any]:
    """Read the measurements of the last benchmark.

    Returns:
        `date`; `machine` and its `megabytes`; `builds`, with `build`, `seconds` and `ratio` of
        each; and `growth`, with `stage`, `exponent`, and `seconds` and `megabytes` by number of
        claims of each.
    """
    bench: dict[str, Any] = json.loads(project().bench.read_text("utf-8"))
    return bench


def build_times_table(title: str) -> MystBlock:
    """List the seconds of each build, and its share of a build by Jupyter Book alone."""
    rows = [
        {
            "Build": row["build"],
            "Seconds": Numeral(f"{row['seconds']:.1f}"),
            "Share": Numeral(f"{row['ratio']:.2f}"),
        }
        for row in read_bench()["builds"]
    ]
    return myst_table(rows, title, "builds")


def growth_table(title: str) -> MystBlock:
    """List the seconds and memory of each stage by number of claims.

    Each row ends with the exponent by which the time grows with the claims.
    """
    rows = []
    for row in read_bench()["growth"]:
        seconds = {
            f"{int(claims):,} claims": Numeral(f"{measured:.2f} s")
            for claims, measured in row["seconds"].items()
        }
        *_, memory = row["megabytes"].values()
        rows.append(
            {
                "Stage": row["stage"],
                **seconds,
                "Memory": Numeral(f"{memory:,} MB"),
                "Exponent": Numeral(f"{row['exponent']:.2f}"),
            }
        )
    return myst_table(rows, title, "growth")


def _limits(bench: dict[str, Any]) -> Iterator[float]:
    """Yield the number of claims at which each stage reaches its limits.

    A stage has a limit of time and one of memory. The program for comparison is not counted.
    """
    for row in bench["growth"]:
        if row["stage"] != COMPARED_PROGRAM:
            claims, seconds = int(list(row["seconds"])[-1]), list(row["seconds"].values())[-1]
            megabytes = list(row["megabytes"].values())[-1]
            yield claims * (MAX_SECONDS / seconds) ** (1 / max(row["exponent"], 1.0))
            yield claims * MAX_MEMORY_SHARE * bench["megabytes"] / megabytes


def largest_corpus() -> int:
    """Estimate the largest number of claims that the measured machine can handle.

    Returns:
        As many claims as the slowest stage handles in `MAX_SECONDS`, extrapolated by its exponent,
        and the largest stage in `MAX_MEMORY_SHARE` of the memory; rounded down to one digit.
    """
    limit = int(min(_limits(read_bench())))
    unit = int(10 ** (len(str(limit)) - 1))
    return limit // unit * unit


def bench_counts() -> dict[str, Count]:
    """Return the numbers that the page states on the benchmark."""
    bench = read_bench()
    return {
        "measured_on": Count(
            format_day(pd.Timestamp(bench["date"])), "the day on which the bench ran"
        ),
        "machine": Count(bench["machine"], "the machine on which the bench ran"),
        "largest": Count(
            f"{largest_corpus():,}",
            "the claims at which the first stage reaches its limit of time or memory",
        ),
        "sources": Count(str(len(ascii_uppercase) ** 2), "the codes of two capital letters"),
    }
