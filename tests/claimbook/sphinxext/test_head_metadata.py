"""What the pages say of themselves to search engines and other programs."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

CONF = """
extensions = ["myst_parser", "sphinx_book_theme", "claimbook.sphinxext.html.theme_overrides", "claimbook.sphinxext.html.head_metadata"]
html_theme, html_title, copyright = "sphinx_book_theme", "A book", "2026"

def setup(app):
    for name in ("typst_subtitle", "typst_keywords"):
        app.add_config_value(name, "about nothing", "")
"""


@pytest.fixture(scope="module")
def heads(book) -> dict[str, BeautifulSoup]:
    """The head of every page by the page's name."""
    html = book / "html"
    files = [file for file in html.rglob("*.html") if "_static" not in file.parts]
    return {
        file.relative_to(html).with_suffix("").as_posix(): BeautifulSoup(
            file.read_text("utf-8"), "html.parser"
        ).head
        for file in files
    }


def linked_data(head: BeautifulSoup) -> dict:
    (script,) = head.select('script[type="application/ld+json"]')
    return json.loads(script.string)


def test_every_page_describes_itself_in_plain_words(heads):
    described = {
        name: head.select_one('meta[name="description"]')["content"]
        for name, head in heads.items()
        if name != "search"
    }
    assert all(20 < len(text) <= 200 for text in described.values()), described
    assert not [text for text in described.values() if "[" in text or "{" in text or " ." in text]
    assert len(set(described.values())) == len(described)


def test_the_front_page_is_a_report_and_the_data_page_a_dataset_whose_files_are_there(heads, book):
    report = linked_data(heads["index"])
    assert (report["@type"], report["name"], report["inLanguage"]) == (
        "Report",
        "Short of War",
        "en",
    )
    assert report["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    dataset = linked_data(heads["chapters/data"])
    assert dataset["@type"] == "Dataset"
    files = [part["contentUrl"] for part in dataset["distribution"]]
    assert {"../data/claims.csv", "../data/short-of-war-data.zip"} <= set(files)
    assert [
        file for file in files if not (book / "html" / "chapters" / file).resolve().is_file()
    ] == []
    assert not heads["chapters/pressure"].select('script[type="application/ld+json"]')


def test_without_an_address_of_the_site_no_page_gives_one(heads):
    for head in heads.values():
        assert not head.select('link[rel="canonical"], meta[property^="og:"]')


def test_with_an_address_pages_give_it_to_search_engines_and_for_sharing(tmp_path, sphinx):
    (tmp_path / "conf.py").write_text(
        CONF + '\nhtml_baseurl = "https://example.org/book/"\n', "utf-8"
    )
    (tmp_path / "chapters").mkdir()
    (tmp_path / "index.md").write_text(
        "# A book\n\nWhat this book says, in one sentence.\n\n```{toctree}\nchapters/data\n```\n",
        "utf-8",
    )
    (tmp_path / "chapters/data.md").write_text(
        "# Data\n\nWhat the tables of this book hold.\n", "utf-8"
    )
    sphinx(tmp_path, tmp_path / "out")
    head = BeautifulSoup(
        Path(tmp_path / "out/chapters/data.html").read_text("utf-8"), "html.parser"
    ).head
    assert (
        head.select_one('link[rel="canonical"]')["href"]
        == "https://example.org/book/chapters/data.html"
    )
    assert (
        head.select_one('meta[property="og:url"]')["content"]
        == "https://example.org/book/chapters/data.html"
    )
    assert (
        head.select_one('meta[property="og:description"]')["content"]
        == "What the tables of this book hold."
    )
    assert linked_data(head)["distribution"][0]["contentUrl"].startswith(
        "https://example.org/book/data/"
    )
