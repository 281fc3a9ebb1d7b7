"""The made-up report, on which all tests of the engine run: small, and on another subject."""

from pathlib import Path

import pytest
from claimbook.corpus.model import Corpus, load
from claimbook.texts.source_texts import SourceText, find_texts
from support.made_up_report import VARIABLE, lay_out, run_python

HERE = Path(__file__).resolve().parent


def _shared_folder(config: pytest.Config) -> Path:
    """The made-up report of this run, one for all its processes."""
    base = config._tmp_path_factory.getbasetemp()  # a hook is given no fixtures
    return (base.parent if hasattr(config, "workerinput") else base) / "made-up"


def _use(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make a report the one at work, for this process and those that it starts."""
    patch.setenv(VARIABLE, str(folder))
    patch.setenv("CORPUS_TEXTS", str(folder / "data" / "texts"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Run the tests of the engine on the made-up report, with all their fixtures, and no others."""
    if HERE not in item.path.parents:
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        _use(patch, lay_out(_shared_folder(item.config)))
        return (yield)


@pytest.fixture(scope="session")
def made_up(pytestconfig: pytest.Config) -> Path:
    """The folder of the made-up report, which tests must leave as it is."""
    return lay_out(_shared_folder(pytestconfig))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The made-up corpus."""
    return load()


@pytest.fixture(scope="session")
def at_hand(corpus: Corpus) -> dict[str, SourceText]:
    """The made-up texts."""
    return find_texts(corpus.sources)


@pytest.fixture
def made_up_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the made-up report, to be damaged; it is the report at work."""
    folder = lay_out(tmp_path / "made-up")
    _use(monkeypatch, folder)
    return folder


@pytest.fixture
def project_copy(made_up_copy: Path) -> Path:
    """As `made_up_copy`: the report at work, to be damaged."""
    return made_up_copy


@pytest.fixture(scope="session")
def made_up_book(made_up: Path) -> Path:
    """The made-up report, built by its own command as HTML and PDF: the folder that holds both.

    Several processes of a run build in the same folder: the command itself has the others wait,
    and then find nothing to do.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)  # which some module sets for its tests
        ran = run_python(made_up, "-m", "claimbook", "build")
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return made_up / "_build"
