"""What is proposed for an unknown name is a likely misspelling of it, and nothing else."""

import pytest
from claimbook.corpus.validation.suggestions import similar_names

NAMES = ["norrland-sources", "norrland-government", "ostria-trade", "stein", "harbour-post"]


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("Norrland Government", ["norrland-government"]),
        ("norland-goverment", ["norrland-government"]),
        ("ostria-trdae", ["ostria-trade"]),
        ("olav-stein", ["stein"]),
        ("trade", ["ostria-trade"]),
        ("norrland-ministry-of-defence", []),  # begins like two others
        ("the harbour master", []),
    ],
)
def test_only_a_misspelt_name_or_a_part_of_one_is_proposed(typed, proposed):
    assert similar_names(typed, NAMES) == proposed
