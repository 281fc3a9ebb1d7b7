"""The kernel that runs the chapters: the same for everyone, whatever IPython settings a reader keeps at home."""

import os
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import zmq
from jupyter_client.manager import AsyncKernelManager
from sphinx.application import Sphinx

from claimbook.explorer import widget
from claimbook.sphinxext.execution import forked_kernels

# A kernel says at each start that it listens, and at its end, at times, that it was interrupted; a reader of the log needs to see warnings about the book alone.
SETTINGS = "c = get_config()\nc.IPKernelApp.log_level = 50\n"


class IpcKernelManager(AsyncKernelManager):
    """Talks with its kernel over files where the system can: a network port that is free when it is chosen another build may take first.

    The kernel is a copy of a process that has imported what chapters need, where the system can make one.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        about = Path(tempfile.gettempdir(), f"kernel-{uuid4().hex[:12]}.json")
        if os.name == "posix" and len(f"{about}-ipc-0") < zmq.IPC_PATH_MAX_LEN:
            self.transport = "ipc"
            self.connection_file = str(about)  # the names of the others begin with its own

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        if forked_kernels.CAN_FORK and self.provisioner is None:
            self.provisioner = forked_kernels.ForkedProvisioner(
                kernel_id="", kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**options)


def isolate_kernels(app: Sphinx) -> None:
    """Give kernels a profile of their own beside the doctrees."""
    home = Path(app.doctreedir) / "ipython"
    profile = home / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(SETTINGS, "utf-8")
    os.environ["IPYTHONDIR"] = str(home)
    os.environ[widget.PAGE] = (
        "yes"  # an explorer then shows itself as a page needs it, with no widget that wants a kernel
    )


def setup(app: Sphinx) -> None:
    """Isolate kernels before the first cell runs."""
    app.connect("builder-inited", isolate_kernels)
