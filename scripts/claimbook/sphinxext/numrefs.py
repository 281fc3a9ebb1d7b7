"""References to figures and tables by number."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

NUMBERS = "claimbook_numbers"  # attribute of the environment


def number_of(env: BuildEnvironment, name: str) -> str:
    """Return the numbered name of a figure or table, such as `Figure 2`.

    Args:
        env: The Sphinx environment with all pages read.
        name: The name by which the text refers to it.

    Raises:
        KeyError: No figure or table with a number has this name.
    """
    docname, target = _labels(env)[name]
    for kind, numbers in env.toc_fignumbers.get(docname, {}).items():
        if target in numbers:
            return str(env.config.numfig_format[kind] % ".".join(map(str, numbers[target])))
    raise KeyError(name)


def _labels(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return the name of the page and the id of each named target, by its name."""
    standard = env.get_domain("std")
    assert isinstance(standard, StandardDomain)
    return standard.anonlabels


class LinkNumbers(SphinxPostTransform):
    """A transform that turns references to figures and tables into links.

    Sphinx would do the same, but for each reference reads the page of its target once more.
    """

    default_priority = 9  # before Sphinx resolves references and warns of unknown names

    def run(self, **_: Any) -> None:
        """Replace each reference to a numbered figure or table by a link to it.

        The text of the link is the number, such as `Figure 2`. References to unknown names remain
        for Sphinx, which warns of them.
        """
        labels = _labels(self.env)
        for reference in list(self.document.findall(addnodes.pending_xref)):
            if reference["reftype"] != "numref":
                continue
            try:
                number = number_of(self.env, reference["reftarget"])
            except KeyError:
                continue  # Sphinx will warn of it, with file and line
            docname, target = labels[reference["reftarget"]]
            text = nodes.inline("", number, classes=["std", "std-numref"])
            reference.replace_self(
                make_refnode(self.app.builder, reference["refdoc"], docname, target, text)
            )


def pages_to_renumber(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that Sphinx must write again because of new numbers.

    Returns:
        All pages if any figure or table has a new number, since any page may refer to it; else
        none.
    """
    numbers = repr(
        sorted((docname, sorted(kinds.items())) for docname, kinds in env.toc_fignumbers.items())
    )
    changed = getattr(env, NUMBERS, numbers) != numbers
    setattr(env, NUMBERS, numbers)
    return sorted(env.found_docs) if changed else []


def setup(app: Sphinx) -> None:
    """Link references to figures and tables, and renumber them on all pages.

    When any figure or table has a new number, Sphinx writes all pages again.
    """
    app.add_post_transform(LinkNumbers)
    # after Sphinx has assigned the numbers
    app.connect("env-get-updated", pages_to_renumber, priority=900)
