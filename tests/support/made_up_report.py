"""Lays out the made-up report of `tests/made_up/` as a project, on which the engine's tests run.

The report is on a subject that there is not. Its schema and what it shares with any new report are
those that `claimbook new` would write.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from claimbook.scaffold.facts import Named, ReportFacts
from claimbook.scaffold.new_report import template_values
from claimbook.scaffold.schema_template import make_schema, render_schema
from claimbook.scaffold.template_files import render_file

VARIABLE = "CLAIMBOOK_PROJECT"  # names the report at work, wherever a process runs
REPOSITORY = Path(__file__).resolve().parents[2]
MADE_UP = REPOSITORY / "tests" / "made_up"
SHARED = ("LICENSE", "requirements.txt")  # files of the repository that any report needs
OUTCOMES = ["closing", "blockade", "both"]
ON = "The event that the claim bears on: closing of the strait, blockade by Ostria, or both."
PATHS = {"passes": ["coding/one.csv", "coding/two.csv"]}
VALUES = {  # of columns whose values belong to the subject
    "claims.unit": ["patrol boats", "ships", "weeks"],
    "actors.side": ["norrland", "ostria", "independent"],
    "citations.whose": ["norrland-state", "ostria-state", "press", "institute", "other"],
}
DESCRIBED = {  # what the schema says of the subject
    "claims.on": ON,
    "passes.on": ON,
    "forecasts.claim_id": "A claim whose theme is forecast.",
    "forecasts.outcome": "How it stood on 2 September 2031: stood, not come, or untestable.",
}
SKELETON = (
    "jupytext.toml",
    "_config.yml",
    "chapters/references.md",
    "chapters/bring-the-text.md",
)  # as of any report


def derive_datapackage() -> dict[str, Any]:
    """The schema of any new report, with the values and words of the made-up one."""
    settings = made_up_settings()
    described = make_schema(
        {
            "name": "harbour-question",
            "title": "The Harbour Question: the annotated corpus",
            "version": settings["report"]["version"],
            "description": "Claims annotated in three made-up texts of 2031.",
            "contributors": [{"title": "The Harbour contributors", "roles": ["author"]}],
        },
        [theme["id"] for theme in settings["themes"]],
        OUTCOMES,
    )
    for table in described["resources"]:
        table["path"] = PATHS.get(table["name"], table["path"])
        for column in table["schema"]["fields"]:
            name = f"{table['name']}.{column['name']}"
            if name in VALUES:
                column["constraints"]["enum"] = VALUES[name]
            column["description"] = DESCRIBED.get(name, column["description"])
    return described


def made_up_settings() -> dict[str, Any]:
    """The made-up report's `report.toml`."""
    return tomllib.loads((MADE_UP / "report.toml").read_text("utf-8"))


def skeleton_values() -> dict[str, object]:
    """What the placeholders of a new report stand for in the made-up one."""
    report = made_up_settings()["report"]
    facts = ReportFacts(
        name=report["slug"],
        title=report["name"],
        subtitle=report["subtitle"],
        authors=[report["authors"]],
        start=report["as_of"],
        end=report["as_of"],
        as_of=report["as_of"],
        home="",
        outcome=Named("closing", "closing"),
        argued=[Named("closure", "Closure")],
    )
    return {**template_values(facts), "version": report["version"]}


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
        copy_packages(draft)
    for name in SKELETON:
        (draft / name).write_bytes(render_file(name, skeleton_values()))
    (draft / "data" / "datapackage.json").write_bytes(render_schema(derive_datapackage()))
    try:
        draft.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return folder


def copy_packages(folder: Path) -> None:
    """Give a report a copy of `scripts/`, with its bytecode, which holds as long as times do.

    Left out is bytecode that another process writes just now.
    """
    left_out = shutil.ignore_patterns("*.egg-info", "*.pyc.*")
    shutil.copytree(REPOSITORY / "scripts", folder / "scripts", ignore=left_out)


def lay_out_pages(folder: Path, contents: str, pages: dict[str, str], settings: str) -> Path:
    """Lay out the report with pages of its own, and more in its settings.

    Args:
        folder: The folder, which is made.
        contents: The text of `_toc.yml`.
        pages: The text of each page by its name.
        settings: What is added to `report.toml`.

    Returns:
        The folder.
    """
    lay_out(folder)
    (folder / "_toc.yml").write_text(contents, "utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    file = folder / "report.toml"
    file.write_text(file.read_text("utf-8") + settings, "utf-8")
    return folder


def build_report(folder: Path, *forms: str) -> subprocess.CompletedProcess[str]:
    """Run `claimbook build` in the folder of a report."""
    return run_python(folder, "-m", "claimbook", "build", *forms)


def run_python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a report's folder, with the packages there, or else with the repository's."""
    from support.forked_python import run_with  # not found where this file is itself a program

    packages = folder / "scripts"
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    environment["PYTHONPATH"] = str(packages if packages.is_dir() else REPOSITORY / "scripts")
    environment["CORPUS_TEXTS"] = str(folder / "data" / "texts")
    return run_with(environment, folder, *words)


if __name__ == "__main__":
    print(lay_out(Path(sys.argv[1]), with_packages=True))
