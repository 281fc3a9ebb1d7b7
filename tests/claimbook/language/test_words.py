"""Lists, counts, addresses and codes read as prose has them."""

import pytest
from claimbook.language import words


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_without_a_comma_before_and(items, text):
    assert words.join_words(items) == text


def test_a_long_list_names_the_first_and_counts_the_others():
    assert words.join_few(list("abcd")) == "a, b, c and d"
    assert words.join_few(list("abcdefg")) == "a, b, c and 4 more"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1200, "1200 claims")]
)
def test_a_noun_has_the_form_that_its_number_asks_for(number, text):
    assert words.count_noun(number, "claim") == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1200, "1,200")]
)
def test_counts_are_words_up_to_twelve(number, text):
    assert words.number_in_words(number) == text


def test_apostrophes_after_letters_and_digits_are_curly_and_quotation_marks_stay():
    assert words.curly_apostrophes("Stein's 1980's 'no'") == "Stein’s 1980’s 'no’"


def test_an_address_is_read_without_what_every_address_begins_with():
    assert words.short_address("https://www.example.org/a?b=www.c") == "example.org/a?b=www.c"
    assert words.short_address("http://example.org") == "example.org"


def test_a_code_is_read_with_spaces():
    assert words.code_label("patrol-boat-seen") == "patrol boat seen"


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("The Daily Example", "Daily Example"),
        ("Theatre News", "Theatre News"),
        ("Daily Example", "Daily Example"),
    ],
)
def test_only_an_article_is_taken_from_a_name(name, bare):
    assert words.without_article(name) == bare


def test_only_the_first_letter_changes_its_case():
    assert words.capitalize_first("the UN said") == "The UN said"
    assert words.lower_first("The UN said") == "the UN said"
    assert words.capitalize_first("") == words.lower_first("") == ""
