"""A page that forbids inline styles shows each figure as any other page does."""

import pytest
from claimbook import house_style
from support.engine_figures import FIGURES, TITLE

STRICT = "default-src 'self'"
ADDRESS = "http://figures.example/"


@pytest.fixture(scope="module")
def figures_page(chromium, corpus):
    """A function that opens all figures in one page, and gives its picture and its errors."""
    figures = [make(corpus, TITLE) for make in FIGURES.values()]
    drawn = "".join(figure.wide + figure.narrow for figure in figures)
    page_html = f'<!doctype html><link rel="stylesheet" href="style.css">{drawn}'

    def opened(policy: str) -> tuple[bytes, list[str]]:
        page = chromium.new_page(viewport={"width": 500, "height": 800})
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))

        def serve(route) -> None:
            if route.request.url.endswith("style.css"):
                route.fulfill(content_type="text/css", body=house_style.css_variables())
                return
            headers = {"Content-Security-Policy": policy} if policy else {}
            route.fulfill(content_type="text/html", body=page_html, headers=headers)

        page.route(f"{ADDRESS}**", serve)
        page.goto(ADDRESS)
        picture = page.screenshot(full_page=True)
        page.close()
        return picture, errors

    return opened


def test_figures_look_alike_with_and_without_a_strict_policy(figures_page):
    strict, errors = figures_page(STRICT)
    assert errors == []
    lax, _ = figures_page("")
    assert strict == lax
