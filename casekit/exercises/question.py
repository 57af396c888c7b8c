"""A question with one number as its answer, and the slips that are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A known wrong way: what it leads to, and one sentence on the step that went wrong."""

    leads_to: Callable[[], float]
    says: str


@dataclass(frozen=True)
class Question:
    """One question of an exercise.

    Attributes
    ----------
    id : str
        Stable name, such as ``0.1``.
    unit : str
        Unit of the answer, such as ``share of all revenue, 0 to 1``.
    answer : callable
        Computes the right answer from the data; nothing is stored.
    tolerance : float
        Largest difference that still counts as right.
    slips : tuple of Slip
    is_share : bool
        The answer lies between 0 and 1, so a percentage is recognised.
    """

    id: str
    unit: str
    answer: Callable[[], float]
    tolerance: float
    slips: tuple[Slip, ...] = ()
    is_share: bool = False
