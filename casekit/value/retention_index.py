"""Customer retention by count and by volume, gross and net revenue retention."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.engines import is_frame


def retention_index(before: Any, after: Any) -> pd.Series:
    """How many of the customers of twelve months ago are still customers, and how much they buy.

    Parameters
    ----------
    before : dict or Series of float by customer, or a frame of another engine with customer and value
        Purchases of each customer in the earlier period (units or money), 0 or more. Whoever bought nothing
        was no customer then.
    after : dict or Series of float by customer
        The same, in a period **of equal length** twelve months later. Customers missing here bought nothing.

    Returns
    -------
    Series: ``customers_before``, ``customers_kept`` (bought in both), ``customers_lost``, ``customers_new``,
    ``count_index`` (kept / before, 0 to 1), ``volume_before`` and ``volume_after`` (of those same customers,
    who left counting 0) and ``volume_index`` (after / before; above 1 if they buy more than all did then).

    Raises
    ------
    InputError
        For negative purchases, a customer listed twice, or nobody in ``before``.

    Notes
    -----
    New customers count in neither index. The two can lie far apart: 85 % by count beside 120 % by volume when
    small customers leave and large ones grow, or the other way round, which is worse. A price rise lifts a
    volume index in money: :func:`split_retention` takes it out. Where buying is occasional, a customer not
    seen in the window need not have left, so neither index is the ``retention_rate`` of
    :func:`lifetime_value`.

    References
    ----------
    Christopher, M. *Logistics and Supply Chain Management*, ch. 2 (customer retention indicators).

    Examples
    --------
    >>> index = retention_index({"A": 10, "B": 5, "C": 5}, {"A": 18, "B": 4, "D": 7})
    >>> index[["count_index", "volume_index"]].round(4).to_dict()
    {'count_index': 0.6667, 'volume_index': 1.1}
    """
    if is_frame(before) or is_frame(after):
        return _index_of_frames(before, after)
    then, same, new = _two_periods("retention_index", before, after)
    kept = int((same > 0).sum())
    return pd.Series(
        {
            "customers_before": float(len(then)),
            "customers_kept": float(kept),
            "customers_lost": float(len(then) - kept),
            "customers_new": float(len(new)),
            "count_index": kept / len(then),
            "volume_before": float(then.sum()),
            "volume_after": float(same.sum()),
            "volume_index": float(same.sum() / then.sum()),
        },
        name="retention_index",
    )


def revenue_retention(before: Any, after: Any) -> pd.Series:
    """Gross and net revenue retention, and the bridge from then to now.

    Parameters
    ----------
    before, after : dict or Series of float by customer
        Revenue of each customer in two periods of equal length, in currency, 0 or more.

    Returns
    -------
    Series, in currency: ``before``, ``lost`` (customers gone, negative), ``contraction`` (kept, buying less,
    negative), ``expansion`` (kept, buying more), ``after_same`` (those same customers now), ``new`` and
    ``after`` (everyone); as shares of ``before``: ``gross_retention`` (0 to 1) and ``net_retention``.

    Raises
    ------
    InputError
        For negative revenue, a customer listed twice, or nobody in ``before``.

    Notes
    -----
    ``gross = Σ min(before, after) / Σ before`` and ``net = Σ after / Σ before``, over the customers of
    ``before``. Gross never exceeds 1 nor net. A net figure above 1 can hide a leaking base: print both.

    References
    ----------
    Subscription firms' convention (GRR, NRR); by volume the index of Christopher, *Logistics and Supply
    Chain Management*, ch. 2.

    Examples
    --------
    >>> bridge = revenue_retention({"A": 100, "B": 60, "C": 40}, {"A": 150, "B": 50, "D": 30})
    >>> bridge[["lost", "contraction", "expansion", "gross_retention", "net_retention"]].tolist()
    [-40.0, -10.0, 50.0, 0.75, 1.0]
    """
    if is_frame(before) or is_frame(after):
        return _revenue_of_frames(before, after)
    then, same, new = _two_periods("revenue_retention", before, after)
    base, change = float(then.sum()), same - then
    gone = same == 0
    now, fresh = float(same.sum()), float(new.sum())
    return pd.Series(
        {
            "before": base,
            "lost": -float(then[gone].sum()) + 0.0,
            "contraction": float(change[~gone & (change < 0)].sum()),
            "expansion": float(change[change > 0].sum()),
            "after_same": now,
            "new": fresh,
            "after": now + fresh,
            "gross_retention": float(same.clip(upper=then).sum()) / base,
            "net_retention": now / base,
        },
        name="revenue_retention",
    )


def _index_of_frames(before: Any, after: Any) -> pd.Series:
    from casekit.value._value_frames import two_periods

    found = two_periods("retention_index", before, after)
    customers, kept = found["customers"], found["kept"]
    return pd.Series(
        {
            "customers_before": customers,
            "customers_kept": kept,
            "customers_lost": customers - kept,
            "customers_new": found["new_customers"],
            "count_index": kept / customers,
            "volume_before": found["_then"],
            "volume_after": found["_now"],
            "volume_index": found["_now"] / found["_then"],
        },
        name="retention_index",
    )


def _revenue_of_frames(before: Any, after: Any) -> pd.Series:
    from casekit.value._value_frames import two_periods

    found = two_periods("revenue_retention", before, after)
    base = found["_then"]
    return pd.Series(
        {
            "before": base,
            "lost": -found["lost"] + 0.0,
            "contraction": found["contraction"],
            "expansion": found["expansion"],
            "after_same": found["_now"],
            "new": found["new"],
            "after": found["_now"] + found["new"],
            "gross_retention": found["held"] / base,
            "net_retention": found["_now"] / base,
        },
        name="revenue_retention",
    )


def _two_periods(function: str, before: Any, after: Any) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Then, now (of the same customers, 0 if gone), and now of everyone who was not there then."""
    check = Check(function)
    then = check.vector("before", before, low=0)
    nobody = hasattr(after, "__len__") and len(after) == 0
    now = pd.Series(dtype=float) if nobody else check.vector("after", after, low=0)
    for name, series in (("before", then), ("after", now)):
        check.unique(_("the customers of {name}").format(name=name), series.index)
    check.done()
    check.require(
        bool((then > 0).any()),
        _("before must hold at least one customer who bought"),
        got=_("only zeros"),
        hint=_("check the period: nobody can be kept who was not there"),
    )
    check.done()
    then = then[then > 0].astype(float)
    same = now.reindex(then.index).fillna(0.0).astype(float)
    return then, same, now[~now.index.isin(then.index) & (now > 0)]
