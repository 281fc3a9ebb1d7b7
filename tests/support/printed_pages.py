"""Which pages of this report are printed in its volumes."""

from pathlib import Path

WEB_ONLY = "class: web-only\n"


def is_printed(page: Path) -> bool:
    """Whether the source file of a page says nothing of being for the web alone."""
    head = page.read_text("utf-8").split("---\n", 2)
    return len(head) < 3 or WEB_ONLY not in head[1]
