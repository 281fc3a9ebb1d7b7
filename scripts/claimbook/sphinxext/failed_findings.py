"""Failed findings: figure titles that the data do not bear out, collected as pages are read.

Such a figure has its neutral title; the build lists the finding.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

ATTRIBUTE = "claimbook_failed_findings"
LOGGER = logging.getLogger(__name__)


def failed_by_page(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the figure titles that the data do not bear out, by page name.

    The mapping has the pages read so far that have such a title, each with a line for every figure:
    the name of the figure and its title. It is stored in Sphinx's environment, so changes to it
    last.
    """
    if not hasattr(env, ATTRIBUTE):
        setattr(env, ATTRIBUTE, {})
    failed: dict[str, list[str]] = getattr(env, ATTRIBUTE)
    return failed


class FailedFindingCollector(EnvironmentCollector):
    """The Sphinx collector of the figure titles that the data do not bear out."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Remove the failed findings of a page that is about to be read again."""
        failed_by_page(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        """Merge the failed findings of pages that another process has read."""
        others = failed_by_page(other)
        failed_by_page(env).update({name: others[name] for name in docnames if name in others})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Collect the failed findings from the figures of one page."""
        failed = [
            f"{figure['names'][0]}: {figure['failed_finding']}"
            for figure in doctree.findall(nodes.figure)
            if figure.get("failed_finding")
        ]
        if failed:
            failed_by_page(app.env)[app.env.docname] = failed


def list_failed(app: Sphinx, env: BuildEnvironment) -> None:
    """Report the failed findings of all pages in a file, or else as warnings.

    The setting `claimbook_failed_findings` names the file, which gets a JSON list of lines. Where
    it is empty, each line is a warning.
    """
    lines = [
        f"{page}: {line}" for page, failed in sorted(failed_by_page(env).items()) for line in failed
    ]
    if app.config.claimbook_failed_findings:
        Path(app.config.claimbook_failed_findings).write_text(json.dumps(lines), "utf-8")
        return
    for line in lines:
        LOGGER.warning("title not borne out by the data: %s", line, type="claimbook")


def setup(app: Sphinx) -> None:
    """Register the collector and the report of failed findings, and its setting.

    The setting `claimbook_failed_findings` names the file of the report.
    """
    app.add_config_value("claimbook_failed_findings", "", "", str)
    app.add_env_collector(FailedFindingCollector)
    app.connect("env-check-consistency", list_failed)
