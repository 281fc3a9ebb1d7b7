"""Every figure tells the truth of its data: in its marks, its alternate text and its table."""

import dataclasses
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from claimbook import house_style
from claimbook.analysis import metrics
from claimbook.corpus.model import Corpus
from claimbook.figures import (
    beeswarm,
    coverage_matrix,
    event_lanes,
    hypotheses_matrix,
    likelihood_ranges,
    opposed_pairs,
    sankey,
)
from claimbook.figures.figure import Figure
from claimbook.language.words import number_in_words
from claimbook.settings import settings
from support.engine_figures import FIGURES, FORECAST, TITLE

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)


def with_rows(corpus: Corpus, table: str, index: object, **cells: object) -> Corpus:
    """The corpus with some cells of a row changed."""
    rows = getattr(corpus, table).copy()
    for column, value in cells.items():
        rows.at[index, column] = value
    return dataclasses.replace(corpus, **{table: rows})


def fewer_claims(corpus: Corpus, figure: Figure) -> Corpus:
    """The corpus as it were had half of the claims behind a figure not been made."""
    half = figure.claims[: (len(figure.claims) + 1) // 2]
    return dataclasses.replace(corpus, claims=corpus.claims.drop(index=half))


def fewer_rows(table: str):
    """A change that leaves only every second row of a table, from the second on."""
    return lambda corpus, figure: dataclasses.replace(
        corpus, **{table: getattr(corpus, table).iloc[1::2]}
    )


def fewer_coded(corpus: Corpus, figure: Figure) -> Corpus:
    """The corpus with half of the second pass."""
    one, two = (corpus.passes.loc[[coder]] for coder in ("one", "two"))
    return dataclasses.replace(corpus, passes=pd.concat([one, two.iloc[::2]]))


# changes of the corpus that a figure must show; for the others, half of its claims gone
CHANGES = {
    "explanations": fewer_rows("propositions"),
    "explanations-form": fewer_rows("propositions"),
    "attention": fewer_rows("passages"),
    "ladder-closing": fewer_rows("outlook_record"),
    "agreement-one-two": fewer_coded,
}


@pytest.fixture(scope="module", params=FIGURES)
def figure(request, corpus) -> Figure:
    made = FIGURES[request.param](corpus, TITLE)
    assert made.name == request.param
    return made


def test_both_forms_are_well_formed_drawings_with_live_text(figure):
    for svg in (figure.wide, figure.narrow):
        root = ElementTree.fromstring(svg)
        texts = [text for node in root.iter(f"{SVG}text") for text in node.itertext()]
        assert len(texts) > 4
        assert root.get("width") is None


def test_ids_differ_between_forms_so_that_both_can_stand_in_one_page(figure):
    wide, narrow = (set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (figure.wide, figure.narrow))
    assert not wide & narrow
    for svg, ids in ((figure.wide, wide), (figure.narrow, narrow)):
        assert set(re.findall(r"(?:href=\"|url\()#([\w-]+)", svg)) <= ids


def test_every_colour_of_a_figure_is_a_colour_of_the_house(figure):
    svg = figure.plain
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg))
    assert used
    assert used <= {value.light for value in house_style.colours().values()}


def test_marks_lead_to_claims_that_exist(figure, corpus):
    linked = set(re.findall(r'href="claim:([^"]+)"', figure.wide))
    assert bool(linked) == bool(figure.claims)
    assert linked <= set(figure.claims) <= set(corpus.claims.index)


def test_alternate_text_and_data_change_with_the_corpus(figure, corpus):
    change = CHANGES.get(figure.name, fewer_claims)
    fewer = FIGURES[figure.name](change(corpus, figure), TITLE)
    assert len(figure.alt) > 80
    assert fewer.alt != figure.alt
    assert not fewer.data.equals(figure.data)


def test_the_table_gives_days_without_hours(figure):
    cells = figure.table().to_numpy().ravel()
    assert not [cell for cell in cells if re.search(r"\d\d:\d\d:\d\d", cell)]


def test_the_same_figure_is_drawn_each_time(figure, corpus):
    assert FIGURES[figure.name](corpus, TITLE).wide == figure.wide


def test_a_slide_is_16_by_9_and_bears_title_source_and_licence(figure):
    made = figure.slide()
    if made is None:
        assert figure.draw_slide is None  # the picture alone would be illegible
        return
    svg, png = made
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)] == [1920, 1080]
    for picture in (svg, figure.picture()):
        root = ElementTree.fromstring(picture)
        text = " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
        for line in (TITLE, figure.source_line, "CC BY 4.0", settings().report.authors):
            assert line in text


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

    colours = house_style.colours()
    for name in ("ink", "muted", "accent", "link", "positive", "negative"):
        for mode in ("light", "dark"):
            for ground in ("paper", "band", "home"):
                pair = getattr(colours[name], mode), getattr(colours[ground], mode)
                assert contrast(*pair) >= 4.5, (name, mode, ground)


def test_events_stand_in_the_lane_of_their_theme_and_the_background_is_only_counted(corpus):
    figure = event_lanes.events_by_theme(corpus, TITLE)
    assert dict(zip(figure.data["title"], figure.data["theme"], strict=True)) == {
        "Two patrol boats anchor off Cape Vell": "closure",
        "Talks on harbour dues begin in Havn": "talks",
        "Buoys are said to be laid across the Northern Channel": "closure",
        "The talks are said to be broken off": "talks",
    }
    assert "Left out: 1 event of the years before." in figure.subtitle
    assert {"Patrol boats", "Talks in Havn", "Buoys", "Harbour Post"} <= set(words(figure.wide))
    assert "Closure of 1987" not in figure.wide


def test_what_lies_before_the_axis_and_sources_without_room_are_counted(corpus, monkeypatch):
    old = {name: pd.Timestamp("2031-05-01") for name in ("start", "end", "earliest", "latest")}
    changed = with_rows(corpus, "events", "barrier", **old)
    changed = with_rows(changed, "claims", "HP-02", stated_on=pd.Timestamp("2031-05-02"))
    monkeypatch.setattr(event_lanes, "MAX_SOURCES", 1)
    subtitle = event_lanes.events_by_theme(changed, TITLE).subtitle
    assert "1 event before 26 May 2031" in subtitle
    assert "what was said on 1 earlier day" in subtitle
    assert "and the last 2 of 3 sources." in subtitle


def test_an_event_open_for_more_than_a_month_is_left_out_and_counted(corpus):
    days = {"earliest": pd.Timestamp("2031-06-01"), "latest": pd.Timestamp("2031-08-01")}
    changed = with_rows(
        corpus, "events", "barrier", precision="vague", start=pd.NaT, end=pd.NaT, **days
    )
    figure = event_lanes.events_by_theme(changed, TITLE)
    assert "HP-02" not in figure.claims
    assert "and 1 that can lie anywhere in more than a month." in figure.subtitle


def test_claims_stand_on_the_day_it_happened_else_said_else_published(corpus):
    figure = beeswarm.claims_by_day(corpus)
    rows = {row.claims[0]: row for row in figure.data.itertuples()}
    assert (rows["DE-04"].rests, str(rows["DE-04"].day.date())) == ("happened", "2031-06-02")
    assert (rows["DE-02"].rests, str(rows["DE-02"].day.date())) == ("published", "2031-06-14")
    assert set(rows) == set(corpus.claims.index)
    hollow = sum(row.rests != "happened" for row in rows.values())
    assert figure.heading.startswith(f"Of {len(rows) - 1} claims {hollow} stand")  # one is of 1987
    assert "In the data alone: 1 claim with days before 26 May 2031." in figure.subtitle


def test_coverage_counts_every_claim_once(corpus):
    figure = coverage_matrix.claims_by_theme(corpus, TITLE)
    assert figure.data["number"].sum() == len(corpus.claims)
    cell = figure.data.set_index(["code", "theme"]).loc[("HP", "talks")]
    assert cell["claims"] == ["HP-01"]
    assert cell["per_hundred_words"] == round(
        100 / corpus.sources.loc["harbour-post-2031-08", "words"], 2
    )
    assert "talks in CW" in figure.alt


def test_the_flow_and_the_prose_count_the_same_claims(corpus):
    figure, counts = sankey.origins_to_outlets(corpus, TITLE), metrics.corpus_counts(corpus)
    numbers = figure.data.groupby("origin")["number"].sum()
    through = figure.data["through_institution"].astype(bool)
    expected = {
        "own_voice": numbers["The outlet itself"],
        "institution": numbers["Institute for Sea Studies"],
        "argued": numbers.sum(),
        "institution_chain": figure.data.loc[through, "number"].sum(),
    }
    assert {name: counts[name].text for name in expected} == {
        name: number_in_words(number) for name, number in expected.items()
    }


def test_a_claim_passed_on_by_the_institution_is_highlighted(corpus):
    chain = ["harbour-post", "iss", "pilots"]
    passed_on = sankey.origins_to_outlets(with_rows(corpus, "claims", "HP-03", chain=chain), TITLE)
    row = next(row for row in passed_on.data.itertuples() if row.claims == ["HP-03"])
    assert row.through_institution
    assert row.origin == "Pilots not named"
    assert "Set off: the 4 that come from ISS (3) or pass through it (1)." in passed_on.subtitle


def test_every_pair_put_against_one_another_is_drawn_and_the_background_left_out(corpus):
    figure = opposed_pairs.opposed_claims(corpus, TITLE)
    assert figure.data["claims"].to_list() == [["HP-02", "CW-01"]]
    assert "Harbour Post (HP) × Havn (CW)" in figure.wide
    changed = opposed_pairs.opposed_claims(
        with_rows(corpus, "claims", "HP-02", theme="background"), TITLE
    )
    assert changed.data.empty
    assert "No data" in changed.wide


def test_a_pair_has_no_day_where_its_text_gives_none(corpus):
    (row,) = opposed_pairs.opposed_claims(corpus, TITLE).data.itertuples()
    assert (str(row.said), str(row.answered)) == (
        "not given; article of 20 August 2031",
        "1 September 2031",
    )


def test_a_ladder_ends_on_the_as_of_day_and_names_what_has_no_range(corpus):
    rows = corpus.outlook_record.reset_index()
    of_event = rows.index[rows["event"] == FORECAST]
    rows.loc[of_event[0], "date"] = settings().as_of + pd.Timedelta(1, "D")
    record = rows.set_index(corpus.outlook_record.index.names)
    longer = dataclasses.replace(corpus, outlook_record=record)
    whole, cut = (
        likelihood_ranges.judgements_on(longer, FORECAST, TITLE, later=later)
        for later in (True, False)
    )
    assert whole.data["date"].max() > settings().as_of >= cut.data["date"].max()
    whole = likelihood_ranges.judgements_on(corpus, FORECAST, TITLE)
    is_unlikely = whole.data["wording"] == "unlikely"
    assert whole.data.loc[is_unlikely, "claims"].to_list() == [["DE-02"], ["CW-02"]]
    terms = corpus.terms.copy()
    terms.loc[("very unlikely", "none"), ["low", "high"]] = pd.NA
    terms.loc[("very unlikely", "icd-203"), ["low", "high"]] = pd.NA
    vague = likelihood_ranges.judgements_on(
        dataclasses.replace(corpus, terms=terms), FORECAST, TITLE
    )
    assert "as their words give no range: “very unlikely” (ISS, 1 April 2031)" in vague.subtitle
    assert "“very unlikely”" in whole.wide
    assert "“very unlikely”" not in vague.wide


def test_explanations_show_what_tells_between_them_and_leave_the_others_in_the_table(corpus):
    figure = hypotheses_matrix.evidence_by_explanation(corpus, TITLE)
    shown = " ".join(words(figure.wide))
    assert "The navy lays buoys" in shown
    assert "Institute and harbour master" not in shown
    assert set(figure.claims) == {"CW-01", "CW-02", "DE-02", "DE-03", "DE-04", "HP-02"}
    assert figure.data["tells"].to_list() == [1, 0, 1, 0]
    assert figure.data["first_reader"].to_list() == [1, 2, 1, 2]
    assert "“bluff” 1 (0 very surprising) and “dues” 3 (1 very surprising)" in figure.alt


def test_the_subtitle_of_explanations_begins_with_the_question(corpus):
    asked = hypotheses_matrix.evidence_by_explanation(corpus, TITLE, question="Why it stayed open")
    unasked = hypotheses_matrix.evidence_by_explanation(corpus, TITLE)
    assert asked.subtitle.startswith("Why it stayed open: what was seen or said")
    assert unasked.subtitle.startswith("What was seen or said")
