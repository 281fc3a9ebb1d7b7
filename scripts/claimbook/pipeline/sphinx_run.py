"""A run of one Sphinx builder over the book, with what it warns of as reasons why it failed."""

import gc
import importlib
import io
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from claimbook.paths import project

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FIGURE_DOUBTS = "figure_doubts.json"
PRELOADED = (  # the slow ones of what a run imports, in this order
    "claimbook.sphinxext.execution.quick_jsonschema",
    "sphinx.application",
    "jupyter_book.config",
    "myst_nb.sphinx_",
    "sphinx_book_theme",
    "claimbook.typst.builder",
)


def preload() -> None:
    """Import what a run of Sphinx needs, and load the corpus, which takes two seconds."""
    for module in PRELOADED:
        importlib.import_module(module)
    from claimbook.sphinxext.corpus_cache import cached_claims  # slow

    cached_claims()


def run_sphinx(
    builder: str, *, offered: Sequence[str], when_read: Callable[[], None] | None = None
) -> list[str]:
    """Run a Sphinx builder over the book, into the work folder.

    Warnings count as errors. Builders share the pages that were read and the outputs of cells.

    Args:
        builder: The name of the Sphinx builder.
        offered: The other forms that are made, too, so that pages offer them for download.
        when_read: A function that is called as soon as all pages are read and stored, unless none
            had to be read.

    Returns:
        The reasons why it failed, a line each; none where it succeeded.

    Raises:
        OSError: The disk cannot be written to.
    """
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # slow

    work, log = project().work, io.StringIO()
    error: Exception | None = None
    status = 0
    try:
        with patch_docutils(), docutils_namespace():
            app = make_application(builder, work, log, offered=offered)
            _call_when_read(app, when_read)
            app.build()
            status = app.statuscode
    except OSError:
        raise
    except Exception as raised:
        error = raised
    return [] if error is None and status == 0 else failure_reasons(error, log.getvalue())


def make_application(builder: str, work: Path, log: TextIO, *, offered: Sequence[str]) -> "Sphinx":
    """Make the Sphinx application of the book, which counts warnings as errors.

    Args:
        builder: The name of the Sphinx builder.
        work: The folder for what it makes and keeps.
        log: The stream to which it writes warnings.
        offered: The other forms that pages offer for download.
    """
    from sphinx.application import Sphinx  # slow, and not needed where a check fails

    from claimbook.sphinxext.execution import quick_jsonschema  # noqa: F401  # before jupyter_book

    return Sphinx(
        srcdir=project().root,
        confdir=None,
        outdir=work / builder,
        doctreedir=work / ".doctrees",
        buildername=builder,
        confoverrides=_settings(work, offered=offered),
        status=None,
        warning=log,
        warningiserror=True,
        keep_going=True,
    )


def _settings(work: Path, *, offered: Sequence[str]) -> dict[str, Any]:
    """Return the settings of Sphinx, as `jupyter-book config sphinx` would write them.

    Args:
        work: The folder for what is made.
        offered: The other forms that pages offer for download.
    """
    from jupyter_book.config import get_final_config  # slow

    own = {
        "external_toc_path": str(project().contents),
        "latex_individualpages": False,  # which jupyter-book asks for
        "claimbook_progress": True,
        "claimbook_workers": os.cpu_count() or 1,
        "claimbook_offers": list(offered),
        "claimbook_figure_doubts": str(work / FIGURE_DOUBTS),
    }
    settings, _ = get_final_config(
        user_yaml=project().config, sourcedir=project().root, cli_config=own
    )
    return dict(settings)


def _call_when_read(app: "Sphinx", when_read: Callable[[], None] | None) -> None:
    """Have a function called when Sphinx has read all pages and has stored them.

    The pages are then also excluded from garbage collection, since they are needed to the end.
    """

    def call(_app: "Sphinx", _env: object) -> None:
        gc.freeze()
        if when_read is not None:
            when_read()

    app.connect("env-check-consistency", call)  # the first event after the pages are stored


def failure_reasons(error: Exception | None, log: str) -> list[str]:
    """Return why Sphinx failed: its warnings, then the error that ended it.

    Args:
        error: The error, if one ended it.
        log: The warnings that Sphinx wrote.

    Returns:
        The reasons, a line each, without a traceback, and with paths in the project's folder
        relative to it.
    """
    from nbclient.exceptions import CellExecutionError

    root = f"{project().root}{os.sep}"
    warned = re.compile(r"\b(WARNING|ERROR|CRITICAL):")
    reasons = [line for line in _without_colours(log).splitlines() if warned.search(line)]
    if error is not None:
        ended = str(error)
        if isinstance(error.__cause__, CellExecutionError):
            # the last line of the traceback names also an error raised while an output is shown
            traceback = _without_colours(str(error.__cause__))
            ended = f"{error}: a cell failed: {traceback.split(chr(10))[-1]}"
        reasons.append(ended)
    return [reason.replace(root, "") for reason in reasons]


def _without_colours(text: str) -> str:
    """Remove a terminal's colour codes, and the white space at both ends of a text."""
    return re.sub(r"\x1b\[[\d;]*m", "", text).strip()
