"""The appendices of the PDF: the data of its figures, and the code of its cells."""

from collections import Counter

from claimbook.typst.base import BaseTranslator, CodeListing, FigureData
from claimbook.typst.text import (
    block_call,
    content_block,
    escape,
    string_literal,
    typographic,
)

DATA_TITLE = "The data of the figures"
CODE_TITLE = "The code behind the figures"
COMMON_CODE = "Most chapters begin with these lines, which stand here alone."
PYTHON = string_literal("python")


class Appendices(BaseTranslator):
    """A mixin of the translator that renders the appendices.

    They print the data tables and code that visitors have saved.
    """

    def data_appendix(self) -> str:
        """Render the appendix with the data tables of figures.

        Each table has a heading that links to its figure.

        Returns:
            The markup; empty if no figure has a data table.
        """
        if not self.figure_data:
            return ""
        tables = content_block("".join(map(self._figure_table, self.figure_data)))
        return (
            block_call("new-page")
            + block_call(
                "section-heading",
                content_block(escape(DATA_TITLE)),
                level="1",
                name=string_literal("%data"),
            )
            + block_call("data-tables", tables)
        )

    def code_appendix(self) -> str:
        """Render the appendix with the code of the cells, by chapter.

        Each listing names the figures and tables that the code made. The lines with which most
        chapters begin are printed once, at the beginning of the appendix.

        Returns:
            The markup; empty if no code was saved.
        """
        if not self.listings:
            return ""
        parts = [
            block_call("new-page-unless-room"),
            block_call(
                "section-heading",
                content_block(escape(CODE_TITLE)),
                level="1",
                name=string_literal("%code"),
            ),
        ]
        common = _common_first_lines(self.listings)
        if common:
            code = string_literal("\n".join(common))
            parts.append(escape(COMMON_CODE) + block_call("code-listing", code, language=PYTHON))
        chapter = None
        for listing in self.listings:
            lines = [line for line in listing.code.splitlines() if line not in common]
            code = "\n".join(lines).strip("\n")
            if not code:
                continue
            if listing.chapter != chapter:
                chapter = listing.chapter
                title = content_block(chapter)
                parts.append(block_call("section-heading", title, level="2", outlined="false"))
            parts.append(
                block_call(
                    "code-listing",
                    string_literal(code),
                    language=string_literal(listing.language),
                    title=self._listing_title(listing),
                )
            )
        return "".join(parts)

    def _figure_table(self, data: FigureData) -> str:
        """Render the data table of a figure, with its heading and a note on omitted rows."""
        name = f"Figure {data.figure_number}. {data.title}" if data.figure_number else data.title
        title = content_block(escape(typographic(name)))
        heading = block_call(
            "section-heading",
            content_block(self.link(data.figure_label, title)),
            level="2",
            name=string_literal(data.label),
            outlined="false",
        )
        omitted = content_block(escape(data.omitted)) if data.omitted else ""
        return heading + data.table + (block_call("omitted-rows", omitted) if omitted else "")

    def _listing_title(self, listing: CodeListing) -> str | None:
        """Render the title of a code listing: links to the figures and tables it made.

        Returns:
            A content block; None where the code made none.
        """
        made = [("Figure", *figure) for figure in listing.figures]
        made += [("Table", *table) for table in listing.tables]
        links = [
            self.link(label, content_block(escape(f"{kind} {number}")))
            if number
            else escape("A table")
            for kind, number, label in made
        ]
        return content_block(", ".join(dict.fromkeys(links))) if links else None


def _common_first_lines(listings: list[CodeListing]) -> list[str]:
    """Return the lines that the first cells of more than half of the chapters share.

    Args:
        listings: The listings of code, in the order of the book.

    Returns:
        The lines in the order of their first appearance; none if at most two chapters have code.
    """
    first: dict[str, list[str]] = {}
    for listing in listings:
        first.setdefault(listing.chapter, listing.code.splitlines())
    if len(first) <= 2:
        return []
    chapters = Counter(line for lines in first.values() for line in set(lines) if line.strip())
    in_order = dict.fromkeys(line for lines in first.values() for line in lines)
    return [line for line in in_order if chapters[line] > len(first) / 2]
