"""The schema of a new report: the tables that the engine knows, with the report's own values."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from claimbook.scaffold.template_files import TEMPLATE

SCHEMA = TEMPLATE / "data" / "datapackage.json"


def make_schema(
    package: Mapping[str, object], themes: Sequence[str], outcomes: Sequence[str]
) -> dict[str, Any]:
    """Make the Data Package of a report.

    Args:
        package: Its name, title, version, description and contributors.
        themes: The ids of its themes.
        outcomes: What its claims may bear on.
    """
    described: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    described |= package
    values = {"{themes}": list(themes), "{outcomes}": list(outcomes)}
    for table in described["resources"]:
        for field in table["schema"]["fields"]:
            constraints = field.get("constraints", {})
            if "enum" in constraints:
                constraints["enum"] = [
                    value for name in constraints["enum"] for value in values.get(name, [name])
                ]
    return described


def render_schema(described: Mapping[str, Any]) -> bytes:
    """Write a Data Package in the form of the repository."""
    return (json.dumps(described, indent=1, ensure_ascii=False) + "\n").encode()
