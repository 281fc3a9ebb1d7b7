"""A moment for all builds of PDFs, so that the same book gives the same bytes."""

from collections.abc import Iterator

import pytest
from support.small_pdf import MOMENT


@pytest.fixture(scope="module", autouse=True)
def moment() -> Iterator[None]:
    """Every build is of the same moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", MOMENT)
        yield
