"""Kernels for the chapters, independent of the IPython settings of whoever builds the book."""

import os
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import zmq
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from sphinx.application import Sphinx

from claimbook.paths import BUILT_PAGE
from claimbook.sphinxext.execution import forked_kernels

# A kernel logs at each start that it listens, and at times at its end that it was interrupted.
# Only a critical error (level 50) belongs in the log of a build.
KERNEL_CONFIG = "c = get_config()\nc.IPKernelApp.log_level = 50\n"
PROVISIONER = "claimbook-forked"  # the name of the entry point in pyproject.toml


class ForkedKernelSpecs(KernelSpecManager):
    """Kernel specifications that name the provisioner which forks kernels."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a specification; it names the provisioner if the system can fork."""
        spec: KernelSpec = super().get_kernel_spec(kernel_name)
        if forked_kernels.CAN_FORK:
            spec.metadata |= {"kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec


class IpcKernelManager(AsyncKernelManager):
    """A kernel manager that uses Unix sockets and forked kernels where possible.

    A network port that is free when it is chosen may be taken by another build before the
    kernel opens it; the path of a socket with a random name is not.
    """

    def __init__(self, **options: Any) -> None:
        """Choose forked kernels, and Unix sockets with a random name to connect to them.

        The connection file is in the folder for temporary files, and the sockets beside it. Both
        replace what the options say of transport and connection file. Where the system has no Unix
        sockets, or their path would be too long, the options hold: by default network ports are
        used.

        Args:
            options: As for `AsyncKernelManager`.
        """
        super().__init__(**options)
        self.kernel_spec_manager = ForkedKernelSpecs(parent=self)
        connection_file = Path(tempfile.gettempdir(), f"kernel-{uuid4().hex[:12]}.json")
        if os.name == "posix" and len(f"{connection_file}-ipc-0") < zmq.IPC_PATH_MAX_LEN:
            self.transport = "ipc"
            self.connection_file = str(connection_file)  # the sockets' names begin with this one


def isolate_kernels(app: Sphinx) -> None:
    """Give the kernels of the build an IPython profile of their own.

    The settings of whoever builds the book then have no effect. An environment variable also tells
    the kernels that they run cells for a built page.
    """
    ipython = Path(app.doctreedir) / "ipython"
    profile = ipython / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, "utf-8")
    os.environ["IPYTHONDIR"] = str(ipython)
    # figures then output all that a page needs, and the explorer a form instead of a widget
    os.environ[BUILT_PAGE] = "yes"


def setup(app: Sphinx) -> None:
    """Register the isolation of kernels, which happens before the first cell runs."""
    app.connect("builder-inited", isolate_kernels)
