"""The workbench as a widget in JupyterLab."""

from typing import Any

import anywidget
from traitlets import Dict, Unicode

from claimbook.corpus import model, schema
from claimbook.errors import CorpusError
from claimbook.language.words import count_noun
from claimbook.texts.sheets.columns import CLAIMS, SOURCE, SOURCES
from claimbook.texts.source_texts import find_readable_texts
from claimbook.workbench.page_parts import module_of, still_bundle, style_sheet
from claimbook.workbench.steps import Bench

PARTS = (  # one script, in order
    "dom.js",
    "outbox.js",
    "text-pane.js",
    "fields.js",
    "open-list.js",
    "workbench.js",
)
STILL = (
    "*The workbench opens here in JupyterLab, where the page runs: the text on the left, the form "
    "of the claim on the right.*"
)


class BenchWidget(anywidget.AnyWidget):
    """What the page shows: sources to choose from, or one that is being coded.

    Attributes:
        choice: The sources, and why the chosen one could not be opened.
        opened: The source with its text and the description of the form; empty before one is
            chosen.
        state: All that may change.
    """

    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    choice = Dict().tag(sync=True)
    opened = Dict().tag(sync=True)
    state = Dict().tag(sync=True)

    def __init__(self, source: str = "", coder: str = "") -> None:
        """Open a source, or offer all whose text is at hand.

        Args:
            source: The id or code of the source; empty to choose.
            coder: The name of an independent pass; empty for the claims of the report.
        """
        self.bench: Bench | None = None
        self._untaken: list[str] = []  # steps that are not on disk yet
        super().__init__(_esm=module_of(PARTS), _css=style_sheet())
        self.on_msg(self._receive)
        if source:
            self.open_source(source, coder)
        else:
            self.offer()

    def offer(self, error: str = "") -> None:
        """Offer the sources whose text is at hand.

        Args:
            error: Why another could not be opened.
        """
        self.bench = None
        self.choice = {"sources": [], "error": error}
        try:
            self.choice = {"sources": _offered_sources(), "error": error}
        except CorpusError as fault:
            self.choice = {"sources": [], "error": str(fault)}
        self.opened, self.state = {}, {}

    def open_source(self, source: str, coder: str = "") -> None:
        """Open a source, or say why it cannot be opened.

        Args:
            source: The id or code of the source.
            coder: The name of an independent pass; empty for the claims of the report.
        """
        try:
            bench = Bench(source, coder)
        except CorpusError as error:
            self.offer(str(error))
            return
        session, self.bench = bench.session, bench
        self.state = bench.state()
        self.opened = {
            "title": f"{session.source['code']}: {session.source['title']}",
            "coder": coder,
            "text": session.text,
            "form": bench.form,
            "place": f"{session.store.file.resolve()}",
        }

    def _receive(self, _widget: Any, step: dict[str, Any], _buffers: Any) -> None:
        """Take a step that the page asks for, and show what came of it."""
        if step.get("do") == "open":
            self.open_source(str(step.get("source", "")), str(step.get("coder", "")))
        elif step.get("do") == "close":
            self.offer()
        elif self.bench is not None:
            form = self.bench.form
            self._untaken.append(str(step.get("id", "")))
            is_saved = self.bench.take(step)
            self.state = self.bench.state()
            if self.bench.form is not form:
                self.opened = {**self.opened, "form": self.bench.form}
            if is_saved:
                self.send({"taken": self._untaken})
                self._untaken = []


class Workbench:
    """A text beside the form of its claims, for one coder.

    In a page that is being built it is a sentence that says where it works.
    """

    def __init__(self, source: str = "", coder: str = "") -> None:
        """Keep what is to be opened.

        Args:
            source: The id or code of the source; empty to choose on the page.
            coder: The name of an independent pass; empty for the claims of the report.
        """
        self._source, self._coder = source, coder
        self._view: BenchWidget | None = None

    @property
    def view(self) -> BenchWidget:
        """The widget; it is made when it is first read."""
        if self._view is None:
            self._view = BenchWidget(self._source, self._coder)
        return self._view

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return still_bundle(STILL) or self.view._repr_mimebundle_(**kwargs)


def _offered_sources() -> list[dict[str, Any]]:
    """List the sources whose text is at hand, those with the fewest claims first."""
    raw, tables = model.read_sound_tables(), model.read_schema()
    texts, _ = find_readable_texts(schema.to_typed(tables[SOURCES], raw[SOURCES]))
    counts = raw[CLAIMS][SOURCE].value_counts()
    offered = [
        {
            "code": row.code,
            "title": row.title,
            "number": int(counts.get(row.source_id, 0)),
            "claims": count_noun(int(counts.get(row.source_id, 0)), "claim"),
        }
        for row in raw[SOURCES].itertuples()
        if row.source_id in texts
    ]
    return sorted(offered, key=lambda one: one["number"])
