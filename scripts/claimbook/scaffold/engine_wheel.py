"""The engine as a wheel of its own, made of the files that run, without a network.

What the wheel says of itself (version, dependencies, commands) is what is installed says of itself.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, entry_points
from pathlib import Path

from claimbook.paths import ENGINE
from claimbook.scaffold.template_files import TEMPLATE

NAME = "claimbook"
LOCK = "requirements.txt"
EARLIEST = "315532800"  # seconds: the first day that a ZIP archive can hold, for all files alike
BUILD = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"


class EngineError(RuntimeError):
    """An error where the engine cannot be made into a wheel; the message says why."""


def find_lock() -> Path:
    """Return the lock of all dependencies.

    In a wheel it lies in the template, else in the repository.

    Raises:
        EngineError: There is none.
    """
    for lock in (TEMPLATE / LOCK, ENGINE.parents[1] / LOCK):
        if lock.is_file():
            return lock
    raise EngineError(f"the engine in {ENGINE} has no {LOCK}")


def build_wheel(folder: Path) -> Path:
    """Build the engine as a wheel into a folder, which exists.

    Returns:
        The wheel, which has the same bytes wherever the same engine is built.

    Raises:
        EngineError: The engine is not installed, or setuptools refuses to build it.
    """
    folder = folder.absolute()  # setuptools runs in another one
    stage = folder / ".stage"
    try:
        generated = shutil.ignore_patterns("__pycache__", LOCK)
        shutil.copytree(ENGINE, stage / NAME, ignore=generated)
        shutil.copyfile(find_lock(), stage / NAME / TEMPLATE.relative_to(ENGINE) / LOCK)
        distribution = _installed()
        (stage / "pyproject.toml").write_text(_describe(distribution), "utf-8")
        for file in distribution.files or []:
            if file.name == "LICENSE":
                shutil.copyfile(str(file.locate()), stage / file.name)
        environment = os.environ | {"SOURCE_DATE_EPOCH": EARLIEST, "PYTHONPATH": ""}
        command = [sys.executable, "-c", BUILD, str(folder)]
        built = subprocess.run(
            command, cwd=stage, env=environment, capture_output=True, text=True, check=False
        )
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    if built.returncode:
        reason = (built.stderr.strip().splitlines() or ["setuptools says nothing"])[-1]
        raise EngineError(f"the engine cannot be made into a wheel: {reason}")
    return folder / built.stdout.split()[-1]


def _installed() -> Distribution:
    """Return the installed distribution whose command is the engine's."""
    for script in entry_points(group="console_scripts", name=NAME):
        if script.dist is not None:
            return script.dist
    raise EngineError(f"no installed package has the command {NAME}: make the environment first")


def _describe(distribution: Distribution) -> str:
    """Write the `pyproject.toml` of the engine, with strings and lists as in JSON."""
    metadata = distribution.metadata
    lines = [
        "[build-system]",
        'requires = ["setuptools>=80"]',
        'build-backend = "setuptools.build_meta"',
        "[project]",
        f'name = "{NAME}"',
        f'version = "{distribution.version}"',
        'description = "An engine for reports that argue from annotated corpora"',
        'license = "MIT"',
        f"requires-python = {json.dumps(metadata['Requires-Python'])}",
        f"dependencies = {json.dumps(distribution.requires or [])}",
    ]
    for point in distribution.entry_points:
        if point.value.split(".")[0] == NAME:
            lines.append(f"[project.entry-points.{json.dumps(point.group)}]")
            lines.append(f"{json.dumps(point.name)} = {json.dumps(point.value)}")
    lines += ["[tool.setuptools]", f'packages = {{ find = {{ include = ["{NAME}*"] }} }}']
    lines += ["[tool.setuptools.package-data]", f'{NAME} = ["**/*"]', ""]
    return "\n".join(lines)
