"""What shuts a reader out of a page, as axe-core finds it by the rules of WCAG 2.2 A and AA."""

from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LEAVE_OUT = Path(__file__).with_suffix(".js").read_text("utf-8")
WHOLE = """async () => (await axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  resultTypes: ["violations"],
})).violations.flatMap(found => found.nodes.map(node => `${found.id}: ${node.target}`))"""
ONE_OF_EACH = f"""async () => {{
  const restore = ({LEAVE_OUT})();
  try {{ return await ({WHOLE})(); }} finally {{ restore(); }}
}}"""


def violations(page: Page, whole: bool = False) -> list[str]:
    """List what shuts a reader out of the page as it is shown.

    Args:
        page: The page, which is afterwards as it was.
        whole: Whether elements of a kind that the page repeats are looked at, too.

    Returns:
        The rule that each element breaks, with the place of the element.
    """
    page.evaluate(AXE)
    found: list[str] = page.evaluate(WHOLE if whole else ONE_OF_EACH)
    return found
