"""What the tables say of the texts at hand, held against them: hashes, lengths, spans and anchors."""

import hashlib
from dataclasses import replace

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.corpus.schema import Table, read_schema
from claimbook.corpus.validation.report import Report
from claimbook.errors import Fault, did_you_mean
from claimbook.paths import project
from claimbook.texts import verbatim
from claimbook.texts.anchors import Match, Selector, TextIndex, make_selector
from claimbook.texts.source_texts import SourceText, find_texts, locate_claims, selector_of

HASHES = ("anchor", "words", "head", "tail")


def check_copies(table: Table, sources: pd.DataFrame, texts: dict[str, SourceText]) -> list[Fault]:
    """Texts that are not the ones annotated, and lengths that are not those of the text."""
    faults = []
    for source_id, text in texts.items():
        row = sources.loc[source_id]
        if not text.same:
            ends = _digest(text.content.replace("\r\n", "\n")) == row["sha256"]
            hint = "its line ends were changed" if ends else "take the copy that was annotated"
            allowed = f"the SHA-256 of the text at hand, {_digest(text.content)}"
            faults.append(Fault(table.file, source_id, "sha256", row["sha256"], allowed, hint))
        elif len(text.content) != row["characters"]:
            hint = did_you_mean([str(len(text.content))])
            faults.append(
                Fault(
                    table.file,
                    source_id,
                    "characters",
                    row["characters"],
                    "the length of its text",
                    hint,
                )
            )
    return faults


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def check_anchors(table: Table, claims: pd.DataFrame, texts: dict[str, SourceText]) -> list[Fault]:
    """Claims that are not found, to the word, where they say they stand in the texts at hand."""
    found = locate_claims(claims, texts)
    faults = []
    for claim_id, match in found[found["status"] != "exact"].iterrows():
        claim = claims.loc[claim_id]
        kept, text = selector_of(claim), texts[claim["source_id"]].content
        if match["status"] != "moved" and (
            faulty := _hashes(table, str(claim_id), kept, _at(text, kept))
        ):
            faults += faulty
        elif match["status"] == "missing":
            others = {
                other: TextIndex(texts[other].content).find(kept)
                for other in texts
                if other != claim["source_id"]
            }
            stand = [
                f"{other} at {there.start}-{there.end}"
                for other, there in others.items()
                if there.status in ("exact", "moved")
            ]
            hint = f"its words stand in {stand[0]}" if stand else ""
            faults.append(
                Fault(
                    table.file,
                    str(claim_id),
                    "anchor",
                    kept.anchor,
                    f"the hash of words in {claim['source_id']}",
                    hint,
                )
            )
        else:
            allowed = "the characters at which its words stand" + (
                ", here with others between" if match["status"] == "changed" else ""
            )
            hint = did_you_mean([_span(text, kept, Match(*match))])
            faults.append(
                Fault(
                    table.file,
                    str(claim_id),
                    "start-end",
                    f"{kept.start}-{kept.end}",
                    allowed,
                    hint,
                )
            )
    return faults


def _at(text: str, kept: Selector) -> Selector | None:
    """The selector of the characters at which another says it stands; None where there are no words."""
    try:
        return make_selector(text, kept.start, kept.end)
    except ValueError:
        return None


def _span(text: str, kept: Selector, found: Match) -> str:
    """The offsets to propose: those found, or where that suffices only one of them."""
    for start, end in ((found.start, kept.end), (kept.start, found.end)):
        there = _at(text, replace(kept, start=start, end=end))
        if there is not None and there.anchor == kept.anchor:
            return f"{start}-{end}"
    return f"{found.start}-{found.end}"


def _hashes(table: Table, key: str, kept: Selector, there: Selector | None) -> list[Fault]:
    """The hashes that differ from those of the words at a selector's offsets, where the rest shows that the offsets are right."""
    if there is None:
        return []
    wrong = [name for name in HASHES if getattr(kept, name) != getattr(there, name)]
    if len(wrong) > len(HASHES) // 2:
        return []
    allowed = f"what the characters {kept.start} to {kept.end} give"
    return [
        Fault(
            table.file,
            key,
            name,
            getattr(kept, name),
            allowed,
            did_you_mean([str(getattr(there, name))]),
        )
        for name in wrong
    ]


def check_criticism(
    table: Table, criticism: pd.DataFrame, texts: dict[str, SourceText]
) -> list[Fault]:
    """Findings of source criticism whose passage is not found, to the word, where they say it stands."""
    faults = []
    for (source_id, start, end, kind), finding in criticism.iterrows():
        if source_id not in texts:
            continue
        key = f"{source_id}/{start}/{end}/{kind}"
        try:
            anchor = make_selector(texts[source_id].content, int(start), int(end)).anchor
        except ValueError as error:
            faults.append(Fault(table.file, key, "start", start, str(error)))
            continue
        if anchor != finding["anchor"]:
            allowed = "the hash of the words there"
            faults.append(
                Fault(
                    table.file,
                    key,
                    "anchor",
                    finding["anchor"],
                    allowed,
                    f"{anchor}, if start and end are right",
                )
            )
    return faults


def add_text_checks(report: Report, corpus: Corpus) -> None:
    """Hold the tables against the texts at hand, and the repository against the verbatim rule.

    Args:
        report: Takes the faults, and what was and was not checked.
        corpus: The rows to check.
    """
    tables = read_schema(project().datapackage)
    at_hand: dict[str, SourceText] = {}
    for source_id, source in corpus.sources.iterrows():
        try:
            at_hand |= find_texts(corpus.sources.loc[[source_id]])
        except UnicodeDecodeError as error:
            fault = Fault(source["file"], "", "", f"byte {error.start}", "a text in UTF-8")
            report.faults.append(fault)
        except OSError as error:
            reason = error.strerror or error
            report.faults.append(Fault(source["file"], "", "", reason, "a text that can be read"))
    absent = [str(source_id) for source_id in corpus.sources.index if source_id not in at_hand]
    if at_hand:
        allowed = verbatim.allowed_phrases(corpus.actors, corpus.places, corpus.sources)
        report.faults += check_copies(tables["sources"], corpus.sources, at_hand)
        report.faults += check_anchors(tables["claims"], corpus.claims, at_hand)
        report.faults += check_criticism(tables["criticism"], corpus.criticism, at_hand)
        report.faults += verbatim.find_faults(at_hand, allowed)
        report.done.append(
            f"anchors in {len(at_hand)} texts, and the verbatim rule over the repository"
        )
    if absent:
        names = ", ".join(absent)
        report.skipped.append(f"anchors and the verbatim rule: no text at hand of {names}")
