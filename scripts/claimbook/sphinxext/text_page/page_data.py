"""The data of the page on which readers bring a text: traces of words, and the claims in our words.

Of the texts it holds what the tables hold: offsets and hashes.
"""

import unicodedata
from typing import Any

from claimbook.corpus.model import read_schema
from claimbook.language.claim_description import PUBLISHED, describe_claim, describe_publication
from claimbook.language.source_links import links_of_source
from claimbook.language.words import code_label
from claimbook.settings import settings
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus, cached_ledger
from claimbook.texts.stored_spans import CLAIMS, StoredSpan, has_spans, read_spans

CODE_POINTS = 0x20000  # beyond them no character has case or is a mark on another
SURROGATES = range(0xD800, 0xE000)


def fold_tables() -> dict[str, Any]:
    """Return what a browser needs to fold case as Python does, and to know marks.

    Returns:
        Under `fold` what each character becomes that changes; under `combining` the ranges of the
        characters that are marks on the character before them.
    """
    folded = {
        character: character.casefold()
        for code in range(CODE_POINTS)
        if code not in SURROGATES and (character := chr(code)).casefold() != character
    }
    combining: list[list[int]] = []
    for code in range(CODE_POINTS):
        if not unicodedata.combining(chr(code)):
            continue
        if combining and combining[-1][1] == code - 1:
            combining[-1][1] = code
        else:
            combining.append([code, code])
    return {"fold": folded, "combining": combining}


def page_data(ledger: str) -> dict[str, Any]:
    """Return the data that the page's script reads, ready for JSON.

    Args:
        ledger: The address of the ledger, as seen from the page.

    Returns:
        Under `tables` the tables of `fold_tables`; under `ledger` the ledger; under `themes` sign
        and label of each theme; and under `sources` the sources that have claims: their names and
        address, the selectors of all spans that any table has in them, and the claims, each with
        the position of its selector, its theme, its paraphrase and what its card says.
    """
    corpus = cached_corpus()
    spans: dict[str, list[StoredSpan]] = {}
    for table in read_schema().values():
        if has_spans(table):
            for span in read_spans(table, getattr(corpus, table.name)):
                spans.setdefault(span.source_id, []).append(span)
    themes = {
        name: {"glyph": theme.glyph, "label": code_label(name)}
        for name, theme in settings().theme.items()
    }
    sources = [
        _source(part.source_id, spans[part.source_id])
        for page in cached_ledger().pages
        for part in page.parts
        if not part.is_continued
    ]
    return {"tables": fold_tables(), "ledger": ledger, "themes": themes, "sources": sources}


def _source(source_id: str, spans: list[StoredSpan]) -> dict[str, Any]:
    """Return what the script needs of a source.

    Args:
        source_id: The source.
        spans: The spans that tables have in its text.
    """
    corpus = cached_corpus()
    source = corpus.sources.loc[source_id]
    selectors = list(dict.fromkeys(span.selector for span in spans))
    positions = {selector: position for position, selector in enumerate(selectors)}
    links = links_of_source(corpus, source_id)
    outlet = corpus.actors.loc[source["outlet"], "name"]
    return {
        "id": source_id,
        "name": f"{outlet}, {describe_publication(source)} ({source['code']})",
        "title": source["title"],
        "language": source["language"],
        "link": links.address if links else "",
        "length": int(source["characters"]),
        "selectors": [
            [one.start, one.end, one.words, one.anchor, one.head, one.tail] for one in selectors
        ],
        "claims": [
            [span.key, positions[span.selector], *_card(span.key)]
            for span in spans
            if span.table == CLAIMS
        ],
    }


def _card(claim_id: str) -> list[Any]:
    """Return the theme and the paraphrase of a claim, and the facts on its card.

    The day of publication is left out, since it is that of the whole text.
    """
    claim = cached_claims().loc[claim_id]
    facts = describe_claim(cached_corpus(), claim).facts()
    shown = [[heading, text] for heading, text in facts if heading != PUBLISHED]
    return [claim["theme"], claim["paraphrase"], shown]
