"""The ground of a map: the countries, and the names of those that have no mark."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from claimbook import house_style
from claimbook.figures.label_placement import Label
from claimbook.figures.place_layout import MapGround
from claimbook.figures.projection import Points


def draw_countries(axes: Axes, ground: MapGround) -> None:
    """Draw the countries, with the home country of the settings in its own tint."""
    for country, rings in ground.outlines.rings.items():
        is_home = country == ground.geography.home
        for ring in rings:
            axes.add_patch(
                Polygon(
                    ground.project(ring),
                    facecolor=house_style.colour("home" if is_home else "band"),
                    edgecolor=house_style.colour("rule"),
                    linewidth=0.7,
                    zorder=0.6 if is_home else 0.5,
                )
            )


def country_labels(ground: MapGround, taken: Points, marked: set[str]) -> list[Label]:
    """Create labels with the names of the countries in the frame that have no mark.

    Args:
        ground: The base map.
        taken: The points to keep away from, in kilometres, shape (n, 2).
        marked: The names of the countries that have a mark.
    """
    options = {"color": house_style.colour("muted"), "fontstyle": "italic"}
    labels = []
    for country in ground.outlines.rings:
        obstacles = np.concatenate([ground.rim_of(country), taken])
        at = ground.roomiest(ground.positions_in(country), obstacles)
        if ground.frame.contains(at[None]).all() and country not in marked:
            labels.append(Label(country, (at[0], at[1]), 0, options, upon=True))
    return labels
