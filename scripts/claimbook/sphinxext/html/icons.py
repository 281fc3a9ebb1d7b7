"""The icons that pages show, cut at build time from the theme's icon script.

That script holds two thousand icons and weighs 1.5 MB; the pages need a dozen.
"""

import json
import re
from pathlib import Path

import pydata_sphinx_theme

SCRIPTS = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/scripts"
ICON_SCRIPT = SCRIPTS / "fontawesome.js"
LICENCE = SCRIPTS / "fontawesome.js.LICENSE.txt"
ICONS = (
    "angle-left",
    "angle-right",
    "arrow-up",
    "bars",
    "bell",
    "circle-half-stroke",
    "chevron-down",
    "download",
    "list",
    "magnifying-glass",
    "moon",
    "sun",
)
ADMONITION_ICON = ".bd-content .admonition > .admonition-title::after"
DOWNLOAD_ICON = ".bd-content a.reference.download::before"
ALL_ICONS = f".fa-solid::before, {ADMONITION_ICON}, {DOWNLOAD_ICON}"
RULES = f"""
{ALL_ICONS} {{
  content: ""; display: inline-block; width: 1em; height: 1em; vertical-align: -0.125em;
  background: currentColor; mask: var(--icon) center / contain no-repeat;
}}
{ADMONITION_ICON} {{ --icon: var(--icon-bell); }}
{DOWNLOAD_ICON} {{ --icon: var(--icon-download); margin: 0 0.25em; padding: 0; }}
@media (forced-colors: active) {{
  {ALL_ICONS} {{ background: CanvasText; }}
}}
"""


def icon_css() -> str:
    """Return the style sheet of the icons that pages show, with their licence.

    Each icon is a CSS mask in the colour of the text around it, under the theme's own class names.

    Raises:
        LookupError: The theme's script lacks an icon.
    """
    script = ICON_SCRIPT.read_text("utf-8")
    variables = "".join(f'--icon-{name}:url("{_icon_url(name, script)}");' for name in ICONS)
    classes = "".join(f".fa-{name}{{--icon:var(--icon-{name})}}" for name in ICONS)
    return f"{LICENCE.read_text('utf-8').strip()}\n:root{{{variables}}}\n{classes}{RULES}"


def _icon_url(name: str, script: str) -> str:
    """Return an icon as a data URL with its SVG.

    A file would not do, since browsers do not load masks from files for a page opened from disk.

    Args:
        name: The name of the icon.
        script: The source of the theme's icon script.

    Raises:
        LookupError: The script lacks the icon.
    """
    key = json.dumps(name) if "-" in name else name
    pattern = rf'[{{,]{key}:\[(\d+),(\d+),\[[^\]]*\],"\w+","([^"]+)"\]'
    definitions = re.findall(pattern, script)
    if not definitions:
        raise LookupError(f"{ICON_SCRIPT.name} holds no icon {name}")
    width, height, path = definitions[-1]  # the script lists its styles in turn, the solid one last
    svg = (
        f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'%3E"
        f"%3Cpath d='{path}'/%3E%3C/svg%3E"
    )
    return f"data:image/svg+xml,{svg}"
