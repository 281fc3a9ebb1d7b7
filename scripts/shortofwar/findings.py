"""The titles of the figures, each with a test on the data of its figure.

A title is a finding. Where the corpus or a reader's own selection no longer bears it out, the
figure takes a neutral title instead, and the build says so. Each test below reads the data that
the figure offers for download, and checks every part of its sentence.
"""

import pandas as pd
from claimbook.corpus.model import NEGATIVE_KINDS
from claimbook.figures.figure import Finding

from shortofwar.figures import monthly_bars, monthly_chart, signals

MID_NOVEMBER = pd.Timestamp("2022-11-15")
DECEMBER = pd.Period("2022-12", freq="M")
MONTHS = set(pd.period_range("2022-02", "2022-12", freq="M"))
BACKGROUND = "context"
ISW = "Institute for the Study of War"
MUZYKA = "Muzyka"
UKRAINE = "Ukraine"
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


def ukrainians_are_on_both_sides(claims: pd.DataFrame) -> bool:
    """Check that some Ukrainians call the threat staged, and some fear an attack.

    It is true if Ukrainian speakers have claims in both of the groups `STAGED` and `POSSIBLE`.
    Their denials do not count, since a denial does not say whether a threat is staged.

    Args:
        claims: The data of the figure `feint_or_real`.
    """
    ukrainian = claims[(claims["country"] == UKRAINE) & ~claims["kind"].isin(NEGATIVE_KINDS)]
    return {signals.STAGED, signals.POSSIBLE} <= set(ukrainian["group"])


def pairs_are_within_texts_or_with_muzyka(pairs: pd.DataFrame) -> bool:
    """Check that most pairs are within one text, and most others are with Muzyka.

    It is true if more than half of the opposed pairs have both claims in one source, and if Muzyka
    is a speaker in more than half of the others.

    Args:
        pairs: The data of the figure of opposed claims.
    """
    is_within = pairs["sources"].map(lambda codes: len(set(codes)) == 1)
    across = pairs[~is_within]
    with_muzyka = (across[["speaker", "against"]] == MUZYKA).any(axis="columns")
    return _is_most(is_within.sum(), len(pairs)) and _is_most(with_muzyka.sum(), len(across))


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


def most_events_are_undisputed(claims: pd.DataFrame) -> bool:
    """Check that more than half of the events are reported and not denied.

    An event is reported if it has a claim of the kind `event` or `statement`, and denied if it has
    a claim of the kind `denial` or `absence`.

    Args:
        claims: The data of the figure `observed_and_denied`.
    """
    glyphs = claims["kind"].map(signals.GLYPHS)
    is_reported = (glyphs == "happened").groupby(claims["row"]).any()
    is_denied = (glyphs == "denied").groupby(claims["row"]).any()
    return _is_most((is_reported & ~is_denied).sum(), len(is_reported))


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


def help_is_reported_for_every_month(marks: pd.DataFrame) -> bool:
    """Check that help covers every month, troops are denied, and words are December's.

    It is true under three conditions. Bars of help that Belarus gave cover every month from
    February to December 2022, where uncertain bars do not count, and bars without an end count up
    to the publication of their last text. On troops there are only denials. All claims of Minsk's
    words were published in December, and there are some.

    Args:
        marks: The data of the figure of words and substitutes.
    """
    words, given, withheld = (
        marks[marks["part"] == part]
        for part in (monthly_bars.WORDS, monthly_bars.GIVEN, monthly_bars.WITHHELD)
    )
    covered: set[pd.Period] = set()
    for bar in given.itertuples():
        last = bar.published[-1] if bar.how == monthly_chart.ONGOING else bar.last
        if bar.how != monthly_chart.VAGUE:
            covered |= set(pd.period_range(bar.first, last, freq="M"))
    return (
        covered >= MONTHS
        and set(withheld["row"]) == {monthly_bars.TROOPS}
        and set(withheld["how"]) == {monthly_chart.DENIED}
        and monthly_bars.TROOPS not in set(given["row"])
        and len(words) > 0
        and bool(_are_in_december(words["published"].explode()).all())
    )


def explanations_without_a_wish_have_most_against_them(readings: pd.DataFrame) -> bool:
    """Check that most speaks against the explanations by which nobody wanted the army.

    It is true if the sum of what speaks against each of these explanations is larger than that of
    each other explanation. *Very* surprising counts two and *somewhat* one; propositions that do
    not tell the explanations apart do not count.

    Args:
        readings: The data of the matrix of propositions by explanations.
    """
    told = readings[readings["tells"] > 0]
    explanations = told.columns.difference(OTHERS_OF_EXPLANATIONS)
    scores = told[explanations].replace({"not": 0, "somewhat": 1, "very": 2}).astype(int).sum()
    without = scores.index.isin(WITHOUT_A_WISH)
    return bool(without.sum() == len(WITHOUT_A_WISH)) and bool(
        scores[without].min() > scores[~without].max()
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
    "words-and-substitutes": Finding(
        "Help is reported for every month from February on, troops for none; "
        "Minsk’s words stand in December’s texts alone",
        help_is_reported_for_every_month,
        "Minsk’s words and Belarus’s help by month",
    ),
    "observed-and-denied": Finding(
        "Most military events are told, and denied by no one",
        most_events_are_undisputed,
        "Military events by day, and who speaks of them",
    ),
    "feint-or-real": Finding(
        "Ukrainian voices stand on both sides: some call the threat staged, "
        "some hold an attack for possible",
        ukrainians_are_on_both_sides,
        "Claims on a threat by speaker and day",
    ),
    "claim-and-counter-claim": Finding(
        "Most claims set against each other stand in one text; "
        "across texts it is mostly Muzyka whom we set against others",
        pairs_are_within_texts_or_with_muzyka,
        "Claims set against each other, by day",
    ),
    "explanations": Finding(
        "Least speaks against the three explanations by which Moscow wanted the army",
        explanations_without_a_wish_have_most_against_them,
        "How surprising each proposition would be, by explanation",
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
    ),
    "agreement-one-two": Finding(
        "The coders agree on what a claim is about; "
        "they differ over places, units and second themes",
        coders_differ_in_three_fields,
        "Agreement of the two coders by field",
    ),
}
