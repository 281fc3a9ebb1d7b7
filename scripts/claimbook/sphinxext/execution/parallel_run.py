"""Execution of several chapters at a time, before Sphinx reads them one after another."""

import sys
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import SphinxEnvType
from nbformat import NotebookNode
from sphinx.application import Sphinx

from claimbook.sphinxext.execution.kernels import IpcKernelManager


def run_chapters(app: Sphinx, env: SphinxEnvType, docnames: list[str]) -> None:
    """Run the chapters whose outputs are not cached, several at a time.

    The setting `claimbook_workers` says how many; below 2 nothing is done. The outputs are cached.
    A chapter that fails is not cached: when Sphinx reads it, it runs again, and myst-nb reports the
    failing cell.

    Args:
        app: The application.
        env: Its environment, with the settings of myst-nb.
        docnames: The names of the pages that Sphinx is about to read.
    """
    if app.config.claimbook_workers < 2 or env.mystnb_config.execution_mode != "cache":
        return
    cache = get_cache(env.mystnb_config.execution_cache_path)
    # threads, not processes: each only waits for its kernel
    with ThreadPoolExecutor(app.config.claimbook_workers) as pool:
        docname_of_run: dict[Future[ExecutionResult], str] = {}
        for docname in docnames:
            notebook = _read_notebook(env, docname)
            if notebook is not None and not _is_cached(cache, notebook):
                docname_of_run[pool.submit(_run, env, docname, notebook)] = docname
        try:
            for finished in as_completed(docname_of_run):
                if finished.exception() is not None or finished.result().err is not None:
                    continue
                docname, result = docname_of_run[finished], finished.result()
                bundle = CacheBundleIn(
                    result.nb, env.doc2path(docname), data={"execution_seconds": result.time}
                )
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
                if app.config.claimbook_progress:
                    message = f"  ran {docname} in {result.time:.0f} s"
                    # Sphinx's own standard error is collected until the build ends
                    print(message, file=sys.__stderr__, flush=True)
        finally:  # an interrupted build does not wait for chapters that have not started
            pool.shutdown(wait=False, cancel_futures=True)


def _is_cached(cache: JupyterCacheAbstract, notebook: NotebookNode) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def _read_notebook(env: SphinxEnvType, docname: str) -> NotebookNode | None:
    """Read the source of a page as a notebook.

    Returns:
        The notebook; None where the page has no code cells.
    """
    path = env.doc2path(docname)
    text = Path(path).read_text("utf-8")
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    notebook: NotebookNode | None = reader.read(text) if reader else None
    if notebook is None or all(cell.cell_type != "code" for cell in notebook.cells):
        return None
    return notebook


def _run(env: SphinxEnvType, docname: str, notebook: NotebookNode) -> ExecutionResult:
    """Run the cells of a page in the page's folder, with myst-nb's limits."""
    config = env.mystnb_config
    return single_nb_execution(
        notebook,
        cwd=str(Path(env.doc2path(docname)).parent),
        timeout=config.execution_timeout,
        allow_errors=config.execution_allow_errors,
        kernel_manager_class=IpcKernelManager,
    )


def setup(app: Sphinx) -> None:
    """Register the parallel run of chapters and the setting `claimbook_workers`.

    The setting says how many chapters run at a time. With the default of 1, as in a plain
    `jupyter-book build`, myst-nb runs each chapter as Sphinx reads it.
    """
    app.add_config_value("claimbook_workers", 1, "", int)
    app.connect("env-before-read-docs", run_chapters)
