"""A figure with steps shows the whole, and on a page with scripts one step at a time."""

import re
from pathlib import Path

import pandas as pd
import pytest
from claimbook import house_style
from claimbook.figures.figure import Figure
from claimbook.figures.steps import WHOLE, Steps, named_parts, step_name
from claimbook.sphinxext import figure_steps
from claimbook.sphinxext.html.static_files import ASSETS, SHEET
from claimbook.sphinxext.nodes import chart
from matplotlib.figure import Figure as Drawing

ADDRESS = "http://steps.example/"
STRICT = "default-src 'self'"


def draw(width: float, stepped: bool) -> Drawing:
    """A drawing with a word for the whole, and where stepped with one for each of two months."""
    drawing = Drawing(figsize=(width, 1))
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.text(0.1, 0.5, "ground")
    with named_parts(axes, WHOLE):
        axes.text(0.3, 0.5, "all boats")
    for number, word in enumerate(("June boats", "July boats") if stepped else ()):
        with named_parts(axes, step_name(number)):
            axes.text(0.6, 0.5, word)
    return drawing


@pytest.fixture(scope="module")
def figure() -> Figure:
    return Figure(
        name="boats",
        title="Boats by month",
        subtitle="Boats.",
        alt="Boats of two months.",
        data=pd.DataFrame({"month": ["June", "July"], "claims": [[], []]}),
        draw=lambda width: draw(width, stepped=False),
        steps=Steps(
            "Month",
            ("All months", "3 boats."),
            [("June 2031", "1 boat."), ("July 2031", "2 boats <at sea>.")],
            lambda width: draw(width, stepped=True),
        ),
    )


def test_only_the_pictures_of_a_page_have_the_marks_of_steps_and_hide_them(figure):
    for svg in (figure.wide, figure.narrow):
        assert "June boats" in svg
        hidden = re.findall(r'<g id="[^"]+" class="cb-step" data-step="(\d)" display="none">', svg)
        assert hidden == ["1", "2"]
        assert svg.count('class="cb-whole"') == 1
    svg, _ = figure.slide()
    for picture in (figure.plain, figure.unlinked, figure.picture(), svg):
        assert "all boats" in picture
        assert "June boats" not in picture


@pytest.fixture(scope="module")
def opened(chromium, figure):
    """A function that opens the figure in a page, with or without scripts, and gives the page."""
    node = chart(name=figure.name, steps=figure.steps.to_json())
    svg = "".join(
        getattr(figure, form).replace("<svg", f'<svg class="cb-{form}"', 1)
        for form in ("wide", "narrow")
    )
    script = f'<script defer src="{figure_steps.SCRIPT}"></script>'
    html = (
        f'<!doctype html><html lang="en"><link rel="stylesheet" href="{SHEET}">{script}'
        f'<figure class="cb-figure">{figure_steps.slider(node)}{svg}</figure></html>'
    )
    style = house_style.css_variables() + (ASSETS / SHEET).read_text("utf-8")

    def serve(route) -> None:
        name = Path(route.request.url).name
        headers = {"Content-Security-Policy": STRICT}
        if name == SHEET:
            route.fulfill(content_type="text/css", body=style)
        elif name == figure_steps.SCRIPT:
            body = (ASSETS / name).read_text("utf-8")
            route.fulfill(content_type="text/javascript", body=body)
        else:
            route.fulfill(content_type="text/html", body=html, headers=headers)

    contexts = []

    def open_page(width: int = 800, scripts: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": 600}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("console", lambda message: page.errors.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.route(f"{ADDRESS}**", serve)
        page.goto(f"{ADDRESS}page.html")
        return page

    yield open_page
    for context in contexts:
        context.close()


def words_shown(page) -> set[str]:
    """The words of the pictures that a reader sees."""
    return {text.text_content() for text in page.locator("svg text").all() if text.is_visible()}


@pytest.mark.parametrize("width", [800, 360])
def test_the_slider_goes_through_the_steps_by_keyboard_under_a_strict_policy(opened, width):
    page = opened(width)
    slider = page.get_by_label("Month")
    assert words_shown(page) == {"ground", "all boats"}
    assert page.get_by_role("status").text_content() == "All months: 3 boats."
    page.keyboard.press("Tab")
    assert slider.evaluate("slider => slider === document.activeElement")
    for key, words, value, told in (
        ("ArrowRight", "June boats", "June 2031", "June 2031: 1 boat."),
        ("ArrowRight", "July boats", "July 2031", "July 2031: 2 boats <at sea>."),
        ("ArrowRight", "July boats", "July 2031", "July 2031: 2 boats <at sea>."),
        ("Home", "all boats", "All months", "All months: 3 boats."),
    ):
        page.keyboard.press(key)
        assert words_shown(page) == {"ground", words}
        assert slider.get_attribute("aria-valuetext") == value
        assert page.get_by_role("status").text_content() == told
    assert page.errors == []
    assert slider.bounding_box()["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_whole_is_shown_and_no_slider(opened):
    page = opened(scripts=False)
    assert not page.locator(".cb-steps").is_visible()
    assert words_shown(page) == {"ground", "all boats"}


def test_print_shows_the_whole_whichever_step_is_chosen(opened):
    page = opened()
    page.get_by_label("Month").press("ArrowRight")
    page.emulate_media(media="print")
    assert words_shown(page) == {"ground", "all boats"}
    assert not page.locator(".cb-steps").is_visible()


def test_a_figure_without_steps_has_no_slider():
    assert figure_steps.slider(chart(name="boats", steps=None)) == ""
