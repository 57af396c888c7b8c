"""A list of system calls that a submission has no use for, as a filter that bubblewrap loads.

Namespaces hide files, processes and networks, but not all: sockets to the host of a virtual machine
(``AF_VSOCK``) cross them, and memory of ``memfd_create`` and ``shmget`` belongs to no process that a limit
would bind. A refused call fails with "Operation not permitted", as for any unprivileged user.
"""

from __future__ import annotations

import platform
import struct

#: Machine -> (audit architecture, number of ``socket``, numbers refused). From the kernel's own tables.
_TABLES: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        41,
        # ptrace, process_vm_*, kcmp, pidfd_getfd; shm*, semget, msgget, memfd_*; keys; namespaces and mounts;
        # bpf, perf, userfaultfd, io_uring; modules, kexec; file handles, fanotify; personality
        (101, 310, 311, 312, 438, 29, 30, 31, 64, 68, 319, 447, 248, 249, 250, 272, 308, 165, 166, 155)
        + (321, 298, 323, 425, 426, 427, 428, 429, 430, 432, 433, 442)
        + (246, 320, 175, 176, 313, 303, 304, 300, 135),
    ),
    "aarch64": (
        0xC00000B7,
        198,
        (117, 270, 271, 272, 438, 194, 196, 195, 190, 186, 279, 447, 217, 218, 219, 97, 268, 40, 39, 41)
        + (280, 241, 282, 425, 426, 427, 428, 429, 430, 432, 433, 442)
        + (104, 294, 105, 106, 273, 264, 265, 262, 92),
    ),
}

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ERRNO with EPERM
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_AF_UNIX = 1
_X32 = 0x40000000


def is_known_machine() -> bool:
    """True where the numbers of the system calls are known."""
    return platform.machine() in _TABLES


def filter_program() -> bytes:
    """The filter in the form that ``bwrap --seccomp`` reads: of sockets, only those within the box."""
    architecture, socket, refused = _TABLES[platform.machine()]
    rows = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
    ]
    tests = [(_AT_LEAST, _X32)] + [(_EQUAL, number) for number in refused]
    for position, (operation, number) in enumerate(tests):
        rows.append((operation, len(tests) - position + 1, 0, number))  # to the refusal after the socket test
    rows += [
        (_EQUAL, 2, 0, socket),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *row) for row in rows)
