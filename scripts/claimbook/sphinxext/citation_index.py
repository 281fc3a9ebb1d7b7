"""An index of the sentences that cite claims, collected while pages are read.

From it the ledger lists, with each claim, the sentences that cite it.
"""

import itertools
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from claimbook.corpus.model import known_names
from claimbook.language.ledger_pages import LEDGER
from claimbook.prose.parser import CITING, OBJECT, abbreviations, sentence_spans
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.nodes import ancestors, claim_ref
from claimbook.sphinxext.numrefs import number_of
from claimbook.sphinxext.page_classes import is_web_only

CITATIONS = "claimbook_citations"  # attribute of the environment

# Placeholders in the flattened text of a paragraph, one character each.
WORK = "\ue001"  # a citation of a work
NUMBER = "\ue002"  # a reference to a figure or table by number
TITLE = OBJECT  # a link whose text is the title of the page that it leads to


class PageTitle(NamedTuple):
    """A placeholder for the title of a page.

    The title is known when all pages have been read.

    Attributes:
        docname: The name of the page.
    """

    docname: str


class ObjectNumber(NamedTuple):
    """A placeholder for the number of a figure or table.

    The number is known when all pages have been read.

    Attributes:
        name: The name of the figure or table.
    """

    name: str


class Citation(NamedTuple):
    """A sentence that cites a claim.

    Attributes:
        claim: The id of the claim.
        marker: The id of the claim's marker on the page.
        sentence: The text of the sentence in pieces, with placeholders for titles and numbers, and
            without markers.
    """

    claim: str
    marker: str
    sentence: tuple[str | PageTitle | ObjectNumber, ...]


class CitationCollector(EnvironmentCollector):
    """The Sphinx collector of citations of claims.

    It also gives the markers of claims their ids.
    """

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Remove the citations of a page that is about to be read again."""
        citations_by_page(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        """Merge the citations of pages that another process has read."""
        pages = citations_by_page(other)
        citations_by_page(env).update(
            {docname: pages[docname] for docname in docnames if docname in pages}
        )

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Collect the citations of one page, and give the markers their ids.

        The ids are `cite-1`, `cite-2` and so on, in the order of the text.
        """
        citations = []
        for number, (marker, sentence) in enumerate(_cited_sentences(doctree), start=1):
            marker["ids"] = [f"cite-{number}"]
            citations += [Citation(claim, f"cite-{number}", sentence) for claim in marker["claims"]]
        citations_by_page(app.env)[app.env.docname] = citations


def citations_by_page(env: BuildEnvironment) -> dict[str, list[Citation]]:
    """Return the citations of all pages read so far, by page name.

    The mapping is stored in Sphinx's environment, so changes to it last.
    """
    citations: dict[str, list[Citation]] = env.__dict__.setdefault(CITATIONS, {})
    return citations


def citations_by_claim(env: BuildEnvironment) -> dict[str, list[tuple[str, Citation]]]:
    """Return the citations of each cited claim, with the pages that have them.

    Markers on the page of the ledger are examples and do not count, nor do those on pages that are
    for the web alone, which retell what other pages argue.

    Returns:
        By claim id, pairs of page name and citation, in the alphabetical order of page names.
    """
    citations_of_claim: dict[str, list[tuple[str, Citation]]] = defaultdict(list)
    for docname, citations in sorted(citations_by_page(env).items()):
        if docname != LEDGER and not is_web_only(env, docname):
            for citation in citations:
                citations_of_claim[citation.claim].append((docname, citation))
    return citations_of_claim


def quote_sentence(env: BuildEnvironment, citation: Citation) -> str:
    """Return the sentence of a citation as plain text, with its titles and numbers.

    Call it when all pages have been read, since titles of pages and numbers of figures are known
    only then.
    """
    words = []
    for part in citation.sentence:
        if isinstance(part, PageTitle):
            words.append(env.titles[part.docname].astext())
        elif isinstance(part, ObjectNumber):
            words.append(number_of(env, part.name))
        else:
            words.append(part)
    return "".join(words)


def is_in_prose(marker: claim_ref) -> bool:
    """Check whether a claim marker is in running prose.

    Returns:
        False for a marker in a table, a definition list, a figure or the output of a cell.
    """
    return not any(
        isinstance(node, nodes.table | nodes.definition_list | nodes.figure)
        or node.get("nb_element")
        for node in ancestors(marker)
    )


def _cited_sentences(
    doctree: nodes.document,
) -> Iterator[tuple[claim_ref, tuple[str | PageTitle | ObjectNumber, ...]]]:
    """Yield each claim marker in prose, with the sentence that it follows.

    Yields:
        The marker, and the text of its sentence in pieces as in `Citation`.
    """
    corpus = cached_corpus()
    without_stop = abbreviations(known_names(corpus.actors, corpus.places))
    for paragraph in doctree.findall(nodes.paragraph):
        markers = iter([marker for marker in paragraph.findall(claim_ref) if is_in_prose(marker)])
        references: list[PageTitle | ObjectNumber] = []
        text = _flatten(paragraph, references)
        unused_references = iter(references)
        for start, end in sentence_spans(text, without_stop):
            sentence = text[start:end]
            parts = _split_sentence(sentence, unused_references)
            for marker in itertools.islice(markers, sentence.count(CITING)):
                yield marker, parts


def _split_sentence(
    sentence: str, references: Iterator[PageTitle | ObjectNumber]
) -> tuple[str | PageTitle | ObjectNumber, ...]:
    """Split a sentence at its placeholders, and remove its citations.

    Args:
        sentence: The sentence, with placeholder characters.
        references: What the placeholder characters for titles and numbers refer to, in order.

    Returns:
        The text in pieces, with references between them.
    """
    words = " ".join(re.sub(rf"\s*[{CITING}{WORK}]", "", sentence).split())
    parts = re.split(f"([{TITLE}{NUMBER}])", words)
    return tuple(next(references) if part in (TITLE, NUMBER) else part for part in parts if part)


def _flatten(node: nodes.Node, references: list[PageTitle | ObjectNumber]) -> str:
    """Return the text of a node, with placeholders for citations and references.

    Args:
        node: The node.
        references: The list to which the references to titles and numbers are added.
    """
    if isinstance(node, claim_ref):
        return CITING if is_in_prose(node) else ""
    if isinstance(node, nodes.Element) and node.get("nb_element") == "mime_bundle":
        # the same output in several formats, of which each builder will choose one
        return _flatten(node.children[0], references)
    if isinstance(node, addnodes.pending_xref):
        if node.get("refdomain") == "cite":
            return WORK
        if node["reftype"] == "numref":
            references.append(ObjectNumber(node["reftarget"]))
            return NUMBER
        if not node.astext():
            references.append(PageTitle(_page_of_link(node)))
            return TITLE
    if node.children:
        return "".join(_flatten(child, references) for child in node.children)
    return str(node.astext())


def _page_of_link(link: addnodes.pending_xref) -> str:
    """Return the name of the page that a link without text of its own leads to.

    A target without a domain is a path relative to the page with the link.
    """
    target = str(link["reftarget"])
    if link.get("refdomain") == "doc":
        return target
    return posixpath.normpath(posixpath.join(posixpath.dirname(link["refdoc"]), target))


def setup(app: Sphinx) -> None:
    """Register the collector of citations."""
    app.add_env_collector(CitationCollector)
