"""Explanations of the glossary's terms where the prose uses them, on HTML pages.

The glossary is Sphinx's own (the directive `glossary`). A term is explained where a section first
uses it as the glossary writes it; so a word that also has another meaning is listed with a capital,
and is explained nowhere else. The first letter of a sentence may be a capital.
"""

import re
from collections.abc import Iterator, Set

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from claimbook.sphinxext.nodes import ancestors

CSS_CLASS = "cb-term"
TERMS = "claimbook_terms"  # attribute of the environment
# Elements whose text is no prose, or is explained already.
LEFT_OUT = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.abbreviation,
    nodes.raw,
    nodes.table,
    nodes.caption,
    addnodes.glossary,
    addnodes.pending_xref,
)


class TermCollector(EnvironmentCollector):
    """A collector of the terms of each page that has a glossary."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget the terms of a page that is read again, or gone."""
        _terms_by_page(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        """Take the terms of pages that another process has read."""
        read = _terms_by_page(other)
        _terms_by_page(env).update({name: read[name] for name in docnames if name in read})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Store the first paragraph of the definition of each term of a page."""
        found = {
            term.astext(): _plain(next(item.findall(nodes.paragraph)))
            for glossary in doctree.findall(addnodes.glossary)
            for item in glossary.findall(nodes.definition_list_item)
            for term in item.findall(nodes.term)
        }
        if found:
            _terms_by_page(app.env)[app.env.docname] = found


def _terms_by_page(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return the stored terms of each page with their definitions."""
    terms: dict[str, dict[str, str]] = env.__dict__.setdefault(TERMS, {})
    return terms


def definitions(env: BuildEnvironment) -> dict[str, str]:
    """Return the first paragraph of each definition of the book, by its term."""
    return {
        term: meaning
        for _, of_page in sorted(_terms_by_page(env).items())
        for term, meaning in of_page.items()
    }


def _plain(paragraph: nodes.paragraph) -> str:
    """Return the text of a paragraph without its citations of works."""
    text = "".join(
        node.astext()
        for node in paragraph.findall(nodes.Text)
        if not any(above.get("refdomain") == "cite" for above in ancestors(node))
    )
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))


def explain_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Explain the terms of a page where its sections first use them."""
    if app.builder.format != "html":
        return
    meanings = definitions(app.env)
    if any(doctree.findall(addnodes.glossary)) or not meanings:
        return
    spelled = meanings | {term[0].upper() + term[1:]: meaning for term, meaning in meanings.items()}
    alternatives = "|".join(map(re.escape, sorted(spelled, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")
    seen: set[tuple[int, str]] = set()
    for text in list(doctree.findall(nodes.Text)):
        above = list(ancestors(text))
        is_prose = any(isinstance(node, nodes.paragraph) for node in above)
        if not is_prose or any(isinstance(node, LEFT_OUT) for node in above):
            continue
        sections = [node for node in above if isinstance(node, nodes.section)]
        section = id(sections[-2]) if len(sections) > 1 else 0
        parts = list(_split(text.astext(), pattern, spelled, section, seen))
        text.parent.replace(text, parts)


def _split(
    text: str,
    pattern: re.Pattern[str],
    spelled: dict[str, str],
    section: int,
    seen: set[tuple[int, str]],
) -> Iterator[nodes.Node]:
    """Yield a text in parts, with terms explained that its section has not yet used."""
    position = 0
    for match in pattern.finditer(text):
        meaning = spelled[match[0]]
        if (section, meaning) in seen:
            continue
        seen.add((section, meaning))
        if match.start() > position:
            yield nodes.Text(text[position : match.start()])
        yield _explained(match[0], meaning)
        position = match.end()
    if position < len(text) or not text:
        yield nodes.Text(text[position:])


def _explained(words: str, meaning: str) -> nodes.abbreviation:
    """Create the node of a term with its explanation."""
    return nodes.abbreviation("", words, explanation=meaning, classes=[CSS_CLASS])


def setup(app: Sphinx) -> None:
    """Register the collector of terms, and the handler that explains them."""
    app.add_env_collector(TermCollector)
    app.connect("doctree-resolved", explain_terms, priority=900)
