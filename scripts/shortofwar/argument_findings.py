"""The titles of the figures of the argument that show the whole year, each with a test."""

import pandas as pd
from claimbook.figures.figure import Finding

from shortofwar.figures import pressure_record
from shortofwar.figures.sides import NAMES

ALLIES = {NAMES["russia"], NAMES["belarus"]}


def demand_is_inferred_and_denied(rows: pd.DataFrame) -> bool:
    """Check that meetings are told, and a demand inferred abroad and denied by both.

    It is true under four conditions. Some meetings are reported. More claims infer a demand than
    tell of it as a fact. None that infers it is of Russia or Belarus. All that deny it are of
    Russia or Belarus, and both have some.

    Args:
        rows: The data of the figure `pressure_in_record`.
    """
    lanes = rows.groupby("lane")["side"].agg(list)
    inferred, denied = lanes[pressure_record.INFERRED], lanes[pressure_record.DENIED]
    told = lanes.get(pressure_record.TOLD, [])
    return (
        len(lanes[pressure_record.MEETINGS]) > 0
        and len(inferred) > len(told)
        and ALLIES.isdisjoint(inferred)
        and set(denied) == ALLIES
    )


FINDINGS_OF_ARGUMENT: dict[str, Finding] = {
    "pressure-record": Finding(
        "Meetings are on record; that Moscow wants Belarus’s army is inferred abroad, "
        "and denied in Moscow and Minsk",
        demand_is_inferred_and_denied,
        "Steps of pressure over the year, and claims on a demand",
    ),
}
