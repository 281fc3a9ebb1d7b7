"""The feed that readers subscribe to: versions and corrections, the latest first."""

from datetime import date
from xml.etree import ElementTree

from claimbook.sphinxext.html import feed

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGELOG = """# Changes

Words before all versions.

## 2.0, unreleased

- Not yet.

## 1.1, 2031-09-20

- **Ships** are counted anew.

## 1.0, 2031-09-03

- The first version.
"""


def test_each_version_with_a_day_is_an_entry_with_its_own_text():
    entries = list(feed.versions(CHANGELOG.replace(", unreleased", "")))
    assert [(entry.title, entry.day) for entry in entries] == [
        ("Version 1.1", date(2031, 9, 20)),
        ("Version 1.0", date(2031, 9, 3)),
    ]
    assert "<strong>Ships</strong> are counted anew." in entries[0].content
    assert "first version" not in entries[0].content


def test_a_day_of_corrections_is_one_entry_that_counts_them_by_table(corpus):
    days = corpus.corrections.reset_index()["date"].nunique()
    entries = list(feed.corrections("chapters/data.html"))
    assert len(entries) == days
    assert all(entry.page == "chapters/data.html" for entry in entries)
    assert "corrected: " in entries[0].content
    assert " of places" in "".join(entry.content for entry in entries)


def test_the_feed_is_atom_with_permanent_ids_and_a_day_for_each_entry():
    entries = list(feed.versions(CHANGELOG.replace(", unreleased", "")))
    root = ElementTree.fromstring(feed.atom("https://example.org/book/", entries))
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}updated") == "2031-09-20T00:00:00Z"
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert ids == ["https://example.org/book/#version-1.1", "https://example.org/book/#version-1.0"]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/book/feed.xml"
