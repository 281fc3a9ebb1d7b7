"""Tables on a record of many texts: its series, their attention by month, and their sources."""

from claimbook.analysis import attention
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import MystBlock, Numeral, escape_markdown, myst_table
from claimbook.language.dates import format_day
from claimbook.language.ledger_pages import series_title
from claimbook.language.words import capitalize_first, code_label, join_words


def series_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of texts and claims by series, or outlet without series.

    The columns are the series or outlet, its texts, how many of them have claims, the claims, the
    grades of reliability, and the first and the last day of publication.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    rows = [
        {
            "Publisher or series": escape_markdown(
                series_title(row.series) if row.series else corpus.actors.loc[row.outlet, "name"]
            ),
            "Texts": row.texts,
            "With claims": row.with_claims,
            "Claims": row.claims,
            "Reliability": join_words(row.grades),
            "From": format_day(row.first),
            "To": format_day(row.last),
        }
        for row in attention.counts_by_group(corpus).itertuples()
    ]
    return myst_table(rows, title, "series")


def attention_table(corpus: Corpus, series: str, title: str) -> MystBlock:
    """Make a table of a series by month: texts, those with claims, and claims.

    Args:
        corpus: The corpus.
        series: The series.
        title: The title of the table.
    """
    if not (corpus.sources["series"] == series).any():
        return myst_table([], title, "attention")
    rows = [
        {
            "Month": "All" if month == attention.ALL else month,
            "Texts": int(row["texts"]),
            "With claims": int(row["with_claims"]),
            "Claims": int(row["claims"]),
        }
        for month, row in attention.counts_by_month(corpus, series).iterrows()
    ]
    return myst_table(rows, title, "attention")


def citations_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of whose publications stand behind the claims that have notes.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    rows = [
        {
            "Whose": capitalize_first(code_label(str(whose))),
            "Addresses": int(row["addresses"]),
            "Claims": int(row["claims"]),
            "Of the claims with notes": Numeral(f"{100 * row['share']:.0f} %"),
        }
        for whose, row in attention.cited_publications(corpus).iterrows()
    ]
    return myst_table(rows, title, "citations")
