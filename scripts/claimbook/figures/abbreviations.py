"""Abbreviated names of actors, spelled out for those who see a slide and no table beside it."""

import re
from collections.abc import Mapping

import pandas as pd


def long_names(actors: pd.DataFrame) -> dict[str, str]:
    """Return the long name of each actor whose short name is an abbreviation.

    A name that has the abbreviation in it, or in brackets behind it, is given without.

    Args:
        actors: The table of actors.
    """
    found = {}
    for name, short in zip(actors["name"], actors["short"], strict=True):
        mark = re.escape(short)
        bare = re.sub(rf"\s*\({mark}\)", "", name)
        bare = re.sub(rf"^{mark} \((.+)\)$", r"\1", bare)
        if short.isupper() and len(short) > 1 and bare != short:
            found[short] = bare
    return found


def spelled_out(words: str, names: Mapping[str, str]) -> str:
    """Spell out the abbreviations in some words, in the order in which they stand.

    Args:
        words: The words.
        names: The long names by their abbreviations.

    Returns:
        A sentence such as `FM: Foreign Ministry; HM: Harbour Master.`, or nothing.
    """
    used = {
        short: found.start()
        for short in names
        if (found := re.search(rf"(?<![\w/]){re.escape(short)}(?![\w/])", words))
        and names[short] not in words
    }
    listed = [
        f"{short}:\N{NO-BREAK SPACE}{names[short]}"
        for short in sorted(used, key=lambda short: used[short])
    ]
    return f"{'; '.join(listed)}." if listed else ""
