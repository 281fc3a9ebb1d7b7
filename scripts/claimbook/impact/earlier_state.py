"""An earlier state of tables and pages: a revision of git, or a folder."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claimbook.corpus.model import TABLES, Corpus, read_schema, read_table
from claimbook.corpus.schema import to_typed
from claimbook.errors import CorpusError
from claimbook.paths import project

HOW = "name a folder of tables with `--since FOLDER`"


class NoEarlierStateError(LookupError):
    """An error where there is no earlier state to compare with; the message says why."""


class UnknownStateError(NoEarlierStateError):
    """An error where the state that the user named is neither a revision nor a folder."""


@dataclass(frozen=True)
class EarlierState:
    """An earlier state of tables and pages.

    Attributes:
        name: What it is called.
        corpus: Its tables.
        root: The folder with its pages; None where only its tables are known.
    """

    name: str
    corpus: Corpus
    root: Path | None


@contextmanager
def earlier_state(now: Corpus, since: str = "") -> Iterator[EarlierState]:
    """Read an earlier state of the project, into a folder for as long as the block.

    Args:
        now: The present tables.
        since: A revision of git, or a folder: of a report, or of tables alone. Empty for the last
            commit if the tables have changed since, else for the last tag, else for the commit
            before the last that changed the tables.

    Raises:
        UnknownStateError: `since` names neither.
        NoEarlierStateError: Nothing is named, and git knows no state; or its tables cannot be
            read as tables of now.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = Path(since).resolve() if since else None
        if given is not None and (tables := _tables_in(given)) is not None:
            shutil.copytree(tables, folder / project().data.name, ignore=_private)
            has_pages = tables != given
            if has_pages:
                _copy_pages(given, folder)
            label = since
        else:
            revision = _revision(since)
            _unpack(revision, folder)
            has_pages, label = True, _describe(revision, since)
        shutil.copyfile(project().config, folder / project().config.name)
        corpus = _load(folder / project().data.name, label, now)
        yield EarlierState(label, corpus, folder if has_pages else None)


def _tables_in(folder: Path) -> Path | None:
    """Return where the tables are: in a report's folder, or the folder itself."""
    schema, data = project().datapackage.name, project().data.name
    places = [place for place in (folder / data, folder) if (place / schema).is_file()]
    return places[0] if places else None


def _private(folder: str, names: list[str]) -> set[str]:
    """Leave out what is no table or schema, above all the texts of the sources."""
    return {
        name
        for name in names
        if Path(name).suffix not in (".csv", ".json", ".geojson")
        and (name == project().own_texts.name or not Path(folder, name).is_dir())
    }


def _copy_pages(root: Path, folder: Path) -> None:
    """Copy the pages of a report into a folder."""
    for name in _page_places():
        place = root / name
        if place.is_dir():
            shutil.copytree(place, folder / name, ignore=shutil.ignore_patterns(".*", "_build"))
        elif place.is_file():
            shutil.copyfile(place, folder / name)


def _page_places() -> list[str]:
    """Return the names of the pages beside the chapters, and of their folder."""
    return ["index.md", "ledger.md", project().chapters.name]


def _load(folder: Path, label: str, now: Corpus) -> Corpus:
    """Load the tables of an earlier state, which may have had faults or fewer tables.

    Args:
        folder: The folder of its tables.
        label: What the state is called.
        now: The present tables, which stand in, without rows, for those that it has not.

    Raises:
        NoEarlierStateError: They cannot be read.
    """
    try:
        typed = {
            name: to_typed(table, read_table(table, folder).rows)
            for name, table in read_schema(folder).items()
        }
    except (CorpusError, LookupError, ValueError, TypeError) as error:
        why = str(error).partition("\n")[0]
        raise NoEarlierStateError(f"the tables of {label} cannot be read: {why}") from error
    further = {name: rows for name, rows in typed.items() if name not in TABLES}
    empty = {name: getattr(now, name).iloc[:0] for name in TABLES if name not in typed}
    return Corpus(
        **{name: typed[name] for name in TABLES if name in typed}, **empty, further=further
    )


def _git(*words: str) -> bytes | None:
    """Run git in the project's folder; return what it prints, or None where it fails."""
    try:
        ran = subprocess.run(["git", *words], cwd=project().root, capture_output=True, check=False)
    except OSError:
        return None
    return ran.stdout if ran.returncode == 0 else None


def _first_line(*words: str) -> str:
    """Run git, and return the first line that it prints; empty where it fails."""
    return (_git(*words) or b"").decode(errors="replace").partition("\n")[0].strip()


def _revision(since: str) -> str:
    """Find the commit to compare with.

    Raises:
        UnknownStateError: `since` is no revision.
        NoEarlierStateError: Nothing is named, and git knows no state with tables.
    """
    if since:
        if commit := _commit(since):
            return commit
        raise UnknownStateError(f"{since}: neither a folder of tables nor a revision of git")
    data = project().data.name
    schema = f"HEAD:./{data}/{project().datapackage.name}"
    if _git("cat-file", "-e", schema) is None:
        raise NoEarlierStateError(f"git has no earlier state of these tables: {HOW}")
    tables = f"{data}/*.csv"  # in folders below, too
    if _git("status", "--porcelain", "--", tables):
        return "HEAD"
    if tag := _first_line("describe", "--tags", "--abbrev=0"):
        return tag
    last = _first_line("log", "-1", "--format=%H", "--", tables)
    return _commit(f"{last}~1") or "HEAD"


def _commit(revision: str) -> str:
    """Return the hash of a commit; empty where there is no such revision."""
    return _first_line("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")


def _describe(revision: str, since: str) -> str:
    """Name a commit as the user did, with its short hash and day."""
    known = _first_line("log", "-1", "--format=%h of %cs", revision)
    name = since or (revision if revision != _commit(revision) else "")
    return f"{name} ({known})" if name else known


def _unpack(revision: str, folder: Path) -> None:
    """Write tables and pages of a revision into a folder.

    Raises:
        NoEarlierStateError: It has no tables, or cannot be read.
    """
    wanted = [project().data.name, *_page_places()]
    listed = (_git("ls-tree", "--name-only", revision, "--", *wanted) or b"").decode().split("\n")
    names = [name for name in wanted if name in listed]
    packed = _git("archive", "--format=tar", revision, "--", *names)
    if project().data.name not in names or packed is None:
        raise NoEarlierStateError(f"{revision} has no tables: {HOW}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
