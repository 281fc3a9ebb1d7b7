"""The figures of the last run of the bench, as the page on how the book is built shows them."""

import json
from string import ascii_uppercase
from typing import Any

import pandas as pd

from shortofwar import paths
from shortofwar.book import markdown
from shortofwar.book.markdown import Shown
from shortofwar.corpus.counts import Count
from shortofwar.corpus.words import day

PATIENCE = 600  # seconds of one stage that someone who changes a table will wait
MEMORY = 0.5  # of the machine's, that one stage may take
PEER = "frictionless validate"


def measured() -> dict[str, Any]:
    """What the bench wrote down: `date`, `machine`, `builds` and `growth`."""
    return json.loads(paths.BENCH.read_text("utf-8"))


def builds(title: str) -> Shown:
    """Seconds of each build, and its share of a stock build from nothing."""
    rows = [{"Build": row["build"], "Seconds": f"{row['seconds']:.1f}", "Share": f"{row['ratio']:.2f}"} for row in measured()["builds"]]
    return markdown.table(rows, title, "builds")


def growth(title: str) -> Shown:
    """Seconds of each stage by number of claims, memory at the largest, and how the time grows."""
    rows = []
    for row in measured()["growth"]:
        seconds = {f"{int(claims):,} claims": f"{spent:.2f} s" for claims, spent in row["seconds"].items()}
        memory = list(row["megabytes"].values())[-1]
        rows.append({"Stage": row["stage"]} | seconds | {"Memory": f"{memory:,} MB", "Exponent": f"{row['exponent']:.2f}"})
    return markdown.table(rows, title, "growth")


def largest() -> int:
    """How many claims the measured machine holds, rounded down to one digit.

    So many as the slowest stage of our own does in `PATIENCE`, by its exponent, and the largest in `MEMORY` of the machine's memory.
    """
    last = measured()
    reached = []
    for row in last["growth"]:
        if row["stage"] != PEER:
            claims = int(list(row["seconds"])[-1])
            reached.append(claims * (PATIENCE / list(row["seconds"].values())[-1]) ** (1 / max(row["exponent"], 1.0)))
            reached.append(claims * MEMORY * last["megabytes"] / list(row["megabytes"].values())[-1])
    digits = 10 ** (len(str(int(min(reached)))) - 1)
    return int(min(reached)) // digits * digits


def counts() -> dict[str, Count]:
    """What the page says of the run and of the corpus that one machine holds."""
    last = measured()
    return {
        "measured_on": Count(day(pd.Timestamp(last["date"])), "the day on which the bench ran"),
        "machine": Count(last["machine"], "the machine on which the bench ran"),
        "largest": Count(f"{largest():,}", "the claims at which the first stage reaches its limit of time or memory"),
        "sources": Count(str(len(ascii_uppercase) ** 2), "the codes of two capital letters"),
    }
