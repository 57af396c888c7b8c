"""What a gate is worth: the late costs it avoids, the deals it wrongly stops, the right to walk away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import number_frame


def gate_value(
    margin: float,
    *,
    win_probability: float,
    late_cost: float,
    stops_lost: float,
    stops_won: float = 0.0,
    gate_cost: float = 0.0,
) -> pd.Series:
    """What asking hard questions early is worth a deal: late costs avoided, less good deals thrown out.

    Parameters
    ----------
    margin : float
        Margin of a won deal before ``late_cost``, in money, zero or more.
    win_probability : float
        Share of deals at this point that would be won, 0 to 1.
    late_cost : float
        Cost of carrying a deal from here to its end, won or lost, in money, zero or more.
    stops_lost : float
        Share of the deals that would be lost which the gate stops, 0 to 1.
    stops_won : float, default 0
        Share of the deals that would be won which the gate stops by mistake, 0 to 1.
    gate_cost : float, default 0
        Cost of the gate a deal, in money, zero or more.

    Returns
    -------
    Series, money a deal
        ``without_gate`` (all deals carried on), ``with_gate``, ``avoided_cost``, ``margin_forgone`` (net of
        the late cost saved with it), ``gate_cost``, ``value`` (with less without; below zero, do without),
        ``stopped`` (share of deals).

    Notes
    -----
    With ``p = win_probability``, ``L = late_cost``: ``avoided_cost = (1 - p) stops_lost L``,
    ``margin_forgone = p stops_won (margin - L)``, ``value = avoided_cost - margin_forgone - gate_cost``.
    If ``without_gate`` is below zero, stopping everything is the rival to beat, not carrying on.

    References
    ----------
    Cooper, R. (1990). Stage-gate systems. *Business Horizons* 33(3), 44–54.

    Examples
    --------
    >>> gate_value(1000, win_probability=0.25, late_cost=200, stops_lost=0.6, stops_won=0.1)["value"].item()
    70.0
    """
    check = Check("gate_value")
    worth, cost = check.number("margin", margin, low=0), check.number("late_cost", late_cost, low=0)
    chance = check.share("win_probability", win_probability)
    right, wrong = check.share("stops_lost", stops_lost), check.share("stops_won", stops_won)
    price = check.number("gate_cost", gate_cost, low=0)
    check.done()
    without = chance * worth - cost
    avoided = (1 - chance) * right * cost
    forgone = chance * wrong * (worth - cost)
    value = avoided - forgone - price
    parts = {
        "without_gate": without,
        "with_gate": without + value,
        "avoided_cost": avoided,
        "margin_forgone": forgone,
        "gate_cost": price,
        "value": value,
        "stopped": (1 - chance) * right + chance * wrong,
    }
    return pd.Series(parts, name="gate_value").round(12)


def staged_value(phases: Any, *, margin: float) -> pd.DataFrame:
    """What a deal is worth at the start of each phase if one may stop at every gate.

    Paid phase by phase, a deal costs its late phases only if it gets there. Without gates everything is
    spent on everyone. The difference is what the gates are worth: small where the first phase is expensive,
    large where cheap early phases sort out what would fail dearly later.

    Parameters
    ----------
    phases : DataFrame or dict of dicts, in the order of the phases
        ``cost`` (money, zero or more, paid on entering the phase) and ``pass_probability`` (0 to 1, that the
        deal passes the gate at its end).
    margin : float
        Margin when the last gate is passed, before these costs, in money, zero or more.

    Returns
    -------
    DataFrame, index as ``phases``
        ``chance_of_win`` (from here), ``value`` (from here, best stop at each gate, money), ``committed``
        (value if all remaining costs are paid whatever happens), ``gates_worth`` (the larger of committed and
        zero taken from value, zero or more), ``go`` (bool: entering is worth more than stopping).

    Notes
    -----
    ``V_k = max(0, -c_k + q_k V_(k+1))`` from the last phase back, ``V`` after the last gate the margin, ``c``
    the costs, ``q`` the pass probabilities; ``committed_k = margin prod_(j>=k) q_j - sum_(j>=k) c_j``. No
    discounting: for long deals give present values.

    References
    ----------
    Trigeorgis, L. (1996). *Real Options*, ch. 1 (the option to abandon staged investment).

    Examples
    --------
    >>> phases = pd.DataFrame({"cost": [10, 100], "pass_probability": [0.2, 0.5]}, index=["visit", "offer"])
    >>> staged_value(phases, margin=400)[["value", "committed", "gates_worth"]].to_numpy().tolist()
    [[10.0, -70.0, 10.0], [100.0, 100.0, 0.0]]
    """
    check = Check("staged_value")
    worth = check.number("margin", margin, low=0)
    table = pd.DataFrame.from_dict(phases, orient="index") if _nested(phases) else phases
    costs = number_frame(check, "phases", table, ["cost"], low=0)
    chances = number_frame(check, "phases", table, ["pass_probability"], low=0, high=1)
    check.done()
    cost, chance = costs["cost"].to_numpy(), chances["pass_probability"].to_numpy()
    value = np.empty(len(cost))
    following = worth
    for place in range(len(cost) - 1, -1, -1):
        following = max(0.0, chance[place] * following - cost[place])
        value[place] = following
    to_win = np.cumprod(chance[::-1])[::-1]
    committed = worth * to_win - np.cumsum(cost[::-1])[::-1]
    return pd.DataFrame(
        {
            "chance_of_win": to_win,
            "value": value,
            "committed": committed,
            "gates_worth": (value - np.maximum(committed, 0)).clip(min=0),
            "go": value > 0,
        },
        index=costs.index,
    ).round(12)


def _nested(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(record, dict) for record in value.values())


def waiting_value(
    margin: float,
    *,
    becomes_yes: float,
    becomes_no: float,
    late_cost: float,
    waiting_cost: float,
) -> pd.Series:
    """What an "unsure" deal is worth if one waits for its answer, against deciding now.

    "Unsure means slow down" is good advice only while waiting is cheap against the late costs that a no
    would waste. Each period the customer turns to yes, to no, or stays unsure.

    Parameters
    ----------
    margin : float
        Margin of a won deal before ``late_cost``, in money, zero or more.
    becomes_yes, becomes_no : float
        Chance a period that "unsure" becomes a yes (a win) or a no, 0 to 1, together above 0 and at most 1.
    late_cost : float
        Cost of carrying the deal to its end, in money, zero or more; paid at once if pushed on, after a yes
        if one waits.
    waiting_cost : float
        Cost of keeping the deal warm, a period, in money, zero or more.

    Returns
    -------
    Series
        ``chance_of_yes``, ``periods`` (expected, until an answer), ``wait`` (money), ``push_on`` (money: late
        cost paid now, won with ``chance_of_yes``), ``stop`` (0), ``best`` (the name of the highest).

    Notes
    -----
    ``chance_of_yes = y / (y + n)``, ``periods = 1 / (y + n)``, ``wait = chance_of_yes max(0, margin -
    late_cost) - periods waiting_cost``, ``push_on = chance_of_yes margin - late_cost`` with ``y, n``
    the two chances.

    Examples
    --------
    >>> waiting_value(1000, becomes_yes=0.2, becomes_no=0.2, late_cost=300, waiting_cost=20)["wait"]
    300.0
    """
    check = Check("waiting_value")
    worth, cost = check.number("margin", margin, low=0), check.number("late_cost", late_cost, low=0)
    price = check.number("waiting_cost", waiting_cost, low=0)
    yes, no = check.share("becomes_yes", becomes_yes), check.share("becomes_no", becomes_no)
    check.require(
        not (yes + no <= 0 or yes + no > 1 + 1e-12),
        _("becomes_yes and becomes_no together must be above 0 and at most 1"),
        got=errors.shown(yes + no),
        hint=_("0.2 and 0.1: an answer in three periods of ten"),
    )
    check.done()
    chance, periods = yes / (yes + no), 1 / (yes + no)
    worths = {
        "wait": chance * max(0.0, worth - cost) - periods * price,
        "push_on": chance * worth - cost,
        "stop": 0.0,
    }
    best = max(worths, key=lambda choice: worths[choice])
    return pd.Series(
        {"chance_of_yes": chance, "periods": periods, **worths, "best": best}, dtype=object
    ).rename("waiting_value")
