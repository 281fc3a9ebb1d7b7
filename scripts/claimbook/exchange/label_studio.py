"""Label Studio's JSON: tasks with regions of a text, each with labels, choices and words."""

import json
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from claimbook.corpus import schema
from claimbook.errors import RowPosition
from claimbook.exchange.annotation import (
    JOINED,
    Annotation,
    ReadFile,
    TextFile,
    add_field,
    add_tags,
)
from claimbook.exchange.cells import Claims
from claimbook.exchange.units import utf16_length, utf16_offsets
from claimbook.texts.source_texts import SourceText

NAME = "label-studio"
LABELS, TEXT = "labels", "text"  # a type of result, and the name of the text
LABEL_COLUMN = "theme"  # with whose values regions are marked
CONFIG = "label-config.xml"
VALUES = ("choices", "labels", "text", "number", "rating", "datetime", "taxonomy")
TAGGING = {"label", "labels"}  # the names of controls whose labels are tags


def recognize(content: object) -> bool:
    """Say whether JSON is of tasks of Label Studio."""
    tasks = content if isinstance(content, list) else [content]
    return any(
        isinstance(task, dict) and isinstance(task.get("data"), dict) and _has_results(task)
        for task in tasks
    )


def _has_results(task: Mapping[str, Any]) -> bool:
    return any(name in task for name in ("annotations", "completions", "predictions"))


def read(file: TextFile) -> ReadFile:
    """Read the regions of tasks; annotations that were skipped are left out.

    Raises:
        CorpusError: The text is no JSON.
    """
    found = ReadFile()
    tasks = file.json if isinstance(file.json, list) else [file.json]
    for number, task in enumerate(tasks, start=1):
        place = RowPosition(file.name, number, "task")
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            found.add_fault(place, "data", data, "a task with its data")
            continue
        texts = {name: value for name, value in data.items() if isinstance(value, str)}
        regions = _regions(task, place, found)
        for index, (target, values) in enumerate(regions, start=1):
            position = RowPosition(file.name, index, f"{place.place} region")
            document = texts.get(target) or max(texts.values(), key=len, default="")
            _read_region(values, document, texts, position, found)
    if not found.annotations and not found.faults:
        found.add_fault(RowPosition(file.name, 1, "task"), "", "no region", "regions of a text")
    return found


def _regions(
    task: Mapping[str, Any], place: RowPosition, found: ReadFile
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Collect the results of a task by region, each with the name of its text."""
    regions: dict[tuple[int, str], tuple[str, list[dict[str, Any]]]] = {}
    done = task.get("annotations") or task.get("completions") or []
    for number, annotation in enumerate(done if isinstance(done, list) else []):
        if not isinstance(annotation, dict) or annotation.get("was_cancelled"):
            continue
        for result in annotation.get("result") or []:
            if not isinstance(result, dict) or not isinstance(result.get("value"), dict):
                found.add_fault(place, "result", result, "a result with its value")
                continue
            if result.get("type") == "relation" or "start" not in result["value"]:
                continue
            key = (number, str(result.get("id", "")))
            target = str(result.get("to_name", ""))
            regions.setdefault(key, (target, []))[1].append(result)
    return list(regions.values())


def _read_region(
    results: list[dict[str, Any]],
    document: str,
    data: Mapping[str, str],
    position: RowPosition,
    found: ReadFile,
) -> None:
    """Read a region: where it stands, and what its results say."""
    first = results[0]["value"]
    start, end = first.get("start"), first.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        found.add_fault(position, "start", f"{start} to {end}", "the offsets of a span")
        return
    if end > utf16_length(document):
        allowed = f"offsets within the text, which has {len(document)} characters"
        found.add_fault(position, "end", end, allowed)
        return
    quoted = first.get("text")
    if isinstance(quoted, str) and not _is_same(document[start:end], quoted):
        # the browser counts in UTF-16, in which an emoji is two
        offsets = utf16_offsets(document)
        start, end = (bisect_left(offsets, offset) for offset in (start, end))
        if not _is_same(document[start:end], quoted):
            found.add_fault(position, "text", quoted, "the words that stand at these offsets")
            return
    fields: dict[str, str] = {}
    for result in results:
        name, kind = str(result.get("from_name", "")), str(result.get("type", ""))
        if name in TAGGING:
            add_tags(fields, map(str, result["value"].get(LABELS, [])))
            continue
        value = result["value"].get("text" if kind == "textarea" else kind)
        if kind != "textarea" and value is None:
            value = next((result["value"][key] for key in VALUES if key in result["value"]), None)
        add_field(fields, name, _join(value))
    sources = [value for value in data.values() if value != document]
    found.annotations.append(
        Annotation(
            position, fields, start=start, end=end, document=document, sources=tuple(sources)
        )
    )


def _is_same(text: str, quoted: str) -> bool:
    """Check whether two texts have the same words, whatever the white space."""
    return text.split() == quoted.split()


def _join(value: object) -> str:
    """Write a value as a cell: the items of a list joined, each the last of its path."""
    if isinstance(value, list):
        last = [item[-1] if isinstance(item, list) and item else item for item in value]
        return JOINED.join(map(str, last))
    return "" if value is None else str(value)


def write(claims: Claims, text: SourceText, stem: str) -> dict[str, str]:
    """Write the claims of a source as a task, and the configuration that shows them.

    Args:
        claims: The claims.
        text: The text of the source.
        stem: The name of the files without their endings.

    Returns:
        The content of each file by its name.
    """
    results: list[dict[str, Any]] = []
    for cells in claims.of_source(text.source_id):
        start, end = int(cells["start"]), int(cells["end"])
        place = {"start": start, "end": end, "text": text.content[start:end]}
        for field in claims.fields:
            if value := cells[field.name]:
                control = _control(field)
                key = TEXT if control == "textarea" else control
                results.append(
                    {
                        "id": cells["claim_id"],
                        "from_name": field.name,
                        "to_name": TEXT,
                        "type": control,
                        "value": {**place, key: [value]},
                    }
                )
    task = {
        "data": {TEXT: text.content, "source_id": text.source_id},
        "annotations": [{"result": results, "was_cancelled": False, "ground_truth": False}],
    }
    content = json.dumps([task], ensure_ascii=False, indent=1) + "\n"
    return {f"{stem}.json": content, CONFIG: _configuration(claims)}


def _control(field: schema.Field) -> str:
    """Return the type of the control for a column."""
    if field.name == LABEL_COLUMN:
        return LABELS
    return "choices" if field.enum else "textarea"


def _configuration(claims: Claims) -> str:
    """Write the configuration: labels for themes, a control for each column."""
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>"]
    lines.append(f'  <Labels name="{LABEL_COLUMN}" toName="{TEXT}">')
    themes = next(field for field in claims.fields if field.name == LABEL_COLUMN).enum
    lines += [f"    <Label value={quoteattr(theme)}/>" for theme in themes]
    lines += ["  </Labels>", f'  <Text name="{TEXT}" value="${TEXT}" granularity="word"/>']
    for field in claims.fields:
        shared = f'name="{field.name}" toName="{TEXT}" perRegion="true"'
        if field.name == LABEL_COLUMN:
            continue
        if field.enum:
            lines.append(f"  <Choices {shared}>")
            lines += [f"    <Choice value={quoteattr(value)}/>" for value in field.enum]
            lines.append("  </Choices>")
        else:
            lines.append(f"  <TextArea {shared} placeholder={quoteattr(field.title)}/>")
    return "\n".join([*lines, "</View>", ""])
