"""The line that says who wrote the report, which version it is and when it was released."""

from sphinx.application import Sphinx
from sphinx.config import Config

from claimbook.language.dates import format_day
from claimbook.settings import settings

SUBSTITUTION = "byline"  # pages have it as {{ byline }}, by MyST's extension for substitutions


def byline() -> str:
    """Return the line; it leaves out a day of release that the settings do not have."""
    report = settings().report
    day = [format_day(report.released)] if report.released else []
    return " · ".join([report.authors, f"version {report.version}", *day])


def set_byline(_app: Sphinx, config: Config) -> None:
    """Give pages the line as a substitution."""
    config.myst_substitutions = {**config.myst_substitutions, SUBSTITUTION: byline()}


def setup(app: Sphinx) -> None:
    """Register the substitution."""
    app.connect("config-inited", set_byline)
