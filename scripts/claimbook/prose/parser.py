"""The blocks and sentences of the book's MyST sources, with their citations.

Nothing is executed and Sphinx is not loaded: the sources are parsed by myst-parser, configured as
for the build.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from claimbook.paths import project

TAKEAWAYS = "takeaways"
JUDGEMENT = "judgement"
FRAMES = (JUDGEMENT, TAKEAWAYS)  # classes of admonitions that have rules of their own
ONLY = "only"  # the directive around what stands in some forms of the book alone
METHOD = "method"  # the class of a block about the book itself: `{.method}` on the line above it
DIRECTIVES_WITHOUT_PROSE = {
    "code-cell",
    "code",
    "code-block",
    "literalinclude",
    "raw",
    "math",
    "image",
    "figure",
    "glue:figure",
    "bibliography",
    "ledger",
    "toctree",
    "tableofcontents",
    "contents",
}
ELSEWHERE = "+"  # before a claim's id: the claim is of another theme than the chapter
CITING = "\ue000"  # replaces a citation of a claim or a work; belongs to the sentence before it
OBJECT = "\ufffc"  # replaces any other role, and code; may begin a sentence
CLOSING = "[”’\"')]"
END = re.compile(rf"[.?!…](?:{CLOSING}|\s*{CITING})*(?P<gap>\s+)(?=[“‘\"'(]?(?:[A-Z0-9]|{OBJECT}))")

CitationKind = Literal["claims", "elsewhere", "works", "computed", "links"]
# What a role cites, by the part of its name before a colon.
KINDS: dict[str, CitationKind] = {"claim": "claims", "cite": "works", "glue": "computed"}


class Citation(NamedTuple):
    """The items of one kind that a text cites at a position.

    Attributes:
        position: The position in the text.
        kind: The kind of the items.
        items: Ids of claims, keys of works, names of computed numbers, or addresses of links.
    """

    position: int
    kind: CitationKind
    items: list[str]


@dataclass
class Sentence:
    """A sentence and what it cites.

    Attributes:
        text: Its text, with placeholders for roles and code.
        line: The line of the file on which it begins.
        claims: The ids of the claims it cites.
        elsewhere: The ids of those claims that the citation marks as of another theme.
        works: The keys of works in the bibliography.
        computed: The names of computed numbers that cells have glued.
        links: The addresses of links of any kind.
    """

    text: str
    line: int
    claims: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The text of the sentence on one line, without placeholders for roles and code."""
        return " ".join(re.sub(rf"\s*{CITING}|{OBJECT}", "", self.text).split())

    def cited(self, kind: CitationKind) -> list[str]:
        """Return the items of one kind that the sentence cites.

        Args:
            kind: The name of one of the attributes from `claims` to `links`.
        """
        items: list[str] = getattr(self, kind)
        return items


@dataclass
class Block:
    """A paragraph, list item, heading or table cell of a page.

    Attributes:
        file: The path of its file, relative to the project.
        line: The line on which it begins.
        kind: `paragraph`, `item`, or `label` for text that is no sentence: headings, titles,
            subtitles, terms, cells of tables.
        frames: The classes of the admonitions around it, limited to those in `FRAMES`, and `ONLY`
            within that directive.
        is_method: Whether it is marked `{.method}`.
        sentences: Its sentences.
    """

    file: str
    line: int
    kind: Literal["paragraph", "item", "label"]
    frames: frozenset[str]
    is_method: bool
    sentences: list[Sentence]

    @property
    def page(self) -> str:
        """The name of the page: its file name without suffix."""
        return Path(self.file).stem

    def cited(self, kind: CitationKind) -> list[str]:
        """Return the items of one kind that the sentences of the block cite.

        Args:
            kind: The name of one of the attributes of `Sentence` from `claims` to `links`.
        """
        return [item for sentence in self.sentences for item in sentence.cited(kind)]


def prose_files(root: Path | None = None) -> list[Path]:
    """Return the MyST sources of the book: index, ledger, then the chapters by name.

    Missing files are omitted.

    Args:
        root: The folder of the project; that of the current project by default.
    """
    root = root or project().root
    pages = [root / "index.md", root / "ledger.md", *sorted((root / "chapters").glob("*.md"))]
    return [page for page in pages if page.is_file()]


def read_blocks(
    root: Path | None = None,
    abbreviations: Collection[str] = (),
    files: Iterable[Path] | None = None,
) -> list[Block]:
    """Read every block of prose of the book, page by page.

    Args:
        root: The folder of the project; that of the current project by default.
        abbreviations: Words whose full stop ends no sentence.
        files: The pages to read; by default all.
    """
    root = root or project().root
    parser = make_parser(root)
    blocks: list[Block] = []
    for path in prose_files(root) if files is None else files:
        tokens = parser.parse(path.read_text("utf-8"))
        file = path.relative_to(root).as_posix()
        reader = _PageReader(parser, file, frozenset(abbreviations))
        blocks += reader.blocks(tokens, 0, frozenset())
    return blocks


def make_parser(root: Path | None = None) -> MarkdownIt:
    """Make the MyST parser with the extensions that `_config.yml` enables.

    Args:
        root: The folder of the project; that of the current project by default.
    """
    root = root or project().root
    config = yaml.safe_load((root / project().config.name).read_text("utf-8"))
    enabled = set(config.get("parse", {}).get("myst_enable_extensions", []))
    return create_md_parser(MdParserConfig(enable_extensions=enabled), RendererHTML)


@dataclass(frozen=True)
class _PageReader:
    parser: MarkdownIt
    file: str
    abbreviations: frozenset[str]

    def blocks(self, tokens: list[Token], first: int, frames: frozenset[str]) -> Iterator[Block]:
        """Yield the blocks among tokens, and those within directives that contain prose.

        Args:
            tokens: The tokens of a page or of a directive's content.
            first: The number of lines of the file before them.
            frames: What is around them, as in `Block.frames`.
        """
        opened: list[Token] = []
        for token in tokens:
            if token.nesting == 1:
                opened.append(token)
            elif token.nesting == -1:
                opened.pop()
            elif token.type == "inline":
                yield self._block(token, opened, first, frames)
            elif token.type in ("fence", "colon_fence") and token.map:
                yield from self._directive(token, first + token.map[0], frames)

    def _directive(self, token: Token, line: int, frames: frozenset[str]) -> Iterator[Block]:
        named = directive_of(token)
        if named is None or named[0] in DIRECTIVES_WITHOUT_PROSE:
            return
        name, argument = named
        options, content = split_options(token.content)
        classes = options.get("class", "").split()
        inner = frames | {frame for frame in FRAMES if frame in classes}
        if name == ONLY:
            inner |= {ONLY}
        if name == "admonition" and argument:
            for title in self.parser.parse(argument):
                if title.type == "inline":
                    sentences = self._sentences(title, line + 1)
                    yield Block(self.file, line + 1, "label", inner, False, sentences)
        yield from self.blocks(self.parser.parse(content), line + 1, inner)

    def _block(
        self, token: Token, opened: list[Token], first: int, frames: frozenset[str]
    ) -> Block:
        line = first + (token.map[0] if token.map else 0) + 1
        kind: Literal["paragraph", "item", "label"] = "paragraph"
        if opened[-1].type != "paragraph_open" or _is_subtitle(token):
            kind = "label"
        elif any(outer.type == "list_item_open" for outer in opened):
            kind = "item"
        is_method = any(METHOD in str(outer.attrs.get("class", "")).split() for outer in opened)
        return Block(self.file, line, kind, frames, is_method, self._sentences(token, line))

    def _sentences(self, token: Token, line: int) -> list[Sentence]:
        text, citations = _flatten(token.children or [])
        sentences = []
        for start, end in sentence_spans(text, self.abbreviations):
            sentence = Sentence(text[start:end], line + text.count("\n", 0, start))
            for citation in citations:
                if start <= citation.position < end:
                    sentence.cited(citation.kind).extend(citation.items)
            sentences.append(sentence)
        return sentences


def claim_id(cited: str) -> str:
    """Return the id of a claim from a citation, without the mark of another theme.

    Both `AB-07` and `+AB-07` give `AB-07`.
    """
    return cited.strip().removeprefix(ELSEWHERE)


def sentence_spans(text: str, abbreviations: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of a text.

    Args:
        text: The text, with `CITING` in place of citations.
        abbreviations: Words whose full stop ends no sentence.

    Yields:
        The position of the first character, and the position after the last, without the white
        space around the sentence.
    """
    start = 0
    for end in END.finditer(text):
        word = text[: end.start() + 1].rsplit(None, 1)[-1]
        if word in abbreviations or re.fullmatch(r"[A-Z]\.", word):
            continue
        yield start, end.start("gap")
        start = end.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def abbreviations(names: Iterable[str]) -> set[str]:
    """Return the abbreviations in names, such as `St.` in `St. Example`.

    An abbreviation is a word with a full stop at its end. The last word of a name does not count,
    since a sentence may end with it.
    """
    return {word for name in names for word in name.split()[:-1] if word.endswith(".")}


def _is_subtitle(token: Token) -> bool:
    """Check whether a paragraph is a subtitle: a single emphasised phrase.

    It must not end with a full stop, exclamation mark, question mark or colon.
    """
    children = token.children or []
    return (
        len(children) == 3
        and children[0].type == "em_open"
        and not token.content.rstrip("*_").endswith((".", "!", "?", ":"))
    )


def directive_of(token: Token) -> tuple[str, str] | None:
    """Return the name and the argument of a fence's directive; None for other fences."""
    directive = re.fullmatch(r"\{([\w:-]+)\}\s*(.*)", token.info.strip())
    return (directive[1], directive[2]) if directive else None


def split_options(content: str) -> tuple[dict[str, str], str]:
    """Split the content of a directive into its options and the rest.

    Returns:
        The values of the options by name; and the content with blank lines in their place, so that
        all other lines keep their numbers.
    """
    lines = content.split("\n")
    options: dict[str, str] = {}
    for number, line in enumerate(lines):
        option = re.fullmatch(r":([\w-]+):\s*(.*)", line)
        if option is None:
            break
        options[option[1]] = option[2]
        lines[number] = ""
    return options, "\n".join(lines)


def _flatten(children: list[Token]) -> tuple[str, list[Citation]]:
    """Flatten the tokens of a block to text, and collect their citations.

    Returns:
        The text, with placeholders for roles and code, and the citations with their positions.
    """
    text = ""
    citations: list[Citation] = []
    for child in children:
        if child.type == "text":
            text += child.content
        elif child.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif child.type == "link_open":
            citations.append(Citation(len(text), "links", [str(child.attrs["href"])]))
        elif child.type == "myst_role":
            items = [item.strip() for item in child.content.split(",")]
            kind = KINDS.get(child.meta["name"].split(":")[0])
            if kind == "claims":
                marked = [claim_id(item) for item in items if item.startswith(ELSEWHERE)]
                citations.append(Citation(len(text), "elsewhere", marked))
                items = [claim_id(item) for item in items]
            if kind:
                citations.append(Citation(len(text), kind, items))
            text += CITING if kind in ("claims", "works") else OBJECT
        elif child.nesting == 0:
            text += OBJECT
    return text, citations
