"""Outlets: who published a text, by the names that indexes and pages use; rows for new ones."""

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

from claimbook.corpus.schema import SLUG, Table
from claimbook.texts.anchors import split_words

PASSED_ON = re.compile(
    r",?\s*\b(via|as (?:re)?(?:published|printed|posted) (?:by|in|on)|reprinted (?:by|in)|"
    r"reposted (?:by|on)|copy (?:of|on))\b",
    re.IGNORECASE,
)
NEW_ROLE = "Publisher of texts in this corpus"
SHORT_WORDS = 3  # words of an actor's short name


def without_brackets(name: str) -> str:
    """Remove what a name has in round brackets."""
    return re.sub(r"\s+([,.;])", r"\1", re.sub(r"\s*\([^()]*\)", "", name)).strip()


def original_publisher(name: str) -> str:
    """Return who published a text first: the `X` of `X via Y`."""
    return PASSED_ON.split(without_brackets(name))[0].strip(" ,;")


def _normalize(name: str) -> str:
    """Reduce a name to its words, for comparison."""
    return " ".join(word.text for word in split_words(name))


def make_slug(name: str) -> str:
    """Make an id from a name; empty where no letter of it is Latin."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


class Outlets:
    """The known actors by all their names, and the new ones met so far.

    Attributes:
        new: The rows of new actors by id, as text cells; cells that nobody gave are empty.
    """

    def __init__(
        self, actors: pd.DataFrame, table: Table, more: Iterable[dict[str, str]] = ()
    ) -> None:
        """Index the names of actors.

        Args:
            actors: The rows of the table `actors`, as text cells.
            table: The table in the schema.
            more: Rows for actors that a text may need, as text cells.
        """
        self._table = table
        self._names: dict[str, str] = {}
        self._rows: dict[str, dict[str, str]] = {}
        self.new: dict[str, dict[str, str]] = {}
        self._offered: dict[str, dict[str, str]] = {}
        for row in actors.to_dict("records"):
            self._add({column: row[column] for column in table.columns})
        for row in more:
            cells = {column: row.get(column, "") for column in table.columns}
            if cells["actor_id"] not in self._rows:
                self._offered[cells["actor_id"]] = cells
                self._add(cells)

    def _add(self, cells: dict[str, str]) -> None:
        actor_id = cells["actor_id"]
        self._rows[actor_id] = cells
        others = self._table.field("also_called").split(cells["also_called"])
        for name in (actor_id, cells["name"], cells["short"], *others):
            self._names.setdefault(_normalize(name), actor_id)

    def find(self, name: str, side: str = "") -> str:
        """Find the actor of a name, or make the row of a new one.

        Args:
            name: An id, a name, or a name with remarks in round brackets or on who passed it on.
            side: The side of a new actor, where it is known.

        Returns:
            The id; empty where no id can be made of the name.
        """
        original = original_publisher(name) or name
        for known in (name, without_brackets(name), original):
            if actor_id := self._names.get(_normalize(known), ""):
                if actor_id in self._offered:
                    self.new[actor_id] = self._offered.pop(actor_id)
                return actor_id
        actor_id = make_slug(original)
        if not SLUG.fullmatch(actor_id):
            return ""
        cells = dict.fromkeys(self._table.columns, "") | {
            "actor_id": actor_id,
            "name": original,
            "short": " ".join(original.split()[:SHORT_WORDS]).strip(",;"),
            "kind": "outlet",
            "side": side,
            "role": NEW_ROLE,
            "yardstick": "none",
        }
        self._add(cells)
        self.new[actor_id] = cells
        return actor_id

    def name_of(self, actor_id: str) -> str:
        """Return the name of an actor; the id itself for an unknown one."""
        return self._rows.get(actor_id, {}).get("name", actor_id)

    def names_of(self, actor_id: str) -> list[str]:
        """Return all names of an actor; none for an unknown one."""
        return [name for name, other in self._names.items() if other == actor_id]

    def abbreviate(self, actor_id: str) -> str:
        """Abbreviate an actor to two or three capitals, for codes of its texts."""
        short = self._rows.get(actor_id, {}).get("short", "") or actor_id
        words = re.findall(r"[A-Z0-9]+", make_slug(short).replace("-", " ").upper())
        initials = "".join(word[0] for word in words)
        letters = (initials if len(words) > 1 else "".join(words)).lstrip("0123456789")
        return (letters + "XX")[:3] if len(letters) < 2 else letters[:3]
