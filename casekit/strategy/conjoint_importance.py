"""Which attribute decides: importance by respondent, and why not to read it off the average."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy._conjoint_input import INTERCEPT, read_worths

#: Ranges that add up to less than this, against the size of a rating, are rounding.
_ROUNDING = 1e-10


def importance_by_respondent(worths: Any) -> pd.DataFrame:
    """How much each attribute can move each respondent's choice, as a share of all attributes together.

    Parameters
    ----------
    worths : DataFrame
        As :func:`casekit.strategy.part_worths` gives them; or published averages as a dict
        ``{attribute: {level: worth}}`` or a Series labelled (attribute, level), taken as one respondent.

    Returns
    -------
    DataFrame, respondents by attributes, shares 0 to 1 adding up to 1 in a row; missing for a respondent who
    marked everything alike.

    Raises
    ------
    InputError
        If the columns are not pairs of attribute and level, or worths are missing.

    Notes
    -----
    ``importance = range / sum of ranges``, the range being the best level's part-worth less the worst's. It
    depends on the levels shown: a price from 1 to 100 is always important.

    Examples
    --------
    >>> worths = {"price": {"low": 3, "high": -3}, "leaf": {"bag": -1, "loose": 1}}
    >>> importance_by_respondent(worths).values.tolist()
    [[0.75, 0.25]]
    """
    table = read_worths(Check("importance_by_respondent"), worths)
    return _importance(table)


def _importance(table: pd.DataFrame) -> pd.DataFrame:
    attributes = list(dict.fromkeys(name for name, _level in table.columns if name != INTERCEPT[0]))
    ranges = pd.DataFrame({name: table[name].max(axis=1) - table[name].min(axis=1) for name in attributes})
    size = table[INTERCEPT].abs() if INTERCEPT in table.columns else 0.0
    total = ranges.sum(axis=1)
    return ranges.div(total.where(total > _ROUNDING * size), axis=0)


def attribute_importance(worths: Any) -> pd.Series:
    """Average importance of each attribute: computed for each respondent first, averaged then.

    Parameters
    ----------
    worths : DataFrame
        As for :func:`importance_by_respondent`.

    Returns
    -------
    Series by attribute, shares adding up to 1.

    Raises
    ------
    InputError
        Also if no respondent distinguished between profiles.

    Warns
    -----
    CasekitWarning
        If respondents who marked everything alike are left out of the average.

    Notes
    -----
    The order matters. Averaging part-worths first (:func:`pooled_importance`) lets opposite tastes cancel:
    if half love green tea and half hate it, the variety decides every choice, and the pooled figure says that
    it does not matter.

    References
    ----------
    Orme, B. K. (2010). *Getting Started with Conjoint Analysis*, 2nd ed., ch. 9. Bąk, A. and Bartłomowicz, T.
    (2012), function caImportance.

    Examples
    --------
    >>> worths = pd.DataFrame({("tea", "green"): [2, -2], ("tea", "black"): [-2, 2],
    ...                        ("price", "low"): [1, 1], ("price", "high"): [-1, -1]})
    >>> attribute_importance(worths).round(3).to_dict(), pooled_importance(worths).to_dict()
    ({'tea': 0.667, 'price': 0.333}, {'tea': 0.0, 'price': 1.0})
    """
    check = Check("attribute_importance")
    table = _importance(read_worths(check, worths))
    flat = table.isna().any(axis=1)
    check.require(
        not flat.all(),
        _("some respondent must have distinguished between the profiles"),
        got=_("part-worths of 0"),
        hint=_("look at the ratings: are they all alike?"),
    )
    check.done()
    if flat.any():
        warnings.warn(
            _("attribute_importance: {rows} marked all profiles alike and were left out").format(
                rows=errors.rows(table.index[flat])
            ),
            errors.CasekitWarning,
            stacklevel=2,
        )
    return table[~flat].mean().rename("importance")


def pooled_importance(worths: Any) -> pd.Series:
    """Importance read off the average part-worths: the trap, kept to show the difference.

    Parameters
    ----------
    worths : DataFrame
        As for :func:`importance_by_respondent`.

    Returns
    -------
    Series by attribute, shares adding up to 1. It is right only when all respondents want the same levels;
    use :func:`attribute_importance`.

    Raises
    ------
    InputError
        If the averages are all 0.

    Examples
    --------
    >>> pooled_importance({"price": {"low": 3, "high": -3}, "leaf": {"bag": -1, "loose": 1}}).to_dict()
    {'price': 0.75, 'leaf': 0.25}
    """
    check = Check("pooled_importance")
    table = read_worths(check, worths)
    shares = _importance(table.mean().to_frame().T).iloc[0]
    check.require(
        bool(shares.notna().all()),
        _("the average part-worths must not all be 0"),
        got="0",
        hint=_("opposite tastes cancel: use attribute_importance"),
    )
    check.done()
    return shares.rename("importance")
