"""What statuses are called on pages, sheets and the screen."""

from __future__ import annotations

from casekit._text import _


def submission_word(status: str) -> str:
    """The status of a submission, as an instructor reads it.

    Examples
    --------
    >>> submission_word("timed out")
    'timed out'
    """
    return {
        "ok": _("ran to its end"),
        "timed out": _("timed out"),
        "out of memory": _("out of memory"),
        "crashed": _("crashed"),
        "unreadable": _("unreadable"),
        "wrong student": _("somebody else's copy"),
        "wrong exercise": _("another exercise"),
        "not handed in": _("not handed in"),
    }[status]


def mark_word(status: str) -> str:
    """The status of one answer.

    Examples
    --------
    >>> mark_word("trap")
    'known mistake'
    """
    return {
        "right": _("right"),
        "trap": _("known mistake"),
        "wrong": _("wrong"),
        "missing": _("no answer"),
        "wrong type": _("not understood"),
        "by hand": _("waits to be marked by hand"),
        "marked": _("marked by hand"),
    }[status]


def trap_words(name: str) -> str:
    """The name of a mistake as words.

    Examples
    --------
    >>> trap_words("mean_of_ratios")
    'mean of ratios'
    """
    return name.replace("_", " ")
