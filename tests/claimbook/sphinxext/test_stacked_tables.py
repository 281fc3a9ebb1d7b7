"""A table of the class `cb-stack` shows its cells below one another on a phone."""

import pytest
from claimbook.paths import ENGINE
from claimbook.sphinxext.html.search_index import page_passages
from playwright.sync_api import Browser, Locator
from support.forked_python import run_sphinx

PAGE = """\
# Signs

```{table} What each would change
:class: cb-stack

| Sign | It counts when | Who sees it |
|---|---|---|
| Boats | they stay | *anyone* |
| Buoys | they are laid | – |
```
"""
ASSETS = "sphinxext/html/assets"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The page of a table, built by Sphinx with the engine's styles."""
    book = tmp_path_factory.mktemp("stacked")
    (book / "conf.py").write_text(
        "extensions = ['myst_parser', 'claimbook.sphinxext.stacked_tables']\n"
        f"html_static_path = [{str(ENGINE / ASSETS)!r}]\n"
        "html_css_files = ['claimbook.css']\n",
        "utf-8",
    )
    (book / "index.md").write_text(PAGE, "utf-8")
    ran = run_sphinx(book, book / "built", "-W")
    assert ran.returncode == 0, ran.stderr
    return book / "built/index.html"


def table_at(chromium: Browser, page, width: int) -> Locator:
    tab = chromium.new_page(viewport={"width": width, "height": 800})
    tab.goto(page.as_uri())
    return tab.locator("table")


def test_on_a_phone_each_cell_stands_below_the_last_one_under_its_heading(built, chromium):
    table = table_at(chromium, built, 360)
    tops = [cell.bounding_box()["y"] for cell in table.locator("tbody td").all()]
    assert tops == sorted(set(tops))
    shown = [cell.inner_text() for cell in table.locator("tbody td").all()]
    assert shown[:3] == ["Boats", "It counts when: they stay", "Who sees it: anyone"]
    assert not table.locator("thead").is_visible()


def test_in_a_wide_window_it_is_a_table_and_search_has_its_words_alone(built, chromium):
    table = table_at(chromium, built, 1200)
    rows = table.locator("tbody tr").all()
    assert len({cell.bounding_box()["y"] for cell in rows[0].locator("td").all()}) == 1
    assert rows[0].inner_text().split() == ["Boats", "they", "stay", "anyone"]
    article = f"<article>{built.read_text('utf-8')}</article>"
    assert "Boats · they stay · anyone" in [text for _, text, _ in page_passages(article)]
