"""Which files of the folder of tables are published: those that `datapackage.json` names."""

import json
from pathlib import Path

from claimbook.errors import escape_name
from claimbook.paths import LOCK, project

MAX_STRAY = 10  # files that a check names one by one


def package_files(datapackage: Path) -> list[Path]:
    """List a Data Package and the files that it names, sorted, without missing ones.

    Raises:
        OSError: The Data Package cannot be read.
        ValueError: It is not JSON.
    """
    resources = json.loads(datapackage.read_text("utf-8")).get("resources", [])
    paths = [resource.get("path", []) for resource in resources]
    names = [name for path in paths for name in ([path] if isinstance(path, str) else path)]
    files = [datapackage, *(datapackage.parent / name for name in names)]
    return sorted(file for file in set(files) if file.is_file())


def find_stray_files() -> list[str]:
    """List the files among the tables that nothing names, and that are not published.

    The reader's own copies of the sources do not count.

    Returns:
        A line for each file; from `MAX_STRAY` on only how many there are.

    Raises:
        OSError: The Data Package cannot be read.
        ValueError: It is not JSON.
    """
    at = project()
    maps = {at.outlines, at.rivers, at.airports}
    named = {*package_files(at.datapackage), *maps, at.bench, at.data / LOCK}
    stray = sorted(
        file.relative_to(at.root).as_posix()
        for file in at.data.rglob("*")
        if file.is_file() and file not in named and at.data / "texts" not in file.parents
    )
    lines = [
        f"{escape_name(file)}: {at.datapackage.name} does not name it" for file in stray[:MAX_STRAY]
    ]
    if len(stray) > MAX_STRAY:
        lines.append(f"{len(stray) - MAX_STRAY} more files in {at.data.name}/")
    return lines
