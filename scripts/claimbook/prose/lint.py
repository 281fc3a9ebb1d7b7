"""Checks on prose: every paragraph, number and date of a chapter answers for itself, or says that it is the authors' own.

The pages fall into three sorts. The *argument* (the chapters of the report's themes) is strict: a paragraph cites a claim or links to an
address of the record outside the corpus, stands in a frame of class `judgement`, or is marked `{.method}` on the line above it
and is short, because it only says what the chapter or a figure does. Pages *about* the corpus and the method speak of the corpus
itself: there a paragraph may as well rest on a computed number or a cited work, and a marked one may be long. Pages *for
reference* make no argument; only the claims they cite must exist.

A chapter may lean on claims of other themes (what was given in place of troops is evidence on resistance, though it is coded as
what it says), but the citation says so: `` {claim}`+IN-24` ``, and the page shows the claim's theme at the marker.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from claimbook.corpus.model import Corpus, known_names, load
from claimbook.corpus.validation.report import Report
from claimbook.errors import CorpusError, Fault
from claimbook.language.claim_text import MONTHS
from claimbook.paths import project
from claimbook.prose.parser import ELSEWHERE, Block, Sentence, abbreviations, read_blocks
from claimbook.settings import settings

FOR_REFERENCE = {
    "codebook",
    "references",
    "data",
    "people",
    "about",
}  # rules, works and files: what they say is no claim on the events
SHORT = 60  # words that a marked paragraph of the argument may have
LISTED = {  # digits that no table holds, and why they may stand
    "ICD 203": "the directive's own number, part of its name",
    "170 to 220": "how many claims both coders were told to expect, on the page on method",
}

_MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DAYS = rf"(?P<days>{_DAY}(?:(?:, | and | or | to |–|-){_DAY})*)"
FULL_DATES = [
    re.compile(rf"\b{_DAYS}\s{_MONTH}(?:\s(?P<year>\d{{4}}))?\b"),
    re.compile(rf"\b{_MONTH}\s{_DAYS}(?!\d|,\d)(?:,\s(?P<year>\d{{4}}))?\b"),
]
ISO_DATE = re.compile(r"\b(?P<year>\d{4})-(?P<number>\d\d)-(?P<days>\d\d)\b")
PART_OF_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:[12]?(?:1st|2nd|3rd|[04-9]th)|1[123]th|30th|31st)\b"
)
CLAIM_ID = re.compile(r"\b[A-Z]{2}-\d{2,}\b")
NUMBER = re.compile(r"[^\W_][\w.,'’/-]*")
AFTER = ".,'’/-"  # marks that may follow a number
Days = tuple[pd.Timestamp, pd.Timestamp]  # first and last


@dataclass(frozen=True)
class Grounds:
    """What the corpus lets a sentence say without more: which numbers and days each claim bears, and which names hold digits.

    `numbers` and `days` go by claim id; among `days` is that on which the record outside the corpus has the claim's judgement.
    `records` gives the days that stand at an address of that record, `found` the numbers. `own` are the days of the sources, `last` the
    corpus's last.
    """

    numbers: dict[str, set[float]]
    days: dict[str, list[Days]]
    names: re.Pattern[str]
    records: dict[str, list[Days]]
    found: dict[str, set[float]]
    own: list[Days]
    last: pd.Timestamp

    @classmethod
    def of(cls, corpus: Corpus) -> "Grounds":
        """The grounds that a corpus gives."""
        claims = corpus.full_claims()
        records, found = _findings(corpus)
        judged: dict[tuple[str, str, str], list[Days]] = {}
        for row in corpus.outlook_record.reset_index().itertuples():
            if row.address:
                records.setdefault(row.address, []).append((row.date, row.date))
            judged.setdefault((row.source_id, row.speaker, row.wording), []).append(
                (row.date, row.date)
            )
        events = corpus.events.to_dict("index")
        dated = corpus.sources[["published", "published_earliest", "published_latest"]]
        return cls(
            numbers={str(claim): _numbers(corpus, row) for claim, row in claims.iterrows()},
            days={
                str(claim): [
                    *_days(row, events.get(row["event_id"])),
                    *judged.get((row["source_id"], row["origin"], row["term"]), []),
                ]
                for claim, row in claims.iterrows()
            },
            names=_names_with_digits(corpus),
            records=records,
            found=found,
            own=[
                (day, day) for row in dated.itertuples(index=False) for day in row if pd.notna(day)
            ],
            last=settings().as_of,
        )


def _findings(corpus: Corpus) -> tuple[dict[str, list[Days]], dict[str, set[float]]]:
    """The days and the numbers that stand at each address of the record outside: its own day, and those that the finding on it names."""
    days: dict[str, list[Days]] = {}
    numbers: dict[str, set[float]] = {}
    published = corpus.sources["published"]
    for row in corpus.criticism.reset_index().itertuples():
        year = published[row.source_id].year
        named = _named_days(row.dated, year) + _named_days(row.finding, year)
        values = {
            value for word in NUMBER.findall(row.finding) if (value := _value(word)) is not None
        }
        for address in row.address:
            days.setdefault(address, []).extend(named)
            numbers.setdefault(address, set()).update(values)
    return days, numbers


def _numbers(corpus: Corpus, claim: pd.Series) -> set[float]:
    """The claim's quantity, and the bounds of the range for which its word of likelihood is read, in per cent."""
    numbers = {float(claim["quantity"])} if pd.notna(claim["quantity"]) else set()
    yardstick = corpus.actors.loc[claim["origin"], "yardstick"]
    if claim["term"] and (claim["term"], yardstick) in corpus.terms.index:
        term = corpus.terms.loc[(claim["term"], yardstick)]
        numbers |= {float(term[end]) for end in ("low", "high") if pd.notna(term[end])}
    return numbers


def _days(claim: pd.Series, event: dict[str, pd.Timestamp] | None) -> list[Days]:
    """The days that a claim bears of itself: when it happened, was said, was published; its event's; those of its paraphrase."""
    dated = [(claim["event_start"], claim["event_end"])]
    if event is not None:
        # the bounds of a vague event span half a year at times: they are borne, what lies between them is not
        dated += [
            (event["start"], event["end"]),
            (event["earliest"], event["earliest"]),
            (event["latest"], event["latest"]),
        ]
    known = []
    for start, end in dated:
        if pd.notna(start) and pd.notna(end):
            known.append((start, end))
        else:
            known += [(day, day) for day in (start, end) if pd.notna(day)]
    known += [
        (claim[column], claim[column])
        for column in ("stated_on", "published")
        if pd.notna(claim[column])
    ]
    return known + _named_days(
        claim["paraphrase"], claim["published"].year
    )  # `the first since 4 April 2022` has no column of its own


def _named_days(text: str, year: int) -> list[Days]:
    """The days that a text names, those without a year in the year given; it may name a day that there is not."""
    named: list[Days] = []
    for _, _, day, month, said in _full_dates(text):
        with suppress(ValueError):
            when = pd.Timestamp(said or year, month, day)
            named.append((when, when))
    return named


def _names_with_digits(corpus: Corpus) -> re.Pattern[str]:
    """The names of the corpus that hold digits: words such as `T-72A` in names, titles and units, and what LISTED has."""
    listed = [
        *known_names(corpus.actors, corpus.places),
        *corpus.events["title"],
        *corpus.events["label"],
        *corpus.claims["unit"],
    ]
    words = {
        word
        for name in listed
        for word in NUMBER.findall(name)
        if re.search(r"\d", word) and re.search(r"[A-Z]", word)
    }
    ordered = sorted(words | set(LISTED), key=len, reverse=True)
    return re.compile(
        "|".join(r"\b" + r"\s+".join(map(re.escape, name.split())) + r"\b" for name in ordered)
    )


def _prose(corpus: Corpus, root: Path) -> list[Block]:
    """The blocks of the book; the full stops of listed names (`St. Petersburg`) end no sentence."""
    return read_blocks(root, abbreviations(known_names(corpus.actors, corpus.places)))


def check_prose(corpus: Corpus, root: Path | None = None) -> list[Fault]:
    """Every fault of the book's prose, in the order of the pages, each with its file and line."""
    root = root or project().root
    grounds = Grounds.of(corpus)
    faults = []
    for block in _prose(corpus, root):
        faults += _unknown(block, grounds)
        faults += _unmarked(block, corpus)
        if block.page not in FOR_REFERENCE:
            faults += _unfounded(block, grounds)
            faults += _uncounted(block, grounds)
            faults += _undated(block, grounds)
    return faults


def _fault(block: Block, line: int, value: str, allowed: str) -> Fault:
    return Fault(f"{block.file}:{line}", "", "", value, allowed)


def _unknown(block: Block, grounds: Grounds) -> Iterator[Fault]:
    """Claims that the corpus does not have."""
    for sentence in block.sentences:
        for claim in sentence.claims:
            if claim not in grounds.numbers:
                yield _fault(block, sentence.line, claim, "a claim of data/claims.csv")


def _elsewhere(claim: str, page: str, claims: pd.DataFrame) -> bool:
    """Whether a claim is of another theme than the chapter that cites it."""
    theme = settings().theme_of_chapter.get(page)
    return theme is not None and theme not in (claims.at[claim, "theme"], *claims.at[claim, "also"])


def _unmarked(block: Block, corpus: Corpus) -> Iterator[Fault]:
    """Claims of another theme than the chapter's that are not marked so, and claims so marked that are not."""
    for sentence in block.sentences:
        for claim in dict.fromkeys(sentence.claims):
            if claim not in corpus.claims.index:
                continue
            elsewhere = _elsewhere(claim, block.page, corpus.claims)
            if elsewhere and claim not in sentence.elsewhere:
                allowed = f"a claim of the chapter's theme, or {ELSEWHERE}{claim}: it is of the theme {corpus.claims.at[claim, 'theme']}"
                yield _fault(block, sentence.line, claim, allowed)
            elif claim in sentence.elsewhere and not elsewhere:
                yield _fault(
                    block,
                    sentence.line,
                    f"{ELSEWHERE}{claim}",
                    f"{claim}: {ELSEWHERE} marks a claim of another theme than the chapter's",
                )


def _witnessed(sentences: list[Sentence], grounds: Grounds) -> bool:
    """Whether one of some sentences cites a claim, or links to an address of the record outside the corpus."""
    return any(
        sentence.claims or any(link in grounds.records for link in sentence.links)
        for sentence in sentences
    )


def _unfounded(block: Block, grounds: Grounds) -> Iterator[Fault]:
    """A takeaway or paragraph that neither cites what its page asks for nor says that it is the authors' own."""
    said = next(
        (sentence.plain for sentence in block.sentences if re.search(r"\w", sentence.plain)), ""
    )
    if block.kind == "label" or not said:  # a paragraph without words holds an image or a figure
        return
    if "takeaways" in block.frames:
        if not block.all("claims"):
            yield _fault(block, block.line, said, "a takeaway cites a claim")
    elif "judgement" in block.frames or _witnessed(block.sentences, grounds):
        return
    elif block.page in settings().theme_of_chapter:
        words = sum(len(sentence.plain.split()) for sentence in block.sentences)
        if not block.method:
            allowed = "a paragraph cites a claim, stands in a frame of class judgement, or is marked {.method}"
            yield _fault(block, block.line, said, allowed)
        elif words > SHORT:
            yield _fault(
                block,
                block.line,
                f"{words} words marked {{.method}}",
                f"at most {SHORT} words in the argument",
            )
    elif not (block.method or block.all("computed") or block.all("works")):
        allowed = (
            "a paragraph cites a claim or a work, has a computed number, or is marked {.method}"
        )
        yield _fault(block, block.line, said, allowed)


def _uncounted(block: Block, grounds: Grounds) -> Iterator[Fault]:
    """Numbers in digits that are neither computed nor part of a date or name, and that nothing cited in the sentence bears.

    What bears a number is a claim, or an address of the record outside to which the paragraph links.
    """
    shared = {number for link in block.all("links") for number in grounds.found.get(link, set())}
    for sentence in block.sentences:
        if sentence.works:
            continue  # the numbers of a work, such as the ranges of a yardstick, are found in the work
        borne = shared | {
            number for claim in sentence.claims for number in grounds.numbers.get(claim, set())
        }
        rest = sentence.text
        for pattern in (*FULL_DATES, ISO_DATE, grounds.names, CLAIM_ID, PART_OF_DATE):
            rest = pattern.sub(
                lambda found: re.sub(r"\S", " ", found[0]), rest
            )  # line ends stay, for the lines of faults
        for found in NUMBER.finditer(rest):
            word = found[0].rstrip(AFTER)
            if re.search(r"\d", word) and _value(word) not in borne:
                line = sentence.line + rest.count("\n", 0, found.start())
                allowed = "a computed number, a quantity of a claim cited in the sentence, a date or a name"
                yield _fault(block, line, word, allowed)


def _value(word: str) -> float | None:
    """The number that a word writes: `15,000` and `282nd` do, `T-72A` does not; a mark after it does not count."""
    number = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?", word.rstrip(AFTER))
    return float(number[1].replace(",", "")) if number else None


def _undated(block: Block, grounds: Grounds) -> Iterator[Fault]:
    """Dates of day and month that no claim of the sentence bears.

    The corpus's own last day needs no claim: it is a fact of the corpus. Nor do, on pages about the corpus, the days of its
    sources; nor the days that the record outside the corpus has at an address to which the paragraph links.
    """
    shared = [(grounds.last, grounds.last)] + (
        [] if block.page in settings().theme_of_chapter else grounds.own
    )
    shared += [day for link in block.all("links") for day in grounds.records.get(link, [])]
    for sentence in block.sentences:
        if sentence.works:
            continue  # as with numbers: the days of a work are found in the work
        borne = shared + [day for claim in sentence.claims for day in grounds.days.get(claim, [])]
        for place, shown, day, month, year in _full_dates(sentence.text):
            if not any(_within(day, month, year, start, end) for start, end in borne):
                line = sentence.line + sentence.text.count("\n", 0, place)
                named = f"{day} {MONTHS[month - 1]}"
                value = shown if shown.startswith(named) else f"{named} in {shown}"
                yield _fault(block, line, value, "a day that a claim cited in the sentence bears")


def _full_dates(text: str) -> Iterator[tuple[int, str, int, int, int | None]]:
    """Each day of each full date in a text: its place, how it is written, day, month, and year where there is one."""
    for pattern in (*FULL_DATES, ISO_DATE):
        for found in pattern.finditer(text):
            if ISO_DATE is pattern and not 1 <= int(found["number"]) <= 12:
                continue
            parts = found.groupdict()
            month = int(parts["number"]) if "number" in parts else MONTHS.index(parts["month"]) + 1
            for day in re.findall(r"\d+", parts["days"]):
                yield (
                    found.start(),
                    " ".join(found[0].split()),
                    int(day),
                    month,
                    int(parts["year"]) if parts["year"] else None,
                )


def _within(day: int, month: int, year: int | None, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Whether a date, of that year or of any where it has none, lies in an interval of days."""
    years: Iterable[int] = [year] if year else range(start.year, end.year + 1)
    for one in years:
        try:
            if start <= pd.Timestamp(one, month, day) <= end:
                return True
        except ValueError:  # no such day in that year
            continue
    return False


def coverage(corpus: Corpus, root: Path | None = None) -> pd.DataFrame:
    """How the sentences of each page are founded, by page, the pages for reference left out.

    Each of the `sentences` is counted once, in the first column that fits: it cites `evidence`, stands in a frame of
    `judgement`, has a `computed` number, is marked as about `method`, or is none of these (`neither`: what a paragraph says
    between its citations). `citations` counts the claims cited and `elsewhere` those of another theme, missing on pages without
    a theme.
    """
    root = root or project().root
    grounds = Grounds.of(corpus)
    claims = corpus.claims
    rows: dict[str, dict[str, int]] = {}
    for block in _prose(corpus, root):
        if block.page in FOR_REFERENCE:
            continue
        columns = (
            "sentences",
            "evidence",
            "judgement",
            "computed",
            "method",
            "neither",
            "citations",
            "elsewhere",
        )
        row = rows.setdefault(block.page, dict.fromkeys(columns, 0))
        known = [claim for claim in block.all("claims") if claim in claims.index]
        row["citations"] += len(known)
        row["elsewhere"] += sum(_elsewhere(claim, block.page, claims) for claim in known)
        for sentence in block.sentences if block.kind != "label" else []:
            row["sentences"] += 1
            row[_sort(sentence, block, grounds)] += 1
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("page").astype("Int64")
    table.loc[[page not in settings().theme_of_chapter for page in table.index], "elsewhere"] = (
        pd.NA
    )
    return table


def _sort(sentence: Sentence, block: Block, grounds: Grounds) -> str:
    """The column of the coverage in which a sentence counts."""
    if sentence.works or _witnessed([sentence], grounds):
        return "evidence"
    if "judgement" in block.frames:
        return "judgement"
    if sentence.computed:
        return "computed"
    return "method" if block.method else "neither"


def summarize_coverage(table: pd.DataFrame) -> str:
    """The coverage of the whole book in one line."""
    total = table.sum()
    share = {
        column: f"{100 * total[column] / max(total['sentences'], 1):.0f} %"
        for column in table.columns
    }
    cited = table.loc[table["elsewhere"].notna(), ["citations", "elsewhere"]].sum()
    return (
        f"prose of {len(table)} pages, {total['sentences']} sentences: {share['evidence']} with evidence, "
        f"{share['judgement']} in a judgement's frame, {share['computed']} with a computed number, {share['method']} on method, "
        f"{share['neither']} with none of these; "
        f"{100 * cited['elsewhere'] / max(cited['citations'], 1):.0f} % of the chapters' citations are of another theme"
    )


def add_prose_checks(report: Report, root: Path | None = None) -> Report:
    """Add to a report on the corpus what the checks on prose find and the coverage in a line; neither where tables are broken."""
    root = root or project().root
    try:
        corpus = load(root / project().data.name)
    except CorpusError:
        report.skipped.append("the prose: the tables must be mended first")
        return report
    report.faults += check_prose(corpus, root)
    report.done.append(summarize_coverage(coverage(corpus, root)))
    return report
