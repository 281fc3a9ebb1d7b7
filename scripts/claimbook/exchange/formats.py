"""The formats of annotations: how a file's format is told by its content, and who reads it."""

from collections.abc import Callable
from pathlib import Path

from claimbook.corpus.encodings import WORKBOOKS
from claimbook.errors import CorpusError, Fault
from claimbook.exchange import cas_json, csl, label_studio, table, w3c_json, webanno_tsv
from claimbook.exchange.annotation import ReadFile, TextFile, read_text

OF_JSON: dict[str, Callable[[object], bool]] = {  # in this order
    cas_json.NAME: cas_json.recognize,
    label_studio.NAME: label_studio.recognize,
    w3c_json.NAME: w3c_json.recognize,
    csl.NAME: csl.recognize,
}
READERS: dict[str, Callable[[TextFile, str], ReadFile]] = {
    w3c_json.NAME: lambda file, _layer: w3c_json.read(file),
    cas_json.NAME: cas_json.read,
    webanno_tsv.NAME: webanno_tsv.read,
    label_studio.NAME: lambda file, _layer: label_studio.read(file),
}
JSON = ("{", "[")  # begin a text that is meant as JSON


def read_annotations(file: Path, name: str = "", layer: str = "") -> ReadFile | None:
    """Read a file of annotations.

    Args:
        file: The file.
        name: Its format; empty to tell it by the content.
        layer: The layer of quotations in a linguistic file; empty for the only one.

    Returns:
        Its annotations; None for a spreadsheet, which is read when its columns are known.

    Raises:
        CorpusError: The file cannot be read, or is of no format of annotations.
    """
    if name == table.NAME or (not name and _is_workbook(file)):
        return None
    content = read_text(file)
    name = name or _recognize(content)
    if name == table.NAME:
        return None
    if name == csl.NAME:
        hint = f"`claimbook source add TEXT… --csl {file.name}` takes sources"
        raise CorpusError([Fault(file.name, "", "", name, "annotations", hint)])
    return READERS[name](content, layer)


def _is_workbook(file: Path) -> bool:
    """Check whether a file begins as workbooks do.

    Raises:
        CorpusError: The file cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(8).startswith(WORKBOOKS)
    except OSError as error:
        fault = Fault(file.name, "", "", error.strerror or error, "a file that can be read")
        raise CorpusError([fault]) from error


def _recognize(file: TextFile) -> str:
    """Tell the format of a text by its content.

    Raises:
        CorpusError: It is broken JSON, or JSON of something else.
    """
    if webanno_tsv.recognize(file.text):
        return webanno_tsv.NAME
    if not file.text.lstrip().startswith(JSON):
        return table.NAME
    for name, is_of_format in OF_JSON.items():
        if is_of_format(file.json):
            return name
    allowed = f"JSON of one of the formats {', '.join(OF_JSON)}"
    raise CorpusError([Fault(file.name, "", "", "something else", allowed)])
