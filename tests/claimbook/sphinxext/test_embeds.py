"""Each figure has a page of its own, to be shown within a page of another site."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from claimbook.sphinxext.html import embeds


@pytest.fixture(scope="module")
def html(made_up_book: Path) -> Path:
    return made_up_book / "html"


def test_every_figure_links_to_its_own_page_which_leads_back_to_it(html: Path) -> None:
    figures = 0
    for file in html.glob("chapters/*.html"):
        for figure in BeautifulSoup(file.read_text("utf-8"), "html.parser").select(
            "figure.cb-figure"
        ):
            links = [link for link in figure.select(".cb-downloads a") if link.text == embeds.LABEL]
            if not figure.select(".cb-downloads"):
                continue
            figures += 1
            page = (file.parent / links[0]["href"]).resolve()
            soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
            assert soup.h1.text in figure.figcaption.text
            back = soup.select_one('figcaption a[target="_top"]')["href"]
            assert (page.parent / back).resolve().as_posix() == f"{file.as_posix()}#{figure['id']}"
            assert [svg["aria-label"] for svg in soup.select("svg[role=img]")] == [
                svg["aria-label"] for svg in figure.select("svg[role=img]")
            ]
    assert figures > 3


def test_all_that_such_a_page_loads_or_links_is_in_the_book(html: Path) -> None:
    for page in html.glob("embed/*.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        addresses = [tag.get("href") or tag.get("src") for tag in soup.select("[href], [src]")]
        for address in addresses:
            parts = urlsplit(address)
            assert not parts.scheme, address
            assert (page.parent / unquote(parts.path)).is_file(), (page.name, address)


def test_a_page_from_a_server_offers_a_frame_with_its_address_and_one_from_disk_none(
    html: Path, chromium
) -> None:
    page = chromium.new_page()
    file = next(html.glob("embed/*.html"))
    page.goto(file.as_uri())
    assert page.locator("#code").is_hidden()
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=html)
    ) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/embed/{file.name}"
        page.goto(f"{address}#x")
        assert page.locator("#code").is_visible()
        frame = BeautifulSoup(page.locator("#frame").input_value(), "html.parser").iframe
        server.shutdown()
    page.close()
    assert frame["src"] == address


CONF = """
from claimbook.sphinxext.nodes import chart
from docutils import nodes
from docutils.parsers.rst import Directive

extensions = ["myst_nb", "claimbook.sphinxext.renderers", "claimbook.sphinxext.html.embeds"]
html_baseurl = "https://example.org/book/"


class Drawn(Directive):
    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        pictures = {"wide": "<svg></svg>", "narrow": "<svg></svg>"}
        image = chart(uri="", alt="A", name=name, steps=None, **pictures)
        title = nodes.strong(text="Ships \\"leave\\"")
        caption = nodes.caption("", "", title, nodes.Text(". Below."))
        figure = nodes.figure("", image, caption, names=[name])
        self.state.document.note_explicit_target(figure, figure)
        return [figure]


def setup(app):
    app.add_config_value("typst_licence", "CC BY 4.0", "")
    app.add_directive("drawn", Drawn)
"""
PAGE = "# Ships\n\n```{{drawn}} kept\n```\n\n```{{drawn}} {}\n```\n"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory, sphinx) -> Path:
    """The pages of figures after a build in which one figure has been replaced by another."""
    folder = tmp_path_factory.mktemp("embedded")
    (folder / "conf.py").write_text(CONF, "utf-8")
    for name in ("gone", "new"):
        (folder / "index.md").write_text(PAGE.format(name), "utf-8")
        sphinx(folder, folder / "out")
    return folder / "out" / embeds.FOLDER


def test_the_page_of_a_figure_that_is_gone_is_deleted(embedded: Path) -> None:
    assert sorted(page.stem for page in embedded.iterdir()) == ["kept", "new"]


def test_a_site_with_an_address_offers_the_code_of_a_frame(embedded: Path) -> None:
    soup = BeautifulSoup((embedded / "new.html").read_text("utf-8"), "html.parser")
    frame = BeautifulSoup(soup.textarea.text, "html.parser").iframe
    assert frame["src"] == "https://example.org/book/embed/new.html"
    assert frame["title"] == "Ships “leave”"
    assert soup.find("link", rel="canonical")["href"] == "https://example.org/book/index.html#new"
