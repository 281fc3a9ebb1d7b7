"""What a class is asked and told: evidence and explanations to weigh, and the answers.

The tables have no titles, and so no numbers: a page for the web alone must not have any.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from claimbook.analysis import competing_hypotheses
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import MystBlock, Row, escape_markdown, markdown_table
from claimbook.language.words import lower_first
from claimbook.settings import settings

SURPRISE = {
    competing_hypotheses.NOT: "",  # as a class is told to write it
    competing_hypotheses.SOMEWHAT: "S",
    competing_hypotheses.VERY: "V",
}
NO_RANGE, UNKNOWN = "none", "The scale does not have it"


class _Said(NamedTuple):
    """A word of likelihood on a card.

    Attributes:
        card: The number of the card.
        word: The word.
        low: The lower end of its range in per cent; missing where it gives none.
        high: The upper end.
        why: Why it has this range, or none.
    """

    card: int
    word: str
    low: float
    high: float
    why: str


def explanation_titles(corpus: Corpus) -> MystBlock:
    """Make a list of the competing explanations, each by its title."""
    explanations = corpus.explanations.sort_values("number")
    return MystBlock("\n".join(f"- {escape_markdown(title)}" for title in explanations["title"]))


def ranges_table(corpus: Corpus, cards: Sequence[str]) -> MystBlock:
    """Make a table of the words of likelihood on some cards, from the least likely.

    Args:
        corpus: The corpus with the ranges.
        cards: What the cards say in their order, by the ids of claims or of the report's own
            judgements.
    """
    said = [_said(corpus, number, name) for number, name in enumerate(cards, start=1)]
    placed = sorted((each for each in said if pd.notna(each.low)), key=lambda each: each[2:4])
    unplaced = [each for each in said if pd.isna(each.low)]
    rows: list[Row] = [
        {
            "Card": each.card,
            "Word": f"*{escape_markdown(each.word)}*",
            "Per cent": f"{NO_RANGE}: {escape_markdown(lower_first(each.why))}"
            if each in unplaced
            else f"{each.low:.0f} to {each.high:.0f}",
        }
        for each in (*placed, *unplaced)
    ]
    return MystBlock(markdown_table(rows))


def _said(corpus: Corpus, card: int, name: str) -> _Said:
    """Look up the word of a claim or judgement, with its range on the speaker's scale."""
    if name in corpus.judgements.index:
        word, yardstick = str(corpus.judgements.at[name, "likelihood"]), settings().roles.yardstick
    else:
        claim = corpus.claims.loc[name]
        word = str(claim["term"])
        yardstick = str(corpus.actors.at[claim["chain"][-1], "yardstick"])
    if (word, yardstick) not in corpus.terms.index:  # as in a judgement that none can be made
        return _Said(card, word, float("nan"), float("nan"), UNKNOWN)
    term = corpus.terms.loc[(word, yardstick), :]
    return _Said(card, word, term["low"], term["high"], str(term["why"]))


def evidence_to_weigh(corpus: Corpus, propositions: Sequence[str]) -> MystBlock:
    """Make a numbered list of propositions with their claims.

    Args:
        corpus: The corpus.
        propositions: The ids of the propositions, in order.
    """
    chosen = corpus.propositions.loc[list(propositions)]
    return MystBlock.citing(
        lambda cite: "\n".join(
            f"{number}. {escape_markdown(row.statement)} {cite(row.claims)}"
            for number, row in enumerate(chosen.itertuples(), start=1)
        )
    )


def readings_table(corpus: Corpus, propositions: Sequence[str]) -> MystBlock:
    """Make a table of how surprising some propositions are under each explanation.

    The settled readings stand as letters, with a row of sums below them. What surprises nobody has
    an empty cell.

    Args:
        corpus: The corpus with the readings.
        propositions: The ids of the propositions, in order.
    """
    matrix = competing_hypotheses.surprise_matrix(corpus).loc[list(propositions)]
    names = corpus.explanations["label"]
    rows: list[Row] = [
        {
            "Evidence": escape_markdown(corpus.propositions.at[name, "label"]),
            **{str(names[key]): SURPRISE[str(reading)] for key, reading in readings.items()},
        }
        for name, readings in matrix.iterrows()
    ]
    sums = competing_hypotheses.disconfirmation(matrix)
    total = {str(names[key]): f"**{score}**" for key, score in sums.items()}
    return MystBlock(markdown_table([*rows, {"Evidence": "**Points against it**", **total}]))


def expectations_table(corpus: Corpus, propositions: Sequence[str]) -> MystBlock:
    """Make a table of what one would expect instead of what surprises.

    Args:
        corpus: The corpus with the readings and their reasons.
        propositions: The ids of the propositions, in order.

    Returns:
        A row for each proposition that surprises under some explanation, with what each of these
        explanations would lead one to expect.
    """
    names = corpus.explanations.sort_values("number")["label"]
    surprising = corpus.weighing[corpus.weighing["surprise"] != competing_hypotheses.NOT]
    rows: list[Row] = []
    for name in propositions:
        reasons = [
            f"*{escape_markdown(label)}*: {escape_markdown(surprising.at[(name, key), 'why'])}"
            for key, label in names.items()
            if (name, key) in surprising.index
        ]
        if reasons:
            evidence = escape_markdown(corpus.propositions.at[name, "label"])
            rows.append({"Evidence": evidence, "Expected instead": "; ".join(reasons)})
    return MystBlock(markdown_table(rows))
