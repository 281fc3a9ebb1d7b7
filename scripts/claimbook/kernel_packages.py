"""Whether a notebook's kernel has the packages with which the book was made.

The first cell of a downloaded notebook asks; so this module needs nothing but Python itself.
"""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# The packages that the cells of pages import, by whatever way.
NEEDED = (
    "anywidget",
    "babel",
    "ftfy",
    "ipywidgets",
    "jinja2",
    "krippendorff",
    "matplotlib",
    "numpy",
    "pandas",
    "pydantic",
    "rapidfuzz",
)
PIN = re.compile(r"^([\w-]+)==(\d+)\.(\d+)", re.MULTILINE)


def check_packages(lock: Path) -> list[str]:
    """Hold the packages of this kernel against those of the lock file.

    Args:
        lock: The file `requirements.txt` of the archive.

    Returns:
        A sentence on each package that is older, by its first two numbers, than the book's.

    Raises:
        ImportError: Packages are missing; the message says how to install them.
    """
    pins = {name.lower(): (int(major), int(minor)) for name, major, minor in _pins(lock)}
    missing, older = [], []
    for name in NEEDED:
        try:
            installed = version(name)
        except PackageNotFoundError:
            missing.append(name)
            continue
        numbers = tuple(map(int, re.findall(r"\d+", installed)[:2]))
        if numbers < pins.get(name, numbers):
            made_with = ".".join(map(str, pins[name]))
            older.append(f"{name} {installed} is older than {made_with}, which made the book.")
    if missing:
        raise ImportError(
            f"This kernel lacks {', '.join(missing)}. Run this in a terminal, then restart the "
            f"kernel: python -m pip install -r {lock}"
        )
    return [*older, "Its cells may fail or show other results."] if older else []


def _pins(lock: Path) -> list[tuple[str, str, str]]:
    """Return the names and the first two numbers of the pinned versions, lowest first."""
    found: list[tuple[str, str, str]] = PIN.findall(lock.read_text("utf-8"))
    return sorted(found, key=lambda pin: (int(pin[1]), int(pin[2])), reverse=True)
