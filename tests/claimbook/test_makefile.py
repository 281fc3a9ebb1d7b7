"""The verbs of make keep what a person has made."""

import subprocess

from claimbook.paths import project
from made_up_report import REPOSITORY, run_python


def test_make_clean_deletes_what_was_built_and_no_sheet_of_a_coder(made_up_copy):
    assert run_python(made_up_copy, "-m", "claimbook", "sheet", "HP").returncode == 0
    sheet = project().sheets / "HP.csv"
    sheet.write_text("filled by hand", "utf-8")
    project().html.mkdir(parents=True)
    command = ["make", "--file", str(REPOSITORY / "Makefile"), "clean"]
    cleaned = subprocess.run(command, cwd=made_up_copy, capture_output=True, text=True)
    assert cleaned.returncode == 0, cleaned.stderr
    assert not project().build.exists()
    assert sheet.read_text("utf-8") == "filled by hand"
