"""What is written for a program and read back is the same, and never lies where it is published."""

import json
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from cassis import load_cas_from_json
from claimbook.cli import main
from claimbook.corpus import model
from claimbook.corpus.model import load
from claimbook.corpus.table_writer import write_tables
from claimbook.exchange import cas_json, webanno_tsv
from claimbook.exchange.annotation import TextFile
from claimbook.exchange.cells import Claims
from claimbook.exchange.layers import LAYER
from claimbook.exchange.units import utf16_offsets
from claimbook.export.archive import ANNOTATIONS, write_exports
from claimbook.paths import project
from claimbook.texts.source_texts import SourceText, find_texts
from click.testing import CliRunner
from pyld import jsonld
from support import w3c_context
from support.made_up_report import REPOSITORY

FORMATS = ["web-annotation", "cas-json", "webanno-tsv", "label-studio"]
CHANGED = {"theme": "talks", "paraphrase": "Other words.", "places": "havn", "quantity": "7"}
TASKS = {  # what Label Studio's page on its task format says of annotated texts
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data", "annotations"],
        "properties": {
            "data": {"type": "object", "required": ["text"]},
            "annotations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["result"],
                    "properties": {
                        "result": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["id", "from_name", "to_name", "type", "value"],
                                "properties": {
                                    "type": {"enum": ["labels", "choices", "textarea"]},
                                    "value": {"type": "object", "required": ["start", "end"]},
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}


def exported(claimbook: Callable, name: str) -> list[Path]:
    """Export all claims; the files that hold them."""
    claimbook("export", name)
    files = sorted((project().exported / name).iterdir())
    return [file for file in files if file.suffix not in (".txt", ".xml")]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_read_back_is_there_already(claimbook, name):
    files = exported(claimbook, name)
    assert len(files) == 3
    assert claimbook("import", *files).output == "nothing has changed\nthere already: 10 claims\n"


@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_of_a_claim_comes_back(claimbook, name):
    table = project().data / "claims.csv"
    files, before = exported(claimbook, name), table.read_text("utf-8")
    claims = model.read_tables().raw["claims"]
    write_tables({"claims": claims.assign(**CHANGED)})
    claimbook("import", *files, "--update", "--why", "Taken back")
    assert table.read_text("utf-8") == before


def test_the_published_annotations_are_read_with_the_texts_at_hand(claimbook, tmp_path):
    write_exports(load(), tmp_path)
    output = claimbook("import", tmp_path / ANNOTATIONS).output
    assert output == "nothing has changed\nthere already: 10 claims\n"


def test_dkpro_cassis_reads_text_layer_and_features(claimbook):
    exported(claimbook, "cas-json")
    cas = load_cas_from_json(StringIO((project().exported / "cas-json" / "CW.json").read_text()))
    text = find_texts(load().sources)["coast-wire-2031-09-02"].content
    assert cas.sofa_string == text
    claims = load().claims
    for annotation in cas.select(LAYER):
        row = claims.loc[annotation.claim_id]
        assert (annotation.begin, annotation.end) == (row["start"], row["end"])
        assert annotation.theme == row["theme"]
        assert annotation.chain.split(";") == row["chain"]
    words = [token.get_covered_text() for token in cas.select(cas_json.TOKEN)]
    assert words[:6] == ["Norrland", "denies", "barrier", "in", "the", "straits"]
    assert len(cas.select(cas_json.SENTENCE)) == 3


def test_label_studios_tasks_have_the_form_of_its_schema(claimbook):
    for file in exported(claimbook, "label-studio"):
        tasks = json.loads(file.read_text("utf-8"))
        jsonschema.validate(tasks, TASKS)
        [task] = tasks
        for result in task["annotations"][0]["result"]:
            start, end = result["value"]["start"], result["value"]["end"]
            assert start < end <= len(task["data"]["text"])
    config = (project().exported / "label-studio" / "label-config.xml").read_text("utf-8")
    named = {result["from_name"] for result in task["annotations"][0]["result"]}
    assert all(f'name="{name}"' in config for name in named)


def test_a_json_ld_program_reads_the_quotations(claimbook):
    [file, *_] = exported(claimbook, "web-annotation")
    expanded = jsonld.expand(
        json.loads(file.read_text("utf-8")), {"documentLoader": w3c_context.load}
    )
    assert "http://www.w3.org/ns/oa#exact" in json.dumps(expanded)
    document = json.loads(file.read_text("utf-8"))
    for annotation in document["first"]["items"]:
        position, _, quote = annotation["target"]["selector"]
        text = (file.parent / annotation["target"]["state"][1]["cached"]).read_text("utf-8")
        assert text[position["start"] : position["end"]] == quote["exact"]


def test_webanno_tsv_has_the_form_that_its_page_describes(claimbook):
    exported(claimbook, "webanno-tsv")
    lines = (project().exported / "webanno-tsv" / "CW.tsv").read_text("utf-8").split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    assert lines[1].startswith("#T_SP=webanno.custom.Claim|claim_id|theme|also|kind|")
    assert lines[2:4] == ["", ""]  # two empty lines end the header
    columns = lines[1].count("|")
    text = find_texts(load().sources)["coast-wire-2031-09-02"].content
    offsets = utf16_offsets(text)
    for line in filter(lambda line: line and not line.startswith("#"), lines):
        _, place, word, *cells, last = line.split("\t")
        start, end = map(int, place.split("-"))
        assert text[offsets.index(start) : offsets.index(end)] == word.replace("\\", "")
        assert len(cells) == columns
        assert last == ""


def test_characters_beyond_the_basic_plane_keep_their_place():
    text = "A boat 🛥 lies_here; see [1] *now* | then.\n\nA second 🛥 paragraph -> end."
    start, end = text.index("lies"), text.index("\n\n")
    tables = model.read_schema()
    row = dict.fromkeys(tables["claims"].columns, "")
    row |= {"source_id": "xx", "claim_id": "XX-01", "start": str(start), "end": str(end)}
    claims = Claims(tables, {"claims": pd.DataFrame([row | {"paraphrase": "a_b|c[2];->*"}])})
    for module in (webanno_tsv, cas_json):
        written = module.write(claims, SourceText("xx", text, same=True), "XX")
        [annotation] = module.read(TextFile("XX", next(iter(written.values())))).annotations
        assert annotation.document == text
        assert (annotation.start, annotation.end) == (start, end)
        assert annotation.fields["paraphrase"] == "a_b|c[2];->*"


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_with_words_can_be_published(claimbook, name):
    for folder in (project().html, project().html / "data", project().data, project().root):
        output = claimbook("export", name, "--to", folder, exit_code=1).stderr
        assert "a folder outside the report, or in coding/" in output
    assert not project().build.exists()


def test_git_ignores_the_folder_and_no_build_clears_it():
    ran = subprocess.run(
        ["git", "check-ignore", "coding/exported/cas-json/CW.json", "coding/mapping.toml"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(ran.stdout.splitlines()) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_only_texts_at_hand_are_written(claimbook, made_up_copy, monkeypatch, name):
    (made_up_copy / "data" / "texts" / "harbour-post.txt").unlink()
    assert "left out" in claimbook("export", name).output
    stems = {file.stem for file in (project().exported / name).iterdir()}
    assert stems - {"label-config"} == {"CW", "DE"}
    output = claimbook("export", name, "HP", exit_code=1).stderr
    assert output.startswith("harbour-post-2031-08: 'no text': a source whose text is at hand")
    (made_up_copy / "data" / "texts" / "coast-wire.txt").write_text("Other words.", "utf-8")
    output = claimbook("export", name, "CW", exit_code=1).stderr
    assert "the copy to which the offsets belong" in output


def test_the_command_says_what_a_format_cannot_hold(claimbook):
    assert "not held by this format" in claimbook("export", "webanno-tsv", "CW").output
    assert "not held" not in claimbook("export", "cas-json", "CW").output
    assert CliRunner().invoke(main, ["export", "word"]).exit_code == 2
