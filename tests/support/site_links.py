"""Follows the links within a site as a reader would who opens its files or a server of them."""

import re
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r'<[^>]*?\s(?:href|src)="([^"]*)"')
BY_SCRIPT = "bring-the-text"  # the page on which a script finds what its address names
ID = re.compile(r'<[^>]*?\s(?:id|name)="([^"]*)"')


def dead_links(site: Path) -> list[str]:
    """The links of all pages of a site that lead to no file of it, or to no place of a page."""
    texts = {file: file.read_text("utf-8") for file in sorted(site.rglob("*.html"))}
    ids = {file: set(ID.findall(text)) for file, text in texts.items()}
    dead = []
    for file, text in texts.items():
        for link in LINK.findall(text):
            if re.match(r"[a-z][a-z0-9+.-]*:|//", link):
                continue
            address, _, fragment = link.replace("&amp;", "&").partition("#")
            target = (file.parent / unquote(address.partition("?")[0])).resolve()
            target = target / "index.html" if target.is_dir() else target
            target = target if address else file
            is_place = fragment and "=" not in fragment and BY_SCRIPT not in str(target)
            if not target.is_file() or (
                is_place and target in ids and unquote(fragment) not in ids[target]
            ):
                dead.append(f"{file.relative_to(site)}: {link}")
    return dead
