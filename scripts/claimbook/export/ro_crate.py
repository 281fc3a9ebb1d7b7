"""The published tables as an RO-Crate: what each file is, who made it, and under which licence.

See https://www.researchobject.org/ro-crate/specification/1.1/.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from claimbook.settings import settings

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".bib": "application/x-bibtex",
    ".zip": "application/zip",
}


def crate_metadata(datapackage: Path, descriptions: Mapping[str, str]) -> dict[str, Any]:
    """Describe the files of a folder as an RO-Crate.

    Args:
        datapackage: The Data Package of the folder, which has its name, description and licence.
        descriptions: What each file is, by its path in the folder.

    Returns:
        The metadata of the crate, ready for JSON.
    """
    package = json.loads(datapackage.read_text("utf-8"))
    report = settings().report
    author = {"@id": "#authors", "@type": "Organization", "name": report.authors}
    licence = package["licenses"][0]
    files = [
        {
            "@id": path,
            "@type": "File",
            "name": path,
            "description": description,
            "encodingFormat": MEDIA_TYPES[Path(path).suffix],
        }
        for path, description in descriptions.items()
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "datePublished": str(report.released or report.as_of),
        "version": package["version"],
        "author": {"@id": author["@id"]},
        "license": {"@id": licence["path"]},
        **({"url": report.address} if report.address else {}),
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    rights = {"@id": licence["path"], "@type": "CreativeWork", "name": licence["name"]}
    return {"@context": CONTEXT, "@graph": [descriptor, root, author, rights, *files]}
