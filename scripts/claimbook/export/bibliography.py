"""The sources as a bibliography: CSL-JSON and BibTeX."""

from typing import Any

import pandas as pd

from claimbook.corpus.model import Corpus
from claimbook.language.claim_description import describe_publication
from claimbook.language.words import capitalize_first

NEWS_ARTICLE = "article-newspaper"  # the type of CSL for a news report, in print or online
# The names of months that every BibTeX style defines.
MONTH_MACROS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_LATEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&#$_"},
    }
)


def _is_reconstructed(source: pd.Series) -> bool:
    """Check whether the day of publication is uncertain.

    Returns:
        True if the earliest possible day differs from the latest one.
    """
    return bool(source["published_earliest"] != source["published_latest"])


def _note(source: pd.Series) -> str:
    """Write a note on a source: the kind of its copy, and when it was published.

    The kind is omitted for an original.
    """
    kind = "" if source["kind"] == "original" else f"{source['kind']}; "
    return capitalize_first(f"{kind}published {describe_publication(source)}")


def csl_items(corpus: Corpus) -> list[dict[str, Any]]:
    """Convert the sources to CSL-JSON items, sorted by id.

    Returns:
        An item for each source. A date known only as a range has both its ends; an otherwise
        uncertain date is marked `circa`. Empty fields are omitted.
    """
    items = []
    for source_id, source in corpus.sources.sort_index().iterrows():
        is_range = source["precision"] == "range"
        ends = ["published_earliest", "published_latest"] if is_range else ["published"]
        issued: dict[str, Any] = {
            "date-parts": [[day.year, day.month, day.day] for day in source[ends]]
        }
        if _is_reconstructed(source) and not is_range:
            issued["circa"] = True
        item = {
            "id": str(source_id),
            "type": NEWS_ARTICLE,
            "title": source["title"],
            "author": [{"literal": source["author"]}] if source["author"] else "",
            "container-title": corpus.actors.loc[source["outlet"], "name"],
            "issued": issued,
            "URL": source["url"],
            "language": source["language"],
            "note": _note(source),
        }
        items.append({name: value for name, value in item.items() if value})
    return items


def _escape_latex(text: str) -> str:
    """Escape the characters of a text that are special in LaTeX."""
    return text.translate(_LATEX_ESCAPES)


# Not by the writer of pybtex, which escapes characters of addresses, too.
def bibtex(corpus: Corpus) -> str:
    """Convert the sources to BibTeX, sorted by id.

    Returns:
        A `@misc` entry for each source. It has `year` and `month` for the classic styles, and
        `date` for biblatex, which may be a range. The month is omitted if it is uncertain.
    """
    entries = []
    for source_id, source in corpus.sources.sort_index().iterrows():
        outlet = corpus.actors.loc[source["outlet"], "name"]
        fields = {
            "author": f"{{{_escape_latex(source['author'])}}}" if source["author"] else "",
            "title": f"{{{_escape_latex(source['title'])}}}",  # in braces, to keep its capitals
            "howpublished": _escape_latex(outlet),
            "year": f"{source['published'].year}",
            "date": _biblatex_date(source),
            "url": source["url"].replace("{", "%7B").replace("}", "%7D"),
            "note": _escape_latex(_note(source)),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        first, last = source["published_earliest"], source["published_latest"]
        if (first.year, first.month) == (last.year, last.month):
            lines.append(f"  month = {MONTH_MACROS[source['published'].month - 1]},")
        entries.append("\n".join([f"@misc{{{source_id},", *lines, "}\n"]))
    return "\n".join(entries)


def _biblatex_date(source: pd.Series) -> str:
    """Write the day of publication in the extended format of biblatex (ISO 8601-2).

    Returns:
        `2030-05-01`; `2030-05-01~` if the day is uncertain; `2030-05-01/2030-05-04` for a range.
    """
    if source["precision"] == "range":
        return f"{source['published_earliest']:%Y-%m-%d}/{source['published_latest']:%Y-%m-%d}"
    uncertain = "~" if _is_reconstructed(source) else ""
    return f"{source['published']:%Y-%m-%d}{uncertain}"
