"""The exports: every claim goes out whole, other programs read what comes out, and the same corpus gives the same bytes."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pybtex.database import parse_string
from pybtex.richtext import Text as Rich
from pyld import jsonld

from claimbook.paths import project
from claimbook.corpus import schema
from claimbook.export import web_annotations
from claimbook.texts import verbatim
from claimbook.texts.anchors import Selector, TextIndex

OA = "http://www.w3.org/ns/oa#"
HOSTILE = (
    '</script><!-- "quoted" \\n \\u0041 @id _:b0'
    ' \u2028 \u202eright to left\u202c Łukašenka’s 🛩 & 100 % {"@type": "@id"} \t.'
)
HOSTILE_TITLE = r"Half {open, 50 % off: A&B #1 $5 a_b ~ ^ \emph{x}} }} }, @misc — “Лукашенко”"


def refuse(address: str, _options: object) -> None:
    raise AssertionError(f"the export calls {address}")


OFFLINE = {"documentLoader": refuse}


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("exports")
    web_annotations.write_exports(corpus, made)
    return made


@pytest.fixture(scope="module")
def document(folder) -> dict:
    return json.loads((folder / web_annotations.ANNOTATIONS).read_text("utf-8"))


@pytest.fixture(scope="module")
def expanded(document) -> list:
    return jsonld.expand(document, OFFLINE)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def keys(node: object) -> Counter:
    """How often each key stands in a JSON document; context, values and bare references have none that count."""
    if isinstance(node, list):
        return sum((keys(item) for item in node), Counter())
    if not isinstance(node, dict) or "@value" in node or set(node) == {"@id"}:
        return Counter()
    found = Counter(key for key in node if key not in ("@context", "@list"))
    return sum((keys(value) for key, value in node.items() if key != "@context"), found)


def iri(context: dict, term: str) -> str:
    named = context[term]["@id"] if isinstance(context[term], dict) else context[term]
    prefix, _, rest = named.partition(":")
    return context[prefix] + rest if prefix in context else named


def test_no_term_is_dropped_when_the_annotations_are_expanded(document, expanded):
    context = document["@context"]
    before = Counter()
    for term, times in keys(document).items():
        before[iri(context, term)] += times
    assert keys(expanded) == before
    assert all(re.match(r"@(id|type)$|https?:|urn:short-of-war:", key) for key in before)


def test_the_expanded_annotations_lead_back_to_the_file(document, expanded):
    assert jsonld.compact(expanded, document["@context"], OFFLINE) == document


def test_the_annotations_are_rdf_with_absolute_names(document):
    quads = jsonld.to_rdf(document, OFFLINE)["@default"]
    named = [
        quad[part]["value"]
        for quad in quads
        for part in ("subject", "predicate", "object")
        if quad[part]["type"] == "IRI"
    ]
    assert all(re.match(r"https?://|urn:short-of-war:", name) for name in named)
    positions = [quad for quad in quads if quad["predicate"]["value"] == OA + "start"]
    assert len(positions) == document["total"]
    assert {quad["object"]["datatype"] for quad in positions} == {
        "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
    }


def test_the_standards_own_terms_keep_the_standards_addresses(expanded):
    [collection] = expanded
    [page] = collection["http://www.w3.org/ns/activitystreams#first"]
    first = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"][0]
    assert first["@type"] == [OA + "Annotation"]
    assert first[OA + "motivatedBy"] == [{"@id": OA + "classifying"}]
    [target] = first[OA + "hasTarget"]
    assert [selector["@type"] for selector in target[OA + "hasSelector"]] == [
        [OA + "TextPositionSelector"],
        ["urn:short-of-war:WordHashSelector"],
    ]
    purposes = [
        purpose["@id"] for body in first[OA + "hasBody"] for purpose in body[OA + "hasPurpose"]
    ]
    assert purposes == [OA + "describing", OA + "classifying"]


def test_every_claim_has_its_annotation_with_all_that_the_table_says(document):
    claims = {row["claim_id"]: row for row in rows(project().data / "claims.csv")}
    sources = {row["source_id"]: row for row in rows(project().data / "sources.csv")}
    annotations = document["first"]["items"]
    assert [annotation["id"].rsplit(":", 1)[1] for annotation in annotations] == list(claims)
    assert document["total"] == len(claims)
    for annotation, row in zip(annotations, claims.values(), strict=True):
        wording, codes = annotation["body"]
        position, hashes = annotation["target"]["selector"]
        said = codes["source"] | position | hashes | {"claim_id": codes["source"]["id"]}
        source = sources[row["source_id"]]
        assert annotation["target"]["source"] == (
            source["url"] or f"urn:short-of-war:sources:{row['source_id']}"
        )
        assert annotation["target"]["state"]["sha256"] == source["sha256"]
        assert wording["value"] == row.pop("paraphrase")
        for column, cell in row.items():
            value = said.get(column, "")
            items = [str(item) for item in (value if isinstance(value, list) else [value])]
            assert ";".join(re.sub(r"^urn:short-of-war:\w+:", "", item) for item in items) == cell


def test_both_selectors_of_an_annotation_find_the_claim_in_the_text(document, at_hand, corpus):
    index = {
        corpus.sources.loc[source_id, "sha256"]: TextIndex(text.content)
        for source_id, text in at_hand.items()
    }
    for annotation in document["first"]["items"]:
        position, hashes = annotation["target"]["selector"]
        fields = {name: hashes[name] for name in ("words", "anchor", "head", "tail")}
        by_words = index[annotation["target"]["state"]["sha256"]].find(
            Selector(position["start"], position["end"], **fields)
        )
        assert by_words.status == "exact"


def test_every_term_of_ours_is_defined_in_the_file_and_none_hides_one_of_the_standard(document):
    context = document["@context"]
    ours = {iri(context, term) for term in context if iri(context, term).startswith("urn:")} - {
        "urn:short-of-war:defines"
    }
    assert {definition["id"] for definition in document["defines"]} == ours
    assert all(definition["comment"] for definition in document["defines"])
    assert {term: context[term] for term in web_annotations.STANDARD} == web_annotations.STANDARD


def test_hostile_characters_in_a_paraphrase_survive(corpus, tmp_path):
    claims = corpus.claims.copy()
    claims.loc["NW-07", "paraphrase"] = HOSTILE
    web_annotations.write_exports(replace(corpus, claims=claims), tmp_path)
    read = json.loads((tmp_path / web_annotations.ANNOTATIONS).read_bytes())
    graph = jsonld.compact(jsonld.expand(read, OFFLINE), read["@context"], OFFLINE)
    [wording] = [
        a["body"][0]["value"] for a in graph["first"]["items"] if a["id"].endswith(":NW-07")
    ]
    assert wording == HOSTILE


def test_a_fraction_and_an_open_end_go_out_as_they_are(corpus, tmp_path):
    claims = corpus.claims.copy()
    claims.loc["NW-07", ["quantity", "event_end"]] = [2.5, pd.NaT]
    web_annotations.write_exports(replace(corpus, claims=claims), tmp_path)
    read = json.loads((tmp_path / web_annotations.ANNOTATIONS).read_bytes())
    [codes] = [a["body"][1]["source"] for a in read["first"]["items"] if a["id"].endswith(":NW-07")]
    assert codes["quantity"] == 2.5
    assert "event_end" not in codes


def parts(resource: dict) -> list[str]:
    return [resource["path"]] if isinstance(resource["path"], str) else resource["path"]


def test_the_archive_holds_what_its_schema_names(folder):
    with zipfile.ZipFile(folder / web_annotations.ARCHIVE) as archive:
        assert archive.testzip() is None
        held = set(archive.namelist())
        package = json.loads(archive.read("datapackage.json"))
        named = {file for resource in package["resources"] for file in parts(resource)}
        assert held == named | {"datapackage.json", "codebook.md", "LICENSE"} | set(
            web_annotations.FILES
        ) - {web_annotations.ARCHIVE}
        for resource in package["resources"]:
            for file in parts(resource):
                head = next(csv.reader(io.StringIO(archive.read(file).decode("utf-8"))))
                assert head == [field["name"] for field in resource["schema"]["fields"]]
        for name in web_annotations.FILES:
            assert (
                name == web_annotations.ARCHIVE
                or archive.read(name) == (folder / name).read_bytes()
            )
        assert b"creativecommons.org/licenses/by/4.0" in archive.read("LICENSE")


def test_the_same_corpus_gives_the_same_bytes(corpus, folder, tmp_path):
    def digest(place: Path) -> dict[str, str]:
        return {
            name: hashlib.sha256((place / name).read_bytes()).hexdigest()
            for name in web_annotations.FILES
        }

    web_annotations.write_exports(corpus, tmp_path)
    assert digest(tmp_path) == digest(folder)


def issued(item: dict) -> list[str]:
    return ["-".join(f"{part:02d}" for part in day) for day in item["issued"]["date-parts"]]


def test_the_csl_items_have_a_type_a_title_and_the_date_as_far_as_it_is_known(folder):
    items = {
        item["id"]: item for item in json.loads((folder / web_annotations.CSL).read_text("utf-8"))
    }
    sources = rows(project().data / "sources.csv")
    assert set(items) == {source["source_id"] for source in sources}
    allowed = {
        "id",
        "type",
        "title",
        "author",
        "container-title",
        "issued",
        "URL",
        "language",
        "note",
    }  # variables of CSL 1.0.2
    for source in sources:
        item = items[source["source_id"]]
        assert set(item) <= allowed
        assert item["type"] == "article-newspaper"
        assert item["title"] == source["title"]
        assert item.get("URL", "") == source["url"]
        ends = (
            ["published_earliest", "published_latest"]
            if source["precision"] == "range"
            else ["published"]
        )
        assert issued(item) == [source[end] for end in ends]
        likeliest = (
            source["published_earliest"] != source["published_latest"]
            and source["precision"] != "range"
        )
        assert item["issued"].get("circa", False) == likeliest
    assert any(len(item["issued"]["date-parts"]) == 2 for item in items.values())


def test_bibtex_is_read_back_with_titles_and_dates(folder):
    entries = parse_string((folder / web_annotations.BIBTEX).read_text("utf-8"), "bibtex").entries
    for source in rows(project().data / "sources.csv"):
        fields = entries[source["source_id"]].fields
        assert str(Rich.from_latex(fields["title"])) == source["title"]
        assert fields["year"] == source["published"][:4]
        assert fields.get("url", "") == source["url"]
        if source["precision"] == "range":
            assert fields["date"] == f"{source['published_earliest']}/{source['published_latest']}"
        else:
            assert fields["date"].rstrip("~") == source["published"]
    assert entries["newsweek-2022-07-12"].fields["month"] == "July"


def test_a_hostile_title_and_byline_do_not_break_the_bibliographies(corpus, tmp_path):
    sources = corpus.sources.copy()
    sources.loc["newsweek-2022-07-12", ["title", "author"]] = [HOSTILE_TITLE, "Someone {and} Sons"]
    web_annotations.write_exports(replace(corpus, sources=sources), tmp_path)
    entries = parse_string((tmp_path / web_annotations.BIBTEX).read_text("utf-8"), "bibtex").entries
    assert set(entries) == set(sources.index)
    written = entries["newsweek-2022-07-12"].fields["title"]
    assert not re.search(r"(?<!\\)[%&#$_^~]|[{}]", written[1:-1].replace("{}", ""))
    names = {
        "textbackslash": "\\",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciitilde": "~",
        "textasciicircum": "^",
    }
    plain = re.sub(
        r"\\(?:(\w+)\{\}|(.))",
        lambda found: names[found[1]] if found[1] else found[2],
        written[1:-1],
    )
    assert plain == HOSTILE_TITLE
    [item] = [
        i
        for i in json.loads((tmp_path / web_annotations.CSL).read_text("utf-8"))
        if i["id"] == "newsweek-2022-07-12"
    ]
    assert (item["title"], item["author"]) == (HOSTILE_TITLE, [{"literal": "Someone {and} Sons"}])


def test_no_export_holds_a_sentence_of_a_source(folder, at_hand, corpus):
    free = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
    for name in (web_annotations.ANNOTATIONS, web_annotations.BIBTEX, web_annotations.CSL):
        assert not list(
            verbatim.find_copied_runs((folder / name).read_text("utf-8"), at_hand, free)
        )


def test_the_tables_columns_are_all_in_the_annotations_or_their_places(document):
    context = document["@context"]
    columns = set(schema.read_schema(project().datapackage)["claims"].columns)
    assert columns - set(context) == {"claim_id", "paraphrase"}  # its name and its wording
