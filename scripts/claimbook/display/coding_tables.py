"""Tables on the coding: claims by coder, agreement, differences and how they were settled."""

import pandas as pd

from claimbook.analysis import agreement
from claimbook.analysis.relays import RELAY_STAGE
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import MystBlock, Numeral, escape_markdown, myst_table

COMPARED_FIELDS = ["theme", "kind", "bearing", "chain"]  # those that the report leans on most
CHECKED_FIELDS = {
    "chain": "chains",
    "event_start": "first days",
    "event_end": "last days",
    "stated_on": "days of statement",
    "theme": "themes",
}
PREVAILED = {
    "first": "First pass",
    "second": "Second pass",
    "another": "Neither",
    "third-reading": "Third reading",
    "all": "All",
}


def found_table(corpus: Corpus, one: str, two: str, title: str) -> MystBlock:
    """Make a table of how many claims two coders marked in each source.

    The columns are the source, the number of claims of each coder, the number that both marked, and
    that number divided by the mean of the two. The last row is for all sources.

    Args:
        corpus: The corpus with the coders' claims.
        one: The first coder.
        two: The second coder.
        title: The title of the table.
    """
    counts = agreement.claims_by_source(corpus.passes, one, two)
    codes = corpus.sources.sort_values("published")["code"].to_dict()
    counts = counts.reindex([*(source for source in codes if source in counts.index), "all"])
    rows = [
        {
            "Source": codes.get(source, "All"),
            one.capitalize(): int(row[one]),
            two.capitalize(): int(row[two]),
            "Same": int(row["matched"]),
            "Same, of the mean": Numeral(f"{row['agreement']:.2f}"),
        }
        for source, row in counts.iterrows()
    ]
    return myst_table(rows, title, "found")


def pass_pairs_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of the agreement of every pair of coders with the same codebook.

    A row is a pair of coders. The columns are `Passes` (the names of the two), `Same claims` (how
    many claims both marked) and, for each of `COMPARED_FIELDS`, Krippendorff's alpha for these
    claims, with its 95 % interval in brackets.

    Args:
        corpus: The corpus with the coders' claims.
        title: The title of the table.
    """
    rows = []
    for one, two in agreement.coder_pairs(corpus):
        compared = agreement.field_agreement(corpus.passes, one, two, fields=COMPARED_FIELDS)
        alphas = {
            str(field): f"{row['alpha']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
            for field, row in compared.iterrows()
        }
        matches = agreement.match_claims(corpus.passes, one, two)
        rows.append({"Passes": f"{one}, {two}", "Same claims": len(matches), **alphas})
    return myst_table(rows, title, "pairs")


def agreement_table(corpus: Corpus, one: str, two: str, title: str) -> MystBlock:
    """Make a table of the agreement of two coders on each field that both coded.

    The columns are the field, the share of matched claims with the same value, and Krippendorff's
    alpha with its 95 % interval.

    Args:
        corpus: The corpus with the coders' claims.
        one: The first coder.
        two: The second coder; `agreement.PUBLISHED` for the claims of the corpus.
        title: The title of the table.
    """
    passes, coders = corpus.passes, corpus.coders
    if two == agreement.PUBLISHED:
        passes, coders = agreement.with_published(corpus, one)
    fields = agreement.compared_fields(coders, one, two)
    compared = agreement.field_agreement(passes, one, two, fields=fields).dropna(subset="alpha")
    rows = [
        {
            "Field": str(field),
            "Same": Numeral(f"{row['same']:.2f}"),
            "Alpha": Numeral(f"{row['alpha']:.2f}"),
            "95 % interval": f"{row['low']:.2f} to {row['high']:.2f}",
        }
        for field, row in compared.iterrows()
    ]
    return myst_table(rows, title, f"agreement-table-{one}")


def double_coding_table(corpus: Corpus, one: str, two: str, title: str) -> MystBlock:
    """Make a table of how many claims and fields two coders coded alike.

    The first row is for the claims, the others for `CHECKED_FIELDS`. The columns are the number of
    claims in the book, the number that both coders marked, and how many of these have the same
    value.

    Args:
        corpus: The corpus with the coders' claims.
        one: The first coder.
        two: The second coder.
        title: The title of the table.
    """
    coded_twice = len(agreement.match_claims(corpus.passes, one, two))
    compared = agreement.field_agreement(
        corpus.passes, one, two, resamples=0, fields=list(CHECKED_FIELDS)
    )
    number_alike = (compared["same"] * coded_twice).fillna(0).round().astype(int)
    alike = {"claims": coded_twice} | {
        name: int(number_alike[field]) for field, name in CHECKED_FIELDS.items()
    }
    rows = [
        {
            "What": name,
            "In the book": len(corpus.claims),
            "Coded twice": coded_twice,
            "Alike": number,
        }
        for name, number in alike.items()
    ]
    return myst_table(rows, title, "checked-twice")


def confusion_table(corpus: Corpus, one: str, two: str, field: str, title: str) -> MystBlock:
    """Make a table of the pairs of values that two coders gave to a field.

    The first coder's values are in rows, the second's in columns, and the numbers of claims in the
    cells.

    Args:
        corpus: The corpus with the coders' claims.
        one: The first coder.
        two: The second coder.
        field: The column of the coding.
        title: The title of the table.
    """
    counts = agreement.confusion_matrix(corpus.passes, one, two, field)
    rows = [
        {f"{one} / {two}": value, **{str(column): number for column, number in row.items()}}
        for value, row in counts.iterrows()
    ]
    return myst_table(rows, title, "confusion")


def settlements_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of the differences between coders, by cause and by who prevailed.

    The rows are the causes, the most frequent first; those on relays are left out. The columns
    count how often the first coder, the second, neither or a third reading prevailed.

    Args:
        corpus: The corpus with the settlements.
        title: The title of the table.
    """
    settlements = corpus.settlements[corpus.settlements["stage"] != RELAY_STAGE]
    counts = pd.crosstab(settlements["rule"], settlements["prevailed"].astype(str))
    counts["all"] = counts.sum(axis="columns")
    counts = counts.sort_values("all", ascending=False, kind="stable")
    rows = [
        {
            "Cause": escape_markdown(_rule_label(str(rule))),
            **{PREVAILED[str(column)]: number for column, number in row.items()},
        }
        for rule, row in counts.iterrows()
    ]
    return myst_table(rows, title, "settled")


def _rule_label(rule: str) -> str:
    """Write the cause of a difference in words.

    Args:
        rule: The number of a rule of the codebook, or the name of a field.
    """
    return f"rule {rule}" if rule.isdigit() else rule.replace("_", " ")
