"""The prose of this report has its evidence."""

from claimbook.prose import lint, page_kinds


def test_the_book_has_no_fault(whole_corpus):
    faults = [*page_kinds.check_pages(), *lint.check_prose(whole_corpus)]
    assert not faults, "\n".join(map(str, faults))
