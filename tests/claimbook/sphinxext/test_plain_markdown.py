"""The text of a page in its notebook: plain Markdown, with everything else as it was."""

import pytest
from claimbook.prose.parser import make_parser
from claimbook.sphinxext.plain_markdown import PageFacts, PlainMarkdown

TITLES = {"chapters/closure": "Closure", "chapters/codebook": "The codebook"}


@pytest.fixture
def convert(made_up_copy):
    facts = PageFacts(
        docname="chapters/talks",
        titles=TITLES,
        is_executable=lambda page: page == "chapters/closure",
        numbers={"claims": "10"},
        number_of=lambda name: {"lanes": "Figure 3"}[name],
        substitutions={"byline": "Ada · version 2"},
    )
    return PlainMarkdown(make_parser(made_up_copy), facts).convert


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("All {glue:}`claims` {claim}`HP-01, CW-02`.", "All 10 [HP-01, CW-02]."),
        ("In {numref}`lanes` {cite:p}`law`.", "In Figure 3 [law]."),
        ("Written `{claim}`, as in {claim}`HP-01`.", "Written `{claim}`, as in [HP-01]."),
        ("``{claim}`A` `` and {claim}`A`", "``{claim}`A` `` and [A]"),
        ("See [](closure), [the rules](codebook).", "See [Closure](closure.ipynb), *the rules*."),
        ("[**a** {claim}`A`](closure) [b](#b)", "[**a** [A]](closure.ipynb) b"),
        (
            "[a](https://example.org/a) <https://b.org>",
            "[a](https://example.org/a) <https://b.org>",
        ),
        ("(top)=\n## Sums {glue:}`claims`\n", "## Sums 10\n"),
        ("One\n\n{.method}\nTwo {claim}`A`\n", "One\n\nTwo [A]\n"),
        (
            "{{ byline }} and {{byline}}\n\n{{ byline }}\n",
            "Ada · version 2 and Ada · version 2\n\nAda · version 2\n",
        ),
        ("- a {claim}`A`\n- {claim}`B`\n", "- a [A]\n- [B]\n"),
        (
            "| {claim}`A` | {claim}`A` |\n|---|---|\n| [](closure) | `x` |\n",
            "| [A] | [A] |\n|---|---|\n| [Closure](closure.ipynb) | `x` |\n",
        ),
    ],
)
def test_roles_links_and_marks_become_plain(convert, myst, plain):
    assert convert(myst) == plain


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        (
            ":::{admonition} We {claim}`A`\n:class: judgement\nLikely.\n\nSure.\n:::\n",
            "> **We [A]**\n>\n> Likely.\n>\n> Sure.\n",
        ),
        ("```{only} html\n{.method}\nWeb {claim}`A`.\n```\n", "Web [A].\n"),
        ("```{only} not html\nPrint.\n```\nAfter\n", "After\n"),
        ("```{image} a.svg\n:alt: Two boats\n```\n", "![Two boats](a.svg)\n"),
        (
            "```{table} Boats\n:name: boats\n\n| a |\n|---|\n| {claim}`B` |\n```\n",
            "**Boats**\n\n| a |\n|---|\n| [B] |\n",
        ),
        (
            '```python\nx = "{claim}`A`"\n```\n{claim}`A`\n',
            '```python\nx = "{claim}`A`"\n```\n[A]\n',
        ),
    ],
)
def test_directives_become_what_plain_markdown_has(convert, myst, plain):
    assert convert(myst) == plain
