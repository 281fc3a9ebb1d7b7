"""The annotated corpus: its tables as typed DataFrames, and a record of their reads."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from claimbook.corpus import csv_reader, schema, tiers
from claimbook.corpus.atomic_files import settled
from claimbook.corpus.validation import cells, foreign_keys
from claimbook.errors import CorpusError, Fault
from claimbook.paths import project

REPORT_TIER = "report"  # of the sources whose telling the chapters examine
REPEATS = "repeats"  # the relation that makes two claims one proposition
NO_EVENT = "none"  # the event of a claim that forecasts nothing
EVERY_EVENT = "both"  # the event of a claim that is about each of them
RECORD_TIER = "record"  # of the first-hand texts behind them
CODEBOOK = 2  # the present edition of the codebook, by which the claims are coded
NEGATIVE_KINDS = ("denial", "absence")  # of claims that say that something is not so
OPPOSED = ("contradicts", "disputes")
REVERSED = {
    "repeats": "is repeated by",
    "supports": "is supported by",
    "contradicts": "contradicts",
    "disputes": "disputes",
    "updates": "is updated by",
}

_recordings: ContextVar[tuple[list[str], ...]] = ContextVar("recordings", default=())
_given: ContextVar["Corpus | None"] = ContextVar("given", default=None)


@contextmanager
def record_reads() -> Iterator[list[str]]:
    """Record which inputs are read inside the block, in this thread.

    Blocks may be nested: a read in the inner block counts for the outer one, too.

    Yields:
        The names of the tables read of any `Corpus`, and of the other inputs passed to
        `note_read`, each once, in the order of the first read. The list grows during the block.
    """
    reads: list[str] = []
    token = _recordings.set((*_recordings.get(), reads))
    try:
        yield reads
    finally:
        _recordings.reset(token)


def note_read(name: str) -> None:
    """Note that an input was read, for every `record_reads` block around the call.

    Args:
        name: A table of the corpus, or the file name of another input.
    """
    for reads in _recordings.get():
        if name not in reads:
            reads.append(name)


def relations_by_claim(relations: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Group the relations by claim, each seen from both of its sides.

    Args:
        relations: The table `relations`, indexed by `claim_a`, `relation` and `claim_b`.

    Returns:
        For each claim with relations, sorted pairs of the relation and the other claim. Seen from
        `claim_b`, a relation has its reversed name: "repeats" becomes "is repeated by".
    """
    pairs = defaultdict(list)
    for claim_a, relation, claim_b in relations.index:
        pairs[claim_a].append((relation, claim_b))
        pairs[claim_b].append((REVERSED[relation], claim_a))
    return {claim: sorted(of_claim) for claim, of_claim in pairs.items()}


@dataclass(frozen=True)
class Corpus:
    """The annotated corpus, one DataFrame per table.

    Each table is indexed by its key and typed as `datapackage.json` declares. Every access to a
    table is noted for `record_reads`.

    Attributes:
        sources: The annotated texts, by `source_id`.
        claims: The claims annotated in the sources, by `claim_id`.
        events: The events that claims report, by `event_id`.
        actors: The persons, institutions and outlets that speak or act, by `actor_id`.
        places: The places that claims and events name, by `place_id`.
        terms: The estimative phrases as ranges of probability, by `term` and `yardstick`.
        relations: The relations between claims, by `claim_a`, `relation` and `claim_b`.
        passages: The passages in scope of sources coded by passages, by `source_id` and `number`.
        citations: The notes behind claims, by `claim_id`, `note` and `part`.
        relays: What became of claims that a report passes on, by `claim_id` and `original`.
        relay_passes: Two coders' independent readings of the relays, by `coder` and `claim_id`.
        criticism: The findings on faulty passages, by `source_id`, `start`, `end` and `kind`.
        outlook_record: The dated judgements of the outlook that no source carries.
        forecasts: The forecasts among the claims and their outcomes, by `claim_id`.
        indicators: The signs that speakers named in advance, by `indicator_id`.
        judgements: The judgements of the report, by `judgement_id`.
        evidence: The claims for and against each judgement, by `judgement_id` and `claim_id`.
        explanations: The competing explanations, by `explanation_id`.
        propositions: What the claims say that is weighed, by `proposition_id`.
        weighing: How surprising each proposition is under each explanation, by `proposition_id`
            and `explanation_id`.
        set_aside: The claims that are not weighed although the rule selects them, by `claim_id`.
        corrections: The changes to published rows, by `date`, `table`, `key` and `column`.
        coders: Who made each pass, and by which edition of the codebook, by `coder`.
        passes: The coders' independent passes over the texts, by `coder` and `claim_id`.
        settlements: The settled differences between two passes, by `number`.
        further: The tables that only this report's schema has, by name; each is also an attribute.
    """

    sources: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    actors: pd.DataFrame
    places: pd.DataFrame
    terms: pd.DataFrame
    relations: pd.DataFrame
    passages: pd.DataFrame
    citations: pd.DataFrame
    relays: pd.DataFrame
    relay_passes: pd.DataFrame
    criticism: pd.DataFrame
    outlook_record: pd.DataFrame
    forecasts: pd.DataFrame
    indicators: pd.DataFrame
    judgements: pd.DataFrame
    evidence: pd.DataFrame
    explanations: pd.DataFrame
    propositions: pd.DataFrame
    weighing: pd.DataFrame
    set_aside: pd.DataFrame
    corrections: pd.DataFrame
    coders: pd.DataFrame
    passes: pd.DataFrame
    settlements: pd.DataFrame
    further: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    if not TYPE_CHECKING:  # it would hide misspelt attributes from the type checker

        def __getattribute__(self, name: str) -> Any:
            """Return an attribute, and note the table that it is or that it was computed from."""
            if (table := _TABLE_OF_ATTRIBUTE.get(name)) is not None:
                note_read(table)
            return super().__getattribute__(name)

        def __getattr__(self, name: str) -> pd.DataFrame:
            """Return a further table, and note that it is read."""
            further = self.__dict__.get("further", {})
            if name not in further:
                raise AttributeError(f"the corpus has no table {name!r}", name=name, obj=self)
            note_read(name)
            return further[name]

    @cached_property
    def related(self) -> dict[str, list[tuple[str, str]]]:
        """The relations of each claim that has any; see `relations_by_claim`."""
        return relations_by_claim(self.relations)

    @cached_property
    def relays_of(self) -> dict[str, list[tuple[str, dict[str, Any]]]]:
        """What each claim passes on: pairs of an original, or none, and the row's values."""
        relays: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        for (claim_id, original), row in self.relays.to_dict("index").items():
            relays[str(claim_id)].append((str(original), row))
        return dict(relays)

    @cached_property
    def passed_on_by(self) -> dict[str, list[str]]:
        """The claims of reports that pass each claim on, sorted."""
        claims: dict[str, set[str]] = defaultdict(set)
        for claim_id, relays in self.relays_of.items():
            for original, _ in relays:
                claims[original].add(claim_id)
        return {original: sorted(passing) for original, passing in claims.items() if original}

    def of_tier(self, tier: str) -> "Corpus":
        """Restrict the corpus to the sources of one tier.

        What belongs to other sources is left out: their claims, passages, passes and criticism,
        relations with a claim of theirs, and events that no claim of the tier reports. Actors,
        places, terms, judgements and corrections stay. The call itself counts as no read.

        Args:
            tier: A value of the column `tier` of the sources.

        Raises:
            ValueError: There is no such tier.
        """
        tables = {name: vars(self)[name] for name in TABLES}
        tier_of_source = tables["sources"]["tier"]
        if tier not in (known := list(tier_of_source.cat.categories)):
            raise ValueError(f"{tier!r} is no tier of the sources: {', '.join(known)}")
        source_ids = tier_of_source.index[tier_of_source == tier]
        restricted = tiers.restrict_tables(tables, source_ids)
        return Corpus(**restricted, further=vars(self)["further"])

    def full_claims(self) -> pd.DataFrame:
        """Join the claims with what follows from their sources and chains of attribution.

        Returns:
            The claims with the added columns `code` and `published` (of the source), `said` (the
            day stated, else the day published), `outlet` and `origin` (the actor ids that begin
            and end the chain), `speaker` (the origin's name) and `side` (the origin's side).
        """
        claims = self.claims.join(self.sources[["code", "published"]], on="source_id")
        claims["said"] = claims["stated_on"].fillna(claims["published"])
        claims["outlet"] = claims["chain"].str[0]
        claims["origin"] = claims["chain"].str[-1]
        claims["speaker"] = claims["origin"].map(self.actors["name"])
        claims["side"] = claims["origin"].map(self.actors["side"])
        return claims


TABLES = [table.name for table in fields(Corpus) if table.name != "further"]
# A cached property reads its table only once: it is listed here, so that later reads count, too.
_TABLE_OF_ATTRIBUTE = {name: name for name in TABLES} | {
    "related": "relations",
    "relays_of": "relays",
    "passed_on_by": "relays",
}


@dataclass(frozen=True)
class ReadTables:
    """All tables as text cells, with the faults of files, cells and references.

    Attributes:
        raw: The rows of each table, each row named by its `RowPosition`.
        faults: The faults of all tables.
        partial: The names of the tables with rows that could not be read. References to such a
            table are not checked.
        sortable: The names of the tables whose rows `make tidy` can sort.
    """

    raw: dict[str, pd.DataFrame]
    faults: list[Fault]
    partial: set[str]
    sortable: set[str]


def read_schema(folder: Path | None = None) -> dict[str, schema.Table]:
    """Read the schema of the tables in a folder, by default those of the project.

    Raises:
        CorpusError: `datapackage.json` cannot be read or understood.
    """
    return schema.read_schema((folder or project().data) / project().datapackage.name)


def table_files(name: str) -> list[str]:
    """List the files that hold a table, relative to the folder of the tables.

    Args:
        name: The table. One in parts has several files.

    Raises:
        KeyError: There is no such table.
        CorpusError: `datapackage.json` cannot be read or understood.
    """
    return list(read_schema()[name].files)


def read_table(table: schema.Table, folder: Path) -> csv_reader.ReadFile:
    """Read all files of a table as text cells.

    Returns:
        The rows of the files in order, with the columns that all files have; complete only if
        every file is.
    """
    parts = [csv_reader.read_file(table, file, folder) for file in table.files]
    rows = pd.concat([part.rows for part in parts], join="inner")
    faults = [fault for part in parts for fault in part.faults]
    complete = all(part.complete for part in parts)
    return csv_reader.ReadFile(rows, faults, complete, all(part.sortable for part in parts))


def read_tables(folder: Path | None = None, passed: bool = False) -> ReadTables:
    """Read every table, however damaged, and find all faults that it has.

    A change of the tables that a killed command left unfinished is finished first.

    Args:
        folder: The folder of the tables; by default that of the project.
        passed: Whether these tables have passed before, so that no cell is checked again.

    Raises:
        CorpusError: `datapackage.json` cannot be read or understood, or an unfinished change cannot
            be finished.
    """
    folder = folder or project().data
    with settled(folder):
        tables = read_schema(folder)
        parts = {table.name: read_table(table, folder) for table in tables.values()}
    raw = {name: part.rows for name, part in parts.items()}
    faults: list[Fault] = []
    partial = set()
    for table in tables.values():
        part = parts[table.name]
        faults += part.faults
        if not passed:
            faults += cells.find_faults(table, part.rows)
        if not part.complete:
            partial.add(table.name)
    if not passed:
        faults += foreign_keys.find_faults(tables, raw, partial, faults)
    sortable = {name for name, part in parts.items() if part.sortable}
    return ReadTables(raw, faults, partial, sortable)


def read_sound_tables(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """Read every table as text cells.

    Args:
        folder: The folder of the tables; by default that of the project.

    Raises:
        CorpusError: The schema cannot be read, or there are faults of files, cells or references;
            with every fault.
    """
    read = read_tables(folder)
    if read.faults:
        raise CorpusError(read.faults)
    return read.raw


@contextmanager
def given_corpus(corpus: Corpus) -> Iterator[None]:
    """Let `load` return a given corpus inside the block, for that of the project.

    What a page computes can so be computed from another state of the tables.
    """
    token = _given.set(corpus)
    try:
        yield
    finally:
        _given.reset(token)


def load(folder: Path | None = None) -> Corpus:
    """Load the corpus from a folder, by default that of the project.

    Raises:
        CorpusError: The schema cannot be read, or there are faults of files, cells or references;
            with every fault.
    """
    if folder is None and (given := _given.get()) is not None:
        return given
    folder = folder or project().data
    return to_corpus(read_sound_tables(folder), folder)


def to_corpus(raw: dict[str, pd.DataFrame], folder: Path | None = None) -> Corpus:
    """Convert tables of text cells without faults to a typed corpus.

    Args:
        raw: The rows of each table, as `read_tables` gives them.
        folder: The folder of the schema; by default that of the project.
    """
    tables = read_schema(folder)
    typed = {name: schema.to_typed(table, raw[name]) for name, table in tables.items()}
    further = {name: rows for name, rows in typed.items() if name not in TABLES}
    return Corpus(**{name: typed[name] for name in TABLES}, further=further)


def known_names(actors: pd.DataFrame, places: pd.DataFrame) -> list[str]:
    """List the names of actors and places, and what else actors are called."""
    return [*actors["name"], *actors["also_called"].explode().dropna(), *places["name"]]
