"""The README shows the figure as it is drawn today."""

from claimbook.paths import project
from claimbook.figures import event_lanes


def test_the_picture_in_the_readme_is_the_figure_of_the_front_page(corpus):
    drawn, _ = event_lanes.events_by_theme(corpus).slide()
    shown = (project().root / "half-year.svg").read_text("utf-8")
    assert shown == drawn, "draw it anew: python -m shortofwar picture"
