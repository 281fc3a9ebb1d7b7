"""A bibliography style for pybtex that lists works by author and year, as the text cites them."""

# mypy: disable-error-code="misc"
# pybtex has no types, so to mypy its classes of styles are Any.

import re
from typing import Any

from pybtex.backends.plaintext import Backend as PlaintextBackend
from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.richtext import Symbol, Text
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import (
    field,
    first_of,
    join,
    optional,
    optional_field,
    sentence,
    tag,
    words,
)
from sphinx.application import Sphinx
from sphinx.config import Config

STYLE_NAME = "author-year"
DEPRECATED_ROLE = 'role="doc-biblioentry"'
ORDINAL_SUFFIXES = {"1": "st", "2": "nd", "3": "rd"}
WITHOUT_BRACES = str.maketrans("", "", "{}")  # BibTeX's braces keep an institution's name whole
HYPHENS = re.compile("-+")
CONTAINED_TYPES = ("article", "inproceedings", "incollection")  # parts of a larger work


class AuthorYearSorting(BaseSortingStyle):
    """The order of works by author, year and title."""

    def sorting_key(self, entry: Entry) -> tuple[str, ...]:
        """Return the key by which a work is sorted: authors, year and title.

        They are in lower case and without braces.
        """
        authors = [
            "  ".join([*person.prelast_names, *person.last_names, *person.first_names])
            for person in entry.persons.get("author", [])
        ]
        return (
            "   ".join(authors).translate(WITHOUT_BRACES).lower(),
            entry.fields.get("year", ""),
            entry.fields.get("title", "").translate(WITHOUT_BRACES).lower(),
        )


class AuthorYear(Style):
    """A pybtex style that formats works by author and year.

    An example: `Heuer, Richards J. (1999). Title. Publisher, Place.`
    """

    default_name_style = "lastfirst"
    default_sorting_style = STYLE_NAME

    def entry_template(self, entry: Entry) -> Any:
        """Return the pybtex template of a work of any type.

        It has the authors and the year; the title and edition; the journal or book that contains
        the work; its publisher and place; a note; and its addresses on the web.
        """
        title = field("title")
        if entry.type not in CONTAINED_TYPES:
            title = tag("em")[title]
        return toplevel[
            sentence(capfirst=False)[
                words[self.format_names("author", as_sentence=False), join["(", field("year"), ")"]]
            ],
            sentence(capfirst=False)[
                join(sep=", ")[title, optional[field("edition", apply_func=_format_edition)]]
            ],
            optional[
                sentence(capfirst=False)[
                    tag("em")[first_of[optional[field("journal")], field("booktitle")]],
                    _volume_template(),
                    _pages_template(),
                ]
            ],
            sentence(capfirst=False)[
                first_of[optional[field("publisher")], optional_field("institution")],
                optional_field("address"),
                optional_field("howpublished"),
            ],
            sentence(capfirst=False)[optional_field("note")],
            self.format_web_refs(entry),
        ]

    # pybtex looks up a template by the type of the work
    get_article_template = get_book_template = get_misc_template = entry_template
    get_techreport_template = get_incollection_template = entry_template
    get_inproceedings_template = get_inbook_template = get_manual_template = entry_template
    get_booklet_template = get_unpublished_template = get_phdthesis_template = entry_template


def _format_edition(edition: Text) -> str:
    """Format the edition of a work: the number `4` as `4th edn`.

    Any other text is returned unchanged.
    """
    number = str(edition)
    if not number.isdigit():
        return number
    teen = number[-2:-1] == "1"
    suffix = "th" if teen else ORDINAL_SUFFIXES.get(number[-1], "th")
    return f"{number}{suffix} edn"


def _volume_template() -> Any:
    return optional[join[field("volume"), optional["(", field("number"), ")"]]]


def _pages_template() -> Any:
    def with_dashes(pages: Text) -> Text:
        return Text(Symbol("ndash")).join(pages.split(HYPHENS))

    return optional[field("pages", apply_func=with_dashes)]


def set_default_style(app: Sphinx, config: Config) -> None:
    """Make `author-year` the default style of Sphinx's bibliographies."""
    config.bibtex_default_style = STYLE_NAME


def with_list_roles(html: str) -> str:
    """Return HTML in which the entries of a bibliography are items of a list.

    docutils gives them a role that is deprecated and that a list may not contain.
    """
    return html.replace(DEPRECATED_ROLE, 'role="listitem"')


def setup(app: Sphinx) -> None:
    """Register the author-year style with pybtex, and make it the default."""
    register_plugin("pybtex.style.sorting", STYLE_NAME, AuthorYearSorting)
    register_plugin("pybtex.style.formatting", STYLE_NAME, AuthorYear)
    # At every citation pybtex asks for this backend. Unless it is registered, pybtex searches all
    # installed distributions for it.
    register_plugin("pybtex.backends", "plaintext", PlaintextBackend, force=True)
    app.connect("config-inited", set_default_style, priority=100)
