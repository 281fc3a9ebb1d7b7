"""The translator: it turns the document tree of a book into Typst markup."""

from claimbook.typst.appendices import Appendices
from claimbook.typst.blocks import Blocks
from claimbook.typst.figures import Figures
from claimbook.typst.inline import Inlines
from claimbook.typst.sections import Sections


class TypstTranslator(Inlines, Sections, Blocks, Figures, Appendices):
    """A translator of docutils nodes to Typst, with a visitor for every type of node.

    Each of its mixins has the visitors of one group of types.
    """

    def translate(self) -> None:
        """Translate the whole book to Typst, and report links that lead nowhere.

        The markup is added to the volumes of the builder: the text of each, and to the last one the
        appendices and the index.
        """
        self.document.walkabout(self)
        self.volume = self.builder.volumes[-1]
        self.volume.markup += self.data_appendix() + self.code_appendix() + self.index_markup
        self.report_unplaced_links()
