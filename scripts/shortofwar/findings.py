"""The titles of the figures, each with a test on the data of its figure.

A title is a finding. Where the corpus or a reader's own selection no longer bears it out, the
figure takes a neutral title instead, and the build says so. Each test below reads the data that
the figure offers for download, and checks every part of its sentence.
"""

import pandas as pd
from claimbook.figures.figure import Finding

from shortofwar.figures import monthly_bars, monthly_chart, pressure_steps, signals

MID_NOVEMBER = pd.Timestamp("2022-11-15")
DECEMBER = pd.Period("2022-12", freq="M")
MONTHS = set(pd.period_range("2022-02", "2022-12", freq="M"))
JUNE_TO_DECEMBER = set(pd.period_range("2022-06", "2022-12", freq="M"))
BACKGROUND = "context"
SIGNAL = "military-signal"
ISW = "Institute for the Study of War"
MUZYKA = "Muzyka"
UKRAINE = "Ukraine"
OWN_VOICE = "The outlet itself"  # as origin of a claim
FIRM, TENTATIVE = 0.8, 0.667  # Krippendorff's customary bounds of alpha for conclusions
EVEN_CHANCE = 50  # per cent
SEEN_OR_HEARD = {"event", "statement"}  # kinds of claims that report and do not infer
OTHERS_OF_EXPLANATIONS = ["first_reader", "second_reader", "who", "why", "claims"]


def _is_most(part: int, whole: int) -> bool:
    """Check whether a part is more than half of a whole that is not empty."""
    return 2 * part > whole > 0


def _are_in_december(days: pd.Series) -> pd.Series:
    """Flag the days of December 2022."""
    return pd.to_datetime(days).dt.to_period("M") == DECEMBER


def reports_and_events_are_late(events: pd.DataFrame) -> bool:
    """Check that four of five reports and most events are late in the year.

    Four reports must be of December, and most events begin after mid-November. The data have the
    days on which reports appeared, but not which report on which day, so that each of the five must
    have a day of its own. The events must all be on Belarus, none on the war at large.
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

    The two are Polskie Radio and the unnamed site.
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
    """Check that Ukrainians are among those who doubt and those who fear.

    Some must call the threat staged, some hold an attack for possible. A denial is an answer to a
    threat, and no word on whether it is staged.
    """
    ukrainian = claims[(claims["country"] == UKRAINE) & (claims["kind"] != "denial")]
    return {signals.STAGED, signals.POSSIBLE} <= set(ukrainian["group"])


def pairs_are_within_texts_or_with_muzyka(pairs: pd.DataFrame) -> bool:
    """Check that most pairs are within one text, and most others are with Muzyka."""
    is_within = pairs["sources"].map(lambda codes: len(set(codes)) == 1)
    across = pairs[~is_within]
    with_muzyka = (across[["speaker", "against"]] == MUZYKA).any(axis="columns")
    return _is_most(is_within.sum(), len(pairs)) and _is_most(with_muzyka.sum(), len(across))


def coders_differ_in_three_fields(fields: pd.DataFrame) -> bool:
    """Check that agreement is firm on the theme, and too low in three fields.

    Agreement is firm where its whole 95 % interval is above the bound for firm conclusions, and
    too low where the interval reaches below the bound for tentative ones.
    """
    low = fields.set_index("field")["low"]
    return low["theme"] >= FIRM and set(low.index[low < TENTATIVE]) == {"places", "unit", "also"}


def signals_name_belarus_at_large(places: pd.DataFrame) -> bool:
    """Check that most signals name Belarus, and no points but two.

    The points are Minsk and one airfield, Zyabrovka.
    """
    named = places[places["theme"] == SIGNAL]
    belarus = named.loc[named["place"] == "Belarus", "claims"].explode()
    points = named[named["drawn_as"] == "point"]
    return (
        _is_most(belarus.nunique(), named["claims"].explode().nunique())
        and set(points["place"]) == {"Minsk", "Zyabrovka airfield"}
        and (points["kind"] == "airfield").sum() == 1
    )


def most_events_are_undisputed(claims: pd.DataFrame) -> bool:
    """Check that claims report most events as happening, and none denies them."""
    glyphs = claims["kind"].map(signals.GLYPHS)
    is_reported = (glyphs == "happened").groupby(claims["row"]).any()
    is_denied = (glyphs == "denied").groupby(claims["row"]).any()
    return _is_most((is_reported & ~is_denied).sum(), len(is_reported))


def one_institute_reaches_four_outlets(flows: pd.DataFrame) -> bool:
    """Check that ISW reaches four of five outlets, and that outlets claim most.

    ISW reaches an outlet with claims that come from it or pass through it. More claims must come
    from the outlets themselves than from any other origin.
    """
    reached = flows.loc[flows["through_institution"].astype(bool), "outlet"].nunique()
    by_origin = flows.groupby("origin")["number"].sum()
    others = by_origin.drop(OWN_VOICE)
    return (
        reached == 4
        and flows["outlet"].nunique() == 5
        and bool((by_origin[OWN_VOICE] > others).all())
    )


def isw_always_judges_entry_unlikely(judgements: pd.DataFrame) -> bool:
    """Check that ISW's judgements are below an even chance all the time.

    These are its judgements from June to December; there must be one of June and one of December.
    A judgement without a range has words that are on no scale, and so does not bear the sentence
    out.
    """
    months = judgements["date"].dt.to_period("M")
    chosen = (judgements["name"] == ISW) & months.isin(JUNE_TO_DECEMBER)
    return {min(JUNE_TO_DECEMBER), max(JUNE_TO_DECEMBER)} <= set(months[chosen]) and bool(
        (judgements.loc[chosen, "high"] < EVEN_CHANCE).all()
    )


def signs_of_entry_rest_on_their_namer(signs: pd.DataFrame) -> bool:
    """Check that just the analyst who named them reports most reported signs.

    These are the signs for the entry of Belarusian forces. Where more than one namer is alone with
    a sign, there is no longer *the* analyst.
    """
    is_reported = signs["state"] == "reported"
    reported = signs[is_reported & (signs["sign"] == "For entry of Belarusian forces")]
    is_alone = [
        speakers == [namer]
        for namer, speakers in zip(reported["named_by"], reported["from_the_words_of"], strict=True)
    ]
    namers = set(reported.loc[is_alone, "named_by"])
    return _is_most(sum(is_alone), len(reported)) and namers == {MUZYKA}


def pressure_is_only_inferred(steps: pd.DataFrame) -> bool:
    """Check that three kinds of steps are reported, and pressure itself only inferred.

    Reported are meetings, one treaty and talk of arms; third parties may warn besides. The
    pressure itself is in demands and in the claims without an event: none of those may be of a
    kind that reports what was seen or heard.
    """
    is_pressure = steps["kind"].isin([pressure_steps.INFERRED, ""])
    is_reported = steps["reported_as"].map(lambda kinds: not SEEN_OR_HEARD.isdisjoint(kinds))
    by_parties = steps[~is_pressure & (steps["kind"] != "statement")]
    return (
        set(by_parties["kind"]) == {"meeting", "treaty", "arms"}
        and bool(is_reported[by_parties.index].all())
        and (by_parties["kind"] == "treaty").sum() == 1
        and bool(is_pressure.any())
        and not is_reported[is_pressure].any()
    )


def every_step_has_one_source(steps: pd.DataFrame) -> bool:
    """Check that no step has Insight News as a source, or more than one source."""
    sources = steps.loc[steps["kind"] != "", "sources"]
    return (
        len(sources) > 0
        and bool((sources.map(len) == 1).all())
        and "IN" not in set(steps["sources"].explode())
    )


def help_is_reported_for_every_month(marks: pd.DataFrame) -> bool:
    """Check that help covers every month, troops none, and words December's texts.

    Only bars of known days count as help for a month; those with no end count up to the text that
    says so. Troops must only be denied. Minsk's words must all stand in texts of December.
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


def contrary_evidence_is_against_two(readings: pd.DataFrame) -> bool:
    """Check that most claims against an explanation are against the same two.

    These are “more use outside” and “never asked”; such a claim may be against no other.
    """
    explanations = readings.columns.difference(OTHERS_OF_EXPLANATIONS)
    is_against = readings[explanations] == "inconsistent"
    pair = explanations.isin(["more use outside", "never asked"])
    against_pair = (is_against == pair).all(axis="columns")
    return pair.sum() == 2 and _is_most(against_pair.sum(), is_against.any(axis="columns").sum())


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
    "pressure-steps": Finding(
        "Meetings, a signature and talk of arms are told; "
        "the pressure itself is inferred, asserted or supposed",
        pressure_is_only_inferred,
        "Steps of pressure by kind and day",
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
    "map-signals": Finding(
        "Most military signals name Belarus at large; "
        "in it, only Minsk and one airfield can be set as points",
        signals_name_belarus_at_large,
        "Military signals by place",
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
    "ladder-forces-entry": Finding(
        "From June to December, every judgement of ISW’s collected here "
        "is some shade of unlikely or low",
        isw_always_judges_entry_unlikely,
        "Judgements on the entry of Belarusian forces",
    ),
    "indicators": Finding(
        "Of the signs of entry that are reported, "
        "most are reported by none but the analyst who named them",
        signs_of_entry_rest_on_their_namer,
        "Signs of entry and attack by state",
    ),
    "explanations": Finding(
        "Most of what speaks against an explanation speaks against two: "
        "“more use outside” and “never asked”",
        contrary_evidence_is_against_two,
        "Claims against each explanation",
    ),
    "origins-flow": Finding(
        "One institute reaches four of the five outlets; "
        "the largest origin is the outlets themselves",
        one_institute_reaches_four_outlets,
        "Claims from origin to outlet",
    ),
    "agreement-one-two": Finding(
        "The coders agree on what a claim is about; "
        "they differ over places, units and second themes",
        coders_differ_in_three_fields,
        "Agreement of the two coders by field",
    ),
}
