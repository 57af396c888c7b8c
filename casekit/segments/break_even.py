"""Which RFM cells pay for the mailing: the break-even index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check


def break_even_index(response_rate: Any, *, cost: float, margin: float) -> float | pd.Series:
    """By how much the response of a group beats (or misses) the rate at which the contact pays for itself.

    A test mailing to a few customers of each RFM cell gives a response rate a cell; the index says at a
    glance which cells to roll out to: above 0 the cell earns, at 0 it breaks even, below 0 it loses. It
    counts what buyers bring, not what the contact changed: customers who would have bought anyway are in it,
    so it favours the best customers. :func:`casekit.selling.uplift_curve` asks the other question.

    Parameters
    ----------
    response_rate : float, or list, dict or Series of float, shape (n_cells,)
        Share of contacted customers who bought, 0 to 1.
    cost : float
        Cost of one contact, above 0, in any currency.
    margin : float
        Profit of one sale before the cost of the contact, above 0, in the same currency.

    Returns
    -------
    float, or Series labelled like ``response_rate``
        -1 or more, as a share of the break-even rate: 0.8 means 80 % above it. (Hughes prints it times 100.)

    Raises
    ------
    InputError
        If a rate lies outside 0 to 1, or cost or margin is not above 0.

    Notes
    -----
    With response rate ``p``, margin ``m`` and cost ``c`` the break-even rate is ``BE = c / m`` and the index
    ``(p - BE) / BE = (p m - c) / c``: the profit of a contact per unit of its cost.

    References
    ----------
    Hughes, A. M. (1994). *Strategic Database Marketing*. Probus.

    Examples
    --------
    >>> round(break_even_index(0.025, cost=0.55, margin=40), 4)
    0.8182
    >>> break_even_index({"555": 0.05, "111": 0.01}, cost=1, margin=50).to_dict()
    {'555': 1.5, '111': -0.5}
    """
    check = Check("break_even_index")
    single = isinstance(response_rate, (int, float, np.number)) and not isinstance(response_rate, bool)
    if single:
        rates = pd.Series([check.share("response_rate", response_rate)])
    else:
        rates = check.vector("response_rate", response_rate, low=0, high=1)
    cost = check.positive("cost", cost)
    margin = check.positive("margin", margin)
    check.done()
    index = (rates * margin - cost) / cost
    return float(index.iloc[0]) if single else index
