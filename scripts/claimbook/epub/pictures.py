"""The pictures of figures as files of their own, which an e-reader shows as any image.

They are those for narrow windows, whose words stay legible on a small screen. A picture has its own
ground and its own colours for dark pages, since an image takes neither from the page around it.
"""

import re
from xml.etree import ElementTree

from claimbook.house_style import FONT, colour, colours

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
VARIABLE = re.compile(r"var\(--cb-[\w-]+, (#[0-9a-f]{6})\)")
COLOUR = re.compile(r"#[0-9a-f]{6}")
PIXELS_PER_POINT = 4 / 3
# Verdana is as wide as the figures' own font, and other fonts are narrower: no word overflows.
FONTS = f"'{FONT}', Verdana, sans-serif"
PAINTS = ("fill", "stroke")


def picture_file(svg: str) -> str:
    """Make a picture of a page a file of its own.

    Links, marks that a slider shows, and variables of the page's style are removed.

    Args:
        svg: The picture, as `Figure.narrow` has it.

    Returns:
        The SVG file.
    """
    for prefix, namespace in (("", SVG), ("xlink", XLINK)):
        ElementTree.register_namespace(prefix, namespace)
    picture = ElementTree.fromstring(VARIABLE.sub(r"\1", svg))
    for parent in list(picture.iter()):
        for child in list(parent):
            if child.get("display") == "none":
                parent.remove(child)
    for element in picture.iter():
        if element.tag == f"{{{SVG}}}a":
            element.tag = f"{{{SVG}}}g"
            element.attrib.clear()
        if element.tag == f"{{{SVG}}}text":
            element.set("font-family", FONTS)
        element.attrib.pop("class", None)
        element.attrib.pop("data-step", None)
    _set_size(picture)
    ground = ElementTree.Element(
        f"{{{SVG}}}rect", {"width": "100%", "height": "100%", "fill": colour("paper")}
    )
    picture.insert(0, ground)
    style = ElementTree.Element(f"{{{SVG}}}style")
    style.text = _dark_rules(picture)
    picture.insert(0, style)
    return f"{ElementTree.tostring(picture, encoding='unicode')}\n"


def _set_size(picture: ElementTree.Element) -> None:
    """Give a picture the size of its view box, which not all readers look at."""
    _, _, *size = (float(number) for number in picture.attrib["viewBox"].split())
    for name, points in zip(("width", "height"), size, strict=True):
        picture.set(name, f"{points * PIXELS_PER_POINT:.0f}")


def _dark_rules(picture: ElementTree.Element) -> str:
    """Return the style sheet that gives the colours of a picture their dark values."""
    dark: dict[str, str] = {}
    for value in colours().values():
        dark.setdefault(value.light, value.dark)
    used = {(name, element.get(name, "")) for element in picture.iter() for name in PAINTS}
    rules = "".join(
        f'[{name}="{light}"]{{{name}:{dark[light]}}}'
        for name, light in sorted(used)
        if COLOUR.fullmatch(light) and light in dark
    )
    return f"@media (prefers-color-scheme: dark){{{rules}}}"
