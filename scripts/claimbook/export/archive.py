"""The files for download that are made from the corpus, and the archive that holds them all."""

import json
import zipfile
from pathlib import Path

from claimbook.corpus import schema
from claimbook.corpus.model import Corpus
from claimbook.export import bibliography, ro_crate
from claimbook.export.web_annotations import annotation_collection
from claimbook.paths import project

ANNOTATIONS, BIBTEX, CSL = "annotations.jsonld", "sources.bib", "sources.json"
UNIX = 3  # the system that made a member, in the ZIP format


def archive_name() -> str:
    """Return the file name of the archive: the report's short name and `-data.zip`."""
    return f"{project().slug}-data.zip"


def export_files() -> dict[str, str]:
    """Return the file names of all exports, each with a description."""
    return {
        ANNOTATIONS: (
            "The claims as Web Annotations (JSON-LD): wording, codes, and the place of each "
            "in its source."
        ),
        BIBTEX: "The sources for a BibTeX bibliography.",
        CSL: "The sources as CSL-JSON, for Zotero and other reference managers.",
        ro_crate.NAME: "All files as an RO-Crate, for archives and research repositories.",
        archive_name(): "All of these, with the codebook and the licence.",
    }


def write_exports(corpus: Corpus, folder: Path, data: Path | None = None) -> list[Path]:
    """Write the annotations, the bibliographies and the archive into a folder.

    The same corpus always gives the same bytes.

    Args:
        corpus: The corpus.
        folder: The folder to write to, which is created if it is missing.
        data: The folder that the corpus was loaded from, for the tables in the archive; by default
            that of the project.

    Returns:
        The paths of the files, in the order of `export_files`.

    Raises:
        OSError: A file cannot be read or written.
    """
    data = data or project().data
    datapackage = data / project().datapackage.name
    folder.mkdir(parents=True, exist_ok=True)
    exports = {
        ANNOTATIONS: _to_json(annotation_collection(corpus, datapackage)),
        BIBTEX: bibliography.bibtex(corpus).encode(),
        CSL: _to_json(bibliography.csl_items(corpus)),
    }
    for name, content in exports.items():
        (folder / name).write_bytes(content)
    tables = {
        file: table.description
        for table in schema.read_schema(datapackage).values()
        for file in table.files
    }
    described = {name: export_files()[name] for name in exports} | tables
    exports[ro_crate.NAME] = _to_json(ro_crate.crate_metadata(datapackage, described))
    (folder / ro_crate.NAME).write_bytes(exports[ro_crate.NAME])
    members = {name: (data / name).read_bytes() for name in [datapackage.name, *tables]}
    members |= {file.name: file.read_bytes() for file in (project().codebook, project().licence)}
    write_zip(exports | members, folder / archive_name())
    return [folder / name for name in export_files()]


def _to_json(content: object) -> bytes:
    """Convert content to indented JSON, encoded in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_zip(members: dict[str, bytes], file: Path) -> None:
    """Write a ZIP file reproducibly: the same members give the same bytes.

    Members are sorted by name and dated on the first day of the format, in 1980. They are not
    compressed, since versions of zlib compress the same bytes differently.

    Args:
        members: The content of each member by its name.
        file: The file to write.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            archive.writestr(zip_member(name), members[name])


def zip_member(name: str, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Describe a member of a ZIP file, the same on every system and at every moment.

    Args:
        name: Its path in the file.
        compression: How it is compressed, as a constant of `zipfile`.
    """
    member = zipfile.ZipInfo(name)  # dated on the first day of the format
    member.compress_type = compression
    member.create_system = UNIX  # also where it is written on another system
    member.external_attr = 0o644 << 16  # the permissions of the file
    return member
