"""What a better level is worth in money, read off the part-worths of the price."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy._conjoint_input import INTERCEPT, read_worths


def price_slopes(worths: Any, prices: Any, *, attribute: str = "price") -> pd.Series:
    """How many points of utility one more unit of money costs, respondent by respondent.

    Parameters
    ----------
    worths : DataFrame
        As :func:`casekit.strategy.part_worths` gives them; or averages as a dict or Series.
    prices : dict or Series
        The price in currency that each level of the price stands for, by level, all different.
    attribute : str, default "price"
        Name of the price attribute.

    Returns
    -------
    Series by respondent: points per unit of currency, negative for those who would rather pay less.

    Raises
    ------
    InputError
        For an unknown attribute, levels without a price, equal prices.

    Notes
    -----
    The least-squares line through the price part-worths; with two levels, the line between them. A line is
    an assumption: look at the part-worths before using it.

    Examples
    --------
    >>> worths = {"price": {"low": 3, "high": -3}, "leaf": {"bag": -1, "loose": 1}}
    >>> price_slopes(worths, {"low": 10, "high": 22}).tolist()
    [-0.5]
    """
    return _slopes(Check("price_slopes"), worths, prices, attribute)[1]


def willingness_to_pay(
    worths: Any, prices: Any, *, attribute: str = "price", reference: dict[str, Any] | None = None
) -> pd.DataFrame:
    """How much more each respondent would pay for a level than for the reference level.

    Parameters
    ----------
    worths, prices, attribute
        As for :func:`price_slopes`.
    reference : dict, optional
        By attribute, the level to compare with; default: the first level of each.

    Returns
    -------
    DataFrame, respondents by (attribute, level), currency: what makes the two levels equally good. Negative:
    one would have to be paid. Missing for respondents who do not mind paying more (slope of 0 or above), for
    whom money measures nothing.

    Raises
    ------
    InputError
        As for :func:`price_slopes`, and for unknown reference levels.

    Notes
    -----
    ``wtp = (worth - worth of reference) / -slope``. It is a ratio: a respondent with a slope near 0 gets an
    enormous value, so average with the median (:func:`willingness_summary`), not the mean. It is what the
    difference is worth to the customer, not the price that earns most with competitors around.

    References
    ----------
    Orme, B. K. (2001). Assessing the monetary value of attribute levels with conjoint analysis: warnings and
    suggestions. *Sawtooth Software Research Paper Series*.

    Examples
    --------
    >>> worths = {"price": {"low": 3, "high": -3}, "leaf": {"bag": -1, "loose": 1}}
    >>> willingness_to_pay(worths, {"low": 10, "high": 22}).iloc[0].to_dict()
    {('leaf', 'bag'): 0.0, ('leaf', 'loose'): 4.0}
    """
    check = Check("willingness_to_pay")
    table, slopes = _slopes(check, worths, prices, attribute)
    others = [
        name
        for name in dict.fromkeys(table.columns.get_level_values(0))
        if name not in (attribute, INTERCEPT[0])
    ]
    reference = {} if reference is None else check.mapping("reference", reference)
    unknown = [name for name in reference if name not in others]
    if unknown:
        check.add(errors.different_labels("reference", [], unknown, "worths"))
    check.require(bool(others), _("worths must hold an attribute beside the price"), got=attribute)
    base = {name: reference.get(name, table[name].columns[0]) for name in others}
    for name, level in base.items():
        check.choice("reference", level, list(table[name].columns))
    check.done()
    money = -slopes.where(slopes < -1e-12 * (1 + slopes.abs().max()))
    columns = {
        (name, level): (table[(name, level)] - table[(name, base[name])]) / money + 0.0
        for name in others
        for level in table[name].columns
    }
    result = pd.DataFrame(columns)
    result.columns = pd.MultiIndex.from_tuples(list(columns), names=["attribute", "level"])
    return result


def willingness_summary(willingness: pd.DataFrame) -> pd.DataFrame:
    """The middle respondent's willingness to pay, and how many it could be computed for.

    Parameters
    ----------
    willingness : DataFrame
        As :func:`willingness_to_pay` gives it.

    Returns
    -------
    DataFrame by (attribute, level): ``median, lower_quartile, upper_quartile`` (currency), ``positive``
    (share of respondents who would pay more than for the reference) and ``respondents`` counted.

    Raises
    ------
    InputError
        If it could be computed for nobody.

    Examples
    --------
    >>> willingness = pd.DataFrame({("leaf", "loose"): [4.0, 8.0, np.nan, -2.0]})
    >>> willingness_summary(willingness)[["median", "respondents"]].values.tolist()
    [[4.0, 3.0]]
    """
    check = Check("willingness_summary")
    frame = check.frame("willingness", willingness)
    check.done()
    check.require(
        bool(frame.notna().any(axis=None)), _("some respondent must mind paying more"), got=_("nobody")
    )
    values = pd.DataFrame(
        {label: check.vector(str(label), frame[label], missing=True) for label in frame.columns}
    )
    check.done()
    counted = values.notna().sum()
    return pd.DataFrame(
        {
            "median": values.median(),
            "lower_quartile": values.quantile(0.25),
            "upper_quartile": values.quantile(0.75),
            "positive": (values > 0).sum() / counted,
            "respondents": counted,
        }
    ).rename_axis(index=["attribute", "level"] if values.columns.nlevels == 2 else None)


def _slopes(check: Check, worths: Any, prices: Any, attribute: str) -> tuple[pd.DataFrame, pd.Series]:
    table = read_worths(check, worths)
    amounts = check.vector("prices", prices)
    check.done()
    check.choice("attribute", attribute, list(dict.fromkeys(table.columns.get_level_values(0))))
    check.done()
    own = table[attribute]
    amounts = check.same_labels("prices", amounts, f"worths[{attribute!r}]", own.columns)
    check.unique("prices", amounts.to_numpy())
    check.require(
        len(own.columns) > 1, _("the price must have two or more levels"), got=str(len(own.columns))
    )
    check.done()
    centred = amounts.to_numpy() - amounts.mean()
    slopes = own.to_numpy() @ centred / float(np.sum(centred**2))
    return table, pd.Series(slopes, index=table.index, name="slope")
