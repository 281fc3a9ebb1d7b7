"""A damaged file gives a fault that names the place in it, and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest
from claimbook.cli import main
from claimbook.paths import project
from click.testing import CliRunner
from support.foreign_files import (
    COAST_WIRE,
    CODES,
    TAGS,
    cas_file,
    hypothesis_file,
    hypothesis_item,
    label_studio_file,
    recogito_item,
)

FERRIES = "the ferries ran as usual"
SOUND = hypothesis_item(FERRIES, tags=TAGS)
POSITION = {"type": "TextPositionSelector", "start": 131, "end": 155}


def at(start: int, end: int, **state: Any) -> dict[str, Any]:
    """An annotation that has only a position."""
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return recogito_item([], {"source": COAST_WIRE, "selector": place, **state})


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (
            hypothesis_item("the ferys ran usualy"),
            "item 2 span: 'the ferys ran usualy': a ",
        ),
        (hypothesis_item(FERRIES, uri="https://example.org/other"), "item 2 source_id: 'https://e"),
        (hypothesis_item(FERRIES, tags=["theme: Ferries"]), "item 2 theme: 'Ferries': "),
        (hypothesis_item(""), "item 2 exact: '': the wording"),
        (at(5, 9000), "item 2 end: '9000': offsets within the text, which has 246 characters"),
        (at(9, 5), "item 2 start: '9 to 5': the offsets of a span"),
        (at(3, 12), "item 2 start: '3 to 12': offsets at the ends of words"),
        (at(9, 15, state={"sha256": "0" * 64}), "item 2 start: '9 to 15': the text to which"),
        (
            recogito_item([], {"source": COAST_WIRE, "selector": {"type": "CssSelector"}}),
            "item 2 selector: 'cssselector': a text quote selector or a text position selector",
        ),
        ("a word", "item 2 target: 'a word': an annotation with a target"),
    ],
)
def test_a_web_annotation_that_is_wrong_is_named_by_its_item(tmp_path, refused, item, fault):
    [line] = refused(hypothesis_file(tmp_path / "a.json", SOUND, item))
    assert line.startswith(f"a.json {fault}")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"rows": [\n{"target": 1},]}', "a.json line 2: '{\"target\": 1},]}': JSON"),
        ('{"a": 1}', "a.json: 'something else': JSON of one of the formats cas-json, "),
        ("#FORMAT=WebAnno TSV 2.0\n", "a.json line 1: '#FORMAT=WebAnno TSV 2.0': WebAnno TSV of"),
        ('{"_context": {}, "_views": {}}', "a.json: '_context, _views': the JSON of UIMA CAS 0.4"),
        ('[{"id": "x", "type": "book", "title": "T"}]', "a.json: 'csl-json': annotations; `claimb"),
        ("", "a.json: 'nothing': a first row that names the columns"),
    ],
)
def test_a_file_of_no_format_is_named(tmp_path, refused, content, fault):
    (tmp_path / "a.json").write_text(content, "utf-8")
    assert refused(tmp_path / "a.json")[0].startswith(fault)


def test_bytes_that_are_no_text_are_named(tmp_path, refused):
    (tmp_path / "a.tsv").write_bytes(b"#FORMAT=\x00\xff\xfe\x81")
    [line] = refused(tmp_path / "a.tsv", "--format", "webanno-tsv")
    assert line.startswith("a.tsv")


def test_a_cas_is_named_by_its_ids(tmp_path, text, refused):
    start = text.index(FERRIES)
    end = start + len(FERRIES)
    file = cas_file(tmp_path / "CW.json", text, [(start, end, CODES), (start, 9999, CODES)])
    [line] = refused(file)
    assert line.startswith(f"CW.json %ID 11 end: '{start} to 9999': offsets within the text")
    file = cas_file(tmp_path / "CW.json", text, [(start, end, CODES | {"kind": "evnt"})])
    [line] = refused(file)
    assert line.startswith("CW.json %ID 10 kind: 'evnt': ")
    assert "; did you mean 'event'?; or say what it means: " in line
    content = json.loads(file.read_text("utf-8"))
    content["%FEATURE_STRUCTURES"][-1]["%TYPE"] = "custom.Unknown"
    file.write_text(json.dumps(content), "utf-8")
    [line] = refused(file)
    assert "the JSON of UIMA CAS 0.4" in line
    assert "custom.Unknown" in line


def test_a_layer_must_be_told(tmp_path, text, refused):
    file = cas_file(tmp_path / "CW.json", text, [(0, 8, CODES)])
    [line] = refused(file, "--layer", "Qoute")
    assert line.startswith("CW.json layer: 'Qoute': a layer of the file")
    content = json.loads(file.read_text("utf-8"))
    content["%TYPES"]["custom.Other"] = {
        "%NAME": "custom.Other",
        "%SUPER_TYPE": "uima.tcas.Annotation",
    }
    other = {"%ID": 99, "%TYPE": "custom.Other", "@sofa": 1, "begin": 0, "end": 8}
    content["%FEATURE_STRUCTURES"].append(other)
    content["%VIEWS"]["_InitialView"]["%MEMBERS"].append(99)
    file.write_text(json.dumps(content), "utf-8")
    [line] = refused(file)
    assert line.endswith("one layer of quotations; name it with --layer")
    output = CliRunner().invoke(main, ["import", str(file), "--layer", "Quote"]).output
    assert "left out 1 annotation of the layer custom.Other" in output


def test_label_studios_regions_are_counted_in_their_task(tmp_path, text, refused):
    file = label_studio_file(tmp_path / "a.json", text, (0, 8, CODES), (4, 9999, CODES))
    [line] = refused(file)
    assert line.startswith("a.json task 1 region 2 end: '9999': offsets within the text")


TSV = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Quote|theme


#Text=Norrland denies barrier in the straits
1-1\t0-8\tNorrland\t{theme}\t
{line}
"""


@pytest.mark.parametrize(
    ("theme", "line", "fault"),
    [
        ("closure", "1-2\t9-99\tdenies\t_\t", "line 7: '9-99': offsets within the text"),
        ("closure", "1-2\t9-15\tdenies", "line 7: '1-2"),
        ("closure", "broken", "line 7: 'broken': a token"),
        ("clsure", "1-2\t9-15\tdenies\t_\t", "line 6 theme: 'clsure': "),
    ],
)
def test_webanno_tsv_is_named_by_its_lines(tmp_path, refused, theme, line, fault):
    (tmp_path / "CW.tsv").write_text(TSV.format(theme=theme, line=line), "utf-8")
    lines = refused(tmp_path / "CW.tsv", "--source", "CW")
    assert lines[0].startswith(f"CW.tsv {fault}")


def test_a_fault_of_a_table_names_the_readers_own_column(tmp_path, refused):
    (tmp_path / "t.csv").write_text("Zitat,Thema\n" + f"{FERRIES},Ferries\n", "utf-8")
    mapping = tmp_path / "names.toml"
    mapping.write_text('[columns]\nZitat = "span"\nThema = "theme"\n', "utf-8")
    words = (tmp_path / "t.csv", "--source", "CW", "--mapping", mapping)
    [line] = refused(*words)
    assert line.startswith("t.csv line 2 Thema (theme): 'Ferries': ")
    assert line.endswith('say what it means: "Ferries" = … under [values.theme] in the mapping')


def test_of_a_row_with_an_unquoted_comma_only_the_number_of_its_cells_is_named(tmp_path, refused):
    rows = ["span,theme,kind", f"{FERRIES},closure,event", f"lies, {FERRIES},closure,event"]
    (tmp_path / "t.csv").write_text("\n".join(rows), "utf-8")
    assert refused(tmp_path / "t.csv", "--source", "CW") == [
        "t.csv line 3: '4 cells': 3 cells, as in the first row; a text with a comma in it must "
        "stand in quotation marks"
    ]


@pytest.mark.parametrize(
    ("said", "hints"),
    [
        (
            "chain: Norrland Ministry of Defence",
            "a new one is a row of coding/actors.csv, or begun in the workbench; or say what it "
            'means: "Norrland Ministry of Defence" = … under [values.chain] in the mapping',
        ),
        ("chain: Trade Ministry of Ostria", "did you mean 'ostria-trade'?; a new one is a row of "),
        ("places: Cape Vel", "did you mean 'cape-vell'?; a new one is a row of coding/places.csv"),
        ("kind: Rumour", 'or say what it means: "Rumour" = … under [values.kind] in the mapping'),
    ],
)
def test_an_unknown_value_is_named_with_near_names_alone_and_with_how_one_is_made(
    tmp_path, refused, said, hints
):
    [line] = refused(hypothesis_file(tmp_path / "a.json", hypothesis_item(FERRIES, tags=[said])))
    _, _, hint = line.partition("; ")
    assert hint.startswith(hints)


def test_a_fault_of_a_row_beside_the_sheets_is_not_taken_for_one_of_a_claim(
    made_up_copy, tmp_path, refused
):
    (made_up_copy / "coding").mkdir()
    columns = "actor_id,name,short,also_called,kind,side,institution,role,yardstick\n"
    row = "owner,The owner,Owner,,persn,norrland,,Owns the ferries,none\n"
    (made_up_copy / "coding" / "actors.csv").write_text(columns + row, "utf-8")
    tags = [*(tag for tag in TAGS if not tag.startswith("chain")), "chain: owner"]
    [line] = refused(hypothesis_file(tmp_path / "a.json", hypothesis_item(FERRIES, tags=tags)))
    assert line.startswith("actors.csv owner kind: 'persn': ")
    assert line.endswith("did you mean 'person'?")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[columns]\nA = 1\n", "names.toml: 'another form': columns, and under values"),
        ("columns\n", "names.toml: "),
        (
            '[columns]\nA = "themes"\n',
            "names.toml columns A: 'themes': a column of a sheet, or empty",
        ),
        ('[values.thema]\nA = ""\n', "names.toml values: 'thema': a column of a sheet"),
        (
            '[values.theme]\nA = "closur"\n',
            "names.toml values.theme A: 'closur': a value of theme, or empty; did you mean 'clos",
        ),
    ],
)
def test_a_mapping_of_another_form_is_named(tmp_path, refused, content, fault):
    (tmp_path / "names.toml").write_text(content, "utf-8")
    file = hypothesis_file(tmp_path / "a.json", SOUND)
    [line] = refused(file, "--mapping", tmp_path / "names.toml")
    assert line.startswith(fault)


def test_one_faulty_file_of_several_keeps_all_of_them_out(tmp_path, refused):
    sound = hypothesis_file(tmp_path / "a.json", SOUND)
    other = hypothesis_file(tmp_path / "b.json", hypothesis_item("stands nowhere at all"))
    [line] = refused(sound, other)
    assert line.startswith("b.json item 1 span")
    assert not project().sheets.exists()


def test_a_missing_text_is_asked_for(made_up_copy: Path, tmp_path, refused):
    (made_up_copy / "data" / "texts" / "coast-wire.txt").unlink()
    [line] = refused(hypothesis_file(tmp_path / "a.json", SOUND))
    assert "a source whose text is at hand; put coast-wire.txt where CORPUS_TEXTS points" in line
