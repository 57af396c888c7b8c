"""Sentences and frames ready to read in a notebook or report."""

from __future__ import annotations

from typing import Any

from casekit import errors
from casekit._text import _, format_coefficient, format_date, format_money, format_number, format_percent
from casekit._words import in_words

__all__ = [
    "format_coefficient",
    "format_date",
    "format_money",
    "format_number",
    "format_percent",
    "in_words",
    "say",
]


def say(*sentences: str) -> Any:
    """Show sentences made from computed values as running text.

    Parameters
    ----------
    *sentences : str
        Markdown; each becomes a paragraph. A dollar sign stays a dollar sign (it does not start a formula).

    Returns
    -------
    IPython.display.Markdown
        To be the last line of a cell.
    """
    try:
        from IPython.display import Markdown
    except ImportError as error:
        raise errors.MissingExtraError(_("say needs IPython: pip install 'casekit[workbook]'")) from error
    return Markdown("\n\n".join(sentence.replace("$", r"\$") for sentence in sentences))
