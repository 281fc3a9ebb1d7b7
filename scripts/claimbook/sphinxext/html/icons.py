"""The few icons that the pages show, cut at build time out of the theme's icon script, which holds two thousand and weighs 1.5 MB."""

import json
import re
from pathlib import Path

import pydata_sphinx_theme

SCRIPTS = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/scripts"
SCRIPT = SCRIPTS / "fontawesome.js"
LICENCE = SCRIPTS / "fontawesome.js.LICENSE.txt"
SHOWN = (
    *(
        "angle-left",
        "angle-right",
        "arrow-up",
        "bars",
        "bell",
        "circle-half-stroke",
        "chevron-down",
    ),
    *("download", "list", "magnifying-glass", "moon", "sun"),
)
RULES = """
.fa-solid::before, .bd-content .admonition > .admonition-title::after, .bd-content a.reference.download::before {
  content: ""; display: inline-block; width: 1em; height: 1em; vertical-align: -0.125em; background: currentColor; mask: var(--icon) center / contain no-repeat;
}
.bd-content .admonition > .admonition-title::after { --icon: var(--icon-bell); }
.bd-content a.reference.download::before { --icon: var(--icon-download); margin: 0 0.25em; padding: 0; }
@media (forced-colors: active) {
  .fa-solid::before, .bd-content .admonition > .admonition-title::after, .bd-content a.reference.download::before { background: CanvasText; }
}
"""


def icon_css() -> str:
    """Each icon as a mask that takes the colour of its text, under the class names that the theme uses, with the icons' licence.

    Raises LookupError if the theme's script does not hold an icon.
    """
    script = SCRIPT.read_text("utf-8")
    variables = "".join(f'--icon-{name}:url("{_picture(name, script)}");' for name in SHOWN)
    classes = "".join(f".fa-{name}{{--icon:var(--icon-{name})}}" for name in SHOWN)
    return f"{LICENCE.read_text('utf-8').strip()}\n:root{{{variables}}}\n{classes}{RULES}"


def _picture(name: str, script: str) -> str:
    """One icon as the address of a picture that is itself the picture: a page from disk may load no other."""
    key = json.dumps(name) if "-" in name else name
    drawn = [
        found
        for found in re.finditer(rf'[{{,]{key}:\[(\d+),(\d+),\[[^\]]*\],"\w+","([^"]+)"\]', script)
    ]
    if not drawn:
        raise LookupError(f"{SCRIPT.name} holds no icon {name}")
    width, height, path = drawn[
        -1
    ].groups()  # the script lists its styles in turn, the solid one last
    return f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'%3E%3Cpath d='{path}'/%3E%3C/svg%3E"
