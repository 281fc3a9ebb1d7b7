"""The code cells of the book's MyST sources."""

from pathlib import Path

from markdown_it import MarkdownIt

CELL = "{code-cell}"


def read_cells(page: Path) -> list[str]:
    """Read the code of the cells of a page, in order, without their options."""
    # without the marks within lines, which take most of the time
    tokens = MarkdownIt().disable("inline").parse(page.read_text("utf-8"))
    return [
        _without_options(token.content)
        for token in tokens
        if token.type == "fence" and token.info.strip().startswith(CELL)
    ]


def _without_options(content: str) -> str:
    """Remove a cell's options: lines that begin with a colon, or a block in dashes."""
    lines = content.splitlines()
    if lines and lines[0].strip() == "---":
        end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
        return "\n".join(lines[end + 1 :])
    while lines and lines[0].startswith(":"):
        del lines[0]
    return "\n".join(lines)
