"""The story of the year: its pictures follow the reading, and without that it is a plain page."""

import io
import re
import unicodedata
from collections import Counter

import pytest
from claimbook.paths import project
from pypdf import PdfReader
from support.axe import violations

NAME = "chapters/story"
STEPS = ".cb-story > section"
HEAVIEST = 400_000  # bytes of the page with its pictures, script and style
SHOWN = f"""() => [...document.querySelectorAll("{STEPS}")].map(step =>
  getComputedStyle(step.querySelector(".cb-set-off")).opacity === "1")"""
POLICY = "default-src 'self'; img-src 'self' data:"
ADDRESS = "http://story.test/"


@pytest.fixture(scope="module")
def story(chromium, page_files):
    """A function that opens the page anew, from disk and without a network.

    There is one window for each choice of options.
    """
    windows = {}

    def opened(width: int = 1280, **options):
        settings = {"reduced_motion": "reduce", "offline": True} | options
        chosen = (width, *sorted(settings.items()))
        if chosen not in windows:
            context = chromium.new_context(viewport={"width": width, "height": 800}, **settings)
            windows[chosen] = context.new_page()
        page = windows[chosen]
        page.goto("about:blank")  # so that the page is at its top again
        page.emulate_media(media="null")
        page.goto(page_files[NAME].as_uri())
        return page

    yield opened
    for page in windows.values():
        page.context.close()


def one(number: int, count: int) -> list[bool]:
    """Only one of so many."""
    return [place == number for place in range(count)]


def test_the_pictures_are_those_of_the_step_that_is_read_and_stay_beside_it(story):
    page = story()
    steps = page.locator(STEPS)
    assert steps.count() == 10
    assert page.evaluate(SHOWN) == one(0, 10)
    for number in (0, 4, 9, 2):
        step = steps.nth(number)
        step.locator("h2").evaluate("title => title.scrollIntoView({block: 'center'})")
        page.wait_for_function(f"({SHOWN})()[{number}]")
        assert page.evaluate(SHOWN) == one(number, 10)
        assert "cb-now" in step.get_attribute("class")
        picture, text = (step.locator(name).bounding_box() for name in ("figure svg", "p >> nth=0"))
        assert picture["y"] >= 0
        assert picture["y"] + picture["height"] <= 800
        assert text["x"] + text["width"] <= picture["x"]


def test_a_link_that_gets_the_focus_brings_its_step(story):
    page = story()
    last = page.locator(STEPS).nth(6).locator(".claim a").last
    last.focus()
    page.wait_for_function(f"({SHOWN})()[6]")
    page.locator(STEPS).nth(7).locator(".claim a").first.evaluate(
        "link => link.focus({preventScroll: true})"
    )
    assert page.evaluate(SHOWN) == one(7, 10)


def test_pictures_fade_only_where_motion_is_welcome(story):
    lasts = "getComputedStyle(document.querySelector('.cb-set-off')).transitionDuration"
    assert story(reduced_motion="no-preference").evaluate(lasts) == "0.3s"
    assert story(reduced_motion="reduce").evaluate(lasts) == "0s"


def covering(page) -> list[list[str]]:
    """Headings, pictures and texts of the steps of which one lies upon another."""
    return page.evaluate(f"""() => {{
      const parts = [...document.querySelectorAll("{STEPS}")].flatMap(step =>
        [...step.querySelectorAll("h2, figure, p")]);
      const boxes = parts.map(part => part.getBoundingClientRect());
      const meet = (a, b) => a.top < b.bottom - 1 && b.top < a.bottom - 1
        && a.left < b.right - 1 && b.left < a.right - 1;
      return parts.flatMap((part, at) => parts.slice(at + 1)
        .filter((_, after) => meet(boxes[at], boxes[at + 1 + after]))
        .map(other => [part, other].map(one => one.textContent.slice(0, 40))));
    }}""")


def test_the_pictures_lie_upon_one_another_to_the_end(story):
    page = story()
    for at in ("0", "1500", "document.documentElement.scrollHeight"):
        page.evaluate(f"document.documentElement.scrollTop = {at}")
        boxes = [svg.bounding_box() for svg in page.locator(f"{STEPS} figure svg").all()]
        assert len(boxes) == 10
        assert boxes == [boxes[0]] * 10


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_on_a_phone_each_picture_stands_before_its_text_and_covers_nothing(story, scripts):
    page = story(360, java_script_enabled=scripts)
    assert page.evaluate(SHOWN) == [True] * 10
    assert covering(page) == []
    for step in page.locator(STEPS).all():
        parts = [step.locator(part).first.bounding_box()["y"] for part in ("h2", "figure", "p")]
        assert parts == sorted(parts)


def test_without_scripts_every_step_has_its_own_picture_beside_it(story):
    page = story(java_script_enabled=False)
    assert page.evaluate(SHOWN) == [True] * 10
    assert covering(page) == []
    boxes = [picture.bounding_box() for picture in page.locator(f"{STEPS} figure").all()]
    tops = [step.bounding_box()["y"] for step in page.locator(STEPS).all()]
    for box, top, below in zip(boxes, tops, [*tops[1:], 1e6], strict=True):
        assert top <= box["y"] < box["y"] + box["height"] <= below


def bare(text: str) -> str:
    """A text without spaces and ligatures, which print sets as it likes."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_print_has_all_steps_with_their_pictures(story):
    page = story()
    page.locator(STEPS).nth(4).scroll_into_view_if_needed()
    titles = [
        title.evaluate("h2 => h2.firstChild.data") for title in page.locator(f"{STEPS} h2").all()
    ]
    captions = page.locator(f"{STEPS} figcaption").all_inner_texts()
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = bare("".join(sheet.extract_text() for sheet in pdf.pages))
    assert [words for words in (*titles, *captions) if bare(words) not in printed] == []
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN) == [True] * 10
    assert covering(page) == []


def test_each_picture_says_in_words_what_it_sets_off(story):
    page = story()
    for step in page.locator(STEPS).all():
        alt = step.locator("svg[role=img]").get_attribute("aria-label")
        caption = step.locator("figcaption").text_content().rstrip(".")
        assert all(part in alt for part in caption.split(". "))


def refused(chromium, name: str) -> Counter[str]:
    """What a browser refuses on a page of the book under a strict policy, and other errors."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page, said = context.new_page(), []

    def serve(route) -> None:
        file = project().html / route.request.url.removeprefix(ADDRESS).partition("?")[0]
        route.fulfill(path=file, headers={"Content-Security-Policy": POLICY})

    page.route(f"{ADDRESS}**", serve)
    page.on(
        "console", lambda said_of: said.append(said_of.text) if said_of.type == "error" else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{ADDRESS}{name}.html")
    if name == NAME:
        page.locator(STEPS).nth(3).locator("h2").scroll_into_view_if_needed()
        page.locator(".cb-live > .cb-now").wait_for()
    context.close()
    return Counter(re.sub(r"'sha256-[^']*'", "", words) for words in said)


def test_a_strict_policy_refuses_nothing_of_it_that_any_page_lacks(chromium, book):
    assert refused(chromium, NAME) - refused(chromium, "chapters/background") == Counter()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("dark", 360)])
def test_it_shuts_no_reader_out_while_it_is_read(story, scheme, width):
    page = story(width, color_scheme=scheme)
    page.locator(STEPS).nth(5).locator("h2").scroll_into_view_if_needed()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_light(book, page_files):
    static = [book / "html" / "_static" / name for name in ("story.js", "story.css")]
    assert sum(file.stat().st_size for file in [page_files[NAME], *static]) <= HEAVIEST
