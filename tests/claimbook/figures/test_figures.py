"""Every figure tells the truth of its data: in its marks, its alternate text and its table."""

import dataclasses
import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from claimbook.analysis import metrics
from claimbook.corpus.model import Corpus
from claimbook.figures import (
    agreement_plot,
    beeswarm,
    coverage_matrix,
    event_lanes,
    hypotheses_matrix,
    indicator_board,
    likelihood_ranges,
    opposed_pairs,
    sankey,
    style,
    symbol_map,
)
from shortofwar.figures import monthly_bars, pressure_steps, signals
from claimbook.figures.figure import Figure
from claimbook.settings import settings


def fewer_claims(corpus: Corpus, figure: Figure) -> Corpus:
    """The corpus as it were had half of the claims behind a figure not been made."""
    return dataclasses.replace(
        corpus, claims=corpus.claims.drop(index=figure.claims[: len(figure.claims) // 2])
    )


def fewer_rows(table: str):
    """A change that leaves only every second row of a table, from the second on."""
    return lambda corpus, figure: dataclasses.replace(
        corpus, **{table: getattr(corpus, table).iloc[1::2]}
    )


def fewer_coded(corpus: Corpus, figure: Figure) -> Corpus:
    """The corpus with half of the second pass."""
    one, two = (corpus.passes.loc[[coder]] for coder in ("one", "two"))
    return dataclasses.replace(corpus, passes=pd.concat([one, two.iloc[::2]]))


FIGURES = {  # how each is drawn, and a change of the corpus that it must show
    "half-year": (event_lanes.events_by_theme, fewer_claims),
    "pressure-steps": (pressure_steps.pressure, fewer_claims),
    "words-and-substitutes": (monthly_bars.words_and_substitutes, fewer_claims),
    "claim-and-counter-claim": (opposed_pairs.opposed_claims, fewer_claims),
    "observed-and-denied": (signals.observed_and_denied, fewer_claims),
    "feint-or-real": (signals.feint_or_real, fewer_claims),
    "claims-by-day": (beeswarm.claims_by_day, fewer_claims),
    "coverage": (coverage_matrix.claims_by_theme, fewer_claims),
    "origins-flow": (sankey.origins_to_outlets, fewer_claims),
    "map-signals": (symbol_map.places_of_theme, fewer_claims),
    "explanations": (hypotheses_matrix.evidence_by_explanation, fewer_claims),
    "indicators": (indicator_board.indicators_by_state, fewer_rows("indicators")),
    "ladder-forces-entry": (
        lambda corpus, title: likelihood_ranges.judgements_on(
            corpus, "entry of Belarusian forces", title, until="2022-12-20"
        ),
        fewer_rows("outlook_record"),
    ),
    "ladder-belarus-russian": (
        lambda corpus, title: likelihood_ranges.judgements_on(
            corpus, "Russian attack from Belarus", title
        ),
        fewer_rows("outlook_record"),
    ),
    "agreement-one-two": (
        lambda corpus, title: agreement_plot.agreement_by_field(corpus, "one", "two", title),
        fewer_coded,
    ),
}


@pytest.fixture(scope="module", params=FIGURES)
def figure(request, corpus) -> Figure:
    drawn = FIGURES[request.param][0](corpus, "A finding")
    assert drawn.name == request.param
    return drawn


def test_both_forms_are_well_formed_drawings_with_live_text(figure):
    for svg in (figure.wide, figure.narrow):
        drawn = ElementTree.fromstring(svg)
        texts = [
            text
            for node in drawn.iter("{http://www.w3.org/2000/svg}text")
            for text in node.itertext()
        ]
        assert len(texts) > 5
        assert drawn.get("width") is None


def test_ids_differ_between_forms_so_that_both_can_stand_in_one_page(figure):
    wide, narrow = (set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (figure.wide, figure.narrow))
    assert not wide & narrow
    for svg in (figure.wide, figure.narrow):
        assert set(re.findall(r"(?:href=\"|url\()#([\w-]+)", svg)) <= set(
            re.findall(r'\bid="([^"]+)"', svg)
        )


def test_every_colour_of_a_figure_is_a_colour_of_the_house(figure):
    drawn = set(
        re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", style.with_plain_colours(figure.wide))
    )
    assert drawn <= {value.light for value in style.COLOURS.values()}


def test_marks_lead_to_claims_that_exist(figure, corpus):
    linked = set(re.findall(r'href="claim:([^"]+)"', figure.wide))
    assert bool(linked) == bool(figure.claims)
    assert linked <= set(corpus.claims.index)
    assert set(figure.claims) <= set(corpus.claims.index)


def test_alternate_text_changes_with_the_data(figure, corpus):
    draw, change = FIGURES[figure.name]
    fewer = draw(change(corpus, figure), "A finding")
    assert len(figure.alt) > 80
    assert fewer.alt != figure.alt
    assert not fewer.data.equals(figure.data)


def test_the_table_gives_days_without_hours(figure, corpus):
    cells = figure.table().to_numpy().ravel()
    assert not [cell for cell in cells if re.search(r"\d\d:\d\d:\d\d", cell)]


def test_the_same_figure_is_drawn_each_time(figure, corpus):
    assert FIGURES[figure.name][0](corpus, "A finding").wide == figure.wide


def test_pressure_counts_the_steps_of_december(corpus):
    drawn = pressure_steps.pressure(corpus, "A finding")
    december = [row for row in drawn.data.itertuples() if "December 2022" in row.happened]
    assert f"{len(december)} fall in December 2022" in drawn.alt
    assert {"IN-02", "RW-08"} <= set(
        next(row.claims for row in december if row.title.startswith("Shoigu comes"))
    )


def test_pressure_names_who_moved_and_who_reports_it(corpus):
    drawn = pressure_steps.pressure(corpus, "A finding")
    words = re.findall(r">([^<>]+)</text>", drawn.wide)
    assert {"Moscow", "Moscow, Minsk", "IN RW", "Told: dependence", "Told: treaties"} & set(
        words
    ) == {"Moscow", "Moscow, Minsk", "IN RW", "Told: treaties"}
    pressure = corpus.claims[corpus.claims["theme"] == "pressure"]
    assert set(pressure.index) - set(drawn.claims) == {"RW-05"}  # of 2020: before the figure begins


def test_words_and_substitutes_counts_claims_by_the_month_in_which_they_were_said(corpus):
    drawn = monthly_bars.words_and_substitutes(corpus, "A finding")
    threat = drawn.data[drawn.data["row"] == "Speaks of a threat"]
    said = corpus.full_claims().loc[
        [claim for claims in threat["claims"] for claim in claims], "said"
    ]
    assert set(threat["first"]) == {f"{when.month_name()} 2022" for when in said}
    assert {"PR-04", "RW-11"} <= set(said.index)
    kept = drawn.data[drawn.data["row"] == "Troops sent into Ukraine"]
    assert dict(zip(kept["first"], kept["claims"], strict=True)) == {
        "July 2022": ["NW-05"],
        "December 2022": ["RW-06"],
    }


def test_what_belarus_gave_is_one_bar_for_each_source_and_its_days(corpus):
    drawn = monthly_bars.words_and_substitutes(corpus, "A finding")
    given = drawn.data[drawn.data["part"] == "What Belarus gave"]
    claims = [claim for claims in given["claims"] for claim in claims]
    assert len(claims) == len(set(claims))
    of = {claim: row for row in given.itertuples() for claim in row.claims}
    assert (of["IN-61"].first, of["IN-61"].last) == ("1 October 2022", "31 October 2022")
    assert (of["IN-24"].first, of["IN-24"].last, of["IN-24"].how) == (
        "24 February 2022",
        "",
        "from this day on",
    )
    assert (
        of["NW-07"].how == "some time in these days"
    )  # though another text has the strikes since the invasion


def test_military_events_stand_only_on_days_that_a_text_gives_or_bounds_within_a_month(corpus):
    drawn = signals.observed_and_denied(corpus, "A finding")
    of = {claim: row.when for row in drawn.data.itertuples() for claim in row.claims}
    assert of["RW-04"] == "24 February 2022"
    assert of["UA-16"] == "13 December 2022"
    assert of["IN-61"] == "1 to 31 October 2022"
    assert of["IN-12"] == "between 3 and 12 December 2022"
    assert of["PR-12"] == "between 30 November and 2 December 2022"
    assert of["NW-07"] == of["IN-45"] == "no day given"


def test_talk_stands_on_the_day_that_its_text_gives_it_or_on_none(corpus):
    drawn = signals.feint_or_real(corpus, "A finding")
    of = {claim: row.when for row in drawn.data.itertuples() for claim in row.claims}
    assert of["IN-34"] == "22 November 2022"
    assert (
        of["PR-05"] == "between 30 November and 1 December 2022"
    )  # no day stands in the text, but it is told with others of these days
    assert (
        of["IN-33"] == of["RW-28"] == "no day given"
    )  # the answer to a warning has not the day of the warning


def test_a_board_of_signs_says_who_names_and_who_reports_each(corpus):
    drawn = indicator_board.indicators_by_state(corpus, "A finding")
    states = corpus.indicators["status"].value_counts()
    assert drawn.data["state"].value_counts().to_dict() == {
        "reported": states["seen"],
        "reported missing": states["not seen"],
        "not known": states["not known"],
    }
    behind = drawn.data.set_index("indicator")
    alone = [
        sign
        for sign in behind.index
        if behind.at[sign, "from_the_words_of"] == [behind.at[sign, "named_by"]]
    ]
    assert "A decision to enter" in alone
    assert drawn.wide.count(">the same<") == len(alone)
    assert "spoken of by the same" in drawn.narrow
    assert not re.search(r"\d (Dec|Nov)", drawn.wide)


def test_a_ladder_ends_on_the_day_asked_for_and_names_what_has_no_range(corpus):
    event = "entry of Belarusian forces"
    whole, cut = (
        likelihood_ranges.judgements_on(corpus, event, "A finding", until=until)
        for until in (None, "2022-12-20")
    )
    assert whole.data["date"].max() > pd.Timestamp("2022-12-20") >= cut.data["date"].max()
    for row in cut.data.itertuples():
        assert ("per cent" if pd.notna(row.low) else row.wording) in cut.subtitle
        assert (row.wording in cut.wide) == pd.notna(row.low)


def test_explanations_show_what_tells_between_them_and_keep_the_rest_in_the_table(corpus):
    drawn = hypotheses_matrix.evidence_by_explanation(corpus, "A finding")
    readings = corpus.weighing[["reading", "first", "second"]]
    telling = set(
        readings.index[(readings == "inconsistent").any(axis="columns")].get_level_values(
            "claim_id"
        )
    )
    shown = set(
        re.findall(r"\(([A-Z]{2}-\d+)", " ".join(re.findall(r">([^<>]+)</text>", drawn.wide)))
    )
    assert shown == telling
    assert set(drawn.claims) == set(readings.index.get_level_values("claim_id"))
    for reader in ("first", "second"):
        otherwise = {
            row.claims[0]: getattr(row, f"{reader}_reader") for row in drawn.data.itertuples()
        }
        assert {claim for claim, said in otherwise.items() if said != "the same"} == {
            claim for (claim, _), row in readings.iterrows() if row["reading"] != row[reader]
        }
    assert (
        drawn.data.set_index(drawn.data["claims"].str[0]).at["RW-25", "first_reader"]
        == "more use outside: silent; never asked: consistent"
    )


def test_the_flow_and_the_prose_count_the_same_claims(corpus):
    drawn, told = sankey.origins_to_outlets(corpus, "A finding"), metrics.corpus_counts(corpus)
    numbers = drawn.data.groupby("origin")["number"].sum()
    assert told["own_voice"].text == str(numbers["The outlet itself"])
    assert told["isw"].text == str(numbers["Institute for the Study of War"])
    assert told["argued"].text == str(numbers.sum())
    assert told["isw_chain"].text == str(drawn.data.loc[drawn.data["through_isw"], "number"].sum())


def test_every_pair_put_against_one_another_is_drawn_context_left_out(corpus):
    drawn = opposed_pairs.opposed_claims(corpus, "A finding")
    opposed = corpus.relations[
        corpus.relations.index.get_level_values("relation").isin(["contradicts", "disputes"])
    ].reset_index()
    argued = corpus.claims.index[corpus.claims["theme"] != "context"]
    expected = opposed[opposed["claim_a"].isin(argued) & opposed["claim_b"].isin(argued)]
    assert {tuple(claims) for claims in drawn.data["claims"]} == set(
        zip(expected["claim_b"], expected["claim_a"], strict=True)
    )


def test_a_pair_has_no_day_where_its_text_gives_none(corpus):
    drawn = opposed_pairs.opposed_claims(corpus, "A finding")
    for row in drawn.data.itertuples():
        for claim, told in zip(row.claims, (row.said, row.answered), strict=True):
            assert told.startswith("not given") == pd.isna(corpus.claims.at[claim, "stated_on"])
    assert "Khrenin (PR) × Muzyka (RW)" in drawn.wide


def test_coverage_counts_every_claim_once(corpus):
    drawn = coverage_matrix.claims_by_theme(corpus, "A finding")
    assert drawn.data["number"].sum() == len(corpus.claims)
    newsweek = drawn.data[drawn.data["code"] == "NW"]
    assert "information-operation" not in set(newsweek["theme"])
    assert "information operations in NW" in drawn.alt


def test_text_keeps_its_contrast_in_light_and_in_dark():
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((luminance(one), luminance(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for name in ("ink", "muted", *settings().theme):
        for mode in ("light", "dark"):
            for ground in ("paper", "band", "home"):
                colours = getattr(style.COLOURS[name], mode), getattr(style.COLOURS[ground], mode)
                assert contrast(*colours) >= 4.5, (name, mode, ground)


def test_a_slide_bears_title_source_and_licence(figure):
    svg, png = figure.slide()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 1920
    text = " ".join(
        "".join(node.itertext())
        for node in ElementTree.fromstring(svg).iter()
        if node.tag.endswith("text")
    )
    for words in ("A finding", figure.source_line, "CC BY 4.0"):
        assert words in text


def test_a_part_of_the_corpus_can_be_drawn_with_what_it_lacks_in_grey(corpus):
    part = dataclasses.replace(
        corpus, claims=corpus.claims[corpus.claims["source_id"] != "insight-news-2022-12"]
    )
    alone, beside = (
        pressure_steps.pressure(part, "A finding"),
        pressure_steps.pressure(part, "A finding", of=corpus),
    )
    assert (
        "(IN) RW" in beside.wide
        and "Putin and Lukashenko speak" in beside.wide
        and "Putin and Lukashenko speak" not in alone.wide
    )
    assert re.findall(r"claim:([A-Z]{2}-\d+)", beside.wide) == re.findall(
        r"claim:([A-Z]{2}-\d+)", alone.wide
    )  # a ghost leads nowhere
    assert beside.data.equals(alone.data)
