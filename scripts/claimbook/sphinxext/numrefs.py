"""Figures and tables by number: what a reference to one reads as, known when all pages have been read."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

NUMBERS = "claimbook_numbers"


def number_of(env: BuildEnvironment, name: str) -> str:
    """What a reference to a figure or table reads as, `Figure 2`. Raises KeyError if nothing with a number has the name."""
    docname, target = env.get_domain("std").anonlabels[name]
    for kind, numbers in env.toc_fignumbers.get(docname, {}).items():
        if target in numbers:
            return env.config.numfig_format[kind] % ".".join(map(str, numbers[target]))
    raise KeyError(name)


class LinkNumbers(SphinxPostTransform):
    """Links references to figures and tables. Sphinx would do the same, but reads the page that holds the target once more for each."""

    default_priority = (
        9  # before Sphinx resolves references, which says so of a name that nothing has
    )

    def run(self, **_: Any) -> None:
        """Replace each reference whose target has a number."""
        known = self.env.get_domain("std").anonlabels
        for reference in list(self.document.findall(addnodes.pending_xref)):
            if reference["reftype"] != "numref":
                continue
            try:
                words = nodes.inline(
                    "", number_of(self.env, reference["reftarget"]), classes=["std", "std-numref"]
                )
            except KeyError:
                continue  # Sphinx will say where it stands
            reference.replace_self(
                make_refnode(
                    self.app.builder, reference["refdoc"], *known[reference["reftarget"]], words
                )
            )


def renumber(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages, where a figure or table has another number than in the last build: any page may speak of it by that."""
    now = repr(
        sorted((docname, sorted(kinds.items())) for docname, kinds in env.toc_fignumbers.items())
    )
    before = getattr(env, NUMBERS, now)
    setattr(env, NUMBERS, now)
    return sorted(env.found_docs) if before != now else []


def setup(app: Sphinx) -> None:
    """Register the links and what is written again."""
    app.add_post_transform(LinkNumbers)
    app.connect("env-get-updated", renumber, priority=900)  # after Sphinx has given the numbers
