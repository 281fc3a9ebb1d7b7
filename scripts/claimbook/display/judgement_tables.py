"""Key judgements with their evidence and tests, and the explanations weighed."""

from string import ascii_lowercase

import pandas as pd

from claimbook.analysis import competing_hypotheses
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import (
    NO_BREAK,
    Cite,
    Entry,
    MystBlock,
    definition_list,
    escape_markdown,
    myst_table,
)
from claimbook.language.words import capitalize_first

VERDICTS = {
    competing_hypotheses.STANDS: "+",
    competing_hypotheses.STANDS_ON_ONE_ORIGIN: "one",
    competing_hypotheses.FALLS: "**falls**",
}


def _numbered_judgements(corpus: Corpus) -> pd.DataFrame:
    """Sort the key judgements by number, and make their numbers unique.

    Returns:
        The judgements with `number` as text. Those that share a number have a letter added: `1a`,
        `1b`.
    """
    judgements = corpus.judgements.sort_values("number", kind="stable")
    ranks = judgements.groupby("number").cumcount()
    is_shared = judgements["number"].duplicated(keep=False)
    numbers = [
        f"{number}{ascii_lowercase[rank]}" if shared else str(number)
        for number, rank, shared in zip(judgements["number"], ranks, is_shared, strict=True)
    ]
    return judgements.assign(number=numbers)


def evidence_list(corpus: Corpus) -> MystBlock:
    """Make a definition list of the key judgements with the claims for and against.

    Each term is a judgement with its likelihood and confidence. Its definition has the claims on
    either side, each with its credibility and the reason for it, and what would overturn the
    judgement.
    """

    def entry(judgement: pd.Series, cite: Cite) -> Entry:
        evidence = corpus.evidence.loc[judgement.name]
        paragraphs = []
        for side in ("for", "against"):
            claims = [
                f"{cite([str(claim_id)])}{NO_BREAK}({row['credibility']}) "
                f"{escape_markdown(row['why'])}"
                for claim_id, row in evidence[evidence["side"] == side].iterrows()
            ]
            if claims:
                paragraphs.append(f"*{side.capitalize()}:* {'; '.join(claims)}.")
        paragraphs.append(f"*Overturned by:* {escape_markdown(judgement['overturned_by'])}.")
        term = (
            f"{judgement['number']}\\. {escape_markdown(judgement['title'])} "
            f"({judgement['likelihood']}; confidence {judgement['confidence']})"
        )
        return term, paragraphs

    judgements = _numbered_judgements(corpus)
    return definition_list(lambda cite: [entry(row, cite) for _, row in judgements.iterrows()])


def explanation_list(corpus: Corpus) -> MystBlock:
    """Make a definition list of the competing explanations.

    Each definition has the full statement, and the evidence to expect if it were true.
    """
    return definition_list(
        [
            (
                escape_markdown(explanation["title"]),
                [
                    escape_markdown(explanation["statement"]),
                    f"*If so, we should see:* {escape_markdown(explanation['expected'])}",
                ],
            )
            for _, explanation in corpus.explanations.sort_values("number").iterrows()
        ]
    )


def robustness_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of how the key judgements hold in each test of robustness.

    The rows are the judgements. The columns are the tests of `reduced_evidence`, with `VERDICTS` in
    the cells, and the institutions that support the judgement.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    claims = corpus.full_claims()
    judgements = _numbered_judgements(corpus)
    rows = []
    for judgement_id, verdicts in competing_hypotheses.robustness_of_judgements(corpus).iterrows():
        judgement = judgements.loc[judgement_id]
        institutions = competing_hypotheses.speaking_institutions(
            corpus, str(judgement_id), "for", claims
        )
        names = sorted(corpus.actors.loc[institution, "short"] for institution in institutions)
        rows.append(
            {
                "Judgement": f"{judgement['number']}\\. {escape_markdown(judgement['label'])}",
                **{capitalize_first(test): VERDICTS[verdict] for test, verdict in verdicts.items()},
                "Origins for it": escape_markdown(", ".join(names)),
            }
        )
    return myst_table(rows, title, "tested")
