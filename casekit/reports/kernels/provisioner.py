"""The kernel provisioner ``casekit-fork``: forked kernels where there is a template, else plain ones."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from casekit.reports.kernels.messages import TEMPLATE_VARIABLE, can_fork
from casekit.reports.kernels.template import Child

#: The name under which pyproject.toml registers the provisioner.
NAME = "casekit-fork"

_LAUNCHER = ["-m", "ipykernel_launcher"]


class ForkProvisioner(LocalProvisioner):
    """Asks the template process named by ``CASEKIT_KERNEL_TEMPLATE`` for a kernel.

    Without a template, or for a kernel that is not this Python's ipykernel, it starts a process as
    jupyter_client's own provisioner does.
    """

    peak_memory: int | None = None
    exit_code: int | None = None
    computed: float | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel; its limit of memory comes from the kernel manager."""
        kwargs["env"] = {**kwargs["env"]}
        address = kwargs["env"].pop(TEMPLATE_VARIABLE, None) or os.environ.get(TEMPLATE_VARIABLE)
        limit = getattr(self.parent, "memory_limit", None)
        arguments = _arguments(cmd)
        if not (address and arguments is not None and can_fork()):
            info = await super().launch_kernel(cmd, **kwargs)
            _limit_memory(self.pid, limit)
            return info
        child = Child(
            address,
            {
                "arguments": arguments,
                "cwd": str(kwargs.get("cwd") or Path.cwd()),
                "env": kwargs["env"],
                "memory": limit,
            },
        )
        self.process = child  # type: ignore[assignment]
        self.pid = self.pgid = child.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel runs, else how it ended; kept for the message about it."""
        self._look()
        code = await super().poll()
        if self.process and code is not None:
            self.exit_code = code
            self.peak_memory = getattr(self.process, "peak_memory", None) or self.peak_memory
            self.computed = getattr(self.process, "computed", None)
        return code

    def _look(self) -> None:
        """Remember the most memory that a plain kernel has used so far."""
        if self.process and not isinstance(self.process, Child):
            peak = _peak_memory(self.pid)
            self.peak_memory = max(peak, self.peak_memory or 0) or None


def _arguments(cmd: list[str]) -> list[str] | None:
    """The arguments of ipykernel's launcher, if the command runs it in this very Python."""
    with contextlib.suppress(ValueError, OSError):
        place = cmd.index(_LAUNCHER[0])
        if os.path.samefile(cmd[0], sys.executable) and cmd[place : place + 2] == _LAUNCHER:
            return cmd[place + 2 :]
    return None


def _limit_memory(pid: int | None, limit: int | None) -> None:
    """Limit the memory of a plain kernel, where the system can."""
    if limit and pid and sys.platform == "linux":
        import resource

        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_DATA, (limit, resource.RLIM_INFINITY))


def _peak_memory(pid: int | None) -> int:
    """Bytes that a running process has used at most; 0 where it cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        for line in text.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        return 0
    try:
        import psutil

        info = psutil.Process(pid).memory_info()
        return int(getattr(info, "peak_wset", info.rss))
    except Exception:
        return 0
