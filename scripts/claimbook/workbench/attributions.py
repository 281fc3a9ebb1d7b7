"""Who says what in a text: each verb of saying with its subject. It reads English."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from claimbook.workbench.speakers import find_quotations, sentence_around, sentences_of
from claimbook.workbench.subjects import PLACED, Subjects

REGULAR = (
    "accuse acknowledge add admit allege announce argue assert assess believe blame claim comment"
    " complain concede conclude concur confirm declare demand deny emphasise emphasize estimate"
    " expect explain forecast inform insist joke maintain note post predict promise recall"
    " reiterate remark reply report respond reveal state stress suggest threaten tweet urge warn"
)
IRREGULAR = "say says said saying tell tells told telling think thinks thought thinking write"
IRREGULAR += " writes writing wrote"
SHOWING = "indicate observe show"  # what pictures and papers do


def _forms(verb: str) -> str:
    """Return a pattern of the forms of a regular verb."""
    if verb.endswith("e"):
        return rf"{verb[:-1]}(?:es?|ed|ing)"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return rf"{verb[:-1]}(?:y|ies|ied|ying)"
    return rf"{verb}(?:e?s|t?ed|t?ing)?"


SAYING = re.compile(
    rf"\b(?:(?P<irregular>{'|'.join(IRREGULAR.split())})"
    rf"|(?P<showing>{'|'.join(map(_forms, SHOWING.split()))})"
    rf"|{'|'.join(map(_forms, REGULAR.split()))})\b"
)
ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+")
# Where the clause of a verb begins.
BOUNDARY = re.compile(
    r"[,;:—–\[\]“”\"«»]|\s-\s|\b(?:that|and|but|or|while|whereas|as|when|where|which|who|because|"
    r"after|before|since|if|although|though|how|why|what|whether|than|so)\b",
    re.IGNORECASE,
)
JOINED = ("and", "but", "or")
ADVERBS = re.compile(
    r"(?:\s*\b(?:\w+ly|also|again|later|earlier|further|then|now|already|ha[sd]|have|is|are"
    r"|continued? to|continues to)\b)+\s*\Z",
    re.IGNORECASE,
)
BE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?:\s+\w+ly)?\s*\Z", re.IGNORECASE)
# Before a form of a verb: it is a noun or an adjective, or nothing is said.
UNSAID = re.compile(
    r"(?:\b(?:(?<!continue )(?<!continues )(?<!continued )to|would|will|can|could|may|might|must"
    r"|should|not|the|an?|its|his|her|their|previous|did|does|do)|['’]s|s['’])\s*\Z",
    re.IGNORECASE,
)
CONTENT = re.compile(r"\s*(?:that\b|[:,“\"«])")  # what is said, after a verb that may be a noun
# After a verb: nothing but when and where, so that what is said stands before it.
CLOSES = re.compile(r"[^\w“\"«]*(?:[,.;]|\Z)|\s+(?:(?:on|in|at|to)\b[^,.;]{0,60}|\w+day)[,.;]")
OURSELVES = re.compile(r"(?:I|we|this|these|those|such)\b", re.IGNORECASE)
SOMEBODY = re.compile(r"(?:the|an?|some|one|another|he|she|they)\b|[A-Z]|[a-z]+s\b")
# Before marked words: they are no part of what was said before.
APART = re.compile(r"(?:;|,\s*(?:but|while|though|although|which|and|a|the))\s*\Z", re.IGNORECASE)
HEARD = re.compile(r"\breportedly\b", re.IGNORECASE)


class Speakers(NamedTuple):
    """Who speaks in a stretch of a text.

    Attributes:
        keys: The ids of actors, the one nearest the outlet first.
        unknown: The words for somebody who speaks and is none of the actors.
    """

    keys: list[str]
    unknown: str


class Attribution(NamedTuple):
    """A verb of saying with its subject.

    Attributes:
        start: The offset of the subject, or of the verb where that has none of its own.
        end: The offset after the verb.
        key: The id of the actor who speaks; empty where it is nobody known.
        subject: The words for him.
        is_outer: Whether it is put in or added at the end, and so passes on the rest.
    """

    start: int
    end: int
    key: str
    subject: str
    is_outer: bool = False


class Attributions:
    """The speakers of a text."""

    def __init__(self, text: str, actors: pd.DataFrame) -> None:
        """Prepare to find them.

        Args:
            text: The text.
            actors: The rows of the table `actors`, as text cells.
        """
        self._text = text
        self._subjects = Subjects(text, actors)
        self._reports = Subjects("reports", actors)
        self._quotations = find_quotations(text)
        self._quoted = bytearray(len(text) + 1)  # for each character, whether it is
        for start, end in self._quotations:
            self._quoted[start:end] = b"\1" * (end - start)

    def speakers_of(self, start: int, end: int) -> Speakers:
        """Find who speaks in a stretch.

        It is the subject of the first verb of saying in the stretch, or of the last before it in
        its sentence; with whoever passes that on (`…, a newspaper wrote`). A stretch in quotation
        marks is said by whom the text names after them, before them, or at the last quotation.
        """
        first, last = sentence_around(self._text, start, end)
        own = [one for one in self._found if first <= one.start < last]
        outer = [one for one in own if one.is_outer][:1]
        inner = [one for one in own if not one.is_outer]
        chosen = [one for one in inner if one.start < end and one.end > start][:1]
        if not chosen and not APART.search(self._text, first, start):
            chosen = [one for one in inner if one.start < start][-1:]
        if not chosen and not outer:
            around = (span for span in self._quotations if span[0] <= start < span[1] - 1)
            chosen = self._around_quotation(*next(around, (0, 0)))
        ordered = [*outer, *chosen]
        keys = list(dict.fromkeys(one.key for one in ordered if one.key))
        unknown = next((one.subject for one in ordered if not one.key), "")
        if not ordered and HEARD.search(self._text, start, end):
            reports = self._reports.read(0, len("reports"))
            keys = [reports] if reports else []
        return Speakers(keys, unknown)

    def _around_quotation(self, start: int, end: int) -> list[Attribution]:
        """Find whose a quotation is, by what stands after it, before it, or at the last."""
        if start == end:
            return []
        _, last = sentence_around(self._text, max(end - 2, start), end)
        if after := [one for one in self._found if end <= one.start < last]:
            return after[:1]
        at = start
        while at > 0:
            first, _ = sentence_around(self._text, at - 1, at)
            if before := [one for one in self._found if first <= one.start < at]:
                return before[-1:]
            if at < start and not self._quoted[first + 1]:
                return []  # a sentence of the outlet's own stands between
            at = first
        return []

    @cached_property
    def _found(self) -> list[Attribution]:
        """All attributions of the text, in its order."""
        found: list[Attribution] = []
        for first, last in sentences_of(self._text):
            self._subjects.begin(first, last)
            for one in self._of_sentence(first, last):
                found.append(one)
                if one.key and not one.is_outer:
                    self._subjects.note(one.key)
        return found

    def _of_sentence(self, first: int, last: int) -> Iterator[Attribution]:
        matches = [
            *SAYING.finditer(self._text, first, last),
            *ACCORDING.finditer(self._text, first, last),
        ]
        before: Attribution | None = None
        for match in sorted(matches, key=lambda match: match.start()):
            if self._quoted[match.start()]:
                continue
            one: Attribution | None
            if match.re is ACCORDING:
                one = self._of_object(match, last)._replace(is_outer=True)
            else:
                one = self._of_verb(match, first, last, before)
            if one:
                before = one
                yield one

    def _of_object(self, match: re.Match[str], last: int) -> Attribution:
        """Read who stands after a wording, such as according to."""
        end = last
        for stop in (BOUNDARY, PLACED):
            if found := stop.search(self._text, match.end(), end):
                end = found.start()
        subject = self._text[match.end() : end].strip(" .\n")
        key = self._subjects.read(match.end(), end)
        return Attribution(*match.span(), key, subject)

    def _of_verb(
        self, match: re.Match[str], first: int, last: int, before: Attribution | None
    ) -> Attribution | None:
        """Read the subject of a verb; None where it is none of saying."""
        text, at, end = self._text, *match.span()
        start, mark = self._find_clause(first, at)
        adverbs = ADVERBS.search(text, start, at)
        stop = adverbs.start() if adverbs else at
        is_past = bool(match["irregular"]) or match[0].endswith("ed")
        if UNSAID.search(text, first, at) or UNSAID.search(text, first, stop):
            return None
        if is_past and BE.search(text, first, at):
            return None
        is_ing = match[0].endswith("ing")
        closes = any(b <= start and not text[b:start].strip(" ,") for _, b in self._quotations)
        subject = text[start:stop].strip()
        if subject:
            is_sure = is_past or is_ing or closes or CONTENT.match(text, end)
            outright = not is_sure or bool(match["showing"])
            if OURSELVES.match(subject):
                return None
            key = self._subjects.read(start, stop, outright)
            if not key and (outright or is_ing or not SOMEBODY.match(subject)):
                return None
            is_outer = bool(mark) and not closes and bool(CLOSES.match(text[end:last]))
            return Attribution(start, end, key, subject, is_outer)
        if mark in JOINED or is_ing:
            if before:
                return before._replace(start=at, end=end)
            acting = [n for n in self._subjects.acting(first, at) if not self._quoted[n.start]]
            return Attribution(at, end, acting[0].key, "") if acting else None
        if mark == "who":
            acting = self._subjects.acting(first, at)
            return Attribution(at, end, acting[-1].key, "") if acting else None
        if (closes or mark == ",") and not match["showing"] and not CONTENT.match(text, end):
            one = self._of_object(match, last)
            if one.key or (closes and SOMEBODY.match(one.subject)):
                return one
        return self._before_insertion(match, first, start) if mark == "," else None

    def _before_insertion(self, match: re.Match[str], first: int, start: int) -> Attribution | None:
        """Read a subject with an apposition: X, the head of Y, or the head of Y, X."""
        comma = self._text.rfind(",", first, start - 1)
        if comma <= first:
            return None
        persons = [
            name.key
            for name in self._subjects.acting(comma, start)
            if name.end == start - 1 and name.key in self._subjects.persons
        ]
        begin, _ = self._find_clause(first, comma)
        key = persons[-1] if persons else self._subjects.read(begin, comma)
        subject = self._text[begin:comma].strip()
        return Attribution(begin, match.end(), key, subject) if key else None

    def _find_clause(self, first: int, at: int) -> tuple[int, str]:
        """Find where the clause before an offset begins, and what stands there."""
        start, mark = first, ""
        for match in BOUNDARY.finditer(self._text, first, at):
            if not self._subjects.cuts_name(match.start()):
                start, mark = match.end(), match[0].strip().casefold()
        return start, mark
