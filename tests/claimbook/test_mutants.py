"""The tests of numbers notice nearly every change of the code that computes and prints them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.made_up_report import REPOSITORY
from support.mutants import rates

CHANGED = ["claimbook.analysis.", "claimbook.display.", "claimbook.language.claim_description"]
TESTS = ["analysis", "display", "language", "test_printed_values.py"]
KILLED = 0.95  # of the mutants of each module


@pytest.mark.long
def test_of_twenty_changes_of_a_number_the_tests_notice_nineteen(tmp_path: Path) -> None:
    parts = os.cpu_count() or 1
    reports = [tmp_path / f"{part}.tsv" for part in range(parts)]
    plugin = ["-p", "support.mutants", "-p", "no:xdist", "-p", "no:cacheprovider"]
    changed = [word for prefix in CHANGED for word in ("--mutate", prefix)]
    tests = [f"tests/claimbook/{name}" for name in TESTS]
    places = [REPOSITORY / "scripts", REPOSITORY / "tests"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "pytest", *plugin, *changed, "--mutants", str(report), *tests],
            cwd=REPOSITORY,
            env={
                **os.environ,
                "MUTANTS_PART": f"{part}/{parts}",
                "PYTHONPATH": os.pathsep.join(map(str, places)),
            },
        )
        for part, report in enumerate(reports)
    ]
    assert [run.wait() for run in running] == [0] * parts
    told = "".join(report.read_text("utf-8") for report in reports)
    print(*(f"{module}: {killed} of {number}" for module, (killed, number) in rates(told).items()))
    survivors = [line for line in told.splitlines() if not line.startswith("killed")]
    weak = {module for module, (killed, number) in rates(told).items() if killed < KILLED * number}
    assert not weak, "\n".join(survivors)
