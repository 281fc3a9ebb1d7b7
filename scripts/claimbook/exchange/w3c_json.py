"""W3C Web Annotations with quote or position selectors, as Hypothes.is and Recogito write them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from claimbook.corpus.model import Corpus
from claimbook.errors import RowPosition
from claimbook.exchange.annotation import Annotation, ReadFile, TextFile, add_field, add_tags
from claimbook.export.web_annotations import annotation_collection
from claimbook.texts.source_texts import SourceText

NAME = "web-annotation"
ITEM = "item"  # what faults count
TAGGING = {"tagging", "classifying", "oa:tagging", "oa:classifying"}
DESCRIBING = {"describing", "oa:describing"}  # the purpose of a body that puts a claim in words
COMMENT = "comment"
NO_CODES = {"@context", "created", "creator", "format", "generator", "id", "language", "type"}
OURS = re.compile(r"urn:[a-z0-9-]+:(\w+):(.+)")  # the name of a row in our own exports
SELECTORS = {"textquoteselector", "textpositionselector"}
CONTEXT_LENGTH = 32  # characters of the text before and after a quotation
NO_QUOTE = "a text quote selector or a text position selector"


def recognize(content: object) -> bool:
    """Say whether JSON is of annotations with targets."""
    return any(isinstance(item, dict) and "target" in item for item in _items(content))


def _items(content: object) -> list[Any]:
    """List the annotations of a document: a collection, a page, a list, or an export."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        return []
    if "target" in content:
        return [content]
    for name in ("rows", "annotations", "items", "@graph"):
        if isinstance(content.get(name), list):
            return list(content[name])
    return _items(content.get("first"))


def read(file: TextFile) -> ReadFile:
    """Read annotations; leave out replies and notes without a quotation.

    Raises:
        CorpusError: The text is no JSON.
    """
    found = ReadFile()
    for number, item in enumerate(_items(file.json), start=1):
        position = RowPosition(file.name, number, ITEM)
        if not isinstance(item, dict) or "target" not in item:
            found.add_fault(position, "target", item, "an annotation with a target")
        elif item.get("references"):
            found.remarks.append(f"{file.name} {position.place}: a reply, left out")
        else:
            for index, target in enumerate(_list(item["target"]), start=1):
                place = RowPosition(file.name, index, f"{position.place}, target")
                _read_target(item, target, position if index == 1 else place, found)
    if not found.annotations and not found.faults and not found.remarks:
        found.add_fault(RowPosition(file.name, 1, ITEM), "", "nothing", "annotations")
    return found


def _read_target(
    item: Mapping[str, Any], target: object, position: RowPosition, found: ReadFile
) -> None:
    """Read an annotation of one target."""
    fields = _read_fields(item)
    if not isinstance(target, dict):
        target = {"source": target}
    selectors = {str(part.get("type", "")).casefold(): part for part in _walk(target)}
    quoted = selectors.get("textquoteselector", {})
    place = selectors.get("textpositionselector", {})
    if not SELECTORS & set(selectors):
        if not any(_walk(target)):
            found.remarks.append(f"{position.file} {position.place}: without a quotation, left out")
        else:
            found.add_fault(position, "selector", ", ".join(selectors), NO_QUOTE)
        return
    quote = quoted.get("exact", "")
    start: Any = place.get("start")
    end: Any = place.get("end")
    if not isinstance(quote, str) or (quoted and not quote.strip()):
        found.add_fault(position, "exact", quote, "the wording")
        return
    has_place = all(isinstance(offset, int) for offset in (start, end)) and 0 <= start < end
    if place and not has_place:
        found.add_fault(position, "start", f"{start} to {end}", "the offsets of a span")
        return
    states = [state for state in _list(target.get("state")) if isinstance(state, dict)]
    found.annotations.append(
        Annotation(
            position,
            fields,
            quote,
            str(quoted.get("prefix", "")),
            str(quoted.get("suffix", "")),
            start if has_place else None,
            end if has_place else None,
            tuple(_sources(item, target)),
            state=next((str(state["sha256"]) for state in states if "sha256" in state), ""),
        )
    )


def _list(value: object) -> list[Any]:
    """Return the items of a value, which may be missing, one, or a list."""
    if value is None:
        return []
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        return list(value["items"])
    return value if isinstance(value, list) else [value]


def _walk(holder: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the selectors of a target, and those that refine them."""
    for part in (*_list(holder.get("selector")), *_list(holder.get("refinedBy"))):
        if isinstance(part, dict):
            yield part
            yield from _walk(part)


def _sources(item: Mapping[str, Any], target: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names by which the source of an annotation may be known."""
    for source in (target.get("source"), target.get("id"), item.get("uri")):
        name = source.get("id") if isinstance(source, dict) else source
        if isinstance(name, str) and name:
            ours = OURS.fullmatch(name)
            yield ours[2] if ours else name
    document = item.get("document")
    for title in _list(document.get("title")) if isinstance(document, dict) else []:
        yield str(title)


def _read_fields(item: Mapping[str, Any]) -> dict[str, str]:
    """Read what an annotation says: codes, tags, and a comment."""
    fields: dict[str, str] = {}
    add_field(fields, COMMENT, str(item.get("text") or ""))  # Hypothes.is has no bodies
    add_tags(fields, map(str, _list(item.get("tags"))))
    for body in _list(item.get("body")):
        if isinstance(body, str):
            continue  # the address of a page about the target
        purposes = {str(purpose) for purpose in _list(body.get("purpose"))}
        source = body.get("source")
        value = body.get("value")
        if isinstance(source, dict) and purposes & TAGGING and source.get("type") != "Claim":
            add_tags(fields, [str(source.get("label") or source.get("id") or "")])
        elif isinstance(source, dict):
            _read_codes(source, fields)
        elif value is None:
            continue
        elif purposes & TAGGING:
            add_tags(fields, map(str, _list(value)))
        elif purposes & DESCRIBING:
            add_field(fields, "paraphrase", str(value))
        else:
            add_field(fields, COMMENT, str(value))
    return fields


def _read_codes(source: Mapping[str, Any], fields: dict[str, str]) -> None:
    """Read the codes of a claim, as our own exports have them."""
    named = OURS.fullmatch(str(source.get("id", "")))
    if named and named[1] == "claims":
        add_field(fields, "claim_id", named[2])
    for name, value in source.items():
        if name not in NO_CODES:
            for part in _list(value):
                ours = OURS.fullmatch(str(part))
                add_field(fields, name, ours[2] if ours else str(part))


def write(corpus: Corpus, text: SourceText, stem: str) -> dict[str, str]:
    """Write the claims of a source with their words, and the text beside them.

    Args:
        corpus: The corpus.
        text: The text of the source.
        stem: The name of the files without their endings.

    Returns:
        The content of each file by its name.
    """
    claims = corpus.claims[corpus.claims["source_id"] == text.source_id]
    collection = annotation_collection(replace(corpus, claims=claims))
    cached = {"type": "TimeState", "cached": f"{stem}.txt"}
    for annotation in collection["first"]["items"]:
        target = annotation["target"]
        position = target["selector"][0]
        start, end = position["start"], position["end"]
        target["state"] = [target["state"], cached]
        target["selector"].append(
            {
                "type": "TextQuoteSelector",
                "exact": text.content[start:end],
                "prefix": text.content[max(0, start - CONTEXT_LENGTH) : start],
                "suffix": text.content[end : end + CONTEXT_LENGTH],
            }
        )
    content = json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
    return {f"{stem}.jsonld": content, f"{stem}.txt": text.content}
