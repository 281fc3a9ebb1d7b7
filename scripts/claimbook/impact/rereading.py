"""What to read again since an earlier state: sentences, titles and judgements that are older."""

import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.figures.figure import Figure
from claimbook.figures.finding import Finding
from claimbook.impact import kinds
from claimbook.impact.earlier_state import EarlierState
from claimbook.impact.kinds import Doubts
from claimbook.impact.page_values import PageValues
from claimbook.impact.present_doubts import judged_outcomes
from claimbook.impact.table_changes import (
    TableChange,
    added_claims,
    by_outcome,
    doubts_of_claims,
    name_new,
)
from claimbook.language.words import NUMBER_WORDS, count_noun, join_words
from claimbook.prose.coverage import read_prose
from claimbook.prose.page_kinds import PageKind, page_kind
from claimbook.prose.parser import CITING, OBJECT, Block, Sentence
from claimbook.settings import settings

SHOWN = 72  # characters of a sentence
# Words that speak of all that there is, or count it, and which one more source can make untrue.
OF_ALL = (
    *("all", "alone", "always", "both", "each", "every", "everybody", "everyone", "few", "first"),
    *("last", "most", "neither", "never", "nobody", "none", "no one", "nothing", "only", "sole"),
    *NUMBER_WORDS[2:],
)
SPEAKS_OF_ALL = re.compile(rf"\b(?:{'|'.join(OF_ALL)})\b", re.IGNORECASE)

# What makes a sentence the same as before: its page, words, claims and computed numbers.
SentenceKey = tuple[str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Since:
    """Two states of a report, to find what is older than the change between them.

    Attributes:
        before: The earlier state.
        now: The present tables.
        blocks: The present prose.
        changes: What has changed in the tables.
    """

    before: EarlierState
    now: Corpus
    blocks: list[Block]
    changes: dict[str, TableChange]

    @cached_property
    def added(self) -> pd.DataFrame:
        """The claims that were added."""
        return added_claims(self.changes, self.now)

    @cached_property
    def pages(self) -> set[str]:
        """The files of the pages that draw on the corpus: those with a claim or a number."""
        return {
            block.file
            for block in self.blocks
            if page_kind(block.page) != PageKind.REFERENCE
            and (block.cited("claims") or block.cited("computed"))
        }

    @cached_property
    def claim_doubts(self) -> dict[str, list[str]]:
        """What has happened to claims that were there before."""
        return doubts_of_claims(self.changes, self.before.corpus, self.now)

    @cached_property
    def old_sentences(self) -> set[SentenceKey] | None:
        """The sentences of before; None where the pages of before are not known."""
        if self.before.root is None:
            return None
        blocks = read_prose(self.before.corpus, self.before.root)
        return {_key(block, sentence) for block in blocks for sentence in block.sentences}

    def is_older(self, block: Block, sentence: Sentence) -> bool:
        """Check whether a sentence was there before. Where no pages are known, all were."""
        return self.old_sentences is None or _key(block, sentence) in self.old_sentences

    def had_title(self, page: str, title: str) -> bool:
        """Check whether a page had a title before. Where no pages are known, all had."""
        if self.before.root is None:
            return True
        file = self.before.root / page
        return file.is_file() and title in file.read_text("utf-8")

    def older_sentences(self) -> Iterator[tuple[Block, Sentence]]:
        """Yield the sentences that were there before, each with its block."""
        for block in self.blocks:
            for sentence in block.sentences:
                if self.is_older(block, sentence):
                    yield block, sentence


def _key(block: Block, sentence: Sentence) -> SentenceKey:
    """Return what makes a sentence the same in two states."""
    words = " ".join(sentence.text.split())
    return block.file, words, tuple(sentence.claims), tuple(sentence.computed)


def _place(block: Block, sentence: Sentence) -> str:
    """Write where a sentence stands, and how it begins."""
    words = re.sub(rf"\s*{CITING}", "", sentence.text).replace(OBJECT, "…")
    return f"{block.file}:{sentence.line}: “{_short(words)}”"


def _short(text: str) -> str:
    """Shorten a sentence to its beginning."""
    return textwrap.shorten(text, SHOWN, placeholder=" …")


def doubts_of_prose(since: Since) -> Doubts:
    """List the sentences that cite changed claims, or are older than new ones.

    A sentence that was written anew has been read. Those that speak of all and cite a claim on the
    event of a new one stand one by one; the others on its matter are one line a page.
    """
    doubts: Doubts = {kinds.CITES_CHANGED: [], kinds.SPEAKS_OF_ALL: [], kinds.OLDER: []}
    further: dict[str, dict[int, list[str]]] = {}  # new claims by the line of a page
    for block, sentence in since.older_sentences():
        for claim_id in dict.fromkeys(sentence.claims):
            if reasons := since.claim_doubts.get(claim_id):
                line = f"{_place(block, sentence)}: {claim_id}: {'; '.join(reasons)}"
                doubts[kinds.CITES_CHANGED].append(line)
        if block.file not in since.pages or not SPEAKS_OF_ALL.search(sentence.plain):
            continue
        if newer := _newer_on_its_events(sentence, since):
            line = f"{_place(block, sentence)}: older than {name_new(newer)}"
            doubts[kinds.SPEAKS_OF_ALL].append(line)
        elif newer := _newer_on_its_matter(block, sentence, since):
            further.setdefault(block.file, {}).setdefault(sentence.line, []).extend(newer)
    doubts[kinds.SPEAKS_OF_ALL] += [_name_lines(file, lines) for file, lines in further.items()]
    doubts[kinds.OLDER] = list(_older_pages(since))
    return doubts


def _name_lines(file: str, newer: dict[int, list[str]]) -> str:
    """Name the lines of a page, and the new claims on their matter."""
    lines = join_words([str(line) for line in sorted(newer)])
    ids = list(dict.fromkeys(itertools.chain.from_iterable(newer.values())))
    noun = "lines" if len(newer) > 1 else "line"
    return f"{file}, {noun} {lines}: older than {name_new(ids)} on their matter"


def _newer_on_its_events(sentence: Sentence, since: Since) -> list[str]:
    """List the added claims on the events of the claims that a sentence cites."""
    events = set(_cited(sentence, since)["event_id"].dropna()) - {""}
    return list(since.added.index[since.added["event_id"].isin(events)])


def _newer_on_its_matter(block: Block, sentence: Sentence, since: Since) -> list[str]:
    """List the added claims on the matter of a sentence.

    The matter of a sentence that cites claims are the outcomes on which they bear, each within a
    theme. For a sentence that cites none it is that of its page.
    """
    added, cited = since.added, _cited(sentence, since)
    if cited.empty:
        return list(_added_on_page(block.page, added).index)
    bearing = cited[cited["on"].notna()]
    matters = set(zip(bearing["on"], bearing["theme"], strict=True))
    same_matter = [pair in matters for pair in zip(added["on"], added["theme"], strict=True)]
    return list(added.index[pd.Series(same_matter, added.index, dtype=bool)])


def _cited(sentence: Sentence, since: Since) -> pd.DataFrame:
    """Return the claims that a sentence cites, without those that are gone."""
    claims = since.now.claims
    return claims.loc[[claim_id for claim_id in sentence.claims if claim_id in claims.index]]


def _added_on_page(page: str, added: pd.DataFrame) -> pd.DataFrame:
    """Return the added claims of a page's theme, or all for a page without a theme."""
    theme = settings().theme_of_chapter.get(page)
    if theme is None:
        return added
    return added[(added["theme"] == theme) | added["also"].map(lambda also: theme in also)]


def _older_pages(since: Since) -> Iterator[str]:
    """Yield the pages with sentences that are older than claims or sources."""
    older: dict[str, int] = {}
    pages = {block.file: block.page for block in since.blocks}
    for block, _ in since.older_sentences():
        if block.file in since.pages and block.kind != "label" and not block.is_method:
            older[block.file] = older.get(block.file, 0) + 1
    for file, number in older.items():
        added = _added_on_page(pages[file], since.added)
        is_on_all = pages[file] not in settings().theme_of_chapter
        sources = since.changes["sources"].added if is_on_all else []
        newer = [name_new(sources, "source")] if sources else []
        if len(added):
            newer.append(name_new(list(added.index)))
        if newer:
            written = count_noun(number, "sentence")
            yield f"{file}: {written} older than {' and '.join(newer)}"


def doubts_of_values(
    since: Since, before: dict[str, PageValues], now: dict[str, PageValues]
) -> Doubts:
    """List the sentences with a number that has changed, and titles whose data have.

    A title of a figure with a test needs no reading while the test holds. That of a table is listed
    if it counts, or speaks of all.

    Args:
        since: The two states.
        before: What the cells of the pages compute from the earlier tables.
        now: What they compute from the present ones.
    """
    doubts: Doubts = {kinds.NUMBER: [], kinds.TITLE: [], kinds.NOT_COMPUTED: []}
    for block, sentence in since.older_sentences():
        old, new = (pages.get(block.file, PageValues()).counts for pages in (before, now))
        changed = [
            f"{name} was {old[name].text}, is {new[name].text}"
            for name in dict.fromkeys(sentence.computed)
            if name in old and name in new and old[name].text != new[name].text
        ]
        if changed:
            doubts[kinds.NUMBER].append(f"{_place(block, sentence)}: {join_words(changed)}")
    for page, values in now.items():
        earlier = before.get(page, PageValues())
        doubts[kinds.TITLE] += [
            f"{page}: {name}: “{_short(title)}”: what it stands over has changed"
            for name, title in _titles_over_changes(earlier, values)
            if since.had_title(page, title)
        ]
        if earlier.problem and not values.problem:
            problem = f"{page}, from the tables of {since.before.name}: {earlier.problem}"
            doubts[kinds.NOT_COMPUTED].append(problem)
    return doubts


def _titles_over_changes(before: PageValues, now: PageValues) -> Iterator[tuple[str, str]]:
    """Yield the titles of figures without a test and of tables that have changed."""
    for name, figure in now.figures.items():
        old = before.figures.get(name)
        title = figure.title
        if old is not None and not isinstance(title, Finding) and not _same_data(old, figure):
            yield name, title
    for name, table in now.tables.items():
        earlier = before.tables.get(name)
        is_changed = earlier is not None and earlier.myst != table.myst
        if is_changed and SPEAKS_OF_ALL.search(table.title):
            yield name, table.title


def _same_data(one: Figure, other: Figure) -> bool:
    """Check whether two figures have the same data."""
    return bool(one.table().equals(other.table()))


def doubts_of_judgements(since: Since) -> Doubts:
    """List the judgements older than a change of their evidence, or than new claims.

    A judgement whose row has changed has been made anew.
    """
    before = since.before.corpus
    lines = []
    made_anew = {*since.changes["judgements"].added, *since.changes["judgements"].changed}
    for judgement_id in map(str, since.now.judgements.index):
        if judgement_id in made_anew:
            continue
        evidence = _evidence(before, judgement_id) | _evidence(since.now, judgement_id)
        lines += [
            f"{judgement_id}: its evidence {claim_id}: {'; '.join(reasons)}"
            for claim_id in sorted(evidence)
            if (reasons := since.claim_doubts.get(claim_id))
        ]
        lines += _reweighed(judgement_id, since)
        outcomes = judged_outcomes(since.now, [judgement_id])
        added = since.added[since.added["on"].isin(outcomes)]
        newer = added[~added.index.isin(list(evidence))]
        lines += [
            f"{judgement_id}: older than what bears on it: {key}: {', '.join(ids)}"
            for key, ids in by_outcome(newer)
        ]
    return {kinds.JUDGEMENT: lines}


def _reweighed(judgement_id: str, since: Since) -> Iterator[str]:
    """Yield the claims that came to, left, or changed sides in a judgement's evidence."""
    change, claims = since.changes["evidence"], set(since.now.claims.index)
    for key, phrases in change.changed.items():
        reasons = [phrase for phrase in phrases if not phrase.startswith("why ")]
        judgement, _, claim_id = key.partition("/")
        if judgement == judgement_id and reasons:
            yield f"{judgement_id}: its evidence {claim_id}: {'; '.join(reasons)}"
    for keys, what in ((change.added, "is new to it"), (change.gone, "is its evidence no more")):
        for judgement, _, claim_id in (key.partition("/") for key in keys):
            if judgement == judgement_id and claim_id in claims:
                yield f"{judgement_id}: {claim_id} {what}"


def _evidence(corpus: Corpus, judgement_id: str) -> set[str]:
    """Return the ids of the claims for and against a judgement."""
    keys: Iterable[tuple[str, str]] = corpus.evidence.index
    return {claim_id for judgement, claim_id in keys if judgement == judgement_id}
