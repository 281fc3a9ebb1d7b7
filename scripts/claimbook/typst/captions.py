"""Numbers and captions of figures, tables and listings."""

from docutils import nodes

from claimbook.typst.base import BaseTranslator
from claimbook.typst.text import block_call, content_block, escape, inline_content, markup_call


class Captions(BaseTranslator):
    """A mixin of the translator that renders the captions of figures and tables."""

    def figure_number(self, kind: str, node: nodes.Element) -> str | None:
        """Return the number that Sphinx gave a figure, table or listing.

        Args:
            kind: `figure`, `table` or `code-block`, as Sphinx calls them.
            node: The figure, table or container of a listing.

        Returns:
            The number, such as `2` or `2.1`; None where it has none.
        """
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((numbers[name] for name in node["ids"] if name in numbers), None)
        return ".".join(map(str, number)) if number else None

    def render_caption(self, captions: list[nodes.Element], kind: str) -> str:
        """Render the caption of a figure or table.

        Words after a title in bold are printed at the figure, but not in the list of figures.

        Args:
            captions: The caption; an empty list where there is none.
            kind: `image` or `table`, as Typst calls kinds of figures.

        Returns:
            The markup; empty where there is no caption.
        """
        if not captions:
            return ""
        self.volume.captioned_kinds.add(kind)
        title, *details = captions[0].children
        if not isinstance(title, nodes.strong) or not details:
            return self.render_children(captions[0])
        return (
            self.anchor(captions[0])
            + self.render([title])
            + markup_call("caption-detail", inline_content(self.render(details)))
        )

    def visit_caption(self, node: nodes.Element) -> None:
        """Render the caption of a code listing.

        Figures and tables render their own captions.
        """
        number = self.figure_number("code-block", node.parent)
        label = escape(f"Listing {number}. ") if number else ""
        self.add(block_call("rubric", content_block(label + self.render_children(node))))
