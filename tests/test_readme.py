"""The README shows the figure as it is drawn today."""

from shortofwar import paths
from shortofwar.figures import glance


def test_the_picture_in_the_readme_is_the_figure_of_the_front_page(corpus):
    drawn, _ = glance.half_year(corpus).slide()
    shown = (paths.ROOT / "half-year.svg").read_text("utf-8")
    assert shown == drawn, "draw it anew: python -m shortofwar picture"
