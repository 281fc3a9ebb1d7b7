"""The order of work: check, HTML, PDF; the last good book stays until the new one is whole."""

import contextlib
import io
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from shortofwar import paths
from shortofwar.book import prose
from shortofwar.corpus.check import Report, check

WORK = paths.BUILD / ".work"
BUILDERS = {"html": "html", "pdf": "typstpdf"}
PUBLISHED = {"html": paths.HTML, "pdf": paths.PDF}
Say = Callable[[str], None]


class BuildError(RuntimeError):
    """The book could not be built; the message says why, one line for each reason."""


def build(forms: list[str], say: Say) -> Report:
    """Build the named forms (`html`, `pdf`) of the book and put each in its place; `say` is told of every step.

    Returns the report of the checks. Raises BuildError if Sphinx fails or warns. Faults of the corpus end the work before Sphinx starts: then the
    report holds them and nothing was built.
    """
    say("checking the corpus and the prose")
    report = prose.extend(check())
    if report.faults:
        return report
    for form in forms:
        began = time.monotonic()
        say(f"building the {form.upper()}")
        _sphinx(BUILDERS[form])
        _publish(form)
        say(f"  {form.upper()} done in {time.monotonic() - began:.0f} s")
    return report


def _sphinx(builder: str) -> None:
    """Run one Sphinx builder over the book in the work folder, warnings as errors; builders share what was read and executed."""
    from jupyter_book.sphinx import build_sphinx  # slow to import, and not needed where the check fails

    log = io.StringIO()
    with contextlib.redirect_stderr(log):
        result = build_sphinx(
            paths.ROOT,
            WORK / builder,
            noconfig=True,
            path_config=paths.CONFIG,
            confoverrides={
                "external_toc_path": str(paths.ROOT / "_toc.yml"),
                "latex_individualpages": False,
                "shortofwar_progress": True,
                "shortofwar_workers": os.cpu_count() or 1,
            },
            builder=builder,
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if result != 0:
        raise BuildError("\n".join(_reasons(result, log.getvalue())))


def _reasons(result: int | Exception, log: str) -> list[str]:
    """Why Sphinx failed, one line each: what it warned of, then what ended it, without the traceback."""
    lines = _plain(log).splitlines()
    reasons = [line.replace(f"{paths.ROOT}{os.sep}", "") for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL):", line)]
    if isinstance(result, Exception):
        cause = result.__cause__ if isinstance(result.__cause__, CellExecutionError) else None
        # an error raised while an output is shown has no name of its own: the last line of its traceback says what it was
        ended = f"{result}: a cell failed: {_plain(str(cause)).split(chr(10))[-1]}" if cause else str(result)
        reasons.append(ended.replace(f"{paths.ROOT}{os.sep}", ""))
    return reasons


def _plain(text: str) -> str:
    """A terminal's text without its colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", text).strip()


def _publish(form: str) -> None:
    """Lay a finished form beside its place and let it take that place."""
    place = PUBLISHED[form]
    made = WORK / BUILDERS[form]
    coming = place.with_name(f".{place.name}.new")
    place.parent.mkdir(parents=True, exist_ok=True)
    if form == "pdf":
        shutil.copyfile(made / place.name, coming)
        coming.replace(place)
        return
    going = place.with_name(f".{place.name}.old")
    for leftover in (coming, going):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(made, coming, ignore=shutil.ignore_patterns(".buildinfo*", ".doctrees"))
    if place.exists():
        place.rename(going)
    coming.rename(place)
    shutil.rmtree(going, ignore_errors=True)


def where(form: str) -> Path:
    """The file to open for a form of the book."""
    place = PUBLISHED[form]
    return place / "index.html" if form == "html" else place
