"""The kernel that runs the chapters: the same for everyone, whatever IPython settings a reader keeps at home."""

import os
from pathlib import Path

from sphinx.application import Sphinx

from shortofwar.explorer import widget

# A kernel says at each start that it listens on a local port; a reader of the log needs to see warnings about the book alone.
SETTINGS = "c = get_config()\nc.IPKernelApp.log_level = 40\n"


def isolate(app: Sphinx) -> None:
    """Give kernels a profile of their own beside the doctrees."""
    home = Path(app.doctreedir) / "ipython"
    profile = home / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(SETTINGS, "utf-8")
    os.environ["IPYTHONDIR"] = str(home)
    os.environ[widget.PAGE] = "yes"  # an explorer then shows itself as a page needs it, with no widget that wants a kernel


def setup(app: Sphinx) -> None:
    """Isolate kernels before the first cell runs."""
    app.connect("builder-inited", isolate)
