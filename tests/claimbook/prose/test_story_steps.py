"""`claimbook check` finds wrong steps of a story without a build, with file and line."""

import pytest
from claimbook.corpus.model import load
from claimbook.prose.story_steps import check_stories

PAGE = """\
# A story

```python
# no heading
:days: never
```

## The two sides meet

{fence}{{story-step}}
:places: {places}
:days: {days}
{fence}

They met in Havn {{claim}}`DE-01, DE-99`.

## The talks end

They ended {{claim}}`HP-01`.
"""


@pytest.fixture
def told(made_up_copy):
    """A function that gives the faults of a story of one step, as lines."""

    def check(places: str = "havn", days: str = "2031-06-10", fence: str = "```") -> list[str]:
        page = PAGE.format(places=places, days=days, fence=fence)
        (made_up_copy / "chapters" / "talks.md").write_text(page, "utf-8")
        return list(map(str, check_stories(load())))

    return check


@pytest.mark.parametrize("fence", ["```", "::::"])
def test_a_step_may_set_off_what_its_own_claims_name(told, fence):
    assert told(fence=fence) == []
    [fault] = told(places="havn, ostria", fence=fence)
    assert fault.startswith(
        "chapters/talks.md:10 story-step places: 'ostria': a place that a claim"
    )


def test_each_fault_is_told(told):
    days, places = told(places="haven", days="in June")
    assert "places: 'haven': a place of data/places.csv; did you mean 'havn'?" in places
    assert "days: 'in June': a day such as" in days


def test_a_report_without_stories_has_no_faults_of_them(made_up):
    assert list(check_stories(load())) == []
