"""Judgements with their evidence and tests, and the explanations weighed."""

import pandas as pd

from claimbook.analysis import competing_hypotheses, judgement_tests
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import (
    NO_BREAK,
    Cite,
    Entry,
    MystBlock,
    Row,
    definition_list,
    escape_markdown,
    markdown_table,
    myst_table,
)
from claimbook.language.words import capitalize_first

VERDICTS = {
    judgement_tests.STANDS: "+",
    judgement_tests.ONE_ORIGIN: "one",
    judgement_tests.TIED: "tied",
    judgement_tests.FALLS: "**falls**",
    judgement_tests.EMPTY: "nothing left",
}
NOBODY = "Nobody in the corpus"
NO_CONFIDENCE = "–"


def judgements_table(
    corpus: Corpus, title: str, chapter: str = "", name: str = "judgements"
) -> MystBlock:
    """Make a table of judgements with their likelihood as a bar.

    Args:
        corpus: The corpus with the judgements.
        title: The title of the table.
        chapter: The page whose judgements it lists, by file name without suffix; empty for those
            that lead, from all pages.
        name: The name of the table, for cross-references.
    """
    judgements = corpus.judgements.sort_values("number")
    is_listed = judgements["chapter"] == chapter if chapter else judgements["number"].notna()
    book_rows, plain_rows = [], []
    for _, judgement in judgements[is_listed].iterrows():
        number = "" if chapter else f"{judgement['number']}\\. "
        words = escape_markdown(judgement["title"])
        has_confidence = pd.notna(judgement["confidence"])
        confidence = str(judgement["confidence"]) if has_confidence else NO_CONFIDENCE
        dissent = escape_markdown(judgement["dissent"] or NOBODY)
        row = {
            "Judgement": f"{number}**{words}.** {escape_markdown(judgement['why'].rstrip('.'))}.",
            "Likelihood": f"{{likelihood}}`{judgement['likelihood']}`",
            "Confidence": confidence,
            "Who disagrees": f"{dissent}.",
            "What would overturn it": f"{escape_markdown(judgement['overturned_by'])}.",
        }
        book_rows.append(row)
        plain_rows.append(row | {"Likelihood": judgement["likelihood"]})
    if not book_rows:
        return myst_table([], title, name)
    plain = markdown_table(plain_rows)
    return MystBlock(markdown_table(book_rows), title, f"tab-{name}", plain)


def evidence_list(corpus: Corpus) -> MystBlock:
    """Make a definition list of the judgements with the claims for and against.

    Each term is a judgement with its likelihood and confidence; those that lead come first, with
    their numbers. Its definition has the claims on either side, each with its credibility and the
    reason for it, and what would overturn the judgement.
    """

    def entry(judgement: pd.Series, cite: Cite) -> Entry:
        evidence = corpus.evidence
        is_own = evidence.index.get_level_values("judgement_id") == judgement.name
        paragraphs = []
        for side in ("for", "against"):
            claims = [
                f"{cite([str(claim_id)])}{NO_BREAK}({row['credibility']}) "
                f"{escape_markdown(row['why'])}"
                for (_, claim_id), row in evidence[is_own & (evidence["side"] == side)].iterrows()
            ]
            if claims:
                paragraphs.append(f"*{side.capitalize()}:* {'; '.join(claims)}.")
        paragraphs.append(f"*Overturned by:* {escape_markdown(judgement['overturned_by'])}.")
        number = "" if pd.isna(judgement["number"]) else f"{judgement['number']}\\. "
        grade = str(judgement["likelihood"])
        if pd.notna(judgement["confidence"]):
            grade += f"; confidence {judgement['confidence']}"
        return f"{number}{escape_markdown(judgement['title'])} ({grade})", paragraphs

    judgements = corpus.judgements.sort_values("number")
    return definition_list(lambda cite: [entry(row, cite) for _, row in judgements.iterrows()])


def explanation_list(corpus: Corpus) -> MystBlock:
    """Make a definition list of the competing explanations.

    Each definition has the full statement, the evidence to expect if it were true, and the evidence
    that it forbids.
    """
    return definition_list(
        [
            (
                escape_markdown(explanation["title"]),
                [
                    escape_markdown(explanation["statement"]),
                    f"*If so, we should see:* {escape_markdown(explanation['expected'])}",
                    f"*And not:* {escape_markdown(explanation['forbids'])}",
                ],
            )
            for _, explanation in corpus.explanations.sort_values("number").iterrows()
        ]
    )


def proposition_list(corpus: Corpus, later: bool = False) -> MystBlock:
    """Make a table of the weighed propositions, with their claims and readings.

    Args:
        corpus: The corpus with the propositions.
        later: Whether to list those that became known after the as-of day instead of the others.
    """
    matrix = competing_hypotheses.surprise_matrix(corpus, later=later)
    names = corpus.explanations["label"]

    def row(proposition: pd.Series, readings: pd.Series, cite: Cite) -> Row:
        against = [
            f"{names[explanation]} ({reading})"
            for explanation, reading in readings.items()
            if reading != competing_hypotheses.NOT
        ]
        return {
            "Proposition": f"{proposition['number']}\\. "
            f"{escape_markdown(proposition['statement'])} {cite(proposition['claims'])}",
            "Surprising if": escape_markdown("; ".join(against) or "none of them were true"),
            "Known": str(proposition["credibility"]),
        }

    title = "The propositions weighed" + (", known later" if later else "")
    return myst_table(
        lambda cite: [
            row(corpus.propositions.loc[name], readings, cite)
            for name, readings in matrix.iterrows()
        ],
        title,
        "propositions-later" if later else "propositions",
    )


def explanation_scores_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of what speaks against each explanation, in all tests.

    The rows are the explanations, the one with least against it first. The columns are those of
    `disconfirmation_on_reduced_evidence`; a cell has the sum and in brackets the rank.
    """
    scores = competing_hypotheses.disconfirmation_on_reduced_evidence(corpus)
    scores = scores.sort_values(next(iter(scores.columns)), kind="stable")
    ranks = scores.rank(method="min").astype(int)
    rows = [
        {
            "Explanation": escape_markdown(corpus.explanations.loc[explanation, "title"]),
            **{
                capitalize_first(test): f"{score} ({ranks.at[explanation, test]})"
                for test, score in row.items()
            },
        }
        for explanation, row in scores.iterrows()
    ]
    return myst_table(rows, title, "explanation-scores")


def robustness_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of how the judgements hold in each test of robustness.

    The rows are the judgements, those that lead first. The columns are the tests of
    `robustness_of_judgements`, with `VERDICTS` in the cells, and the institutions that support the
    judgement.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    claims = corpus.full_claims()
    rows = []
    for judgement_id, verdicts in judgement_tests.robustness_of_judgements(corpus).iterrows():
        judgement = corpus.judgements.loc[judgement_id]
        institutions = judgement_tests.speaking_institutions(
            corpus,
            str(judgement_id),
            judgement_tests.supporting_side(judgement["likelihood"]),
            claims,
        )
        names = sorted(corpus.actors.loc[institution, "short"] for institution in institutions)
        number = "" if pd.isna(judgement["number"]) else f"{judgement['number']}\\. "
        rows.append(
            {
                "Judgement": f"{number}{escape_markdown(judgement['label'])}",
                **{capitalize_first(test): VERDICTS[verdict] for test, verdict in verdicts.items()},
                "Origins for it": escape_markdown(", ".join(names)),
            }
        )
    return myst_table(rows, title, "tested")
