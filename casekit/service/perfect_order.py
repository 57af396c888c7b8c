"""Perfect orders: on time, complete, free of error, undamaged, all four at once."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit._validate import Check
from casekit.service.proportions import proportion_interval


def perfect_order_index(rates: Any) -> float:
    """Share of orders perfect in every respect, if the respects fail independently of one another.

    Four rates of 95 % sound fine and leave one order in five with a fault.

    Parameters
    ----------
    rates : dict, Series or list of float
        Share of orders that pass each respect (on time, complete, without error, undamaged), 0 to 1.

    Returns
    -------
    float
        Share, 0 to 1, never above the smallest rate.

    Notes
    -----
    ``product of rates``. Where faults come together (a late order is also incomplete) the true share is
    higher; where each order has one fault at most it is lower. :func:`perfect_orders` counts it.

    References
    ----------
    Christopher, M. (2016). *Logistics and Supply Chain Management*, 5th ed., ch. 2.

    Examples
    --------
    >>> round(perfect_order_index({"on time": 0.9, "complete": 0.8, "no error": 0.7}), 3)
    0.504
    """
    check = Check("perfect_order_index")
    shares = check.vector("rates", rates, low=0, high=1)
    check.done()
    return float(shares.prod())


def perfect_orders(orders: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Each respect's rate, and the share of orders perfect in all, counted and by the product rule.

    Parameters
    ----------
    orders : DataFrame, one row an order
        One column of true and false a respect: was it on time, complete, and so on.
    level : float, default 0.95
        Probability of the intervals.

    Returns
    -------
    DataFrame, index the respects and then ``perfect``, with columns ``rate`` (share), ``low``, ``high``
    (Wilson), ``product`` (only for ``perfect``: the share if faults were independent) and ``if_cured`` (share
    of perfect orders if this respect never failed: what curing it alone would bring).

    Raises
    ------
    InputError
        If a value is neither true nor false.

    Examples
    --------
    >>> orders = pd.DataFrame({"on_time": [True, True, False, False], "complete": [True, False, False, True]})
    >>> table = perfect_orders(orders)
    >>> table["rate"].to_dict()
    {'on_time': 0.5, 'complete': 0.5, 'perfect': 0.25}
    >>> table.loc["perfect", "product"].item(), table.loc["on_time", "if_cured"].item()
    (0.25, 0.5)
    """
    check = Check("perfect_orders")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    orders = check.frame("orders", orders)
    check.done()
    passed = pd.DataFrame(
        {name: check.flags(f"orders[{name!r}]", orders[name]) for name in orders.columns}, index=orders.index
    )
    check.done()
    perfect = passed.all(axis=1)
    rows = {}
    for name in [*passed.columns, "perfect"]:
        good = perfect if name == "perfect" else passed[name]
        found = proportion_interval(int(good.sum()), len(good), level=level)
        others = passed.drop(columns=name) if name in passed else passed
        rows[name] = {
            "rate": found.estimate,
            "low": found.low,
            "high": found.high,
            "product": float(passed.mean().prod()) if name == "perfect" else float("nan"),
            "if_cured": float(others.all(axis=1).mean()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("respect")
