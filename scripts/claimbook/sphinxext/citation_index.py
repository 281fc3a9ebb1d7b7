"""Which sentence of the book cites which claim: collected as pages are read, so that the ledger can lead back."""

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
from claimbook.prose.parser import CITING, OBJECT, abbreviations, sentence_spans
from claimbook.sphinxext.corpus_cache import cached_corpus
from claimbook.sphinxext.nodes import claim_ref
from claimbook.sphinxext.numrefs import number_of

STORE = "claimbook_citations"
LEDGER = "ledger"
NUMBER = "\ue002"  # stands about the name of a figure or table, whose number is known only when all pages have been read
WORK = "\ue001"  # stands where a work is cited, whose words are known only when all pages have been read


class Citation(NamedTuple):
    """A sentence that cites a claim: the id of its marker on the page, and the sentence without markers.

    A link that has the title of a page for its words stands in it as that page's name, which `quote` replaces.
    """

    claim: str
    marker: str
    sentence: str


class CitationCollector(EnvironmentCollector):
    """Keeps, for each page, its citations in the order of the text, and gives their markers ids."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again."""
        citations_by_page(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        """Take over the pages that another process has read."""
        citations_by_page(env).update(
            {
                docname: citations_by_page(other)[docname]
                for docname in docnames
                if docname in citations_by_page(other)
            }
        )

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Read the citations of one page."""
        found = []
        for number, (marker, sentence) in enumerate(_cited(doctree), start=1):
            marker["ids"] = [f"cite-{number}"]
            found += [Citation(claim, f"cite-{number}", sentence) for claim in marker["claims"]]
        citations_by_page(app.env)[app.env.docname] = found


def citations_by_page(env: BuildEnvironment) -> dict[str, list[Citation]]:
    """The citations of every page read so far, by page."""
    if not hasattr(env, STORE):
        setattr(env, STORE, {})
    return getattr(env, STORE)


def citations_by_claim(env: BuildEnvironment) -> dict[str, list[tuple[str, Citation]]]:
    """For each claim that a sentence cites, the pages and citations in the order of the pages' names; a marker in the ledger is a specimen."""
    found: dict[str, list[tuple[str, Citation]]] = defaultdict(list)
    for docname, citations in sorted(citations_by_page(env).items()):
        for citation in citations if docname != LEDGER else []:
            found[citation.claim].append((docname, citation))
    return found


def quote_sentence(env: BuildEnvironment, citation: Citation) -> str:
    """The sentence as its page shows it, once all pages have been read, and the titles of pages and the numbers of figures are known."""
    titled = re.sub(
        f"{OBJECT}(.+?){OBJECT}", lambda found: env.titles[found[1]].astext(), citation.sentence
    )
    return re.sub(f"{NUMBER}(.+?){NUMBER}", lambda found: number_of(env, found[1]), titled)


def is_in_prose(marker: claim_ref) -> bool:
    """Whether a marker stands in a sentence that someone wrote, and not in a table or list made by code."""
    node = marker.parent
    while node is not None:
        if isinstance(node, nodes.table | nodes.definition_list | nodes.figure) or node.get(
            "nb_element"
        ):
            return False
        node = node.parent
    return True


def _cited(doctree: nodes.document) -> Iterator[tuple[claim_ref, str]]:
    """Each marker in prose with the sentence in which it stands."""
    known = abbreviations(known_names(cached_corpus().actors, cached_corpus().places))
    for paragraph in doctree.findall(nodes.paragraph):
        markers = iter([marker for marker in paragraph.findall(claim_ref) if is_in_prose(marker)])
        text = _text(paragraph)
        for start, end in sentence_spans(text, known):
            sentence = text[start:end]
            clean = " ".join(re.sub(rf"\s*[{CITING}{WORK}]", "", sentence).split())
            for marker in itertools.islice(markers, sentence.count(CITING)):
                yield marker, clean


def _text(node: nodes.Node) -> str:
    if isinstance(node, claim_ref):
        return CITING if is_in_prose(node) else ""
    if isinstance(node, nodes.Element) and node.get("nb_element") == "mime_bundle":
        return _text(
            node.children[0]
        )  # the same output in several forms, of which each builder will choose one
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
        return WORK
    if isinstance(node, addnodes.pending_xref) and node["reftype"] == "numref":
        return f"{NUMBER}{node['reftarget']}{NUMBER}"
    if isinstance(node, addnodes.pending_xref) and not node.astext():
        return f"{OBJECT}{_page_of_link(node)}{OBJECT}"
    return "".join(_text(child) for child in node.children) if node.children else node.astext()


def _page_of_link(node: addnodes.pending_xref) -> str:
    """The page to which a link without words of its own leads; one without a suffix is looked for beside the page it stands on."""
    if node.get("refdomain") == "doc":
        return node["reftarget"]
    return posixpath.normpath(posixpath.join(posixpath.dirname(node["refdoc"]), node["reftarget"]))


def renew_ledger(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the ledger written again whenever a page was: it lists what the pages cite."""
    return [LEDGER] if LEDGER in env.found_docs else []


def setup(app: Sphinx) -> None:
    """Register the collector."""
    app.add_env_collector(CitationCollector)
    app.connect("env-updated", renew_ledger)
