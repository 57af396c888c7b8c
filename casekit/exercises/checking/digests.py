"""Salted digests of right answers: enough to say right or which slip; they hide answers, no more.

A number is matched **exactly to its tolerance**. The digest is made from ``k``, where
``right = offset + k step`` and ``step = 4 tolerance``; the offset (0 to one step) stands in the file in the
open. A value is matched by the candidate ``offset + k step`` nearest to it: it is right if, and only if, it
lies within the tolerance of that candidate (plus :data:`ROUND_OFF` of the value, for binary digits) and
the digest of its ``k`` is the one stored. "Close" tries the candidates around a value; it stores nothing.

**What guessing costs.** The offset gives the answer up to a multiple of the step, so there are as many
candidates as steps in the range asked for: 500 for a share with three decimals, found in half a second by
whoever writes the loop; an amount to a tenth between 0 and 5,000 takes less than a minute. A known mistake
has an offset of its own: where its relation to the answer is known (a hundredth of it), fewer are left.
Digests serve practice only; marks never rest on them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

#: Rounds of PBKDF2 a try costs: about a millisecond.
ROUNDS = 3_000

#: How much wider than the tolerance "close" is.
CLOSE = 20.0

#: Slack for arithmetic on the last binary digits, relative to the value.
ROUND_OFF = 1e-9


def digest(text: str, *, salt: str, rounds: int = ROUNDS) -> str:
    """The slow digest of a text.

    Examples
    --------
    >>> digest("3", salt="a") == digest("3", salt="a"), digest("3", salt="a") == digest("3", salt="b")
    (True, False)
    """
    return hashlib.pbkdf2_hmac("sha256", text.encode(), salt.encode(), rounds, dklen=12).hex()


def number_digest(right: float, *, tolerance: float, salt: str) -> dict[str, Any]:
    """What the file holds of one number."""
    step = _step(right, tolerance)
    index = math.floor(right / step) if tolerance > 0 else round(right)
    offset = right - index * step if tolerance > 0 else 0.0
    return {
        "offset": offset,
        "step": step,
        "tolerance": tolerance,
        "digest": digest(str(index), salt=salt),
    }


def matches_number(value: float, stored: dict[str, Any], *, salt: str) -> bool:
    """True if the value lies within the tolerance of the number that was digested.

    Examples
    --------
    >>> stored = number_digest(0.3333, tolerance=0.0005, salt="s")
    >>> [matches_number(value, stored, salt="s") for value in (0.333, 0.3338, 0.3339, 0.3353)]
    [True, True, False, False]
    """
    index = candidate(value, stored)
    return index is not None and digest(str(index), salt=salt) == stored["digest"]


def candidate(value: float, stored: dict[str, Any]) -> int | None:
    """The index of the candidate that a value could be, or None if it lies between two."""
    offset, step = stored["offset"], stored["step"]
    if not math.isfinite(value) or not math.isfinite((value - offset) / step):
        return None
    index = round((value - offset) / step)
    slack = stored["tolerance"] + ROUND_OFF * max(1.0, abs(value))
    return index if abs(value - (offset + index * step)) <= slack else None


def near_number(value: float, stored: dict[str, Any], *, salt: str) -> bool:
    """True if the value lies within :data:`CLOSE` tolerances of the number that was digested.

    Examples
    --------
    >>> stored = number_digest(0.3333, tolerance=0.0005, salt="s")
    >>> [near_number(value, stored, salt="s") for value in (0.3339, 0.3432, 0.3434)]
    [True, True, False]
    """
    offset, step, wide = stored["offset"], stored["step"], CLOSE * stored["tolerance"]
    if not wide or not math.isfinite(value) or not math.isfinite((value - offset) / step):
        return False
    first, last = math.ceil((value - wide - offset) / step), math.floor((value + wide - offset) / step)
    return any(digest(str(index), salt=salt) == stored["digest"] for index in range(first, last + 1))


def series_digest(right: dict[str, Any], *, tolerance: float, salt: str) -> dict[str, Any]:
    """What the file holds of a value a label: the digest of all values together, an offset each."""
    names = sorted(right)
    stored = {"size": len(names), "names": digest("\x00".join(names), salt=salt)}
    if all(isinstance(right[name], str) for name in names):
        return {**stored, "digest": digest("\x00".join(right[name] for name in names), salt=salt)}
    step = _step(max(abs(float(right[name])) for name in names), tolerance)
    indices = [math.floor(right[name] / step) for name in names]
    offsets = [float(right[name] - index * step) for name, index in zip(names, indices, strict=True)]
    return {
        **stored,
        "offsets": offsets,
        "step": step,
        "tolerance": tolerance,
        "digest": digest(",".join(map(str, indices)), salt=salt),
    }


def matches_series(values: dict[str, Any], stored: dict[str, Any], *, salt: str) -> bool:
    """True if every label is there and every value within the tolerance of its own."""
    names = sorted(values)
    if len(names) != stored["size"]:
        return False
    if "offsets" not in stored:
        texts = [values[name] for name in names]
        said = "\x00".join(texts) if all(isinstance(text, str) for text in texts) else None
    else:
        indices = off_grid(values, stored)[0]
        said = None if None in indices else ",".join(map(str, indices))
    return said is not None and _same(said, stored, salt) and _same_names(names, stored, salt)


def off_grid(values: dict[str, Any], stored: dict[str, Any]) -> tuple[list[int | None], list[str]]:
    """The candidate of every label, and the labels whose value cannot be right."""
    names = sorted(values)
    parts = {"step": stored["step"], "tolerance": stored["tolerance"]}
    indices = [
        candidate(values[name], {"offset": offset, **parts})
        if isinstance(values[name], (int, float))
        else None
        for name, offset in zip(names, stored["offsets"], strict=True)
    ]
    return indices, [name for name, index in zip(names, indices, strict=True) if index is None]


def labels_digest(right: Sequence[str], *, ordered: bool, salt: str) -> dict[str, Any]:
    """What the file holds of a list of labels."""
    texts = list(right) if ordered else sorted(right)
    return {"size": len(texts), "digest": digest("\x00".join(texts), salt=salt)}


def _same_names(names: list[str], stored: dict[str, Any], salt: str) -> bool:
    return digest("\x00".join(names), salt=salt) == stored["names"]


def _same(text: str, stored: dict[str, Any], salt: str) -> bool:
    return digest(text, salt=salt) == stored["digest"]


def _step(right: float, tolerance: float) -> float:
    return max(4 * tolerance, 4 * ROUND_OFF * max(1.0, abs(right))) if tolerance > 0 else 1.0
