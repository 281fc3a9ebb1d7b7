"""Writes the claims with the texts that they stand in, for other programs, outside every site."""

from collections.abc import Callable, Sequence
from pathlib import Path

from claimbook.corpus import model, schema
from claimbook.errors import CorpusError, Fault
from claimbook.exchange import cas_json, label_studio, w3c_json, webanno_tsv
from claimbook.exchange.cells import Claims
from claimbook.paths import project
from claimbook.texts.sheets.columns import SOURCES
from claimbook.texts.source_texts import SourceText, find_texts

CANNOT_HOLD = {  # what a format leaves out of the text and its claims, in words
    w3c_json.NAME: "",
    cas_json.NAME: "",
    webanno_tsv.NAME: "the white space between sentences, of which the format keeps the length",
    label_studio.NAME: "",
}


def export_texts(
    name: str, source_ids: Sequence[str], folder: Path
) -> tuple[list[Path], list[str], str]:
    """Write the claims of sources in a format, with their texts.

    Args:
        name: The format.
        source_ids: The sources; empty for all whose text is at hand.
        folder: The folder, which need not exist.

    Returns:
        The files; the ids of sources without a text or claims, which were left out; and what the
        format cannot hold, in words.

    Raises:
        CorpusError: The tables have faults, a named source has no text, its copy is another one,
            or the folder may be published.
    """
    check_folder(folder)
    raw, tables = model.read_sound_tables(), model.read_schema()
    sources = raw[SOURCES]
    codes = dict(zip(sources["source_id"], sources["code"], strict=True))
    texts = find_texts(schema.to_typed(tables[SOURCES], sources))
    chosen = list(source_ids) or list(codes)
    other = [key for key in chosen if key in texts and not texts[key].same]
    absent = [key for key in chosen if key not in texts]
    faults = [
        Fault(key, "", "", "another copy of the text", "the copy to which the offsets belong")
        for key in other
    ]
    if source_ids or not set(chosen) - set(absent):
        allowed = "a source whose text is at hand"
        faults += [Fault(key, "", "", "no text", allowed, "see CORPUS_TEXTS") for key in absent]
    if faults:
        raise CorpusError(faults)
    claims, corpus = Claims(tables, raw), model.to_corpus(raw)
    writers: dict[str, Callable[[SourceText, str], dict[str, str]]] = {
        w3c_json.NAME: lambda text, stem: w3c_json.write(corpus, text, stem),
        cas_json.NAME: lambda text, stem: cas_json.write(claims, text, stem),
        webanno_tsv.NAME: lambda text, stem: webanno_tsv.write(claims, text, stem),
        label_studio.NAME: lambda text, stem: label_studio.write(claims, text, stem),
    }
    contents: dict[str, str] = {}
    for source_id in chosen:
        if source_id in texts and any(claims.of_source(source_id)):
            contents |= writers[name](texts[source_id], codes[source_id])
        elif source_id not in absent:
            absent.append(source_id)
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        (folder / file).write_bytes(content.encode())
    return [folder / file for file in contents], absent, CANNOT_HOLD[name]


def check_folder(folder: Path) -> None:
    """Refuse a folder whose files git or a build would publish.

    Raises:
        CorpusError: It lies in the report's folder, but not in that of the coders' sheets.
    """
    root, place = project().root.resolve(), folder.resolve()
    if place.is_relative_to(root) and not place.is_relative_to(project().sheets.resolve()):
        allowed = f"a folder outside the report, or in {project().sheets.name}/"
        hint = "the files hold the texts themselves"
        raise CorpusError([Fault(str(folder), "", "", "in the report's folder", allowed, hint)])
