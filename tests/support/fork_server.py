"""A program that runs Python programs in processes that it forks, with slow modules imported.

It reads a request a line from its input, as JSON, and answers each with an exit status. Only
`forked_python` starts it.
"""

import gc
import importlib
import json
import os
import runpy
import sys
from pathlib import Path

import sphinx.application

SLOW = (  # what a check or a build imports, in an order that works
    "claimbook.sphinxext.execution.quick_jsonschema",
    "sphinx.application",
    "jupyter_book.config",
    "jupyter_book.cli.main",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_design",
    "sphinx_external_toc.events",
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
    "sphinx_togglebutton",
    "sphinxcontrib.bibtex",
    "sqlalchemy.dialects.sqlite",
    "matplotlib.backends.backend_svg",
    "claimbook.cli",
    "claimbook.pipeline.build",
    "claimbook.typst.builder",
    "claimbook.epub.builder",
    "claimbook.sphinxext.html",
    "claimbook.sphinxext.ledger",
    "claimbook.sphinxext.story",
    "claimbook.sphinxext.text_page",
)


def become(folder: str, environment: dict[str, str], words: list[str], output: list[str]) -> None:
    """Give this process another folder, environment and output, and the words of a command."""
    files = [os.devnull, *output]
    for number, name in enumerate(files):
        opened = os.open(name, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = words


def run(words: list[str]) -> None:
    """Run a module after `-m`, code after `-c`, or a file, as `python` would."""
    first, *rest = words
    if first == "-m":
        sys.path[0], sys.argv[:] = str(Path.cwd()), rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        sys.path[0], sys.argv[:] = "", ["-c", *rest[1:]]
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.path[0] = str(Path(first).parent)
        runpy.run_path(first, run_name="__main__")


def serve() -> list[str]:
    """Fork a process for each request; returns in each of them the words that it is to run."""
    for line in sys.stdin:
        request = json.loads(line)
        if (child := os.fork()) == 0:
            become(**request)
            return request["words"]
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    os._exit(0)


if __name__ == "__main__":
    for module in SLOW:
        importlib.import_module(module)
    for module in sphinx.application.builtin_extensions:
        importlib.import_module(module)
    gc.freeze()  # so that no process copies the memory in which these modules lie
    run(serve())
