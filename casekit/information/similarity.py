"""How alike two texts are: the Jaro and Jaro-Winkler comparators of record linkage."""

from __future__ import annotations

from typing import Any

from casekit._text import _
from casekit._validate import Check
from casekit.errors import wrong_type

#: Letters at the beginning that earn the Winkler bonus, and the bonus for each.
PREFIX, BONUS = 4, 0.1


def jaro_similarity(first: Any, second: Any) -> float:
    """Likeness of two short texts that forgives swapped and missing letters.

    Parameters
    ----------
    first, second : str
        Compared as they are: bring case, blanks and full-width forms to one kind first.

    Returns
    -------
    float
        0 (no letter in common) to 1 (equal).

    Notes
    -----
    With ``m`` letters in common no further apart than ``max(len) // 2 - 1`` places, and ``t`` half the number
    of common letters out of order: ``(m / len(first) + m / len(second) + (m - t) / m) / 3``.

    References
    ----------
    Jaro, M. A. (1989). Advances in record-linkage methodology. *JASA* 84(406), 414-420.

    Examples
    --------
    >>> round(jaro_similarity("MARTHA", "MARHTA"), 3)
    0.944
    """
    one, other = _texts("jaro_similarity", first, second)
    return _jaro(one, other)


def jaro_winkler_similarity(first: Any, second: Any) -> float:
    """Jaro likeness, raised for texts that begin alike: names are misspelt at the end more than at the start.

    Chinese names are so short that one letter in three changes everything; compare them for equality, and use
    likeness for addresses, firms and romanised names.

    Parameters
    ----------
    first, second : str

    Returns
    -------
    float
        0 to 1, never below :func:`jaro_similarity`.

    Notes
    -----
    ``jaro + 0.1 l (1 - jaro)`` with ``l`` the length of the common beginning, at most 4.

    References
    ----------
    Winkler, W. E. (1990). String comparator metrics and enhanced decision rules in the Fellegi-Sunter model
    of record linkage. *Proceedings of the Section on Survey Research Methods*, ASA, 354-359.

    Examples
    --------
    >>> round(jaro_winkler_similarity("MARTHA", "MARHTA"), 3)
    0.961
    """
    one, other = _texts("jaro_winkler_similarity", first, second)
    jaro = _jaro(one, other)
    common = 0
    for left, right in zip(one[:PREFIX], other[:PREFIX], strict=False):
        if left != right:
            break
        common += 1
    return jaro + BONUS * common * (1 - jaro)


def _texts(function: str, first: Any, second: Any) -> tuple[str, str]:
    check = Check(function)
    for name, text in (("first", first), ("second", second)):
        if not isinstance(text, str):
            check.add(wrong_type(name, _("a text"), text))
    check.done()
    return first, second


def _jaro(first: str, second: str) -> float:
    if first == second:
        return 1.0
    reach = max(max(len(first), len(second)) // 2 - 1, 0)
    free = [True] * len(second)
    common = []
    for place, letter in enumerate(first):
        for other in range(max(0, place - reach), min(len(second), place + reach + 1)):
            if free[other] and second[other] == letter:
                free[other] = False
                common.append(letter)
                break
    if not common:
        return 0.0
    mirrored = [letter for letter, unused in zip(second, free, strict=True) if not unused]
    swapped = sum(left != right for left, right in zip(common, mirrored, strict=True)) / 2
    m = len(common)
    return (m / len(first) + m / len(second) + (m - swapped) / m) / 3
