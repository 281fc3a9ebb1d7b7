"""The form in which JupyterLab saves the pages of a report."""

from pathlib import Path

import jupytext
from jupytext.config import load_jupytext_configuration_file

MYST = {"extension": ".md", "format_name": "myst"}
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3", "file_extension": ".py"}


def saved_otherwise(report: Path) -> list[str]:
    """Name the pages of a report that would change if they were opened and saved."""
    config = load_jupytext_configuration_file(str(report / "jupytext.toml"))
    pages = [*report.glob("chapters/*.md"), report / "index.md", report / "ledger.md"]
    assert len(pages) > 5
    return [page.name for page in pages if _save(page, config) != page.read_text("utf-8")]


def _save(page: Path, config: object) -> str:
    """Return the text of a page as JupyterLab saves it once a kernel has run."""
    notebook = jupytext.read(page, fmt=MYST, config=config)
    notebook.metadata |= {"kernelspec": KERNEL, "language_info": LANGUAGE}
    text: str = jupytext.writes(notebook, fmt=MYST, config=config)
    return text
