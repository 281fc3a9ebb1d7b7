"""The claims of this report stand in the texts that were annotated, and no file repeats those."""

from claimbook.corpus.model import read_schema
from claimbook.settings import settings
from claimbook.texts import verbatim
from claimbook.texts.spans import apply_span_rule, find_quotation
from claimbook.texts.stored_spans import locate_all
from claimbook.texts.word_runs import RunIndex

# Before its first word stands an opening quotation mark, a misprint for the closing one of the
# sentence before.
MISPRINTED = {"RW-27"}


def test_every_claim_of_the_corpus_stands_exactly_where_its_row_says(whole_corpus, at_hand):
    matches = locate_all([read_schema()["claims"]], whole_corpus, at_hand)
    assert len(matches) == len(whole_corpus.claims)
    assert [span.key for span, match in matches.items() if match.status != "exact"] == []


def test_every_source_at_hand_is_the_one_that_was_annotated(at_hand):
    assert all(text.same for text in at_hand.values())


def test_the_repository_keeps_the_verbatim_rule(whole_corpus, at_hand):
    formulae = settings().prose.formulae
    faults = verbatim.find_faults_of_corpus(RunIndex(at_hand), whole_corpus, formulae)
    assert [str(fault) for fault in faults] == []


def test_the_spans_of_the_reports_keep_the_codebooks_rule(corpus, at_hand):
    claims = corpus.claims[~corpus.claims.index.isin(MISPRINTED)]
    for claim_id, claim in claims.iterrows():
        text = at_hand[claim["source_id"]].content
        span = int(claim["start"]), int(claim["end"])
        assert apply_span_rule(text, *span) == span, claim_id
        assert span in find_quotation(text, " ".join(text[slice(*span)].split())), claim_id
