"""What the book keeps for its end: the data of the figures, and the code of the cells."""

from collections import Counter

from .base import Base, Listing
from .text import block, call, content, escape, string, typographic

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
            title = typographic(f"Figure {kept.figure}. {kept.title}" if kept.figure else kept.title)
            heading = call("within", string(kept.drawn), content(escape(title)))
            tables.append(block("head", content(heading), level="2", name=string(kept.name), listed="false"))
            tables.append(kept.table + (block("data-rest", content(escape(kept.rest))) if kept.rest else ""))
        return "".join([*written, block("data-tables", content("".join(tables)))])

    def code_appendix(self) -> str:
        """Return the cells of the book, by chapter, each under the figures it drew."""
        if not self.listings:
            return ""
        written = [block("follow-on"), block("head", content(escape(CODE_TITLE)), level="1", name=string("%code"))]
        shared = _shared(self.listings)
        if shared:
            written.append(escape("Most chapters begin with these lines, which stand here alone.") + block("listing", string("\n".join(shared)), language=string("python")))
        chapter = None
        for listing in self.listings:
            code = "\n".join(line for line in listing.code.splitlines() if line not in shared).strip("\n")
            if not code:
                continue
            if listing.chapter != chapter:
                chapter = listing.chapter
                written.append(block("head", content(chapter), level="2", listed="false"))
            numbered = [("Figure", *each) for each in listing.figures] + [("Table", *each) for each in listing.tables]
            made = [call("within", string(label), content(escape(f"{kind} {number}"))) if number else escape("A table") for kind, number, label in numbered]
            written.append(block("listing", string(code), language=string(listing.language),
                                 title=content(", ".join(dict.fromkeys(made))) if made else None))
        return "".join(written)


def _shared(listings: list[Listing]) -> list[str]:
    """The lines with which more than half of the chapters begin, in the order of the first of them."""
    first: dict[str, list[str]] = {}
    for listing in listings:
        first.setdefault(listing.chapter, listing.code.splitlines())
    known = Counter(line for lines in first.values() for line in set(lines) if line.strip())
    return [line for line in dict.fromkeys(line for lines in first.values() for line in lines) if len(first) > 2 and known[line] > len(first) / 2]
