"""The cells of the chapters as the PDF prints them."""

import ast
import re

import pytest
from claimbook.paths import project
from claimbook.typst.code_wrapping import WIDTH, wrap_code

CELL = re.compile(r"```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)```", re.DOTALL)
BARE_STRING = re.compile(r'(\w+ = | +)".*"')  # has no brackets to break it in
PAGES = [project().root / "index.md", *sorted(project().chapters.glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_code_wrapped_for_print_is_the_same_code_and_fits_the_column(page):
    for code in CELL.findall(page.read_text("utf-8")):
        printed = wrap_code(code)
        assert ast.dump(ast.parse(printed)) == ast.dump(ast.parse(code))
        too_long = [line for line in printed.splitlines() if len(line) > WIDTH]
        assert [line for line in too_long if not BARE_STRING.fullmatch(line)] == []
