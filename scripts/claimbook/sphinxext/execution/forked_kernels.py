"""Kernels forked from a process that has imported what chapters need, which saves a second each."""

import multiprocessing
import multiprocessing.process
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

CAN_FORK = sys.platform == "linux"  # elsewhere system libraries do not work in a forked process
PRELOADED = [  # imported in this order before the first fork; a cell imports what else it needs
    "claimbook.sphinxext.execution.quick_jsonschema",
    "myst_nb.ext.glue",
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

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"


class ForkedProvisioner(LocalProvisioner):
    """A provisioner of kernels that forks them from a process with preloaded modules.

    The command of the kernel's specification is not used.
    """

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Fork a process and start the kernel in it.

        Args:
            cmd: The command of the kernel's specification; ignored.
            options: The options of the provisioner, of which `cwd` and `env` are used.

        Returns:
            The information by which a client connects to the kernel.
        """
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self.cwd = options.get("cwd") or Path.cwd()
        manager: Any = self.parent
        kernel = context.Process(
            target=_run_kernel,
            args=(manager.connection_file, str(self.cwd), options["env"]),
            daemon=True,
        )
        kernel.start()
        self.process = _ProcessHandle(kernel)  # type: ignore[assignment]  # all that is asked of a Popen
        self.pid = kernel.pid
        return self.connection_info


class _ProcessHandle:
    """An adapter of a forked process to the interface of `subprocess.Popen`.

    It has only the methods that a provisioner calls.
    """

    stdout = stderr = stdin = None

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        assert self._process.pid is not None  # it was started
        os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _run_kernel(connection_file: str, folder: str, environment: dict[str, str]) -> None:
    """Run an IPython kernel in the forked process until the kernel is shut down.

    Args:
        connection_file: The path of the kernel's connection file.
        folder: The working folder of the kernel.
        environment: The environment variables of the kernel.
    """
    import matplotlib  # slow, and preloaded in the forked process, as is the next
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path.insert(0, "")
    # ipykernel names this backend in a variable, which matplotlib reads only when it is imported;
    # with another, pyplot draws nothing that a cell would output
    matplotlib.use(environment.get("MPLBACKEND") or INLINE_BACKEND)
    # the handle lets the kernel end with the process that it was forked from
    IPKernelApp.launch_instance(
        argv=["-f", connection_file, f"--IPKernelApp.parent_handle={os.getppid()}"]
    )
