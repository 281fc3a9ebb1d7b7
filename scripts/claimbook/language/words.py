"""General English wording: lists, counts, apostrophes, addresses and codes."""

import re
from collections.abc import Sequence

from babel.lists import format_list

LOCALE = "en_GB"
NUMBER_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
NAMED_OF_MANY = 3  # words that a shortened list names


def join_words(words: Sequence[str]) -> str:
    """Join words as in a sentence: `a, b and c`."""
    return format_list(words, locale=LOCALE)


def join_few(words: Sequence[str]) -> str:
    """Join words as in a sentence, but name only the first few of a long list.

    Returns:
        All words of a list of up to four. Of a longer list, three words and the number of the
        others: `a, b, c and 4 more`.
    """
    if len(words) <= NAMED_OF_MANY + 1:
        return join_words(words)
    return join_words([*words[:NAMED_OF_MANY], f"{len(words) - NAMED_OF_MANY} more"])


def count_noun(number: int, noun: str) -> str:
    """Write a number with its noun in singular or plural: `1 claim`, `3 claims`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def number_in_words(number: int) -> str:
    """Write a number as in prose.

    Returns:
        `no` for 0, a word up to `twelve`, and digits for larger numbers.
    """
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else f"{number:,}"


def capitalize_first(text: str) -> str:
    """Capitalise the first letter of a text and leave all others as they are."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Write the first letter of a text in lower case and leave all others as they are."""
    return text[:1].lower() + text[1:]


def without_article(name: str) -> str:
    """Remove a leading `The` from a name: `The Daily Example` becomes `Daily Example`."""
    return name.removeprefix("The ")


def curly_apostrophes(text: str) -> str:
    """Replace straight apostrophes after letters and digits by typographic ones."""
    return re.sub(r"(?<=\w)'", "’", text)


def short_address(address: str) -> str:
    """Remove the scheme (`https://`) and `www.` from a web address, for display."""
    return re.sub(r"^https?://(www\.)?", "", address)


def code_label(code: str) -> str:
    """Convert a code of the schema to words: `not-read` becomes `not read`."""
    return code.replace("-", " ")
