"""Two passes side by side as a widget in JupyterLab."""

from typing import Any

import anywidget
from traitlets import Dict, Unicode

from claimbook.errors import CorpusError
from claimbook.workbench.page_parts import module_of, still_bundle, style_sheet
from claimbook.workbench.settling import CLAIM, Settling, describe_fields

PARTS = ("dom.js", "outbox.js", "fields.js", "comparison.js")  # one script, in order
STILL = "*Two passes stand here side by side in JupyterLab, where the page runs.*"


class ComparisonWidget(anywidget.AnyWidget):
    """What the page shows.

    Attributes:
        opened: The names of source and passes, the matched claims, and the fields to fill in.
        state: All that may change.
    """

    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    opened = Dict().tag(sync=True)
    state = Dict().tag(sync=True)

    def __init__(self, settling: Settling) -> None:
        """Show the differences of two passes."""
        super().__init__(_esm=module_of(PARTS), _css=style_sheet())
        self._settling = settling
        self._untaken: list[str] = []  # steps that are not on disk yet
        one, two = settling.one, settling.two
        self.opened = {
            "title": f"{settling.source_id}: {one} and {two}",
            "one": one,
            "two": two,
            "fields": describe_fields(settling),
            "columns": settling.columns,
            "place": str(settling.drafts_file),
        }
        self._show("")
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, step: dict[str, Any], _buffers: Any) -> None:
        """Take a step that the page asks for, and show what came of it."""
        self._untaken.append(str(step.get("id", "")))
        kind = "status"
        try:
            if step["do"] == "settle":
                said = self._settling.set_cell(step["key"], step["column"], str(step["value"]))
            else:
                said = self._settling.withdraw(step["key"])
        except KeyError:
            said, kind = "That difference is no longer there.", "alert"
        except CorpusError as error:
            said, kind = str(error), "alert"
        except OSError as error:
            self._show(f"Not saved: {error.strerror or error}.", "alert")
            return
        self._show(said, kind)
        self.send({"taken": self._untaken})
        self._untaken = []

    def _show(self, text: str, kind: str = "status") -> None:
        settling = self._settling
        groups: dict[tuple[str, str], dict[str, Any]] = {}
        for key, difference in settling.differences.items():
            ids = difference.first_id, difference.second_id
            group = groups.setdefault(ids, {"ids": list(ids), "differences": []})
            group["differences"].append(
                {
                    "key": key,
                    "column": difference.column,
                    "first": difference.first,
                    "second": difference.second,
                    "cells": settling.settlement(difference),
                }
            )
        for (first, second), group in groups.items():
            named = [(settling.one, first), (settling.two, second)]
            group["words"] = [settling.words_of(name, key) if key else "" for name, key in named]
            group["same"] = self._same(first, second)
        self.state = {"groups": list(groups.values()), "message": {"text": text, "kind": kind}}

    def _same(self, first: str, second: str) -> list[list[str]]:
        """List what the passes agree on about a claim, or what the only one says."""
        settling = self._settling
        name, key = (settling.one, first) if first else (settling.two, second)
        row = settling.rows[name].loc[key]
        apart = {
            difference.column
            for difference in settling.differences.values()
            if (difference.first_id, difference.second_id) == (first, second)
        }
        apart.discard(CLAIM)
        shown = [*settling.columns, "paraphrase"]
        return [[column, row[column]] for column in shown if column not in apart and row[column]]


class Comparison:
    """Two coders' passes over one text, whose differences are settled in place.

    In a page that is being built it is a sentence that says where it works.
    """

    def __init__(self, source: str, one: str, two: str) -> None:
        """Keep what is to be compared.

        Args:
            source: The id or code of the source.
            one: The name of the first pass.
            two: The name of the second pass.
        """
        self._names = source, one, two
        self._view: ComparisonWidget | None = None

    @property
    def view(self) -> ComparisonWidget:
        """The widget; it is made when it is first read.

        Raises:
            CorpusError: The tables have faults, or there is no such source or pass.
        """
        if self._view is None:
            self._view = ComparisonWidget(Settling(*self._names))
        return self._view

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        try:
            return still_bundle(STILL) or self.view._repr_mimebundle_(**kwargs)
        except CorpusError as error:
            return {"text/plain": str(error)}
