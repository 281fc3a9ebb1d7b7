"""Files as other programs write them, made up, on the made-up texts."""

import csv
import json
from pathlib import Path
from typing import Any

from claimbook.paths import project

COAST_WIRE = "https://example.org/coast-wire/barrier"
DAILY = "https://example.org/daily-example/vell"


def hypothesis_item(quote: str, uri: str = COAST_WIRE, **said: Any) -> dict[str, Any]:
    """An annotation as the API of Hypothes.is gives it: offsets are those of a page, not a text."""
    selectors = [
        {"type": "RangeSelector", "startContainer": "/div[1]/p[2]", "startOffset": 4},
        {"type": "TextPositionSelector", "start": 2900, "end": 2900 + len(quote)},
        {
            "type": "TextQuoteSelector",
            "exact": quote,
            "prefix": said.pop("prefix", ""),
            "suffix": said.pop("suffix", ""),
        },
    ]
    return {
        "id": "kX2rVA1tEe6dzk8",
        "created": "2031-09-03T09:12:11.508862+00:00",
        "user": "acct:reader@hypothes.is",
        "uri": uri,
        "text": "",
        "tags": [],
        "document": {"title": ["A page"]},
        "target": [{"source": uri, "selector": selectors}],
        **said,
    }


def hypothesis_file(file: Path, *items: dict[str, Any]) -> Path:
    """The answer of the API of Hypothes.is."""
    content = {"total": len(items), "rows": list(items)}
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return file


def recogito_item(body: list[dict[str, Any]], target: dict[str, Any]) -> dict[str, Any]:
    """An annotation as Recogito writes it."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "#5b7d1ab5-bb7f-4f5f-b4d6-8a1f7a1a90c3",
        "type": "Annotation",
        "body": body,
        "target": target,
    }


CODED = {  # what a claim needs, in the words of a reader of the book
    "theme": "Closure",
    "kind": "event",
    "chain": "Coast Wire",
    "mode": "paraphrase",
    "date_basis": "none",
    "verification": "none",
    "paraphrase": "Ferries keep to their times.",
}
CODES = CODED | {"theme": "closure", "chain": "coast-wire"}
TAGS = [f"{name}: {value}" for name, value in CODED.items()]


def cas_file(
    file: Path, text: str, spans: list[tuple[int, int, dict[str, str]]], title: str = ""
) -> Path:
    """A document as INCEpTION exports it, with a layer of the user's own; offsets in UTF-16."""
    names = sorted({name for _, _, said in spans for name in said})
    string = {"%RANGE": "uima.cas.String"}
    layer = {"%NAME": "custom.Quote", "%SUPER_TYPE": "uima.tcas.Annotation"}
    layer |= {name: {"%NAME": name, **string} for name in names}
    metadata = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
    types = {"custom.Quote": layer}
    structures: list[dict[str, Any]] = [
        {
            "%ID": 1,
            "%TYPE": "uima.cas.Sofa",
            "sofaNum": 1,
            "sofaID": "_InitialView",
            "mimeType": "text",
            "sofaString": text,
        }
    ]
    members = []
    if title:
        types[metadata] = {
            "%NAME": metadata,
            "%SUPER_TYPE": "uima.tcas.DocumentAnnotation",
            "documentTitle": {"%NAME": "documentTitle", **string},
        }
        structures.append(
            {"%ID": 2, "%TYPE": metadata, "@sofa": 1, "begin": 0, "end": 0, "documentTitle": title}
        )
        members.append(2)
    for number, (start, end, said) in enumerate(spans, start=10):
        place = {"%ID": number, "%TYPE": "custom.Quote", "@sofa": 1, "begin": start, "end": end}
        structures.append({**place, **said})
        members.append(number)
    views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}}
    content = {"%TYPES": types, "%FEATURE_STRUCTURES": structures, "%VIEWS": views}
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return file


def label_studio_file(file: Path, text: str, *regions: tuple[int, int, dict[str, str]]) -> Path:
    """An export of Label Studio: labels of regions, and choices and words for each."""
    results = []
    for number, (start, end, said) in enumerate(regions):
        place = {"start": start, "end": end, "text": text[start:end]}
        shared = {"id": f"r{number}", "to_name": "text", "origin": "manual"}
        for name, value in said.items():
            kind = "labels" if name == "label" else "choices"
            kind, key = ("textarea", "text") if name == "paraphrase" else (kind, kind)
            value_of = {**place, key: [value]}
            results.append({**shared, "from_name": name, "type": kind, "value": value_of})
    annotation = {"id": 7, "was_cancelled": False, "result": results}
    task = {"id": 1, "data": {"text": text}, "annotations": [annotation], "predictions": []}
    file.write_text(json.dumps([task], ensure_ascii=False), "utf-8")
    return file


def write_table(
    file: Path, *rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """A table of quotations as a spreadsheet saves it, with the columns of its first row."""
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return file


def waiting_rows(name: str) -> list[dict[str, str]]:
    """The rows of a sheet of imported rows that wait."""
    with (project().sheets / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
