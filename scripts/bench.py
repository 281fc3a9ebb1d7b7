"""Measure how long builds of the book take, and how the work grows with the corpus.

`make bench` runs it and writes `data/bench.json`. Builds are measured by the clock, one after
another in a copy of the project, and so are the commands that hold all texts at hand against the
tables. Stages of the work on an enlarged corpus are measured by processor
time, each in a process of its own, so that other programs of the machine matter little.
"""

import json
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench_stages import COMPARED_STAGE, STAGES
from claimbook.corpus.model import load
from claimbook.digests import copy_project
from claimbook.paths import project
from claimbook.texts.source_texts import find_texts
from enlarged_corpus import write_enlarged_corpus

SIZES = [100, 1_000, 10_000, 100_000]  # claims
CLAIMS_PER_TEXT = 10
STOCK_BUILD = "stock command, HTML"
OWN_BUILD = "make book, HTML and PDF"
NO_TEXTS = "/nowhere"  # for CORPUS_TEXTS
ONE_CLAIM = "one claim changed"  # one of `CHANGES`
# Changes to the project: file, text in it, and its replacement.
CHANGES = {
    "one word of the argument changed": (
        "chapters/pressure.md",
        "that the Russian troops who had come for an exercise would stay",
        "that the Russian troops who had come for an exercise would remain",
    ),
    "one word of the evidence changed": (
        "chapters/voices.md",
        "A guide to the bodies",
        "A short guide to the bodies",
    ),
    ONE_CLAIM: (
        "data/claims.csv",
        "Putin and Lukashenko talk by phone",
        "Putin and Lukashenko speak by phone",
    ),
}


# ---------------------------------------------------------------- stages of the work on a corpus


def run_stage(name: str, folder: Path) -> None:
    """Run a stage, and print its time and memory as JSON.

    The time is in seconds of the processor, without the preparation. The memory is the peak of the
    whole process in megabytes.

    Args:
        name: The name of the stage in `STAGES`.
        folder: A folder with the corpus in `data/` and its texts in `texts/`.
    """
    run = STAGES[name](folder)
    start = time.process_time()
    run()
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


def _measure_stage(name: str, folder: Path) -> dict[str, float]:
    """Measure a stage in a process of its own.

    Returns:
        `seconds` of the processor, and `megabytes` at the peak.

    Raises:
        RuntimeError: The stage fails.
    """
    process = subprocess.run(
        [sys.executable, __file__, name, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "CORPUS_TEXTS": NO_TEXTS},
        check=False,
    )
    if process.returncode:
        raise RuntimeError(f"{name}: {process.stderr.strip().splitlines()[-1]}")
    cost: dict[str, float] = json.loads(process.stdout.splitlines()[-1])
    return cost


def measure_growth(log: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure every stage on corpora of each of `SIZES`.

    The stage of frictionless is omitted if that program is not installed.

    Args:
        log: A function that reports the progress, given a line of text.

    Returns:
        An object for each stage: `stage` (its name), `seconds` and `megabytes` (each by number of
        claims), and `exponent`, by which its time grows with the claims between the two largest
        sizes; 1 means linear growth.
    """
    rows: dict[str, dict[str, Any]] = {
        name: {"stage": name, "seconds": {}, "megabytes": {}}
        for name in STAGES
        if name != COMPARED_STAGE or find_spec("frictionless")
    }
    for claims in SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            write_enlarged_corpus(folder, claims, claims // CLAIMS_PER_TEXT)
            for name, row in rows.items():
                log(f"{name} of {claims} claims")
                cost = _measure_stage(name, folder)
                row["seconds"][str(claims)] = round(cost["seconds"], 3)
                row["megabytes"][str(claims)] = round(cost["megabytes"])
    for row in rows.values():
        *_, second_last, last = row["seconds"].values()
        row["exponent"] = round(math.log(last / second_last) / math.log(SIZES[-1] / SIZES[-2]), 2)
    return list(rows.values())


# ---------------------------------------------------------------- builds of the book


def _measure_command(folder: Path, command: list[str], texts: str = NO_TEXTS) -> float:
    """Measure the seconds that a command takes in a copy of the project.

    Args:
        folder: The copy of the project.
        command: The command with its arguments.
        texts: The folders of texts, as `CORPUS_TEXTS` names them.

    Raises:
        RuntimeError: The command fails.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder / "scripts"), "CORPUS_TEXTS": texts}
    start = time.monotonic()
    process = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {process.stderr.strip()[-500:]}")
    return time.monotonic() - start


def _replace(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file.

    Raises:
        RuntimeError: The file does not contain it.
    """
    text = file.read_text("utf-8")
    if old not in text:
        raise RuntimeError(f"{file} does not contain '{old}', which the benchmark changes")
    file.write_text(text.replace(old, new, 1), "utf-8")


def measure_builds(log: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure builds by `claimbook build` and by Jupyter Book's own command.

    Each command builds from an empty folder, with nothing changed, and after each of `CHANGES`, all
    in a copy of the project.

    Args:
        log: A function that reports the progress, given a line of text.

    Returns:
        An object for each build: `build` (its name), `seconds`, and `ratio` (its time divided by
        that of Jupyter Book's own build from an empty folder).
    """
    commands = {
        STOCK_BUILD: [str(Path(sys.executable).with_name("jupyter-book")), "build", "."],
        OWN_BUILD: [sys.executable, "-m", "claimbook", "build"],
    }
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_project(Path(temporary) / "book")

        def measure(build: str, state: str) -> None:
            name = f"{build}, {state}"
            log(name)
            seconds[name] = round(_measure_command(folder, commands[build]), 2)

        for build in commands:
            shutil.rmtree(folder / "_build", ignore_errors=True)
            measure(build, "cold")
            measure(build, "nothing changed")
            for change, (file, old, new) in CHANGES.items():
                _replace(folder / file, old, new)
                measure(build, change)
                _replace(folder / file, new, old)
    stock = seconds[f"{STOCK_BUILD}, cold"]
    return [
        {"build": name, "seconds": measured, "ratio": round(measured / stock, 3)}
        for name, measured in seconds.items()
    ]


# ---------------------------------------------------------------- commands on all texts


def measure_commands(log: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure the commands that hold the texts at hand against the tables.

    Args:
        log: A function that reports the progress, given a line of text.

    Returns:
        An object for each command: `command` (its name and in which state) and `seconds`.
    """
    sources = load().sources
    at_hand = os.pathsep.join(str(folder.resolve()) for folder in project().texts())
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_project(Path(temporary) / "book")
        copies = Path(temporary) / "copies"
        copies.mkdir()
        for name, of_file in sources.groupby("file"):
            whole = next(at / name for at in project().texts() if (at / name).is_file())
            menu = "" if of_file["part"].any() else "Menu\n\n"  # of parts only some would move
            (copies / str(name)).write_text(menu + whole.read_text("utf-8"), "utf-8")

        def measure(state: str, command: str, *flags: str, of: str = at_hand) -> None:
            log(f"{command}, {state}")
            arguments = [sys.executable, "-m", "claimbook", command, *flags]
            seconds = round(_measure_command(folder, arguments, of), 2)
            rows.append({"command": f"{command}, {state}", "seconds": seconds})

        measure("nothing kept from before", "check")
        file, old, new = CHANGES[ONE_CLAIM]
        _replace(folder / file, old, new)
        measure(ONE_CLAIM, "check")
        measure("a line more in every text", "reanchor", "--dry-run", of=str(copies))
    return rows


def _size_of_texts() -> dict[str, float]:
    """Return the numbers of sources and claims, and the megabytes of their texts.

    Raises:
        SystemExit: A text is not at hand.
    """
    corpus = load()
    texts = find_texts(corpus.sources)
    if missing := len(corpus.sources) - len(texts):
        sys.exit(f"the bench needs all texts: {missing} are not in the folders of CORPUS_TEXTS")
    characters = sum(len(text.content.encode()) for text in texts.values())
    return {
        "sources": len(corpus.sources),
        "claims": len(corpus.claims),
        "megabytes": round(characters / 1e6, 1),
    }


# ---------------------------------------------------------------- the benchmark


def _describe_machine() -> dict[str, Any]:
    """Describe the machine.

    Returns:
        `machine`, a line of words on processors, memory and software; and `megabytes` of memory.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    parts = (
        f"{os.cpu_count()} processors ({platform.machine()})",
        f"{memory / 1024:.0f} GB of memory",
        platform.system(),
        f"Python {platform.python_version()}",
    )
    return {"machine": ", ".join(parts), "megabytes": round(memory)}


def main() -> None:
    """Run the benchmark, write `data/bench.json` and print the results as tables."""

    def log(line: str) -> None:
        print(f"  {line}", file=sys.stderr, flush=True)

    measurements = {
        "date": datetime.now(UTC).date().isoformat(),
        **_describe_machine(),
        "texts": _size_of_texts(),
        "builds": measure_builds(log),
        "commands": measure_commands(log),
        "growth": measure_growth(log),
    }
    file = project().bench
    file.write_text(json.dumps(measurements, indent=1, ensure_ascii=False) + "\n", "utf-8")
    from claimbook.display import bench_tables  # slow, and no stage needs it

    for table in (
        bench_tables.build_times_table("Builds"),
        bench_tables.commands_table("Commands"),
        bench_tables.growth_table("Growth"),
    ):
        print(f"{table.title}\n\n{table.myst}\n")
    print(file)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_stage(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
