"""Links find a claim on its publisher's page by a few words, which never add up to a quotation."""

import pandas as pd
import pytest
from claimbook.cli import main
from claimbook.corpus.model import load
from claimbook.language.source_links import links_of_claim
from claimbook.pipeline.checks import check_report
from claimbook.texts.anchors import make_selector, split_words
from claimbook.texts.fragments import make_fragments
from claimbook.texts.source_texts import SourceText
from click.testing import CliRunner

TEXT = (
    "The herald rode to the ford at dawn. No army has crossed the ford, he told the king.\n"
    "The miller heard it. The miller wept and the miller said the king was wrong."
)


def fragments(*spans: str, text: str = TEXT, term: str = "") -> list[tuple[str, str] | None]:
    """The first and last words for claims on stretches of a text; None where there are none."""
    rows = []
    for span in spans:
        start = text.index(span)
        selector = make_selector(text, start, start + len(span))
        rows.append({"source_id": "one", "term": term, **vars(selector)})
    claims = pd.DataFrame(rows, index=[f"AB-{number}" for number in range(len(rows))])
    made = make_fragments(claims, ["one"], {"one": SourceText("one", text, same=True)})
    found = [made.get(claim) for claim in claims.index]
    return [(one.first, one.last) if one else None for one in found]


def test_a_claim_is_found_by_its_first_three_and_last_two_words():
    assert fragments("The herald rode to the ford at dawn") == [("The herald rode", "at dawn")]


@pytest.mark.parametrize(
    ("span", "why"),
    [
        ("he told the king", "fewer than two words would be left out"),
        ("the ford, he told the king.\nThe miller heard it", "its last words stand apart"),
    ],
)
def test_short_claims_have_none_and_the_rest_is_found_across_lines(span, why):
    (found,) = fragments(span)
    assert (found is None) == (len(split_words(span)) < 5), why


def test_words_that_stand_elsewhere_or_hold_a_line_break_are_not_taken():
    text = "The king was wrong at dawn again. The king was wrong, and the\nmiller, too, wept."
    assert fragments("The king was wrong, and the\nmiller, too, wept", text=text) == [None]


def test_neighbouring_cells_never_give_six_words_in_a_row():
    spans = ("The herald rode to the ford at dawn", "to the ford at dawn. No army has crossed")
    shown = set()
    words = [word.text for word in split_words(TEXT)]
    for span, found in zip(spans, fragments(*spans), strict=True):
        first = len(split_words(TEXT[: TEXT.index(span)]))
        size = len(split_words(span))
        if found:
            opening, closing = (len(split_words(one)) for one in found)
            assert opening + closing <= 5
            shown |= {*range(first, first + opening), *range(first + size - closing, first + size)}
    assert not any(shown.issuperset(range(at, at + 6)) for at in range(len(words)))
    overlapping = fragments("The herald rode to the ford at dawn", "to the ford at dawn. No army")
    assert overlapping[1] != ("to the ford", "No army")


def test_the_command_writes_what_the_check_accepts_and_links_lead_there(made_up_copy):
    file = made_up_copy / "data/fragments.csv"
    before = file.read_bytes()
    assert CliRunner().invoke(main, ["fragments"]).exit_code == 0
    assert file.read_bytes() == before
    corpus = load()
    links = links_of_claim(corpus, corpus.claims.loc["DE-04"])
    assert links.address.endswith("/vell#:~:text=On%202%20June,the%20institute")
    assert links.archived.startswith("https://web.archive.org/web/20310614/https://example.org/")
    assert links_of_claim(corpus, corpus.claims.loc["HP-01"]) is None


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("DE-04,On 2 June,", "DE-04,On 3 June,", "the first and last words of the claim"),
        ("DE-04,On 2 June,the institute", "DE-04,On 2 June,by the institute", "5 at most"),
    ],
)
def test_words_that_are_not_those_of_the_claim_are_a_fault(made_up_copy, old, new, allowed):
    file = made_up_copy / "data/fragments.csv"
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new), "utf-8")
    faults = [str(fault) for fault in check_report().faults]
    assert len(faults) == 1
    assert faults[0].startswith("fragments.csv DE-04")
    assert allowed in faults[0]
