"""Paths of a report's files: the folder with `report.toml`, and everything below it.

Other modules take paths from `project()` and join no names of shared files or folders themselves.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ENGINE = Path(__file__).resolve().parent  # the folder of the engine
SETTINGS = "report.toml"
LOCK = ".lock"  # the file in a folder by which processes lock it
BUILT_PAGE = "CLAIMBOOK_PAGE"  # set for kernels that run the cells of a page of the book
VARIABLE = (
    "CLAIMBOOK_PROJECT"  # names the folder of the report, where the current folder is not in it
)
EVIDENCE = "evidence"  # the name in file names of the volume that is looked up
BRIEF = "brief"  # and of the two pages that sum the report up
LESSON = "lesson"  # and of the pages to print for a class

_default: Path | None = None


class ProjectNotFoundError(LookupError):
    """An error where no folder has a `report.toml`.

    The message names the folders that were searched.
    """


@dataclass(frozen=True)
class Project:
    """The folder of one report, and the paths of its files.

    Attributes:
        root: The folder that holds `report.toml`.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The file of the report's settings."""
        return self.root / SETTINGS

    @property
    def data(self) -> Path:
        """The folder of the data tables and their schema."""
        return self.root / "data"

    @property
    def datapackage(self) -> Path:
        """The file with the schema of the tables."""
        return self.data / "datapackage.json"

    @property
    def outlines(self) -> Path:
        """The file with the outlines of countries for maps."""
        return self.data / "outlines.geojson"

    @property
    def rivers(self) -> Path:
        """The file with the rivers of maps, which a report need not have."""
        return self.data / "rivers.geojson"

    @property
    def airports(self) -> Path:
        """The file with the airports of maps, which a report need not have."""
        return self.data / "airports.geojson"

    @property
    def bench(self) -> Path:
        """The file with the measurements of the last benchmark."""
        return self.data / "bench.json"

    @property
    def chapters(self) -> Path:
        """The folder of the source files of the book's chapters."""
        return self.root / "chapters"

    @property
    def codebook(self) -> Path:
        """The source file of the chapter on how texts are coded."""
        return self.chapters / "codebook.md"

    @property
    def changelog(self) -> Path:
        """The list of versions, and of what each changed."""
        return self.root / "CHANGELOG.md"

    @property
    def licence(self) -> Path:
        """The file with the licence of code, text and data."""
        return self.root / "LICENSE"

    @property
    def scripts(self) -> Path:
        """The folder of the Python packages."""
        return self.root / "scripts"

    @property
    def config(self) -> Path:
        """The file with the configuration of Jupyter Book."""
        return self.root / "_config.yml"

    @property
    def contents(self) -> Path:
        """The file with the table of contents of the book."""
        return self.root / "_toc.yml"

    @property
    def lock(self) -> Path:
        """The file with the locked versions of all Python dependencies."""
        return self.root / "requirements.txt"

    @property
    def build(self) -> Path:
        """The folder of everything that is built, published or not."""
        return self.root / "_build"

    @property
    def work(self) -> Path:
        """The folder in which a build works before it publishes."""
        return self.build / ".work"

    @property
    def watched(self) -> Path:
        """The folder in which `claimbook watch` works; no build publishes from it."""
        return self.build / ".watch"

    @property
    def html(self) -> Path:
        """The folder of the published HTML pages."""
        return self.build / "html"

    @cached_property
    def slug(self) -> str:
        """The report's name in file names; `report` where the settings name none."""
        import tomllib  # a build with nothing to do needs no settings

        try:
            slug = tomllib.loads(self.settings.read_text("utf-8"))["report"]["slug"]
        except (OSError, ValueError, KeyError, TypeError):
            return "report"  # `load_settings` reports faults of the file
        return slug if isinstance(slug, str) and slug else "report"

    def offered(self, form: str) -> Path:
        """Return the folder of another form that the published pages offer for download.

        Args:
            form: The form: `pdf` or `epub`.
        """
        return self.html / form

    @property
    def pdf(self) -> Path:
        """The folder of the published PDFs."""
        return self.build / "pdf"

    def pdf_name(self, volume: str = "") -> str:
        """Return the file name of a PDF.

        Args:
            volume: The name of the volume in file names; empty for the report.
        """
        return f"{self.slug}-{volume}.pdf" if volume else f"{self.slug}.pdf"

    @property
    def epub(self) -> Path:
        """The folder of the published EPUB."""
        return self.build / "epub"

    @property
    def epub_name(self) -> str:
        """The file name of the EPUB."""
        return f"{self.slug}.epub"

    @property
    def sheets(self) -> Path:
        """The folder of the sheets that coders fill in.

        No build deletes or publishes it: the sheets are a person's work, and hold sentences of the
        sources.
        """
        return self.root / "coding"

    @property
    def drafts(self) -> Path:
        """The folder of the rows of sheets that are not ready to be added."""
        return self.sheets / "drafts"

    @property
    def exported(self) -> Path:
        """The folder of annotations for other programs, which hold the texts themselves."""
        return self.sheets / "exported"

    @property
    def mapping(self) -> Path:
        """The file of what other programs call columns and values."""
        return self.sheets / "mapping.toml"

    @property
    def word_runs(self) -> Path:
        """The folder of hashes of the texts' runs of words, kept between commands."""
        return self.build / ".word-runs"

    @property
    def passed_checks(self) -> Path:
        """The file of digests of what has passed the checks against the texts."""
        return self.build / ".passed-checks"

    @property
    def reader(self) -> Path:
        """The folder of the private pages that show the sources' texts."""
        return self.build / "reader"

    @property
    def own_texts(self) -> Path:
        """The folder, in that of the tables, to which the texts of new sources are copied."""
        return self.data / "texts"

    def texts(self) -> list[Path]:
        """Return the folders that hold the reader's own copies of the sources.

        Returns:
            The folders that the variable `CORPUS_TEXTS` lists, separated as in `PATH`; where it is
            not set, `data/texts/`. Folders that do not exist are omitted.
        """
        named = os.environ.get("CORPUS_TEXTS")
        folders = [Path(name) for name in named.split(os.pathsep)] if named else [self.own_texts]
        return [folder for folder in folders if folder.is_dir()]


def set_default(root: Path) -> None:
    """Set the folder that `project` falls back to where it finds no other.

    Args:
        root: The folder of the project.
    """
    global _default
    _default = root


def is_built_page() -> bool:
    """Check whether this process runs the cells of a page of the book."""
    return bool(os.environ.get(BUILT_PAGE))


def _candidates() -> Iterator[Path]:
    """Yield the folders in which to look for `report.toml`, in order.

    If the variable `CLAIMBOOK_PROJECT` is set, its folder is the only one.
    """
    if named := os.environ.get(VARIABLE):
        yield Path(named).resolve()
        return
    here = Path.cwd()
    yield from (here, *here.parents)
    if _default is not None:
        yield _default


def project() -> Project:
    """Return the current project.

    It is in the folder that the variable `CLAIMBOOK_PROJECT` names. If that is not set, it is in
    the current folder or the nearest one above it, or else in the folder that `set_default` was
    given.

    Raises:
        ProjectNotFoundError: No such folder has a `report.toml`.
    """
    for folder in _candidates():
        if (folder / SETTINGS).is_file():
            return Project(folder)
    looked = os.environ.get(VARIABLE) or f"{Path.cwd()} and the folders above it"
    raise ProjectNotFoundError(f"no {SETTINGS} in {looked}: run this within a report's folder")
