"""Tables on the sources: their dates, reliability and faults, and the corrections of the data."""

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.display.markdown import (
    Cite,
    MystBlock,
    Numeral,
    Row,
    definition_list,
    escape_markdown,
    myst_table,
)
from claimbook.language.claim_description import describe_publication, describe_seen
from claimbook.language.dates import format_day
from claimbook.language.words import number_in_words, short_address


def sources_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of the sources in order of publication.

    The columns are code, outlet, day of publication, kind, words, number of claims and reliability.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    claims = corpus.claims.groupby("source_id").size()
    rows = [
        {
            "Code": source["code"],
            "Outlet": escape_markdown(corpus.actors.loc[source["outlet"], "name"]),
            "Published": describe_publication(source),
            "Kind": source["kind"],
            "Words": Numeral(f"{source['words']:,}"),
            "Claims": claims.get(source_id, 0),
            "Reliability": source["reliability"],
        }
        for source_id, source in corpus.sources.sort_values("published").iterrows()
    ]
    return myst_table(rows, title, "sources")


def source_dates(corpus: Corpus) -> MystBlock:
    """Make a definition list of the reasons for each source's date and reliability.

    The terms are the sources in order of publication. Each definition has a paragraph on how the
    date is known, and one on the reliability rating.
    """
    entries = []
    for _, source in corpus.sources.sort_values("published").iterrows():
        outlet = escape_markdown(corpus.actors.loc[source["outlet"], "name"])
        reason = escape_markdown(source["reliability_reason"])
        paragraphs = [
            f"**Date.** {escape_markdown(source['published_basis'])}",
            f"**Reliability {source['reliability']}.** {reason}",
        ]
        entries.append((f"{source['code']}, {outlet}", paragraphs))
    return definition_list(entries)


def criticism_table(corpus: Corpus, code: str, title: str) -> MystBlock:
    """Make a table of the findings of source criticism on one source.

    The rows are in the order of the text. The columns are the position in characters, the kind, the
    finding, and how it is known.

    Args:
        corpus: The corpus.
        code: The code of the source.
        title: The title of the table.

    Raises:
        ValueError: There are sources, and none of them has the code.
    """
    source_ids = corpus.sources.index[corpus.sources["code"] == code]
    if source_ids.empty and len(corpus.sources):
        raise ValueError(f"no source has the code {code}")
    findings = corpus.criticism.reset_index()
    findings = findings[findings["source_id"].isin(source_ids)].sort_values("start")

    def rows(cite: Cite) -> list[Row]:
        return [
            {
                "At": int(finding["start"]),
                "Kind": finding["kind"],
                "Finding": escape_markdown(finding["finding"]),
                "Known by": _describe_basis(corpus, finding, cite),
            }
            for _, finding in findings.iterrows()
        ]

    return myst_table(rows, title, f"criticism-{code}")


def _describe_basis(corpus: Corpus, finding: pd.Series, cite: Cite) -> str:
    """Describe in Markdown how a finding of source criticism is known.

    Returns:
        The text itself, another source, the text that is passed on, or the record outside the
        corpus with links to the evidence.
    """
    if finding["known_by"] == "text":
        return "The text itself"
    if finding["known_by"] == "corpus":
        return f"Another of the {number_in_words(len(corpus.sources))}"
    if finding["known_by"] == "original":
        return f"The original {cite(finding['original'])}"
    links = ", ".join(
        f"[{short_address(address).partition('/')[0]}](<{address}>)"
        for address in finding["address"]
    )
    basis = f"The outside record ({describe_seen(finding['seen'])})"
    return f"{basis}: {links}" if links else basis


def corrections_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of all corrections of published rows, the latest first.

    Args:
        corpus: The corpus.
        title: The title of the table.

    Returns:
        The table; if there are no corrections, a sentence that says so.
    """
    if corpus.corrections.empty:
        return MystBlock("No row has been corrected since publication.")
    corrections = corpus.corrections.reset_index()
    corrections = corrections.sort_values("date", ascending=False, kind="stable")
    corrections["date"] = corrections["date"].map(format_day)
    rows = [
        {str(column).capitalize(): escape_markdown(value) for column, value in row.items()}
        for _, row in corrections.iterrows()
    ]
    return myst_table(rows, title, "corrections")
