"""The translator: it turns the document tree of a book into Typst markup."""

from claimbook.typst.appendices import Appendices
from claimbook.typst.blocks import Blocks
from claimbook.typst.figures import Figures
from claimbook.typst.inline import Inlines
from claimbook.typst.sections import Sections


class TypstTranslator(Inlines, Sections, Blocks, Figures, Appendices):
    """A translator with a visitor for every node; each mixin has those of one kind."""

    def translate(self) -> str:
        """Translate the whole book, and report links that lead nowhere.

        Returns:
            The markup of the text, the appendices and the index.
        """
        self.document.walkabout(self)
        body = "".join(self.output)
        markup = body + self.data_appendix() + self.code_appendix() + self.index_markup
        self.report_unplaced_links()
        return markup
