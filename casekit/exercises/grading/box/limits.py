"""What one submission may use: time, memory, processes, disk and output."""

from __future__ import annotations

from dataclasses import dataclass

from casekit._validate import Check

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Limits of one submission; beyond them it is ended, and the report says which one it met.

    Attributes
    ----------
    seconds : float
        Wall time from the first line to the last answer.
    cpu_seconds : float
        Processor time of one process.
    memory : int
        Bytes that all processes of the submission may hold together, and that one may address.
    processes : int
        Processes and threads at one time.
    disk : int
        Bytes of the folder that it works in; it is gone after the run.
    files : int
        Files in that folder.
    output : int
        Bytes of printed output that are kept; the rest is dropped.
    answers : int
        Bytes of all answers together.
    """

    seconds: float = 60.0
    cpu_seconds: float = 40.0
    memory: int = 2_000 * MEGABYTE
    processes: int = 48
    disk: int = 64 * MEGABYTE
    files: int = 20_000
    output: int = 1 * MEGABYTE
    answers: int = 2 * MEGABYTE

    def __post_init__(self) -> None:
        check = Check("Limits")
        for name in self.__dataclass_fields__:
            check.number(name, getattr(self, name), low=0.5 if "seconds" in name else 1)
        check.done()
