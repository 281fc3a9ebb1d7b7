"""INCEpTION's UIMA CAS JSON: a text with layers of annotations; dkpro-cassis reads it."""

from typing import Any

from claimbook.errors import CorpusError, Fault, RowPosition
from claimbook.exchange.annotation import JOINED, Annotation, ReadFile, TextFile, add_field
from claimbook.exchange.cells import Claims
from claimbook.exchange.layers import LAYER, choose_layer
from claimbook.exchange.units import split_sentences, split_tokens
from claimbook.texts.source_texts import SourceText

NAME = "cas-json"
UNIT = "%ID"  # what faults count, as the format does
STRUCTURES, TYPES, VIEWS = "%FEATURE_STRUCTURES", "%TYPES", "%VIEWS"
OLD = "_context"  # in the JSON of UIMA before 0.4
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
SENTENCE = f"{DKPRO}segmentation.type.Sentence"
TOKEN = f"{DKPRO}segmentation.type.Token"
METADATA = f"{DKPRO}metadata.type.DocumentMetaData"
NO_FIELDS = {"sofa", "begin", "end"}
VERSION = "the JSON of UIMA CAS 0.4, as INCEpTION exports it"


def recognize(content: object) -> bool:
    """Say whether JSON is of a CAS, of any version."""
    return isinstance(content, dict) and bool({STRUCTURES, TYPES, OLD} & set(content))


def read(file: TextFile, layer: str = "") -> ReadFile:
    """Read the annotations of one layer.

    Args:
        file: The file.
        layer: The layer; empty for the only one of those that people define.

    Raises:
        CorpusError: The text is no JSON of this version, or it cannot be told which layer is meant.
    """
    from cassis import load_cas_from_json

    content = file.json
    if not isinstance(content, dict) or not {STRUCTURES, TYPES, VIEWS} <= set(content):
        found = ", ".join(content) if isinstance(content, dict) else "no object"
        raise CorpusError([Fault(file.name, "", "", found, VERSION)])
    read_file = ReadFile()
    read_file.faults = _find_outside(content, file.name)
    if read_file.faults:
        return read_file
    try:
        cas = load_cas_from_json(file.text)
    except Exception as error:  # whatever the library meets in a file that is no CAS
        raise CorpusError([Fault(file.name, "", "", str(error) or repr(error), VERSION)]) from error
    document = cas.sofa_string or ""
    titles = [
        str(value)
        for metadata in (cas.select(METADATA) if cas.typesystem.contains_type(METADATA) else [])
        for value in (metadata.get("documentTitle"), metadata.get("documentId"))
        if value
    ]
    annotations = cas.select_all_annotations()
    layers = (fs.type.name for fs in annotations)
    chosen, read_file.remarks = choose_layer(layers, layer, file.name)
    for fs in annotations:
        if fs.type.name != chosen:
            continue
        fields: dict[str, str] = {}
        for feature in fs.type.all_features:
            if feature.name not in NO_FIELDS:
                add_field(fields, feature.name, _to_cell(fs.get(feature.name)))
        position = RowPosition(file.name, int(fs.xmiID), UNIT)
        place = {"start": fs.begin, "end": fs.end, "document": document}
        read_file.annotations.append(Annotation(position, fields, sources=tuple(titles), **place))
    return read_file


def _find_outside(content: dict[str, Any], file: str) -> list[Fault]:
    """Report the annotations whose offsets lie beyond the text."""
    listed = content[STRUCTURES]
    if isinstance(listed, dict):
        listed = [{"%ID": int(key), **value} for key, value in listed.items()]
    lengths = {
        item.get("%ID"): len(str(item.get("sofaString") or "").encode("utf-16-le")) // 2
        for item in listed
        if isinstance(item, dict) and "sofaString" in item
    }
    faults = []
    for item in listed:
        begin, end = item.get("begin"), item.get("end")
        if begin is None and end is None:
            continue
        length = lengths.get(item.get("@sofa"), 0)
        if not (isinstance(begin, int) and isinstance(end, int) and 0 <= begin <= end <= length):
            position = RowPosition(file, int(item.get("%ID", 0)), UNIT)
            allowed = f"offsets within the text, which has {length}"
            value = f"{begin} to {end}"
            faults.append(Fault(file, position.place, "end", value, allowed, row=position))
    return faults


def _to_cell(value: object) -> str:
    """Write the value of a feature as a cell; an array as its items, joined."""
    if value is None:
        return ""
    if (elements := getattr(value, "elements", None)) is not None:
        return JOINED.join(map(_to_cell, elements))
    return str(value)


def write(claims: Claims, text: SourceText, stem: str) -> dict[str, str]:
    """Write the claims of a source as a layer over its text.

    Args:
        claims: The claims.
        text: The text of the source.
        stem: The name of the file without its ending.

    Returns:
        The content of the file by its name.
    """
    from cassis import Cas, load_dkpro_core_typesystem
    from cassis.typesystem import TYPE_NAME_ANNOTATION, TYPE_NAME_STRING, TypeSystemMode

    system = load_dkpro_core_typesystem()
    sentence, token = system.get_type(SENTENCE), system.get_type(TOKEN)
    metadata = system.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        system.create_feature(metadata, name, TYPE_NAME_STRING)
    layer = system.create_type(LAYER, TYPE_NAME_ANNOTATION)
    for field in claims.fields:
        system.create_feature(layer, field.name, TYPE_NAME_STRING, description=field.description)
    cas = Cas(typesystem=system, sofa_string=text.content, sofa_mime="text")
    cas.add(
        metadata(
            begin=0, end=len(text.content), documentTitle=f"{stem}.txt", documentId=text.source_id
        )
    )
    cells = list(claims.of_source(text.source_id))
    edges = {int(row[name]) for row in cells for name in ("start", "end")}
    for unit in split_sentences(text.content):
        cas.add(sentence(begin=unit.start, end=unit.end))
        for part in split_tokens(text.content, unit, edges):
            cas.add(token(begin=part.start, end=part.end))
    for row in cells:
        features = {field.name: row[field.name] or None for field in claims.fields}
        cas.add(layer(begin=int(row["start"]), end=int(row["end"]), **features))
    return {f"{stem}.json": cas.to_json(type_system_mode=TypeSystemMode.MINIMAL) + "\n"}
