"""The report's own facts, read from `report.toml`; the engine knows none of them."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from claimbook.errors import CorpusError, Fault
from claimbook.leaflet_settings import Brief, Lesson
from claimbook.paths import project

HEX = r"^#[0-9a-f]{6}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class _Part(BaseModel):
    """A table of the settings file, which is immutable and refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Theme(_Part):
    """The name, colours and markers of a theme of the codebook.

    Attributes:
        id: Its value in the tables.
        label: Its name on pages and in figures.
        light: Its colour on light pages, as `#rrggbb`.
        dark: Its colour on dark pages, as `#rrggbb`.
        marker: Its marker in figures, as a code of matplotlib's.
        glyph: The same marker as a character.
        chapter: The file name, without suffix, of the chapter that argues from it; empty for none.
    """

    id: str = Field(pattern=SLUG)
    label: str
    light: str = Field(pattern=HEX)
    dark: str = Field(pattern=HEX)
    marker: str
    glyph: str
    chapter: str = ""


class Facts(_Part):
    """The bibliographic facts of the report: its title, names, version and authors.

    Attributes:
        name: Its title.
        slug: Its name in file names and identifiers.
        package: The Python package of the code that only this report needs; empty for none.
        version: Its version.
        authors: Its authors, separated by semicolons.
        subtitle: Its subtitle.
        address: The address of its site; empty where it has none.
        as_of: The day as of which it judges.
        released: The day on which its version was released; None where that is not known.
        slides: The names of the figures whose slides make up the deck, in order.
    """

    name: str
    slug: str = Field(pattern=SLUG)
    package: str = ""
    version: str
    authors: str
    subtitle: str = ""
    address: str = ""
    as_of: date
    released: date | None = None
    slides: list[str] = []


class Period(_Part):
    """The days that the report is about, and how its axes show them.

    Attributes:
        start: The first day of the axes of days.
        end: The last day of the axes.
        stretched_from: The first day of the stretched part of the axes; None where they are even.
        stretched_share: The share of an axis that the stretched days take, between 0 and 1.
    """

    start: date
    end: date
    stretched_from: date | None = None
    stretched_share: float = Field(default=0.5, gt=0, lt=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        """Check that `start`, `stretched_from` and `end` follow one another.

        Raises:
            ValueError: They do not.
        """
        if not self.start < (self.stretched_from or self.end) <= self.end:
            raise ValueError("start, stretched_from and end must follow one another")
        return self


class Geography(_Part):
    """The country that the report is about.

    Attributes:
        home: Its name in the file of outlines.
        neighbours: The countries to whose borders distances are measured, the most important first.
        capital: The id of the place whose distance from `home` a map shows; empty for none.
        frame: West, east, south and north of the map, in kilometres from its centre.
        centre: Longitude and latitude of the middle of the map, in degrees.
        parallels: The two standard parallels of its projection, in degrees.
    """

    home: str
    neighbours: list[str] = []
    capital: str = ""
    frame: tuple[float, float, float, float]
    centre: tuple[float, float]
    parallels: tuple[float, float]


class Landmark(_Part):
    """An event that is marked on the axes of days.

    Attributes:
        event: The id of the event.
        short: Its short label.
        label: Its full label.
    """

    event: str
    short: str
    label: str


class Phase(_Part):
    """A part of the time that the report is about.

    Attributes:
        label: Its name, in a few words.
        start: Its first day.
        end: Its last day.
    """

    label: str
    start: date
    end: date


class Attention(_Part):
    """A series of texts whose attention to the subject a figure shows day by day.

    Attributes:
        series: Its value in the table `sources`.
        text: A noun for one of its texts, such as "daily report of the agency".
        subject: What its passages in scope are about, such as "the straits".
        events: The events that moved its attention, by id, each with a short label.
    """

    series: str
    text: str
    subject: str
    events: dict[str, str] = {}


class Roles(_Part):
    """The values of the tables that have a special role in computations.

    Attributes:
        background: The id of the theme that the report does not argue about.
        background_phrase: The subject of that theme, worded for the middle of a sentence.
        forecast: The id of the theme of claims on how likely the outcome is.
        institution: The id of the actor whose share of the claims is computed; empty for none.
        institution_short: The short name of that actor in running text.
        institution_noun: A noun for that actor in the middle of a sentence, such as "the agency".
        weighed: The ids of the themes whose claims are all weighed between the explanations, like
            the claims that bear on an outcome.
        yardstick: The yardstick of `terms.csv` in whose words the report itself judges.
    """

    background: str
    background_phrase: str
    forecast: str
    institution: str = ""
    institution_short: str = ""
    institution_noun: str = ""
    weighed: list[str] = []
    yardstick: str = "none"


class Reduction(_Part):
    """A test that leaves out one kind of evidence, to see what conclusions rest on.

    A claim is left out if any of the following holds.

    Attributes:
        name: Its name in tables.
        through: The id of an actor; claims that pass through it are left out.
        side: A side of the actors; claims whose origin is an actor of that side and of one of
            `actor_kinds` are left out.
        actor_kinds: Kinds of actors; see `side`.
        source_kinds: Kinds of sources; claims from them are left out.
        languages: Languages of sources; claims from them are left out.
    """

    name: str
    through: str = ""
    side: str = ""
    actor_kinds: list[str] = []
    source_kinds: list[str] = []
    languages: list[str] = []


class Prose(_Part):
    """The settings of the checks on prose.

    Attributes:
        corpus_pages: The pages about the corpus and the method, by file name without suffix: there
            a paragraph may rest on a computed number or a cited work. Pages that are not listed are
            checked strictly.
        reference_pages: The pages that argue nothing: only the claims that they cite are checked.
        allowed_numbers: Phrases with digits that no table supports, each with the reason.
        formulae: Phrases of six words and more that a source has, too, each with the reason.
    """

    corpus_pages: list[str] = []
    reference_pages: list[str] = []
    allowed_numbers: dict[str, str] = {}
    formulae: dict[str, str] = {}


class Passages(_Part):
    """The names that select passages of long texts.

    A name is written as in the texts, with capitals. A star stands for any further letters.

    Attributes:
        names: The names that select a passage.
        except_in: Phrases in which a name does not count, such as a treaty named after a city.
    """

    names: list[str] = Field(min_length=1)
    except_in: list[str] = []


class Intake(_Part):
    """What is known beforehand of sources that are added, by the name of their file.

    Attributes:
        files: A pattern of file names, with `*` for any characters.
        values: Cells of their rows, by column of the table `sources`.
    """

    files: str
    values: dict[str, str]


class Settings(_Part):
    """All settings of a report, as read from `report.toml`.

    Attributes:
        report: Its bibliographic facts.
        period: The days that it is about.
        geography: The country that it is about; None for no map.
        roles: The values of the tables with a special role.
        outcomes: The values of the column `on`, each worded for the middle of a sentence.
        series: The names of series of sources for readers, by their value in the tables.
        landmarks: The events marked on the axes of days.
        phases: The parts of the time that the report is about, in order of time.
        attention: The series whose attention to the subject is shown; None for none.
        reductions: The tests that leave out one kind of evidence.
        passages: The words that select passages of long texts; None where all are coded whole.
        intake: What is known beforehand of sources that are added.
        brief: What the brief of two pages shows; None for no brief.
        lesson: The page that is printed as a lesson; None for no lesson.
        prose: The settings of the checks on prose.
        themes: The themes of the codebook.
    """

    report: Facts
    period: Period
    geography: Geography | None = None
    roles: Roles
    outcomes: dict[str, str]
    series: dict[str, str] = {}
    landmarks: list[Landmark] = []
    phases: list[Phase] = []
    attention: Attention | None = None
    reductions: list[Reduction] = []
    passages: Passages | None = None
    intake: list[Intake] = []
    brief: Brief | None = None
    lesson: Lesson | None = None
    prose: Prose = Prose()
    themes: list[Theme] = Field(min_length=1)

    @model_validator(mode="after")
    def _roles_are_themes(self) -> "Settings":
        """Check that the roles that name themes have ids of themes.

        Raises:
            ValueError: One of them is not.
        """
        for role in ("background", "forecast"):
            if getattr(self.roles, role) not in self.theme:
                raise ValueError(f"roles.{role} must be the id of a theme")
        for theme in self.roles.weighed:
            if theme not in self.theme:
                raise ValueError(f"roles.weighed: {theme} must be the id of a theme")
        return self

    def __hash__(self) -> int:
        """Hash by identity, so that settings can be the key of a cache."""
        return id(self)

    @cached_property
    def theme(self) -> dict[str, Theme]:
        """The themes by theme id, in the order of the settings file."""
        return {theme.id: theme for theme in self.themes}

    @cached_property
    def argued(self) -> list[str]:
        """The ids of all themes except that of the background, in the settings' order."""
        return [name for name in self.theme if name != self.roles.background]

    @cached_property
    def theme_of_chapter(self) -> dict[str, str]:
        """The id of the theme that each chapter argues from, by the chapter's file name.

        File names have no suffix. Chapters without a theme are omitted.
        """
        return {theme.chapter: theme.id for theme in self.themes if theme.chapter}

    @property
    def as_of(self) -> pd.Timestamp:
        """The day as of which the report judges."""
        return pd.Timestamp(self.report.as_of)


def load_settings(file: Path) -> Settings:
    """Read and check a settings file.

    Raises:
        CorpusError: The file cannot be read, or some of its values are not allowed. The error has
            every fault.
    """
    try:
        return Settings.model_validate(tomllib.loads(file.read_bytes().decode("utf-8")))
    except OSError as error:
        faults = [Fault(file.name, "", "", error.strerror or error, "a file that can be read")]
    except UnicodeDecodeError as error:
        faults = [Fault(file.name, "", "", f"byte {error.start}", "UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        faults = [Fault(file.name, "", "", str(error), "TOML")]
    except ValidationError as error:
        faults = [
            Fault(file.name, _place(problem["loc"]), "", problem["input"], problem["msg"])
            for problem in error.errors()
        ]
    raise CorpusError(faults)


def _place(keys: Sequence[int | str]) -> str:
    """Write the path of a value in a settings file, such as `themes.2.label`.

    Entries of lists are counted from one.
    """
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in keys)


@lru_cache(maxsize=8)
def _at(file: Path, _written: int) -> Settings:
    return load_settings(file)


def settings() -> Settings:
    """Return the settings of the current project.

    They are cached, and read again when the file has changed.

    Raises:
        ProjectNotFoundError: There is no current project (see `paths.project`).
        CorpusError: The file cannot be read or has faults.
    """
    file = project().settings
    return _at(file, file.stat().st_mtime_ns)
