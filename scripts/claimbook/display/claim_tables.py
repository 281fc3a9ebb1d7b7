"""Tables and lists of claims: by event, opposed, forecasting, repeated, selected."""

from typing import Any

import pandas as pd

from claimbook.analysis.estimates import graded_forecasts, is_about
from claimbook.analysis.provenance import repeated_propositions
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import (
    NO_BREAK,
    Cite,
    Entry,
    MystBlock,
    Row,
    definition_list,
    escape_markdown,
    myst_table,
)
from claimbook.language.claim_description import attribute_claim, describe_chain, describe_when_said
from claimbook.language.dates import format_between, format_day_and_month, format_span
from claimbook.language.words import capitalize_first
from claimbook.settings import settings

PRECISE = ("day", "month", "since")  # precisions of an event with days of its own


def chronology(corpus: Corpus, themes: list[str]) -> MystBlock:
    """Make a definition list of the events of some themes, in order of time.

    Each term is an event with its day. Its definition has the note of the event, and links to all
    claims on it.

    Args:
        corpus: The corpus.
        themes: The ids of the themes.
    """
    events = corpus.events[corpus.events["theme"].isin(themes)]
    events = events.assign(day=events["start"].fillna(events["latest"]))
    claims = corpus.claims.groupby("event_id").groups

    def entry(event: pd.Series, cite: Cite) -> Entry:
        if event["precision"] in PRECISE:
            when = format_span(event["start"], event["end"])
        else:
            when = format_between(event["earliest"], event["latest"])
        markers = cite([str(claim) for claim in claims.get(event.name, [])])
        note = f"{escape_markdown(event['note'])}." if event["note"] else ""
        term = f"**{capitalize_first(when)}.** {escape_markdown(event['title'])}"
        return term, [f"{note} {markers}".strip()]

    in_order = events.sort_values(["day", "latest"])
    return definition_list(lambda cite: [entry(event, cite) for _, event in in_order.iterrows()])


def disagreements_table(corpus: Corpus, relation: str, title: str) -> MystBlock:
    """Make a table of the pairs of claims that contradict or dispute each other.

    The two claims of a pair are side by side, each with its speaker and day, followed by the note
    on their relation.

    Args:
        corpus: The corpus.
        relation: The relation of the pairs: `contradicts` or `disputes`.
        title: The title of the table.
    """
    claims = corpus.full_claims()

    def describe(claim_id: str, cite: Cite) -> str:
        claim = claims.loc[claim_id]
        paraphrase = escape_markdown(claim["paraphrase"])
        who = escape_markdown(attribute_claim(corpus, claim))
        return f"{paraphrase} {who} {cite([claim_id])}"

    pairs = corpus.relations.reset_index()
    pairs = pairs[pairs["relation"] == relation]

    def rows(cite: Cite) -> list[Row]:
        return [
            {
                "One side": describe(pair.claim_b, cite),
                "The other": describe(pair.claim_a, cite),
                "How they stand": escape_markdown(pair.note),
            }
            for pair in pairs.itertuples()
        ]

    return myst_table(rows, title, relation)


def forecast_list(corpus: Corpus, event: str) -> MystBlock:
    """Make a definition list of the forecasts of one event, in order of time.

    Each term is the day and the speaker, with the words of likelihood and their range. The
    definition has the forecast, its grounds and its outcome.

    Args:
        corpus: The corpus.
        event: The event, as the table of forecasts names it; those of every event are listed, too.
    """
    forecasts = graded_forecasts(corpus)
    as_of = format_day_and_month(settings().as_of)
    forecasts = forecasts[is_about(forecasts["event"], event)]

    def entry(claim_id: str, forecast: pd.Series, cite: Cite) -> Entry:
        when = _describe_day(corpus, claim_id)
        speaker = f"{escape_markdown(forecast['speaker'])} (in{NO_BREAK}{forecast['code']})"
        grounds = (
            f"Rests on {cite(forecast['rests_on'])}."
            if forecast["rests_on"]
            else "No ground is given."
        )
        definition = (
            f"{escape_markdown(forecast['paraphrase'])} {cite([claim_id])} {grounds} "
            f"On {as_of}: {forecast['outcome']}. {escape_markdown(forecast['why'].rstrip('.'))}."
        )
        return f"{when}, {speaker}{_describe_estimate(forecast)}", [definition]

    return definition_list(
        lambda cite: [entry(str(key), forecast, cite) for key, forecast in forecasts.iterrows()]
    )


def _describe_estimate(forecast: pd.Series) -> str:
    """Write a forecast's words of likelihood and their range.

    Args:
        forecast: A row of `graded_forecasts`.

    Returns:
        A phrase to follow the speaker, such as `: “likely”, 55 to 80 per cent`. Without a range it
        has only the words; without words it is empty.
    """
    if not forecast["term"]:
        return ""
    words = f": “{escape_markdown(forecast['term'])}”"
    if pd.isna(forecast["low"]):
        return words
    return f"{words}, {forecast['low']:.0f} to {forecast['high']:.0f} per cent"


def _describe_day(corpus: Corpus, claim_id: str) -> str:
    """Describe the day on which a claim was said or, if unknown, published.

    A day of publication is preceded by `Published`.
    """
    claim = corpus.claims.loc[claim_id]
    when = describe_when_said(corpus, claim)
    return when if pd.notna(claim["stated_on"]) else f"Published {when}"


def repeated_table(corpus: Corpus, title: str) -> MystBlock:
    """Make a table of the propositions that several sources or origins repeat.

    The columns are the proposition with its claims, the sources, the origins and the number of
    institutions behind these.

    Args:
        corpus: The corpus.
        title: The title of the table.
    """
    propositions = list(repeated_propositions(corpus).itertuples())

    def row(proposition: Any, cite: Cite) -> Row:
        paraphrase = corpus.claims.loc[proposition.claims[0], "paraphrase"]
        origins = ", ".join(corpus.actors.loc[origin, "name"] for origin in proposition.origins)
        return {
            "What is said": f"{escape_markdown(paraphrase)} {cite(proposition.claims)}",
            "Articles": ", ".join(proposition.sources),
            "Origins": escape_markdown(origins),
            "Institutions": len(proposition.institutions),
        }

    return myst_table(lambda cite: [row(each, cite) for each in propositions], title, "repeated")


def selection_table(
    corpus: Corpus, claims: pd.DataFrame, title: str, name: str = "selection"
) -> MystBlock:
    """Make a table of some claims, with the wording, speaker and day of each.

    Args:
        corpus: The corpus.
        claims: The rows of the claims, indexed by id.
        title: The title of the table.
        name: The name of the table, for cross-references.
    """

    def rows(cite: Cite) -> list[Row]:
        return [
            {
                "Claim": cite([str(claim_id)]),
                "What it says": escape_markdown(claim["paraphrase"]),
                "Who": escape_markdown(describe_chain(corpus, claim["chain"])),
                "Said or published": describe_when_said(corpus, claim),
            }
            for claim_id, claim in claims.iterrows()
        ]

    return myst_table(rows, title, name)
