"""The prose of this report has its evidence, and is checked in a moment."""

import time

from claimbook.prose import coverage, lint, page_kinds


def test_the_book_has_no_fault_and_is_checked_in_a_moment(whole_corpus):
    began = time.process_time()
    faults = [*page_kinds.check_pages(), *lint.check_prose(whole_corpus)]
    coverage.coverage_table(whole_corpus)
    assert time.process_time() - began < 2
    assert not faults, "\n".join(map(str, faults))
