"""The seed of a student's data: a keyed hash of course, exercise and student id."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Any

#: Letters of a token: enough that two students of a class never share one.
TOKEN_LENGTH = 16


def normalise_id(student_id: Any) -> str:
    """A student id in the one form that counts: half-width, without spaces, in capitals.

    Parameters
    ----------
    student_id : str or number
        As it stands in the roster; ``20240017.0`` (a number out of a sheet) becomes ``20240017``.

    Returns
    -------
    str

    Examples
    --------
    >>> normalise_id(" ｓ２０2４-07 "), normalise_id(20240017.0)
    ('S2024-07', '20240017')
    """
    if isinstance(student_id, float) and student_id.is_integer():
        student_id = int(student_id)
    text = unicodedata.normalize("NFKC", str(student_id))
    kept = (sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))
    return "".join(kept).casefold().upper()


def student_seed(course_key: bytes, course: str, exercise: str, student_id: Any) -> int:
    """The seed of one student's data in one exercise.

    Parameters
    ----------
    course_key : bytes
        The course's secret.
    course, exercise : str
    student_id : str
        Normalised here.

    Returns
    -------
    int
        0 to 2**63 - 1. Without the key it tells nothing of the student, and cannot be foretold.

    Notes
    -----
    The first eight bytes of HMAC-SHA256 over the parts, each with its length.

    Examples
    --------
    >>> student_seed(b"k", "crm", "03", "s1") == student_seed(b"k", "crm", "03", " S1")
    True
    >>> student_seed(b"k", "crm", "03", "s1") == student_seed(b"k", "crm", "04", "s1")
    False
    """
    return int.from_bytes(_keyed(course_key, "seed", course, exercise, student_id)[:8], "big") >> 1


def student_token(course_key: bytes, course: str, exercise: str, student_id: Any) -> str:
    """What names the student in the notebook: tells two copies apart, and nothing else.

    Examples
    --------
    >>> len(student_token(b"k", "crm", "03", "s1"))
    16
    """
    return _keyed(course_key, "token", course, exercise, student_id).hex()[:TOKEN_LENGTH]


def _keyed(key: bytes, purpose: str, course: str, exercise: str, student_id: Any) -> bytes:
    parts = [part.encode() for part in (purpose, course, exercise, normalise_id(student_id))]
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(key, message, hashlib.sha256).digest()
