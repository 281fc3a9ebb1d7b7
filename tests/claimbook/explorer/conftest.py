"""Explorer and ledger in pages opened from disk with no network, made from any corpus or built."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from claimbook.corpus.model import Corpus
from claimbook.explorer import Explorer, page
from claimbook.paths import BUILT_PAGE
from claimbook.sphinxext.html import static_files
from claimbook.sphinxext.ledger import html_pages

LIST_IDS = """() => {
  const more = document.querySelector('[data-action="more"]');
  while (!more.hidden) more.click();
  return [...document.querySelectorAll(".cb-explorer-list a")].map((link) => link.textContent);
}"""


@pytest.fixture(autouse=True)
def live(monkeypatch) -> None:
    """A notebook of a reader's own, whatever a build in this process has set."""
    monkeypatch.delenv(BUILT_PAGE, raising=False)


@pytest.fixture
def offline(chromium) -> Iterator[SimpleNamespace]:
    """A page of a browser without a network; the test fails if it asks for anything but files."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, offline=True, accept_downloads=True
    )
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    requests: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    yield SimpleNamespace(page=opened, ids=lambda: opened.evaluate(LIST_IDS))
    assert [url for url in requests if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()


def write_explorer(corpus: Corpus, folder: Path) -> Path:
    """Write a page that has the explorer of a corpus and nothing else."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(BUILT_PAGE, "yes")
        content = Explorer(corpus)._repr_mimebundle_()[page.MIME]
    for name in page.SCRIPTS:
        shutil.copyfile(page.ASSETS / name, folder / name)
    scripts = "".join(f'<script defer src="{name}"></script>' for name in page.SCRIPTS)
    head = '<!doctype html><meta charset="utf-8"><title>Explore</title>'
    embedded = page.embed_html(content, lambda _claim: "ledger.html")
    file = folder / "explorer.html"
    file.write_text(f"{head}{embedded}{scripts}", "utf-8")
    return file


@pytest.fixture
def open_explorer(offline, tmp_path) -> Callable[..., SimpleNamespace]:
    """A function that opens the explorer of a corpus in a page with nothing else."""

    def opened(corpus: Corpus) -> SimpleNamespace:
        offline.address = write_explorer(corpus, tmp_path).as_uri()
        offline.page.goto(offline.address)
        return offline

    return opened


@pytest.fixture(scope="session")
def explorer_file(corpus, tmp_path_factory) -> Path:
    """The page with the explorer of the made-up corpus."""
    return write_explorer(corpus, tmp_path_factory.mktemp("explorer"))


@pytest.fixture
def explorer_page(offline, explorer_file) -> SimpleNamespace:
    """The explorer of the made-up corpus, opened."""
    offline.address = explorer_file.as_uri()
    offline.page.goto(offline.address)
    return offline


@pytest.fixture
def built_page(offline, made_up_book) -> SimpleNamespace:
    """The explorer in the built made-up report, opened."""
    offline.address = (made_up_book / "html/chapters/explorer.html").as_uri()
    offline.page.goto(offline.address)
    return offline


@pytest.fixture
def open_ledger(offline, tmp_path) -> Callable[..., SimpleNamespace]:
    """A function that opens the ledger of a corpus: its entries, and its filter as it is built."""

    def opened(corpus) -> SimpleNamespace:
        scripts = {page.FILTER_SCRIPT: page.ASSETS, html_pages.SCRIPT: static_files.ASSETS}
        for name, folder in scripts.items():
            shutil.copyfile(folder / name, tmp_path / name)
        order = corpus.sources["published"].sort_values().index
        entries = "".join(
            f'<section id="{source}"><dl class="cb-ledger">'
            + "".join(f'<dt id="{claim}">{claim}</dt><dd>…</dd>' for claim in claims.index)
            + "</dl></section>"
            for source in order
            for claims in [corpus.claims[corpus.claims["source_id"] == source]]
        )
        head = '<!doctype html><meta charset="utf-8"><title>Ledger</title>'
        loaded = "".join(f'<script defer src="{name}"></script>' for name in scripts)
        form = page.LedgerFilters(corpus).form(corpus.claims.index)
        file = tmp_path / "ledger.html"
        file.write_text(f"{head}{form}{entries}{loaded}", "utf-8")
        offline.page.goto(file.as_uri())
        visible = offline.page.locator("dl.cb-ledger > dt:visible")
        offline.ids = lambda: visible.evaluate_all("all => all.map((entry) => entry.id)")
        return offline

    return opened
