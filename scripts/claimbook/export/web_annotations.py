"""The claims in the W3C Web Annotation Data Model, as JSON-LD.

The file names http://www.w3.org/ns/anno.jsonld first, as the Web Annotation Protocol asks. Every
other term is a column of `datapackage.json` or one of three classes of ours, and the file itself
defines it. Rows are named `urn:PACKAGE:TABLE:KEY`, columns `urn:PACKAGE:TABLE#COLUMN`.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Field, Table
from claimbook.paths import project
from claimbook.texts.stored_spans import selector_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"  # of the standard


def _link(iri: str) -> dict[str, str]:
    """Define a JSON-LD term whose values are links."""
    return {"@id": iri, "@type": "@id"}


DEFINING_TERMS = {"comment": "rdfs:comment", "subClassOf": _link("rdfs:subClassOf")}
CLASSES = {  # of ours, each with the class above it and its definition
    "Claim": ("rdfs:Resource", ""),  # defined by the description of the table of claims
    "WordHashSelector": (
        "oa:Selector",
        "Finds a span by its words without holding them: normalise the text (NFKC, fold case, "
        "take runs of letters and digits as words), slide a window of as many words as the "
        "selector says, and hash the words joined by single spaces.",
    ),
    "TextState": ("oa:State", "The text to which the offsets belong: its SHA-256 and its length."),
}
SELECTOR_COLUMNS = ("anchor", "words", "head", "tail")
STATE_COLUMNS = ("sha256", "characters")
# Columns of a claim that stand outside its codes.
OTHER_COLUMNS = {"claim_id", "start", "end", "paraphrase", *SELECTOR_COLUMNS}
DATATYPES = {"date": "xsd:date", "integer": "xsd:integer", "number": "xsd:double"}


class _Vocabulary:
    """The IRIs of the rows and columns in the JSON-LD file.

    Attributes:
        base: The prefix of all IRIs.
        tables: The schema of each table, by name.
        code_fields: The columns of claims that are codes.
        fields: All columns in the file, each as a pair of its table's name and its schema.
    """

    def __init__(self, base: str, tables: dict[str, Table]) -> None:
        self.base = base
        self.tables = tables
        claims, sources = tables["claims"], tables["sources"]
        self.code_fields = [field for field in claims.fields if field.name not in OTHER_COLUMNS]
        selector = [("claims", claims.field(name)) for name in SELECTOR_COLUMNS]
        state = [("sources", sources.field(name)) for name in STATE_COLUMNS]
        self.fields = [*(("claims", field) for field in self.code_fields), *selector, *state]

    def row(self, table: str, key: str) -> str:
        """Return the IRI of a row.

        Args:
            table: The name of its table.
            key: Its primary key.
        """
        return f"{self.base}{table}:{key}"

    def column(self, table: str, name: str) -> str:
        """Return the IRI of a column of a table, both given by name."""
        return f"{self.base}{table}#{name}"

    def referenced_table(self, table: str, field: Field) -> str:
        """Return the name of the table whose rows the cells of a column refer to.

        Args:
            table: The name of the table with the column.
            field: The column.

        Returns:
            The name of the other table; empty if the column is not a foreign key, or refers to a
            column that is not the whole primary key of the other table.
        """
        name, _, column = self.tables[table].referenced_column(field).partition(".")
        return name if name and self.tables[name].key == [column] else ""


def annotation_collection(corpus: Corpus, datapackage: Path | None = None) -> dict[str, Any]:
    """Convert the claims to a Web Annotation collection.

    Args:
        corpus: The corpus.
        datapackage: The schema of its tables; by default that of the project.

    Returns:
        The JSON-LD document: a collection of one page with an annotation for each claim, in the
        order of the table of claims, and with its own context and definitions.
    """
    datapackage = datapackage or project().datapackage
    package = json.loads(datapackage.read_text("utf-8"))
    vocabulary = _Vocabulary(f"urn:{package['name']}:", schema.read_schema(datapackage))
    collection = f"{vocabulary.base}annotations"
    annotations = [
        _annotation(vocabulary, corpus, str(claim_id), claim)
        for claim_id, claim in corpus.claims.iterrows()
    ]
    return {
        "@context": [CONTEXT, _context(vocabulary)],
        "id": collection,
        "type": "AnnotationCollection",
        "label": package["title"],
        "creator": {
            "id": f"{vocabulary.base}contributors",
            "type": "Organization",
            "name": ", ".join(person["title"] for person in package["contributors"]),
        },
        "rights": package["licenses"][0]["path"],
        "total": len(annotations),
        "first": {
            "id": f"{collection}#page",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": annotations,
        },
        "defines": _definitions(vocabulary),
    }


def _context(vocabulary: _Vocabulary) -> dict[str, Any]:
    """Build the JSON-LD context of our own terms: our classes and the columns."""
    terms: dict[str, Any] = {name: vocabulary.base + name for name in CLASSES}
    terms["defines"] = f"{vocabulary.base}defines"
    for table, field in vocabulary.fields:
        term = {"@id": vocabulary.column(table, field.name)}
        if vocabulary.referenced_table(table, field):
            term["@type"] = "@id"
        elif field.type in DATATYPES:
            term["@type"] = DATATYPES[field.type]
        if field.type == "list":
            term["@container"] = "@list"  # a chain has an order
        terms[field.name] = term if len(term) > 1 else term["@id"]
    return DEFINING_TERMS | terms


def _definitions(vocabulary: _Vocabulary) -> list[dict[str, str]]:
    """Define our classes and the columns as RDF.

    The columns and the class `Claim` have the words of the schema, the other classes those in
    `CLASSES`.

    Returns:
        A node for each class of `CLASSES` and for each column in the file.
    """
    classes = [
        {
            "id": vocabulary.base + name,
            "type": "rdfs:Class",
            "label": name,
            "comment": definition or vocabulary.tables["claims"].description,
            "subClassOf": superclass,
        }
        for name, (superclass, definition) in CLASSES.items()
    ]
    columns = [
        {
            "id": vocabulary.column(table, field.name),
            "type": "rdf:Property",
            "label": field.title,
            "comment": field.description,
        }
        for table, field in vocabulary.fields
    ]
    return classes + columns


def _annotation(
    vocabulary: _Vocabulary, corpus: Corpus, claim_id: str, claim: pd.Series
) -> dict[str, Any]:
    """Convert a claim to a Web Annotation.

    Its bodies are the wording and the codes of the claim. Its target is the span in the source, as
    character offsets and as the hashes by which the words are found.
    """
    source = corpus.sources.loc[claim["source_id"]]
    selector = asdict(selector_of(claim))
    values = {
        field.name: _json_value(vocabulary, field, claim[field.name])
        for field in vocabulary.code_fields
    }
    codes = {name: value for name, value in values.items() if value is not None}
    return {
        "id": vocabulary.row("annotations", claim_id),
        "type": "Annotation",
        "motivation": "classifying",
        "creator": f"{vocabulary.base}contributors",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": claim["paraphrase"],
                "format": "text/plain",
                "language": "en",
            },
            {
                "type": "SpecificResource",
                "purpose": "classifying",
                "source": {"id": vocabulary.row("claims", claim_id), "type": "Claim", **codes},
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": source["url"] or vocabulary.row("sources", claim["source_id"]),
            "state": {
                "type": "TextState",
                "sha256": source["sha256"],
                "characters": int(source["characters"]),
            },
            "selector": [
                {
                    "type": "TextPositionSelector",
                    "start": selector["start"],
                    "end": selector["end"],
                },
                {
                    "type": "WordHashSelector",
                    **{name: selector[name] for name in SELECTOR_COLUMNS},
                },
            ],
        },
    }


def _json_value(vocabulary: _Vocabulary, field: Field, cell: Any) -> Any:
    """Convert a cell of a claim to a JSON value.

    Returns:
        Days as ISO 8601, whole numbers as integers, foreign keys as IRIs of rows, lists as lists of
        these; None if the cell is empty.
    """
    table = vocabulary.referenced_table("claims", field)
    if field.type == "list":
        return [vocabulary.row(table, item) if table else item for item in cell] or None
    if pd.isna(cell) or cell == "":
        return None
    if field.type == "date":
        return cell.date().isoformat()
    if field.type in ("integer", "number"):
        return int(cell) if cell == int(cell) else float(cell)
    return vocabulary.row(table, cell) if table else str(cell)
