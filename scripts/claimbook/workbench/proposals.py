"""What is proposed for a passage that was marked: who, when, theme, term and places."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd
from snowballstemmer import stemmer

from claimbook.language.words import count_noun, join_words
from claimbook.texts.anchors import split_words
from claimbook.texts.sheets.chains import begin_with_outlet
from claimbook.workbench.attributions import BOUNDARY, Attributions
from claimbook.workbench.dated_words import NONE, find_named_days
from claimbook.workbench.speakers import NameFinder, find_quotations, sentence_around

Raw = dict[str, pd.DataFrame]  # the rows of each table as text cells, named by their position
WIDE_KINDS = ("country", "region")  # places that a narrower one in the same words makes needless
LEAST_MARGIN = 1.0  # by which a theme's score must pass the next, as a natural logarithm
LEAST_WORDS = 2  # words that other claims of the theme have, too
TENSES = frozenset(("will", "would", "can", "be", "have", "to"))  # words that only tell time
MONTH = "May"  # unless it begins a sentence
SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?…\n]\s*|[“\"«(])\Z")
LETTERS = 3  # below which a word says nothing of a theme


class Proposal(NamedTuple):
    """A value that is proposed for a column, and not taken yet.

    Attributes:
        column: The column.
        value: The value, as a cell has it; empty where it is only known that one is needed.
        why: What it was read from, in words.
    """

    column: str
    value: str
    why: str


class Proposer:
    """Proposes values from the words of a text and the tables of a report.

    Attributes:
        text: The text.
    """

    def __init__(self, raw: Raw, source: pd.Series, text: str) -> None:
        """Prepare to propose.

        Args:
            raw: The rows of all tables, as text cells.
            source: The row of the source.
            text: Its text.
        """
        self.text, self._source = text, source
        self._published = date.fromisoformat(source["published"])
        self._actors, self._begun = raw["actors"], list[Mapping[str, str]]()
        self._names = dict(zip(self._actors["actor_id"], self._actors["name"], strict=True))
        self._attributions = Attributions(text, self._actors)
        self._quotations = find_quotations(text)
        places = raw["places"]
        self._places = NameFinder(zip(places["name"], places["place_id"], strict=True))
        self._place_kinds = dict(zip(places["place_id"], places["kind"], strict=True))
        self._terms = _pattern_of_terms(set(raw["terms"]["term"]))
        claims = raw["claims"]
        others = claims[claims["source_id"] != source.name]
        self._themes = _ThemeScorer(zip(others["theme"], others["paraphrase"], strict=True))

    def know(self, begun: Iterable[Mapping[str, str]]) -> None:
        """Take in the actors begun beside the sheet, to find them in the text, too."""
        known = list(self._actors["actor_id"])
        begun = [cells for cells in begun if cells["name"] and cells["actor_id"] not in known]
        if begun != self._begun:
            self._begun = [dict(cells) for cells in begun]
            actors = pd.concat([self._actors, pd.DataFrame(begun, dtype=str)])
            self._names |= {cells["actor_id"]: cells["name"] for cells in begun}
            self._attributions = Attributions(self.text, actors)

    def propose(self, start: int, end: int) -> list[Proposal]:
        """Propose values for a span, at most one for each column."""
        found = [
            self._theme(start, end),
            self._chain(start, end),
            self._mode(start, end),
            self._term(start, end),
            *self._days(start, end),
            self._place(start, end),
        ]
        return [proposal for proposal in found if proposal is not None]

    def _chain(self, start: int, end: int) -> Proposal:
        outlet = self._source["outlet"]
        found, unknown = self._attributions.speakers_of(start, end)
        speakers = [key for key in found if key != outlet]
        if unknown and not found:
            return Proposal("chain", "", f"‘{unknown}’ speaks, whom actors.csv does not have")
        named = join_words([self._names[key] for key in speakers])
        why = f"said by {named}" if speakers else "nobody else speaks in the sentence"
        return Proposal("chain", ";".join(begin_with_outlet(outlet, speakers)), why)

    def _mode(self, start: int, end: int) -> Proposal:
        """Propose the mode by the share of the span's words in quotation marks."""
        words = [
            any(a <= start + word.start < b for a, b in self._quotations)
            for word in split_words(self.text[start:end])
        ]
        quoted = sum(words)
        if not quoted:
            return Proposal("mode", "paraphrase", "no quotation marks")
        if quoted >= len(words) - 4:  # the reporting verb and who speaks do not count
            return Proposal("mode", "quote", "in quotation marks")
        return Proposal("mode", "mixed", f"{quoted} of {len(words)} words in quotation marks")

    def _term(self, start: int, end: int) -> Proposal | None:
        for match in self._terms.finditer(self.text, start, end):
            before = self.text[max(match.start() - 3, 0) : match.start()]
            if match[0] != MONTH or SENTENCE_BEGINS.search(before):
                return Proposal("term", match[0], "a word of likelihood that terms.csv lists")
        return None

    def _days(self, start: int, end: int) -> Iterator[Proposal]:
        """Propose the days of the event, their basis, and the day of the speech."""
        language, day = self._source["language"], self._source["published"]
        found = find_named_days(self.text[start:end], self._published, language)
        if not found:
            first, last = sentence_around(self.text, start, end)
            stop = BOUNDARY.search(self.text, end, last)
            clause = (stop.start() if stop else last) - first  # later days are of something else
            found = find_named_days(self.text[first:last], self._published, language)
            found = [days for days in found if days.is_of_speech or days.end <= clause]
        of_speech = next((days for days in found if days.is_of_speech), None)
        of_event = next((days for days in found if not days.is_of_speech), None)
        if of_event and of_event.basis == NONE:
            why = f"‘{of_event.wording}’ is vague, and vague times stay empty"
            yield Proposal("date_basis", NONE, why)
        elif of_event:
            why = f"‘{of_event.wording}’ in a text of {day}"
            for column, named in (("event_start", of_event.first), ("event_end", of_event.last)):
                if named:
                    yield Proposal(column, named.isoformat(), why)
            yield Proposal("date_basis", of_event.basis, why)
        else:
            yield Proposal("date_basis", NONE, "no day of an event in the sentence")
        if of_speech and of_speech.first:
            why = f"‘{of_speech.wording}’ beside a word of saying, in a text of {day}"
            yield Proposal("stated_on", of_speech.first.isoformat(), why)

    def _place(self, start: int, end: int) -> Proposal | None:
        """Propose the places that the span names, without wider ones around them."""
        named = dict.fromkeys(name.key for name in self._places.find(self.text, start, end))
        narrow = [key for key in named if self._place_kinds[key] not in WIDE_KINDS]
        chosen = narrow or list(named)
        return Proposal("places", ";".join(chosen), "named in the span") if chosen else None

    def _theme(self, start: int, end: int) -> Proposal | None:
        first, last = sentence_around(self.text, start, end)
        return self._themes.propose(self.text[first:last])


def _pattern_of_terms(terms: set[str]) -> re.Pattern[str]:
    """Return a pattern of words of likelihood, without those that only tell time.

    *Would* is that of reported speech or of a condition far more often than it is a hedge, and
    *will likely* says no more than *likely*.
    """
    spoken = {
        term
        for term in terms
        if (words := term.split())
        and not TENSES.issuperset(words)
        and not (words[0] in TENSES and " ".join(words[1:]) in terms)
    }
    longest_first = sorted(spoken, key=lambda term: (-len(term), term))
    alternatives = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


class _ThemeScorer:
    """Tells themes by the words of claims that have one: naive Bayes over stems."""

    def __init__(self, claims: Iterable[tuple[str, str]]) -> None:
        """Count the stems of each theme in the claims' paraphrases."""
        self._stemmer = stemmer("english")
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._claims: Counter[str] = Counter()
        for theme, paraphrase in claims:
            self._claims[theme] += 1
            self._counts[theme].update(self._stems(paraphrase))
        self._vocabulary = set[str]().union(*self._counts.values())

    def _stems(self, text: str) -> set[str]:
        words = [word.text for word in split_words(text) if len(word.text) > LETTERS]
        return set(self._stemmer.stemWords(words))

    def propose(self, passage: str) -> Proposal | None:
        """Propose the theme of a passage; None where its words fit none or several."""
        stems = self._stems(passage) & self._vocabulary
        scores = {
            theme: math.log(self._claims[theme])
            + sum(math.log((counts[stem] + 0.5) / (self._claims[theme] + 1.0)) for stem in stems)
            for theme, counts in self._counts.items()
        }
        ranked = sorted(scores, key=lambda theme: -scores[theme])
        if len(stems) < LEAST_WORDS or not ranked:
            return None
        if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < LEAST_MARGIN:
            return None
        best = ranked[0]
        like = count_noun(self._claims[best], "claim")
        return Proposal("theme", best, f"its words are most like those of the {like} of this theme")
