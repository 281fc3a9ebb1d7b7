"""The build of the book in its forms; the last good book stays until the new one is whole."""

import json
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from claimbook.corpus.validation.table_checks import CheckResults
from claimbook.digests import input_digest, page_digest
from claimbook.impact.kinds import NOT_BORNE_OUT, OFF_AXIS
from claimbook.paths import project
from claimbook.pipeline import atomic_publish, fingerprint
from claimbook.pipeline.checks import check_report, checks_of
from claimbook.pipeline.second_process import SecondProcess
from claimbook.pipeline.sphinx_run import FIGURE_DOUBTS, preload, run_sphinx
from claimbook.sphinxext.corpus_cache import keep_corpus

BUILDERS = {"html": "html", "pdf": "typstpdf", "epub": "epub"}  # of the forms of the book
EXECUTION_CACHE = ".jupyter_cache"  # may outlive a change of anything but what cells depend on
UNFINISHED = "unfinished"
PAGES = "pages"
Say = Callable[[str], None]


class BuildError(RuntimeError):
    """An error for a build that failed.

    The message says why, one line for each reason.
    """


def build(forms: list[str], say: Say) -> CheckResults:
    """Check the report, then build the given forms of the book, and publish them.

    If the corpus or the prose has faults, nothing is built. If all is up to date, nothing is built
    either.

    Args:
        forms: The forms to build, each a key of `BUILDERS`.
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
                return CheckResults([], *checks.values())
            try:
                return _build(forms, say)
            except OSError:
                shutil.rmtree(project().work, ignore_errors=True)  # leaves room on a full disk
                raise
    except OSError as error:
        place = error.filename or project().build
        raise BuildError(f"{place}: {error.strerror or error}") from error


def _build(forms: list[str], say: Say) -> CheckResults:
    """Check, build and publish the given forms, while this build holds the lock.

    Args:
        forms: The forms to build, each a key of `BUILDERS`.
        say: A function that is called with a line of text for every step.

    Returns:
        The report of the checks. If it has faults, nothing was built.

    Raises:
        BuildError: Sphinx fails or warns.
    """
    fingerprint.set_date_from_commit()
    built_from = input_digest()
    say("checking the corpus and the prose")
    with SecondProcess() as second:
        if {"html", "pdf"} <= set(forms):
            second.prepare(preload)
        report = check_report()
        if report.faults or report.corpus is None:
            return report
        keep_corpus(report.corpus)
        prepare_work_folder(project().work)
        if reasons := _make(forms, say, second):
            _clear_work_folder(project().work)
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
        made[places[form]] = folder / "pdf" if form == "pdf" else folder
    return made


def prepare_work_folder(work: Path) -> None:
    """Remove outdated results from a work folder, and mark it as unfinished.

    Results are outdated if their build was interrupted, or if they were made from other settings or
    tables (see `page_digest`). After other settings or tables the cached outputs of cells remain.

    Args:
        work: The folder, which is made where there is none.
    """
    unfinished, made_from = work / UNFINISHED, work / PAGES
    digest = page_digest()
    if unfinished.exists():
        shutil.rmtree(work)
    elif not made_from.exists() or made_from.read_text("utf-8") != digest:
        _clear_work_folder(work)
    work.mkdir(exist_ok=True)
    unfinished.touch()
    made_from.write_text(digest, "utf-8")


def _clear_work_folder(work: Path) -> None:
    """Empty a work folder, except for the cached outputs of cells."""
    for made in work.glob("*"):
        if made.name != EXECUTION_CACHE:
            shutil.rmtree(made) if made.is_dir() else made.unlink()


def _make(forms: list[str], say: Say, second: SecondProcess) -> list[str]:
    """Build forms of the book in the work folder, at once where pages changed.

    A second process then builds the PDF, from the pages that this one has read for the HTML. The
    EPUB follows the HTML in this one.

    Args:
        forms: The forms to build, each a key of `BUILDERS`.
        say: A function that is called with a line of text for every step.
        second: The second process, without a task.

    Returns:
        The reasons why a form failed, a line each; none where all went well.
    """
    reasons: list[str] = []
    offered = [form for form in forms if form != "html"]

    def make(form: str, when_read: Callable[[], None] | None = None) -> list[str]:
        run = partial(run_sphinx, BUILDERS[form], offered=offered, when_read=when_read)
        return _timed(form, say, run)

    def start_pdf() -> None:
        if "pdf" in forms:
            second.submit(run_sphinx, BUILDERS["pdf"], offered=offered)

    if "html" in forms:
        reasons += make("html", start_pdf)
    if "epub" in forms and not reasons:
        reasons += make("epub")
    if second.started:  # the faults of all are told together
        reasons += _timed("pdf", say, second.reasons)
    elif "pdf" in forms and not reasons:
        reasons += make("pdf")
    if "html" in forms and not reasons:
        _offer(offered)
    return reasons


def _offer(offered: list[str]) -> None:
    """Copy other forms beside the pages that offer them, and delete earlier copies.

    Args:
        offered: The forms that the pages offer.
    """
    pages = project().work / BUILDERS["html"]
    for form, folder in fingerprint.published_forms().items():
        if form != "html":
            shutil.rmtree(pages / folder.name, ignore_errors=True)
    for place, made in _made(offered).items():
        shutil.copytree(made, pages / place.name)


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
