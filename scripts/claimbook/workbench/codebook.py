"""The codebook's rule for each column of a sheet, as plain text."""

import re
from collections.abc import Collection

from claimbook.texts.sheets.columns import QUOTED

HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
ITEM = re.compile(r"^\d+\.\s")
BOLD_START = re.compile(r"^(?:\d+\.\s+)?\*\*(.+?)\*\*")
COMMENT_OR_MATTER = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->", re.DOTALL)
RULE_LINE = re.compile(r"^\|[\s:|-]+\|$")  # under the head of a table
PLAIN = (
    (re.compile(r"\{[\w.:-]+\}`([^`]*)`"), r"\1"),  # a role
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),  # a link
    (re.compile(r"^\{\.[\w-]+\}$", re.MULTILINE), ""),
    (re.compile(r"\*\*|`"), ""),
    (re.compile(r"(?<!\w)\*(?=\S)([^*\n]+)\*(?!\w)"), r"‘\1’"),
)


def read_rules(codebook: str, columns: Collection[str]) -> dict[str, str]:
    """Read the rules of columns out of the page of the codebook.

    A rule begins with the names of its columns in bold, alone at the start of a paragraph
    (`**on, bearing**:`) or within a numbered rule (`7. **The span** runs …`), and goes on to the
    next such paragraph or heading. A section whose heading names a column is its rule, too. A
    column without a rule of its own has the first paragraph that names it in code.

    Args:
        codebook: The page, in Markdown.
        columns: The columns.

    Returns:
        The rule of each column that has one.
    """
    rules: dict[str, list[str]] = {}
    mentions: dict[str, str] = {}
    of_section: list[str] = []  # the columns that the heading names
    of_rule: list[str] = []  # and those that the paragraph names
    is_item = False
    for block in re.split(r"\n\s*\n", _split_items(COMMENT_OR_MATTER.sub("", codebook))):
        block = block.strip("\n")
        if not block.strip():
            continue
        if heading := HEADING.match(block):
            of_section, of_rule = _named(heading[2], columns), []
            continue
        start = BOLD_START.match(block)
        if start:
            of_rule, is_item = _named(start[1], columns), bool(ITEM.match(block))
        elif is_item:
            of_rule, is_item = [], False
        for column in dict.fromkeys([*of_rule, *of_section]):
            rules.setdefault(column, []).append(_to_plain(block))
        for column in columns:
            if f"`{column}`" in block:
                mentions.setdefault(column, _to_plain(block))
    return mentions | {column: "\n\n".join(blocks) for column, blocks in rules.items()}


def _split_items(text: str) -> str:
    """Put an empty line before each numbered rule, so that it is a block of its own."""
    return re.sub(r"\n(?=\d+\.\s+\*\*)", "\n\n", text)


def _named(words: str, columns: Collection[str]) -> list[str]:
    """List the columns that a heading or bold words name, also in the plural."""
    named = re.findall(r"[\w-]+", words.casefold())
    return [
        column
        for column in (*columns, QUOTED[-1])
        if column in named or f"{column}s" in named or column.replace("_", "-") in named
    ]


def _to_plain(block: str) -> str:
    """Turn Markdown into plain text, a line for each row, item and paragraph."""
    for pattern, replacement in PLAIN:
        block = pattern.sub(replacement, block)
    lines: list[str] = []
    for line in map(str.strip, block.split("\n")):
        if RULE_LINE.match(line):
            continue
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            lines.append(f"{cells[0]}: {' '.join(cells[1:])}".strip(": "))
        elif line.startswith(("- ", "* ")):
            lines.append(f"• {line[2:]}")
        elif lines and not ITEM.match(line) and line:
            lines[-1] += f" {line}"  # a line of the file, not of the text
        elif line:
            lines.append(line)
    return "\n".join(lines)
