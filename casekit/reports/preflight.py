"""What only one case can know to be wrong, said before its kernel starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def preflight(case_name: str, client: Any, values: Mapping[str, Any]) -> None:
    """Check the values of a case against the reader's file.

    Parameters
    ----------
    case_name : str
        Name of the case without its number.
    client : ClientFile or None
        The reader's file as read; None for the shipped data.
    values : mapping
        The parameters, checked for name, type and range.

    Raises
    ------
    InputError
    """
