"""The script and the style sheet of the workbench's pages, from the files in `assets/`."""

from collections.abc import Sequence
from pathlib import Path

from claimbook import house_style
from claimbook.paths import is_built_page

ASSETS = Path(__file__).parent / "assets"
EXPORT = "\nexport default { render };\n"
DARK = '[data-jp-theme-light="false"]'  # what JupyterLab sets on a page in dark mode


def module_of(parts: Sequence[str]) -> str:
    """Join scripts into the module that the page loads; the last one defines `render`."""
    return "\n".join((ASSETS / part).read_text("utf-8") for part in parts) + EXPORT


def style_sheet() -> str:
    """Return the style sheet, with the colours of the report in light and dark."""
    light, dark = house_style.colour_declarations()
    own = (ASSETS / "workbench.css").read_text("utf-8")
    return (
        f".cb-workbench{{{light}color-scheme:light;}}\n"
        f"{DARK} .cb-workbench{{{dark}color-scheme:dark;}}\n{own}"
    )


def still_bundle(still: str) -> dict[str, str] | None:
    """Return what a built page shows in place of a widget; None in JupyterLab.

    Args:
        still: A sentence in italics, as Markdown.
    """
    if is_built_page():
        return {"text/markdown": still, "text/plain": still.strip("*")}
    return None
