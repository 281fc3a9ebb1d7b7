"""A span begins and ends where the codebook says, and a quotation is found however it is typed."""

import pytest
from claimbook.texts.spans import apply_span_rule, find_quotation, nearest_passage

TEXT = (
    "The ferries “ran as usual,” the harbour master said.[12] He added: “No barrier is there.”[3] "
    "The U.S. consul left. Tolls rose by 4.5%. (Nobody paid.) “Why?” he asked. It ended… and went "
    "on. It cost $5.2 million [4]. Boats sailed.7 The ﬁrst buoy, Nord\u00adbuoy, and the south-\n"
    "ern one\u00a0lay – “quite”\nstill – there. It ended."
)


def found(wording: str, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in find_quotation(text, wording)]


@pytest.mark.parametrize(
    ("wording", "span"),
    [
        ("the harbour master said", "the harbour master said."),
        ("No barrier is there", "“No barrier is there.”"),
        ("The U.S", "The U.S."),
        ("consul left", "consul left."),
        ("Tolls rose by 4.5", "Tolls rose by 4.5%."),
        ("Tolls rose by 4", "Tolls rose by 4"),
        ("Nobody paid", "(Nobody paid.)"),
        ("Why", "“Why?”"),
        ("quite", "“quite”"),
        ("It cost", "It cost"),
        ("It cost $5", "It cost $5"),
        ("5.2 million", "$5.2 million"),
        ("Boats sailed", "Boats sailed."),
        ("The ferries", "The ferries"),
    ],
)
def test_a_span_has_the_marks_that_belong_to_its_wording_and_no_others(wording, span):
    assert found(wording) == [span]


QUOTED = (
    "“We know of no closure,” their owner said, and called it a “tale of the press” on Monday. The "
    "pilots said “the straits are open, and the buoys are toys.” “Ferries run. Nobody waits; so it "
    'is,” he said. He denied ‘any plan’ and the "barrier" alike.'
)


@pytest.mark.parametrize(
    ("wording", "span"),
    [
        ("“We know of no closure", "“We know of no closure,”"),  # closed directly after it
        ("We know of no closure, their owner said", "“We know of no closure,” their owner said"),
        ("“We know of no", "“We know of no"),  # begins a sentence, as the first part of a quotation
        ("called it a tale of the press", "called it a “tale of the press”"),
        ("tale of the press", "“tale of the press”"),
        ("of the press", "of the press"),  # the quotation was opened before
        ("“tale of", "tale of"),  # it is closed later
        ("“the straits are open", "the straits are open"),
        ("the buoys are toys", "the buoys are toys.”"),  # a sentence ends
        (
            "the straits are open, and the buoys are toys",
            "“the straits are open, and the buoys are toys.”",
        ),
        ("“Ferries run", "“Ferries run."),
        ("Nobody waits; so it is", "Nobody waits; so it is"),
        ("barrier", '"barrier"'),
        (
            "tale of the press on Monday. The pilots said the straits",
            "“tale of the press” on Monday. The pilots said “the straits",
        ),
    ],
)
def test_within_a_sentence_a_span_has_a_quotation_mark_only_with_the_other_of_the_pair(
    wording, span
):
    assert found(wording, QUOTED) == [span]
    start, end = QUOTED.index(span), QUOTED.index(span) + len(span)
    assert apply_span_rule(QUOTED, start, end) == (start, end)


@pytest.mark.parametrize(
    ("stretch", "span"),
    [
        (" the harbour master said.[12] ", "the harbour master said."),
        ("million [4]. ", "million"),
        ("sailed.7 ", "sailed."),
        ("[3] The U.S. consul ", "The U.S. consul"),
        (" added: ", "added"),
        ("arrier is ther", "barrier is there.”"),
    ],
)
def test_space_notes_and_cut_words_at_the_ends_of_a_stretch_are_mended(stretch, span):
    start = TEXT.index(stretch)
    mended = apply_span_rule(TEXT, start, start + len(stretch))
    assert TEXT[slice(*mended)] == span
    assert apply_span_rule(TEXT, *mended) == mended


def test_a_stretch_without_a_word_is_refused():
    with pytest.raises(ValueError, match="holds no word"):
        apply_span_rule(TEXT, TEXT.index("[12]"), TEXT.index("[12]") + 4)


@pytest.mark.parametrize(
    "wording",
    [
        'The first buoy, Nordbuoy, and the southern one lay - "quite" still - there',
        "the first buoy Nord-\nbuoy and the south-ern one lay — 'quite' still",
        "THE  FIRST BUOY,\nNordbuoy, and the southern one lay quite still",
    ],
)
def test_quotes_dashes_spaces_hyphens_and_ligatures_do_not_matter(wording):
    [(start, end)] = find_quotation(TEXT, wording)
    assert TEXT[start:end].startswith("The ﬁrst buoy")
    assert TEXT[start:end].endswith(("still", "there."))


@pytest.mark.parametrize("ellipsis", ["…", "...", "[...]", "(…)", "[ … ]"])
def test_an_ellipsis_joins_the_parts_of_a_quotation(ellipsis):
    assert found(f"He added {ellipsis} barrier {ellipsis} consul left") == [
        "He added: “No barrier is there.”[3] The U.S. consul left."
    ]
    assert not found(f"consul left {ellipsis} He added")


def test_an_ellipsis_that_the_text_has_is_no_omission():
    assert found("It ended… and went on") == ["It ended… and went on."]


def test_every_place_of_a_wording_is_found():
    assert found("It ended") == ["It ended", "It ended."]


def test_a_wording_that_cuts_a_word_stands_nowhere():
    assert not found("arrier is there")
    assert not found("…")
    assert not found("")


def test_the_nearest_passage_is_that_with_most_of_the_wording():
    nearest = nearest_passage(TEXT, "the American consul went, and tolls rose by 4.5 per cent")
    assert nearest is not None
    assert "consul left. Tolls rose by" in TEXT[nearest.start : nearest.end]
    assert nearest_passage(TEXT, "xylophones quack") is None
    assert nearest_passage("", "a wording") is None
