"""A corpus of any size, made from a given one: copied under other ids and days, or thinned."""

import dataclasses
import itertools
import string

import numpy as np
import pandas as pd
from claimbook.corpus.model import Corpus
from claimbook.settings import settings

SEED = 2022
CODES = ["".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3)]


def grown(corpus: Corpus, claims: int) -> Corpus:
    """The corpus with so many claims: whole copies under other names, the last one cut.

    Below one copy it is a sample.
    """
    copies = -(-claims // len(corpus.claims))
    rng = np.random.default_rng(SEED)
    tables = [corpus if copies == 1 else _copy(corpus, number, rng) for number in range(copies)]
    joined = {
        field.name: pd.concat([getattr(table, field.name) for table in tables])
        for field in dataclasses.fields(corpus)
        if field.name
        not in (
            "places",
            "terms",
            "passes",
            "settlements",
            "judgements",
            "explanations",
            "propositions",
            "weighing",
            "corrections",
            "further",
        )
    }
    keep = joined["claims"].iloc[:claims]
    if copies == 1:
        keep = joined["claims"].sample(claims, random_state=SEED).sort_index()
    relations = joined["relations"].reset_index()
    relations = relations[
        relations["claim_a"].isin(keep.index) & relations["claim_b"].isin(keep.index)
    ]
    joined |= {
        "claims": keep,
        "relations": relations.set_index(["claim_a", "relation", "claim_b"]),
    }
    for table in ("forecasts", "indicators"):
        joined[table] = joined[table][~joined[table].index.duplicated()]
    return dataclasses.replace(corpus, **joined)


def _copy(corpus: Corpus, number: int, rng: np.random.Generator) -> Corpus:
    """A copy under other ids, its events and sources moved to days of their own."""
    codes = dict(zip(corpus.sources["code"], CODES[number * len(corpus.sources) :], strict=False))
    new = lambda name: f"{name}-{number}" if name else name  # noqa: E731
    claim = lambda name: f"{codes[name[:2]]}{name[2:]}"  # noqa: E731
    claims = lambda names: [claim(name) for name in names]  # noqa: E731
    sources = corpus.sources.assign(
        code=corpus.sources["code"].map(codes), outlet=corpus.sources["outlet"].map(new)
    ).rename(index=new)
    first, last = pd.Timestamp(settings().period.start), pd.Timestamp(settings().period.end)
    days = (last - first).days
    sources["published"] = sources["published_earliest"] = sources["published_latest"] = (
        first + pd.to_timedelta(rng.integers(days // 2, days, len(sources)), "D")
    )
    actors = corpus.actors.assign(institution=corpus.actors["institution"].map(new)).rename(
        index=new
    )
    actors["short"] = [f"{short} {number}" for short in actors["short"]]
    actors["name"] = [f"{name} {number}" for name in actors["name"]]
    shift = pd.to_timedelta(rng.integers(-20, 20, len(corpus.events)), "D")
    events = corpus.events.rename(index=new)
    for column in ("start", "end", "earliest", "latest"):
        events[column] = (events[column] + shift).clip(upper=last)
    events["movers"] = events["movers"].map(lambda movers: list(map(new, movers)))
    events["title"] = [f"{title}, case {number}" for title in events["title"]]
    events["label"] = [f"{label} {number}" for label in events["label"]]
    told = corpus.claims.assign(
        source_id=corpus.claims["source_id"].map(new),
        event_id=corpus.claims["event_id"].map(new),
        chain=corpus.claims["chain"].map(lambda links: list(map(new, links))),
    ).rename(index=claim)
    relations = corpus.relations.reset_index()
    relations = relations.assign(
        claim_a=relations["claim_a"].map(claim), claim_b=relations["claim_b"].map(claim)
    )
    signs = corpus.indicators
    signs = signs.assign(
        named_by=signs["named_by"].map(new),
        claims=signs["claims"].map(claims),
        seen_in=signs["seen_in"].map(claims),
    )
    return dataclasses.replace(
        corpus,
        sources=sources,
        actors=actors,
        events=events,
        claims=told,
        indicators=signs.rename(index=new),
        relations=relations.set_index(["claim_a", "relation", "claim_b"]),
        criticism=corpus.criticism.rename(index=new, level="source_id"),
        outlook_record=corpus.outlook_record.rename(index=new, level="speaker"),
        forecasts=corpus.forecasts.rename(index=claim),
        set_aside=corpus.set_aside.rename(index=claim),
        evidence=corpus.evidence.rename(index=claim, level="claim_id"),
    )
