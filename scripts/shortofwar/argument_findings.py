"""The titles of the figures of the argument that show the whole year, each with a test."""

import pandas as pd
from claimbook.figures.finding import Finding

from shortofwar.figures import notes_by_month, pressure_record, told_and_came
from shortofwar.figures.sides import NAMES

MARCH, DECEMBER = pd.Timestamp("2022-03-01"), pd.Timestamp("2022-12-01")
STRIKE_GROUP = "A strike group forms in Belarus"  # a sign
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


def notes_turn_from_kyiv_to_own_work(rows: pd.DataFrame) -> bool:
    """Check which publishers lead in the notes of March and of December.

    In March it must be Ukraine's state, in December ISW's own earlier work, each without a tie.

    Args:
        rows: The data of the figure `notes_by_month`.
    """
    of_notes = rows[rows["whose"].isin(list(notes_by_month.COLOURS))]
    leaders = {
        month: list(kinds.loc[kinds["number"] == kinds["number"].max(), "whose"])
        for month, kinds in of_notes.groupby("month")
    }
    kyiv, own, *_ = notes_by_month.COLOURS
    return leaders.get(MARCH) == [kyiv] and leaders.get(DECEMBER) == [own]


def no_strike_group_is_seen(rows: pd.DataFrame) -> bool:
    """Check that all who looked for a strike group saw none from September on.

    Args:
        rows: The data of the figure `signs_by_day`.
    """
    of_group = rows[rows["sign"] == STRIKE_GROUP]
    months = of_group["day"].dt.to_period("M")
    return (
        set(of_group["state"]) == {"absent"}
        and months.min() == pd.Period("2022-09")
        and months.max() == pd.Period("2022-12")
    )


def denial_and_alarms_fail(rows: pd.DataFrame) -> bool:
    """Check that Minsk's denials were refuted, and no later alarm came true.

    Only claims that a day could test count. All of Minsk's that held the attack unlikely must be
    refuted, and be of the days before the invasion. After it, what Kyiv or the West held possible
    must in no case have come, and both must have such claims.

    Args:
        rows: The data of the figure `told_and_came`.
    """
    tested = rows[rows["outcome"] != told_and_came.OPEN]
    minsk = tested[(tested["side"] == "Minsk") & (tested["told"] == told_and_came.CALMS)]
    is_alarm = tested["told"] == told_and_came.ALARMS
    alarms = tested[is_alarm & (tested["day"] > told_and_came.INVASION)]
    return (
        set(minsk["outcome"]) == {told_and_came.REFUTED}
        and bool((minsk["day"] < told_and_came.INVASION).all())
        and set(alarms["outcome"]) == {told_and_came.NOT_COME}
        and {"Kyiv", "The West"} <= set(alarms["side"])
    )


FINDINGS_OF_ARGUMENT: dict[str, Finding] = {
    "pressure-record": Finding(
        "Meetings are on record; Moscow’s wish for Belarus’s army is inferred abroad, "
        "and Moscow and Minsk deny pressure",
        demand_is_inferred_and_denied,
        "Steps of pressure over the year, and claims on a demand",
    ),
    "notes-by-month": Finding(
        "In March ISW’s notes on Belarus lead most often to Ukraine’s state, "
        "in December to its own earlier work",
        notes_turn_from_kyiv_to_own_work,
        "Whose publications stand in ISW’s notes on Belarus, by month",
        ("2022-03", "2022-12"),
    ),
    "signs-by-day": Finding(
        "From September to December all who looked for a strike group in Belarus saw none",
        no_strike_group_is_seen,
        "Signs of entry and attack, by the days on which they were seen or missed",
        (STRIKE_GROUP,),
    ),
    "told-and-came": Finding(
        "Minsk denied the attack that came; no later alarm that could be tested came true",
        denial_and_alarms_fail,
        "What each side told of an entry or an attack, and what came of it",
        (
            f"Minsk: {told_and_came.CALMS}",
            *(f"{side}: {told_and_came.ALARMS}" for side in told_and_came.SIDES.values()),
        ),
    ),
}
