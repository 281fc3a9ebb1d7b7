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
    pins: dict[str, tuple[int, int]] = {}
    for name, major, minor in PIN.findall(lock.read_text("utf-8")):
        numbers = int(major), int(minor)  # a lock may have one for each Python: the lowest counts
        pins[name.lower()] = min(numbers, pins.get(name.lower(), numbers))
    missing, older = [], []
    for name in NEEDED:
        try:
            installed = version(name)
        except PackageNotFoundError:
            missing.append(name)
            continue
        own = tuple(map(int, re.findall(r"\d+", installed)[:2]))
        if own < pins.get(name, own):
            made_with = ".".join(map(str, pins[name]))
            older.append(f"{name} {installed} is older than {made_with}, which made the book.")
    if missing:
        raise ImportError(
            f"This kernel lacks {', '.join(missing)}. Run this in a terminal, then restart the "
            f"kernel: python -m pip install -r {lock}"
        )
    return [*older, "Its cells may fail or show other results."] if older else []
