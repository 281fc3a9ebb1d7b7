"""Stand-ins for the parts of the book's extension that the PDF builder works with."""

from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from claimbook.sphinxext.nodes import chart, claim_ref, figure_data, page_numbers


class Claim(SphinxRole):
    """Stands in for the claim role: `NW-07`, or `NW-07|its note`; `+NW-07` of another theme; `=NW-07` in a list made by code."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        ids, _, note = self.text.partition("|")
        names = [name.strip() for name in ids.removeprefix("=").split(",")]
        made = claim_ref(claims=names, refdoc=self.env.docname, listed=ids.startswith("="))
        if note:
            made["note"] = [note]
        return [made], []


class LinkClaims(SphinxPostTransform):
    """Stands in for the transform that links claims to the ledger."""

    default_priority = 5

    def run(self, **_: object) -> None:
        for marker in list(self.document.findall(claim_ref)):
            for name in marker["claims"] if not marker.children else ():
                known = name.removeprefix("+")
                address = (
                    self.app.builder.get_relative_uri(marker["refdoc"], "ledger") + "#" + known
                )
                classes = ["elsewhere", "theme-pressure"] if known != name else []
                marker += [nodes.Text(", ")] if len(marker) else []
                marker += nodes.reference("", known, refuri=address, internal=True, classes=classes)


class Pages(SphinxRole):
    """The numbers of the pages of some places: `one#one, ledger#NW-07`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        places = [tuple(place.strip().split("#")) for place in self.text.split(",")]
        return [page_numbers(places=places, ledger="ledger" in self.text)], []


class Entry(Directive):
    """A section of the ledger whose id is the claim's."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        return [
            nodes.section(
                "",
                nodes.title("", name),
                nodes.paragraph("", f"Paraphrase of {name}."),
                ids=[name],
                names=[name],
            )
        ]


class Chart(Directive):
    """A figure that holds a chart."""

    required_arguments, has_content = 1, True
    option_spec = {"name": str, "alt": str, "rows": int}

    def run(self) -> list[nodes.Node]:
        image = chart(
            uri=self.arguments[0], **({"alt": self.options["alt"]} if "alt" in self.options else {})
        )
        image.source, image.line = self.state_machine.get_source_and_line(self.lineno)
        figure = nodes.figure("", image, names=[self.options["name"]])
        said = nodes.Element()
        self.state.nested_parse(self.content, 0, said)
        figure += nodes.caption("", "", *(said[0].children if said.children else []))
        if "rows" in self.options:
            figure += nodes.legend(
                "",
                nodes.paragraph("", "Made by hand."),
                figure_data("", _table(self.options["rows"])),
            )
        self.state.document.note_explicit_target(figure, figure)
        return [figure]


def _table(rows: int) -> nodes.table:
    """A table of two columns."""

    def row(*cells: str) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))

    body = nodes.tbody("", *(row(f"mark {number}", "NW-07") for number in range(1, rows + 1)))
    columns = [nodes.colspec(colwidth=1), nodes.colspec(colwidth=1)]
    return nodes.table(
        "", nodes.tgroup("", *columns, nodes.thead("", row("what", "claims")), body, cols=2)
    )


class stranger(nodes.General, nodes.Element):
    """A node that no one told the builder of."""


class Strange(Directive):
    """Puts one into a chapter."""

    def run(self) -> list[nodes.Node]:
        unknown = stranger()
        unknown.source, unknown.line = self.state_machine.get_source_and_line(self.lineno)
        return [unknown]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register them; pages of HTML show none of it."""
    skip = (lambda *_: None, lambda *_: None)
    app.add_node(chart, override=True, html=skip)
    app.add_node(claim_ref, override=True, html=skip)
    app.add_node(figure_data, override=True, html=skip)
    app.add_node(page_numbers, override=True, html=skip)
    app.add_role("claim", Claim(), override=True)
    app.add_role("pages", Pages(), override=True)
    app.add_post_transform(LinkClaims)
    for name, directive in (("entry", Entry), ("chart", Chart), ("strange", Strange)):
        app.add_directive(name, directive, override=True)
    return {"parallel_read_safe": True}
