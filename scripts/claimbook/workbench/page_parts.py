"""The script and the style sheet of the workbench's pages, from the files in `assets/`."""

from collections.abc import Sequence
from pathlib import Path

from claimbook import house_style

ASSETS = Path(__file__).parent / "assets"
EXPORT = "\nexport default { render };\n"
DARK = '[data-jp-theme-light="false"]'  # what JupyterLab sets on a page in dark mode


def module_of(parts: Sequence[str]) -> str:
    """Join scripts into the module that the page loads; the last one defines `render`."""
    return "\n".join((ASSETS / part).read_text("utf-8") for part in parts) + EXPORT


def style_sheet() -> str:
    """Return the style sheet, with the colours of the report in light and dark."""
    colours = house_style.colours().items()
    light = "".join(f"--cb-{name}:{one.light};" for name, one in colours)
    dark = "".join(f"--cb-{name}:{one.dark};" for name, one in colours)
    own = (ASSETS / "workbench.css").read_text("utf-8")
    return (
        f".cb-workbench{{{light}color-scheme:light;}}\n"
        f"{DARK} .cb-workbench{{{dark}color-scheme:dark;}}\n{own}"
    )
