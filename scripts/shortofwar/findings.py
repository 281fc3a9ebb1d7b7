"""The titles of the figures, each with a test on the data of its figure.

A title is a finding. Where the corpus or a reader's own selection no longer bears it out, the
figure takes a neutral title instead, and the build says so. Each test below reads the data that
the figure offers for download, and checks every part of its sentence.
"""

import pandas as pd
from claimbook.figures.finding import Finding

MID_NOVEMBER = pd.Timestamp("2022-11-15")
DECEMBER = pd.Period("2022-12", freq="M")
BACKGROUND = "context"
ISW = "Institute for the Study of War"
OWN_VOICE = "The outlet itself"  # as origin of a claim
FIRM, TENTATIVE = 0.8, 0.667  # Krippendorff's customary bounds of alpha for conclusions
OTHERS_OF_EXPLANATIONS = [
    "proposition",
    "tells",
    "first_reader",
    "second_reader",
    "credibility",
    "claims",
]
WITH_A_WISH = ("unable", "deterred", "unwilling", "no longer wanted")
WITHOUT_A_WISH = ["more useful outside", "never asked", "kept open"]


def _is_most(part: int, whole: int) -> bool:
    """Check whether a part is more than half of a whole that is not zero."""
    return 2 * part > whole > 0


def _are_in_december(days: pd.Series) -> pd.Series:
    """Check for each day whether it is in December 2022."""
    return pd.to_datetime(days).dt.to_period("M") == DECEMBER


def reports_and_events_are_late(events: pd.DataFrame) -> bool:
    """Check that four of five reports are of December, and most events begin late.

    It is true if the events have exactly five sources, four of which were published in December
    2022; if the earliest possible day of more than half of the events is 15 November or later; and
    if no event is of the background. The data do not say which source was published on which day,
    so the five must have five different days.

    Args:
        events: The data of the figure of events by theme.
    """
    reports = events["sources"].explode().dropna().unique()
    days = events["published"].explode().dropna().drop_duplicates()
    late = (events["earliest"] >= MID_NOVEMBER).sum()
    return (
        len(reports) == len(days) == 5
        and _are_in_december(days).sum() == 4
        and _is_most(late, len(events))
        and BACKGROUND not in set(events["theme"])
    )


def context_leads_in_two_sources(cells: pd.DataFrame) -> bool:
    """Check that context is the largest theme of two sources and of no other.

    The two must be Polskie Radio and the unnamed site. Neither may have another theme of the same
    size, and there must be further sources.

    Args:
        cells: The data of the matrix of sources by themes.
    """
    largest = cells.groupby("code")["number"].transform("max")
    leading = cells[cells["number"] == largest]
    with_context = set(leading.loc[leading["theme"] == BACKGROUND, "code"])
    ties = leading.loc[leading["code"].duplicated(), "code"]
    return (
        with_context == {"PR", "RW"}
        and with_context.isdisjoint(ties)
        and cells["code"].nunique() > len(with_context)
    )


def radio_keeps_and_agency_changes(claims: pd.DataFrame) -> bool:
    """Check that Polskie Radio kept 3/4, and Ukrainian News changed 2/3.

    Shares may be larger by up to a twentieth.

    Args:
        claims: The data of the figure of relays.
    """
    kept = (claims.loc[claims["code"] == "PR", "outcome"] == "whole").mean()
    changed = (claims.loc[claims["code"] == "UA", "outcome"] == "changed").mean()
    return bool(0 <= kept - 3 / 4 <= 1 / 20 and 0 <= changed - 2 / 3 <= 1 / 20)


def coders_differ_in_three_fields(fields: pd.DataFrame) -> bool:
    """Check that agreement is firm on the theme, and too low in just three fields.

    These are places, unit and second themes. Agreement is firm if the lower bound of its 95 %
    interval is at least `FIRM`, and too low if that bound is below `TENTATIVE`.

    Args:
        fields: The data of the figure of agreement by field.
    """
    low = fields.set_index("field")["low"]
    return low["theme"] >= FIRM and set(low.index[low < TENTATIVE]) == {"places", "unit", "also"}


def one_institute_reaches_four_outlets(flows: pd.DataFrame) -> bool:
    """Check that ISW reaches four of five outlets, and that outlets claim most.

    ISW reaches an outlet if it has a claim that comes from ISW or passes through it. The outlets
    themselves must be the origin of more claims than any other origin.

    Args:
        flows: The data of the flow diagram of origins and outlets.
    """
    reached = flows.loc[flows["through_institution"].astype(bool), "outlet"].nunique()
    by_origin = flows.groupby("origin")["number"].sum()
    others = by_origin.drop(OWN_VOICE)
    return (
        reached == 4
        and flows["outlet"].nunique() == 5
        and bool((by_origin[OWN_VOICE] > others).all())
    )


def every_step_has_one_source(steps: pd.DataFrame) -> bool:
    """Check that each step has just one source, and that none has Insight News.

    There must be at least one step. Claims without an event are no steps, but may not have Insight
    News as a source either.

    Args:
        steps: The data of the figure of steps of pressure.
    """
    sources = steps.loc[steps["kind"] != "", "sources"]
    return (
        len(sources) > 0
        and bool((sources.map(len) == 1).all())
        and "IN" not in set(steps["sources"].explode())
    )


def explanations_without_a_wish_have_most_against_them(readings: pd.DataFrame) -> bool:
    """Check that most speaks against the explanations by which nobody wanted the army.

    It is true if the sum of what speaks against each of these explanations is larger than that of
    each other explanation, and if there are no further ones. *Very* surprising counts two and
    *somewhat* one; propositions that do not tell the explanations apart do not count.

    Args:
        readings: The data of the matrix of propositions by explanations.
    """
    told = readings[readings["tells"] > 0]
    explanations = told.columns.difference(OTHERS_OF_EXPLANATIONS)
    scores = told[explanations].replace({"not": 0, "somewhat": 1, "very": 2}).astype(int).sum()
    without = scores.index.isin(WITHOUT_A_WISH)
    return (
        set(scores.index) == {*WITH_A_WISH, *WITHOUT_A_WISH}
        and scores[without].min() > scores[~without].max()
    )


FINDINGS: dict[str, Finding] = {
    "half-year": Finding(
        "Four of the five reports are of December, and most of the events "
        "on Belarus that they can date begin after mid-November",
        reports_and_events_are_late,
        "Events on Belarus by theme and day",
    ),
    "coverage": Finding(
        "Context is the largest theme of Polskie Radio "
        "and the unnamed site, and of no other source",
        context_leads_in_two_sources,
        "Claims by source and theme",
    ),
    "pressure-without-insight-news": Finding(
        "Without Insight News every step rests on one source",
        every_step_has_one_source,
        "Steps of pressure in a part of the corpus",
    ),
    "explanations": Finding(
        "The evidence speaks least against the four explanations "
        "in which Moscow wanted the army, all year or at first",
        explanations_without_a_wish_have_most_against_them,
        "How surprising each proposition would be, by explanation",
        WITH_A_WISH,
        "Moscow wanted the army, all year or at first",
    ),
    "origins-flow": Finding(
        "One institute reaches four of the five outlets; "
        "the largest origin is the outlets themselves",
        one_institute_reaches_four_outlets,
        "Claims from origin to outlet",
    ),
    "relays": Finding(
        "Polskie Radio kept three claims in four whole; Ukrainian News changed two in three",
        radio_keeps_and_agency_changes,
        "What each outlet made of the claims that it passed on",
        ("PR", "UA"),
    ),
    "agreement-one-two": Finding(
        "The coders agree on what a claim is about; "
        "they differ over places, units and second themes",
        coders_differ_in_three_fields,
        "Agreement of the two coders by field",
    ),
}
