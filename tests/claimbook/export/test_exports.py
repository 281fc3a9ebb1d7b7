"""Every claim is exported whole, and other programs read what is exported."""

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
from citeproc.source.json import CiteProcJSON
from claimbook.corpus import schema
from claimbook.export import archive
from claimbook.paths import project
from claimbook.texts import verbatim
from claimbook.texts.anchors import Selector
from claimbook.texts.stored_spans import stands_exactly
from claimbook.texts.word_runs import RunIndex
from pybtex.database import parse_string
from pybtex.richtext import Text as Rich
from pyld import jsonld
from support import w3c_context

OA = "http://www.w3.org/ns/oa#"
URN = "urn:harbour-question:"
CLAIM = "DE-04"
SOURCE = "daily-example-2031-06-14"
HOSTILE = (
    '</script><!-- "quoted" \\n \\u0041 @id _:b0'
    ' \u2028 \u202eright to left\u202c Łukašenka’s 🛩 & 100 % {"@type": "@id"} \t.'
)
HOSTILE_TITLE = r"Half {open, 50 % off: A&B #1 $5 a_b ~ ^ \emph{x}} }} }, @misc — “Лукашенко”"


OFFLINE = {"documentLoader": w3c_context.load}


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("exports")
    archive.write_exports(corpus, made)
    return made


@pytest.fixture(scope="module")
def document(folder) -> dict:
    return json.loads((folder / archive.ANNOTATIONS).read_text("utf-8"))


@pytest.fixture(scope="module")
def expanded(document) -> list:
    return jsonld.expand(document, OFFLINE)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def keys(node: object) -> Counter:
    """Count the keys of a JSON document, without those of contexts, values and references."""
    if isinstance(node, list):
        return sum((keys(item) for item in node), Counter())
    if not isinstance(node, dict) or "@value" in node or set(node) == {"@id"}:
        return Counter()
    found = Counter(key for key in node if key not in ("@context", "@list"))
    return sum((keys(value) for key, value in node.items() if key != "@context"), found)


def terms(document: dict) -> dict:
    """All terms of a document: those of the standard, and its own."""
    standard, own = document["@context"]
    assert standard == w3c_context.ADDRESS
    return w3c_context.PREFIXES | w3c_context.TERMS | own


def iri(context: dict, term: str) -> str:
    named = context[term]["@id"] if isinstance(context[term], dict) else context[term]
    prefix, _, rest = named.partition(":")
    return context[prefix] + rest if prefix in context else named


def test_no_term_is_dropped_when_the_annotations_are_expanded(document, expanded):
    context = terms(document)
    before = Counter()
    for term, times in keys(document).items():
        before[iri(context, term)] += times
    assert keys(expanded) == before
    assert all(re.match(rf"@(id|type)$|https?:|{URN}", key) for key in before)


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
    assert all(re.match(rf"https?://|{URN}", name) for name in named)
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
        [f"{URN}WordHashSelector"],
    ]
    purposes = [
        purpose["@id"] for body in first[OA + "hasBody"] for purpose in body[OA + "hasPurpose"]
    ]
    assert purposes == [OA + "describing", OA + "classifying"]


def test_the_annotations_are_what_the_model_and_the_protocol_ask(document):
    """Each assertion is a MUST of the Web Annotation Data Model, by the section named."""
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"  # 3.1, 5.1
    assert (document["type"], document["id"]) == ("AnnotationCollection", f"{URN}annotations")
    page = document["first"]  # 5.2
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == document["id"]
    assert len(page["items"]) == document["total"]
    for annotation in page["items"]:
        assert annotation["type"] == "Annotation"  # 3.1
        assert re.match(r"urn:|https?:", annotation["id"])
        assert isinstance(annotation["target"], dict)
        for body in annotation["body"]:
            if body["type"] == "TextualBody":  # 3.2.4
                assert isinstance(body["value"], str)
            else:  # 4: a specific resource has exactly one source
                assert isinstance(body["source"], (str, dict))
        assert isinstance(annotation["target"]["source"], str)
        for selector in annotation["target"]["selector"]:
            if selector["type"] == "TextPositionSelector":  # 4.2.5
                assert 0 <= selector["start"] < selector["end"]
            assert "exact" not in selector


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
            source["url"] or f"{URN}sources:{row['source_id']}"
        )
        assert annotation["target"]["state"]["sha256"] == source["sha256"]
        assert wording["value"] == row.pop("paraphrase")
        for column, cell in row.items():
            value = said.get(column, "")
            items = [str(item) for item in (value if isinstance(value, list) else [value])]
            assert ";".join(re.sub(rf"^{URN}\w+:", "", item) for item in items) == cell


def test_both_selectors_of_an_annotation_find_the_claim_in_the_text(document, at_hand, corpus):
    contents = {
        corpus.sources.loc[source_id, "sha256"]: text.content for source_id, text in at_hand.items()
    }
    for annotation in document["first"]["items"]:
        position, hashes = annotation["target"]["selector"]
        fields = {name: hashes[name] for name in ("words", "anchor", "head", "tail")}
        assert stands_exactly(
            contents[annotation["target"]["state"]["sha256"]],
            Selector(position["start"], position["end"], **fields),
        )


def test_every_term_of_ours_is_defined_in_the_file_and_none_hides_one_of_the_standard(document):
    context, own = terms(document), document["@context"][1]
    ours = {iri(context, term) for term in context if iri(context, term).startswith("urn:")} - {
        f"{URN}defines"
    }
    assert {definition["id"] for definition in document["defines"]} == ours
    assert all(definition["comment"] for definition in document["defines"])
    assert not {*w3c_context.PREFIXES, *w3c_context.TERMS, *w3c_context.OTHER_TERMS.split()} & set(
        own
    )


def test_hostile_characters_in_a_paraphrase_survive(corpus, tmp_path):
    claims = corpus.claims.copy()
    claims.loc[CLAIM, "paraphrase"] = HOSTILE
    archive.write_exports(replace(corpus, claims=claims), tmp_path)
    read = json.loads((tmp_path / archive.ANNOTATIONS).read_bytes())
    graph = jsonld.compact(jsonld.expand(read, OFFLINE), read["@context"], OFFLINE)
    [wording] = [
        a["body"][0]["value"] for a in graph["first"]["items"] if a["id"].endswith(f":{CLAIM}")
    ]
    assert wording == HOSTILE


def test_a_fraction_and_an_open_end_go_out_as_they_are(corpus, tmp_path):
    claims = corpus.claims.copy()
    claims.loc[CLAIM, ["quantity", "event_end"]] = [2.5, pd.NaT]
    archive.write_exports(replace(corpus, claims=claims), tmp_path)
    read = json.loads((tmp_path / archive.ANNOTATIONS).read_bytes())
    [codes] = [
        a["body"][1]["source"] for a in read["first"]["items"] if a["id"].endswith(f":{CLAIM}")
    ]
    assert codes["quantity"] == 2.5
    assert "event_end" not in codes


def parts(resource: dict) -> list[str]:
    return [resource["path"]] if isinstance(resource["path"], str) else resource["path"]


def test_the_archive_holds_what_its_schema_names(folder):
    with zipfile.ZipFile(folder / archive.archive_name()) as opened:
        assert opened.testzip() is None
        held = set(opened.namelist())
        package = json.loads(opened.read("datapackage.json"))
        named = {file for resource in package["resources"] for file in parts(resource)}
        assert held == named | {"datapackage.json", "codebook.md", "LICENSE"} | set(
            archive.export_files()
        ) - {archive.archive_name()}
        for resource in package["resources"]:
            for file in parts(resource):
                head = next(csv.reader(io.StringIO(opened.read(file).decode("utf-8"))))
                assert head == [field["name"] for field in resource["schema"]["fields"]]
        for name in archive.export_files():
            assert (
                name == archive.archive_name() or opened.read(name) == (folder / name).read_bytes()
            )
        assert b"creativecommons.org/licenses/by/4.0" in opened.read("LICENSE")


def test_the_same_corpus_gives_the_same_bytes(corpus, folder, tmp_path):
    def digest(place: Path) -> dict[str, str]:
        return {
            name: hashlib.sha256((place / name).read_bytes()).hexdigest()
            for name in archive.export_files()
        }

    archive.write_exports(corpus, tmp_path)
    assert digest(tmp_path) == digest(folder)


def test_a_reference_manager_reads_the_sources(folder):
    items = json.loads((folder / archive.CSL).read_text("utf-8"))
    read = CiteProcJSON(items)
    assert set(read) == {item["id"] for item in items}
    for item in items:
        assert str(read[item["id"]]["title"]) == item["title"]
        ends = read[item["id"]]["issued"]
        days = [ends.begin, ends.end] if len(item["issued"]["date-parts"]) == 2 else [ends]
        assert [[day.year, day.month, day.day] for day in days] == item["issued"]["date-parts"]


def issued(item: dict) -> list[str]:
    return ["-".join(f"{part:02d}" for part in day) for day in item["issued"]["date-parts"]]


def test_the_csl_items_have_a_type_a_title_and_the_date_as_far_as_it_is_known(folder):
    items = {item["id"]: item for item in json.loads((folder / archive.CSL).read_text("utf-8"))}
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
    entries = parse_string((folder / archive.BIBTEX).read_text("utf-8"), "bibtex").entries
    for source in rows(project().data / "sources.csv"):
        fields = entries[source["source_id"]].fields
        assert str(Rich.from_latex(fields["title"])) == source["title"]
        assert fields["year"] == source["published"][:4]
        assert fields.get("url", "") == source["url"]
        if source["precision"] == "range":
            assert fields["date"] == f"{source['published_earliest']}/{source['published_latest']}"
        else:
            assert fields["date"].rstrip("~") == source["published"]
    assert entries[SOURCE].fields["month"] == "June"


def test_a_hostile_title_and_byline_do_not_break_the_bibliographies(corpus, tmp_path):
    sources = corpus.sources.copy()
    sources.loc[SOURCE, ["title", "author"]] = [HOSTILE_TITLE, "Someone {and} Sons"]
    archive.write_exports(replace(corpus, sources=sources), tmp_path)
    entries = parse_string((tmp_path / archive.BIBTEX).read_text("utf-8"), "bibtex").entries
    assert set(entries) == set(sources.index)
    written = entries[SOURCE].fields["title"]
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
        i for i in json.loads((tmp_path / archive.CSL).read_text("utf-8")) if i["id"] == SOURCE
    ]
    assert (item["title"], item["author"]) == (HOSTILE_TITLE, [{"literal": "Someone {and} Sons"}])


def test_no_export_holds_a_sentence_of_a_source(folder, at_hand, corpus):
    free = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
    for name in (archive.ANNOTATIONS, archive.BIBTEX, archive.CSL):
        exported = (folder / name).read_text("utf-8")
        assert not list(verbatim.find_copied_runs(exported, RunIndex(at_hand), free))


def test_the_tables_columns_are_all_in_the_annotations_or_their_places(document):
    context = terms(document)
    columns = set(schema.read_schema(project().datapackage)["claims"].columns)
    assert columns - set(context) == {"claim_id", "paraphrase"}  # its name and its wording


def test_a_day_that_is_only_the_likeliest_is_about_then_in_both_bibliographies(corpus, tmp_path):
    sources = corpus.sources.copy()
    sources.loc[SOURCE, "published_earliest"] = pd.Timestamp("2031-05-30")
    archive.write_exports(replace(corpus, sources=sources), tmp_path)
    items = json.loads((tmp_path / archive.CSL).read_text("utf-8"))
    assert {item["id"]: item["issued"].get("circa", False) for item in items} == {
        SOURCE: True,
        "harbour-post-2031-08": False,
        "coast-wire-2031-09-02": False,
    }
    entries = parse_string((tmp_path / archive.BIBTEX).read_text("utf-8"), "bibtex").entries
    assert entries[SOURCE].fields["date"] == "2031-06-14~"
    assert "month" not in entries[SOURCE].fields  # it may have been another


def test_a_note_says_what_kind_of_copy_a_source_is_and_when_it_appeared(folder):
    items = json.loads((folder / archive.CSL).read_text("utf-8"))
    assert {item["id"]: item["note"] for item in items} == {
        SOURCE: "Published 14 June 2031",
        "harbour-post-2031-08": "Published between 18 and 24 August 2031",
        "coast-wire-2031-09-02": "Rewrite; published 2 September 2031 (reconstructed)",
    }


def test_the_archive_is_named_after_the_report(folder):
    assert (folder / "harbour-question-data.zip").is_file()
