"""Changes of a report's files, by what the watched book must do about them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from watchfiles import awatch

from claimbook.digests import GENERATED_FOLDERS
from claimbook.paths import ENGINE, project

PAGE_SUFFIX = ".md"
FRONT_PAGES = ("index.md", "ledger.md")
SHARED_SUFFIXES = (".yml", ".bib")  # of files beside the pages, on which all of them may depend
# Milliseconds: the longest wait for more changes, and the pause that ends it.
DEBOUNCE, STEP = 400, 20


@dataclass(frozen=True)
class Changes:
    """Files that were saved, added or deleted.

    Attributes:
        pages: The pages, and the pictures beside them: what was loaded is still right.
        shared: What all pages may depend on: tables, settings, code.
        own: Code of this command itself, or the list of packages, which only a new start takes.
    """

    pages: list[Path]
    shared: list[Path]
    own: list[Path]

    @classmethod
    def of(cls, files: Iterable[Path]) -> "Changes":
        """Sort changed files; those that no page depends on are left out."""
        at = project()
        pages: list[Path] = []
        shared: list[Path] = []
        own: list[Path] = []
        for file in sorted(files):
            if _is_ignored(file):
                continue
            if file == at.lock or any(ENGINE / room in file.parents for room in ("watch", "cli")):
                own.append(file)
            elif at.chapters in file.parents or file in [at.root / name for name in FRONT_PAGES]:
                # without a page that there was, what was loaded is wrong
                (pages if file.exists() or file.suffix != PAGE_SUFFIX else shared).append(file)
            elif (
                file == at.settings
                or (file.parent == at.root and file.suffix in SHARED_SUFFIXES)
                or (at.data in file.parents and at.own_texts not in file.parents)
                or at.scripts in file.parents
                or ENGINE in file.parents
            ):
                shared.append(file)
        return cls(pages, shared, own)

    def __add__(self, later: "Changes") -> "Changes":
        """Join changes with later ones."""
        return Changes(self.pages + later.pages, self.shared + later.shared, self.own + later.own)

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.pages or self.shared or self.own)


def _is_ignored(file: Path) -> bool:
    """Check whether a file is made by a program, such as an editor's draft of it."""
    base = project().root if project().root in file.parents else ENGINE
    parts = file.relative_to(base).parts if base in file.parents else file.parts
    generated = any(part.startswith(".") or part in GENERATED_FOLDERS for part in parts)
    return generated or file.name.endswith(("~", ".tmp", ".swp"))


async def collect_changes(found: "asyncio.Queue[Changes]") -> None:
    """Put every change of the report's files into a queue, until this is cancelled.

    Args:
        found: The queue.
    """
    at = project()
    folders = [folder for folder in (at.chapters, at.data, at.scripts) if folder.is_dir()]
    if at.root.resolve() not in ENGINE.parents:
        folders.append(ENGINE)

    async def collect(*places: Path, recursive: bool) -> None:
        async for seen in awatch(
            *places, watch_filter=None, debounce=DEBOUNCE, step=STEP, recursive=recursive
        ):
            if changes := Changes.of(Path(file) for _, file in seen):
                found.put_nowait(changes)

    await asyncio.gather(collect(at.root, recursive=False), collect(*folders, recursive=True))
