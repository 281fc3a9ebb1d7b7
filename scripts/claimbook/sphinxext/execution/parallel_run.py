"""Chapters run several at a time before they are read one after another: reading then finds their outputs in the cache."""

import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from claimbook.sphinxext.execution.kernels import IpcKernelManager


def run_chapters(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the chapters about to be read whose outputs are not in the cache, `claimbook_workers` at a time, and keep what they give.

    A chapter that fails is left to the reading, which runs it again and says where it failed.
    """
    if app.config.claimbook_workers < 2 or env.mystnb_config.execution_mode != "cache":
        return
    cache = get_cache(env.mystnb_config.execution_cache_path)
    # threads, not processes: each does nothing but wait for its kernel
    with ThreadPoolExecutor(app.config.claimbook_workers) as pool:
        running = {}
        for docname in docnames:
            notebook = _notebook(env, docname)
            if notebook is None:
                continue
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                running[pool.submit(_run, env, docname, notebook)] = docname
        try:
            for finished in as_completed(running):
                if finished.exception() is not None or finished.result().err is not None:
                    continue
                docname, result = running[finished], finished.result()
                bundle = CacheBundleIn(
                    result.nb, env.doc2path(docname), data={"execution_seconds": result.time}
                )
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
                if app.config.claimbook_progress:
                    print(
                        f"  ran {docname} in {result.time:.0f} s", file=sys.__stderr__, flush=True
                    )
        finally:  # whoever interrupts a build need not wait for chapters that have not begun
            pool.shutdown(wait=False, cancel_futures=True)


def _notebook(env: BuildEnvironment, docname: str) -> NotebookNode | None:
    """A page as a notebook; None where it has no cells to run."""
    path = env.doc2path(docname)
    text = Path(path).read_text("utf-8")
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    notebook = reader.read(text) if reader else None
    return (
        notebook if notebook and any(cell.cell_type == "code" for cell in notebook.cells) else None
    )


def _run(env: BuildEnvironment, docname: str, notebook: NotebookNode) -> ExecutionResult:
    """Run a page's cells in its own folder, as reading it would."""
    config = env.mystnb_config
    folder = str(Path(env.doc2path(docname)).parent)
    limits = {"timeout": config.execution_timeout, "allow_errors": config.execution_allow_errors}
    return single_nb_execution(
        notebook, cwd=folder, **limits, kernel_manager_class=IpcKernelManager
    )


def setup(app: Sphinx) -> None:
    """Run chapters ahead where the build says with how many workers; the stock command runs them one by one as it reads."""
    app.add_config_value("claimbook_workers", 1, "", int)
    app.connect("env-before-read-docs", run_chapters)
