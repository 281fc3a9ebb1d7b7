"""The translator: a book's document tree in, Typst markup out."""

from .blocks import Blocks
from .figures import Figures
from .inline import Inlines


class TypstTranslator(Inlines, Blocks, Figures):
    """One visitor a node; see the modules it is put together from."""

    def translate(self) -> str:
        """Return the whole book as markup, the code of its cells at the end."""
        self.document.walkabout(self)
        body = "".join(self.out) + self.code_appendix()
        for label, node in self.wanted:
            if label not in self.made:
                self.fault(node, f"the link '{node.astext()}' leads to '{label}', which the PDF does not show")
        return body
