"""The prose of the book as it stands in its MyST sources: blocks and sentences with what each of them cites, by file and line.

Nothing is run and Sphinx is not asked: the sources are parsed as myst-parser is configured to parse them.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from claimbook.paths import project

TAKEAWAYS = "takeaways"
FRAMES = ("judgement", TAKEAWAYS)  # admonitions that say what stands in them
METHOD = "method"  # the class of a block that speaks of the book's own work: `{.method}` on the line above it
WITHOUT_PROSE = {
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
SORTS = {
    "claim": "claims",
    "cite": "works",
    "glue": "computed",
}  # what a role cites, by the part of its name before a colon
ELSEWHERE = "+"  # before a claim's id, in a chapter on a theme: the claim is of another theme
CITING = "\ue000"  # stands in a flattened text where a claim or a work is cited; belongs to the sentence before it
OBJECT = "\ufffc"  # stands where there is any other role, or code: may begin a sentence
CLOSING = "[”’\"')]"
END = re.compile(rf"[.?!…](?:{CLOSING}|\s*{CITING})*(?P<gap>\s+)(?=[“‘\"'(]?(?:[A-Z0-9]|{OBJECT}))")


@dataclass
class Sentence:
    """A sentence (`text` with placeholders for roles), the line on which it begins, and what it cites.

    `claims` are claim ids, `elsewhere` those of them that the citation marks as of another theme (`+`), `works` keys of the bibliography, `computed` names of glued numbers, `links` addresses of any kind.
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
        """The words alone, on one line, without placeholders."""
        return " ".join(re.sub(rf"\s*{CITING}|{OBJECT}", "", self.text).split())


@dataclass
class Block:
    """A paragraph, list item, heading or cell of a page: its file and line, what frame it stands in, and its sentences.

    `kind` is `paragraph`, `item`, or `label` for what is no sentence (headings, titles, subtitles, terms, cells of tables).
    """

    file: str
    line: int
    kind: str
    frames: frozenset[str]
    method: bool
    sentences: list[Sentence]

    @property
    def page(self) -> str:
        """The page's name: `index`, `pressure`."""
        return Path(self.file).stem

    def all(self, what: str) -> list[str]:
        """All that the sentences of the block cite of one sort: `claims`, `works`, `computed`, `links`."""
        return [item for sentence in self.sentences for item in getattr(sentence, what)]


def prose_files(root: Path | None = None) -> list[Path]:
    """The MyST sources of the book, in the order of their names."""
    root = root or project().root
    pages = [root / "index.md", root / "ledger.md", *sorted((root / "chapters").glob("*.md"))]
    return [page for page in pages if page.is_file()]


def read_blocks(root: Path | None = None, abbreviations: Collection[str] = ()) -> list[Block]:
    """Every block of prose of the book, page by page. `abbreviations` are words whose full stop ends no sentence."""
    root = root or project().root
    parser = _parser(root)
    blocks = []
    for path in prose_files(root):
        tokens = parser.parse(path.read_text("utf-8"))
        file = path.relative_to(root).as_posix()
        blocks += _Page(parser, file, frozenset(abbreviations)).blocks(tokens, 0, frozenset())
    return blocks


def _parser(root: Path) -> MarkdownIt:
    """The parser with the extensions that `_config.yml` enables, as the build has them."""
    config = yaml.safe_load((root / project().config.name).read_text("utf-8"))
    enabled = set(config.get("parse", {}).get("myst_enable_extensions", []))
    return create_md_parser(MdParserConfig(enable_extensions=enabled), RendererHTML)


@dataclass(frozen=True)
class _Page:
    parser: MarkdownIt
    file: str
    abbreviations: frozenset[str]

    def blocks(self, tokens: list[Token], first: int, frames: frozenset[str]) -> Iterator[Block]:
        """The blocks among some tokens, whose lines count from `first`; goes into directives that hold prose."""
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
        named = re.fullmatch(r"\{([\w:-]+)\}\s*(.*)", token.info.strip())
        if named is None or named[1] in WITHOUT_PROSE:
            return
        content, classes = _without_options(token.content)
        inside = frames | {frame for frame in FRAMES if frame in classes}
        if named[1] == "admonition" and named[2]:
            for title in self.parser.parse(named[2]):
                if title.type == "inline":
                    yield Block(
                        self.file,
                        line + 1,
                        "label",
                        inside,
                        False,
                        self._sentences(title, line + 1),
                    )
        yield from self.blocks(self.parser.parse(content), line + 1, inside)

    def _block(
        self, token: Token, opened: list[Token], first: int, frames: frozenset[str]
    ) -> Block:
        line = first + (token.map[0] if token.map else 0) + 1
        around = {outer.type for outer in opened}
        kind = "item" if "list_item_open" in around else "paragraph"
        if opened[-1].type != "paragraph_open" or _is_subtitle(token):
            kind = "label"
        method = any(METHOD in str(outer.attrs.get("class", "")).split() for outer in opened)
        return Block(self.file, line, kind, frames, method, self._sentences(token, line))

    def _sentences(self, token: Token, line: int) -> list[Sentence]:
        text, cited = _flatten(token.children or [])
        sentences = []
        for start, end in sentence_spans(text, self.abbreviations):
            sentence = Sentence(text[start:end], line + text.count("\n", 0, start))
            for place, sort, items in cited:
                if start <= place < end:
                    getattr(sentence, sort).extend(items)
            sentences.append(sentence)
        return sentences


def claim_id(cited: str) -> str:
    """The id of a claim as a citation has it, without its mark."""
    return cited.strip().removeprefix(ELSEWHERE)


def sentence_spans(text: str, abbreviations: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """First and last place of each sentence of a text, the last exclusive, without white space around.

    Where the text has citations, `CITING` stands for them.
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
    """The words within some names whose full stop ends no sentence (`St.`)."""
    return {word for name in names for word in name.split()[:-1] if word.endswith(".")}


def _is_subtitle(token: Token) -> bool:
    """Whether a paragraph is one emphasised phrase without a full stop."""
    children = token.children or []
    return (
        len(children) == 3
        and children[0].type == "em_open"
        and not token.content.rstrip("*_").endswith((".", "!", "?", ":"))
    )


def _without_options(content: str) -> tuple[str, list[str]]:
    """A directive's content with its options blanked, so that lines keep their numbers, and its classes."""
    lines = content.split("\n")
    classes: list[str] = []
    for number, line in enumerate(lines):
        option = re.fullmatch(r":([\w-]+):\s*(.*)", line)
        if option is None:
            break
        if option[1] == "class":
            classes = option[2].split()
        lines[number] = ""
    return "\n".join(lines), classes


def _flatten(children: list[Token]) -> tuple[str, list[tuple[int, str, list[str]]]]:
    """The words of a block with placeholders for roles and code, and what stands at which place: (place, sort, items)."""
    text = ""
    cited: list[tuple[int, str, list[str]]] = []
    for child in children:
        if child.type == "text":
            text += child.content
        elif child.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif child.type == "link_open":
            cited.append((len(text), "links", [str(child.attrs["href"])]))
        elif child.type == "myst_role":
            role, items = child.meta["name"], [item.strip() for item in child.content.split(",")]
            sort = SORTS.get(role.split(":")[0], "")
            if sort == "claims":
                cited.append(
                    (
                        len(text),
                        "elsewhere",
                        [claim_id(item) for item in items if item.startswith(ELSEWHERE)],
                    )
                )
                items = [claim_id(item) for item in items]
            if sort:
                cited.append((len(text), sort, items))
            text += CITING if sort in ("claims", "works") else OBJECT
        elif child.nesting == 0:
            text += OBJECT
    return text, cited
