"""Two coders' passes over one source, matched, and their differences settled one by one."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from claimbook.analysis import agreement
from claimbook.corpus import model, schema
from claimbook.corpus.atomic_files import replace_files
from claimbook.corpus.table_writer import write_tables
from claimbook.corpus.validation import cells as cell_checks
from claimbook.corpus.validation.suggestions import suggest_name
from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.paths import project
from claimbook.texts.sheets.columns import PASSES, SETTLEMENTS, SOURCE, SOURCES, coded_columns
from claimbook.texts.sheets.row_checks import check_coded
from claimbook.texts.sheets.scope import choose_sources
from claimbook.texts.source_texts import find_readable_texts
from claimbook.workbench.sheet_store import KEPT

STAGE = "difference"  # of the rows that settle what two passes differ in
CLAIM, SPAN = "claim", "span"  # what a row settles where it is no column
FIRST, SECOND, ANOTHER = "first", "second", "another"  # whose value prevailed
EDITED = ("prevailed", "settled", "rule", "why")  # what a reader gives
OTHER_RULES = ("slip", "latitude")  # causes of a difference beside fields and numbered rules
NUMBERED_RULES = 8


class Difference(NamedTuple):
    """A column in which two passes differ on a claim, or a claim that only one has.

    Attributes:
        first_id: The claim in the first pass; empty where it has none.
        second_id: The claim in the second pass; empty where it has none.
        column: The column; `claim` where only one pass has the claim.
        first: The value in the first pass.
        second: The value in the second pass.
    """

    first_id: str
    second_id: str
    column: str
    first: str
    second: str

    @property
    def key(self) -> str:
        """A key of the difference within its source."""
        return f"{self.first_id}/{self.second_id}/{self.column}"


class Settling:
    """The differences of two passes over one source.

    Attributes:
        one: The name of the first pass.
        two: The name of the second pass.
        source_id: The source.
        text: Its text; empty where it is not at hand.
        differences: The differences, by their key.
        pairs: The ids of each matched claim in the two passes.
    """

    def __init__(self, source: str, one: str, two: str) -> None:
        """Match two passes.

        Args:
            source: The id or code of the source.
            one: The name of the first pass.
            two: The name of the second pass.

        Raises:
            CorpusError: The tables have faults, or there is no such source or pass.
        """
        self.one, self.two = one, two
        self.tables = model.read_schema()
        self.raw = model.read_sound_tables()
        [self.source_id] = choose_sources(self.raw[SOURCES], [source])
        corpus = model.to_corpus(self.raw)
        self._refuse_unknown(agreement.coder_names(corpus.passes))
        of_source = corpus.passes[corpus.passes[SOURCE] == self.source_id]
        self.columns = agreement.compared_fields(corpus.coders, one, two)
        self.rows = {name: self._rows_of(name) for name in (one, two)}
        found = agreement.match_claims(of_source, one, two)
        self.pairs = list(zip(found["one"], found["two"], strict=True))
        self.differences = {one.key: one for one in self._find_differences()}
        named = schema.to_typed(
            self.tables[SOURCES],
            self.raw[SOURCES][self.raw[SOURCES][SOURCE] == self.source_id],
        )
        texts, _ = find_readable_texts(named)
        self.text = texts[self.source_id].content if self.source_id in texts else ""
        self._drafts = self._read_drafts()

    @property
    def _passes(self) -> dict[str, str]:
        """The cells that name the passes."""
        return {"first_pass": self.one, "second_pass": self.two}

    def words_of(self, name: str, claim_id: str) -> str:
        """Return the words of a claim of a pass; empty where the text is not at hand."""
        row = self.rows[name].loc[claim_id]
        return " ".join(self.text[int(row["start"]) : int(row["end"])].split())

    def settlement(self, difference: Difference) -> dict[str, str]:
        """Return what has been settled of a difference, whole or begun.

        Returns:
            The cells `prevailed`, `settled`, `rule` and `why`, and `number` where it is settled.
        """
        row = self._settled_row(difference)
        written = dict.fromkeys((*EDITED, "number"), "")
        if row is not None:
            written |= {name: row[name] for name in written}
        return written | self._drafts.get(difference.key, {})

    def set_cell(self, key: str, column: str, value: str) -> str:
        """Change what is said of a difference; it is written as soon as it is whole.

        Args:
            key: The key of the difference.
            column: `prevailed`, `settled`, `rule` or `why`.
            value: The value.

        Returns:
            What was done, in words; empty where something is still lacking.

        Raises:
            CorpusError: The value is not allowed; it is kept as a draft.
        """
        difference = self.differences[key]
        cells = self.settlement(difference) | {column: " ".join(value.split())}
        values = {FIRST: difference.first, SECOND: difference.second}
        if column == "prevailed" and difference.column != CLAIM:
            cells["settled"] = values.get(value, "")
        elif column == "settled" and difference.column != CLAIM:
            same = [name for name, other in values.items() if other == cells["settled"]]
            cells["prevailed"] = same[0] if same else ANOTHER
        self._drafts[key] = {name: cells[name] for name in EDITED}
        self._write_drafts()
        if column == "settled" and cells["settled"]:
            self._refuse_value(difference, cells["settled"])
        if not all(cells[name] for name in ("prevailed", "rule", "why")):
            return ""
        return self._write(difference, cells)

    def withdraw(self, key: str) -> str:
        """Take back what was settled of a difference; what was written stays as a draft."""
        difference = self.differences[key]
        row = self._settled_row(difference)
        self.raw = model.read_sound_tables()
        if row is None:
            return "It is not settled."
        self._drafts[key] = {name: row[name] for name in EDITED} | {"why": ""}
        self._write_drafts()
        self._write_rows(lambda rows: rows[rows["number"] != row["number"]])
        return f"Taken back: {row['number']} of settlements.csv."

    def rules(self) -> list[str]:
        """List what may have caused a difference."""
        numbers = [str(number) for number in range(1, NUMBERED_RULES + 1)]
        return [*coded_columns(self.tables[PASSES]), *numbers, *OTHER_RULES]

    def _write(self, difference: Difference, cells: dict[str, str]) -> str:
        """Write the row of a difference, after its checks."""
        self._refuse_value(difference, cells["settled"])
        self.raw = model.read_sound_tables()
        rows = self.raw[SETTLEMENTS]
        old = self._settled_row(difference)
        number = old["number"] if old is not None else self._next_number()
        row = self._passes | difference._asdict() | {name: cells[name] for name in EDITED}
        row |= {"number": number, "stage": STAGE}
        table = self.tables[SETTLEMENTS]
        position = RowPosition(table.file, len(rows) + 2)
        frame = pd.DataFrame([row], index=pd.Index([position], dtype=object), dtype=str)
        frame = frame.reindex(columns=table.columns, fill_value="")
        if faults := cell_checks.find_faults(table, frame):
            raise CorpusError(faults)
        self._write_rows(lambda rows: pd.concat([rows[rows["number"] != number], frame]))
        self._drafts.pop(difference.key, None)
        self._write_drafts()
        return f"Settled: {number} of settlements.csv."

    def _write_rows(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        """Write the settlements with a change, and keep them as they now are."""
        rows = change(self.raw[SETTLEMENTS])
        write_tables({SETTLEMENTS: rows})
        self.raw[SETTLEMENTS] = rows

    def _refuse_value(self, difference: Difference, value: str) -> None:
        """Refuse a value that the column does not allow.

        Raises:
            CorpusError: It does not allow it.
        """
        file = self.tables[SETTLEMENTS].file
        key = f"{difference.first_id} {difference.second_id}".strip()
        if difference.column == CLAIM:
            known = {*self.rows[self.one].index, *self.rows[self.two].index}
            allowed = {"keep", "drop", "add", *(f"same as {claim_id}" for claim_id in known)}
            if value not in allowed:
                words = "keep, drop, add, or `same as` and a claim of either pass"
                raise CorpusError([Fault(file, key, CLAIM, value, words)])
        elif difference.column != SPAN:
            row = self.rows[self.one].loc[[difference.first_id]]
            row = row.assign(**{difference.column: value})
            row.index = pd.Index([RowPosition(file, 1)], dtype=object)
            found = check_coded(self.tables, self.raw, PASSES, row)
            if faults := [fault for fault in found if fault.column == difference.column]:
                raise CorpusError(faults)

    def _find_differences(self) -> Iterable[Difference]:
        """Yield the differences in the order of the text."""
        one, two = self.rows[self.one], self.rows[self.two]
        places = []
        for first_id, second_id in self.pairs:
            first, second = one.loc[first_id], two.loc[second_id]
            names = [name for name in self.columns if first[name] != second[name]]
            found = [
                Difference(first_id, second_id, name, first[name], second[name]) for name in names
            ]
            if _span(first) != _span(second):
                spans = _span(first), _span(second)
                found.append(Difference(first_id, second_id, SPAN, *spans))
            places.append((int(first["start"]), found))
        matched = {name for pair in self.pairs for name in (("one", pair[0]), ("two", pair[1]))}
        for claim_id, row in one.iterrows():
            if ("one", claim_id) not in matched:
                lone = Difference(str(claim_id), "", CLAIM, _span(row), "")
                places.append((int(row["start"]), [lone]))
        for claim_id, row in two.iterrows():
            if ("two", claim_id) not in matched:
                lone = Difference("", str(claim_id), CLAIM, "", _span(row))
                places.append((int(row["start"]), [lone]))
        for _, found in sorted(places, key=lambda place: place[0]):
            yield from found

    def _rows_of(self, name: str) -> pd.DataFrame:
        """Return the rows of a pass over the source, as text cells, by claim id."""
        rows = self.raw[PASSES]
        rows = rows[(rows["coder"] == name) & (rows[SOURCE] == self.source_id)]
        return rows.set_index("claim_id")

    def _settled_row(self, difference: Difference) -> pd.Series | None:
        """Find the row that settles a difference of these passes, with these very values."""
        rows = self.raw[SETTLEMENTS]
        same = rows["stage"] == STAGE
        for name, value in (self._passes | difference._asdict()).items():
            same &= rows[name] == value
        return rows[same].iloc[0] if same.any() else None

    def _next_number(self) -> str:
        numbers = (number for number in self.raw[SETTLEMENTS]["number"] if number.isdigit())
        return str(max(map(int, numbers), default=0) + 1)

    def _refuse_unknown(self, names: list[str]) -> None:
        """Refuse names that no pass has, and a pass beside itself."""
        faults = []
        allowed = f"a pass: {', '.join(names)}" if names else "a pass, of which there is none yet"
        for name in (self.one, self.two):
            if name not in names:
                hint = suggest_name(name, names)
                faults.append(Fault("coders.csv", "", "coder", name, allowed, hint))
        if self.one == self.two:
            faults.append(Fault("coders.csv", "", "coder", self.two, "another pass"))
        if faults:
            raise CorpusError(faults)

    @property
    def drafts_file(self) -> Path:
        """The file of what is begun and not whole."""
        code = self.raw[SOURCES].set_index(SOURCE).at[self.source_id, "code"]
        return project().sheets / KEPT / f"{code}-{self.one}-{self.two}.json"

    def _read_drafts(self) -> dict[str, dict[str, str]]:
        try:
            kept = json.loads(self.drafts_file.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return {key: cells for key, cells in kept.items() if key in self.differences}

    def _write_drafts(self) -> None:
        folder = project().sheets
        folder.mkdir(exist_ok=True)
        name = self.drafts_file.relative_to(folder).as_posix()
        replace_files({name: json.dumps(self._drafts).encode()}, folder)


def describe_fields(settling: Settling) -> list[dict[str, Any]]:
    """Describe the fields in which a difference is settled, for the page."""
    table = settling.tables[SETTLEMENTS]
    controls = {"prevailed": "choice"}
    values = {"prevailed": [FIRST, SECOND, ANOTHER], "rule": settling.rules()}
    return [
        {
            "name": name,
            "label": name.capitalize(),
            "control": controls.get(name, "text"),
            "description": table.field(name).description,
            "rule": "",
            "required": name != "settled",
            "values": values.get(name, []),
            "from": "",
            "max_words": 0,
        }
        for name in EDITED
    ]


def _span(row: pd.Series) -> str:
    return f"{row['start']}-{row['end']}"
