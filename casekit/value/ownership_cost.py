"""Total cost of ownership: what a purchase costs over its life, beside its price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import term
from casekit.value.economic_value import present_value_of_saving


def total_cost_of_ownership(
    price: float,
    *,
    yearly: Any,
    years: int,
    discount_rate: float,
    residual_value: float = 0.0,
) -> pd.Series:
    """What an offer costs its owner over its whole life, in today's money, item by item.

    One needs it to show a customer that the dearer truck, pump or software is the cheaper one.

    Parameters
    ----------
    price : float
        Paid now, with installation and training if any, in currency, 0 or more.
    yearly : dict or Series of item → amount
        Running costs (energy, repairs, insurance, downtime). An amount is one number, the same every year, or
        a list of ``years`` numbers; at the end of each year, in currency; negative for something earned.
    years : int
        Years of use, 1 or more.
    discount_rate : float
        Share a year, above -1.
    residual_value : float, default 0
        What the used thing still brings at the end of the last year, in currency, 0 or more.

    Returns
    -------
    Series, present values in currency: ``price``, the items of ``yearly``, ``residual_value`` (negative: it
    lowers the cost), ``total`` and ``per_year`` (the total as an equal amount at each year's end).

    Raises
    ------
    InputError
        For a list that is not as long as ``years``, an item named like one of the results, or rates outside
        their range.

    Notes
    -----
    ``TCO = price + Σ_items Σ_t c_t / (1 + d)^t - residual / (1 + d)^n``; ``per_year = TCO d / (1 - (1 +
    d)^-n)``. Offers of unequal life are compared by ``per_year``, not by ``total``.

    References
    ----------
    Ellram, L. M. (1995). Total cost of ownership. *International Journal of Physical Distribution & Logistics
    Management* 25(8), 4–23.

    Examples
    --------
    >>> cost = total_cost_of_ownership(
    ...     1000, yearly={"energy": 110, "repairs": [0, 121]}, years=2, discount_rate=0.1, residual_value=121
    ... )
    >>> cost.round(2).to_dict()  # 110 / 1.1 + 110 / 1.21, 121 / 1.21
    {'price': 1000.0, 'energy': 190.91, 'repairs': 100.0, 'residual_value': -100.0, 'total': 1190.91, \
'per_year': 686.19}
    """
    check = Check("total_cost_of_ownership")
    paid = check.number("price", price, low=0)
    count = check.integer("years", years, low=1)
    d = check.rate("discount_rate", discount_rate)
    left = check.number("residual_value", residual_value, low=0)
    check.done()
    costs = check.mapping("yearly", yearly)
    read = {str(item): term(check, f"yearly[{item!r}]", amount) for item, amount in costs.items()}
    taken = {"price", "residual_value", "total", "per_year"} & set(read)
    check.require(not taken, _("items must not be named like a result"), got=errors.listing(sorted(taken)))
    for item, amount in read.items():
        if isinstance(amount, pd.Series) and len(amount) != count:
            check.add(errors.different_lengths(f"yearly[{item!r}]", len(amount), "years", count))
    check.done()
    factor = (1 + d) ** -np.arange(1.0, count + 1)
    parts = {"price": paid}
    for item, amount in read.items():
        flows = amount.to_numpy(dtype=float) if isinstance(amount, pd.Series) else np.full(count, amount)
        parts[item] = float((flows * factor).sum())
    parts["residual_value"] = -left * float(factor[-1]) + 0.0
    total = sum(parts.values())
    with check.inner():
        annuity = present_value_of_saving(1.0, years=count, discount_rate=d)
    return pd.Series({**parts, "total": total, "per_year": total / annuity}, name="cost_of_ownership")


def compare_ownership(offers: Mapping[str, pd.Series], *, reference: str) -> pd.DataFrame:
    """Offers by total cost of ownership, and the price at which each would be level with a reference.

    Parameters
    ----------
    offers : dict of name → Series
        From :func:`total_cost_of_ownership`, all over the same years and at the same discount rate.
    reference : str
        The offer that the customer would otherwise buy.

    Returns
    -------
    DataFrame by offer, in currency: ``price``, ``running`` (all other costs, net of residual value),
    ``total``, ``saving`` (total of the reference less this total; negative: dearer to own) and
    ``level_price`` (price at which the totals agree: what the offer may cost at most on cost grounds alone).

    Raises
    ------
    InputError
        If an offer is not a cost of ownership, or the reference is not among them.

    Notes
    -----
    ``level_price = price + saving``: an economic value to the customer that counts costs only. Benefits that
    are not costs belong in :func:`economic_value`.

    References
    ----------
    Forbis, J. L. and Mehta, N. T. (1981). Value-based strategies for industrial products. *Business Horizons*
    24(3), 32–42.

    Examples
    --------
    A machine that saves a fifth of energy worth 1,000 a year, over two years without discount:

    >>> terms = {"years": 2, "discount_rate": 0.0}
    >>> old = total_cost_of_ownership(5000, yearly={"energy": 1000}, **terms)
    >>> new = total_cost_of_ownership(5300, yearly={"energy": 800}, **terms)
    >>> compare_ownership({"old": old, "new": new}, reference="old").loc["new"].to_dict()
    {'price': 5300.0, 'running': 1600.0, 'total': 6900.0, 'saving': 100.0, 'level_price': 5400.0}
    """
    check = Check("compare_ownership")
    good = isinstance(offers, Mapping) and len(offers) > 0
    if not good:
        check.add(errors.wrong_type("offers", _("a dict of costs of ownership"), offers))
    check.done()
    for name, cost in offers.items():
        whole = isinstance(cost, pd.Series) and {"price", "total"} <= set(cost.index)
        if not whole:
            wanted = _("a result of total_cost_of_ownership")
            check.add(errors.wrong_type(f"offers[{name!r}]", wanted, cost))
    check.choice("reference", reference, list(offers))
    check.done()
    table = pd.DataFrame(
        {
            "price": {name: float(cost["price"]) for name, cost in offers.items()},
            "total": {name: float(cost["total"]) for name, cost in offers.items()},
        }
    )
    table.insert(1, "running", table["total"] - table["price"])
    table["saving"] = table.loc[reference, "total"] - table["total"]
    table["level_price"] = table["price"] + table["saving"]
    return table.rename_axis("offer")
