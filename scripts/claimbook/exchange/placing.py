"""Where an annotation stands: its source, its wording, and which of several places is meant."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from claimbook.corpus.validation import suggestions
from claimbook.errors import Fault
from claimbook.exchange.annotation import Annotation
from claimbook.exchange.cells import Raw
from claimbook.texts.anchors import hash_words, split_words
from claimbook.texts.source_texts import SourceText
from claimbook.texts.spans import QuotationIndex, apply_span_rule

PROXY = re.compile(r"^(?:https?://)?(?:web\.archive\.org/web/\w+/|via\.hypothes\.is/)")
SCHEME = re.compile(r"^https?://(?:www\.)?")
ENDING = re.compile(r"\.(?:txt|html?|pdf|docx)$")
AT_HAND = "a source whose text is at hand"
UNKNOWN_SOURCE = "add its address to addresses.csv, or name one source for all with --source"
NAMED = "the id, code, address, file or title of a source"


class Placer:
    """Finds the source of annotations, and their place in its text.

    Attributes:
        faults: What was not found.
    """

    def __init__(self, raw: Raw, texts: Mapping[str, SourceText], source_id: str = "") -> None:
        """Prepare to find.

        Args:
            raw: The rows of all tables.
            texts: The texts at hand, by source id.
            source_id: The source of all annotations; empty where they name their own.
        """
        self.faults: list[Fault] = []
        self._source_id, self._texts = source_id, texts
        self._hashes = dict(zip(raw["sources"]["source_id"], raw["sources"]["sha256"], strict=True))
        self._names = _source_names(raw)
        self._indexes: dict[str, QuotationIndex] = {}  # by the text

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """The sources by the hash of all words of their texts."""
        return {hash_words(split_words(text.content)): key for key, text in self._texts.items()}

    def place(self, annotation: Annotation, named: str, column: str) -> dict[str, str] | None:
        """Find the source, the wording on one line, and the number of its place.

        Args:
            annotation: The annotation.
            named: What its row has as its source; empty where it names none.
            column: The column that names it.

        Returns:
            The cells `source_id`, `span` and `nth`; None where something was not found.
        """
        placed = self._place(annotation, named, column)
        if placed and "span" in placed:
            placed["span"] = " ".join(placed["span"].split())
        return placed

    def _place(self, annotation: Annotation, named: str, column: str) -> dict[str, str] | None:
        """Find the cells of a place, with the wording as it stands."""
        source_id = self._find_source(annotation, named, column)
        if source_id is None:
            return None
        text = self._texts.get(source_id)
        if annotation.start is None or annotation.end is None:
            if not annotation.quote:
                return {"source_id": source_id}
            nth = self._choose(annotation, text) if text else ""
            return {"source_id": source_id, "span": annotation.quote, "nth": nth}
        if annotation.document:
            return {"source_id": source_id, **self._from_document(annotation, text)}
        if annotation.quote:
            nth = self._choose(annotation, text) if text else ""
            return {"source_id": source_id, "span": annotation.quote, "nth": nth}
        return self._from_offsets(annotation, source_id, text)

    def _add(
        self, annotation: Annotation, column: str, value: str, allowed: str, hint: str
    ) -> None:
        position = annotation.position
        fault = Fault(position.file, position.place, column, value, allowed, hint, position)
        self.faults.append(fault)

    def _find_source(self, annotation: Annotation, named: str, column: str) -> str | None:
        """Find the source of an annotation; note a fault where it is none or several."""
        if self._source_id:
            return self._source_id
        names = [named] if named else list(annotation.sources)
        found: set[str] = set()
        for name in names:
            found = self._names.get(_normalize(name), set())
            if len(found) == 1:
                return next(iter(found))
        if not named and annotation.document:
            digest = hashlib.sha256(annotation.document.encode()).hexdigest()
            of_bytes = next((key for key, own in self._hashes.items() if own == digest), None)
            words = hash_words(split_words(annotation.document))
            if of_text := of_bytes or self._by_words.get(words):
                return of_text
        hint = "" if found else suggestions.suggest_name(named, list(self._names))
        if found:
            hint = f"{' and '.join(sorted(found))} have this name"
        self._add(annotation, column, " or ".join(names), NAMED, hint or UNKNOWN_SOURCE)
        return None

    def _index(self, content: str) -> QuotationIndex:
        if content not in self._indexes:
            self._indexes[content] = QuotationIndex(content)
        return self._indexes[content]

    def _choose(self, annotation: Annotation, text: SourceText) -> str:
        """Choose among places of a wording by the words around it, else by offset.

        Returns:
            The number of the place; empty where there is but one, or nothing tells.
        """
        spans = self._index(text.content).find(annotation.quote)
        if len(spans) < 2:
            return ""
        if annotation.prefix or annotation.suffix:
            before, after = _words(annotation.prefix), _words(annotation.suffix)
            shared = [
                _agreement(_words(text.content[:start][-MAX_CONTEXT:])[::-1], before[::-1])
                + _agreement(_words(text.content[end:][:MAX_CONTEXT]), after)
                for start, end in spans
            ]
            if shared.count(max(shared)) == 1:
                return str(shared.index(max(shared)) + 1)
        if annotation.start is None:
            return ""
        distances = [abs(start - annotation.start) for start, _ in spans]
        return str(distances.index(min(distances)) + 1)

    def _from_document(self, annotation: Annotation, text: SourceText | None) -> dict[str, str]:
        """Take the wording out of the text that the file brings along."""
        start, end = annotation.start or 0, annotation.end or 0
        if not split_words(annotation.document[start:end]):
            value = annotation.document[start:end]
            self._add(annotation, "span", value, "a span with a word in it", "")
            return {}
        start, end = apply_span_rule(annotation.document, start, end)  # with whole words
        wording = annotation.document[start:end]
        places = self._index(annotation.document).find(wording)
        own = self._index(text.content).find(wording) if text else []
        at = [number for number, span in enumerate(places, 1) if span[0] < end and start < span[1]]
        if len(own) < 2 or text is None:
            return {"span": wording}
        if len(own) == len(places) and at:
            return {"span": wording, "nth": str(at[0])}
        before = annotation.document[max(0, start - MAX_CONTEXT) : start]
        after = annotation.document[end : end + MAX_CONTEXT]
        around = replace(annotation, quote=wording, prefix=before, suffix=after, start=None)
        return {"span": wording, "nth": self._choose(around, text)}

    def _from_offsets(
        self, annotation: Annotation, source_id: str, text: SourceText | None
    ) -> dict[str, str] | None:
        """Take the wording out of the source's text, if the offsets are meant for it."""
        start, end = annotation.start or 0, annotation.end or 0
        if text is None:
            self._add(annotation, "source_id", source_id, AT_HAND, "the file has offsets alone")
            return None
        if annotation.state not in ("", self._hashes[source_id]) or not text.same:
            allowed = "the text to which the offsets belong; yours has other bytes"
            self._add(annotation, "start", f"{start} to {end}", allowed, "")
            return None
        if end > len(text.content):
            allowed = f"offsets within the text, which has {len(text.content)} characters"
            self._add(annotation, "end", str(end), allowed, "")
            return None
        wording = text.content[start:end]
        if _cuts(text.content, start) or _cuts(text.content, end) or not split_words(wording):
            allowed = "offsets at the ends of words"
            self._add(annotation, "start", f"{start} to {end}", allowed, "for another text?")
            return None
        spans = self._index(text.content).find(wording)
        at = [number for number, span in enumerate(spans, 1) if span[0] < end and start < span[1]]
        nth = str(at[0]) if len(spans) > 1 and at else ""
        return {"source_id": source_id, "span": wording, "nth": nth}


MAX_CONTEXT = 200  # characters of the text that are compared with the words around a quotation


def _cuts(text: str, offset: int) -> bool:
    """Say whether an offset lies within a word."""
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def _words(text: str) -> list[str]:
    return [word.text for word in split_words(text)]


def _agreement(words: list[str], others: list[str]) -> int:
    """Count the letters of the words with which two lists begin; the last may be cut."""
    shared = 0
    for word, other in zip(words, others, strict=False):
        if word != other:
            is_cut = word.endswith(other) or word.startswith(other)
            return shared + (len(other) if is_cut else 0)
        shared += len(word)
    return shared


def _normalize(name: str) -> str:
    """Reduce an id, an address, a title or the name of a file for comparison."""
    plain = SCHEME.sub("", PROXY.sub("", name.strip())).partition("#")[0].rstrip("/")
    return ENDING.sub("", " ".join(plain.split()).casefold())


def _source_names(raw: Raw) -> dict[str, set[str]]:
    """Collect all names of sources."""
    names: dict[str, set[str]] = defaultdict(set)
    for source in raw["sources"].to_dict("records"):
        of_file = [] if source.get("part") else [source["file"]]
        for name in (source["source_id"], source["code"], source["url"], source["title"], *of_file):
            names[_normalize(name)].add(source["source_id"])
    if "addresses" in raw:
        rows = zip(raw["addresses"]["source_id"], raw["addresses"]["address"], strict=True)
        for source_id, address in rows:
            names[_normalize(address)].add(source_id)
    names.pop("", None)
    return dict(names)
