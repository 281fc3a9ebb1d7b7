"""How works are listed: by family name and year, as the text cites them, with titles as they are printed."""

import re
from typing import Any

from pybtex.backends.plaintext import Backend as Plaintext
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

NAME = "author-year"
ORDINALS = {"1": "st", "2": "nd", "3": "rd"}
BRACES = str.maketrans("", "", "{}")
RANGE = re.compile("-+")


class ByAuthor(BaseSortingStyle):
    """By author, year and title; the braces that keep an institution's name whole count for nothing."""

    def sorting_key(self, entry: Entry) -> tuple[str, ...]:
        """What a work is filed under."""
        people = entry.persons.get("author", [])
        names = [
            "  ".join([*person.prelast_names, *person.last_names, *person.first_names])
            for person in people
        ]
        return (
            "   ".join(names).translate(BRACES).lower(),
            entry.fields.get("year", ""),
            entry.fields.get("title", "").translate(BRACES).lower(),
        )


class AuthorYear(Style):
    """`Heuer, Richards J. (1999). Title. Publisher, Place.` and the like, in the order of authors and years."""

    default_name_style = "lastfirst"
    default_sorting_style = NAME

    def template(self, entry: Entry) -> Any:
        """A work of any kind: who, when, title and edition; where it stands; who published it and where; a note."""
        whole = entry.type in ("article", "inproceedings", "incollection")
        title = field("title") if whole else tag("em")[field("title")]
        return toplevel[
            sentence(capfirst=False)[
                words[self.format_names("author", as_sentence=False), join["(", field("year"), ")"]]
            ],
            sentence(capfirst=False)[
                join(sep=", ")[title, optional[field("edition", apply_func=_edition)]]
            ],
            optional[
                sentence(capfirst=False)[
                    tag("em")[first_of[optional[field("journal")], field("booktitle")]],
                    _volume(),
                    _pages(),
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

    get_article_template = get_book_template = get_misc_template = get_techreport_template = (
        template
    )
    get_incollection_template = get_inproceedings_template = get_inbook_template = template
    get_manual_template = get_booklet_template = get_unpublished_template = (
        get_phdthesis_template
    ) = template


def _edition(given: Text) -> str:
    """`4` as `4th edn`; anything else as it stands."""
    number = str(given)
    return (
        f"{number}{ORDINALS.get(number[-1:], 'th') if number[-2:-1] != '1' else 'th'} edn"
        if number.isdigit()
        else number
    )


def _volume() -> Any:
    return optional[join[field("volume"), optional["(", field("number"), ")"]]]


def _pages() -> Any:
    return optional[
        field("pages", apply_func=lambda pages: Text(Symbol("ndash")).join(pages.split(RANGE)))
    ]


def choose(app: Sphinx, config: Config) -> None:
    """Take this order and form for every bibliography that asks for none."""
    config.bibtex_default_style = NAME


def setup(app: Sphinx) -> None:
    """Register the style."""
    register_plugin("pybtex.style.sorting", NAME, ByAuthor)
    register_plugin("pybtex.style.formatting", NAME, AuthorYear)
    # At every citation pybtex is asked for this one, and looks for it through all that is installed unless it is at hand.
    register_plugin("pybtex.backends", "plaintext", Plaintext, force=True)
    app.connect("config-inited", choose, priority=100)
