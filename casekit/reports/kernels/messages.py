"""What a template process and those who ask it for children say to each other: one line of JSON each way.

A child lives as long as the connection over which it was asked for: who closes it, or dies, ends the child.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from typing import Any

#: Names the socket of the template process for the provisioner.
TEMPLATE_VARIABLE = "CASEKIT_KERNEL_TEMPLATE"

#: One thread for linear algebra: a process with threads must not fork, reports do not depend on the number of
#: cores, and workers do not fight for them.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

_MOST_FILES = 3
_CHUNK = 65536


def can_fork() -> bool:
    """Whether kernels can be forked here. On macOS the system's own libraries do not survive a fork."""
    return sys.platform == "linux"


def send(connection: socket.socket, message: Mapping[str, Any], files: Sequence[int] = ()) -> None:
    """Send one message, with open files if there are any."""
    line = json.dumps(message).encode() + b"\n"
    if files:
        sent = socket.send_fds(connection, [line], list(files))
        line = line[sent:]
    connection.sendall(line)


def receive(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Wait for one message and the files that came with it; None when the other side is gone."""
    line, files = b"", []
    while not line.endswith(b"\n"):
        chunk, new, _flags, _address = socket.recv_fds(connection, _CHUNK, _MOST_FILES)
        files += new
        if not chunk:
            close(files)
            return None, []
        line += chunk
    return json.loads(line), files


def close(files: Sequence[int]) -> None:
    """Close open files given by their numbers."""
    for number in files:
        os.close(number)
