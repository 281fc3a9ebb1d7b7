"""The figures of the last run of the bench, as the page on how the book is built shows them."""

import json
from string import ascii_uppercase
from typing import Any

import pandas as pd

from claimbook.analysis.metrics import Count
from claimbook.display import markdown
from claimbook.display.markdown import MystBlock
from claimbook.language.claim_text import format_day
from claimbook.paths import project

PATIENCE = 600  # seconds of one stage that someone who changes a table will wait
MEMORY = 0.5  # of the machine's, that one stage may take
PEER = "frictionless validate"


def read_bench() -> dict[str, Any]:
    """What the bench wrote down: `date`, `machine`, `builds` and `growth`."""
    return json.loads(project().bench.read_text("utf-8"))


def build_times_table(title: str) -> MystBlock:
    """Seconds of each build, and its share of a stock build from nothing."""
    rows = [
        {"Build": row["build"], "Seconds": f"{row['seconds']:.1f}", "Share": f"{row['ratio']:.2f}"}
        for row in read_bench()["builds"]
    ]
    return markdown.myst_table(rows, title, "builds")


def growth_table(title: str) -> MystBlock:
    """Seconds of each stage by number of claims, memory at the largest, and how the time grows."""
    rows = []
    for row in read_bench()["growth"]:
        seconds = {
            f"{int(claims):,} claims": f"{spent:.2f} s" for claims, spent in row["seconds"].items()
        }
        memory = list(row["megabytes"].values())[-1]
        rows.append(
            {"Stage": row["stage"]}
            | seconds
            | {"Memory": f"{memory:,} MB", "Exponent": f"{row['exponent']:.2f}"}
        )
    return markdown.myst_table(rows, title, "growth")


def largest_corpus() -> int:
    """How many claims the measured machine holds, rounded down to one digit.

    So many as the slowest stage of our own does in `PATIENCE`, by its exponent, and the largest in `MEMORY` of the machine's memory.
    """
    last = read_bench()
    reached = []
    for row in last["growth"]:
        if row["stage"] != PEER:
            claims = int(list(row["seconds"])[-1])
            reached.append(
                claims
                * (PATIENCE / list(row["seconds"].values())[-1]) ** (1 / max(row["exponent"], 1.0))
            )
            reached.append(
                claims * MEMORY * last["megabytes"] / list(row["megabytes"].values())[-1]
            )
    digits = 10 ** (len(str(int(min(reached)))) - 1)
    return int(min(reached)) // digits * digits


def bench_counts() -> dict[str, Count]:
    """What the page says of the run and of the corpus that one machine holds."""
    last = read_bench()
    return {
        "measured_on": Count(
            format_day(pd.Timestamp(last["date"])), "the day on which the bench ran"
        ),
        "machine": Count(last["machine"], "the machine on which the bench ran"),
        "largest": Count(
            f"{largest_corpus():,}",
            "the claims at which the first stage reaches its limit of time or memory",
        ),
        "sources": Count(str(len(ascii_uppercase) ** 2), "the codes of two capital letters"),
    }
