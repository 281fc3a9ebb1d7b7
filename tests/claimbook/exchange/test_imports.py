"""Annotations of other programs become claims by the way of sheets, or wait in one."""

import csv
import json
from pathlib import Path

import pytest
from claimbook.corpus.model import load
from claimbook.errors import CorpusError
from claimbook.paths import project
from claimbook.texts.sheets.intake import list_drafts
from claimbook.workbench.steps import Bench
from support.foreign_files import (
    CODES,
    DAILY,
    TAGS,
    cas_file,
    hypothesis_file,
    hypothesis_item,
    label_studio_file,
    recogito_item,
    waiting_rows,
    write_table,
)

FERRIES = "the ferries ran as usual"


def test_a_quotation_of_hypothesis_with_tags_becomes_a_claim(claimbook, tmp_path, text):
    file = hypothesis_file(tmp_path / "notes.json", hypothesis_item(FERRIES, tags=TAGS))
    assert claimbook("import", file).output.startswith("added: CW-03\n")
    claim = load().claims.loc["CW-03"]
    assert text[claim["start"] : claim["end"]] == f"{FERRIES}."
    assert (claim["theme"], claim["chain"]) == ("closure", ["coast-wire"])
    assert claimbook("import", file).output == "nothing has changed\nthere already: 1 claim\n"


def test_what_lacks_required_cells_waits_in_a_sheet_that_is_completed_and_added(
    claimbook, tmp_path
):
    item = hypothesis_item(FERRIES, tags=["Closure", "Cape Vell"], text="Ferries run.")
    output = claimbook("import", hypothesis_file(tmp_path / "notes.json", item)).output
    assert "waiting: 1 draft" in output
    assert "next: complete coding/notes-waiting.csv, then `claimbook sheet add` it" in output
    [row] = waiting_rows("notes-waiting.csv")
    assert [row["theme"], row["places"]] == ["closure", "cape-vell"]
    assert row["paraphrase"] == "Ferries run."
    assert [(draft.file, draft.line) for draft in list_drafts()] == [("notes-waiting.csv", 2)]
    sheet = project().sheets / "notes-waiting.csv"
    with sheet.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerow(row | CODES)
    assert claimbook("sheet", "add", sheet).output.startswith("added: CW-03")
    assert list_drafts() == []
    assert "there already: 1 claim" in claimbook("import", tmp_path / "notes.json").output


def test_a_sheet_that_waits_is_never_overwritten(claimbook, tmp_path):
    first, other = hypothesis_item(FERRIES), hypothesis_item("No barrier lies")
    claimbook("import", hypothesis_file(tmp_path / "notes.json", first))
    before = (project().sheets / "notes-waiting.csv").read_bytes()
    claimbook("import", hypothesis_file(tmp_path / "notes.json", first, other))
    assert (project().sheets / "notes-waiting.csv").read_bytes() == before
    assert [row["span"] for row in waiting_rows("notes-waiting-2.csv")] == ["No barrier lies"]


def test_rows_that_wait_are_moved_into_the_sheet_that_the_workbench_opens(claimbook, tmp_path):
    said = hypothesis_item(FERRIES, text="Ferries run.")
    claimbook("import", hypothesis_file(tmp_path / "notes.json", said))
    claimbook(
        "import", hypothesis_file(tmp_path / "more.json", said, hypothesis_item("No barrier lies"))
    )
    bench = Bench("CW")
    assert bench.message["text"] == "2 rows of more-waiting.csv taken in."
    claims = [one["cells"] for one in bench.state()["claims"]]
    assert {cells["span"] for cells in claims} == {FERRIES, "No barrier lies"}
    assert "Ferries run." in [cells["paraphrase"] for cells in claims]
    assert {row["span"] for row in waiting_rows("CW.csv")} == {FERRIES, "No barrier lies"}
    assert not list(project().sheets.glob("*-waiting*"))
    assert list_drafts() == []
    assert Bench("CW").message["text"] == ""


def test_of_two_imported_rows_on_one_wording_none_is_lost_that_says_more(claimbook, tmp_path):
    first, other = (
        hypothesis_item(FERRIES, text=text) for text in ("Ferries run.", "None is late.")
    )
    claimbook("import", hypothesis_file(tmp_path / "notes.json", first))
    claimbook("import", hypothesis_file(tmp_path / "more.json", other))
    said = [one["cells"]["paraphrase"] for one in Bench("CW").state()["claims"]]
    assert sorted(said) == ["Ferries run.", "None is late."]


def test_imported_rows_wait_on_where_the_workbench_cannot_open_their_source(claimbook, tmp_path):
    claimbook("import", hypothesis_file(tmp_path / "notes.json", hypothesis_item(FERRIES)))
    before = waiting_rows("notes-waiting.csv")
    own = project().sheets / "CW.csv"
    own.write_text("no sheet\n", "utf-8")
    with pytest.raises(CorpusError):
        Bench("CW")
    assert own.read_text("utf-8") == "no sheet\n"
    assert waiting_rows("notes-waiting.csv") == before


def test_the_words_around_a_quotation_tell_which_place_is_meant(claimbook, tmp_path, text):
    around = {"prefix": "the government of ", "suffix": " said yest"}
    item = hypothesis_item("Norrland", tags=TAGS, **around)
    claimbook("import", hypothesis_file(tmp_path / "notes.json", item))
    assert load().claims.loc["CW-03", "start"] == text.index("Norrland said")


def test_a_place_that_nothing_tells_waits(claimbook, tmp_path):
    row = {"source": "CW", "quotation": "Norrland"} | CODES
    table = write_table(tmp_path / "quotes.csv", row)
    claimbook("import", table)
    [draft] = list_drafts()
    assert draft.empty == ["nth"]


def test_replies_and_notes_on_a_page_are_named_and_left_out(claimbook, tmp_path):
    reply = hypothesis_item(FERRIES, references=["kX2r"])
    note = hypothesis_item(FERRIES) | {"target": [{"source": DAILY}]}
    file = hypothesis_file(tmp_path / "notes.json", reply, note, hypothesis_item(FERRIES))
    lines = claimbook("import", file).output.splitlines()
    assert lines[:2] == [
        "notes.json item 1: a reply, left out",
        "notes.json item 2: without a quotation, left out",
    ]


def test_recogitos_bodies_and_both_selectors_are_read(claimbook, tmp_path, text):
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in TAGS[:-1]]
    comment = {"type": "TextualBody", "purpose": "commenting", "value": "Ferries run."}
    start = text.index(FERRIES)
    selectors = [
        {"type": "TextQuoteSelector", "exact": FERRIES},
        {"type": "TextPositionSelector", "start": start, "end": start + len(FERRIES)},
    ]
    source = "https://recogito.example/document/coast-wire.txt"
    items = [recogito_item([*tags, comment], {"source": source, "selector": selectors})]
    alone = recogito_item([], {"source": "CW", "selector": selectors[1]})
    (tmp_path / "notes.jsonld").write_text(json.dumps([*items, alone]), "utf-8")
    claimbook("import", tmp_path / "notes.jsonld", "--source", "CW")
    assert load().claims.loc["CW-03", "paraphrase"] == "Ferries run."
    assert [row["span"] for row in waiting_rows("notes-waiting.csv")] == [FERRIES]


def test_a_layer_of_inception_is_read_with_its_offsets_in_utf_16(claimbook, tmp_path, text):
    shifted = f"🛥🛥 {text}"
    start = len("🛥🛥".encode("utf-16-le")) // 2 + 1 + text.index(FERRIES)
    spans = [(start, start + len(FERRIES), CODES)]
    file = cas_file(tmp_path / "CW.json", shifted, spans, title="coast-wire.txt")
    assert claimbook("import", file).output.startswith("added: CW-03\n")
    assert load().claims.loc["CW-03", "words"] == 5


def test_a_region_after_an_emoji_is_found_whichever_way_its_offsets_are_counted(
    claimbook, tmp_path, text
):
    shifted = f"🛥🛥 {text}"
    start = shifted.index(FERRIES)
    said = {"label": "closure", **CODES}
    file = label_studio_file(tmp_path / "e.json", shifted, (start, start + len(FERRIES), said))
    tasks = json.loads(file.read_text("utf-8"))
    for result in tasks[0]["annotations"][0]["result"]:
        result["value"]["start"] += 2  # as a browser counts: each boat is two
        result["value"]["end"] += 2
    file.write_text(json.dumps(tasks), "utf-8")
    assert claimbook("import", file, "--source", "CW").output.startswith("added: CW-03\n")
    assert load().claims.loc["CW-03", "words"] == 5


def test_a_region_whose_words_stand_elsewhere_is_a_fault(claimbook, tmp_path, text):
    start = text.index(FERRIES)
    said = {"label": "closure", **CODES}
    file = label_studio_file(tmp_path / "e.json", text, (start, start + len(FERRIES), said))
    file.write_text(file.read_text("utf-8").replace(json.dumps(FERRIES), '"Other words"'), "utf-8")
    answer = claimbook("import", file, "--source", "CW", exit_code=1)
    assert "'Other words': the words that stand at these offsets" in answer.output
    assert "CW-03" not in load().claims.index


def test_a_text_that_a_file_brings_along_is_known_by_its_words(claimbook, tmp_path, text):
    start = text.index(FERRIES)
    file = label_studio_file(
        tmp_path / "export.json",
        text,
        (start, start + len(FERRIES), {"label": "closure", **CODES}),
    )
    content = json.loads(file.read_text("utf-8"))
    assert "data" in content[0]
    assert claimbook("import", file).output.startswith("added: CW-03\n")
    assert load().claims.loc["CW-03", "theme"] == "closure"


TSV = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_SP=webanno.custom.Quote|theme|note
#T_RL=webanno.custom.Link|label|BT_webanno.custom.Quote


#Text=Norrland denies barrier in the straits
1-1\t0-8\tNorrland\t*\tLOC\tbackground[1]|talks[2]\ta\\|b\\_c[1]|*[2]\t_\t_\t
1-2\t9-15\tdenies\t_\t_\ttalks[2]\t*[2]\t_\t_\t
1-3\t16-23\tbarrier\t_\t_\t_\t_\t_\t_\t
1-3.1\t16-19\tbar\t_\t_\tclosure\t*\t_\t_\t
1-4\t24-26\tin\t_\t_\t_\t_\t_\t_\t
1-5\t27-30\tthe\t_\t_\t_\t_\t_\t_\t
1-6\t31-38\tstraits\t_\t_\t_\t_\t_\t_\t
"""


def test_webanno_tsv_with_stacked_spans_parts_of_tokens_and_escapes(claimbook, tmp_path):
    (tmp_path / "CW.tsv").write_text(TSV, "utf-8")
    project().sheets.mkdir()
    project().mapping.write_text('[columns]\nnote = "paraphrase"\n', "utf-8")
    claimbook("import", tmp_path / "CW.tsv", "--source", "CW")
    assert [
        (row["span"], row["theme"], row["paraphrase"]) for row in waiting_rows("CW-waiting.csv")
    ] == [
        ("Norrland", "background", "a|b_c"),
        ("Norrland denies", "talks", ""),
        ("barrier", "closure", ""),
    ]


def foreign_table(file: Path, *rows: dict[str, str]) -> Path:
    """A table of quotations with German names, as a German spreadsheet saves it."""
    return write_table(file, *rows, delimiter=";", encoding="cp1252")


GERMAN = {
    "Nr": "7",
    "Quelle": "Norrland denies barrier in the straits",
    "Zitat": FERRIES,
    "Thema": "Schließung",
    "Tag": "1.9.2031",
    "Woher": "relative",
}
OTHERS = {name: CODES[name] for name in ("kind", "chain", "mode", "verification", "paraphrase")}
MAPPING = """\
[columns]
Nr = ""
Quelle = "source_id"
Zitat = "span"
Thema = "theme"
Tag = "event_start"
Woher = "date_basis"

[values.theme]
"Schließung" = "closure"
"""


def test_a_table_with_columns_and_values_of_its_own(claimbook, tmp_path):
    chain = {"chain": "Coast Wire; Government of Norrland"}  # names as in the book
    table = foreign_table(tmp_path / "zitate.csv", GERMAN | OTHERS | chain)
    (tmp_path / "names.toml").write_text(MAPPING, "utf-8")
    output = claimbook("import", table, "--mapping", tmp_path / "names.toml").output
    assert output.startswith("added: CW-03\n")
    claim = load().claims.loc["CW-03"]
    assert (claim["theme"], str(claim["event_start"].date())) == ("closure", "2031-09-01")
    assert claim["chain"] == ["coast-wire", "norrland-government"]


def test_without_a_terminal_unknown_columns_are_named_with_the_mapping_to_write(
    claimbook, tmp_path, refused
):
    table = foreign_table(tmp_path / "zitate.csv", GERMAN | OTHERS)
    lines = refused(table)
    assert '"Thema" = ""' in lines
    assert lines[-1] == (
        "zitate.csv: 'Woher': a column of a sheet; say in coding/mapping.toml what it fills"
    )
    shown = [line for line in lines if line.endswith(' = ""')]
    assert len(shown) == len(GERMAN)


def test_at_a_terminal_it_asks_and_keeps_the_answers(claimbook, tmp_path, monkeypatch):
    table = foreign_table(tmp_path / "zitate.csv", GERMAN | OTHERS | {"Thema": "Closure"})
    answers = ["-", "source_id", "quotation of it", "span", "theme", "event_start", "date_basis"]
    monkeypatch.setattr("claimbook.cli.exchange.can_ask", lambda: True)
    output = claimbook("import", table, typed="\n".join([*answers, ""])).output
    assert "'quotation of it' is none of the columns" in output
    assert "added: CW-03" in output
    assert '"Nr" = ""' in project().mapping.read_text("utf-8")
    monkeypatch.undo()


def test_bare_tags_mean_the_one_value_of_that_name(claimbook, tmp_path, refused):
    item = hypothesis_item(FERRIES, tags=["denial", "Coast Wire", "Boats & more"])
    file = hypothesis_file(tmp_path / "notes.json", item)
    assert refused(file)[-1].startswith("notes.json: '#Boats & more': a column of a sheet")
    project().sheets.mkdir()
    project().mapping.write_text('[columns]\n"#Boats & more" = "theme=talks"\n', "utf-8")
    claimbook("import", file)
    [row] = waiting_rows("notes-waiting.csv")
    assert (row["kind"], row["chain"], row["theme"]) == ("denial", "coast-wire", "talks")


def test_a_tag_that_may_mean_two_things_is_asked_for_with_both(claimbook, tmp_path, refused):
    file = hypothesis_file(tmp_path / "notes.json", hypothesis_item(FERRIES, tags=["Havn"]))
    assert refused(file)[-1].endswith("fills: chain=norrland-government or places=havn?")


@pytest.mark.parametrize(
    ("speakers", "chain"),
    [
        ("Government of Norrland", "coast-wire;norrland-government"),
        ("Daily Example; ISS", "coast-wire;daily-example;iss"),
        ("Coast Wire", "coast-wire"),
        ("coast-wire;iss", "coast-wire;iss"),
        ("", ""),
    ],
)
def test_the_outlet_of_the_source_begins_the_chain_of_imported_speakers(
    claimbook, tmp_path, speakers, chain
):
    tags = [f"chain: {speakers}"] if speakers else []
    file = hypothesis_file(tmp_path / "notes.json", hypothesis_item(FERRIES, tags=tags))
    claimbook("import", file)
    [row] = waiting_rows("notes-waiting.csv")
    assert row["chain"] == chain


def test_events_and_actors_that_rows_need_are_taken_from_beside_the_sheets(claimbook, tmp_path):
    project().sheets.mkdir()
    actors = "actor_id,name,short,also_called,kind,side,institution,role,yardstick\n"
    (project().sheets / "actors.csv").write_text(
        f"{actors}owner,The owner,Owner,,person,norrland,,Owns the ferries,none\n", "utf-8"
    )
    tags = [tag for tag in TAGS if not tag.startswith("chain")]
    item = hypothesis_item(FERRIES, tags=[*tags, "chain: coast-wire;owner"])
    output = claimbook("import", hypothesis_file(tmp_path / "notes.json", item)).output
    assert "added to actors: owner" in output


def test_an_import_changes_a_claim_only_when_told_so(claimbook, tmp_path, refused):
    claimbook("import", hypothesis_file(tmp_path / "a.json", hypothesis_item(FERRIES, tags=TAGS)))
    tags = ["kind: denial", "denies: a closure", *TAGS[2:], TAGS[0]]
    file = hypothesis_file(tmp_path / "a.json", hypothesis_item(FERRIES, tags=tags))
    assert "what CW-03 has: 'event'" in refused(file)[0]
    output = claimbook("import", file, "--update", "--why", "Read again").output
    assert output.startswith("changed: CW-03")
    assert claimbook("import", file, "--update", exit_code=2).stderr.count("--why") >= 1
