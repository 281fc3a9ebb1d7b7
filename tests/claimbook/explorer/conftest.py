"""The explorer's page, opened from disk with no network, and a way to make such a page from any corpus."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from claimbook.explorer import Explorer, page, widget

IDS = """
const more = document.querySelector('[data-does="more"]');
while (!more.hidden) more.click();
return [...document.querySelectorAll(".cb-explorer-list a")].map((link) => link.textContent);
"""


@pytest.fixture(autouse=True)
def live(monkeypatch) -> None:
    """A notebook of a reader's own, whatever a build in this process has set."""
    monkeypatch.delenv(widget.PAGE, raising=False)


@pytest.fixture
def offline(chromium) -> Iterator[SimpleNamespace]:
    """A page of a browser without a network, and what it asked of anything but the disk."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, offline=True, accept_downloads=True
    )
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    asked: list[str] = []
    opened.on(
        "request",
        lambda request: (
            asked.append(request.url)
            if not request.url.startswith(("file:", "blob:", "data:"))
            else None
        ),
    )
    yield SimpleNamespace(page=opened, asked=asked, ids=lambda: opened.evaluate(f"() => {{{IDS}}}"))
    assert asked == []
    context.close()


@pytest.fixture
def explorer_page(offline, book) -> SimpleNamespace:
    """The built page, opened."""
    offline.address = (book / "html/chapters/explorer.html").as_uri()
    offline.page.goto(offline.address)
    return offline


@pytest.fixture
def bare_page(offline, tmp_path: Path, monkeypatch):
    """Gives a function that opens the explorer of a corpus in a page with nothing else."""

    def opened(corpus) -> SimpleNamespace:
        with monkeypatch.context() as patched:
            patched.setenv(widget.PAGE, "yes")
            content = Explorer(corpus)._repr_mimebundle_()[page.MIME]
        shutil.copyfile(page.ASSETS / page.SCRIPT, tmp_path / page.SCRIPT)
        file = tmp_path / "explorer.html"
        script = f'<script defer src="{page.SCRIPT}"></script>'
        file.write_text(
            f'<!doctype html><meta charset="utf-8"><title>Explore</title>{page.embed_html(content, "ledger.html")}{script}',
            "utf-8",
        )
        offline.page.goto(file.as_uri())
        return offline

    return opened
