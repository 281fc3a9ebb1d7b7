"""A sheet is read from whatever a spreadsheet made of it; what cannot be read is said by line."""

import csv
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from claimbook.corpus.spreadsheet import Spreadsheet, read_spreadsheet
from claimbook.texts.intake.extraction import extract

COLUMNS = {"quotation": "string", "nth": "integer", "stated_on": "date", "note": "string"}
ROWS = [
    ["“The ferries, he said, ran”", "1", "2031-06-13", ""],
    ["The café’s Łódź – “naïve”", "2", "", "a note"],
    ["Ferry traffic ran again", "", "2031-06-02", "second"],
]


def as_csv(rows: list[list[str]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows([[*COLUMNS], *rows])
    return out.getvalue()


def read(tmp_path: Path, content: str | bytes, name: str = "sheet.csv") -> Spreadsheet:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_spreadsheet(tmp_path / name, COLUMNS)


def fault_lines(sheet: Spreadsheet) -> list[str]:
    return [str(fault) for fault in sheet.faults]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["commas", "semicolons", "tabs"])
def test_any_separator_and_line_end_gives_the_same_rows(tmp_path, delimiter, line_end):
    for text in (content := as_csv(ROWS, delimiter, line_end), content.removesuffix(line_end)):
        sheet = read(tmp_path, text)
        assert fault_lines(sheet) == []
        assert sheet.rows.to_numpy().tolist() == ROWS
        assert list(sheet.rows.columns) == list(COLUMNS)
    assert [row.line for row in sheet.rows.index] == [2, 3, 4]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_form_of_unicode_gives_the_same_rows(tmp_path, encoding):
    mark = "\ufeff" if encoding == "utf-32-be" else ""
    sheet = read(tmp_path, (mark + as_csv(ROWS)).encode(encoding))
    assert fault_lines(sheet) == []
    assert sheet.rows.to_numpy().tolist() == ROWS


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "“The café’s naïve façade – déjà vu”, he said"),
        ("cp1251", "«Паромы, – сказал он, – ходили как обычно»"),
        ("mac_roman", "“The café’s naïve façade – déjà vu”, he said"),
    ],
    ids=lambda value: value if value.isascii() else "",
)
def test_code_pages_of_windows_and_the_mac_are_told_apart(tmp_path, encoding, words):
    rows = [[words, "1", "2031-06-13", "The ferries ran as usual on all days of the week"]] * 3
    sheet = read(tmp_path, as_csv(rows, ";").encode(encoding))
    assert fault_lines(sheet) == []
    assert sheet.rows.to_numpy().tolist() == rows


QUOTED = {
    "cp1252": [
        "Ukraine’s army says “there is no threat” … – a rumour",
        "« L’armée n’a pas été prête », dit-il ; à l’été… cœur",
        "The ‘ferries’",
        "£5 – ½",
    ],
    "cp1250": ["Wojsko Białorusi – „żółw i gęś” z Łodzi … nie weszło", "Łódź"],
    "cp1251": ["«Паромы», – сказал он… – ходили", "Зеленський: “її не було”", "ПАРОМЫ"],
}
ALL_QUOTED = [words for texts in QUOTED.values() for words in texts]
QUOTED |= dict.fromkeys(("utf-8", "utf-8-sig", "utf-16"), ALL_QUOTED)


@pytest.mark.parametrize(
    ("encoding", "words"), [(page, words) for page, texts in QUOTED.items() for words in texts]
)
def test_a_table_of_few_words_is_read_as_windows_saved_it(tmp_path, encoding, words):
    sheet = read(tmp_path, as_csv([[words, "1", "", "Day"]], ";").encode(encoding))
    assert sheet.rows["quotation"].tolist() == [words]
    file = tmp_path / "text.txt"
    file.write_bytes(f"{words}\n".encode(encoding))
    assert extract(file).content == f"{words}\n"


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook of two sheets, of which the second has the rows."""
    book = openpyxl.Workbook()
    for value in ["allowed", *range(99)]:
        book.active.append([value])
    sheet = book.create_sheet("HP")
    for row in [[*COLUMNS], *rows]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document(rows: list[list[str]]) -> bytes:
    """The smallest workbook of LibreOffice."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in [[*COLUMNS], *rows]
    )
    oasis = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{oasis}{name}:1.0"' for name in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{oasis}manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="HP">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def test_workbooks_of_excel_and_libreoffice_give_the_same_rows(tmp_path):
    typed = [[row[0], int(row[1]) if row[1] else None, *row[2:]] for row in ROWS]
    for row in typed:
        row[2] = datetime.date.fromisoformat(row[2]) if row[2] else None
    for name, content in (("a.xlsx", workbook(typed)), ("a.ods", open_document(ROWS))):
        sheet = read(tmp_path, content, name)
        assert fault_lines(sheet) == []
        assert sheet.rows.to_numpy().tolist() == ROWS
        assert [row.line for row in sheet.rows.index] == [2, 3, 4]


def test_files_that_are_no_tables_are_named(tmp_path):
    assert fault_lines(read_file(tmp_path / "none.csv")) == [
        "none.csv: 'No such file or directory': a file that can be read"
    ]
    assert fault_lines(read(tmp_path, b"PK\x03\x04" + bytes(99), "a.xlsx"))[0].startswith("a.xlsx")
    assert fault_lines(read(tmp_path, bytes(range(256)) * 9))[0].startswith("sheet.csv: 'no text'")
    assert fault_lines(read(tmp_path, "\n \n"))[0].startswith("sheet.csv: 'nothing'")
    assert fault_lines(read(tmp_path, "a,b\n1,2\n"))[0].endswith("was the first row deleted?")


def read_file(file: Path) -> Spreadsheet:
    return read_spreadsheet(file, COLUMNS)


def test_empty_rows_and_cells_at_the_end_do_not_matter(tmp_path):
    lines = as_csv(ROWS, line_end="\n").splitlines()
    text = "\n".join(["sep=,", lines[0] + ",,", "", lines[1] + ",,,", ",,,", "the end", lines[3]])
    sheet = read(tmp_path, text)
    assert fault_lines(sheet) == []
    assert sheet.rows["quotation"].tolist() == [ROWS[0][0], "the end", ROWS[2][0]]
    assert [row.line for row in sheet.rows.index] == [4, 6, 7]


def test_a_row_with_a_comma_too_many_is_named_by_its_cells_and_not_judged_further(tmp_path):
    for end in ("a note", ""):  # also where the last cell of the row is empty
        text = as_csv([*ROWS, ["The ferries", " ran", "1", "3/12/31", end]], line_end="\n")
        sheet = read(tmp_path, text)
        assert fault_lines(sheet) == [
            "sheet.csv line 5: '5 cells': 4 cells, as in the first row; a text with a comma in it "
            "must stand in quotation marks"
        ]
        assert sheet.rows.to_numpy().tolist() == ROWS
    [fault] = fault_lines(
        read(tmp_path, as_csv([["x", "1", "", "a note; or two"]] * 2, ";") + "a;b;c;d;e")
    )
    assert fault.endswith("a text with a semicolon in it must stand in quotation marks")


def test_a_row_that_lacks_a_cell_is_named_where_the_others_are_regular(tmp_path):
    sheet = read(tmp_path, as_csv(ROWS, line_end="\n") + "The ferries ran,2031-06-13,a note\n")
    assert fault_lines(sheet) == [
        "sheet.csv line 5: '3 cells': 4 cells, as in the first row; is a comma missing? an empty "
        "cell has one, too"
    ]
    assert sheet.rows.to_numpy().tolist() == ROWS
    sheet = read(tmp_path, as_csv(ROWS, line_end="\n") + "one,1\ntwo,2\n")  # as some programs do
    assert fault_lines(sheet) == []
    assert sheet.rows.to_numpy().tolist()[3:] == [["one", "1", "", ""], ["two", "2", "", ""]]


def test_surplus_commas_open_quotation_marks_and_missing_columns_are_named_by_line(tmp_path):
    sheet = read(
        tmp_path,
        "quotation,nth,statedon,stated_on ,mine\n"
        "one, 1,2031-06-13,,x\ntwo, and more,2,3,4,,\nthree,4,5,6,7,8,9\n"
        '"four,1\nfive\n',
    )
    surplus = (
        "'7 cells': 5 cells, as in the first row; a text with a comma in it must stand in "
        "quotation marks"
    )
    assert fault_lines(sheet) == [
        "sheet.csv line 1 note: '': every column of the sheet",
        f"sheet.csv line 3: {surplus}",
        f"sheet.csv line 4: {surplus}",
        "sheet.csv line 5: '\"four,1': a row of cells as CSV writes them; is a quotation mark not "
        "closed? the rows from here on were not read",
    ]
    assert sheet.ignored == ["statedon", "mine"]
    assert sheet.rows.to_numpy().tolist() == [["one", "1", "", ""]]


def test_a_misspelt_column_is_named_with_the_right_one(tmp_path):
    [fault] = fault_lines(read(tmp_path, "quotation,nth,stated on,note\none,1,,\n"))
    assert fault == (
        "sheet.csv line 1 stated_on: '': every column of the sheet; did you mean 'stated on'?"
    )


def days(tmp_path: Path, *cells: str) -> tuple[list[str], list[str]]:
    sheet = read(tmp_path, as_csv([["words", "", cell, ""] for cell in cells]))
    return sheet.rows["stated_on"].tolist(), fault_lines(sheet)


def test_days_that_a_spreadsheet_turned_come_back_where_one_day_can_be_meant(tmp_path):
    turned = ["13.12.2031", "3.12.31", "13/06/2031", "48195", "3 December 2031", "2031-12-03 0:00"]
    assert days(tmp_path, *turned) == (
        ["2031-12-13", "2031-12-03", "2031-06-13", "2031-12-13", "2031-12-03", "2031-12-03"],
        [],
    )
    assert days(tmp_path, "last Friday", "2031-02-30", "") == (
        ["last Friday", "2031-02-30", ""],
        [],
    )


def test_a_day_of_two_readings_is_a_fault_unless_another_cell_shows_the_order(tmp_path):
    cells, [fault] = days(tmp_path, "3/12/2031", "2031-06-13", "04/04/2031")
    assert cells == ["3/12/2031", "2031-06-13", "2031-04-04"]
    assert fault == (
        "sheet.csv line 2 stated_on: '3/12/2031': a day as YYYY-MM-DD; "
        "did you mean '2031-12-03' or '2031-03-12'?"
    )
    assert days(tmp_path, "3/12/2031", "13/6/2031") == (["2031-12-03", "2031-06-13"], [])
    assert days(tmp_path, "3/12/2031", "6/13/2031") == (["2031-03-12", "2031-06-13"], [])
    cells, faults = days(tmp_path, "3/12/2031", "6/13/2031", "13/6/2031")
    assert cells == ["3/12/2031", "2031-06-13", "2031-06-13"]
    assert len(faults) == 1


def test_a_day_that_a_spreadsheet_made_of_words_is_a_fault(tmp_path):
    made = datetime.datetime(2031, 12, 1)
    sheet = read(tmp_path, workbook([[made, 1, made, None]]), "a.xlsx")
    assert sheet.rows.to_numpy().tolist() == [["2031-12-01", "1", "2031-12-01", ""]]
    assert fault_lines(sheet) == [
        "a.xlsx line 2 quotation: '2031-12-01': no day, which the spreadsheet has made of what "
        "was written here; write it again, with an apostrophe before it"
    ]


def test_characters_are_composed(tmp_path):
    [row] = read(tmp_path, as_csv([["cafe\u0301 ", "", "", ""]])).rows["quotation"]
    assert row == "café"
