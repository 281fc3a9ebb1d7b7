"""Tables and lists of the corpus as a page shows them. The titles of tables come from the page."""

from itertools import combinations
from string import ascii_lowercase

import pandas as pd

from claimbook.analysis import agreement, competing_hypotheses, provenance
from claimbook.analysis.estimates import graded_forecasts
from claimbook.corpus.model import Corpus
from claimbook.display.markdown import (
    MystBlock,
    claim_markers,
    definition_list,
    escape_markdown,
    myst_table,
)
from claimbook.language import claim_text

LEANED_ON = ["theme", "kind", "bearing", "chain"]
CHECKED = {
    "chain": "chains",
    "event_start": "first days",
    "event_end": "last days",
    "stated_on": "days of statement",
    "theme": "themes",
}
SHORT = {
    competing_hypotheses.STANDS: "+",
    competing_hypotheses.ONE: "one",
    competing_hypotheses.FALLS: "**falls**",
}
PREVAILED = {
    "first": "First pass",
    "second": "Second pass",
    "another": "Neither",
    "third reading": "Third reading",
    "all": "All",
}
NO_BREAK = "\N{NO-BREAK SPACE}"


def sources_table(corpus: Corpus, title: str) -> MystBlock:
    """The sources with their dates, kinds and sizes."""
    sizes = corpus.claims.groupby("source_id").size()
    rows = [
        {
            "Code": source["code"],
            "Outlet": escape_markdown(corpus.actors.loc[source["outlet"], "name"]),
            "Published": claim_text.describe_publication(source),
            "Kind": source["kind"],
            "Words": f"{source['words']:,}",
            "Claims": sizes[source_id],
            "Reliability": source["reliability"],
        }
        for source_id, source in corpus.sources.sort_values("published").iterrows()
    ]
    return myst_table(rows, title, "sources")


def source_dates(corpus: Corpus) -> MystBlock:
    """The argument for each source's date and for its reliability."""
    return definition_list(
        [
            (
                f"{source['code']}, {escape_markdown(corpus.actors.loc[source['outlet'], 'name'])}",
                [
                    f"**Date.** {escape_markdown(source['published_basis'])}",
                    f"**Reliability {source['reliability']}.** {escape_markdown(source['reliability_reason'])}",
                ],
            )
            for _, source in corpus.sources.sort_values("published").iterrows()
        ]
    )


def criticism_table(corpus: Corpus, code: str, title: str) -> MystBlock:
    """What is wrong with one source, passage by passage, and how that is known."""
    source_id = corpus.sources.index[corpus.sources["code"] == code][0]
    findings = corpus.criticism.loc[source_id].reset_index().sort_values("start")
    known = {
        "text": "The text itself",
        "corpus": "Another of the five",
        "outside": "The outside record",
    }
    rows = []
    for _, finding in findings.iterrows():
        how = known[finding["known_by"]]
        if finding["known_by"] == "outside":
            links = ", ".join(
                f"[{claim_text.short_address(address).partition('/')[0]}](<{address}>)"
                for address in finding["address"]
            )
            how += (
                f" ({claim_text.SEEN[finding['seen']]}): {links}"
                if links
                else f" ({claim_text.SEEN[finding['seen']]})"
            )
        rows.append(
            {
                "At": f"{finding['start']}",
                "Kind": finding["kind"],
                "Finding": escape_markdown(finding["finding"]),
                "Known by": how,
            }
        )
    return myst_table(rows, title, f"criticism-{code}")


def chronology(corpus: Corpus, themes: list[str]) -> MystBlock:
    """The events of some themes in order, with every claim on each and how they differ."""
    events = corpus.events[corpus.events["theme"].isin(themes)]
    claims = corpus.claims[corpus.claims["event_id"] != ""].groupby("event_id", sort=False)
    entries = []
    for event_id, event in (
        events.assign(day=events["start"].fillna(events["latest"]))
        .sort_values(["day", "latest"])
        .iterrows()
    ):
        if event["precision"] in ("day", "month", "since"):
            when = claim_text.format_span(event["start"], event["end"])
        else:
            when = claim_text.format_between(event["earliest"], event["latest"])
        ids = [str(claim) for claim in claims.get_group(event_id).index]
        note = f"{escape_markdown(event['note'])}." if event["note"] else ""
        entries.append(
            (
                f"**{when[0].upper()}{when[1:]}.** {escape_markdown(event['title'])}",
                [f"{note} {claim_markers(ids)}".strip()],
            )
        )
    return definition_list(entries)


def disagreements_table(corpus: Corpus, relation: str, title: str) -> MystBlock:
    """The pairs of claims that contradict or dispute one another, side by side, each with who, when and from which origin."""
    claims = corpus.full_claims()

    def side(claim_id: str) -> str:
        claim = claims.loc[claim_id]
        return f"{escape_markdown(claim['paraphrase'])} {escape_markdown(claim_text.attribution(corpus, claim))} {claim_markers([claim_id])}"

    pairs = corpus.relations.reset_index()
    pairs = pairs[pairs["relation"] == relation]
    rows = [
        {
            "One side": side(pair.claim_b),
            "The other": side(pair.claim_a),
            "How they stand": escape_markdown(pair.note),
        }
        for pair in pairs.itertuples()
    ]
    return myst_table(rows, title, relation)


def forecast_list(corpus: Corpus, event: str) -> MystBlock:
    """The outlook claims on one event in the order in which they were said."""
    outlook = graded_forecasts(corpus)
    entries = []
    for claim_id, claim in outlook[outlook["event"] == event].iterrows():
        spread = (
            "" if pd.isna(claim["low"]) else f", {claim['low']:.0f} to {claim['high']:.0f} per cent"
        )
        wording = f": “{escape_markdown(claim['term'])}”{spread}" if claim["term"] else ""
        grounds = (
            f"Rests on {claim_markers(claim['rests_on'])}."
            if claim["rests_on"]
            else "No ground is given."
        )
        entries.append(
            (
                f"{_when_said(corpus, str(claim_id))}, {escape_markdown(claim['speaker'])} (in{NO_BREAK}{claim['code']}){wording}",
                [
                    f"{escape_markdown(claim['paraphrase'])} {claim_markers([str(claim_id)])} {grounds} "
                    f"On 20 December: {claim['outcome']}. {escape_markdown(claim['why'])}."
                ],
            )
        )
    return definition_list(entries)


def _when_said(corpus: Corpus, claim_id: str) -> str:
    """The day on which a claim was said, or that on which it was published where its text names none."""
    claim = corpus.claims.loc[claim_id]
    return (
        claim_text.describe_when_said(corpus, claim)
        if pd.notna(claim["stated_on"])
        else f"Published {claim_text.describe_when_said(corpus, claim)}"
    )


def repeated_table(corpus: Corpus, title: str) -> MystBlock:
    """What is said in more than one place, with how many articles and how many origins stand behind it."""
    claims = corpus.claims
    rows = [
        {
            "What is said": f"{escape_markdown(claims.loc[row.claims[0], 'paraphrase'])} {claim_markers(row.claims)}",
            "Articles": ", ".join(row.sources),
            "Origins": escape_markdown(
                ", ".join(corpus.actors.loc[origin, "name"] for origin in row.origins)
            ),
            "Institutions": len(row.institutions),
        }
        for row in provenance.repeated_propositions(corpus).itertuples()
    ]
    return myst_table(rows, title, "repeated")


def _numbered(corpus: Corpus) -> pd.DataFrame:
    """The key judgements in order; those of one number are told apart by letters: 1a, 1b."""
    known = corpus.judgements.sort_values("number", kind="stable")
    place = known.groupby("number").cumcount()
    several = known["number"].duplicated(keep=False)
    letters = [
        f"{number}{ascii_lowercase[at]}" if more else str(number)
        for number, at, more in zip(known["number"], place, several, strict=True)
    ]
    return known.assign(number=letters)


def evidence_list(corpus: Corpus) -> MystBlock:
    """The key judgements with the claims behind them and the credibility of each."""
    entries = []
    for judgement_id, judgement in _numbered(corpus).iterrows():
        behind = corpus.evidence.loc[judgement_id]
        lines = []
        for side in ("for", "against"):
            of_side = behind[behind["side"] == side]
            parts = [
                f"{claim_markers([str(claim)])}{NO_BREAK}({row['credibility']}) {escape_markdown(row['why'])}"
                for claim, row in of_side.iterrows()
            ]
            lines.append(f"*{side.capitalize()}:* " + "; ".join(parts) + "." if parts else "")
        head = f"{judgement['number']}\\. {escape_markdown(judgement['title'])} ({judgement['likelihood']}; confidence {judgement['confidence']})"
        entries.append(
            (head, [*lines, f"*Overturned by:* {escape_markdown(judgement['overturned_by'])}."])
        )
    return definition_list(entries)


def _filed(actor: pd.Series) -> str:
    """The name under which an index has an actor: of a person the family name first, of others no article."""
    name, family = actor["name"], actor["short"]
    if actor["kind"] == "person" and name.endswith(f" {family}"):
        return f"{family}, {name.removesuffix(family).strip()}"
    return name[4].upper() + name[5:] if name.startswith("The ") else name


def _folded(names: pd.Series) -> pd.Series:
    """Names as an index sorts them: capitals count for nothing."""
    return names.str.casefold()


def actor_index(corpus: Corpus) -> MystBlock:
    """Everyone who speaks or passes on, with office and the claims of which they are the origin or a link."""
    claims = corpus.full_claims()
    entries = []
    for actor_id, actor in (
        corpus.actors.assign(name=corpus.actors.apply(_filed, axis="columns"))
        .sort_values("name", key=_folded)
        .iterrows()
    ):
        own = [str(claim) for claim in claims.index[claims["origin"] == actor_id]]
        passed = [
            str(claim)
            for claim in claims.index[
                claims["chain"].map(lambda chain, of=actor_id: of in chain[1:-1])
            ]
        ]
        parts = [
            f"Origin: {claim_markers(own)}." if own else "",
            f"Passes on: {claim_markers(passed)}." if passed else "",
        ]
        if any(parts):
            entries.append(
                (
                    escape_markdown(actor["name"]),
                    [f"{escape_markdown(actor['role'])}. {' '.join(filter(None, parts))}"],
                )
            )
    return definition_list(entries)


def place_index(corpus: Corpus) -> MystBlock:
    """The places that claims name, with those claims."""
    named = corpus.claims["places"].explode()
    entries = []
    for place_id, place in corpus.places.sort_values("name", key=_folded).iterrows():
        if claims := [str(claim) for claim in named.index[named == place_id]]:
            entries.append((escape_markdown(place["name"]), [claim_markers(claims)]))
    return definition_list(entries)


def found_table(corpus: Corpus, one: str, two: str, title: str) -> MystBlock:
    """How many claims each of two coders found in each source, and how many are the same."""
    sizes = agreement.claims_found(corpus.passes, one, two)
    names = corpus.sources.sort_values("published")["code"].to_dict()
    sizes = sizes.reindex([*(name for name in names if name in sizes.index), sizes.index[-1]])
    rows = [
        {
            "Source": names.get(source, "All"),
            one.capitalize(): int(row[one]),
            two.capitalize(): int(row[two]),
            "Same": int(row["matched"]),
            "Same, of the mean": f"{row['agreement']:.2f}",
        }
        for source, row in sizes.iterrows()
    ]
    return myst_table(rows, title, "found")


def pass_pairs_table(corpus: Corpus, title: str) -> MystBlock:
    """Every pair of passes: claims matched, and alpha for the fields on which the book leans most."""
    rows = []
    for one, two in combinations(agreement.coder_names(corpus.passes), 2):
        compared = agreement.field_agreement(corpus.passes, one, two, fields=LEANED_ON)
        leaned_on = {
            field: f"{row['alpha']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
            for field, row in compared.iterrows()
        }
        rows.append(
            {
                "Passes": f"{one}, {two}",
                "Same claims": len(agreement.match_claims(corpus.passes, one, two)),
                **leaned_on,
            }
        )
    return myst_table(rows, title, "pairs")


def double_coding_table(corpus: Corpus, one: str, two: str, title: str) -> MystBlock:
    """How many claims, chains and dates were coded by two coders, and on how many of these they agreed."""
    matched = agreement.match_claims(corpus.passes, one, two)
    same = agreement.field_agreement(corpus.passes, one, two, draws=0, fields=list(CHECKED))[
        "same"
    ] * len(matched)
    kept = len(corpus.claims)
    rows = [
        {"What": "claims", "In the book": kept, "Coded twice": len(matched), "Alike": len(matched)}
    ]
    for field, name in CHECKED.items():
        rows.append(
            {
                "What": name,
                "In the book": kept,
                "Coded twice": len(matched),
                "Alike": round(same[field]),
            }
        )
    return myst_table(rows, title, "checked-twice")


def confusion_table(corpus: Corpus, one: str, two: str, field: str, title: str) -> MystBlock:
    """Where two coders differ on a field: the first's values in rows, the second's in columns."""
    met = agreement.confusion_matrix(corpus.passes, one, two, field)
    rows = [
        {f"{one} / {two}": value, **{str(other): met.loc[value, other] for other in met.columns}}
        for value in met.index
    ]
    return myst_table(rows, title, "confusion")


def settlements_table(corpus: Corpus, title: str) -> MystBlock:
    """What in the codebook caused the differences, and which pass prevailed."""
    settlements = corpus.settlements.assign(won=claim_text.settlement_winner(corpus.settlements))
    met = pd.crosstab(settlements["rule"], settlements["won"])
    met["all"] = met.sum(axis="columns")
    met = met.sort_values("all", ascending=False, kind="stable")
    met = met.rename(
        columns=PREVAILED,
        index=lambda rule: f"rule {rule}" if rule.isdigit() else rule.replace("_", " "),
    )
    return myst_table(
        [{"Cause": escape_markdown(rule), **row.to_dict()} for rule, row in met.iterrows()],
        title,
        "settled",
    )


def selection_table(corpus: Corpus, claims: pd.DataFrame, title: str) -> MystBlock:
    """Some claims as a table: what each says, who says it, and when."""
    rows = [
        {
            "Claim": claim_markers([str(claim_id)]),
            "What it says": escape_markdown(claim["paraphrase"]),
            "Who": escape_markdown(claim_text.describe_chain(corpus, claim["chain"])),
            "Said or published": claim_text.describe_when_said(corpus, claim),
        }
        for claim_id, claim in claims.iterrows()
    ]
    return myst_table(rows, title, "selection")


def explanation_list(corpus: Corpus) -> MystBlock:
    """The explanations weighed, each at its strongest, with what the record should show if it were true."""
    return definition_list(
        [
            (
                f"{escape_markdown(known['title'])}",
                [
                    escape_markdown(known["statement"]),
                    f"*If so, we should see:* {escape_markdown(known['expected'])}",
                ],
            )
            for _, known in corpus.explanations.sort_values("number").iterrows()
        ]
    )


def robustness_table(corpus: Corpus, title: str) -> MystBlock:
    """The key judgements under each test, with the institutions whose claims speak for them."""
    claims, numbered = corpus.full_claims(), _numbered(corpus)
    rows = []
    for judgement_id, verdicts in competing_hypotheses.test_judgements(corpus).iterrows():
        judgement = numbered.loc[judgement_id]
        voices = competing_hypotheses.supporting_institutions(corpus, judgement_id, "for", claims)
        rows.append(
            {
                "Judgement": f"{judgement['number']}\\. {escape_markdown(judgement['label'])}",
                **{
                    test[0].upper() + test[1:]: SHORT[verdict] for test, verdict in verdicts.items()
                },
                "Origins for it": escape_markdown(
                    ", ".join(sorted(corpus.actors.loc[voice, "short"] for voice in voices))
                ),
            }
        )
    return myst_table(rows, title, "tested")


def people_table(corpus: Corpus, title: str) -> MystBlock:
    """Those who speak in the corpus as origins of claims: name, office at the time, and how many claims on which themes."""
    argued = corpus.full_claims()
    rows = []
    named = corpus.actors[corpus.actors["kind"] == "person"]
    for actor_id, actor in (
        named.assign(filed=named.apply(_filed, axis="columns"))
        .sort_values("filed", key=_folded)
        .iterrows()
    ):
        own = argued[argued["origin"] == actor_id]
        themes = ", ".join(
            f"{claim_text.code_label(str(theme))} {number}"
            for theme, number in own["theme"].value_counts().items()
            if number
        )
        rows.append(
            {
                "Who": escape_markdown(actor["name"]),
                "Office at the time": escape_markdown(actor["role"]),
                "Claims as origin": themes or "none",
            }
        )
    return myst_table(rows, title, "people")


def corrections_table(corpus: Corpus, title: str) -> MystBlock:
    """Every change of a published row, the latest first; a sentence where there is none."""
    if corpus.corrections.empty:
        return MystBlock("No row has been corrected since publication.")
    latest = corpus.corrections.reset_index().sort_values("date", ascending=False, kind="stable")
    return myst_table(
        [
            {column.capitalize(): escape_markdown(value) for column, value in row.items()}
            for _, row in latest.iterrows()
        ],
        title,
        "corrections",
    )
