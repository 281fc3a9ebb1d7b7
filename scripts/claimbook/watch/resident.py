"""The process that keeps the watched pages up to date, with all they need in memory.

A start of Python, Sphinx and the tables takes longer than a writer should wait. This process has
loaded them, and reads and writes only the pages that were saved. It loads everything once: when
tables, settings or code change, a new process takes its place.
"""

import filecmp
import gc
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claimbook.digests import page_digest
from claimbook.paths import project
from claimbook.pipeline import atomic_publish, fingerprint
from claimbook.pipeline.build import BUILDERS, PAGES, UNFINISHED, prepare_work_folder
from claimbook.pipeline.second_process import exit_with_parent
from claimbook.pipeline.sphinx_run import FIGURE_DOUBTS, failure_reasons, make_application

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from claimbook.watch.page_checks import PageChecks

BUILDER = BUILDERS["html"]


@dataclass(frozen=True)
class Outcome:
    """What came of a change.

    Attributes:
        faults: Why the pages stay as they were, a line for each reason; empty if they are new.
        notes: What the writer should know besides, a line each.
    """

    faults: list[str]
    notes: list[str]


def work_folder() -> Path:
    """Return the folder in which Sphinx keeps and writes what is watched."""
    return project().watched / "work"


def shown_folder() -> Path:
    """Return the folder of the pages that the browser gets, all of them whole."""
    return project().watched / "shown"


def prepare_process() -> None:
    """Keep the terminal's interrupts from this process, which ends with its parent.

    The parent hears the interrupt, and ends this process and its kernels.
    """
    if sys.platform != "win32":  # which has no sessions: there the interrupt ends this process too
        os.setsid()
    exit_with_parent()
    fingerprint.set_date_from_commit()


def update(pages: list[Path]) -> Outcome:
    """Bring the shown pages up to date with files that were saved.

    Args:
        pages: The pages that were saved; at the first call they do not matter.

    Returns:
        The faults, if there are any: then the shown pages stay as they were. Otherwise the saved
        pages are shown, and `complete` brings the others up to date.
    """
    return _reported(lambda: _book().update(pages))


def complete() -> Outcome:
    """Bring up to date all other pages that show something of the saved ones."""
    return _reported(lambda: _book().complete())


def _reported(work: Callable[[], Outcome]) -> Outcome:
    """Return what comes of some work; where the disk fails, the reason as a fault."""
    try:
        return work()
    except OSError as error:
        return Outcome([f"{error.filename or project().watched}: {error.strerror or error}"], [])


@cache
def _book() -> "_Book":
    """Return the book of this process."""
    return _Book()


class _Book:
    """The watched book: a Sphinx application that stays, and the checks of its pages."""

    def __init__(self) -> None:
        """Begin without anything loaded."""
        self._work = work_folder()
        self._log = io.StringIO()
        self._loaded: tuple[Sphinx, PageChecks] | None = None
        self._is_whole = False  # whether the last build of the whole book succeeded
        self._waiting: set[Path] = set()  # pages that were saved and are not shown yet
        self._written: dict[Path, tuple[int, int]] = {}  # time and size of what was shown
        self._outdated: set[str] | None = None  # pages that wait to be written, if that is due
        self._kept = ExitStack()  # what Sphinx changes in docutils, which stays so

    def update(self, pages: Collection[Path]) -> Outcome:
        """Check and build what was saved, and show it if it has no fault."""
        self._waiting.update(pages)
        if self._loaded is None:
            from claimbook.pipeline.checks import check_report  # slow, as are the next

            faults = check_report().faults
            if not faults:
                self._loaded = self._load()
        else:
            _, checks = self._loaded
            faults = checks.faults([page for page in self._waiting if page.suffix == ".md"])
        if self._loaded is None or faults:
            return Outcome([str(fault) for fault in faults], [])
        build = self._build_saved if self._is_whole else self._build_all
        return self._outcome(self._loaded[0], build)

    def complete(self) -> Outcome:
        """Write the other pages that changed with the saved ones, and show them."""
        if self._loaded is None or self._outdated is None:
            return Outcome([], [])
        return self._outcome(self._loaded[0], self._build_outdated)

    def _load(self) -> "tuple[Sphinx, PageChecks]":
        """Load Sphinx with the pages as last read, and the checks of single pages."""
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        from claimbook.sphinxext.corpus_cache import cached_corpus
        from claimbook.watch.page_checks import PageChecks

        _take_over_pages(self._work)
        prepare_work_folder(self._work)
        self._kept.enter_context(patch_docutils())
        self._kept.enter_context(docutils_namespace())
        offered = [form for form in BUILDERS if (self._work / BUILDER / form).is_dir()]
        app = make_application(BUILDER, self._work, self._log, offered=offered)
        return app, PageChecks(cached_corpus())

    def _outcome(self, app: "Sphinx", build: Callable[["Sphinx"], None]) -> Outcome:
        """Run a build, and show what it made, or tell why it failed."""
        self._log.seek(0)
        self._log.truncate()
        error: Exception | None = None
        (self._work / UNFINISHED).touch()
        try:
            build(app)
        except OSError:
            raise
        except Exception as raised:
            error = raised
        gc.freeze()  # what is loaded is needed to the end
        reasons = failure_reasons(error, self._log.getvalue())
        if reasons:
            self._forget(app)
        else:
            self._is_whole = True
            self._show()
        if self._outdated is None:
            (self._work / UNFINISHED).unlink()
        if reasons or self._outdated is not None:
            return Outcome(reasons, [])
        self._waiting.clear()
        doubts = json.loads((self._work / FIGURE_DOUBTS).read_text("utf-8"))
        notes = [f"{kind}: {line}" for kind, lines in doubts.items() for line in lines]
        return Outcome([], notes)

    def _build_all(self, app: "Sphinx") -> None:
        """Build all that is out of date, with the downloads and the search.

        Later builds of this process leave downloads and search as they are.
        """
        app.build()

    def _build_saved(self, app: "Sphinx") -> None:
        """Read what changed, and write the saved pages.

        `Sphinx.build` would write the front page as well, and store all that it knows of the pages,
        before anything could be shown.
        """
        from sphinx.util.build_phase import BuildPhase

        builder, env = app.builder, app.env
        app.phase = BuildPhase.READING
        outdated = set(builder.read())
        for docname in outdated:
            # Sphinx keeps the pages as they were first read; its own tests clear this, too
            env._pickled_doctree_cache.pop(docname, None)
        outdated.update(env.check_dependents(app, outdated))  # numbers of figures change
        app.phase = BuildPhase.CONSISTENCY_CHECK
        env.check_consistency()
        saved = self._waiting_names(app) & outdated
        builder.prepare_writing(saved)
        for docname in sorted(saved):
            app.phase = BuildPhase.RESOLVING
            doctree = env.get_and_resolve_doctree(docname, builder)
            app.phase = BuildPhase.WRITING
            builder.write_doc_serialized(docname, doctree)
            builder.write_doc(docname, doctree)
        self._outdated = outdated - saved

    def _build_outdated(self, app: "Sphinx") -> None:
        """Write all pages that are out of date, and those that Sphinx makes of others.

        Nothing is read: what was saved meanwhile is to be checked first.
        """
        from sphinx.util.parallel import SerialTasks

        outdated, self._outdated = self._outdated or set(), None
        builder = app.builder
        builder.parallel_ok, builder.finish_tasks = False, SerialTasks()
        builder.write(outdated, [], "specific")
        builder.finish()
        builder.finish_tasks.join()

    def _forget(self, app: "Sphinx") -> None:
        """Have the pages of a failed build read again, and all written.

        Otherwise it would not repeat the warnings of a page that was saved without being mended.
        """
        from claimbook.sphinxext.execution.cache_keys import forget_pages

        self._outdated = None
        forget_pages(app, self._waiting_names(app) if self._is_whole else None)

    def _waiting_names(self, app: "Sphinx") -> set[str]:
        """Return what Sphinx calls the pages that were saved and are not shown yet."""
        names = (app.env.path2doc(str(page)) for page in self._waiting)
        return {name for name in names if name is not None}

    def _show(self) -> None:
        """Copy what is new to the folder that the browser sees, file by file."""
        source, shown = self._work / BUILDER, shown_folder()
        for file in source.rglob("*"):
            status = file.stat()
            state = status.st_mtime_ns, status.st_size
            if not file.is_file() or self._written.get(file) == state:
                continue
            place = shown / file.relative_to(source)
            if not (place.is_file() and filecmp.cmp(file, place, shallow=False)):
                place.parent.mkdir(parents=True, exist_ok=True)
                draft = place.with_name(f".{place.name}.new")
                shutil.copyfile(file, draft)
                draft.replace(place)
            self._written[file] = state


def _take_over_pages(work: Path) -> None:
    """Copy the work of the last build, where that of the last watch is outdated.

    Then no cell has to run again. While a build is at work, this one waits.

    Args:
        work: The folder to copy to.
    """
    built, digest = project().work, page_digest()
    if _is_made_from(work, digest) or not _is_made_from(built, digest):
        return
    with atomic_publish.build_lock(lambda line: print(line, file=sys.stderr, flush=True)):
        if _is_made_from(built, digest):
            shutil.rmtree(work, ignore_errors=True)
            ignored = shutil.ignore_patterns("typstpdf")
            shutil.copytree(built, work, ignore=ignored)


def _is_made_from(work: Path, digest: str) -> bool:
    """Check whether a work folder has whole pages that were made from given inputs."""
    made_from = work / PAGES
    if not made_from.is_file() or (work / UNFINISHED).exists():
        return False
    return made_from.read_text("utf-8") == digest
