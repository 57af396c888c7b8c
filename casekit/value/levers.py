"""Which improvement gives customers most value for the money it costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check


def rank_levers(levers: pd.DataFrame, worth: object, *, worth_of_hour: float = 0.0) -> pd.DataFrame:
    """Rank improvements by the value they give a customer per unit of money spent on that customer.

    A price cut of one unit gives exactly one unit of value, so it is the yardstick: a lever above 1 is
    worth more than the same money off the price, one below 1 is worth less.

    Parameters
    ----------
    levers : DataFrame, one row a lever
        ``lever`` (name), ``attribute`` (what it improves; empty for none), ``points`` (rating points gained),
        ``hours`` (of the customer's time saved) and ``cost`` (per customer, above 0, in currency).
    worth : dict or Series of float, one an attribute
        What one point more on that attribute is worth to a customer, in currency, 0 or more.
    worth_of_hour : float, default 0
        What an hour is worth to a customer, in currency, 0 or more.

    Returns
    -------
    DataFrame, best first: the columns given, ``value_gain`` (per customer), ``net_gain`` (gain less cost)
    and ``value_per_money``.

    Raises
    ------
    InputError
        If a cost is not above zero or an attribute has no worth.

    Notes
    -----
    ``value_gain = points * worth[attribute] + hours * worth_of_hour``. Gains are small-step: a lever that
    lifts a rating beyond the top of its scale promises too much.

    Examples
    --------
    >>> levers = pd.DataFrame({"lever": ["oxygen", "relay drivers"], "attribute": ["comfort", ""],
    ...                        "points": [2, 0], "hours": [0, 10], "cost": [20, 30]})
    >>> rank_levers(levers, {"comfort": 8}, worth_of_hour=5)["value_per_money"].round(2).tolist()
    [1.67, 0.8]
    """
    check = Check("rank_levers")
    frame = check.frame("levers", levers, ["lever", "attribute", "points", "hours", "cost"], keys=["lever"])
    series = check.vector("worth", worth, low=0)
    hour = check.number("worth_of_hour", worth_of_hour, low=0)
    if not check.problems:
        frame = check.numbers(frame, ["points", "hours"])
        frame = check.numbers(frame, ["cost"], low=0, low_open=True)
        for name in frame["attribute"].dropna().unique():
            if name != "":
                check.choice("attribute", name, list(series.index))
    check.done()
    per_point = frame["attribute"].map(series.to_dict()).astype(float).fillna(0.0)
    gain = frame["points"] * per_point + frame["hours"] * hour
    ranked = frame.assign(
        value_gain=gain, net_gain=gain - frame["cost"], value_per_money=gain / frame["cost"]
    )
    return ranked.sort_values("value_per_money", ascending=False, kind="stable", ignore_index=True)


def curve_divergence(scores: pd.DataFrame, *, own: str) -> float:
    """How far our value curve runs from that of the average rival: 0 means we offer the same as everyone.

    Parameters
    ----------
    scores : DataFrame, attributes in rows, offers in columns
        Scores on a common scale.
    own : str
        Our offer.

    Returns
    -------
    float
        Root mean square distance, in scale points. High is different, not better.

    References
    ----------
    Kim, W. C. and Mauborgne, R. (2005). *Blue Ocean Strategy*: the strategy canvas and its demand for
    divergence; the measure is ours.

    Examples
    --------
    >>> curve_divergence(pd.DataFrame({"us": [8, 2], "a": [6, 5], "b": [4, 5]}), own="us")
    3.0
    """
    gaps = curve_gaps(scores, own=own, name="curve_divergence")
    return float(np.sqrt((gaps["gap"] ** 2).mean()))


def curve_gaps(scores: pd.DataFrame, *, own: str, name: str = "curve_gaps") -> pd.DataFrame:
    """Our score, the mean rival's and the gap, attribute by attribute.

    Parameters
    ----------
    scores : DataFrame, attributes in rows, offers in columns
        Scores on a common scale.
    own : str
        Our offer.
    name : str
        Name that an error mentions.

    Returns
    -------
    DataFrame by attribute: ``own``, ``rivals`` and ``gap`` (own less rivals), largest gap first.

    Examples
    --------
    >>> curve_gaps(pd.DataFrame({"us": [8], "them": [5]}, index=["speed"]), own="us")["gap"].to_dict()
    {'speed': 3.0}
    """
    check = Check(name)
    frame = check.frame("scores", scores)
    if not check.problems:
        check.choice("own", own, list(frame.columns))
        check.require(frame.shape[1] >= 2, _("scores must hold at least two offers"), got=str(frame.shape[1]))
        frame = check.numbers(frame, frame.columns)
    check.done()
    rivals = frame.drop(columns=own).mean(axis=1)
    gaps = pd.DataFrame({"own": frame[own].astype(float), "rivals": rivals, "gap": frame[own] - rivals})
    return gaps.sort_values("gap", ascending=False, kind="stable")
