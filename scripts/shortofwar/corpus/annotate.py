"""From a coder's sheet to rows: offsets and anchors are computed from the texts, never typed.

A sheet has the coded columns of `claims.csv` and, in place of the computed ones, `span` (the wording, to the character) and
`nth` (which of several places, where the same characters stand more than once). Sheets hold sentences of the sources: they
stay with the coder, beside the texts.
"""

from dataclasses import asdict

import pandas as pd

from shortofwar.corpus.anchors import select
from shortofwar.corpus.faults import CorpusError, Fault

COMPUTED = ["start", "end", "anchor", "words", "head", "tail"]


def place(sheet: pd.DataFrame, text: str, file: str) -> pd.DataFrame:
    """The sheet's rows in the order of the text, with the computed columns in place of `span` and `nth`.

    Takes text cells; `file` names the sheet in errors. Raises CorpusError with every span that does not stand in the text
    or stands there more often than `nth` tells apart.
    """
    faults, selectors = [], {}
    for row in sheet.itertuples():
        starts = _starts(text, row.span)
        nth = int(row.nth or 1)
        key = f"line {row.Index + 2}"
        if not starts:
            faults.append(Fault(file, key, "span", row.span, "must stand in the text, to the character"))
        elif len(starts) > 1 and not row.nth:
            faults.append(Fault(file, key, "nth", "", f"the span stands {len(starts)} times; say which, from 1"))
        elif nth > len(starts):
            faults.append(Fault(file, key, "nth", nth, f"at most {len(starts)}"))
        else:
            start = starts[nth - 1]
            selectors[row.Index] = asdict(select(text, start, start + len(row.span)))
    if faults:
        raise CorpusError(faults)
    computed = pd.DataFrame.from_dict(selectors, orient="index")[COMPUTED]
    rows = sheet.drop(columns=["span", "nth"]).join(computed)
    return rows.sort_values(["start", "end"], kind="stable").reset_index(drop=True)


def _starts(text: str, span: str) -> list[int]:
    starts = []
    at = text.find(span) if span else -1
    while at >= 0:
        starts.append(at)
        at = text.find(span, at + 1)
    return starts
