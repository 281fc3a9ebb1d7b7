"""What the book keeps for its end: the data of the figures, and the code of the cells."""

from collections import Counter

from claimbook.typst.base import Base, Listing
from claimbook.typst.text import (
    block_call,
    content_block,
    escape,
    markup_call,
    string_literal,
    typographic,
)

DATA_TITLE = "The data of the figures"
CODE_TITLE = "The code behind the figures"


class Appendices(Base):
    """Writes what other visitors have kept."""

    def data_appendix(self) -> str:
        """Return the tables behind the figures, each under a heading that leads back to its figure."""
        if not self.data:
            return ""
        written = [
            block_call("new-page"),
            block_call(
                "head", content_block(escape(DATA_TITLE)), level="1", name=string_literal("%data")
            ),
        ]
        tables = []
        for kept in self.data:
            title = typographic(
                f"Figure {kept.figure}. {kept.title}" if kept.figure else kept.title
            )
            heading = markup_call(
                "within", string_literal(kept.drawn), content_block(escape(title))
            )
            tables.append(
                block_call(
                    "head",
                    content_block(heading),
                    level="2",
                    name=string_literal(kept.name),
                    listed="false",
                )
            )
            tables.append(
                kept.table
                + (block_call("data-rest", content_block(escape(kept.rest))) if kept.rest else "")
            )
        return "".join([*written, block_call("data-tables", content_block("".join(tables)))])

    def code_appendix(self) -> str:
        """Return the cells of the book, by chapter, each under the figures it drew."""
        if not self.listings:
            return ""
        written = [
            block_call("follow-on"),
            block_call(
                "head", content_block(escape(CODE_TITLE)), level="1", name=string_literal("%code")
            ),
        ]
        shared = _shared(self.listings)
        if shared:
            written.append(
                escape("Most chapters begin with these lines, which stand here alone.")
                + block_call(
                    "listing", string_literal("\n".join(shared)), language=string_literal("python")
                )
            )
        chapter = None
        for listing in self.listings:
            code = "\n".join(
                line for line in listing.code.splitlines() if line not in shared
            ).strip("\n")
            if not code:
                continue
            if listing.chapter != chapter:
                chapter = listing.chapter
                written.append(
                    block_call("head", content_block(chapter), level="2", listed="false")
                )
            numbered = [("Figure", *each) for each in listing.figures] + [
                ("Table", *each) for each in listing.tables
            ]
            made = [
                markup_call(
                    "within", string_literal(label), content_block(escape(f"{kind} {number}"))
                )
                if number
                else escape("A table")
                for kind, number, label in numbered
            ]
            written.append(
                block_call(
                    "listing",
                    string_literal(code),
                    language=string_literal(listing.language),
                    title=content_block(", ".join(dict.fromkeys(made))) if made else None,
                )
            )
        return "".join(written)


def _shared(listings: list[Listing]) -> list[str]:
    """The lines with which more than half of the chapters begin, in the order of the first of them."""
    first: dict[str, list[str]] = {}
    for listing in listings:
        first.setdefault(listing.chapter, listing.code.splitlines())
    known = Counter(line for lines in first.values() for line in set(lines) if line.strip())
    return [
        line
        for line in dict.fromkeys(line for lines in first.values() for line in lines)
        if len(first) > 2 and known[line] > len(first) / 2
    ]
