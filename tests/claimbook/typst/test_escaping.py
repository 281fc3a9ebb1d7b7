"""Text as Typst markup: it is set exactly as it is."""

import random
import re

import typst
from claimbook.typst.text import content_block, escape, string_literal

# Returns the text that content says.
PLAIN = """#let plain(it) = if it.has("children") {
  it.children.map(plain).join("")
} else if it.has("text") { it.text } else if it == [ ] { " " } else { repr(it.func()) }
"""
CHARACTERS = "".join(map(chr, range(33, 127))) + "  \u00a0–—…“”ўіЖé\u00ad"
SYNTAX = (
    *(
        "=",
        "-",
        "+",
        "/",
        "1.",
        "//",
        "/*",
        "https://a.b",
        "#let",
        "(a)",
        ";",
        ".",
        ",",
        "...",
        "-1",
    ),
    *("2031.", "AB-45 of 3-4 -- a-b -? c-", "T: x"),
)


def test_any_text_is_set_as_it_is() -> None:
    """Typst itself compares random texts with their markup, alone and directly behind a call."""
    chance = random.Random(7)
    texts = ["".join(chance.choices(CHARACTERS, k=chance.randint(1, 12))) for _ in range(400)]
    texts = [f"x{re.sub(' +', ' ', text)}x" for text in texts] + [f"{mark} x" for mark in SYNTAX]
    checks = "\n".join(
        f"#assert.eq(plain{content_block(call + escape(text))}, {string_literal(text)})"
        for text in texts
        for call in ("", "#none;")
    )
    typst.compile((PLAIN + checks).encode(), format="svg")
