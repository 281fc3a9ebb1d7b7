"""The files of the template of a report, filled in."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from claimbook.exchange.mapping import quote_text
from claimbook.language.dates import format_day, format_months

TEMPLATE = Path(__file__).parent / "template"
_SIGNS = re.compile(r"([\\`*_\[\]<>{}$#|])")  # those that Markdown would not show as they are


def _escape(text: str) -> str:
    """Escape the signs of a text that Markdown would not show as they are."""
    return _SIGNS.sub(r"\\\1", text)


def _month(day: date) -> str:
    """Write the month of a day, as in `May 2031`."""
    return format_months(day, day)


def render_file(name: str, values: Mapping[str, object]) -> bytes:
    """Fill in a file of the template.

    Args:
        name: Its path in the template.
        values: What its placeholders stand for.

    Raises:
        jinja2.UndefinedError: It has a placeholder without a value.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the files are no HTML
    )
    environment.filters |= {"quoted": quote_text, "markdown": _escape}
    environment.filters |= {"day": format_day, "month": _month}
    return environment.get_template(name).render(values).encode()
