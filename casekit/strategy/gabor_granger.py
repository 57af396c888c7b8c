"""Gabor and Granger: demand, revenue and profit at each price asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def gabor_granger(answers: Any, *, prices: Any = None, unit_cost: float = 0.0) -> pd.DataFrame:
    """How many would buy at each price, and which price earns most.

    Parameters
    ----------
    answers : DataFrame, or list, dict or Series
        Either one row a respondent and one column a price (labelled by the price), 1 or True where he or she
        would buy; or each respondent's highest acceptable price, with ``prices``. Probabilities of buying
        (0 to 1) are taken as well.
    prices : list of float, optional
        Prices to evaluate, above 0; needed only with highest acceptable prices.
    unit_cost : float, default 0
        Cost of one unit, currency, 0 or more.

    Returns
    -------
    DataFrame by rising ``price``: ``demand`` (share who buy, 0 to 1), ``revenue`` and ``profit``
    (currency per person asked), ``elasticity`` (arc elasticity from the price below; 0 or
    negative, missing for the lowest and where demand is 0 at both), ``best_revenue`` and ``best_profit``
    (True at the price that earns most, the lower one on a tie).

    Raises
    ------
    InputError
        For prices not above 0 or repeated, cells outside 0 to 1, missing answers.

    Notes
    -----
    ``revenue = price * demand``, ``profit = (price - unit_cost) * demand``. Who would buy at a price is taken
    to buy at any lower one. Elasticity is ``(dq / mean q) / (dp / mean p)``. Intentions overstate purchases,
    and the price asked first colours the rest: compare prices, do not forecast volume.

    References
    ----------
    Gabor, A. and Granger, C. W. J. (1966). Price as an indicator of quality: report on an enquiry.
    *Economica* 33(129), 43–70.

    Examples
    --------
    >>> table = gabor_granger([10, 20, 20, 30], prices=[10, 20, 30], unit_cost=5)
    >>> table[["demand", "profit", "best_profit"]].values.tolist()
    [[1.0, 5.0, False], [0.75, 11.25, True], [0.25, 6.25, False]]
    """
    check = Check("gabor_granger")
    unit_cost = check.number("unit_cost", unit_cost, low=0)
    check.done()
    table = _purchases(check, answers, prices)
    # who buys at a high price also buys at a lower one
    kept = np.maximum.accumulate(table.to_numpy()[:, ::-1], axis=1)[:, ::-1]
    asked = table.columns.to_numpy(dtype=float)
    demand = kept.mean(axis=0)
    result = pd.DataFrame(
        {"demand": demand, "revenue": asked * demand, "profit": (asked - unit_cost) * demand},
        index=pd.Index(asked, name="price"),
    )
    result["elasticity"] = _arc_elasticity(asked, demand)
    for name in ("revenue", "profit"):
        result[f"best_{name}"] = np.arange(len(asked)) == _first_best(result[name].to_numpy())
    return result


def _first_best(values: np.ndarray) -> int:
    return int(np.argmax(values >= values.max() - 1e-12 * (1 + abs(values.max()))))


def _arc_elasticity(prices: np.ndarray, demand: np.ndarray) -> np.ndarray:
    middle = (demand[1:] + demand[:-1]) / 2
    change = np.divide(np.diff(demand), middle, out=np.full(len(middle), np.nan), where=middle > 0)
    return np.concatenate([[np.nan], change / (np.diff(prices) / ((prices[1:] + prices[:-1]) / 2))])


def _purchases(check: Check, answers: Any, prices: Any) -> pd.DataFrame:
    """Respondents by rising prices: the chance of buying."""
    if isinstance(answers, pd.DataFrame) and answers.shape[1] > 1:
        frame = check.frame("answers", answers)
        asked = check.vector("prices", list(frame.columns), low=0, low_open=True)
        check.unique("prices", asked.to_numpy())
        check.done()
        cells = {
            price: check.vector(
                str(label),
                frame[label].astype(float) if frame[label].dtype == bool else frame[label],
                low=0,
                high=1,
            )
            for price, label in zip(asked, frame.columns, strict=True)
        }
        check.done()
        return pd.DataFrame(cells).sort_index(axis=1)
    highest = check.vector("answers", answers, low=0)
    if prices is None:
        check.add(errors.missing_argument("prices", _("the prices to evaluate, such as prices=[10, 20, 30]")))
    check.done()
    asked = check.vector("prices", prices, low=0, low_open=True)
    check.unique("prices", asked.to_numpy())
    check.done()
    return pd.DataFrame({price: (highest >= price).astype(float) for price in np.sort(asked.to_numpy())})
