"""Code that is wrapped for print: it fits the column, and it is still the same code."""

import ast

import pytest
from claimbook.typst.code_wrapping import WIDTH, wrap_cells, wrap_code

CALL = 'draw(corpus, title="one two three", by=["theme", "source"], where={"kind": "fact"})'
CELLS = [
    f"for theme in themes:\n    figures.append({CALL})\n    print(figures[-1])",
    'text = join("one sentence, with a comma (and brackets)", "and it\'s another of many words")',
    "count = sum(claims['theme'].isin(themes) & ~claims['kind'].isin(['fact', 'order'])) + 1",
    'print(f"{count} claims of {len(themes)} themes", f"{share:.0%} of all claims", sep="; ")',
    "table = (\n    claims.groupby(['theme', 'kind', 'source']).size().unstack(fill_value=0)\n)",
    'draw("of twelve\\N{EM DASH}or more\\N{EM DASH}claims two or three\\N{NO-BREAK SPACE}words")',
]
LONG_CELLS = [  # whose longest line cannot be broken
    'draw("""A text\n  of (several, lines), with more words than the column holds, and [marks]"""'
    ', title="one two three", by=["theme", "source"], where={"kind": "fact"})',
    'draw("a text that goes on \\\n  on a line (with more, words) that is longer than it may be")',
    "plot(claims)  # a comment that is so long that it goes beyond the column, with (a, bracket)",
]


@pytest.mark.parametrize("code", CELLS + LONG_CELLS)
def test_wrapped_code_is_the_same_code(code: str) -> None:
    assert ast.dump(ast.parse(wrap_code(code))) == ast.dump(ast.parse(code))


@pytest.mark.parametrize("code", CELLS)
def test_code_with_brackets_fits_the_column(code: str) -> None:
    assert max(len(line) for line in code.splitlines()) > WIDTH
    assert max(len(line) for line in wrap_code(code).splitlines()) <= WIDTH


def test_a_line_breaks_after_a_comma_rather_than_in_a_string() -> None:
    assert wrap_code('draw(corpus, "one two")', 16) == 'draw(corpus,\n    "one two")'


def test_a_string_that_is_too_long_is_closed_and_reopened() -> None:
    assert wrap_code('draw("one two three")', 18) == 'draw(\n    "one two "\n    "three")'


def test_a_string_is_not_broken_within_the_name_of_a_character() -> None:
    code = r'draw("a\N{NO-BREAK SPACE}b c")'
    assert wrap_code(code, 20) == 'draw(\n    "a\\N{NO-BREAK SPACE}b c")'


def test_the_lines_of_a_string_of_several_lines_stay_as_they_are() -> None:
    code = 'draw("""one\ntwo (three, four)\n""", five, six)'
    assert wrap_code(code, 12) == 'draw("""one\ntwo (three, four)\n""", five,\n    six)'


def test_a_line_within_brackets_that_an_earlier_line_opened_is_broken() -> None:
    assert (
        wrap_code("draw(\n    one, two, three\n)", 14) == "draw(\n    one, two,\n        three\n)"
    )


def test_what_is_not_python_stays_as_it_is() -> None:
    text = "draw(one,\n    two, three\n  )]\n 'four"
    assert wrap_code(text, 80) == text


def test_a_line_without_brackets_stays_as_it_is() -> None:
    line = f"title = '{'word ' * 20}'"
    assert wrap_code(line) == line


def test_long_rows_of_cells_are_broken_after_commas_and_nothing_is_lost():
    row = "span,nth,theme,also,kind,denies,on,bearing,chain,mode,term,event_id,event_start,end"
    lines = wrap_cells(f"short, as it is\n{row}\n\n  indented", width=40).split("\n")
    assert max(map(len, lines)) <= 40
    assert lines[0] == "short, as it is"
    assert lines[-2:] == ["", "  indented"]
    assert "".join(line.strip() for line in lines[1:-2]) == row
    assert lines[2].startswith("    ")
