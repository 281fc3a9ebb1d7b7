"""The build of the book: checks, HTML, PDF; the last good book stays until the new one is whole."""

import contextlib
import io
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from claimbook.corpus.validation.report import Report
from claimbook.digests import input_digest, page_digest
from claimbook.impact.kinds import NOT_BORNE_OUT, OFF_AXIS
from claimbook.paths import project
from claimbook.pipeline import atomic_publish, fingerprint
from claimbook.pipeline.checks import check_report, checks_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BUILDERS = {"html": "html", "pdf": "typstpdf"}
EXECUTION_CACHE = ".jupyter_cache"  # may outlive a change of anything but what cells depend on
UNFINISHED = "unfinished"
PAGES = "pages"
FIGURE_DOUBTS = "figure_doubts.json"
Say = Callable[[str], None]


class BuildError(RuntimeError):
    """An error for a build that failed.

    The message says why, one line for each reason.
    """


def build(forms: list[str], say: Say) -> Report:
    """Check the report, then build its HTML or PDF or both, and publish them.

    If the corpus or the prose has faults, nothing is built. If all is up to date, nothing is built
    either.

    Args:
        forms: The forms to build: `html`, `pdf` or both.
        say: A function that is called with a line of text for every step.

    Returns:
        The report of the checks, with the faults if there are any.

    Raises:
        BuildError: Sphinx fails or warns, or the disk cannot be written to.
    """
    try:
        with atomic_publish.build_lock(say):
            atomic_publish.finish_publish()
            if (checks := fingerprint.up_to_date(forms)) is not None:
                # another build, for which this one waited, has made the same
                return Report([], *checks.values())
            try:
                return _build(forms, say)
            except OSError:
                shutil.rmtree(project().work, ignore_errors=True)  # leaves room on a full disk
                raise
    except OSError as error:
        place = error.filename or project().build
        raise BuildError(f"{place}: {error.strerror or error}") from error


def _build(forms: list[str], say: Say) -> Report:
    """Check, build and publish the given forms, while this build holds the lock.

    Args:
        forms: The forms to build: `html`, `pdf` or both.
        say: A function that is called with a line of text for every step.

    Returns:
        The report of the checks. If it has faults, nothing was built.

    Raises:
        BuildError: Sphinx fails or warns.
    """
    fingerprint.set_date_from_commit()
    built_from = input_digest()
    say("checking the corpus and the prose")
    report = check_report()
    if report.faults:
        return report
    _prepare_work_folder()
    if reasons := _make(forms, say):
        _clear_work_folder()
        raise BuildError("\n".join(dict.fromkeys(reasons)))
    doubts = json.loads((project().work / FIGURE_DOUBTS).read_text("utf-8"))
    report.failed_findings, report.off_axis = doubts[NOT_BORNE_OUT], doubts[OFF_AXIS]
    atomic_publish.publish(_made(forms))
    (project().work / UNFINISHED).unlink()
    if input_digest() == built_from:  # else someone edited meanwhile: the next build looks again
        fingerprint.record_build(built_from, forms, checks_of(report))
    return report


def _made(forms: list[str]) -> dict[Path, Path]:
    """Return the newly built folder of each form, by its published path."""
    places = fingerprint.published_forms()
    made = {}
    for form in forms:
        folder = project().work / BUILDERS[form]
        made[places[form]] = folder if form == "html" else folder / "pdf"
    return made


def _prepare_work_folder() -> None:
    """Remove outdated results from the work folder, and mark it as unfinished.

    Results are outdated if their build was interrupted, or if they were made from other settings or
    tables (see `page_digest`). After other settings or tables the cached outputs of cells remain.
    """
    work = project().work
    unfinished, made_from = work / UNFINISHED, work / PAGES
    digest = page_digest()
    if unfinished.exists():
        shutil.rmtree(work)
    elif not made_from.exists() or made_from.read_text("utf-8") != digest:
        _clear_work_folder()
    work.mkdir(exist_ok=True)
    unfinished.touch()
    made_from.write_text(digest, "utf-8")


def _clear_work_folder() -> None:
    """Empty the work folder, except for the cached outputs of cells."""
    for made in project().work.glob("*"):
        if made.name != EXECUTION_CACHE:
            shutil.rmtree(made) if made.is_dir() else made.unlink()


def _make(forms: list[str], say: Say) -> list[str]:
    """Build forms of the book in the work folder, at the same time where possible.

    The PDF is then built in a forked process, from the pages that were read for the HTML.

    Args:
        forms: The forms to build: `html`, `pdf` or both.
        say: A function that is called with a line of text for every step.

    Returns:
        The reasons why a form failed, a line each; none where all went well.
    """
    from claimbook.sphinxext.execution.forked_builder import CAN_FORK, ForkedBuild

    reasons: list[str] = []
    with ForkedBuild(lambda app: _timed("pdf", say, lambda: _set_pdf(app))) as pdf:

        def start_pdf(app: "Sphinx") -> None:  # plain functions are not kept with the settings
            if CAN_FORK and set(forms) == set(BUILDERS):
                pdf.start(app)

        for form in sorted(forms):  # the HTML first: the PDF is written from its pages
            if form == "pdf" and pdf.started:
                reasons += pdf.reasons()
            elif not reasons:
                make = partial(_run_sphinx, BUILDERS[form], start_pdf, with_pdf="pdf" in forms)
                reasons += _timed(form, say, make)
    if "html" in forms and not reasons:
        _offer_pdf(with_pdf="pdf" in forms)
    return reasons


def _offer_pdf(*, with_pdf: bool) -> None:
    """Copy the PDFs beside the pages that offer them, or delete earlier copies.

    Args:
        with_pdf: Whether the pages offer them.
    """
    work = project().work
    copies = work / BUILDERS["html"] / project().pdf.name
    shutil.rmtree(copies, ignore_errors=True)
    if with_pdf:
        shutil.copytree(work / BUILDERS["pdf"] / "pdf", copies)


def _timed(form: str, say: Say, make: Callable[[], list[str]]) -> list[str]:
    """Build a form, and report its start and how long it took.

    Args:
        form: The name of the form.
        say: A function that is called with each line of text.
        make: The function that builds the form and returns the reasons why it failed.

    Returns:
        The reasons why it failed, a line each; none where it succeeded.
    """
    began = time.monotonic()
    say(f"building the {form.upper()}")
    reasons = make()
    if not reasons:
        say(f"  {form.upper()} done in {time.monotonic() - began:.0f} s")
    return reasons


def _run_sphinx(
    builder: str, when_read: Callable[["Sphinx"], None], *, with_pdf: bool
) -> list[str]:
    """Run one Sphinx builder over the book in the work folder.

    Warnings count as errors. Builders share the pages that were read and the outputs of cells.

    Args:
        builder: The name of the Sphinx builder.
        when_read: A function that is called with the application as soon as all pages are read,
            unless none had to be read.
        with_pdf: Whether the PDFs are made, too, so that pages offer them for download.

    Returns:
        The reasons why it failed, a line each; none where it succeeded.
    """
    # jsonschema imports this grammar of addresses if it is there, which takes two seconds
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from jupyter_book.sphinx import build_sphinx  # slow, and not needed where a check fails

    log = io.StringIO()
    with contextlib.redirect_stderr(log):
        result = build_sphinx(
            project().root,
            project().work / builder,
            noconfig=True,
            path_config=project().config,
            confoverrides={
                "external_toc_path": str(project().contents),
                "latex_individualpages": False,
                "claimbook_progress": True,
                "claimbook_workers": os.cpu_count() or 1,
                "claimbook_when_read": when_read,
                "claimbook_offers_pdf": with_pdf,
                "claimbook_figure_doubts": str(project().work / FIGURE_DOUBTS),
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
    """Write the PDF from the pages that were read for the HTML.

    Returns:
        The reasons why it failed, a line each; none where it succeeded.

    Raises:
        OSError: The disk cannot be written to.
    """
    from claimbook.sphinxext.execution.forked_builder import write_with_builder

    builder = BUILDERS["pdf"]
    # Sphinx offers what it warned of in private attributes only
    try:
        write_with_builder(app, builder, project().work / builder)
    except OSError:
        raise
    except Exception as error:
        return _reasons(error, _warnings(app))
    return _reasons(app._warncount, _warnings(app))


def _warnings(app: "Sphinx") -> str:
    """Return the warnings that a Sphinx application has logged, as one text.

    Sphinx offers no public way to the stream of its warnings.
    """
    return cast(io.StringIO, app._warning).getvalue()


def _reasons(result: int | Exception, log: str) -> list[str]:
    """Return why Sphinx failed: its warnings, then the error that ended it.

    Args:
        result: The return value of Sphinx, 0 where all went well, or the error that it raised.
        log: The text that Sphinx wrote to standard error.

    Returns:
        The reasons, a line each, without a traceback, and with paths in the project's folder
        relative to it; none where all went well.
    """
    if result == 0:
        return []
    from nbclient.exceptions import CellExecutionError

    root = f"{project().root}{os.sep}"
    warned = re.compile(r"\b(WARNING|ERROR|CRITICAL):")
    reasons = [line for line in _without_colours(log).splitlines() if warned.search(line)]
    if isinstance(result, Exception):
        ended = str(result)
        if isinstance(result.__cause__, CellExecutionError):
            # the last line of the traceback names also an error raised while an output is shown
            traceback = _without_colours(str(result.__cause__))
            ended = f"{result}: a cell failed: {traceback.split(chr(10))[-1]}"
        reasons.append(ended)
    return [reason.replace(root, "") for reason in reasons]


def _without_colours(text: str) -> str:
    """Remove a terminal's colour codes, and the white space at both ends of a text."""
    return re.sub(r"\x1b\[[\d;]*m", "", text).strip()
