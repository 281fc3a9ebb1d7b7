"""Import jsonschema without its parser of web addresses, which takes two seconds at each start.

jsonschema tries to import `rfc3987_syntax`, which compiles a grammar, for formats that no schema of
Jupyter uses, and does without it where it is not installed. That holds here for this one import: a
name that is None in `sys.modules` counts as not installed. Whoever wants the parser still gets it.
"""

import importlib
import sys
from typing import Any

PARSER = "rfc3987_syntax"

_modules: dict[str, Any] = sys.modules
if PARSER not in _modules:
    _modules[PARSER] = None
    try:
        importlib.import_module("jsonschema")
    finally:
        del _modules[PARSER]
