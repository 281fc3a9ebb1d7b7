"""Which actor the subject of a verb is: by a name, a description, or a word that points back."""

import re
from collections.abc import Iterable, Sequence

import pandas as pd
from snowballstemmer import stemmer

from claimbook.workbench.speakers import FULL_NAME, Named, NameFinder, actor_names

WORD = re.compile(r"[^\W_]+")
SMALL = re.compile(r"(?:the|an?|of|for|and|to|in|s|not?|named|unnamed|some|more)\Z")
# What makes an adjective of a country's name, and what it takes the place of.
OF_COUNTRY = re.compile(r"(?<=\w{4})(?:ian|an|ia|a|e)\Z")
AMERICAN = re.compile(r"\b(defen|offen)se\b", re.IGNORECASE)
GOVERNMENT = "Government of "  # in the name of an actor for whom a country's name may stand
BRACKETED = re.compile(r"\s*\([^)]*\)")
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
PRONOUN = re.compile(r"(?:(he|she|him|her)|they|it|them)\b", re.IGNORECASE)
OF_PLACE = r"(?:in|near|to|at|against|on|with|into|over|about|from|during|by)\b"
PLACED = re.compile(rf"\b{OF_PLACE}")
BEFORE_PLACE = re.compile(rf"\b{OF_PLACE}\s+(?:the\s+)?\Z")
OWNER = re.compile(r"['’]s?\b|s['’]\s")  # after a name: its bearer owns what follows
OWNS = re.compile(r"['’]s\b")


class Subjects:
    """Tells who is meant by words of one text.

    Attributes:
        persons: The ids of the actors who are persons.
    """

    def __init__(self, text: str, actors: pd.DataFrame) -> None:
        """Find the names in a text.

        Args:
            text: The text.
            actors: The rows of the table `actors`, as text cells.
        """
        self._text = text
        self._names = NameFinder(actor_names(actors)).find(text)
        self.persons = set(actors["actor_id"][actors["kind"] == "person"])
        self._descriptions = _Descriptions(actors)
        self._own: list[Named] = []  # the names of the sentence
        self._before: list[Named] = []  # the names of the sentence before
        self._spoken: list[str] = []  # who has spoken so far

    def begin(self, first: int, last: int) -> None:
        """Go on to the next sentence of the text."""
        self._before = self._own
        self._own = [name for name in self._names if first <= name.start < last]

    def note(self, key: str) -> None:
        """Note who has spoken."""
        self._spoken.append(key)

    def cuts_name(self, at: int) -> bool:
        """Whether an offset of the sentence lies within a name."""
        return any(name.start <= at < name.end for name in self._own)

    def acting(self, first: int, end: int) -> list[Named]:
        """List the names of the sentence that may act: neither owners nor named as places."""
        return [
            name
            for name in self._own
            if first <= name.start
            and name.end <= end
            and not OWNER.match(self._text, name.end)
            and not BEFORE_PLACE.search(self._text, first, name.start)
        ]

    def read(self, first: int, end: int, outright: bool = False) -> str:
        """Tell who is meant between two offsets of the sentence.

        Args:
            first: The offset of the first character.
            end: The offset after the last character.
            outright: Whether words that point back count for nothing.

        Returns:
            The id of an actor; empty where it is nobody known.
        """
        phrase = self._text[first:end].strip()
        bare = BRACKETED.sub("", PLACED.split(phrase)[0])
        described, is_whole = self._descriptions.find(bare)
        if named := self.acting(first, end):
            last = named[-1]
            if last.key not in self.persons and is_whole:
                return described
            rest = BRACKETED.sub("", self._text[last.end : end]).split()
            is_other = last.key not in self.persons and FULL_NAME.fullmatch(" ".join(rest[-2:]))
            return "" if is_other else last.key
        if described or outright:
            return described
        if match := PRONOUN.match(phrase):
            return self._point_back(is_person=bool(match[1]))
        if phrase[:4].casefold() == "the " and not OWNS.search(phrase):
            named_before = [name.key for name in self._names if name.start < first]
            known = [*named_before, *self._spoken]
            return self._descriptions.choose(bare, known, self._spoken)
        return ""

    def _point_back(self, is_person: bool) -> str:
        """Tell who a pronoun means: the last who spoke, if the sentence before names him."""
        near = [name.key for name in self._before if (name.key in self.persons) == is_person]
        spoken = [key for key in self._spoken if (key in self.persons) == is_person]
        if spoken and (not near or spoken[-1] in near):
            return spoken[-1]
        return near[0] if near else ""


class _Descriptions:
    """Knows actors by the words of their names, in any order, and of their offices."""

    def __init__(self, actors: pd.DataFrame) -> None:
        self._stemmer = stemmer("english")
        self._called: dict[frozenset[str], set[str]] = {}
        self._countries: dict[str, str] = {}
        self._titles: dict[str, set[str]] = {}  # the words by which an actor may be meant
        self._about: dict[str, set[str]] = {}  # and all that the table says of him
        for row in actors.itertuples():
            names = {row.name, BRACKETED.sub("", row.name), row.short, *row.also_called.split(";")}
            is_person = row.kind == "person"
            for name in () if is_person else names:
                if words := frozenset(self._stems(name)):
                    self._called.setdefault(words, set()).add(row.actor_id)
            if row.name.startswith(GOVERNMENT):
                self._countries[row.name.removeprefix(GOVERNMENT)] = row.actor_id
            self._about[row.actor_id] = set(self._stems(f"{row.name} {row.short} {row.role}"))
            own = row.role if is_person else ""
            self._titles[row.actor_id] = set(self._stems(f"{row.name} {row.short} {own}"))

    def find(self, phrase: str) -> tuple[str, bool]:
        """Find the actor whose name a phrase has, and whether it has no more words.

        A phrase with a proper name beside it is about somebody else.
        """
        bare = ARTICLE.sub("", phrase, count=1) if ARTICLE.match(phrase) else phrase
        if bare in self._countries:
            return self._countries[bare], True
        words = [(stems[0], word) for word in WORD.findall(bare) if (stems := self._stems(word))]
        is_first = bare == phrase  # its capital may be that of the sentence
        proper = [
            word[0].isupper() and not (at == 0 and is_first) for at, (_, word) in enumerate(words)
        ]
        for size in range(len(words), 0, -1):
            for at in range(len(words) - size + 1):
                keys = self._called.get(frozenset(stem for stem, _ in words[at : at + size]), ())
                beside = any(proper[:at]) or any(proper[at + size :])
                is_whole = size == len(words)
                if len(keys) == 1 and not beside and (size > 1 or is_whole):
                    return next(iter(keys)), is_whole
        return "", False

    def choose(self, phrase: str, known: Sequence[str], spoken: Iterable[str]) -> str:
        """Choose the actor whom a phrase such as the minister means.

        Args:
            phrase: The phrase.
            known: The actors whom the text has named so far, in its order.
            spoken: Those of them who have spoken.

        Returns:
            The last one known by all these words, or else the last who spoke and of whom the table
            says most of them. A word in capitals must be among them.
        """
        words = set(self._stems(phrase))
        if words and (whole := [key for key in known if words <= self._titles[key]]):
            return whole[-1]
        proper = set(self._stems(" ".join(re.findall(r"\b[A-Z]\w*", phrase[len("the") :]))))
        best, most = "", -1
        for key in spoken:
            if proper <= self._about[key] and len(words & self._about[key]) >= most:
                best, most = key, len(words & self._about[key])
        return best

    def _stems(self, words: str) -> list[str]:
        """Return the stems of words, the same for a country's name and its adjective."""
        found = WORD.findall(AMERICAN.sub(r"\1ce", words).casefold())
        stems = self._stemmer.stemWords([word for word in found if not SMALL.match(word)])
        return [OF_COUNTRY.sub("", stem) for stem in stems]
