"""The processes that tests fork are as good as those that a shell starts."""

import os
from pathlib import Path

from support.forked_python import PACKAGES, run_with

ENVIRONMENT = {**os.environ, "PYTHONPATH": PACKAGES, "OF_NOW": "yes"}
TELL = """
import os, sys
print(os.getcwd(), os.environ["OF_NOW"], *sys.argv[1:])
print("left" in vars(os), os.getpid(), file=sys.stderr)
os.left = True
os.environ["OF_NOW"] = "no"
sys.exit(3)
"""


def test_each_has_its_folder_environment_words_output_and_status_and_nothing_of_the_last(tmp_path):
    pids = set()
    for folder in (tmp_path, Path("/")):
        ran = run_with(ENVIRONMENT, folder, "-c", TELL, "a word")
        assert (ran.returncode, ran.stdout) == (3, f"{folder} yes a word\n")
        left, pid = ran.stderr.split()
        assert left == "False"
        pids.add(pid)
    assert len(pids) == 2


def test_modules_files_and_errors_run_as_python_runs_them(tmp_path):
    (tmp_path / "mine.py").write_text("import sys; print(__name__, sys.argv[1])", "utf-8")
    (tmp_path / "beside.py").write_text("import mine", "utf-8")
    as_module = run_with(ENVIRONMENT, tmp_path, "-m", "mine", "one")
    as_file = run_with(ENVIRONMENT, Path("/"), str(tmp_path / "beside.py"), "two")
    assert (as_module.stdout, as_file.stdout) == ("__main__ one\n", "mine two\n")
    failed = run_with(ENVIRONMENT, tmp_path, "-c", "1 / 0")
    assert failed.returncode == 1
    assert failed.stderr.endswith("ZeroDivisionError: division by zero\n")
