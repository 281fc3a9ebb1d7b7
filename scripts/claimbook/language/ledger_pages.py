"""The pages of the ledger: which claims stand on which page, and its name and title."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.language.dates import MONTHS, format_between, format_day
from claimbook.language.words import capitalize_first, code_label
from claimbook.settings import settings

FOLDER = "ledger"  # of the pages, beside their page of contents
LEDGER = "ledger"  # the page of contents in every report, so that links to claims stay the same
MAX_CLAIMS = 80  # on a page, which then has about 200 kB


@dataclass(frozen=True)
class Part:
    """The claims of one source on one page.

    Attributes:
        source_id: The source.
        claims: The ids of the claims, in the order of the text.
        is_continued: Whether the page before has earlier claims of the source.
    """

    source_id: str
    claims: tuple[str, ...]
    is_continued: bool = False


@dataclass(frozen=True)
class LedgerPage:
    """A page of the ledger: claims of one source, or of a month of a series.

    Attributes:
        name: The name of the page, as `ledger/example-times-2031-06-14`.
        title: Its title in words.
        group: The name of the page or pages of the same source or month, without a number.
        tier: The tier of its sources.
        series: The series of its sources; empty for a single source.
        parts: Its claims by source, in the order of publication.
    """

    name: str
    title: str
    group: str
    tier: str
    series: str
    parts: tuple[Part, ...]

    @property
    def claims(self) -> list[str]:
        """The ids of its claims, in the order of the page."""
        return [claim for part in self.parts for claim in part.claims]


class LedgerPages:
    """The pages of the ledger of a corpus, in their order.

    Tiers are in the order of the schema. In each, the sources without a series come first, in the
    order of publication, then the series by name and month. Sources without claims are on no page.

    Attributes:
        pages: The pages.
        of_claim: The page of each claim.
        of_source: The first page of each source that has claims.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Divide the claims of a corpus among pages.

        Args:
            corpus: The whole corpus, since the names of pages depend on all its sources.
        """
        self.pages = list(_pages(corpus))
        self.of_claim = {claim: page for page in self.pages for claim in page.claims}
        self.of_source = {
            part.source_id: page for page in reversed(self.pages) for part in page.parts
        }

    def address_of_claim(self, claim_id: str, folder: str) -> str:
        """Return the address of the entry of a claim.

        Args:
            claim_id: The id of the claim.
            folder: The folder of the HTML book as seen from the page with the link, with a slash
                at its end where it is not empty.
        """
        return f"{folder}{self.of_claim[claim_id].name}.html#{claim_id}"

    def address_of_source(self, source_id: str, folder: str) -> str:
        """Return the address of the claims of a source; for none, that of the contents.

        Args:
            source_id: The id of the source.
            folder: The folder of the HTML book as seen from the page with the link, with a slash
                at its end where it is not empty.
        """
        page = self.of_source.get(source_id)
        return f"{folder}{page.name}.html#{source_id}" if page else f"{folder}{LEDGER}.html"


def series_title(series: str) -> str:
    """Return the settings' name of a series, else its short name in words."""
    return settings().series.get(series, capitalize_first(code_label(series)))


def month_title(month: str) -> str:
    """Return a month in words: `March 2031` of `2031-03`."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def describe_day(source: pd.Series) -> str:
    """Return the day on which a source was published, or its bounds, in words."""
    if source["precision"] == "range":
        return format_between(source["published_earliest"], source["published_latest"])
    return format_day(source["published"])


def sources_in_order(corpus: Corpus) -> pd.DataFrame:
    """Return the sources in the order of the ledger, with the added column `month`."""
    sources = corpus.sources.assign(month=corpus.sources["published"].dt.strftime("%Y-%m"))
    by_series = sources.assign(of_series=sources["series"] != "")
    order = by_series.sort_values(["tier", "of_series", "series", "published"], kind="stable")
    return order.drop(columns="of_series")


def _pages(corpus: Corpus) -> Iterator[LedgerPage]:
    """Yield the pages of the ledger in their order."""
    sources = sources_in_order(corpus)
    in_text_order = corpus.claims.sort_values(["start", "end"])
    claims = {
        str(source_id): tuple(map(str, rows.index))
        for source_id, rows in in_text_order.groupby("source_id", sort=False, observed=True)
    }
    groups: dict[str, list[str]] = {}
    for source_id, source in sources.iterrows():
        group = f"{source['series']}-{source['month']}" if source["series"] else str(source_id)
        if source_id in claims:
            groups.setdefault(group, []).append(str(source_id))
    titles = {group: _title(corpus, sources.loc[ids[0]]) for group, ids in groups.items()}
    ambiguous = Counter(titles.values())
    for group, ids in groups.items():
        first = sources.loc[ids[0]]
        title = titles[group]
        if ambiguous[title] > 1 and not first["series"]:
            title = f"{title} ({first['code']})"
        for number, parts in enumerate(_divide([Part(one, claims[one]) for one in ids]), start=1):
            yield LedgerPage(
                name=f"{FOLDER}/{group}" + (f"-part-{number}" if number > 1 else ""),
                title=title + (f", part {number}" if number > 1 else ""),
                group=group,
                tier=str(first["tier"]),
                series=str(first["series"]),
                parts=tuple(parts),
            )


def _title(corpus: Corpus, source: pd.Series) -> str:
    """Return the title of the page or pages with the claims of a source."""
    if source["series"]:
        return f"{series_title(source['series'])}, {month_title(source['month'])}"
    return f"{corpus.actors.loc[source['outlet'], 'name']}, {describe_day(source)}"


def _divide(parts: list[Part]) -> Iterator[list[Part]]:
    """Divide the claims of sources among consecutive pages.

    A page ends before a source that no longer fits. A source with more than `MAX_CLAIMS` claims is
    itself divided, and its last claims have no other source on their page.

    Args:
        parts: All claims of each source.
    """
    page: list[Part] = []
    for part in parts:
        if page and sum(len(one.claims) for one in page) + len(part.claims) > MAX_CLAIMS:
            yield page
            page = []
        if len(part.claims) <= MAX_CLAIMS:
            page.append(part)
            continue
        for start in range(0, len(part.claims), MAX_CLAIMS):
            yield [Part(part.source_id, part.claims[start : start + MAX_CLAIMS], start > 0)]
    if page:
        yield page
