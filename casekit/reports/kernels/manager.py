"""A kernel manager that waits for what happens rather than for the clock."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from importlib.metadata import EntryPoint
from queue import Empty
from typing import Any

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets import Int, Type

from casekit.reports.kernels.messages import TEMPLATE_VARIABLE
from casekit.reports.kernels.provisioner import NAME, ForkProvisioner

_TRY_AGAIN = 0.2


class ReportClient(AsyncKernelClient):
    """A client that is ready once the kernel's own messages say so."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # type: ignore[override]
        """Wait until the kernel answers and its outputs arrive; read all that belongs to the question."""
        limit = time.monotonic() + (timeout or 60.0)
        while True:
            question = self.kernel_info()
            if await self._answered(question) and await self._idle(question):
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > limit:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answered(self, question: str) -> bool:
        try:
            while True:
                message = await self.get_shell_msg(timeout=1)
                if message["parent_header"].get("msg_id") == question:
                    self._handle_kernel_info_reply(message)
                    return True
        except Empty:
            return False

    async def _idle(self, question: str) -> bool:
        """Whether the kernel's word that it is done has come: outputs are then heard from the first on."""
        try:
            while True:
                message = await self.get_iopub_msg(timeout=_TRY_AGAIN)
                mine = message["parent_header"].get("msg_id") == question
                if mine and message["content"].get("execution_state") == "idle":
                    return True
        except Empty:
            return False


class ReportKernelManager(AsyncKernelManager):
    """Starts kernels through the provisioner ``casekit-fork``, over sockets in the file system.

    Two kernels started at once can then not be given the same port, and no other user can reach them.
    """

    client_factory = Type(klass=ReportClient)
    memory_limit = Int(None, allow_none=True, help="bytes a kernel may allocate")

    def __init__(self, **settings: Any):
        use_fork_provisioner()
        super().__init__(**settings)
        if sys.platform != "win32":
            self._folder = _folder_for_sockets()
            self.transport = "ipc"
            self.connection_file = os.path.join(self._folder, "kernel.json")
            self.ip = os.path.join(self._folder, "socket")

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if sys.platform != "win32" and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources  # type: ignore[assignment]

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = 0.1, restart: bool = False
    ) -> None:
        """Look often: a forked kernel is gone in a few milliseconds."""
        await super()._async_finish_shutdown(waittime=waittime, pollinterval=0.005, restart=restart)


def _folder_for_sockets() -> str:
    """A folder beside the template's socket, which is removed with the template at the latest."""
    template = os.environ.get(TEMPLATE_VARIABLE)
    parent = os.path.dirname(template) if template else None
    return tempfile.mkdtemp(prefix="casekit-", dir=parent)


def use_fork_provisioner() -> None:
    """Make ``casekit-fork`` the provisioner of kernels whose specification names none, in this process."""
    factory = KernelProvisionerFactory.instance()
    factory.provisioners.setdefault(
        NAME, EntryPoint(NAME, f"{ForkProvisioner.__module__}:ForkProvisioner", factory.GROUP_NAME)
    )
    factory.default_provisioner_name = NAME
