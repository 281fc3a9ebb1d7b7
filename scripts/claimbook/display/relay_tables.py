"""Tables on relays: what each report received and made of it, and how the coders agree on it."""

import pandas as pd

from claimbook.analysis import agreement, relays
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import Cite, MystBlock, Numeral, Row, escape_markdown, myst_table
from claimbook.language.relay_description import CHANGES, RelayDescription, describe_relays
from claimbook.language.words import capitalize_first

FIELDS = {"found": "Passes on an original", "original": "Which original", "change": "All changes"}


def relay_table(corpus: Corpus, code: str, title: str) -> MystBlock:
    """Make a table of what a report received, and what it made of it.

    A row is a claim that passes on something of the record, in the order of the report's text. The
    columns are the original with its author and day, the claim, and what changed, with the decisive
    words of either side.

    Args:
        corpus: The corpus, with reports and record.
        code: The code of the report.
        title: The title of the table.
    """
    claims = relays.relayed_claims(corpus)
    of_report = {
        str(claim_id): claim["change"]
        for claim_id, claim in claims[claims["code"] == code].iterrows()
    }

    paraphrases = corpus.claims["paraphrase"]

    def rows(cite: Cite) -> list[Row]:
        return [
            {
                "What it received": " ".join(_received(relay, cite) for relay in described),
                "What it made of it": _cited(paraphrases[claim_id], claim_id, cite),
                "On the way": _on_the_way(described, change),
            }
            for claim_id, change in of_report.items()
            if (described := describe_relays(corpus, claim_id))
        ]

    return myst_table(rows, title, f"relays-{code}")


def _cited(paraphrase: str, claim_id: str, cite: Cite) -> str:
    """Write a claim with its citation."""
    return f"{escape_markdown(paraphrase)} {cite([claim_id])}"


def _received(relay: RelayDescription, cite: Cite) -> str:
    """Write an original with its author, day and citation."""
    if not relay.original:
        return f"{relay.source}."
    return f"{escape_markdown(relay.who)}: {_cited(relay.paraphrase, relay.original, cite)}"


def _on_the_way(described: list[RelayDescription], change: list[str]) -> str:
    """Write what changed, the decisive words, and the notes."""
    changes = ", ".join(words for value, words in CHANGES.items() if value in change)
    words = [escape_markdown(relay.words) for relay in described if relay.words]
    notes = [escape_markdown(relay.note) for relay in described if relay.note]
    head = f"**{capitalize_first(changes)}**"
    return " ".join([f"{head}: {'; '.join(words)}." if words else f"{head}.", *notes])


def change_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of how often each change was made, by report.

    Args:
        corpus: The corpus, with reports and record.
        title: The title of the table.
    """
    counts = relays.changes_by_source(corpus)
    outcomes = relays.outcomes_by_source(corpus)
    codes = [code for code in counts.index if code != relays.ALL]
    passed = {"What became of it": "passed on, in all"}
    passed |= {code: int(outcomes.at[code, "passed_on"]) for code in codes}
    rows = [passed | {"All": int(outcomes.at[relays.ALL, "passed_on"])}]
    rows += [
        {"What became of it": words}
        | {code: int(counts.at[code, value]) for code in codes}
        | {"All": int(counts.at[relays.ALL, value])}
        for value, words in CHANGES.items()
        if counts.at[relays.ALL, value]
    ]
    return myst_table(rows, title, "relay-changes")


def relay_agreement_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of how far the two coders of the relays agree.

    Args:
        corpus: The corpus with the coders' rows.
        title: The title of the table.
    """
    compared = relays.relay_agreement(corpus, agreement.RESAMPLES)
    rows = [
        {
            "Field": FIELDS.get(str(field), CHANGES.get(str(field), "")),
            "Compared": int(row["units"]),
            "First": _number(row["one"]),
            "Second": _number(row["two"]),
            "Same": Numeral(f"{row['same']:.2f}"),
            "Alpha": Numeral(f"{row['alpha']:.2f}"),
            "95 % interval": f"{row['low']:.2f} to {row['high']:.2f}",
        }
        for field, row in compared.iterrows()
    ]
    return myst_table(rows, title, "relay-agreement")


def _number(value: float) -> Numeral:
    """Write a number of claims; empty where there is none."""
    return Numeral("" if pd.isna(value) else f"{value:.0f}")


def relay_settlements_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of how the differences on relays were settled, one by one.

    Args:
        corpus: The corpus with the settlements.
        title: The title of the table.
    """
    settlements = corpus.settlements[corpus.settlements["stage"] == relays.RELAY_STAGE]

    def rows(cite: Cite) -> list[Row]:
        return [
            {
                "Claim": cite([row["first_id"]]),
                "First": _values(row["first"]),
                "Second": _values(row["second"]),
                "Settled": _values(row["settled"]),
                "Why": escape_markdown(row["why"]),
            }
            for _, row in settlements.iterrows()
        ]

    return myst_table(rows, title, "relay-settlements")


def _values(cell: str) -> str:
    """Write the values of a cell, changes in words."""
    return escape_markdown(", ".join(CHANGES.get(value, value) for value in cell.split(";")))
