"""The numbers that the prose states, each counted from the tables."""

import pandas as pd

from shortofwar.corpus import agreement
from shortofwar.corpus.likelihood import ledger
from shortofwar.corpus.origins import chains, propositions
from shortofwar.corpus.tables import Corpus

WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()
LAST_MONTH = pd.Timestamp("2022-12-01")
ISW = "isw"


def in_words(number: int) -> str:
    """A count as prose has it: in words up to twelve, in digits above."""
    return WORDS[number] if number < len(WORDS) else f"{number:,}"


def of_theme(corpus: Corpus, theme: str) -> dict[str, str]:
    """What a chapter on a theme counts: claims and who stands behind them, by kind and bearing; its events by date."""
    claims = corpus.full_claims()
    claims = claims[claims["theme"] == theme]
    events = corpus.events[corpus.events["theme"] == theme]
    return {
        **_of(claims),
        "events": in_words(len(events)),
        "december": in_words(int((events["earliest"] >= LAST_MONTH).sum())),
        "undated": in_words(int((events["precision"] == "vague").sum())),
        **{f"events_{kind}": in_words(int(n)) for kind, n in events["kind"].value_counts().items()},
    }


def of_all(corpus: Corpus) -> dict[str, str]:
    """What the pages on the whole corpus count: claims, sources, words, origins, and the share of the largest origin."""
    claims = corpus.full_claims()
    argued = claims[claims["theme"] != "context"]
    isw = argued["chain"].map(lambda chain: ISW in chain)
    outlook = claims[claims["theme"] == "outlook"]
    return {
        **_of(claims),
        "argued": in_words(len(argued)),
        "context": in_words(len(claims) - len(argued)),
        "words": in_words(int(corpus.sources["words"].sum())),
        "actors": in_words(len(corpus.actors)),
        "places": in_words(len(corpus.places)),
        "events": in_words(len(corpus.events)),
        "isw_chain": in_words(int(isw.sum())),
        "isw_share": f"{100 * isw.mean():.0f} %",
        "isw_sources": in_words(argued[isw]["code"].nunique()),
        "outlook": in_words(len(outlook)),
        "outlook_lowers": in_words(int((outlook["bearing"] == "lowers").sum())),
        "outlook_raises": in_words(int((outlook["bearing"] == "raises").sum())),
    }


def _of(claims: pd.DataFrame) -> dict[str, str]:
    """Counts over some claims: how many, in how many sources, of how many origins; by kind, bearing and verification."""
    columns = ("kind", "bearing", "verification")
    by_value = {str(value): int(n) for column in columns for value, n in claims[column].value_counts().items()}
    return {
        "claims": in_words(len(claims)),
        "sources": in_words(claims["code"].nunique()),
        "origins": in_words(claims["origin"].nunique()),
        "own_voice": in_words(int((claims["chain"].map(len) == 1).sum())),
        "isw": in_words(int((claims["origin"] == ISW).sum())),
        "dated": in_words(int((claims["date_basis"] != "none").sum())),
        **{value: in_words(n) for value, n in by_value.items() if value != "none"},
    }


def of_outlook(corpus: Corpus) -> dict[str, str]:
    """What the outlook chapter counts beside its theme: how many answers carry words that can be read as a range."""
    outlook = ledger(corpus)
    return {"ranged": in_words(int(outlook["low"].notna().sum()))}


def of_origins(corpus: Corpus) -> dict[str, str]:
    """What the page on origins counts: propositions that stand more than once, and those that come from one institution."""
    known = propositions(corpus)
    one = known["institutions"].map(len) == 1
    ways = chains(corpus)
    own = (ways["origin"] == ways["outlet"]).groupby(ways["code"]).mean()
    return {
        "repeated": in_words(len(known)),
        "repeated_one": in_words(int(one.sum())),
        **{f"own_{code}": f"{100 * share:.0f} %" for code, share in own.items()},
    }


def of_relations(corpus: Corpus) -> dict[str, str]:
    """How many relations of each sort there are, and all together (`relations`)."""
    sorts = corpus.relations.index.get_level_values("relation").value_counts()
    return {"relations": in_words(len(corpus.relations)), **{str(sort): in_words(int(n)) for sort, n in sorts.items()}}


def of_coding(corpus: Corpus) -> dict[str, str]:
    """What the method chapter counts: claims, chains and dates that two coders coded, and the differences settled."""
    one, two = agreement.coders(corpus.passes)[:2]
    matched = agreement.match(corpus.passes, one, two)
    table = agreement.table(corpus.passes, one, two, draws=2)
    same = (table["same"] * len(matched)).round().astype(int)
    changes = corpus.settlements.index.str.startswith("x")
    return {
        "one_claims": in_words(len(corpus.passes.loc[one])),
        "two_claims": in_words(len(corpus.passes.loc[two])),
        "matched": in_words(len(matched)),
        **{f"same_{field}": in_words(int(number)) for field, number in same.items()},
        "weakest": agreement.weakest(corpus.passes, one, two).replace("_", " "),
        "settled": in_words(int((~changes).sum())),
        "third": in_words(int(changes.sum())),
    }


def of_criticism(corpus: Corpus) -> dict[str, str]:
    """How many findings of source criticism there are (`findings`), and by what they are known."""
    known = corpus.criticism["known_by"].value_counts()
    return {"findings": in_words(len(corpus.criticism)), **{f"by_{how}": in_words(int(n)) for how, n in known.items()}}
