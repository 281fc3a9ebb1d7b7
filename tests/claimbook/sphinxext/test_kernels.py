"""The kernels that run the chapters: each is fresh, in its own folder, and gone when done."""

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from claimbook.sphinxext.execution import forked_kernels
from claimbook.sphinxext.execution.kernels import IpcKernelManager
from jupyter_cache.executors.utils import single_nb_execution
from nbclient.exceptions import CellExecutionError

SPEC = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}


def run(folder: Path, *cells: str, timeout: int = 60):
    """Run cells as a build does: the texts that they print, and the error that ended them."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=SPEC
    )
    done = single_nb_execution(
        notebook,
        cwd=str(folder),
        timeout=timeout,
        allow_errors=False,
        kernel_manager_class=IpcKernelManager,
    )
    return [
        "".join(output.get("text", "") for output in cell.outputs).strip() for cell in done.nb.cells
    ], done.err


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_kernel_runs_in_its_folder_with_the_environment_of_now_and_ends(tmp_path, monkeypatch):
    monkeypatch.setenv("OF_NOW", "yes")
    (pid, folder, of_now), error = run(
        tmp_path,
        "import os; print(os.getpid())",
        "print(os.getcwd())",
        "print(os.environ['OF_NOW'])",
    )
    assert error is None
    assert (Path(folder), of_now) == (tmp_path, "yes")
    assert int(pid) != os.getpid()
    assert gone(int(pid))


def test_what_one_chapter_leaves_the_next_does_not_find(tmp_path):
    _, error = run(tmp_path, "import builtins, pandas; builtins.left = pandas.left = 1")
    assert error is None
    (found,), error = run(
        tmp_path,
        "import builtins, pandas; print(hasattr(builtins, 'left'), hasattr(pandas, 'left'))",
    )
    assert (found, error) == ("False False", None)


def test_a_cell_that_fails_is_told_and_one_that_does_not_end_is_ended(tmp_path):
    _, error = run(tmp_path, "1 / 0")
    assert isinstance(error, CellExecutionError)
    assert "ZeroDivisionError" in str(error)
    (pid, _), error = run(
        tmp_path, "import os, time; print(os.getpid(), flush=True)", "time.sleep(600)", timeout=3
    )
    assert error is not None
    assert gone(int(pid))


@pytest.mark.skipif(not forked_kernels.CAN_FORK, reason="this system makes no copies of a process")
@pytest.mark.parametrize("module", ["pandas", "matplotlib.figure", "claimbook.figures.figure"])
def test_what_chapters_need_is_there_before_they_ask(tmp_path, module):
    (known,), error = run(tmp_path, f"import sys; print({module!r} in sys.modules)")
    assert (known, error) == ("True", None)


FRESH = "import sys; from claimbook.sphinxext.execution import quick_jsonschema; "


def test_a_kernel_has_glue_and_matplotlib_before_the_first_cell(tmp_path):
    if not forked_kernels.CAN_FORK:
        return
    names = "{'myst_nb.ext.glue', 'jsonschema', 'matplotlib.figure', 'pandas'}"
    (missing,), error = run(tmp_path, f"import sys; print({names} - set(sys.modules))")
    assert error is None
    assert missing == "set()"


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("import jupyter_book.config; print('lark' in sys.modules)", "False"),  # its grammar
        ("import rfc3987_syntax; print('lark' in sys.modules)", "True"),
        ("import jsonschema; jsonschema.validate(1, {'type': 'integer'}); print('valid')", "valid"),
    ],
)
def test_jsonschema_is_imported_without_its_parser_of_addresses(code, printed):
    ran = subprocess.run([sys.executable, "-c", FRESH + code], capture_output=True, text=True)
    assert ran.stdout.strip() == printed, ran.stderr
