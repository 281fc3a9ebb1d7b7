"""Make a virtual environment run the packages of the folder in which it lies, also when copied.

`make` runs it with the environment's own Python after it has installed the package, and in a folder
to which the environment was copied or moved.
"""

import contextlib
import os
import re
import sys
import sysconfig
import venv
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
LINK = "claimbook.pth"
LONGEST_PATH = 120  # bytes
INTERPRETER = re.compile(
    rb"""\A#!(/bin/sh\n'''exec' "[^"]+" "\$0" "\$@"\n' '''|[^\n]*/python[0-9.]*)\n"""
)


def link_packages(site: Path) -> None:
    """Have an environment import this folder's packages by a relative path.

    A path that pip wrote names the folder in full, and so leads from a copy to the original.

    Args:
        site: The folder of the packages that are installed in the environment.
    """
    for written_by_pip in site.glob("__editable__.shortofwar-*.pth"):
        written_by_pip.unlink()
    (site / LINK).write_text(f"{os.path.relpath(SCRIPTS, site)}\n", "ascii")


def relocate(environment: Path) -> None:
    """Have the commands of an environment run its own Python.

    Args:
        environment: The folder of the environment.
    """
    commands = environment / "bin"
    if not commands.is_dir():  # on Windows commands find their Python by themselves
        return
    for file in commands.iterdir():
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            changed = INTERPRETER.sub(lambda _: _interpreter(commands / "python"), content, count=1)
            if changed != content:
                file.write_bytes(changed)
    builder = venv.EnvBuilder()
    context = builder.ensure_directories(str(environment))
    with contextlib.suppress(OSError):  # `activate` is for people: make does without
        builder.setup_scripts(context)


def _interpreter(python: Path) -> bytes:
    """Return the lines with which a command names its Python, as pip writes them."""
    path = os.fsencode(python)
    if b" " in path or len(path) > LONGEST_PATH:  # which the system does not take after #!
        return b"#!/bin/sh\n'''exec' \"%s\" \"$0\" \"$@\"\n' '''\n" % path
    return b"#!%s\n" % path


if __name__ == "__main__":
    link_packages(Path(sysconfig.get_path("purelib")))
    relocate(Path(sys.prefix))
