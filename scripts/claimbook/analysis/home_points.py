"""The check that points of observations lie in the report's home country."""

import pandas as pd

from claimbook.analysis.geodata import CountryOutlines
from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table
from claimbook.errors import Fault


def find_points_abroad(
    tables: dict[str, Table], corpus: Corpus, outlines: CountryOutlines, home: str
) -> list[Fault]:
    """Find rows whose point lies outside the home country, where it must not.

    Args:
        tables: The schema, in which `inHomeCountry` marks these tables.
        corpus: The corpus.
        outlines: The outlines of countries.
        home: The name of the home country in the outlines.
    """
    faults = []
    for table in tables.values():
        if not table.in_home_country:
            continue
        rows: pd.DataFrame = getattr(corpus, table.name)
        points = rows[["longitude", "latitude"]].dropna().astype(float)
        inside = outlines.contains(home, points.to_numpy())
        for key, point in points[~inside].iterrows():
            value = f"{point['latitude']:g}, {point['longitude']:g}"
            allowed = f"a point in {home}"
            faults.append(Fault(table.file, str(key), "latitude", value, allowed))
    return faults
