"""The corpus in formats that other programs read: Web Annotations, two bibliographies, and one archive with all.

`annotations.jsonld` follows the W3C Web Annotation Data Model. It takes the terms of http://www.w3.org/ns/anno.jsonld under
the same IRIs, but writes out those it uses, so that it is expanded without a network. Every other term is a column of
`datapackage.json` or one of three classes of ours; the file itself says what each means. A row is named
`urn:short-of-war:TABLE:KEY`, a column `urn:short-of-war:TABLE#COLUMN`.
"""

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Field, Table
from claimbook.language import claim_text
from claimbook.paths import project
from claimbook.texts import source_texts

ANNOTATIONS, BIBTEX, CSL, ARCHIVE = (
    "annotations.jsonld",
    "sources.bib",
    "sources.json",
    "short-of-war-data.zip",
)
FILES = {
    ANNOTATIONS: "The claims as Web Annotations (JSON-LD): wording, codes, and the place of each in its source.",
    BIBTEX: "The sources for a BibTeX bibliography.",
    CSL: "The sources as CSL-JSON, for Zotero and other reference managers.",
    ARCHIVE: "All of these, with the codebook and the licence.",
}

PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _link(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id"}


def _count(iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": "xsd:nonNegativeInteger"}


STANDARD = {  # of http://www.w3.org/ns/anno.jsonld, those that are used here
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Organization": "foaf:Organization",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextualBody": "oa:TextualBody",
    "classifying": "oa:classifying",
    "describing": "oa:describing",
    "body": _link("oa:hasBody"),
    "creator": _link("dcterms:creator"),
    "end": _count("oa:end"),
    "first": _link("as:first"),
    "format": "dc:format",
    "items": {**_link("as:items"), "@container": "@list"},
    "label": "rdfs:label",
    "language": "dc:language",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "name": "foaf:name",
    "partOf": _link("as:partOf"),
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "rights": _link("dcterms:rights"),
    "selector": _link("oa:hasSelector"),
    "source": _link("oa:hasSource"),
    "start": _count("oa:start"),
    "startIndex": _count("as:startIndex"),
    "state": _link("oa:hasState"),
    "target": _link("oa:hasTarget"),
    "total": _count("as:totalItems"),
    "value": "rdf:value",
}
DEFINING = {"comment": "rdfs:comment", "subClassOf": _link("rdfs:subClassOf")}
CLASSES = {
    "Claim": ("rdfs:Resource", ""),  # its meaning is that of the table of claims
    "WordHashSelector": (
        "oa:Selector",
        "Finds a span by its words without holding them: normalise the text (NFKC, fold case, take runs of letters and digits as "
        "words), slide a window of as many words as the selector says, and hash the words joined by single spaces.",
    ),
    "TextState": ("oa:State", "The text to which the offsets belong: its SHA-256 and its length."),
}
SELECTOR = ("anchor", "words", "head", "tail")
STATE = ("sha256", "characters")
ELSEWHERE = {
    "claim_id",
    "start",
    "end",
    "paraphrase",
    *SELECTOR,
}  # columns of a claim that stand outside its codes
DATATYPES = {"date": "xsd:date", "integer": "xsd:integer", "number": "xsd:double"}


def write_exports(corpus: Corpus, folder: Path, data: Path | None = None) -> list[Path]:
    """Write the four files into a folder, which is made where it is missing; returns them in the order of `FILES`.

    `data` is the folder from which `corpus` was loaded: the archive takes the tables from there. The same corpus gives the
    same bytes. Raises OSError if a file cannot be read or written.
    """
    data = data or project().data
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        ANNOTATIONS: _json(annotation_collection(corpus, data / project().datapackage.name)),
        BIBTEX: bibtex(corpus).encode(),
        CSL: _json(csl_items(corpus)),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    described = schema.read_schema(data / project().datapackage.name)
    tables = [
        project().datapackage.name,
        *(file for table in described.values() for file in table.files),
    ]
    made |= {name: (data / name).read_bytes() for name in tables}
    made |= {file.name: file.read_bytes() for file in (project().codebook, project().licence)}
    write_zip(made, folder / ARCHIVE)
    return [folder / name for name in FILES]


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_zip(members: dict[str, bytes], file: Path) -> None:
    """Pack files by name. Stored, not deflated: versions of zlib differ in what they make of the same bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            member = zipfile.ZipInfo(name)  # dated 1980, as the format's first day
            member.create_system = 3  # Unix, on every system
            member.external_attr = 0o644 << 16
            archive.writestr(member, members[name])


def annotation_collection(corpus: Corpus, datapackage: Path | None = None) -> dict[str, Any]:
    """The claims as a Web Annotation collection of one page, in the order of the table, with its own context."""
    datapackage = datapackage or project().datapackage
    package = json.loads(datapackage.read_text("utf-8"))
    described = schema.read_schema(datapackage)
    base = f"urn:{package['name']}:"
    known = _Names(base, described)
    items = [
        _annotation(known, corpus, str(claim_id), claim)
        for claim_id, claim in corpus.claims.iterrows()
    ]
    collection, contributors = (
        f"{base}annotations",
        [person["title"] for person in package["contributors"]],
    )
    return {
        "@context": _context(known),
        "id": collection,
        "type": "AnnotationCollection",
        "label": package["title"],
        "creator": {
            "id": f"{base}contributors",
            "type": "Organization",
            "name": ", ".join(contributors),
        },
        "rights": package["licenses"][0]["path"],
        "total": len(items),
        "first": {
            "id": f"{collection}#page",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": items,
        },
        "defines": _definitions(known),
    }


class _Names:
    """What rows and columns are called outside the tables, and which columns of a claim are codes."""

    def __init__(self, base: str, described: dict[str, Table]) -> None:
        self.base = base
        self.described = described
        claims = described["claims"]
        self.codes = [field for field in claims.fields if field.name not in ELSEWHERE]
        selector = [("claims", claims.field(name)) for name in SELECTOR]
        state = [("sources", described["sources"].field(name)) for name in STATE]
        self.columns = [*(("claims", field) for field in self.codes), *selector, *state]

    def row(self, table: str, key: str) -> str:
        """The name of a row."""
        return f"{self.base}{table}:{key}"

    def column(self, table: str, name: str) -> str:
        """The name of a column."""
        return f"{self.base}{table}#{name}"

    def refers_to(self, table: str, field: Field) -> str:
        """The table whose rows the cells of a column name; empty where they name none."""
        target = field.items_of or self.described[table].references.get(field.name, "")
        name, _, column = target.partition(".")
        return name if target and self.described[name].key == [column] else ""


def _context(known: _Names) -> dict[str, Any]:
    """The terms of the file: the standard's that are used, then ours, typed as the schema types the columns."""
    own: dict[str, Any] = {name: known.base + name for name in CLASSES} | {
        "defines": f"{known.base}defines"
    }
    for table, field in known.columns:
        term = {"@id": known.column(table, field.name)}
        if known.refers_to(table, field):
            term["@type"] = "@id"
        elif field.type in DATATYPES:
            term["@type"] = DATATYPES[field.type]
        if field.type == "list":
            term["@container"] = "@list"  # a chain has an order
        own[field.name] = term if len(term) > 1 else term["@id"]
    return PREFIXES | STANDARD | DEFINING | own


def _definitions(known: _Names) -> list[dict[str, str]]:
    """What the terms of ours mean, in the words of the schema."""
    classes = [
        {
            "id": known.base + name,
            "type": "rdfs:Class",
            "label": name,
            "comment": comment or known.described["claims"].description,
            "subClassOf": above,
        }
        for name, (above, comment) in CLASSES.items()
    ]
    columns = [
        {
            "id": known.column(table, field.name),
            "type": "rdf:Property",
            "label": field.title,
            "comment": field.description,
        }
        for table, field in known.columns
    ]
    return classes + columns


def _annotation(known: _Names, corpus: Corpus, claim_id: str, claim: pd.Series) -> dict[str, Any]:
    """One claim: its wording and its codes as bodies, its place in the source as target."""
    source = corpus.sources.loc[claim["source_id"]]
    place = asdict(source_texts.selector_of(claim))
    coded = {field.name: _value(known, field, claim[field.name]) for field in known.codes}
    codes = {name: value for name, value in coded.items() if value is not None}
    wording = {"value": claim["paraphrase"], "format": "text/plain", "language": "en"}
    return {
        "id": known.row("annotations", claim_id),
        "type": "Annotation",
        "motivation": "classifying",
        "creator": f"{known.base}contributors",
        "body": [
            {"type": "TextualBody", "purpose": "describing"} | wording,
            {
                "type": "SpecificResource",
                "purpose": "classifying",
                "source": {"id": known.row("claims", claim_id), "type": "Claim"} | codes,
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": source["url"] or known.row("sources", claim["source_id"]),
            "state": {
                "type": "TextState",
                "sha256": source["sha256"],
                "characters": int(source["characters"]),
            },
            "selector": [
                {"type": "TextPositionSelector", "start": place["start"], "end": place["end"]},
                {"type": "WordHashSelector"} | {name: place[name] for name in SELECTOR},
            ],
        },
    }


def _value(known: _Names, field: Field, cell: Any) -> Any:
    """A cell as JSON has it; None where it is empty."""
    table = known.refers_to("claims", field)
    if field.type == "list":
        return [known.row(table, item) if table else item for item in cell] or None
    if pd.isna(cell) or cell == "":
        return None
    if field.type == "date":
        return cell.date().isoformat()
    if field.type in ("integer", "number"):
        return int(cell) if cell == int(cell) else float(cell)
    return known.row(table, cell) if table else str(cell)


def _open(source: pd.Series) -> bool:
    """Whether the day of publication is the likeliest of several, not known."""
    return source["published_earliest"] != source["published_latest"]


def _note(source: pd.Series) -> str:
    """What a bibliography should say of a source beside its title: what sort of copy it is, and when it appeared."""
    sort = "" if source["kind"] == "original" else f"{source['kind']}; "
    note = f"{sort}published {claim_text.describe_publication(source)}"
    return note[0].upper() + note[1:]


def csl_items(corpus: Corpus) -> list[dict[str, Any]]:
    """The sources as CSL-JSON items, sorted by id; a day that is only the likeliest is about then, a range has both ends."""
    items = []
    for source_id, source in corpus.sources.sort_index().iterrows():
        ends = (
            ("published_earliest", "published_latest")
            if source["precision"] == "range"
            else ("published",)
        )
        issued: dict[str, Any] = {
            "date-parts": [[day.year, day.month, day.day] for day in source[list(ends)]]
        }
        if _open(source) and source["precision"] != "range":
            issued["circa"] = True
        item = {
            "id": str(source_id),
            "type": "article-newspaper",  # what CSL calls a news report, on paper or on a page
            "title": source["title"],
            "author": [{"literal": source["author"]}] if source["author"] else "",
            "container-title": corpus.actors.loc[source["outlet"], "name"],
            "issued": issued,
            "URL": source["url"],
            "language": source["language"],
            "note": _note(source),
        }
        items.append({name: value for name, value in item.items() if value})
    return items


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LATEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {character: f"\\{character}" for character in "%&#$_"}
)


def _latex(text: str) -> str:
    return text.translate(LATEX)


def bibtex(corpus: Corpus) -> str:
    """The sources as BibTeX, sorted by id: `year` and `month` for the classic styles, `date` with ranges for biblatex."""
    entries = []
    for source_id, source in corpus.sources.sort_index().iterrows():
        first, last = source["published_earliest"], source["published_latest"]
        published = source["published"]
        about = "~" if _open(source) else ""
        span = (
            f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"
            if source["precision"] == "range"
            else f"{published:%Y-%m-%d}{about}"
        )
        fields = {
            "author": f"{{{_latex(source['author'])}}}" if source["author"] else "",
            "title": f"{{{_latex(source['title'])}}}",  # braced twice: its capitals stay
            "howpublished": _latex(corpus.actors.loc[source["outlet"], "name"]),
            "year": f"{published.year}",
            "date": span,
            "url": source["url"].replace("{", "%7B").replace("}", "%7D"),
            "note": _latex(_note(source)),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        if (first.year, first.month) == (last.year, last.month):
            lines.append(
                f"  month = {MONTHS[published.month - 1]},"
            )  # a name that every style defines
        entries.append("\n".join([f"@misc{{{source_id},", *lines, "}\n"]))
    return "\n".join(entries)
