"""The built pages call no other host, are small to load, and work from a folder on disk."""

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

# Bytes that the stock theme sends for chapters/pressure with its figure: measured in Chromium, on a
# book of jupyter-book 1.0.4 with that page and without this package, over the same plain server
# that the test below starts.
STOCK = 2_432_350
# Bytes: these pages carry all claims of the corpus, a map by month with its rivers, all evidence,
# or two figures with a mark for each of some three hundred claims.
CARRIED = {
    "chapters/explorer": 1_300_000,
    "chapters/bring-the-text": 1_000_000,
    "chapters/military-signals": 230_000,
    "chapters/weighed": 600_000,
    "chapters/outlook": 40_000,
}
POLICY = "default-src 'self'; img-src 'self' data:"  # icons are pictures within the style sheet
STRICT = ("pressure", "military-signals", "explorer", "bring-the-text", "data", "weighed", "built")
LOADED = {  # elements that make a browser load something, and the attributes that name it
    **dict.fromkeys(
        ("script", "img", "iframe", "source", "video", "audio", "embed", "track", "input"),
        ("src", "srcset"),
    ),
    "object": ("data",),
    "video": ("src", "poster"),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
FETCHED = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
}
IN_SHEETS = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\s]*))\s*\)|@import\s+[\"']([^\"']+)"
)


@pytest.fixture(scope="module")
def html(book) -> Path:
    return book / "html"


@pytest.fixture(scope="module")
def pages(page_files) -> dict[str, Path]:
    """Every page of the book by its name."""
    return page_files


def loads(page: Path) -> list[str]:
    """The addresses that a page loads by itself, as written."""
    root = lxml.html.parse(page, lxml.html.HTMLParser(encoding="utf-8")).getroot()
    found = [element.get(name) for element in root.iter(*LOADED) for name in LOADED[element.tag]]
    found += [
        link.get("href") for link in root.iter("link") if FETCHED & {*link.get("rel", "").split()}
    ]
    sheets = [style.text_content() for style in root.iter("style")]
    sheets += root.xpath("//@style")
    return [address for address in found if address] + [
        address for sheet in sheets for address in asked(sheet)
    ]


def asked(sheet: str) -> list[str]:
    """The addresses that a style sheet asks for."""
    return [
        "".join(found)
        for found in IN_SHEETS.findall(sheet)
        if "".join(found) and not "".join(found).startswith("#")
    ]


def test_every_script_style_font_and_image_lies_in_the_book(html, pages):
    everything = [(page, address) for page in pages.values() for address in loads(page)]
    everything += [
        (sheet, address)
        for sheet in html.rglob("*.css")
        for address in asked(sheet.read_text("utf-8"))
    ]
    assert len(everything) > 100
    for place, address in everything:
        if address.startswith(("data:", "#")):
            continue
        parts = urlsplit(address)
        assert not parts.scheme, f"{place.relative_to(html)} loads {address}"
        assert not parts.netloc, f"{place.relative_to(html)} loads {address}"
        assert (place.parent / unquote(parts.path)).resolve().is_file(), (
            f"{place.relative_to(html)} loads {address}, which is not there"
        )


def test_a_strict_policy_refuses_nothing_of_a_page_and_dark_mode_works(chromium, html, pages):
    context = chromium.new_context(color_scheme="dark")

    def serve(route) -> None:
        file = html / unquote(urlsplit(route.request.url).path).lstrip("/")
        route.fulfill(path=file, headers={"Content-Security-Policy": POLICY})

    context.route("http://book.example/**", serve)
    page = context.new_page()
    refused: list[str] = []
    policy = "Content Security Policy"
    page.on("console", lambda said: refused.append(said.text) if policy in said.text else None)
    page.on("pageerror", lambda error: refused.append(f"{page.url}: {error}"))
    for name in (
        "index",
        "search",
        "ledger",
        "embed/year",
        *(f"chapters/{name}" for name in STRICT),
    ):
        page.goto(f"http://book.example/{name}.html")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()
    assert refused == []


@pytest.fixture(scope="module")
def server(html):
    """The book from a plain local server, which compresses nothing; gives its address."""
    served = ThreadingHTTPServer(
        ("127.0.0.1", 0),
        type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}),
    )
    served.RequestHandlerClass = functools.partial(served.RequestHandlerClass, directory=str(html))
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    served.shutdown()


def transferred(chromium, address: str) -> dict[str, int]:
    """What a first visit to a page transfers: bytes by address, headers in."""
    context = chromium.new_context()
    page = context.new_page()
    watch = context.new_cdp_session(page)
    watch.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    watch.on(
        "Network.requestWillBeSent",
        lambda event: names.setdefault(event["requestId"], event["request"]["url"]),
    )
    watch.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(names[event["requestId"]], int(event["encodedDataLength"])),
    )
    missing: list[str] = []
    page.on(
        "response",
        lambda response: missing.append(response.url) if response.status >= 400 else None,
    )
    page.goto(address)
    page.wait_for_timeout(200)
    context.close()
    assert missing == []
    return sizes


@pytest.mark.long
def test_a_first_visit_transfers_at_most_a_third_of_what_the_stock_theme_sends(
    chromium, server, pages
):
    for name in pages:
        if name.startswith("chapters/") or name == "index":
            sizes = transferred(chromium, f"{server}/{name}.html")
            most = STOCK / 3 + CARRIED.get(name, 0)
            assert sum(sizes.values()) <= most, (
                name,
                sorted(sizes.items(), key=lambda size: -size[1])[:6],
            )


def test_every_icon_on_a_page_is_drawn(html, pages):
    sheet = (html / "_static" / "icons.css").read_text("utf-8")
    sizes = {"fa-solid", "fa-lg"}
    shown = {
        name
        for page in pages.values()
        for name in re.findall(r'\bfa-[\w-]+(?=[^"<>]*")', page.read_text("utf-8"))
    } - sizes
    assert {"fa-bars", "fa-magnifying-glass"} <= shown
    assert [name for name in shown if f".{name}{{" not in sheet] == []


def test_search_works_from_disk(chromium, pages):
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(pages["chapters/pressure"].as_uri())
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").fill("Khrenin")
    page.keyboard.press("Enter")
    results = page.locator("#search-results .search li a")
    page.locator("#search-results .search li a[href*='chapters/pressure.html']").first.wait_for(
        timeout=10000
    )  # found one by one
    addresses = results.evaluate_all("links => links.map(link => link.href)")
    context.close()
    assert all(Path(unquote(urlsplit(address).path)).is_file() for address in addresses)
