"""Every page of the built book in a browser: opened once each, it answers several questions."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

SETTINGS = [("dark", 360), ("light", 360), ("light", 1280), ("dark", 1280)]
OVER = """() => {
  const fits = element => element.getBoundingClientRect().right <= innerWidth + 1;
  const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  return [...document.querySelectorAll("#main-content *")].filter(element => {
    if (element.closest("svg, math")) return false;
    if (!element.checkVisibility({visibilityProperty: true}) || fits(element)) return false;
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (scrolls(box) && fits(box)) return false;
    }
    return true;
  }).map(element => element.outerHTML.slice(0, 80));
}"""
SCROLLING = """() => {
  const scrolls = element =>
    ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth + 1;
  const texts = "p, li, dt, dd, figcaption, h1, h2, h3, summary";
  return [...document.querySelectorAll("#main-content *")].filter(element => {
    if (!element.matches(texts) || element.closest("table, pre, svg")) return false;
    for (let box = element; box; box = box.parentElement) {
      if (scrolls(box) && element.getBoundingClientRect().right
          > box.getBoundingClientRect().right + 1) return true;
    }
    return false;
  }).map(element => element.outerHTML.slice(0, 80));
}"""


@dataclass
class Visit:
    """What a browser finds on a page of the book.

    Attributes:
        widths: The width of the page in each setting, by colour scheme and width of the window.
        over: What is wider than a phone, and in no box that scrolls.
        scrolling: The texts that scroll sideways on a phone.
        language: The language of the page.
        parts: How many parts the page has of each kind that it has once.
        asked: The addresses that it loads.
        faults: The errors of its scripts.
    """

    widths: dict[tuple[str, int], int]
    over: list[str]
    scrolling: list[str]
    language: str | None
    parts: dict[str, int]
    asked: list[str]
    faults: list[str]


@pytest.fixture(scope="module")
def visits(chromium, chosen_pages) -> dict[str, Visit]:
    """A visit to all pages but most of the ledger's, from disk and without a network."""
    context = chromium.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    found = {}
    for name, file in chosen_pages.items():
        show(page, *SETTINGS[0])
        page.goto(file.as_uri())
        over, scrolling = page.evaluate(OVER), page.evaluate(SCROLLING)
        widths = {setting: width_of(page, *setting) for setting in SETTINGS}
        parts = {
            "main": page.get_by_role("main").count(),
            "title": page.get_by_role("heading", level=1).count(),
            "contents": page.get_by_role("navigation", name="Main").count(),
        }
        language = page.locator("html").get_attribute("lang")
        page.wait_for_timeout(100)  # for what a script asks for once the page is there
        found[name] = Visit(widths, over, scrolling, language, parts, [*asked], [*faults])
        asked.clear()
        faults.clear()
    context.close()
    return found


def show(page, scheme: str, width: int) -> None:
    """Make the window one of a colour scheme and a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def width_of(page, scheme: str, width: int) -> int:
    """The width of the page in a window of a colour scheme and a width."""
    show(page, scheme, width)
    page.wait_for_function(
        "scheme => document.documentElement.dataset.theme === scheme", arg=scheme
    )
    whole: int = page.evaluate("document.documentElement.scrollWidth")
    return whole


def test_a_page_names_itself_and_its_parts(visits, page_files):
    assert {visit.language for visit in visits.values()} == {"en"}
    once = {"main": 1, "title": 1, "contents": 1}
    assert {name: visit.parts for name, visit in visits.items() if visit.parts != once} == {}
    heads = [file.read_text("utf-8").partition("</title>")[0] for file in page_files.values()]
    titles = [head.rpartition("<title>")[2] for head in heads]
    assert all("Short of War" in title for title in titles)
    assert len(set(titles)) == len(titles)


def test_nothing_scrolls_sideways_in_any_setting(visits):
    wider = {
        (name, *setting): width
        for name, visit in visits.items()
        for setting, width in visit.widths.items()
        if width > setting[1]
    }
    assert wider == {}


def test_what_is_wider_than_a_phone_lies_in_a_box_that_scrolls(visits):
    assert {name: visit.over for name, visit in visits.items() if visit.over} == {}


def test_on_a_phone_only_tables_code_and_drawings_scroll_sideways(visits):
    assert {name: visit.scrolling for name, visit in visits.items() if visit.scrolling} == {}


def test_no_page_tries_to_reach_a_network(visits):
    asked = [address for visit in visits.values() for address in visit.asked]
    assert len(asked) > 5 * len(visits) > 30 * 5
    schemes = ("file", "data", "blob")
    assert [address for address in asked if urlsplit(address).scheme not in schemes] == []


def test_no_script_of_a_page_fails(visits):
    assert {name: visit.faults for name, visit in visits.items() if visit.faults} == {}
