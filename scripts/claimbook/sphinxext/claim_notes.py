"""The notes on claims in print: who said it, in which outlet, when, and at times what.

A sentence that cites one claim states that claim, as the rules of prose demand, so its note has the
paraphrase no second time. A sentence that cites several claims at once sums them up: there the note
tells them apart by their paraphrases, except those that the sentence has in most of their words.
The number of claims decides first because words alone cannot: a sentence may state a claim in words
of its own. For whoever wants each paraphrase, the ledger has it.
"""

import re
from functools import cache

from snowballstemmer import stemmer

from claimbook.language.claim_description import describe_claim
from claimbook.sphinxext.corpus_cache import cached_claims, cached_corpus
from claimbook.sphinxext.nodes import claim_ref

# Words of content: numbers, and words of four letters and more, which few others are.
CONTENT = re.compile(r"\d+|[^\W\d_]{4,}")
STATED_SHARE = 0.5  # of the words of a paraphrase, from which on a sentence states it


def add_note(marker: claim_ref, sentence: str, claims_with_note: set[str]) -> None:
    """Add a note to a marker, on those of its claims that have had no note yet.

    If all have had one, nothing is added.

    Args:
        marker: The marker, which gets the attribute `note`.
        sentence: The sentence that the marker follows.
        claims_with_note: The ids of the claims that have had a note, to which the claims of the
            marker are added.
    """
    if claims_with_note.issuperset(marker["claims"]):
        return
    is_summed_up = len(marker["claims"]) > 1
    notes = []
    for claim in marker["claims"]:
        description = describe_claim(cached_corpus(), cached_claims().loc[claim])
        untold = is_summed_up and not states(sentence, description.paraphrase, description.chain)
        note = description.note(with_paraphrase=untold)
        notes.append("" if claim in claims_with_note else note)
    marker["note"] = notes
    claims_with_note.update(marker["claims"])


def states(sentence: str, paraphrase: str, chain: str) -> bool:
    """Check whether a sentence has most words of a paraphrase.

    Words count in whatever form, `attack` for `attacked`. Those of the names of the speakers do not
    count, since the note has these.

    Args:
        sentence: The sentence.
        paraphrase: The paraphrase of a claim.
        chain: The speakers of the claim.
    """
    words = _stems(paraphrase) - _stems(chain)
    return len(words & _stems(sentence)) >= STATED_SHARE * len(words)


def _stems(text: str) -> set[str]:
    """Return the stems of the words of content in a text."""
    return {_stem(word) for word in CONTENT.findall(text.casefold())}


@cache
def _stem(word: str) -> str:
    return str(stemmer("english").stemWord(word))
