"""What the book keeps for its end: the data of the figures, and the code of the cells."""

from .base import Base
from .text import block, call, content, escape, string

DATA_TITLE = "The data of the figures"
CODE_TITLE = "The code behind the figures"


class Appendices(Base):
    """Writes what other visitors have kept."""

    def data_appendix(self) -> str:
        """Return the tables behind the figures, each under a heading that leads back to its figure."""
        if not self.data:
            return ""
        written = [block("new-page"), block("head", content(escape(DATA_TITLE)), level="1", name=string("%data"))]
        tables = []
        for kept in self.data:
            title = f"Figure {kept.figure}. {kept.title}" if kept.figure else kept.title
            heading = call("within", string(kept.drawn), content(escape(title)))
            tables.append(block("head", content(heading), level="2", name=string(kept.name), listed="false"))
            tables.append(kept.table + (block("data-rest", content(escape(kept.rest))) if kept.rest else ""))
        return "".join([*written, block("data-tables", content("".join(tables)))])

    def code_appendix(self) -> str:
        """Return the cells of the book, by chapter, each under the figures it drew."""
        if not self.listings:
            return ""
        written = [block("new-page"), block("head", content(escape(CODE_TITLE)), level="1", name=string("%code"))]
        chapter = None
        for listing in self.listings:
            if listing.chapter != chapter:
                chapter = listing.chapter
                written.append(block("head", content(chapter), level="2", listed="false"))
            figures = [call("within", string(label), content(escape(f"Figure {number}"))) for number, label in listing.figures]
            written.append(block("listing", string(listing.code), language=string(listing.language),
                                 title=content(", ".join(figures)) if figures else None))
        return "".join(written)
