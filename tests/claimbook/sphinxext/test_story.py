"""A page of the class of stories: its steps set off on a map and a strip what their claims name."""

import re
import subprocess

import pytest
from bs4 import BeautifulSoup
from claimbook.paths import project
from support.forked_python import run_sphinx

EXTENSIONS = ["myst_parser", *(f"claimbook.sphinxext.{name}" for name in ("claim_role", "story"))]
STORY = """\
# A summer in two steps

## The two sides meet

```{story-step}
:places: havn
:ways: havn > cape-vell
:days: 2031-06-10
```

They met in Havn {claim}`DE-01`.

## The talks end

```{story-step}
:places: ostria
:days: 2031-08-15 to 2031-08-18
```

The trade ministry called them over {claim}`HP-01`.

## What is left

Nothing moves {claim}`HP-02`.
"""


@pytest.fixture
def build(made_up_copy, tmp_path):
    """A function that builds a page of the made-up report, with both ends of a way in a claim."""
    claims = made_up_copy / "data" / "claims.csv"
    rows = claims.read_text("utf-8")
    assert ",havn," in rows
    claims.write_text(rows.replace(",havn,", ",havn;cape-vell,", 1), "utf-8")

    def run(page: str) -> tuple[subprocess.CompletedProcess[str], BeautifulSoup | None]:
        book = tmp_path / "book"
        book.mkdir()
        (book / "conf.py").write_text(f"extensions = {EXTENSIONS}\n", "utf-8")
        (book / "index.md").write_text(page, "utf-8")
        ran = run_sphinx(book, book / "built", "-W")
        html = book / "built" / "index.html"
        page = BeautifulSoup(html.read_text("utf-8"), "html.parser") if html.is_file() else None
        return ran, page

    return run


def test_without_a_script_every_step_has_its_text_and_its_pictures(build):
    ran, page = build(STORY)
    assert ran.returncode == 0, ran.stderr
    steps = page.select(".cb-story > section")
    assert [step.h2.get_text() for step in steps] == ["The two sides meet¶", "The talks end¶"]
    assert page.select_one("#what-is-left").find_parent(class_="cb-story") is None
    grounds = {element["id"] for element in page.select("defs > g[id]")}
    for step, words, caption in (
        (steps[0], ["Havn; arrow from Havn to Cape Vell"], "10 June 2031. Havn."),
        (steps[1], ["Ostria", "15 to 18 August 2031"], "15 to 18 August 2031. Ostria."),
    ):
        picture = step.select_one("figure svg[role=img]")
        assert picture.select_one("use")["href"].removeprefix("#") in grounds
        assert all(word in picture["aria-label"] for word in words)
        assert step.figcaption.get_text().startswith(caption)
        assert not step.select("[hidden], [style]")
        assert step.select("p .claim")
    assert "Havn" in steps[0].select_one(".cb-set-off").get_text(" ")
    ids = re.findall(r' id="([^"]+)"', str(page))
    assert len(ids) == len(set(ids))
    loaded = {script.get("src", "").partition("?")[0] for script in page.select("script")}
    assert "_static/story.js" in loaded


FAULTS = {
    ":places: haven\n:days: 2031-06-10": "places: 'haven': a place of data/places.csv; did you",
    ":places: northern-channel\n:days: 2031-06-10": "places: 'northern-channel': a place with a",
    ":places: ostria\n:days: 2031-06-10": "places: 'ostria': a place that a claim cited in this",
    ":ways: havn\n:days: 2031-06-10": "ways: 'havn': two places",
    ":ways: havn > ostria\n:days: 2031-06-10": "ways: 'havn > ostria': a way both of whose ends",
    ":places: havn": "days: '': a day such as",
    ":days: 10 June": "days: '10 June': a day such as",
    ":days: 2031-06-10 to 2031-06-02": "days: '2031-06-10 to 2031-06-02': days from 2031-06-01",
    ":days: 2030-06-10": "days: '2030-06-10': days from 2031-06-01 to 2031-09-30",
}


def test_wrong_steps_are_refused_all_at_once_each_with_its_line_and_what_is_allowed(build):
    sections = [
        f"## Step\n\n```{{story-step}}\n{options}\n```\n\nThey met {{claim}}`DE-01`.\n"
        for options in FAULTS
    ]
    page = "\n".join(["# Story\n", *sections])
    lines = [number for number, line in enumerate(page.splitlines(), 1) if "story-step" in line]
    ran, _ = build(page)
    assert ran.returncode != 0
    told = [line for line in ran.stderr.splitlines() if "index.md:" in line]
    assert len(told) == len(FAULTS)
    for line, number, fault in zip(told, lines, FAULTS.values(), strict=True):
        assert f"index.md:{number} story-step {fault}" in line


def test_a_step_stands_alone_in_its_section(build):
    ran, _ = build(STORY.replace("They met", "```{story-step}\n:days: 2031-06-10\n```\n\nThey met"))
    assert ran.returncode != 0
    assert "'story-step': one for each section, right in it" in ran.stderr


def test_a_report_without_a_map_can_tell_no_story(build):
    settings = project().settings
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"(?ms)^\[geography\]$.*?(?=^\[)", "", text), "utf-8")
    ran, _ = build(STORY)
    assert ran.returncode != 0
    assert "index.md:5: a map needs the table [geography]" in ran.stderr
