"""Doubtful figures, collected as pages are read: titles not borne out, and marks off the axis.

A figure whose title the data do not bear out has its neutral title; the build lists both kinds.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

from claimbook.impact.kinds import NOT_BORNE_OUT, OFF_AXIS, Doubts

ATTRIBUTE = "claimbook_figure_doubts"
KINDS = (NOT_BORNE_OUT, OFF_AXIS)
LOGGER = logging.getLogger(__name__)


def doubts_by_page(env: BuildEnvironment) -> dict[str, Doubts]:
    """Return the doubts about figures by page name.

    The mapping has the pages read so far with a doubtful figure, each with lines by kind: the name
    of the figure, and its title or the claims of its marks. It is stored in Sphinx's environment,
    so changes to it last.
    """
    if not hasattr(env, ATTRIBUTE):
        setattr(env, ATTRIBUTE, {})
    doubts: dict[str, Doubts] = getattr(env, ATTRIBUTE)
    return doubts


class FigureDoubtCollector(EnvironmentCollector):
    """The Sphinx collector of doubtful figures."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Remove the doubts of a page that is about to be read again."""
        doubts_by_page(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        """Merge the doubts of pages that another process has read."""
        others = doubts_by_page(other)
        doubts_by_page(env).update({name: others[name] for name in docnames if name in others})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Collect the doubts from the figures of one page."""
        doubts: Doubts = {kind: [] for kind in KINDS}
        for figure in doctree.findall(nodes.figure):
            if failed := figure.get("failed_finding"):
                doubts[NOT_BORNE_OUT].append(f"{figure['names'][0]}: {failed}")
            if claims := figure.get("off_axis"):
                doubts[OFF_AXIS].append(f"{figure['names'][0]}: {', '.join(claims)}")
        if any(doubts.values()):
            doubts_by_page(app.env)[app.env.docname] = doubts


def list_doubts(app: Sphinx, env: BuildEnvironment) -> None:
    """Report the doubts of all pages in a file, or else as warnings.

    The setting `claimbook_figure_doubts` names the file, which gets a JSON object with a list of
    lines for each kind. Where it is empty, each line is a warning.
    """
    lines = {
        kind: [
            f"{page}: {line}"
            for page, doubts in sorted(doubts_by_page(env).items())
            for line in doubts[kind]
        ]
        for kind in KINDS
    }
    if app.config.claimbook_figure_doubts:
        Path(app.config.claimbook_figure_doubts).write_text(json.dumps(lines), "utf-8")
        return
    for kind, of_kind in lines.items():
        for line in of_kind:
            LOGGER.warning("%s: %s", kind, line, type="claimbook")


def setup(app: Sphinx) -> None:
    """Register the collector and the report of doubtful figures, and its setting.

    The setting `claimbook_figure_doubts` names the file of the report.
    """
    app.add_config_value("claimbook_figure_doubts", "", "", str)
    app.add_env_collector(FigureDoubtCollector)
    app.connect("env-check-consistency", list_doubts)
