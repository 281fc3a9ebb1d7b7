"""The formats of annotations, and how a file's format is told by its content."""

from collections.abc import Callable
from pathlib import Path

from claimbook.corpus.encodings import WORKBOOKS
from claimbook.errors import CorpusError, Fault
from claimbook.exchange import cas_json, csl, label_studio, table, w3c_json, webanno_tsv
from claimbook.exchange.annotation import parse_json, read_text

OF_JSON: dict[str, Callable[[object], bool]] = {  # in this order
    cas_json.NAME: cas_json.recognize,
    label_studio.NAME: label_studio.recognize,
    w3c_json.NAME: w3c_json.recognize,
    csl.NAME: csl.recognize,
}
READ = [table.NAME, w3c_json.NAME, cas_json.NAME, webanno_tsv.NAME, label_studio.NAME]
WRITTEN = READ[1:]
JSON = ("{", "[")  # begin a text that is meant as JSON


def recognize(file: Path) -> str:
    """Tell the format of a file by its content.

    Raises:
        CorpusError: The file cannot be read, is broken JSON, or JSON of something else.
    """
    try:
        with file.open("rb") as stream:
            if stream.read(8).startswith(WORKBOOKS):
                return table.NAME
    except OSError as error:
        fault = Fault(file.name, "", "", error.strerror or error, "a file that can be read")
        raise CorpusError([fault]) from error
    text = read_text(file)
    if webanno_tsv.recognize(text):
        return webanno_tsv.NAME
    if not text.lstrip().startswith(JSON):
        return table.NAME
    content = parse_json(text, file.name)
    for name, is_of_format in OF_JSON.items():
        if is_of_format(content):
            return name
    allowed = f"JSON of one of the formats {', '.join(OF_JSON)}"
    raise CorpusError([Fault(file.name, "", "", "something else", allowed)])
