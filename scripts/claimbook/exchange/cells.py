"""The claims as text cells, as the formats of other programs take them."""

from collections.abc import Iterator, Mapping

import pandas as pd

from claimbook.corpus import schema
from claimbook.texts.sheets.columns import CLAIMS, SOURCE, coded_columns

Raw = Mapping[str, pd.DataFrame]  # the rows of each table as text cells


class Claims:
    """The claims of a corpus.

    Attributes:
        fields: The columns that say something of a claim: its id, and what a coder fills in.
    """

    def __init__(self, tables: Mapping[str, schema.Table], raw: Raw) -> None:
        """Prepare the claims.

        Args:
            tables: The schema.
            raw: The rows of all tables, as text cells.
        """
        table = tables[CLAIMS]
        self.fields = [table.field(name) for name in ("claim_id", *coded_columns(table))]
        self._rows = raw[CLAIMS]

    def of_source(self, source_id: str) -> Iterator[dict[str, str]]:
        """Yield the cells of the claims of a source, in the order of the text."""
        rows = self._rows[self._rows[SOURCE] == source_id]
        order = rows["start"].astype(int).sort_values(kind="stable").index
        yield from rows.loc[order].to_dict("records")
