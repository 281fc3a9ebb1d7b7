"""The measurements of the last benchmark, for the page on how the book is built."""

import json
from collections.abc import Iterator
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
        `date`; `machine` (its description) and `megabytes` (its memory); `builds`, a list of
        objects with `build`, `seconds` and `ratio` (to the stock build); `commands`, a list of
        objects with `command` and `seconds`; `texts`, on which these ran, with `sources`, `claims`
        and `megabytes`; and `growth`, a list of objects with `stage`, `exponent` (of the growth of
        time), and `seconds` and `megabytes`, each by number of claims.
    """
    bench: dict[str, Any] = json.loads(project().bench.read_bytes())
    return bench


def build_times_table(title: str) -> MystBlock:
    """Make a table of the seconds of each measured build.

    Its last column has the time as a share of the time of Jupyter Book's own build.

    Args:
        title: The title of the table.
    """
    rows = [
        {
            "Build": row["build"],
            "Seconds": Numeral(f"{row['seconds']:.1f}"),
            "Share": Numeral(f"{row['ratio']:.2f}"),
        }
        for row in read_bench()["builds"]
    ]
    return myst_table(rows, title, "builds")


def commands_table(title: str) -> MystBlock:
    """Make a table of the seconds of each command that was measured on all texts.

    Args:
        title: The title of the table.
    """
    rows = [
        {"Command": row["command"], "Seconds": Numeral(f"{row['seconds']:.1f}")}
        for row in read_bench()["commands"]
    ]
    return myst_table(rows, title, "commands-on-texts")


def growth_table(title: str) -> MystBlock:
    """Make a table of the time and memory of each stage of the benchmark.

    The columns are the stage, its seconds for each number of claims, its memory at the largest
    number, and the exponent by which its time grows with the claims.

    Args:
        title: The title of the table.
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
    """Estimate the numbers of claims at which each stage reaches its limits.

    The program for comparison has no limits.

    Args:
        bench: The measurements, as `read_bench` returns them.

    Yields:
        For each stage two numbers of claims: one for the limit `MAX_SECONDS`, one for the limit
        `MAX_MEMORY_SHARE`.
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
        The smallest number of claims at which a stage takes `MAX_SECONDS`, or `MAX_MEMORY_SHARE` of
        the machine's memory, rounded down to one significant digit. Times are extrapolated by the
        measured exponent, memory in proportion.
    """
    limit = int(min(_limits(read_bench())))
    unit = int(10 ** (len(str(limit)) - 1))
    return limit // unit * unit


def bench_counts() -> dict[str, Count]:
    """Return the facts on the benchmark that the page states.

    Returns:
        The counts by name: `measured_on` (the day), `machine` (its description), `largest` (the
        number of claims that it can handle), and `texts` (on which the commands ran).
    """
    bench = read_bench()
    texts = bench["texts"]
    return {
        "measured_on": Count(
            format_day(pd.Timestamp(bench["date"])), "the day on which the bench ran"
        ),
        "machine": Count(bench["machine"], "the machine on which the bench ran"),
        "texts": Count(
            f"{texts['sources']:,} sources, {texts['claims']:,} claims and "
            f"{texts['megabytes']:g} MB of text",
            "the corpus on which the commands were measured",
        ),
        "largest": Count(
            f"{largest_corpus():,}",
            "the claims at which the first stage reaches its limit of time or memory",
        ),
    }
