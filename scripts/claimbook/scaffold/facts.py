"""The facts of a new report, and what is wrong with them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from claimbook.errors import Fault
from claimbook.scaffold.palette import BACKGROUND, LOOKS, Look
from claimbook.settings import SLUG
from claimbook.texts.intake.outlets import make_slug

FORECAST_ID, FORECAST_LABEL = "forecast", "Forecasts"
BACKGROUND_ID, BACKGROUND_LABEL = "background", "Background"
PAGES = {  # of every report: a theme has a page of its own
    *("bring-the-text", "codebook", "corpus", "data", "explorer", "method", "people", "references"),
}
MOST_THEMES = len(LOOKS)  # besides that of the background


@dataclass(frozen=True)
class Named:
    """What has an id in the tables and a label for readers.

    Attributes:
        id: The id.
        label: The label.
    """

    id: str
    label: str

    @classmethod
    def parse(cls, text: str) -> "Named":
        """Read `ID=LABEL`; from a label alone its id is made."""
        given, separator, label = text.partition("=")
        if separator and re.fullmatch(SLUG, given.strip()):
            return cls(given.strip(), label.strip())
        return cls(make_slug(text), text.strip())


@dataclass(frozen=True)
class ThemeFacts:
    """A theme of a new report.

    Attributes:
        id: Its id in the tables, which is also the name of its page.
        label: Its name on pages and in figures.
        meaning: What it covers, for coders.
        look: Its colours and markers.
    """

    id: str
    label: str
    meaning: str
    look: Look


@dataclass(frozen=True)
class ReportFacts:
    """What is asked of a new report.

    Attributes:
        name: Its name in file names.
        title: Its title.
        subtitle: Its subtitle; empty for none.
        authors: Its authors.
        start: The first day that it is about.
        end: The last one.
        as_of: The day up to which it judges.
        home: The place that it is about; empty for none.
        outcome: What claims may bear on, worded for the middle of a sentence.
        argued: The themes that it argues about.
    """

    name: str
    title: str
    subtitle: str
    authors: Sequence[str]
    start: date
    end: date
    as_of: date
    home: str
    outcome: Named
    argued: Sequence[Named]

    @property
    def package(self) -> str:
        """The name of the Python package of what only this report needs."""
        name = self.name.replace("-", "_")
        return f"report_{name}" if name[0].isdigit() or name == "claimbook" else name

    @property
    def themes(self) -> list[ThemeFacts]:
        """All themes with their looks: those argued about, the forecasts, the background."""
        named = list(self.argued)
        if not any(theme.id == FORECAST_ID for theme in named):
            named.append(Named(FORECAST_ID, FORECAST_LABEL))
        named = [theme for theme in named if theme.id != BACKGROUND_ID]
        themes = [
            ThemeFacts(theme.id, theme.label, _meaning(theme, self.outcome.label), look)
            for theme, look in zip(named, LOOKS, strict=False)
        ]
        given = [theme.label for theme in self.argued if theme.id == BACKGROUND_ID]
        label = given[0] if given else BACKGROUND_LABEL
        meaning = "what the report does not argue about, such as what happened before."
        return [*themes, ThemeFacts(BACKGROUND_ID, label, meaning, BACKGROUND)]


def _meaning(theme: Named, outcome: str) -> str:
    """Say in a line for coders what a theme covers, to be sharpened by them."""
    if theme.id == FORECAST_ID:
        return f"how likely {outcome} is, and what would change that."
    return f"what a claim says on {theme.label}. Say here what belongs to it, and what does not."


def find_faults(facts: ReportFacts) -> list[Fault]:
    """Find what is wrong with the facts of a new report, each by its flag."""
    return [Fault(f"--{flag}", "", "", value, allowed) for flag, value, allowed in _faults(facts)]


def _faults(facts: ReportFacts) -> Iterator[tuple[str, object, str]]:
    """Yield the flag of each wrong fact, its value, and what is allowed."""
    if not re.fullmatch(SLUG, facts.name):
        yield "name", facts.name, "small letters, digits and hyphens, such as harbour-question"
    one_line: dict[str, Sequence[str]] = {
        "title": [facts.title],
        "subtitle": [facts.subtitle],
        "author": facts.authors,
        "home": [facts.home],
        "outcome": [facts.outcome.label],
        "theme": [theme.label for theme in facts.argued],
    }
    for flag, texts in one_line.items():
        for text in texts:
            if not text.isprintable():
                yield flag, text, "one line of characters that can be seen"
            elif not text.strip() and flag not in ("subtitle", "home"):
                yield flag, text, "a few words"
    if not facts.start < facts.end:
        yield "to", facts.end, f"a day after --from, {facts.start}"
    if facts.as_of < facts.start:
        yield "as-of", facts.as_of, f"a day not before --from, {facts.start}"
    if facts.outcome.label.strip() and not facts.outcome.id:
        yield "outcome", facts.outcome.label, "ID=WORDS, with an id in small letters and digits"
    yield from _theme_faults(facts)


def _theme_faults(facts: ReportFacts) -> Iterator[tuple[str, object, str]]:
    """Yield what is wrong with the themes."""
    ids = [theme.id for theme in facts.argued]
    for theme in facts.argued:
        if theme.label.strip() and not theme.id:
            yield "theme", theme.label, "ID=LABEL, with an id in small letters and digits"
        elif ids.count(theme.id) > 1:
            yield "theme", theme.id, "each theme once"
        elif theme.id in PAGES:
            yield "theme", theme.id, "an id that is no page of every report: ID=LABEL names another"
    argued = [name for name in ids if name != BACKGROUND_ID]
    if not [name for name in argued if name != FORECAST_ID]:
        yield "theme", "", "at least one theme that the report argues about"
    most = MOST_THEMES - (FORECAST_ID not in argued)
    if len(argued) > most:
        allowed = f"at most {most} themes: more cannot be told apart by their colours"
        yield "theme", f"{len(argued)} themes", allowed
