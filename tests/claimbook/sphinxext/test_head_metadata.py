"""What the pages say of themselves to search engines and other programs."""

import json
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

CONF = """
extensions = [
    "myst_parser", "sphinx_book_theme",
    "claimbook.sphinxext.html.sphinx_theme", "claimbook.sphinxext.html.head_metadata",
    "claimbook.sphinxext.html.feed", "claimbook.sphinxext.notebook_download",
]
html_theme, html_title, copyright = "sphinx_book_theme", "A book", "2031"
claimbook_data_page = "chapters/data"

def setup(app):
    app.add_config_value("typst_subtitle", "about nothing", "")
    app.add_config_value("typst_keywords", ["nothing"], "")
"""


@pytest.fixture(scope="module")
def heads(made_up_book) -> dict[str, BeautifulSoup]:
    """The head of every page by the page's name."""
    html = made_up_book / "html"
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
        name: meta["content"]
        for name, head in heads.items()
        if (meta := head.select_one('meta[name="description"]'))
    }
    assert {"index", "ledger", "chapters/closure"} <= set(described)
    assert all(20 < len(text) <= 200 for text in described.values()), described
    assert not [text for text in described.values() if "[" in text or "{" in text or " ." in text]
    assert not [text for text in described.values() if text[0].isdigit()]  # of the paragraph
    assert len(set(described.values())) == len(described)


def test_the_front_page_is_a_report(heads):
    report = linked_data(heads["index"])
    assert (report["@type"], report["name"]) == ("Report", "The Harbour Question")
    assert (report["inLanguage"], report["version"]) == ("en", "3.2.1")
    assert report["isBasedOn"]["url"] == "chapters/data.html"
    assert report["datePublished"] == "2031-10-01"


def test_a_chapter_is_part_of_the_report(heads):
    chapter = linked_data(heads["chapters/closure"])
    assert (chapter["@type"], chapter["name"]) == ("Chapter", "Closure")
    assert chapter["isPartOf"] == {"@type": "Report", "name": "The Harbour Question"}
    assert not heads["search"].select('script[type="application/ld+json"]')


def cited(head: BeautifulSoup) -> dict[str, list[str]]:
    """The tags for citation managers, by name."""
    tags: dict[str, list[str]] = {}
    for meta in head.select('meta[name^="citation_"]'):
        tags.setdefault(meta["name"], []).append(meta["content"])
    return tags


def test_a_citation_manager_reads_who_wrote_what_and_when(heads):
    whole, chapter = cited(heads["index"]), cited(heads["chapters/closure"])
    title = (
        "The Harbour Question: Norrland, Ostria and the Straits of Vell in three reports of 2031"
    )
    assert whole["citation_title"] == [title]
    assert whole["citation_author"] == ["The Harbour contributors"]
    assert whole["citation_publication_date"] == ["2031/10/01"]
    assert whole["citation_technical_report_number"] == ["Version 3.2.1"]
    assert chapter["citation_title"] == ["Closure"]
    assert chapter["citation_inbook_title"] == [title]
    assert not [name for name in {**whole, **chapter} if name.endswith("_url")]  # without address
    assert not cited(heads["search"])


def test_the_data_page_is_a_dataset_of_the_reports_time_and_country_whose_files_are_there(
    heads, made_up_book
):
    dataset = linked_data(heads["chapters/data"])
    assert dataset["@type"] == "Dataset"
    assert (dataset["temporalCoverage"], dataset["spatialCoverage"]) == ("2031", "Norrland")
    files = [part["contentUrl"] for part in dataset["distribution"]]
    assert {"../data/claims.csv", "../data/harbour-question-data.zip"} <= set(files)
    chapters = made_up_book / "html" / "chapters"
    assert [file for file in files if not (chapters / file).resolve().is_file()] == []


def test_without_an_address_of_the_site_no_page_gives_one(heads):
    for head in heads.values():
        assert not head.select('link[rel="canonical"], meta[property^="og:"]')


def test_with_an_address_pages_give_it_to_search_engines_and_for_sharing(
    made_up_copy, tmp_path, sphinx
):
    settings = made_up_copy / "report.toml"
    text = settings.read_text("utf-8")
    address = 'slug = "harbour-question"\naddress = "https://example.org/book/"'
    settings.write_text(text.replace('slug = "harbour-question"', address), "utf-8")
    book = tmp_path / "small"
    (book / "chapters").mkdir(parents=True)
    (book / "conf.py").write_text(CONF, "utf-8")
    (book / "index.md").write_text(
        "# A book\n\nWhat this book says, in one sentence.\n\n```{toctree}\nchapters/data\n```\n",
        "utf-8",
    )
    (book / "chapters/data.md").write_text(
        "# Data\n\nWhat the tables of this book hold.\n", "utf-8"
    )
    sphinx(book, book / "out")
    page = (book / "out/chapters/data.html").read_text("utf-8")
    head = BeautifulSoup(page, "html.parser").head
    canonical = head.select_one('link[rel="canonical"]')["href"]
    assert canonical == "https://example.org/book/chapters/data.html"
    shared = {meta["property"]: meta["content"] for meta in head.select("meta[property]")}
    assert shared["og:url"] == "https://example.org/book/chapters/data.html"
    assert shared["og:description"] == "What the tables of this book hold."
    tags = cited(head)
    assert tags["citation_fulltext_html_url"] == ["https://example.org/book/chapters/data.html"]
    feed = head.select_one('link[rel="alternate"][type="application/atom+xml"]')["href"]
    entries = ElementTree.parse(book / "out/chapters" / feed).getroot()
    assert entries.find("{*}id").text == "https://example.org/book/"
    first = linked_data(head)["distribution"][0]["contentUrl"]
    assert first.startswith("https://example.org/book/data/")


def test_github_pages_is_told_to_publish_the_folders_that_begin_with_an_underscore(made_up_book):
    assert (made_up_book / "html" / ".nojekyll").is_file()
