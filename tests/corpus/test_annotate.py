"""A coder gives the wording; offsets and anchors are computed."""

import pandas as pd
import pytest

from shortofwar.corpus import annotate
from shortofwar.corpus.faults import CorpusError

TEXT = "The ford is open. The bridge is shut. The ford is open."


def sheet(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"span": span, "nth": nth, "theme": "context"} for span, nth in rows])


def test_spans_are_placed_and_ordered_by_the_text():
    placed = annotate.place(sheet(("The bridge is shut.", ""), ("The ford is open.", "2"), ("The ford is open.", "1")), TEXT, "sheet")
    assert placed["start"].tolist() == [0, 18, 38]
    assert [TEXT[row.start : row.end] for row in placed.itertuples()][1] == "The bridge is shut."
    assert "span" not in placed


def test_what_cannot_be_placed_is_told_all_at_once():
    with pytest.raises(CorpusError) as caught:
        annotate.place(sheet(("The ford is shut.", ""), ("The ford is open.", ""), ("The bridge is shut.", "3")), TEXT, "sheet")
    assert [fault.key for fault in caught.value.faults] == ["line 2", "line 3", "line 4"]
