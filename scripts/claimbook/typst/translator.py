"""The translator: a book's document tree in, Typst markup out."""

from claimbook.typst.appendices import Appendices
from claimbook.typst.blocks import Blocks
from claimbook.typst.figures import Figures
from claimbook.typst.inline import Inlines


class TypstTranslator(Inlines, Blocks, Figures, Appendices):
    """One visitor a node; see the modules it is put together from."""

    def translate(self) -> str:
        """Return the whole book as markup, the data of its figures, the code of its cells and the indexes at the end."""
        self.document.walkabout(self)
        body = "".join(self.out) + self.data_appendix() + self.code_appendix() + self.index
        for label, node in self.wanted:
            if label not in self.made:
                self.fault(
                    node,
                    f"the link '{node.astext()}' leads to '{label}', which the PDF does not show",
                )
        return body
