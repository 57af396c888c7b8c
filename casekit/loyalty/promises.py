"""Promises: how surely they are kept, and what it is worth to keep one."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from scipy.special import betaincinv

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def promises_kept(
    promises: Any, *, kept: str = "kept", by: str | None = None, level: float = 0.95
) -> pd.DataFrame:
    """The share of promises kept, and the share one may safely claim.

    "100 % of promises kept" may rest on five promises. The lower bound is the smallest true rate that could
    well have given what was seen: claim that, not the share.

    Parameters
    ----------
    promises : DataFrame, list of dict, or Series or list of bool; one row a promise whose day has come
        True (or 1) where it was kept; promises still open do not belong here, broken ones that were
        forgotten do.
    kept : str, default "kept"
        Name of the column.
    by : str, optional
        Column to split by, such as kind of promise, branch or month.
    level : float, default 0.95
        Confidence of the bound, strictly between 0 and 1.

    Returns
    -------
    DataFrame by group (and ``all``, last) with ``promises``, ``kept``, ``rate`` and ``at_least`` (shares, 0
    to 1).

    Raises
    ------
    InputError
        If the column is missing or holds something else than true or false.

    Notes
    -----
    One-sided lower bound of Clopper and Pearson: the ``1 - level`` quantile of Beta(kept, promises - kept +
    1), 0 where none was kept. With all n kept it is ``(1 - level)^(1/n)``: 59 promises kept without a miss
    are needed to claim 95 %.

    References
    ----------
    Clopper, C. and Pearson, E. S. (1934). *Biometrika* 26, 404–413.

    Examples
    --------
    >>> promises_kept([True] * 59)[["rate", "at_least"]].round(4).iloc[0].tolist()
    [1.0, 0.9505]
    """
    check = Check("promises_kept")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    if isinstance(promises, (pd.DataFrame, dict)) or (
        isinstance(promises, list) and promises and isinstance(promises[0], dict)
    ):
        table = check.frame("promises", promises, [kept] if by is None else [kept, by])
        check.done()
        done = check.flags(f"promises[{kept!r}]", table[kept])
        groups = None if by is None else table[by]
    else:
        done, groups = check.flags("promises", promises), None
        check.require(by is None, _("by needs a DataFrame"), got=type(promises).__name__)
    check.done()
    counts = pd.DataFrame({"promises": 1, "kept": done.astype(int)})
    whole = counts.sum().to_frame(_("all")).T
    if groups is not None:
        whole = pd.concat([counts.groupby(groups.to_numpy(), sort=True).sum(), whole])
    whole["rate"] = whole["kept"] / whole["promises"]
    whole["at_least"] = [
        float(betaincinv(yes, total - yes + 1, 1 - level)) if yes else 0.0
        for yes, total in zip(whole["kept"], whole["promises"], strict=True)
    ]
    return whole


def worth_of_keeping(
    cost: float, *, value: float, leave: float, told: float = 0.0, told_lost: float = 0.0
) -> pd.Series:
    """Whether a promise that has become dear should be kept: its cost against the customers it would lose.

    Parameters
    ----------
    cost : float
        Extra cost of keeping the promise (the taxi, the night shift), 0 or more.
    value : float
        Lifetime value of the customer, 0 or more.
    leave : float
        Chance that the customer leaves because it is broken, 0 to 1.
    told : float, default 0
        Customers of like value who will hear of it, 0 or more.
    told_lost : float, default 0
        Chance that one of them leaves because of it, 0 to 1.

    Returns
    -------
    Series with ``loss`` (expected, if broken), ``gain`` (of keeping: ``loss`` less ``cost``; negative: break
    it, say so early and make it good) and ``break_even_leave`` (chance of leaving from which keeping pays; 0
    if word of mouth alone is enough, infinite for a customer without value).

    Raises
    ------
    InputError
        If a number is out of range.

    Notes
    -----
    ``loss = value (leave + told · told_lost)``.

    References
    ----------
    The trust system of profession, openness and promises kept (专业力、透明度、兑现力) is the course
    handbook's; the account is expected loss against cost.

    Examples
    --------
    >>> worth_of_keeping(60, value=1000, leave=0.1).tolist()
    [100.0, 40.0, 0.06]
    """
    check = Check("worth_of_keeping")
    cost = check.number("cost", cost, low=0)
    value = check.number("value", value, low=0)
    leave, heard = check.share("leave", leave), check.share("told_lost", told_lost)
    told = check.number("told", told, low=0)
    check.done()
    loss = value * (leave + told * heard)
    even = max(0.0, cost / value - told * heard) if value else math.inf
    return pd.Series({"loss": loss, "gain": loss - cost, "break_even_leave": even}, name="promise")


def promises_needed(rate: float, *, level: float = 0.95, broken: int = 0) -> int:
    """How many promises must be kept before one may claim a rate.

    Parameters
    ----------
    rate : float
        The rate to claim, strictly between 0 and 1.
    level : float, default 0.95
        Confidence, strictly between 0 and 1.
    broken : int, default 0
        Promises broken among them, 0 or more.

    Returns
    -------
    int
        Promises in all, the broken ones counted, at which the lower bound of :func:`promises_kept` first
        reaches ``rate``.

    Raises
    ------
    InputError
        If a number is out of range.

    Notes
    -----
    The smallest n with ``Beta^-1(1 - level; n - broken, broken + 1) >= rate``; with none broken
    ``log(1 - level) / log(rate)``, rounded up.

    References
    ----------
    Clopper and Pearson (1934). *Biometrika* 26, 404–413.

    Examples
    --------
    >>> promises_needed(0.95), promises_needed(0.95, broken=1)
    (59, 93)
    """
    check = Check("promises_needed")
    rate = check.number("rate", rate, low=0, high=1, low_open=True, high_open=True)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    missed = check.integer("broken", broken, low=0)
    check.done()
    low, high = missed, missed + 1
    while not _reaches(high, missed, rate, level):
        low, high = high, 2 * high + 1
        if high > 10**9:
            check.add(errors.out_of_range("rate", errors.shown(rate), _("a rate that can be reached")))
            check.done()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reaches(middle, missed, rate, level) else (middle, high)
    return high


def _reaches(total: int, missed: int, rate: float, level: float) -> bool:
    return total > missed and float(betaincinv(total - missed, missed + 1, 1 - level)) >= rate
