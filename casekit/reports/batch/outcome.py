"""What became of each report of a batch, and of the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from casekit.reports.task import Task

#: The report is new and whole.
MADE = "made"
#: It was there already, whole, of the same notebook, parameters, data and version.
UNCHANGED = "unchanged"
#: It could not be made; what was there before is as it was.
FAILED = "failed"
#: The batch was stopped before it was done.
STOPPED = "stopped"


@dataclass(frozen=True)
class Outcome:
    """What became of one report.

    Attributes
    ----------
    name, case : str
    status : str
        ``made``, ``unchanged``, ``failed`` or ``stopped``.
    fingerprint : str
        Of the task, as it was when the batch began.
    files : dict
        sha256 of each file by its name.
    seconds : float
    peak_memory : int or None
        Bytes the report's kernel used at most.
    message : str
        Why it failed.
    warnings : tuple of str
        What its cells warned of.
    computed : float or None
        Seconds of processor time of the report's kernel.
    """

    name: str
    case: str
    status: str
    fingerprint: str = ""
    files: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    peak_memory: int | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()
    computed: float | None = None

    @classmethod
    def of(cls, task: Task, status: str, **facts: Any) -> Outcome:
        """The outcome of a task."""
        return cls(name=task.name, case=task.case, status=status, **facts)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Outcome:
        """The outcome that :meth:`as_dict` gave."""
        known = {item.name for item in fields(cls)}
        kept = {key: value for key, value in values.items() if key in known}
        return cls(**{**kept, "warnings": tuple(kept.get("warnings", ()))})


@dataclass(frozen=True)
class Summary:
    """What became of a batch: its outcomes in the order of the plan.

    Attributes
    ----------
    outcomes : tuple of Outcome
    seconds : float
    stopped_by : int or None
        The signal that ended the batch early.
    """

    outcomes: tuple[Outcome, ...]
    seconds: float = 0.0
    stopped_by: int | None = None

    def of(self, status: str) -> list[Outcome]:
        """The outcomes of one status."""
        return [outcome for outcome in self.outcomes if outcome.status == status]

    @property
    def exit_code(self) -> int:
        """0 if every report is there and right, 1 if one failed, 128 and the signal if it was stopped.

        Examples
        --------
        >>> Summary((Outcome("a", "04", "made"), Outcome("b", "04", "unchanged"))).exit_code
        0
        >>> Summary((Outcome("a", "04", "failed"),)).exit_code, Summary((), stopped_by=2).exit_code
        (1, 130)
        """
        if self.stopped_by is not None:
            return 128 + self.stopped_by
        return 0 if all(outcome.status in (MADE, UNCHANGED) for outcome in self.outcomes) else 1

    @property
    def warnings(self) -> dict[str, list[str]]:
        """Each warning once, with the names of the reports that gave it."""
        found: dict[str, list[str]] = {}
        for outcome in self.outcomes:
            for text in outcome.warnings:
                found.setdefault(text, []).append(outcome.name)
        return found
