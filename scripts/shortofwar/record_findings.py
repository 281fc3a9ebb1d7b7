"""The titles of the figures that are drawn from reports and record together, with their tests."""

import pandas as pd
from claimbook.figures import attention_calendar
from claimbook.figures.finding import Finding

from shortofwar.figures import given_and_kept, things_given, troop_counts

MARCH, JUNE, JULY, AUGUST, DECEMBER = (pd.Period(f"2022-{month:02}") for month in (3, 6, 7, 8, 12))
EARLY_PHASES = ["Build-up", "Invasion from Belarus"]
MOST_COUNTED = 12_000  # soldiers
MOST_EXPECTED = 20_000
FIRST_DAYS, SUMMER = pd.Timestamp("2022-03-05"), pd.Timestamp("2022-06-01")
ISW = "Institute for the Study of War"
EVEN_CHANCE = 50  # per cent
NEARLY_ALL = 0.9  # of the marks
EVENTS = 2
FEW_DAYS = 4  # of July and August on which ISW wrote of Belarus


def attention_fades_in_summer(days: pd.DataFrame) -> bool:
    """Check that ISW wrote of Belarus most in March and December, little in summer.

    It is true if more than half of the texts of March and of December name Belarus, and of no other
    whole month, and if exactly four texts of July and August do.

    Args:
        days: The data of the figure of attention.
    """
    texts = days[days["state"] != attention_calendar.MISSING]
    months = pd.to_datetime(texts["day"]).dt.to_period("M")
    writes = (texts["state"] == attention_calendar.WRITES).groupby(months)
    shares, numbers, sizes = writes.mean(), writes.sum(), writes.size()
    most = set(shares.index[(shares > 0.5) & (sizes > 20)])
    return most == {MARCH, DECEMBER} and numbers[JULY] + numbers[AUGUST] == FEW_DAYS


def degrees_stay_below_even_chance(marks: pd.DataFrame) -> bool:
    """Check that degrees after 5 March are below even, and nearly all are ISW's.

    It is true if some degree up to that day is above an even chance, none after it reaches one, and
    nine in ten marks after it are ISW's, on both events.

    Args:
        marks: The data of the figure of degrees by day.
    """
    later = marks[marks["last"] > FIRST_DAYS]
    return (
        bool((marks.loc[marks["day"] <= FIRST_DAYS, "low"] > EVEN_CHANCE).any())
        and later["event"].nunique() == EVENTS
        and bool((later["high"] < EVEN_CHANCE).all())
        and bool((later["speaker"] == ISW).mean() >= NEARLY_ALL)
    )


def few_are_counted_after_spring(counts: pd.DataFrame) -> bool:
    """Check that no count exceeds 12,000 from June on, and that 20,000 are expected.

    There must be counts of June and of December.

    Args:
        counts: The data of the figure of Russians in Belarus.
    """
    later = counts[counts["day"] >= SUMMER]
    inside = later[later["counts"] == troop_counts.IN]
    expected = later.loc[later["counts"] == troop_counts.TO_COME, "number"]
    return (
        {JUNE, DECEMBER} <= set(inside["day"].dt.to_period("M"))
        and bool(inside["number"].max() == MOST_COUNTED)
        and bool(expected.max() == MOST_EXPECTED)
    )


def most_signals_have_no_point(rows: pd.DataFrame) -> bool:
    """Check that most sightings are early, and most later claims name no point.

    Args:
        rows: The data of the map of signals.
    """
    is_early = rows["phase"].isin(EARLY_PHASES)
    seen = rows[rows["what"] == "sightings"].groupby(is_early)["number"].sum()
    later = rows[~is_early & (rows["phase"] != "")]
    placed = later.loc[later["what"] == "claims at a place", "claims"].explode().nunique()
    without = later.loc[later["what"] == "claims without a place", "number"].sum()
    return bool(seen[True] > seen[False] and without > placed > 0)


def help_is_told_by_others(marks: pd.DataFrame) -> bool:
    """Check that others than Minsk and Moscow tell most of each kind of help.

    Minsk and Moscow must tell of the army at home more often than Kyiv does, and than the others.

    Args:
        marks: The data of the figure of what was given and kept.
    """
    numbers = marks.groupby(["part", "row", "said_by"])["number"].sum().unstack(fill_value=0)
    given, kept = numbers.loc[things_given.GIVEN], numbers.loc[things_given.KEPT]
    own = given_and_kept.MINSK
    is_told_by_others = 2 * given[own] < given.sum(axis="columns")
    return bool(is_told_by_others.all() and (kept.sum().idxmax() == own)) and (
        set(given.index) == set(things_given.THINGS)
    )


FINDINGS_OF_RECORD: dict[str, Finding] = {
    "year": Finding(
        "ISW wrote of Belarus on most days of March and December, "
        "and on only four days of July and August together",
        attention_fades_in_summer,
        "ISW’s attention to Belarus, day by day",
        tuple(map(str, (MARCH, JULY, AUGUST, DECEMBER))),
    ),
    "likelihood-by-day": Finding(
        "After the first days of March every likelihood given to an entry or an attack "
        "is below even, and nearly all are ISW’s",
        degrees_stay_below_even_chance,
        "Degrees of likelihood given to entry and to an attack, day by day",
        (str(FIRST_DAYS.date()),),
    ),
    "russians-in-belarus": Finding(
        "From June to December nobody counted more than twelve thousand Russians in Belarus; "
        "twenty thousand were expected",
        few_are_counted_after_spring,
        "Counts of Russian soldiers in Belarus",
        (str(SUMMER.date()),),
    ),
    "signals-map": Finding(
        "Most films and pictures are of the build-up and the invasion; "
        "after that most signals are words that name no exact place",
        most_signals_have_no_point,
        "Military signals by place and phase",
        tuple(EARLY_PHASES),
    ),
    "given-and-kept": Finding(
        "Kyiv and others tell most of what Belarus gave; "
        "Minsk and Moscow speak most often of its army at home",
        help_is_told_by_others,
        "What Belarus gave and kept, by month and by who says so",
    ),
}
