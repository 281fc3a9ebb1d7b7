"""Lays out the made-up report of `tests/made_up/` as a project, on which the engine's tests run.

The report is on a subject that there is not. Its schema is that of the real report with other
values; so a column that is added there is asked for here as well.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

VARIABLE = "CLAIMBOOK_PROJECT"  # names the report at work, wherever a process runs
REPOSITORY = Path(__file__).resolve().parents[2]
MADE_UP = REPOSITORY / "tests" / "made_up"
SHARED = ("LICENSE", "requirements.txt")  # files of the repository that any report needs
OUTCOMES = ["closing", "blockade", "both"]
UNITS = ["patrol boats", "ships", "weeks"]
NOT_MADE_UP = ("sightings", "launches", "indicator_days")  # tables that only the real report has
SIDES = ["norrland", "ostria", "independent"]
ON = "The event that the claim bears on: closing of the strait, blockade by Ostria, or both."
PUBLISHERS = ["norrland-state", "ostria-state", "press", "institute", "other"]
DESCRIBED = {  # what the real schema says of its own subject, by table
    "claims.on": ON,
    "passes.on": ON,
    "passages.reason": "Why a passage has no claim; empty where it is coded.",
    "citations.whose": "Whose publication stands there.",
    "citations.host": "The host of the address.",
    "forecasts.claim_id": "A claim whose theme is forecast.",
    "forecasts.outcome": "How it stood on 2 September 2031: stood, not come, or untestable.",
    "criticism.known_by": "How it is known: from the text, from another text, or from outside.",
}


def derive_datapackage() -> dict[str, Any]:
    """The schema of the real report, with the values and words of the made-up one."""
    described = json.loads((REPOSITORY / "data" / "datapackage.json").read_text("utf-8"))
    themes = [theme["id"] for theme in made_up_settings()["themes"]]
    described |= {
        "name": "harbour-question",
        "title": "The Harbour Question: the annotated corpus",
        "version": made_up_settings()["report"]["version"],
        "description": "Claims annotated in three made-up texts of 2031.",
        "contributors": [{"title": "The Harbour contributors", "roles": ["author"]}],
    }
    described["resources"] = [
        table for table in described["resources"] if table["name"] not in NOT_MADE_UP
    ]
    for table in described["resources"]:
        if table["name"] == "passes":
            table["path"] = ["coding/one.csv", "coding/two.csv"]
        if table["name"] == "explanations":
            table["description"] = "Explanations of why the straits stayed open."
        if table["name"] == "indicators":
            table["description"] = "What speakers named as a sign, and whether it was seen."
        for column in table["schema"]["fields"]:
            constraints = column.get("constraints", {})
            if column["name"] == "theme" and "enum" in constraints:
                constraints["enum"] = themes
            elif column["name"] == "on":
                constraints["enum"] = OUTCOMES
            elif column["name"] == "whose":
                constraints["enum"] = PUBLISHERS
            elif column["name"] == "unit" and "enum" in constraints:
                constraints["enum"] = UNITS
            elif column["name"] == "side" and table["name"] == "actors":
                constraints["enum"] = SIDES
            elif column["name"] == "event" and "enum" in constraints:
                none = ["none"] if "none" in constraints["enum"] else []
                constraints["enum"] = OUTCOMES + none
            name = f"{table['name']}.{column['name']}"
            column["description"] = DESCRIBED.get(name, column["description"])
    return described


def made_up_settings() -> dict[str, Any]:
    """The made-up report's `report.toml`."""
    return tomllib.loads((MADE_UP / "report.toml").read_text("utf-8"))


def lay_out(folder: Path, with_packages: bool = False) -> Path:
    """Write the made-up report into a folder, its texts where a reader's own copies are.

    With packages it has a copy of `scripts/`, too, and may be changed like a repository of its own.
    Several processes may write the same folder at once: it appears whole, written by one of them.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        return folder
    draft = folder.with_name(f".{folder.name}-{os.getpid()}")
    shutil.copytree(MADE_UP, draft, ignore=shutil.ignore_patterns("_build", ".*"))
    (draft / "texts").rename(draft / "data" / "texts")
    for name in SHARED:
        shutil.copyfile(REPOSITORY / name, draft / name)
    if with_packages:
        generated = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(REPOSITORY / "scripts", draft / "scripts", ignore=generated)
    schema = json.dumps(derive_datapackage(), indent=1, ensure_ascii=False)
    (draft / "data" / "datapackage.json").write_text(schema + "\n", "utf-8")
    try:
        draft.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return folder


def run_python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a report's folder, with the packages there, or else with the repository's."""
    packages = folder / "scripts"
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    environment["PYTHONPATH"] = str(packages if packages.is_dir() else REPOSITORY / "scripts")
    environment["CORPUS_TEXTS"] = str(folder / "data" / "texts")
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    print(lay_out(Path(sys.argv[1]), with_packages=True))
