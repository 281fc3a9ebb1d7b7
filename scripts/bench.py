"""`make bench`: how long the book takes beside the stock command, and what a corpus costs as it grows. Writes `data/bench.json`.

Builds are measured by the clock, one after another in a copy of the project; stages of the corpus each in a process of its own, by the
processor's time, so that a busy machine does not bend the curve.
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

import enlarged
from claimbook.digests import copy_project
from claimbook.paths import project

SIZES = [100, 1_000, 10_000, 100_000]  # claims
EACH = 10  # claims of a text
STOCK = "stock command, HTML, cold"
PEER = "frictionless validate"
OWN = "check"


def load(folder: Path) -> Callable[[], object]:
    """Reading the tables."""
    from claimbook.corpus import model

    return lambda: model.load(folder / "data")


def check(folder: Path) -> Callable[[], object]:
    """Checking the tables: cells, references, rules."""
    from claimbook.corpus.validation.report import check

    def run() -> None:
        if faults := check(folder / "data").faults:
            raise ValueError(str(faults[0]))

    return run


def peer(folder: Path) -> Callable[[], object]:
    """What another program takes to hold the same tables against the same schema; it knows fewer types and no rules across tables."""
    from frictionless import system, validate

    described = json.loads((folder / "data" / project().datapackage.name).read_text("utf-8"))
    described["resources"] = [
        table for table in described["resources"] if isinstance(table["path"], str)
    ]
    for field in (field for table in described["resources"] for field in table["schema"]["fields"]):
        field["type"] = "string" if field["type"] == "list" else field["type"]
        field.get("constraints", {}).pop("maxWords", None)
    told = folder / "data" / "peer.json"
    told.write_text(json.dumps(described), "utf-8")

    def run() -> None:
        with system.use_context(trusted=True):
            report = validate(str(told))
        if not report.valid or not any(
            task.name == "claims" and task.stats.get("rows") for task in report.tasks
        ):
            raise ValueError(f"it did not read the claims, or found faults: {report.errors}")

    return run


def anchors(folder: Path) -> Callable[[], object]:
    """Finding every claim again in its text."""
    from claimbook.corpus import model, schema
    from claimbook.texts import source_texts, text_checks

    known = model.load(folder / "data")
    table = schema.read_schema(folder / "data" / project().datapackage.name)["claims"]
    os.environ["CORPUS_TEXTS"] = str(folder / "texts")

    def run() -> None:
        if faults := text_checks.check_anchors(
            table, known.claims, source_texts.find_texts(known.sources)
        ):
            raise ValueError(str(faults[0]))

    return run


def ledger(folder: Path) -> Callable[[], object]:
    """The ledger's entries."""
    from claimbook.corpus import model
    from claimbook.sphinxext.ledger import ledger_sections

    known = model.load(folder / "data")
    claims = known.full_claims()
    return lambda: ledger_sections(known, claims)


def timeline(folder: Path) -> Callable[[], object]:
    """The timeline of all events, drawn."""
    from claimbook.corpus import model
    from claimbook.figures import event_lanes

    known = model.load(folder / "data")
    return lambda: event_lanes.events_by_theme(known).wide


STAGES = {
    "load": load,
    OWN: check,
    PEER: peer,
    "anchors": anchors,
    "ledger": ledger,
    "timeline": timeline,
}


def stage(name: str, folder: Path) -> None:
    """Measure one stage and print seconds of the processor and the process's peak memory in MB."""
    run = STAGES[name](folder)
    began = time.process_time()
    run()
    seconds = time.process_time() - began
    print(
        json.dumps(
            {
                "seconds": seconds,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def growth(say: Callable[[str], None]) -> list[dict[str, Any]]:
    """What each stage costs at each size, and its growth exponent between the two largest: 1 where twice the claims cost twice the time."""
    names = [name for name in STAGES if name != PEER or find_spec("frictionless")]
    rows: dict[str, dict[str, Any]] = {
        name: {"stage": name, "seconds": {}, "megabytes": {}} for name in names
    }
    for claims in SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            enlarged.write(folder, claims, claims // EACH)
            for name, row in rows.items():
                say(f"{name} of {claims} claims")
                environment = {**os.environ, "CORPUS_TEXTS": "/nowhere"}
                command = [sys.executable, __file__, name, temporary]
                ran = subprocess.run(
                    command, capture_output=True, text=True, env=environment, check=False
                )
                if ran.returncode:
                    raise RuntimeError(
                        f"{name} of {claims} claims: {ran.stderr.strip().splitlines()[-1]}"
                    )
                cost = json.loads(ran.stdout.splitlines()[-1])
                row["seconds"][str(claims)] = round(cost["seconds"], 3)
                row["megabytes"][str(claims)] = round(cost["megabytes"])
    for row in rows.values():
        *_, before, last = row["seconds"].values()
        row["exponent"] = round(math.log(last / before) / math.log(SIZES[-1] / SIZES[-2]), 2)
    return list(rows.values())


def _build(project: Path, *command: str) -> float:
    """The seconds that a command takes in a copy of the project. Raises RuntimeError if it fails."""
    environment = {**os.environ, "PYTHONPATH": str(project / "scripts"), "CORPUS_TEXTS": "/nowhere"}
    began = time.monotonic()
    ran = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(f"{' '.join(command)}: {ran.stderr.strip()[-500:]}")
    return time.monotonic() - began


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    if old not in text:
        raise RuntimeError(f"{file} no longer holds what the bench changes")
    file.write_text(text.replace(old, new, 1), "utf-8")


def builds(say: Callable[[str], None]) -> list[dict[str, Any]]:
    """What a build takes from nothing, after an edit and after none, ours beside the stock command's."""
    stock = [str(Path(sys.executable).with_name("jupyter-book")), "build", "."]
    own = [sys.executable, "-m", "claimbook", "build"]
    rows: list[dict[str, Any]] = []

    def measure(name: str, command: list[str]) -> None:
        say(name)
        rows.append({"build": name, "seconds": round(_build(folder, *command), 2)})

    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_project(Path(temporary) / "book")
        word = (
            folder / "chapters" / "voices.md",
            "A guide to the bodies",
            "A short guide to the bodies",
        )
        claim = (
            folder / "data" / "claims.csv",
            "Putin and Lukashenko talk by phone",
            "Putin and Lukashenko speak by phone",
        )
        for whose, command in (("stock command, HTML", stock), ("make book, HTML and PDF", own)):
            shutil.rmtree(folder / "_build", ignore_errors=True)
            measure(f"{whose}, cold", command)
            measure(f"{whose}, nothing changed", command)
            for what, (file, old, new) in (
                ("one word of prose changed", word),
                ("one claim changed", claim),
            ):
                _edit(file, old, new)
                measure(f"{whose}, {what}", command)
                _edit(file, new, old)
    cold = next(row["seconds"] for row in rows if row["build"] == STOCK)
    for row in rows:
        row["ratio"] = round(row["seconds"] / cold, 3)
    return rows


def _machine() -> dict[str, Any]:
    """The machine in a line (processors, system, Python), and its memory in MB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
    parts = (
        f"{os.cpu_count()} processors ({platform.machine()})",
        f"{memory / 1024:.0f} GB of memory",
        platform.system(),
    )
    return {
        "machine": ", ".join((*parts, f"Python {platform.python_version()}")),
        "megabytes": round(memory),
    }


def main() -> None:
    """Measure all, write it down and print it."""

    def say(what: str) -> None:
        print(f"  {what}", file=sys.stderr, flush=True)

    measured = {
        "date": datetime.now(UTC).date().isoformat(),
        **_machine(),
        "builds": builds(say),
        "growth": growth(say),
    }
    project().bench.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", "utf-8")
    from claimbook.display import bench_tables

    for table in (bench_tables.build_times_table("Builds"), bench_tables.growth_table("Growth")):
        print(f"{table.title}\n\n{table.myst}\n")
    print(project().bench)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        stage(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
