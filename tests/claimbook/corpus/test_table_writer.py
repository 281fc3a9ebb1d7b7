"""Tables are written in the repository's form, several at once or none, also by killed commands."""

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from claimbook.corpus.atomic_files import CHANGES, replace_files, settled
from claimbook.corpus.model import load, read_tables
from claimbook.corpus.table_writer import write_tables
from claimbook.errors import CorpusError
from claimbook.paths import project

pytestmark = pytest.mark.whole  # seconds, together

KILLS = 40


def write_on_and_on(folder: Path, generation: int) -> None:
    """Change two tables, make a file and delete one, over and over, all to one generation."""
    while True:
        generation += 1
        content = f"{generation}\n".encode() * 20_000
        odd = generation % 2
        files = {
            "one.csv": content,
            "parts/two.csv": content,
            "odd.csv": content if odd else None,
            "even.csv": None if odd else content,
        }
        replace_files(files, folder)


@contextmanager
def writer(folder: Path, generation: int) -> Iterator[Callable[[], None]]:
    """A process that changes the tables of a folder once told to, and is killed at the end.

    It is forked, as one that starts anew would first spend a second on imports; and before the
    block, so that it inherits no lock that is taken there.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.read(told, 1)
            write_on_and_on(folder, generation)
        finally:
            os._exit(1)
    try:
        yield lambda: os.write(tell, b"go") and None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(told)
        os.close(tell)


def generation_of(file: Path) -> int:
    """The number that every line of a file has."""
    numbers = set(file.read_text("utf-8").splitlines())
    assert len(numbers) == 1, f"{file.name} is half written"
    return int(numbers.pop())


def test_a_killed_command_leaves_all_files_old_or_all_new(tmp_path):
    draw, generation, unfinished = random.Random(2031), 0, 0
    replace_files(dict.fromkeys(["one.csv", "parts/two.csv", "even.csv"], b"0\n"), tmp_path)
    for _ in range(KILLS):
        with writer(tmp_path, generation) as begin:
            begin()
            time.sleep(draw.uniform(0, 0.05))
        unfinished += (tmp_path / CHANGES).exists()
        with settled(tmp_path):
            now = generation_of(tmp_path / "one.csv")
            assert generation_of(tmp_path / "parts/two.csv") == now >= generation
            standing, gone = ("odd.csv", "even.csv") if now % 2 else ("even.csv", "odd.csv")
            assert generation_of(tmp_path / standing) == now
            assert not (tmp_path / gone).exists()
        assert not (tmp_path / CHANGES).exists()
        generation = now
    assert generation > 0
    assert unfinished > 0, "no kill came in the middle of a change"


def test_a_change_waits_until_those_who_read_have_ended(tmp_path):
    replace_files(dict.fromkeys(["one.csv", "parts/two.csv", "even.csv"], b"0\n"), tmp_path)
    with writer(tmp_path, 0) as begin:
        with settled(tmp_path):
            begin()
            time.sleep(0.2)
            assert generation_of(tmp_path / "one.csv") == 0
        until = time.monotonic() + 10
        while not changed(tmp_path) and time.monotonic() < until:
            time.sleep(0.5)  # leaves the writer time between two looks
    assert changed(tmp_path)


def changed(folder: Path) -> bool:
    """Whether the tables of a folder are no longer those of the generation 0."""
    with settled(folder):
        return generation_of(folder / "one.csv") > 0


def test_a_change_that_cannot_be_finished_is_named(made_up_copy):
    (project().data / CHANGES).write_text("no folder, so that not even root can delete it")
    with pytest.raises(CorpusError, match="writable"):
        read_tables()


def test_what_a_command_wrote_before_it_was_killed_holds_when_tables_are_loaded(made_up_copy):
    data = project().data
    before, staged = (data / "places.csv").read_bytes(), data / CHANGES
    staged.mkdir()
    (staged / "0").write_bytes(before.replace(b"Havn", b"Hamn"))
    assert "Havn" in set(load().places["name"])  # without the journal the old file holds
    assert not staged.exists()
    staged.mkdir()
    (staged / "0").write_bytes(before.replace(b"Havn", b"Hamn"))
    (staged / "journal.json").write_text(json.dumps([["places.csv", "0"]]))
    assert "Hamn" in set(load().places["name"])
    assert not staged.exists()


def test_a_file_that_cannot_be_written_changes_no_other(made_up_copy):
    data = project().data
    before = {file: file.read_bytes() for file in data.rglob("*.csv")}
    (data / "a-folder.csv").mkdir()
    with pytest.raises(OSError, match="a-folder"):
        replace_files({"places.csv": b"new", "a-folder.csv": b"new"}, data)
    assert {file: file.read_bytes() for file in before} == before
    assert not (data / CHANGES).exists()
    with pytest.raises(ValueError, match="not in"):
        replace_files({"../outside.csv": b""}, data)


def raw(name: str) -> pd.DataFrame:
    return read_tables().raw[name]


def test_tables_are_written_in_the_form_of_the_repository(made_up_copy):
    files = [project().data / name for name in ("claims.csv", "relations.csv", "coding/one.csv")]
    before = {file: file.read_bytes() for file in files}
    one = raw("passes").loc[lambda rows: rows["coder"] == "one"]
    shuffled = {"claims": raw("claims"), "relations": raw("relations"), "coding/one.csv": one}
    shuffled = {name: rows.iloc[::-1, ::-1] for name, rows in shuffled.items()}
    for file in files:
        file.write_text("", "utf-8")
    assert write_tables(shuffled) == files
    assert {file: file.read_bytes() for file in files} == before
    assert write_tables(shuffled) == []  # they had this content already


def test_rows_that_do_not_fit_their_table_are_not_written(made_up_copy):
    before = {file: file.read_bytes() for file in project().data.rglob("*.csv")}
    for tables, error in (
        ({"claims": raw("claims"), "places": raw("places").drop(columns="name")}, ValueError),
        ({"claims": raw("claims"), "places": raw("places").replace("Havn", None)}, ValueError),
        ({"passes": raw("passes")}, KeyError),
        ({"no-such-table": raw("claims")}, KeyError),
    ):
        with pytest.raises(error):
            write_tables(tables)
    assert {file: file.read_bytes() for file in project().data.rglob("*.csv")} == before


def test_a_schema_that_is_written_with_a_table_says_what_the_table_holds(made_up_copy):
    package = json.loads(project().datapackage.read_text("utf-8"))
    [passes] = [table for table in package["resources"] if table["name"] == "passes"]
    passes["path"].append("coding/three.csv")
    rows = raw("passes").loc[lambda rows: rows["coder"] == "one"].assign(coder="three")
    schema = json.dumps(package).encode()
    coders = pd.concat([raw("coders"), raw("coders").iloc[:1].assign(coder="three")])
    tables = {"coding/three.csv": rows, "coders": coders}
    write_tables(tables, others={"datapackage.json": schema})
    assert len(load().passes.loc["three"]) == len(rows)
