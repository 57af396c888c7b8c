"""What casekit's own values are called on the screen."""

from __future__ import annotations

from functools import cache
from typing import Any

from casekit._text import _, current_language, pgettext


def in_words(value: Any) -> Any:
    """What a value of casekit's own (a stage, a kind of client, no tier) is called in the language in force.

    Data keep the English value, so that code can ask for it; figures show this word, and tables may. Any
    other value comes back as it is, and so does ``none``, which is a kind of loyalty and much else.

    Parameters
    ----------
    value : any
        Such as one of :data:`casekit.loyalty.STAGES`, :data:`casekit.loyalty.LOYALTY_TYPES`,
        :data:`casekit.simulate.bank_book.KINDS`, :data:`casekit.value.VALUE_TYPES` or the segments of
        :func:`casekit.segments.rfm_segment_table`.

    Examples
    --------
    >>> import pandas as pd
    >>> from casekit._text import language
    >>> with language("zh_CN"):
    ...     pd.Series({"lost": 3, "gold": 1}).rename(in_words).index.tolist()
    ['已流失', 'gold']
    """
    return _words(current_language()).get(value, value) if isinstance(value, str) else value


@cache
def _words(_language: str) -> dict[str, str]:
    """Every value with its word, looked up once for each language that comes into force."""
    return {**_states(), **_kinds_of_loyalty(), **_kinds_of_client(), **_rfm_segments()}


def _states() -> dict[str, str]:
    return {
        "no tier": _("no tier"),
        "new": pgettext("stage", "new"),
        "stable": pgettext("stage", "stable"),
        "committed": pgettext("stage", "committed"),
        "fading": pgettext("stage", "fading"),
        "lost": pgettext("stage", "lost"),
    }


def _kinds_of_loyalty() -> dict[str, str]:
    return {
        "monopoly": pgettext("loyalty", "monopoly"),
        "kinship": pgettext("loyalty", "kinship"),
        "incentive": pgettext("loyalty", "incentive"),
        "inertia": pgettext("loyalty", "inertia"),
        "trust": pgettext("loyalty", "trust"),
        "latent": pgettext("loyalty", "latent"),
        "loyalty": pgettext("loyalty", "loyalty"),
        "spurious": pgettext("loyalty", "spurious"),
        "no loyalty": pgettext("loyalty", "no loyalty"),
    }


def _kinds_of_client() -> dict[str, str]:
    return {
        "persuadable": _("persuadable"),
        "sure thing": _("sure thing"),
        "lost cause": _("lost cause"),
        "sleeping dog": _("sleeping dog"),
        "most valuable": _("most valuable"),
        "most growable": _("most growable"),
        "migrator": _("migrator"),
        "below zero": _("below zero"),
    }


def _rfm_segments() -> dict[str, str]:
    return {
        "Champions": pgettext("RFM segment", "Champions"),
        "Potential Loyalist": pgettext("RFM segment", "Potential Loyalist"),
        "Loyal Customers": pgettext("RFM segment", "Loyal Customers"),
        "Promising": pgettext("RFM segment", "Promising"),
        "New Customers": pgettext("RFM segment", "New Customers"),
        "Can't Lose Them": pgettext("RFM segment", "Can't Lose Them"),
        "At Risk": pgettext("RFM segment", "At Risk"),
        "Need Attention": pgettext("RFM segment", "Need Attention"),
        "About To Sleep": pgettext("RFM segment", "About To Sleep"),
        "Lost": pgettext("RFM segment", "Lost"),
        "Others": pgettext("RFM segment", "Others"),
    }
