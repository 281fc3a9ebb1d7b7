"""The order of work: check, HTML, PDF; the last good book stays until the new one is whole."""

import contextlib
import io
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from shortofwar import paths, place, standing
from shortofwar.book import prose
from shortofwar.corpus.check import Report, check

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BUILDERS = {"html": "html", "pdf": "typstpdf"}
CACHE = ".jupyter_cache"  # what may outlive a change of anything but what cells depend on
UNFINISHED = paths.WORK / "unfinished"
SHARED = paths.WORK / "pages"
Say = Callable[[str], None]


class BuildError(RuntimeError):
    """The book could not be built; the message says why, one line for each reason."""


def build(forms: list[str], say: Say) -> Report:
    """Build the named forms (`html`, `pdf`) of the book and put all of them in their places; `say` is told of every step.

    Returns the report of the checks. Raises BuildError if Sphinx fails or warns, or the disk takes nothing. Faults of the corpus end the
    work before Sphinx starts: then the report holds them and nothing was built.
    """
    try:
        with place.alone(say):
            place.finish()
            if (told := standing.standing(forms)) is not None:  # another build, for which this one waited, has made the same
                return Report([], told["checked"], told["not checked"])
            try:
                return _build(forms, say)
            except OSError:
                shutil.rmtree(paths.WORK, ignore_errors=True)  # leaves room on a full disk
                raise
    except OSError as error:
        raise BuildError(f"{error.filename or paths.BUILD}: {error.strerror or error}") from error


def _build(forms: list[str], say: Say) -> Report:
    """Check, build and publish, with no other build at work."""
    standing.date_from_commit()
    built_from = standing.inputs()
    say("checking the corpus and the prose")
    report = prose.extend(check())
    if report.faults:
        return report
    _clear()
    if reasons := _make(forms, say):
        _forget()
        raise BuildError("\n".join(dict.fromkeys(reasons)))
    made = {standing.PLACES[form]: paths.WORK / BUILDERS[form] for form in forms}
    place.publish({there: folder if there == paths.HTML else folder / there.name for there, folder in made.items()})
    UNFINISHED.unlink()
    if standing.inputs() == built_from:  # else someone edited while the book was built: the next build looks again
        standing.remember(built_from, forms, {"checked": report.done, "not checked": report.left})
    return report


def _clear() -> None:
    """Take from the work folder what an interrupted build left, and what was made under other settings, styles or tables."""
    shared = standing.pages()
    if UNFINISHED.exists():
        shutil.rmtree(paths.WORK)
    elif not SHARED.exists() or SHARED.read_text("utf-8") != shared:
        _forget()
    paths.WORK.mkdir(exist_ok=True)
    UNFINISHED.touch()
    SHARED.write_text(shared, "utf-8")


def _forget() -> None:
    """Empty the work folder of all but the outputs of cells."""
    for made in paths.WORK.glob("*"):
        if made.name != CACHE:
            shutil.rmtree(made) if made.is_dir() else made.unlink()


def _make(forms: list[str], say: Say) -> list[str]:
    """Make the forms in the work folder, the PDF beside the HTML where that is possible; returns why any failed, a line each."""
    from shortofwar.book.beside import POSSIBLE, Beside

    reasons: list[str] = []
    with Beside(lambda app: _told("pdf", say, lambda: _set_pdf(app))) as pdf:

        def begin_pdf(app: "Sphinx") -> None:  # a plain function, which Sphinx does not try to keep with its settings
            if POSSIBLE and set(forms) == set(BUILDERS):
                pdf.begin(app)

        for form in sorted(forms):  # the HTML first: from its pages the PDF is set
            if form == "pdf" and pdf.begun:
                reasons += pdf.reasons()
            elif not reasons:
                reasons += _told(form, say, partial(_sphinx, BUILDERS[form], begin_pdf))
    return reasons


def _told(form: str, say: Say, make: Callable[[], list[str]]) -> list[str]:
    """Make a form, and say when that begins and when it is done; returns why it failed, a line each."""
    began = time.monotonic()
    say(f"building the {form.upper()}")
    reasons = make()
    if not reasons:
        say(f"  {form.upper()} done in {time.monotonic() - began:.0f} s")
    return reasons


def _sphinx(builder: str, when_read: Callable[["Sphinx"], None]) -> list[str]:
    """Run one Sphinx builder over the book in the work folder, warnings as errors; returns why it failed, a line each.

    Builders share what was read and executed. `when_read` is called where pages were read, as soon as all of them are.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # a grammar of addresses that takes a second to import, unused here
    from jupyter_book.sphinx import build_sphinx  # slow to import, and not needed where the check fails

    log = io.StringIO()
    with contextlib.redirect_stderr(log):
        result = build_sphinx(
            paths.ROOT,
            paths.WORK / builder,
            noconfig=True,
            path_config=paths.CONFIG,
            confoverrides={
                "external_toc_path": str(paths.ROOT / "_toc.yml"),
                "latex_individualpages": False,
                "shortofwar_progress": True,
                "shortofwar_workers": os.cpu_count() or 1,
                "shortofwar_when_read": when_read,
            },
            builder=builder,
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if isinstance(result, KeyboardInterrupt | OSError):
        raise result
    return _reasons(result, log.getvalue())


def _set_pdf(app: "Sphinx") -> list[str]:
    """Set the PDF from the pages that were read for the HTML; returns why it failed, a line each."""
    from shortofwar.book import beside

    builder = BUILDERS["pdf"]
    try:
        beside.write(app, builder, paths.WORK / builder)
    except OSError:
        raise
    except Exception as error:
        return _reasons(error, app._warning.getvalue())
    return _reasons(app._warncount, app._warning.getvalue())


def _reasons(result: int | Exception, log: str) -> list[str]:
    """Why Sphinx failed, one line each: what it warned of, then what ended it, without the traceback; none where all went well."""
    if result == 0:
        return []
    from nbclient.exceptions import CellExecutionError

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
