"""WebAnno TSV 3: tokens a line, with layers of annotations in columns, as INCEpTION writes it.

Written by the published description of version 3.3. Chains, relations and slots are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.exchange.annotation import Annotation, ReadFile, TextFile
from claimbook.exchange.cells import Claims
from claimbook.exchange.layers import LAYER, choose_layer
from claimbook.exchange.units import (
    Unit,
    split_sentences,
    split_tokens,
    utf16_length,
    utf16_offsets,
)
from claimbook.texts.source_texts import SourceText

NAME = "webanno-tsv"
FORMAT = "#FORMAT=WebAnno TSV "
WRITTEN = "3.3"
VERSION = re.compile(r"3\.[0-9]+")
SPANS, RELATIONS, CHAINS = "#T_SP=", "#T_RL=", "#T_CH="
TEXT = "#Text="
EMPTY, NO_VALUE = "_", "*"
PLACE = re.compile(r"(?P<token>\d+-\d+)(?:\.\d+)?\t(?P<start>\d+)-(?P<end>\d+)\t")
STACKED = re.compile(r"(?<!\\)\|")
NUMBERED = re.compile(r"(?<!\\)\[(?P<number>\d+)\]\Z")
RESERVED = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
ESCAPES = {"\t": "t", "\n": "n", "\r": "r"}
ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)


@dataclass
class _Span:
    """An annotation while its lines are read, with their offsets in UTF-16."""

    line: int
    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)


def recognize(text: str) -> bool:
    """Say whether a text is WebAnno TSV, of any version."""
    return text.startswith("#FORMAT=")


def read(file: TextFile, layer: str = "") -> ReadFile:
    """Read the annotations of one layer of spans.

    Args:
        file: The file.
        layer: The layer; empty for the only one of those that people define.

    Raises:
        CorpusError: The text is of another version, or it cannot be told which layer is meant.
    """
    lines = file.text.replace("\r\n", "\n").split("\n")
    version = lines[0].removeprefix(FORMAT).strip()
    if not lines[0].startswith(FORMAT) or not VERSION.fullmatch(version):
        fault = Fault(file.name, "line 1", "", lines[0], "WebAnno TSV of version 3")
        raise CorpusError([fault])
    layers = [_read_layer(line) for line in lines if line.startswith((SPANS, RELATIONS, CHAINS))]
    found = ReadFile()
    document = _read_document(lines)
    length = utf16_length(document)
    columns = [(name, column) for name, own in layers for column in own]
    spans: dict[tuple[str, str], _Span] = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        position = RowPosition(file.name, number)
        if not (place := PLACE.match(line)):
            found.add_fault(position, "", line, "a token: number, offsets, word, annotations")
            continue
        start, end = int(place["start"]), int(place["end"])
        if not start <= end <= length:
            allowed = f"offsets within the text, which has {length}"
            found.add_fault(position, "", f"{start}-{end}", allowed)
            continue
        cells = line.split("\t")[3:]
        if len(cells) < len(columns):
            allowed = f"a cell for each of {len(columns)} columns of annotations"
            found.add_fault(position, "", line, allowed)
            continue
        _read_cells(zip(columns, cells, strict=False), _Span(number, start, end), spans)
    if found.faults:
        return found
    chosen, found.remarks = choose_layer((name for name, _ in spans), layer, file.name)
    on_line: dict[int, int] = {}
    characters = {offset: index for index, offset in enumerate(utf16_offsets(document))}
    for (name, _), span in spans.items():
        if name == chosen:
            first, last = characters.get(span.start), characters.get(span.end)
            on_line[span.line] = on_line.get(span.line, 0) + 1
            position = _position(file.name, span.line, on_line[span.line])
            if first is None or last is None:
                value = f"{span.start}-{span.end}"
                found.add_fault(position, "", value, "offsets between characters")
                continue
            found.annotations.append(
                Annotation(
                    position,
                    span.fields,
                    start=first,
                    end=last,
                    document=document,
                    sources=(file.name.removesuffix(".tsv"),),
                )
            )
    return found


def _position(file: str, line: int, number: int) -> RowPosition:
    """Name an annotation by the line of its first token, and there by its number."""
    if number == 1:
        return RowPosition(file, line)
    return RowPosition(file, number, f"line {line}, annotation")


def _read_layer(line: str) -> tuple[str, list[str]]:
    """Read the declaration of a layer: its name, and those of its columns."""
    kind, _, rest = line.partition("=")
    name, *columns = rest.strip().split("|")
    return (name if f"{kind}=" == SPANS else f"{kind}={name}"), columns or [""]


def _read_document(lines: list[str]) -> str:
    """Put the text together from its sentences, where their first tokens stand."""
    parts: list[str] = []
    length = 0
    pending: list[str] = []
    for line in lines:
        if line.startswith(TEXT):
            pending.append(_unescape(line.removeprefix(TEXT)))
        elif pending and (place := PLACE.match(line)):
            sentence = "\n".join(pending)
            parts += ["\n" * (int(place["start"]) - length), sentence]
            length = max(length, int(place["start"])) + utf16_length(sentence)
            pending = []
    return "".join(parts)


def _read_cells(
    cells: Iterator[tuple[tuple[str, str], str]],
    token: _Span,
    spans: dict[tuple[str, str], _Span],
) -> None:
    """Read the annotations of a token; a number tells those of several tokens."""
    for (layer, column), cell in cells:
        if cell == EMPTY or layer.startswith("#"):
            continue
        for value in STACKED.split(cell):
            number = NUMBERED.search(value)
            plain = value[: number.start()] if number else value
            key = (layer, number["number"] if number else f"line {token.line}")
            span = spans.setdefault(key, _Span(token.line, token.start, token.end))
            span.start, span.end = min(span.start, token.start), max(span.end, token.end)
            if column and plain != NO_VALUE:
                span.fields.setdefault(column, _unescape(plain))


def _unescape(text: str) -> str:
    """Read escaped characters."""
    names = {name: character for character, name in ESCAPES.items()}
    return ESCAPED.sub(lambda match: names.get(match[1], match[1]), text)


def _escape(text: str) -> str:
    """Escape the characters that the format reserves."""
    return RESERVED.sub(lambda match: "\\" + ESCAPES.get(match[0], match[0]), text)


def write(claims: Claims, text: SourceText, stem: str) -> dict[str, str]:
    """Write the claims of a source as a layer over its tokens.

    Args:
        claims: The claims.
        text: The text of the source.
        stem: The name of the file without its ending.

    Returns:
        The content of the file by its name.
    """
    rows = list(claims.of_source(text.source_id))
    spans = [Unit(int(row["start"]), int(row["end"])) for row in rows]
    names = [column.name for column in claims.fields]
    offsets = utf16_offsets(text.content)
    edges = {edge for span in spans for edge in span}
    lines = [FORMAT + WRITTEN, f"{SPANS}{LAYER}|{'|'.join(names)}", ""]
    for number, sentence in enumerate(split_sentences(text.content), start=1):
        content = text.content[sentence.start : sentence.end]
        lines += ["", *(TEXT + _escape(line) for line in content.split("\n"))]
        tokens = split_tokens(text.content, sentence, edges)
        for index, token in enumerate(tokens, start=1):
            on = [at for at, span in enumerate(spans) if span.start <= token.start < span.end]
            cells = [
                "|".join(f"{_escape(rows[at][name]) or NO_VALUE}[{at + 1}]" for at in on) or EMPTY
                for name in names
            ]
            place = f"{offsets[token.start]}-{offsets[token.end]}"
            word = _escape(text.content[token.start : token.end])
            lines.append("\t".join([f"{number}-{index}", place, word, *cells, ""]))
    return {f"{stem}.tsv": "\n".join([*lines, ""])}
