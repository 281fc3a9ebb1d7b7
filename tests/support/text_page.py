"""The page on which readers bring a text, alone and served under a strict policy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from claimbook.explorer.page import data_element
from claimbook.sphinxext import popovers, text_page
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus, cached_ledger
from claimbook.sphinxext.html import static_files
from claimbook.sphinxext.text_page.page_data import page_data
from claimbook.texts.anchors import split_words
from claimbook.texts.source_texts import SourceText
from claimbook.texts.stored_spans import StoredSpan, locate_spans

ADDRESS = "http://book.test/bring.html"
POLICY = "default-src 'self'"
FIND = """([content, selectors, length]) => {
  const index = new claimbook.Anchors.TextIndex(content);
  const found = claimbook.locateSpans(index, selectors, length);
  return found.map((match) => [match.status, match.start, match.end, match.places]);
}"""
SPLIT = """(content) => {
  const { words, starts, ends } = claimbook.Anchors.split([...content]);
  return [words, starts, ends];
}"""


def data_of(ledger: str) -> dict[str, Any]:
    """The data of the page for the report at work, whichever report the process saw before."""
    caches = (cached_corpus, cached_claims, cached_ledger)
    for cached in caches:
        cached.cache_clear()
    data = page_data(ledger)
    for cached in caches:
        cached.cache_clear()
    return data


@contextmanager
def opened(chromium: Any, folder: Path, data: dict[str, Any]) -> Iterator[Any]:
    """Open the page on some data; whatever the policy refuses, or another host is asked, fails."""
    scripts = [(static_files.ASSETS, popovers.SCRIPT)]
    scripts += [(text_page.ASSETS, name) for name in text_page.SCRIPTS]
    for source, name in scripts:
        shutil.copyfile(source / name, folder / name)
    shutil.copyfile(text_page.ASSETS / text_page.STYLESHEET, folder / text_page.STYLESHEET)
    loaded = "".join(f'<script defer src="{name}"></script>' for _, name in scripts)
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bring the text</title>'
        f'<link rel="stylesheet" href="{text_page.STYLESHEET}"><link rel="icon" href="data:,">'
    )
    body = f"<main><h1>Bring the text</h1>{text_page.FORM.read_text('utf-8')}</main>"
    embedded = data_element(data, "cb-bring-data")
    (folder / "bring.html").write_text(f"{head}{body}{embedded}{loaded}", "utf-8")

    def serve(route: Any) -> None:
        file = folder / route.request.url.rsplit("/", 1)[1].partition("#")[0]
        if not route.request.url.startswith(ADDRESS.rsplit("/", 1)[0]) or not file.is_file():
            faults.append(f"asked for {route.request.url}")
            route.abort()
        else:
            route.fulfill(path=file, headers={"Content-Security-Policy": POLICY})

    faults: list[str] = []
    context = chromium.new_context(bypass_csp=False)
    context.route("**/*", serve)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    refused = "Content Security Policy"
    page.on("console", lambda said: faults.append(said.text) if refused in said.text else None)
    page.goto(ADDRESS)
    page.evaluate(
        "(tables) => { claimbook.Anchors = claimbook.makeAnchors(tables); }", data["tables"]
    )
    yield page
    context.close()
    assert [fault for fault in faults if "data:," not in fault] == []


def disagreements(page: Any, text: SourceText, spans: list[StoredSpan], length: int) -> list[Any]:
    """The spans that the page does not find as `claimbook reanchor` does: key, and what each says.

    Where a span ends is compared by its words: the punctuation around them is left to the page.
    """
    selectors = [vars(span.selector) for span in spans]
    found = page.evaluate(FIND, [text.content, selectors, length])
    expected = locate_spans(spans, text, length)

    def place(start: int, end: int) -> list[int]:
        words = split_words(text.content[start:end])
        return [start + words[0].start, start + words[-1].end] if words else [start, end]

    faults = []
    for span, (status, start, end, places) in zip(spans, found, strict=True):
        match = expected[span]
        python = [match.status, *place(match.start, match.end), match.places]
        browser = [status, *place(start, end), places]
        if python != browser:
            faults.append((span.key, python, browser))
    return faults
