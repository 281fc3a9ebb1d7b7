"""Stand-ins for the parts of the book's extension that the PDF builder works with."""

from typing import Any, ClassVar

from claimbook.sphinxext.nodes import chart, claim_ref, figure_data, page_numbers
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

OTHER_THEME = "closure"  # of the made-up report


class Claim(SphinxRole):
    """The claim role: `AB-07`; `AB-07|its note`; `+AB-07` of another theme; `=AB-07` in a list."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        ids, _, note = self.text.partition("|")
        names = [name.strip() for name in ids.removeprefix("=").split(",")]
        marker = claim_ref(claims=names, refdoc=self.env.docname, listed=ids.startswith("="))
        if note:
            marker["note"] = [note]
        return [marker], []


class LinkClaims(SphinxPostTransform):
    """The transform that links claims to the ledger."""

    default_priority = 5

    def run(self, **_: object) -> None:
        for marker in list(self.document.findall(claim_ref)):
            ledger = self.app.builder.get_relative_uri(marker["refdoc"], "ledger")
            for name in marker["claims"] if not marker.children else ():
                claim = name.removeprefix("+")
                link = nodes.reference("", claim, refuri=f"{ledger}#{claim}", internal=True)
                if claim != name:
                    link["other_theme"] = OTHER_THEME
                marker += [nodes.Text(", ")] if len(marker) else []
                marker += link


class Pages(SphinxRole):
    """The numbers of the pages of some targets: `one#one, ledger#AB-07`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        targets = [tuple(target.strip().split("#")) for target in self.text.split(",")]
        return [page_numbers(targets=targets, ledger="ledger" in self.text)], []


class Entry(Directive):
    """A section of the ledger whose id is the claim's."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        title, paragraph = nodes.title("", name), nodes.paragraph("", f"Paraphrase of {name}.")
        return [nodes.section("", title, paragraph, ids=[name], names=[name])]


class Chart(Directive):
    """A figure with a chart, and with a table of its data if it has `rows`."""

    required_arguments, has_content = 1, True
    option_spec: ClassVar[dict[str, type]] = {"name": str, "alt": str, "rows": int}

    def run(self) -> list[nodes.Node]:
        image = chart(uri=self.arguments[0])
        if "alt" in self.options:
            image["alt"] = self.options["alt"]
        image.source, image.line = self.state_machine.get_source_and_line(self.lineno)
        figure = nodes.figure("", image, names=[self.options["name"]])
        content = nodes.Element()
        self.state.nested_parse(self.content, 0, content)
        figure += nodes.caption("", "", *(content[0].children if content.children else []))
        if "rows" in self.options:
            made_by = nodes.paragraph("", "Made by hand.")
            figure += nodes.legend("", made_by, figure_data("", _table(self.options["rows"])))
        self.state.document.note_explicit_target(figure, figure)
        return [figure]


def _table(rows: int) -> nodes.table:
    """A table of two columns."""

    def row(*cells: str) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))

    body = nodes.tbody("", *(row(f"mark {number}", "AB-07") for number in range(1, rows + 1)))
    columns = [nodes.colspec(colwidth=1), nodes.colspec(colwidth=1)]
    return nodes.table(
        "", nodes.tgroup("", *columns, nodes.thead("", row("what", "claims")), body, cols=2)
    )


class stranger(nodes.General, nodes.Element):  # noqa: N801  # as docutils names its nodes
    """A node that the PDF builder has no visitor for."""


class Strange(Directive):
    """Adds such a node to a chapter."""

    def run(self) -> list[nodes.Node]:
        node = stranger()
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the stand-ins; HTML pages show none of the nodes."""
    skip = (lambda *_: None, lambda *_: None)
    for node in (chart, claim_ref, figure_data, page_numbers):
        app.add_node(node, override=True, html=skip)
    app.add_role("claim", Claim(), override=True)
    app.add_role("pages", Pages(), override=True)
    app.add_post_transform(LinkClaims)
    for name, directive in (("entry", Entry), ("chart", Chart), ("strange", Strange)):
        app.add_directive(name, directive, override=True)
    return {"parallel_read_safe": True}
