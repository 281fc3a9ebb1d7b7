"""A figure bears a finding as its title only while its data bear the finding out."""

import re
from collections.abc import Callable

import pandas as pd
import pytest
from claimbook.paths import project
from shortofwar.findings import FINDINGS
from support.report_figures import FIGURES, without_insight_news

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def data_of(corpus) -> Callable[[str], pd.DataFrame]:
    """The data of each figure, made once."""
    made: dict[str, pd.DataFrame] = {}

    def data(name: str) -> pd.DataFrame:
        if name not in made:
            made[name] = FIGURES[name](corpus, FINDINGS[name]).data
        return made[name].copy(deep=True)

    return data


def put(column: str, value: object, where: Callable[[pd.DataFrame], pd.Series]) -> Change:
    """A change that puts a value into a column of some rows."""

    def change(data: pd.DataFrame) -> pd.DataFrame:
        data[column] = data[column].astype(object)
        for index in data.index[where(data)]:
            data.at[index, column] = value
        return data

    return change


def keep(where: Callable[[pd.DataFrame], pd.Series]) -> Change:
    """A change that leaves only some rows."""
    return lambda data: data[where(data)]


def every(data: pd.DataFrame) -> pd.Series:
    """All rows."""
    return pd.Series(True, index=data.index)


def cited(claim: str) -> Callable[[pd.DataFrame], pd.Series]:
    """The rows behind which a claim stands."""
    return lambda data: data["claims"].map(lambda claims: claim in claims)


def equals(column: str, value: object) -> Callable[[pd.DataFrame], pd.Series]:
    """The rows with a value in a column."""
    return lambda data: data[column] == value


def differs(column: str, value: object) -> Callable[[pd.DataFrame], pd.Series]:
    """The rows without a value in a column."""
    return lambda data: data[column] != value


JULY, NOVEMBER, DECEMBER = (pd.Timestamp(f"2022-{month}-01") for month in ("07", "11", "12"))


def moved(column: str, old: str, new: pd.Timestamp) -> Change:
    """A change of one day into another in a column of lists of days."""

    def change(data: pd.DataFrame) -> pd.DataFrame:
        days = data[column].map(
            lambda days: [new if day == pd.Timestamp(old) else day for day in days]
        )
        return data.assign(**{column: days})

    return change


# For each finding, changes of which each makes one part of its sentence false.
CHANGES: dict[str, dict[str, Change]] = {
    "half-year": {
        "a second report before December": moved("published", "2022-12-07", NOVEMBER),
        "another report of December": moved("published", "2022-07-12", DECEMBER),
        "a sixth report": lambda data: data.assign(
            sources=[[*data["sources"][0], "XX"], *data["sources"][1:]]
        ),
        "four reports in all": lambda data: data[~cited("NW-12")(data)].assign(
            sources=lambda rows: rows["sources"].map(lambda codes: [c for c in codes if c != "NW"]),
        ),
        "events that begin early": put("earliest", JULY, lambda data: data["theme"] != "pressure"),
        "an event of the war at large": put("theme", "context", cited("NW-12")),
    },
    "coverage": {
        "another theme leads in Polskie Radio": put(
            "number", 19, lambda data: (data["code"] == "PR") & (data["theme"] == "pressure")
        ),
        "another theme is as large": put(
            "number", 18, lambda data: (data["code"] == "RW") & (data["theme"] == "outlook")
        ),
        "context leads in a third source": put(
            "number", 40, lambda data: (data["code"] == "NW") & (data["theme"] == "context")
        ),
        "no other source": keep(lambda data: data["code"].isin(["PR", "RW"])),
    },
    "pressure-without-insight-news": {
        "a step with two sources": put("sources", ["NW", "UA"], cited("NW-12")),
        "a step of Insight News": put("sources", ["IN"], cited("NW-12")),
        "claims of Insight News without an event": put("sources", ["IN"], cited("RW-03")),
        "no step": keep(equals("kind", "")),
    },
    "explanations": {
        "nothing against one by which nobody wanted it": put("never asked", "not", every),
        "most against one by which Moscow wanted it": put("unable", "very", every),
        "no proposition that tells": put("tells", 0, every),
        "no explanation of that name": lambda data: data.rename(
            columns={"never asked": "not asked"}
        ),
    },
    "origins-flow": {
        "the institute reaches all outlets": put("through_institution", True, every),
        "it reaches three": put("through_institution", False, equals("outlet", "RW")),
        "a sixth outlet": put("outlet", "XX", cited("IN-54")),
        "one outlet fewer": keep(differs("outlet", "IN")),
        "a larger origin": put("origin", "Institute for the Study of War", cited("IN-01")),
    },
    "relays": {
        "the radio keeps half": put("outcome", "changed", cited("PR-03")),
        "the radio keeps all": put("outcome", "whole", equals("code", "PR")),
        "the agency keeps one more": put("outcome", "whole", cited("UA-20")),
        "the agency changes all": put("outcome", "changed", equals("code", "UA")),
    },
    "agreement-one-two": {
        "no agreement on the theme": put("low", 0.7, equals("field", "theme")),
        "a fourth field": put("low", 0.5, equals("field", "kind")),
        "agreement on places": put("low", 0.8, equals("field", "places")),
    },
}


@pytest.mark.parametrize("name", FINDINGS)
def test_the_data_of_the_report_bear_out_every_title(corpus, name):
    figure = FIGURES[name](corpus, FINDINGS[name])
    assert figure.name == name
    assert FINDINGS[name].holds(figure.data)
    assert (figure.heading, figure.failed_finding) == (FINDINGS[name].sentence, "")


@pytest.mark.parametrize(
    ("name", "part"), [(name, part) for name in CHANGES for part in CHANGES[name]]
)
def test_a_title_is_false_where_one_part_of_it_is(data_of, name, part):
    changed = CHANGES[name][part](data_of(name))
    assert not FINDINGS[name].holds(changed)


def test_every_finding_is_tested_against_changes():
    assert CHANGES.keys() == FINDINGS.keys()
    assert FINDINGS.keys() <= FIGURES.keys()


@pytest.mark.parametrize("name", FINDINGS)
def test_no_title_is_borne_out_by_no_data(data_of, name):
    assert not FINDINGS[name].is_borne_out(data_of(name).iloc[:0])


def test_a_figure_of_another_corpus_takes_its_neutral_title(corpus):
    finding = FINDINGS["half-year"]
    figure = FIGURES["half-year"](without_insight_news(corpus), finding)
    assert figure.heading == finding.neutral
    assert figure.failed_finding == finding.sentence


def test_sentences_differ_and_end_without_a_full_stop():
    sentences = [finding.sentence for finding in FINDINGS.values()]
    assert len(set(sentences)) == len(sentences)
    for finding in FINDINGS.values():
        for title in (finding.sentence, finding.neutral):
            assert re.match(r"[A-Z].*[^.]$", title)


def test_every_finding_is_the_title_of_a_figure_on_a_page():
    pages = [project().root / "index.md", *(project().root / "chapters").glob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    for name in FINDINGS:
        assert f'"{name}"' in text
