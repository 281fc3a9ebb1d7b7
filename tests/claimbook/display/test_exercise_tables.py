"""What a class is asked and told comes from the tables."""

from dataclasses import replace

from claimbook.display import tables
from claimbook.figures.matrix_form import blank_matrix


def test_explanations_stand_by_their_titles_in_their_order(corpus):
    titles = corpus.explanations.sort_values("number")["title"]
    listed = tables.explanation_titles(corpus).myst.replace("\\", "")
    assert listed.split("\n") == [f"- {title}" for title in titles]


def test_words_on_cards_stand_by_their_ranges_and_those_without_come_last(corpus):
    lines = tables.ranges_table(
        corpus, ["HP-03", "buoys-laid", "DE-02", "talks-failed"]
    ).myst.splitlines()
    words = [[cell.strip() for cell in line.strip("|").split("|")][:3] for line in lines[2:]]
    assert words == [
        ["3", "*unlikely*", "20 to 45"],
        ["4", "*unlikely*", "20 to 45"],
        ["1", "*likely*", "55 to 80"],
        ["2", "*not enough to judge*", "none: the scale does not have it"],
    ]


def test_a_word_without_a_range_has_no_place_on_the_line(corpus):
    terms = corpus.terms.assign(
        low=corpus.terms["low"].where(corpus.terms.index != ("likely", "none")),
        high=corpus.terms["high"].where(corpus.terms.index != ("likely", "none")),
    )
    changed = replace(corpus, terms=terms)
    *_, last = tables.ranges_table(changed, ["HP-03", "DE-02"]).myst.splitlines()
    assert "none: read as the directive reads it" in last
    assert "*likely*" in last


def test_readings_stand_as_letters_with_their_sums(corpus):
    block = tables.readings_table(corpus, ["buoys-laid", "boats-seen"])
    head, _, buoys, boats, sums = block.myst.splitlines()
    names = [cell.strip() for cell in head.strip("|").split("|")][1:]
    dues = names.index(corpus.explanations.at["dues", "label"])

    def letters(row: str) -> list[str]:
        return [cell.strip() for cell in row.strip("|").split("|")][1:]

    assert (letters(buoys)[dues], letters(boats)[dues]) == ("V", "S")
    assert (letters(buoys)[1 - dues], letters(boats)[1 - dues]) == ("S", "")
    assert (letters(sums)[dues], letters(sums)[1 - dues]) == ("**3**", "**1**")
    assert not block.title


def test_what_surprises_has_what_each_explanation_would_lead_one_to_expect(corpus):
    block = tables.expectations_table(corpus, ["buoys-laid", "boats-seen"])
    _, _, *rows = block.myst.splitlines()
    assert len(rows) == 2
    labels = corpus.explanations["label"]
    reasons = corpus.weighing["why"]
    for row, name in zip(rows, ["buoys-laid", "boats-seen"], strict=True):
        for key, surprise in corpus.weighing["surprise"].loc[name].items():
            told = f"*{labels[key]}*: {reasons[(name, key)]}"
            assert (told in row) == (surprise != "not")


def test_evidence_to_weigh_is_numbered_and_cites_its_claims(corpus):
    block = tables.evidence_to_weigh(corpus, ["buoys-laid", "boats-seen"])
    buoys, boats = block.myst.replace("\\", "").splitlines()
    statement = corpus.propositions.at["buoys-laid", "statement"]
    assert buoys == f"1. {statement} {{claim}}`HP-02`"
    assert boats.startswith("2. ")
    assert boats.endswith("{claim}`DE-04`")
    assert block.plain.splitlines()[0].endswith("[HP-02]")


def test_a_form_of_chosen_propositions_has_them_in_order_and_stands_alone(corpus):
    form = blank_matrix(corpus, "A form", only=["buoys-laid", "boats-seen"], name="class-form")
    assert form.name == "class-form"
    assert [row[0] for row in form.data["claims"]] == ["HP-02", "DE-04"]
    assert form.alone
    assert not blank_matrix(corpus, "A form").alone


def test_words_with_the_same_lower_end_stand_by_their_upper_end(corpus):
    terms = corpus.terms.copy()
    terms.loc[("likely", "none"), ["low", "high"]] = [20, 30]
    block = tables.ranges_table(replace(corpus, terms=terms), ["DE-02", "HP-03"])
    ranges = [line.split("|")[3].strip() for line in block.myst.splitlines()[2:]]
    assert ranges == ["20 to 30", "20 to 45"]


def test_a_word_passed_on_is_read_on_the_scale_of_its_origin(corpus):
    terms = corpus.terms.copy()
    terms.loc[("unlikely", "none"), :] = [1, 2, "Read by nobody"]
    *_, row = tables.ranges_table(replace(corpus, terms=terms), ["CW-02"]).myst.splitlines()
    assert row.split("|")[3].strip() == "20 to 45"


def test_words_stand_by_the_lower_end_of_their_ranges_before_the_upper_one(corpus):
    terms = corpus.terms.copy()
    terms.loc[("likely", "none"), ["low", "high"]] = [10, 80]
    block = tables.ranges_table(replace(corpus, terms=terms), ["DE-02", "HP-03"])
    ranges = [line.split("|")[3].strip() for line in block.myst.splitlines()[2:]]
    assert ranges == ["10 to 80", "20 to 45"]


def test_words_with_the_same_range_stand_in_the_order_of_their_cards(corpus):
    terms = corpus.terms.copy()
    terms.loc[("likely", "none"), :] = [20, 45, "A reason that comes first in the alphabet"]
    block = tables.ranges_table(replace(corpus, terms=terms), ["DE-02", "HP-03"])
    assert [line.split("|")[1].strip() for line in block.myst.splitlines()[2:]] == ["1", "2"]
