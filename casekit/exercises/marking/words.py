"""What statuses are called on pages, sheets and the screen."""

from __future__ import annotations

from casekit._text import _, ngettext


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


def submission_count(status: str, count: int) -> str:
    """How many submissions have a status, in a sentence.

    Examples
    --------
    >>> submission_count("ok", 2), submission_count("not handed in", 1)
    ('2 notebooks ran to their end.', '1 student handed in nothing.')
    """
    sentences = {
        "ok": ngettext("{count} notebook ran to its end.", "{count} notebooks ran to their end.", count),
        "timed out": ngettext(
            "{count} notebook ran too long and was ended.",
            "{count} notebooks ran too long and were ended.",
            count,
        ),
        "out of memory": ngettext(
            "{count} notebook asked for more memory than allowed.",
            "{count} notebooks asked for more memory than allowed.",
            count,
        ),
        "crashed": ngettext(
            "{count} notebook ended before its last cell.",
            "{count} notebooks ended before their last cell.",
            count,
        ),
        "unreadable": ngettext(
            "{count} file could not be read as a notebook.",
            "{count} files could not be read as notebooks.",
            count,
        ),
        "wrong student": ngettext(
            "{count} notebook is somebody else's copy, or who sent it cannot be told.",
            "{count} notebooks are somebody else's copies, or who sent them cannot be told.",
            count,
        ),
        "wrong exercise": ngettext(
            "{count} notebook belongs to another exercise.",
            "{count} notebooks belong to another exercise.",
            count,
        ),
        "not handed in": ngettext(
            "{count} student handed in nothing.", "{count} students handed in nothing.", count
        ),
    }
    return sentences[status].format(count=count)


def mark_word(status: str) -> str:
    """The status of one answer.

    Examples
    --------
    >>> mark_word("trap")
    'known mistake'
    """
    return {
        "right": _("right"),
        "carried": _("right, going on from a wrong answer"),
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
