"""CSL-JSON, as Zotero and other reference managers write it: what it says of new sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimbook.errors import CorpusError, Fault
from claimbook.exchange.annotation import read_text
from claimbook.exchange.names import normalize_name
from claimbook.texts.intake.extraction import Proposal

NAME = "csl-json"
IDS = ("id", "citation-key", "citationKey", "title")  # by which a text is named
RANGE = " to "


@dataclass(frozen=True)
class Item:
    """A source as a reference manager has it.

    Attributes:
        key: Its id.
        names: What a file with its text may be called.
        cells: What it says, by column of the table `sources`.
    """

    key: str
    names: list[str]
    cells: dict[str, Proposal]


def recognize(content: object) -> bool:
    """Say whether JSON is of bibliographic items."""
    return any(
        isinstance(item, dict)
        and isinstance(item.get("type"), str)
        and {"title", "issued"} & set(item)
        for item in _items(content)
    )


def _items(content: object) -> list[Any]:
    if isinstance(content, dict):
        content = content.get("items", [content])
    return content if isinstance(content, list) else []


def read(file: Path) -> list[Item]:
    """Read the items of a file.

    Raises:
        CorpusError: The file is no CSL-JSON, or items have faults; with every one.
    """
    items, faults = [], []
    keys: set[str] = set()
    for number, item in enumerate(_items(read_text(file).json), start=1):
        place = f"item {number}"
        if not isinstance(item, dict) or "id" not in item or "type" not in item:
            faults.append(Fault(file.name, place, "", item, "an item with an id and a type"))
            continue
        key = str(item["id"])
        if key in keys:
            faults.append(Fault(file.name, place, "id", key, "each id once"))
        keys.add(key)
        issued, allowed = _issued(item.get("issued"))
        if allowed:
            faults.append(Fault(file.name, place, "issued", item["issued"], allowed))
        cells = {
            "title": item.get("title"),
            "outlet": item.get("container-title") or item.get("publisher"),
            "author": "; ".join(_names(item.get("author"))),
            "published": issued,
            "url": item.get("URL"),
            "language": str(item.get("language") or "")[:2].lower(),
        }
        reason = f"the item {key} of {file.name}"
        said = {name: Proposal(str(cell).strip(), reason) for name, cell in cells.items() if cell}
        names = [normalize_name(str(item[name])) for name in IDS if item.get(name)]
        items.append(Item(key, names, said))
    if not items and not faults:
        faults.append(Fault(file.name, "", "", "nothing", "a list of bibliographic items"))
    if faults:
        raise CorpusError(faults)
    return items


def _names(people: object) -> list[str]:
    """Write names of people as bylines have them."""
    names = []
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            parts = (person.get("given"), person.get("non-dropping-particle"), person.get("family"))
            names.append(
                str(person.get("literal") or " ".join(str(part) for part in parts if part))
            )
    return [name for name in names if name]


def _issued(issued: object) -> tuple[str, str]:
    """Write a date: a day, a month, a year or a range of them.

    Returns:
        The date as a cell, empty for none, and what is allowed instead of one that is none.
    """
    if issued is None:
        return "", ""
    if isinstance(issued, Mapping):
        if words := issued.get("raw") or issued.get("literal"):
            return str(words), ""
        try:
            parts = [[int(part) for part in date] for date in issued["date-parts"]]
            days = ["-".join(f"{part:02d}" for part in date) for date in parts if date]
        except (KeyError, TypeError, ValueError):
            days = []
        if 1 <= len(days) <= 2:
            return RANGE.join(days), ""
    return "", "date-parts with one day or two"


def match_texts(
    items: Iterable[Item], files: Iterable[Path]
) -> tuple[dict[Path, dict[str, Proposal]], list[str], list[Path]]:
    """Match items with files of texts, which are named by id or title.

    Args:
        items: The items.
        files: The files. One file and one item belong together whatever their names.

    Returns:
        What the items say, by file; the ids of the items without a text; the files without an item.
    """
    waiting, files = list(items), list(files)
    found: dict[Path, dict[str, Proposal]] = {}
    alone = len(waiting) == len(files) == 1
    for file in files:
        stem = normalize_name(file.stem)
        item = next((item for item in waiting if alone or stem in item.names), None)
        if item is not None:
            waiting.remove(item)
            found[file] = item.cells
    return found, [item.key for item in waiting], [file for file in files if file not in found]
