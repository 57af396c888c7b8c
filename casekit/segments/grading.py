"""ABC grades: by rule, by share of value, and by place in a ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The course's grades, best first.
GRADES = ("A", "B", "C")


def abc_by_rule(
    customers: pd.DataFrame, *, rules: Mapping[str, Mapping[str, Any]], otherwise: str = "C"
) -> pd.Series:
    """Grade customers by written rules: the first grade whose rules all hold.

    The course's rule: A for great need, a large budget and a short chain of decision; B for potential; C for
    those who wait and see. Rules can be explained to a salesperson, which scores from a model cannot; but
    nobody estimated them, so compare them with what customers then did (:func:`compare_gradings`).

    Parameters
    ----------
    customers : DataFrame, shape (n_customers, n_measures)
        One row a customer, a column of numbers for each measure that a rule names; missing values fail the
        rule.
    rules : mapping of grade to mapping of column to bound
        Best grade first. A bound is a number (at least) or a pair (low, high), either of them None; both ends
        belong to the range. All rules of a grade must hold.
    otherwise : str, default "C"
        The grade of customers who meet no rule.

    Returns
    -------
    Series of str named ``grade``, indexed like ``customers``.

    Raises
    ------
    InputError
        If a column is missing or holds no numbers, no rule is given, or a range ends below its beginning.

    Examples
    --------
    >>> firms = pd.DataFrame({"need": [5, 5, 2], "budget": [90, 20, 80], "deciders": [1, 2, 6]},
    ...                      index=["Hai", "Yun", "Lin"])
    >>> rules = {"A": {"need": 4, "budget": 50, "deciders": (None, 2)}, "B": {"need": 4}}
    >>> abc_by_rule(firms, rules=rules).to_dict()
    {'Hai': 'A', 'Yun': 'B', 'Lin': 'C'}
    """
    check = Check("abc_by_rule")
    otherwise = check.text("otherwise", otherwise)
    rules = check.mapping("rules", rules)
    rules = {grade: check.mapping(f"rules[{grade!r}]", asked) for grade, asked in rules.items()}
    check.require(bool(rules), _("rules must name at least one grade"), got=_("none"))
    columns = dict.fromkeys(column for asked in rules.values() for column in asked)
    frame = check.frame("customers", customers, columns)
    check.done()
    values = {name: check.vector(f"customers[{name!r}]", frame[name], missing=True) for name in columns}
    bounds = {grade: _bounds(check, grade, asked) for grade, asked in rules.items()}
    check.done()
    holds = [
        np.logical_and.reduce([values[name].between(*bound).to_numpy() for name, bound in asked.items()])
        for asked in bounds.values()
    ]
    names = np.array([*bounds, otherwise], dtype=object)
    first = np.column_stack([*holds, np.ones(len(frame), dtype=bool)]).argmax(axis=1)
    return pd.Series(names[first], index=frame.index, name="grade")


def abc_by_value(values: Any, *, shares: tuple[float, float] = (0.8, 0.95)) -> pd.Series:
    """Classic ABC analysis: A for the customers who together bring the first 80 % of value, B to 95 %, C.

    Parameters
    ----------
    values : list, dict or Series of float, shape (n_customers,)
        Value of each customer, 0 or more, in any currency.
    shares : pair of float, default (0.8, 0.95)
        Shares of value at which A and B end, rising, above 0 and at most 1.

    Returns
    -------
    Series of str named ``grade``, labelled like ``values``. Customers of equal value get the same grade, the
    better one; the customer who crosses a share still belongs to it.

    Notes
    -----
    In descending order a customer is A if those worth *more* bring less than ``shares[0]`` of the total.

    References
    ----------
    Dickie, H. F. (1951). ABC inventory analysis shoots for dollars, not pennies. *Factory Management and
    Maintenance* 109(7), 92-94.

    Examples
    --------
    >>> abc_by_value({"A1": 70, "B1": 15, "B2": 10, "C1": 3, "C2": 2}).to_dict()
    {'A1': 'A', 'B1': 'A', 'B2': 'B', 'C1': 'C', 'C2': 'C'}
    """
    check = Check("abc_by_value")
    series = check.vector("values", values, low=0)
    cuts = check.vector("shares", shares, low=0, high=1, low_open=True).to_numpy()
    if len(series) and not series.isna().any():
        total = float(series.sum())
        check.require(total > 0, _("values must add up to more than zero"), got=errors.shown(total))
    check.require(len(cuts) == 2, _("shares must be a pair"), got=str(len(cuts)))
    check.require(bool((np.diff(cuts) >= 0).all()), _("shares must rise"), got=errors.listing(cuts))
    check.done()
    by_value = series.groupby(series).sum().sort_index(ascending=False)
    before = (by_value.cumsum() - by_value) / by_value.sum()
    place = np.searchsorted(cuts, before.to_numpy() + 1e-12, side="right")
    grade = pd.Series(np.array(GRADES, dtype=object)[place], index=by_value.index)
    return pd.Series(series.map(grade).to_numpy(), index=series.index, name="grade")


def grade_by_rank(score: Any, *, sizes: Mapping[str, float]) -> pd.Series:
    """Grade customers by their place in a ranking, in groups of given size.

    Brings scores of different kinds (an RFM score, a predicted value) to the same grades and sizes, so that
    they can be compared with a rule.

    Parameters
    ----------
    score : list, dict or Series of float, shape (n_customers,)
        More is better.
    sizes : mapping of grade to share of customers
        Best grade first; shares add up to 1.

    Returns
    -------
    Series of str named ``grade``. Customers with equal scores get the same grade, that of the middle of their
    places, so groups differ from their sizes where many tie.

    Examples
    --------
    >>> grade_by_rank({"W": 9, "X": 7, "Y": 7, "Z": 1}, sizes={"A": 0.25, "B": 0.5, "C": 0.25}).to_dict()
    {'W': 'A', 'X': 'B', 'Y': 'B', 'Z': 'C'}
    """
    check = Check("grade_by_rank")
    series = check.vector("score", score)
    shares = check.weights("sizes", check.mapping("sizes", sizes))
    check.done()
    middle = (series.rank(method="average", ascending=False) - 0.5) / len(series)
    ends = shares.cumsum().to_numpy()[:-1]
    place = np.searchsorted(ends, middle.to_numpy() - 1e-12, side="left")
    return pd.Series(shares.index.to_numpy(dtype=object)[place], index=series.index, name="grade")


def _bounds(check: Check, grade: str, asked: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """The rules of one grade as pairs (low, high), open ends infinite."""
    name = f"rules[{grade!r}]"
    check.require(bool(asked), _("{name} must ask for something").format(name=name), got=_("none"))
    bounds = {}
    for column, bound in asked.items():
        pair = tuple(bound) if isinstance(bound, (tuple, list)) else (bound, None)
        label = f"{name}[{column!r}]"
        is_pair = check.require(
            len(pair) == 2, _("{name} must be a number or a pair").format(name=label), got=str(pair)
        )
        if not is_pair:
            continue
        low = -np.inf if pair[0] is None else check.number(label, pair[0])
        high = np.inf if pair[1] is None else check.number(label, pair[1])
        check.require(
            not low > high,
            _("{name} must not end below its beginning").format(name=label),
            got=_("{low} and {high}").format(low=errors.shown(low), high=errors.shown(high)),
        )
        bounds[column] = (low, high)
    return bounds
