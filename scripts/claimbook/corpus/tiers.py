"""Restriction of the tables to some of the sources, and to what belongs to these."""

import pandas as pd


def restrict_tables(
    tables: dict[str, pd.DataFrame], source_ids: pd.Index
) -> dict[str, pd.DataFrame]:
    """Restrict tables to some sources, and to the claims in them.

    Args:
        tables: The tables of a corpus, by name.
        source_ids: The ids of the sources.

    Returns:
        All tables, by name: those that depend on sources or claims restricted, the others whole.
    """

    def keep(name: str, column: str, ids: pd.Index) -> pd.DataFrame:
        """Keep the rows of a table whose column, or level of the key, has one of some ids."""
        rows = tables[name]
        is_kept = rows.index.isin(ids, level=column) if column in rows.index.names else None
        return rows[rows[column].isin(ids) if is_kept is None else is_kept]

    def keep_items(rows: pd.DataFrame, column: str, ids: pd.Index) -> pd.DataFrame:
        """Keep some ids in a column of lists."""
        known = set(ids)
        return rows.assign(
            **{column: rows[column].map(lambda items: [item for item in items if item in known])}
        )

    claims = keep("claims", "source_id", source_ids)
    relations = keep("relations", "claim_a", claims.index)
    indicators = keep_items(tables["indicators"], "claims", claims.index)
    propositions = keep_items(tables["propositions"], "claims", claims.index)
    codes = tables["sources"].loc[source_ids, "code"]
    settlements = tables["settlements"]
    code_of_first, code_of_second = (
        settlements[column].str.rsplit("-", n=1).str[0] for column in ("first_id", "second_id")
    )
    is_of_neither = (code_of_first == "") & (code_of_second == "")  # a third reading's own
    is_settled = code_of_first.isin(codes) | code_of_second.isin(codes) | is_of_neither
    restricted = {
        "sources": tables["sources"].loc[source_ids],
        "claims": claims,
        "events": tables["events"].loc[tables["events"].index.isin(claims["event_id"])],
        "relations": relations[relations.index.isin(claims.index, level="claim_b")],
        "forecasts": keep_items(
            keep("forecasts", "claim_id", claims.index), "rests_on", claims.index
        ),
        "indicators": keep_items(indicators, "seen_in", claims.index)[
            indicators["claims"].astype(bool)
        ],
        "propositions": propositions[propositions["claims"].astype(bool)],
        "settlements": settlements[is_settled],
    }
    for name in ("passages", "criticism", "passes"):
        restricted[name] = keep(name, "source_id", source_ids)
    for name in ("citations", "relays", "relay_passes", "evidence", "set_aside"):
        restricted[name] = keep(name, "claim_id", claims.index)
    restricted["weighing"] = keep("weighing", "proposition_id", restricted["propositions"].index)
    return tables | restricted
