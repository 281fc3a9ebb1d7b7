"""The checks on the titles of figures: the findings of the report's own package."""

import importlib
import importlib.util
import re
from collections.abc import Iterator, Mapping

import pandas as pd

from claimbook.errors import Fault
from claimbook.figures.finding import Finding
from claimbook.language.dates import format_day
from claimbook.prose import mentions
from claimbook.prose.evidence_index import EvidenceIndex
from claimbook.settings import settings

MODULE = "findings"  # of the report's package; `FINDINGS` has the titles by name
WORD_LIMIT = 30


def report_findings() -> Mapping[str, Finding]:
    """Import the findings of the report's own package: figure titles with their tests.

    Returns:
        The findings by name; empty where the package has no module `findings`.
    """
    package = settings().report.package
    if not package or importlib.util.find_spec(package) is None:
        return {}
    name = f"{package}.{MODULE}"
    if importlib.util.find_spec(name) is None:
        return {}
    findings: Mapping[str, Finding] = importlib.import_module(name).FINDINGS
    return findings


def check_titles(findings: Mapping[str, Finding], evidence: EvidenceIndex) -> Iterator[Fault]:
    """Yield a fault for each figure title whose wording breaks a rule.

    Both the titles that state a finding and their neutral replacements are checked. A title cites
    no claim. So it has no digits but those of names and of days and years from the beginning of the
    report's period to the day as of which it judges. It has typographic quotation marks, no full
    stop at its end, and at most `WORD_LIMIT` words.
    """
    file = f"{settings().report.package}/{MODULE}.py"
    for name, finding in findings.items():
        for column, title in (("sentence", finding.sentence), ("neutral", finding.neutral)):
            for value, allowed in _title_faults(title, evidence):
                yield Fault(file, name, column, value, allowed)


def _title_faults(title: str, evidence: EvidenceIndex) -> Iterator[tuple[str, str]]:
    """Yield each fault of a title.

    Yields:
        The faulty part of the title, and the rule that it breaks.
    """
    start, end = pd.Timestamp(settings().period.start), evidence.as_of
    for mention in mentions.find_dates(title):
        if not mention.lies_within(start, end):
            yield mention.label, f"a day from {format_day(start)} to {format_day(end)}"
    masked = mentions.blank(title, (*mentions.DATES, evidence.names_with_digits))
    for _, word in mentions.find_numbers(masked):
        is_year = mentions.YEAR.fullmatch(word) and start.year <= int(word) <= end.year
        if not is_year:
            yield word, "no digits but those of names and of days in the report's period"
    if re.search("['\"]", title):
        yield title, "the quotes and apostrophes of print"
    if title.rstrip().endswith("."):
        yield title, "no full stop at the end of a title"
    if (words := len(title.split())) > WORD_LIMIT:
        yield f"{words} words", f"at most {WORD_LIMIT} words in a title"
