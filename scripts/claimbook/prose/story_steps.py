"""The check on the steps of stories: they set off what the tables have and their claims name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from claimbook.corpus.model import Corpus
from claimbook.errors import Fault
from claimbook.figures.place_layout import MapGround
from claimbook.figures.scenes import DIRECTIVE, read_scene
from claimbook.paths import project
from claimbook.prose.parser import claim_id, prose_files

FENCE = re.compile(r"(`{3,}|:{3,})\s*(?:\{([\w:-]+)\})?")
OPTION = re.compile(r":(\w+):\s*(.*)")
CITATION = re.compile(r"\{claim\}`([^`]+)`")


@dataclass
class _Section:
    """The lines between two headings of a page.

    Attributes:
        steps: The line and the options of each step in it.
        cited: The ids of the claims that it cites.
    """

    steps: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)


def check_stories(corpus: Corpus, root: Path | None = None) -> Iterator[Fault]:
    """Yield the faults of the steps of all stories, each with its file and line.

    Args:
        corpus: The corpus.
        root: The folder of the project; that of the current project by default.
    """
    root = root or project().root
    for path in prose_files(root):
        text = path.read_text("utf-8")
        if f"{{{DIRECTIVE}}}" in text:
            yield from _check_page(text, path.relative_to(root).as_posix(), corpus)


def _check_page(text: str, file: str, corpus: Corpus) -> Iterator[Fault]:
    """Yield the faults of the steps of a page."""
    sections = [section for section in _sections(text) if section.steps]
    if not sections:
        return
    try:
        ground = MapGround.load()
    except ValueError as error:
        yield Fault(f"{file}:{sections[0].steps[0][0]}", "", "", DIRECTIVE, str(error))
        return
    for section in sections:
        cited = [claim for claim in section.cited if claim in corpus.claims.index]
        for line, options in section.steps:
            yield from read_scene(options, cited, corpus, ground, f"{file}:{line}")[1]


def _sections(text: str) -> Iterator[_Section]:
    """Yield the sections of a page; headings within code count for none."""
    section, fence, options = _Section(), "", dict[str, str]()
    for number, line in enumerate(text.split("\n"), start=1):
        opening = FENCE.match(line)
        if fence:
            if line.strip() == fence:
                fence = ""
            elif option := OPTION.fullmatch(line):
                options[option[1]] = option[2]
        elif opening and (opening[1].startswith("`") or opening[2] == DIRECTIVE):
            fence, options = opening[1], {}
            if opening[2] == DIRECTIVE:
                section.steps.append((number, options))
        elif line.startswith("#"):
            yield section
            section = _Section()
        section.cited += [claim_id(one) for ids in CITATION.findall(line) for one in ids.split(",")]
    yield section
