"""Kernels that begin with all that chapters import: copies of one process that has imported it, where each would else take a second for it."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

CAN_FORK = sys.platform == "linux"  # elsewhere system libraries do not work in a copy
PRELOADED = [  # before the first copy is made; a cell imports what else it needs
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "claimbook.figures.figure",
    "claimbook.figures.queries",
    "claimbook.figures.timeline",
    "claimbook.display.tables",
    "claimbook.display.glued_counts",
    "claimbook.analysis.metrics",
    "ipykernel.kernelapp",
]


class ForkedProvisioner(LocalProvisioner):
    """Makes a copy where the provisioner of Jupyter would start a program; the copy is the kernel of Python, whatever the command."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Begin the kernel in its folder and environment."""
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload(PRELOADED)
        self.cwd = options.get("cwd") or Path.cwd()
        kernel = server.Process(
            target=_serve,
            args=(self.parent.connection_file, str(self.cwd), options["env"]),
            daemon=True,
        )
        kernel.start()
        self.process = _Handle(kernel)
        self.pid = kernel.pid
        return self.connection_info


class _Handle:
    """What a provisioner asks of a process that it started."""

    stdout = stderr = stdin = None

    def __init__(self, process: Any) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _serve(connection: str, folder: str, environment: dict[str, str]) -> None:
    """In the copy: be a kernel until told to end."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path.insert(0, "")
    IPKernelApp.launch_instance(
        argv=["-f", connection, f"--IPKernelApp.parent_handle={os.getppid()}"]
    )  # and to end with the process that it is a copy of
