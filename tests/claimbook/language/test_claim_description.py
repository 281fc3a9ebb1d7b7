"""A claim in the ledger, on its card and in its note says what the corpus holds."""

import dataclasses

import pandas as pd
import pytest
from claimbook.language.claim_description import (
    ClaimDescription,
    attribute_claim,
    describe_chain,
    describe_claim,
    describe_publication,
    describe_quantity,
    describe_rating,
    describe_seen,
    describe_weight,
    describe_when_said,
)


@pytest.fixture
def describe(corpus):
    claims = corpus.full_claims()

    def describe(claim_id: str) -> ClaimDescription:
        return describe_claim(corpus, claims.loc[claim_id])

    return describe


def test_the_ledger_says_all_that_the_tables_hold_on_a_claim(describe):
    assert [sentence.text for sentence in describe("DE-04").sentences()] == [
        "Institute for Sea Studies, in the Daily Example: event, closure",
        "Makes closing look likelier",
        "Happened: 2 June 2031 (explicit)",
        "Published: 14 June 2031",
        "Where: Cape Vell",
        "Number: 2 patrol boats",
        "The source says that it is not verified",
        "Characters 384 to 466 of 467, 82 % into the text (paraphrase)",
    ]


def test_what_holds_for_most_claims_may_be_left_out_of_a_list(describe):
    def defaults(claim_id: str) -> list[str]:
        return [sentence.text for sentence in describe(claim_id).sentences() if sentence.is_default]

    assert defaults("DE-01") == ["Published: 14 June 2031"]


def test_what_the_tables_do_not_hold_has_no_sentence(describe):
    sentences = " ".join(sentence.text for sentence in describe("DE-02").sentences())
    assert "Happened" not in sentences
    assert "Makes" not in " ".join(sentence.text for sentence in describe("DE-01").sentences())


def test_the_other_themes_and_the_word_of_likelihood_of_a_claim_are_said(describe):
    sentences = {sentence.text for sentence in describe("DE-03").sentences()}
    assert "Olav Stein, in the Daily Example: denial, closure and also talks" in sentences
    sentences = {sentence.text for sentence in describe("DE-02").sentences()}
    assert "Word of likelihood: “unlikely”" in sentences


def test_a_card_says_who_when_how_sure_and_what_stands_against_the_claim(describe):
    assert describe("CW-01").facts() == [
        ("Who", "Government of Norrland, in Coast Wire"),
        ("Said", "1 September 2031"),
        ("Published", "2 September 2031 (reconstructed)"),
        ("Told as", "denial"),
        ("Its truth", "The source gives a contradicting claim"),
        ("Its source", "rated D, not usually reliable"),
        (
            "Against it",
            "HP-02 contradicts it (The Harbour Post; event; in a source rated C, fairly reliable)",
        ),
    ]
    assert ("Told as", "assessment, “unlikely”") in describe("DE-02").facts()


@pytest.mark.parametrize(
    ("claim_id", "note"),
    [
        (
            "CW-01",
            "Norrland’s government denies that there is a barrier in the channel. Government of "
            "Norrland, in Coast Wire, 1 September 2031; the source gives a contradicting claim.",
        ),
        (
            "DE-02",
            "The institute holds a closure in 2031 to be unlikely. Institute for Sea Studies, "
            "in the Daily Example, 14 June 2031; “unlikely”.",
        ),
        (
            "HP-01",
            "Ostria’s trade ministry says that the talks are over. Ministry of Trade of Ostria, "
            "in the Harbour Post, 18 August 2031.",
        ),
    ],
)
def test_a_note_leaves_out_what_the_corpus_does_not_hold(describe, claim_id, note):
    assert describe(claim_id).note(with_paraphrase=True) == note


def test_a_note_without_paraphrase_says_who_outlet_and_day(describe):
    told = "Ministry of Trade of Ostria, in the Harbour Post, 18 August 2031."
    assert describe("HP-01").note(with_paraphrase=False) == told


@pytest.mark.parametrize(
    ("chain", "text"),
    [
        (["daily-example"], "The Daily Example in its own voice"),
        (["daily-example", "stein"], "Olav Stein, in the Daily Example"),
        (
            ["coast-wire", "daily-example", "iss"],
            "Institute for Sea Studies, by way of the Daily Example, in Coast Wire",
        ),
    ],
)
def test_a_chain_is_told_from_its_origin_to_the_outlet(corpus, chain, text):
    assert describe_chain(corpus, chain) == text


@pytest.mark.parametrize(
    ("claim_id", "text"),
    [
        ("DE-01", "(The Daily Example, 14 June 2031)"),
        ("CW-01", "(Government of Norrland, in Coast Wire, 1 September 2031)"),
        ("HP-03", "(Pilots not named, in the Harbour Post, 18 to 24 August 2031)"),
    ],
)
def test_a_claim_is_attributed_to_its_origin_and_day(corpus, claim_id, text):
    assert attribute_claim(corpus, corpus.claims.loc[claim_id]) == text


def test_a_claim_without_a_day_was_said_when_its_text_may_have_appeared(corpus):
    assert describe_when_said(corpus, corpus.claims.loc["HP-01"]) == "18 August 2031"
    assert describe_when_said(corpus, corpus.claims.loc["HP-02"]) == "18 to 24 August 2031"


def test_a_publication_says_how_far_its_day_is_known(corpus):
    published = corpus.sources.set_index("code").apply(describe_publication, axis="columns")
    assert published.to_dict() == {
        "DE": "14 June 2031",
        "HP": "between 18 and 24 August 2031",
        "CW": "2 September 2031 (reconstructed)",
    }


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ((90_000, pd.NA, "more than", "ships"), "more than 90,000 ships"),
        ((10, 1_500, pd.NA, "ships"), "10 to 1,500 ships"),
        ((1, pd.NA, pd.NA, "ships"), "1 ship"),
        ((1, 2, pd.NA, "weeks"), "1 to 2 weeks"),
        ((1, pd.NA, "about", "ferries"), "about 1 ferry"),
        ((0.5, pd.NA, pd.NA, "weeks"), "0.5 weeks"),
        ((pd.NA, pd.NA, pd.NA, pd.NA), ""),
    ],
)
def test_a_number_has_its_limits_and_a_unit_in_the_singular_or_plural(quantity, text):
    columns = ["quantity", "quantity_to", "quantity_word", "unit"]
    assert describe_quantity(pd.Series(dict(zip(columns, quantity, strict=True)))) == text


def test_reliability_is_told_in_the_words_of_the_admiralty_scale():
    told = [describe_rating(pd.Series({"reliability": letter})) for letter in "ABCDEF"]
    assert told == [
        "rated A, completely reliable",
        "rated B, usually reliable",
        "rated C, fairly reliable",
        "rated D, not usually reliable",
        "rated E, unreliable",
        "rated F, not to be judged",
    ]


def changed(corpus, claim_id, **values):
    """The description of a claim that has other values in some columns."""
    claim = corpus.full_claims().loc[claim_id].copy()
    for column, value in values.items():
        claim[column] = value
    return describe_claim(corpus, claim)


@pytest.mark.parametrize(
    ("verification", "words"),
    [
        ("none", ""),
        ("unverified", "The source says that it is not verified"),
        ("disputed", "The source gives a contradicting claim"),
        ("corroborated", "The source says that it is backed"),
        ("corrupt", "Its wording is known to be mistranslated or garbled"),
    ],
)
def test_a_card_says_what_is_known_of_the_truth_of_a_claim(corpus, verification, words):
    card = dict(changed(corpus, "DE-04", verification=verification).facts())
    assert card.get("Its truth", "") == words


def test_how_a_page_was_seen_has_words_for_each_value_of_the_schema(corpus):
    values = corpus.criticism["seen"].cat.categories
    assert {value: describe_seen(value) for value in values} == {
        "read": "read",
        "digest": "seen in a digest",
        "found": "found, not read",
    }


def test_a_claim_that_bears_neither_way_says_so(corpus):
    told = [sentence.text for sentence in changed(corpus, "DE-04", bearing="neutral").sentences()]
    assert told[1] == "Bears neither way on closing"
    assert not any(text.startswith("Makes") for text in told)


def test_the_day_of_statement_and_all_places_are_told(corpus):
    said = changed(corpus, "HP-01", places=["havn", "ostria"]).sentences()
    assert {"Said: 18 August 2031", "Where: Havn, Ostria"} <= {each.text for each in said}


def test_days_without_a_first_or_last_one_are_told_as_far_as_known(corpus):
    texts = [sentence.text for sentence in changed(corpus, "HP-01").sentences()]
    assert "Happened: until 18 August 2031 (relative)" in texts


def test_a_weight_has_the_word_of_likelihood(corpus):
    assert describe_weight(corpus, corpus.claims.loc["DE-02"]) == (
        "Institute for Sea Studies; assessment, “unlikely”; in a source rated B, usually reliable"
    )


def test_only_what_the_source_says_of_all_its_claims_is_a_default(describe):
    defaults = [each.is_default for each in describe("DE-03").sentences()]
    assert defaults.count(True) == 1


def test_a_card_names_three_claims_against_it_and_counts_the_others(corpus):
    others = ["CW-01", "CW-02", "DE-01", "DE-02", "DE-03"]
    index = pd.MultiIndex.from_tuples(
        [(other, "contradicts", "HP-04") for other in others], names=corpus.relations.index.names
    )
    relations = pd.DataFrame({"subject": "", "note": ""}, index=index)
    opposed = dataclasses.replace(corpus, relations=relations)
    card = dict(describe_claim(opposed, opposed.full_claims().loc["HP-04"]).facts())
    told = card["Against it"].split("); ")
    assert [part.split(" ")[0] for part in told[:3]] == others[:3]
    assert told[3] == "2 more in the ledger"


def test_a_note_ends_a_paraphrase_with_one_full_stop(describe):
    told = describe("CW-02").note(with_paraphrase=True)
    assert told.startswith("The institute’s view of June that a closure is unlikely, passed on. I")
    unmarked = dataclasses.replace(describe("CW-02"), paraphrase="It is unlikely")
    assert unmarked.note(with_paraphrase=True).startswith("It is unlikely. Institute")
