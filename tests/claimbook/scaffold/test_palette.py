"""The colours that a new report gets can be read, and told apart whatever colours one sees."""

import itertools

import numpy as np
from claimbook.house_style import GROUND
from claimbook.scaffold.palette import BACKGROUND, LOOKS

# How colours reach eyes that lack one kind of cone (Machado, Oliveira and Fernandes, 2009), and
# the coordinates of Oklab (B. Ottosson, 2020), in which distances are about as large as they look.
EYES = {
    "all cones": np.eye(3),
    "no long ones": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no middle ones": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no short ones": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
ENOUGH = 0.05  # in Oklab; twice what is just seen side by side is about 0.04


def linear(colour: str) -> np.ndarray:
    """The light of a colour `#rrggbb`, from 0 to 1."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by the guidelines for accessible content (WCAG 2)."""
    light, dark = sorted(
        (float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def test_each_colour_can_be_read_on_paper_and_on_bands():
    for look in (*LOOKS, BACKGROUND):
        for ground in (GROUND["paper"], GROUND["band"]):
            assert contrast(look.light, ground.light) >= 4.5, look
            assert contrast(look.dark, ground.dark) >= 4.5, look


def test_any_two_colours_stay_apart_for_every_kind_of_eye():
    for mode, (one, other) in itertools.product(
        ("light", "dark"), itertools.combinations((*LOOKS, BACKGROUND), 2)
    ):
        for eye, seen in EYES.items():
            points = [
                TO_OKLAB @ np.cbrt(TO_CONES @ np.clip(seen @ linear(getattr(look, mode)), 0, 1))
                for look in (one, other)
            ]
            assert np.linalg.norm(points[0] - points[1]) >= ENOUGH, (mode, eye, one, other)


def test_no_two_themes_have_the_same_marker():
    looks = (*LOOKS, BACKGROUND)
    assert len({look.marker for look in looks}) == len({look.glyph for look in looks}) == len(looks)
