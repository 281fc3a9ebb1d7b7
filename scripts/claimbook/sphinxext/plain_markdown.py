"""MyST as plain Markdown, which any notebook program can show.

The parser of the build says where directives, roles and links stand; all other text stays as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import PurePosixPath
from posixpath import normpath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimbook.prose.parser import ONLY, directive_of, split_options

CITED = ("claim", "cite:p", "cite:t")  # roles whose keys stay, in brackets


@dataclass(frozen=True)
class PageFacts:
    """What the text of a page refers to.

    Attributes:
        docname: The name of the page.
        titles: The titles of all pages, by page name.
        is_executable: A function that returns whether a page has a notebook.
        numbers: The computed numbers as text, by name.
        number_of: A function that returns the number of a figure or table by its name.
        substitutions: The texts of substitutions, by name.
    """

    docname: str
    titles: dict[str, str]
    is_executable: Callable[[str], bool]
    numbers: dict[str, str]
    number_of: Callable[[str], str]
    substitutions: dict[str, str]


class PlainMarkdown:
    """A converter of a page's MyST."""

    def __init__(self, parser: MarkdownIt, facts: PageFacts) -> None:
        """Store the parser of the build, and what the page refers to."""
        self._parser, self._facts = parser, facts

    def convert(self, text: str) -> str:
        """Convert a text.

        Admonitions become quotations, roles become text, and links to pages with code lead to their
        notebooks. What stands in HTML alone stays, and what stands in other forms goes.
        """
        return _Conversion(text, self).run(self._parser.parse(text))

    def directive(self, name: str, argument: str, content: str) -> str:
        """Convert a directive; of one without a counterpart, the content alone."""
        options, body = split_options(content)
        if name == "image":
            return f"![{options.get('alt', '')}]({argument})"
        if name == ONLY and argument != "html":
            return ""
        body = self.convert(body.strip("\n"))
        if name == "admonition":
            lines = [f"**{self.convert(argument)}**", "", *body.splitlines()]
            return "\n".join(f"> {line}".rstrip() for line in lines)
        if name == "table":
            return f"**{self.convert(argument)}**\n\n{body}"
        return body

    def role(self, name: str, content: str) -> str | None:
        """Convert a role; None for one that stays as it is."""
        if name in CITED:
            return f"[{content}]"
        if name == "glue:":
            return self._facts.numbers[content]
        return self._facts.number_of(content) if name == "numref" else None

    def link(self, label: str, target: str) -> str:
        """Convert a link; of one into a page, or to a page without code, the label alone."""
        if target.startswith("#"):
            return label
        page = normpath(PurePosixPath(self._facts.docname).parent / target)
        if page not in self._facts.titles:
            return f"[{label}]({target})"
        label = label or self._facts.titles[page]
        return f"[{label}]({target}.ipynb)" if self._facts.is_executable(page) else f"*{label}*"

    def substitution(self, name: str) -> str:
        """Return the text of a substitution."""
        return self._facts.substitutions[name]


class _Conversion:
    """The conversion of one text, from its beginning to its end."""

    def __init__(self, text: str, converter: PlainMarkdown) -> None:
        self._text, self._converter = text, converter
        lines = text.splitlines(keepends=True)
        self._starts = [0, *accumulate(map(len, lines))]  # of the lines, and of what follows
        self._at = 0  # what is before has been written
        self._written: list[str] = []

    def run(self, tokens: list[Token]) -> str:
        for token in tokens:
            if token.map is None:
                continue
            first, end = self._starts[token.map[0]], self._starts[token.map[1]]
            if token.type == "myst_target":
                self._replace(first, end, "")
            elif token.type in ("fence", "colon_fence"):
                named = directive_of(token)
                if named:
                    converted = self._converter.directive(*named, token.content)
                    self._replace(first, end, f"{converted}\n" if converted else "")
                self._write_to(end)
            elif token.type == "substitution_block":
                self._replace(first, end, f"{self._converter.substitution(token.content)}\n")
            elif token.type == "inline":
                self._convert_inline(token.children or [], end)
            elif token.nesting == 1 and token.map[0] and first >= self._at:
                above = self._starts[token.map[0] - 1]
                if token.attrs and self._text[above:first].strip().startswith("{."):
                    self._replace(above, first, "")  # the attributes of the block
        self._write_to(len(self._text))
        return "".join(self._written)

    def _convert_inline(self, children: list[Token], end: int) -> None:
        """Convert the roles, substitutions and links of a block that ends at a position."""
        links: list[int] = []  # where the labels of open links begin in what is written
        for child in children:
            if child.type in ("text", "code_inline"):
                self._pass(child.content, end)
            elif child.type == "myst_role":
                raw = f"{{{child.meta['name']}}}`{child.content}`"
                new = self._converter.role(child.meta["name"], child.content)
                self._substitute(raw, raw if new is None else new, end)
            elif child.type == "substitution_inline":
                first = self._text.index("{{", self._at, end)
                after = self._text.index("}}", first, end) + 2
                self._replace(first, after, self._converter.substitution(child.content))
            elif child.type == "link_open" and child.info != "auto":
                self._substitute("[", "", end)
                links.append(len(self._written))
            elif child.type == "link_close" and links:
                start = links.pop()
                self._write_to(self._text.index("](", self._at, end))
                label = "".join(self._written[start:])
                close = self._text.index(")", self._at, end)
                target = self._text[self._at + 2 : close]
                self._written[start:] = [self._converter.link(label, target)]
                self._at = close + 1

    def _write_to(self, position: int) -> None:
        """Write the text up to a position as it is."""
        self._written.append(self._text[self._at : position])
        self._at = max(self._at, position)

    def _replace(self, first: int, end: int, new: str) -> None:
        self._write_to(first)
        self._written.append(new)
        self._at = end

    def _substitute(self, raw: str, new: str, end: int) -> None:
        """Replace the next occurrence of a text in a block that ends at a position."""
        first = self._text.find(raw, self._at, end)
        if first >= 0:
            self._replace(first, first + len(raw), new)

    def _pass(self, content: str, end: int) -> None:
        """Go on after the next occurrence of a text, if it is written like that."""
        first = self._text.find(content, self._at, end)
        if first >= 0:
            self._write_to(first + len(content))
