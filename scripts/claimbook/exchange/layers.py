"""Which layer of a linguistic file holds the quotations."""

from collections import Counter
from collections.abc import Iterable

from claimbook.corpus.validation import suggestions
from claimbook.errors import CorpusError, Fault
from claimbook.language.words import count_noun

LAYER = "webanno.custom.Claim"  # the layer of our own exports
BUILT_IN = ("uima.", "de.tudarmstadt.ukp.dkpro.")  # begin the layers of programs


def choose_layer(of_annotations: Iterable[str], named: str, file: str) -> tuple[str, list[str]]:
    """Choose the layer of quotations.

    Args:
        of_annotations: The layer of each annotation.
        named: The layer that the user names, in full or by its last part; empty for none.
        file: The name of the file.

    Returns:
        The layer, and a remark on each other one that people have filled.

    Raises:
        CorpusError: There is no such layer, or it cannot be told which one is meant.
    """
    layers = Counter(of_annotations)
    own = [name for name in layers if not name.startswith(BUILT_IN)]
    if named:
        fitting = [name for name in layers if named in (name, name.rpartition(".")[2])]
        allowed, hint = "a layer of the file", suggestions.suggest_name(named, list(layers))
    else:
        fitting = [LAYER] if LAYER in own else own
        allowed = "one layer of quotations" if own else "a layer of quotations with an annotation"
        hint = "name it with --layer" if own else ""
    if len(fitting) != 1:
        raise CorpusError([Fault(file, "", "layer", named or ", ".join(own), allowed, hint)])
    remarks = [
        f"{file}: left out {count_noun(layers[name], 'annotation')} of the layer {name}"
        for name in own
        if name != fitting[0]
    ]
    return fitting[0], remarks
