"""Lifetime value when periods differ, and the same terms told per year, quarter or month."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.periods import convert_discount_rate, convert_duration, convert_retention_rate
from casekit.value._terms import TIMINGS, must_converge, period_rate, term
from casekit.value.lifetime_value import lifetime_value


def _each(check: Check, name: str, value: Any, count: int, **limits: Any) -> np.ndarray:
    """One value a period: a single number stands for all of them."""
    if name in ("discount_rate",):
        read = period_rate(check, name, value)
    else:
        read = term(check, name, value, **limits)
    if not isinstance(read, pd.Series):
        return np.full(count, read)
    if len(read) != count:
        check.add(errors.different_lengths(name, len(read), "margins", count))
    return read.to_numpy(dtype=float)


def lifetime_value_by_period(
    margins: Any,
    *,
    retention_rate: Any,
    discount_rate: Any,
    timing: str,
    lengths: Any = 1.0,
    continues: bool = False,
) -> pd.DataFrame:
    """Lifetime value period by period, when margin, retention, discount or length change with time.

    One needs it when the first year has a discount, retention rises with tenure, or a first quarter is
    followed by years. With equal terms it gives the closed forms of :func:`lifetime_value` again.

    Parameters
    ----------
    margins : list or Series of float
        Money of each period from a customer who is there, in currency, in order of time: for the whole
        period, whatever its length.
    retention_rate : float or one a period
        Share who stay from this period to the next, 0 to 1, **per unit of time**.
    discount_rate : float or one a period
        Share per unit of time, above -1.
    timing : {"start", "renewal", "end", "due"}
        As in :func:`lifetime_value`. "start" and "end": the margin of a period comes at its beginning or end
        from those who began it; "renewal": at its end from those who stay; "due": at its beginning from
        those who decide then to stay.
    lengths : float or one a period, default 1
        Length of each period in the unit of the rates, above 0 (0.25 for a quarter with yearly rates).
    continues : bool, default False
        True adds a row ``"later"``: the terms of the last period go on for ever.

    Returns
    -------
    DataFrame, one row a period (its label or 1, 2, …): ``time`` of the payment, ``probability``, ``margin``,
    ``discount_factor``, ``present_value`` (expected) and ``cumulative``. The last ``cumulative`` is the
    lifetime value, in currency.

    Raises
    ------
    InputError
        For vectors of another length than ``margins``, rates outside their range, or a tail without limit.

    Notes
    -----
    With L the length, r and d the rates of period j: those who stay are ``r_j ** L_j``, the discount over the
    period is ``(1 + d_j) ** -L_j``; both multiply up over the periods passed. The tail is the last payment
    times ``q / (1 - q)``, ``q = (r / (1 + d)) ** L``.

    Retention that rises with tenure is what a base of unlike customers shows: give the rates of the
    shifted-beta-geometric model here to value a customer who has already stayed n periods.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2010). Customer-base valuation in a contractual setting. *Marketing
    Science* 29(1), 85–93 (retention that changes with tenure).

    Examples
    --------
    First year at half margin, then retention rises:

    >>> table = lifetime_value_by_period(
    ...     [50, 100], retention_rate=[0.5, 0.8], discount_rate=0.25, timing="end"
    ... )
    >>> table["present_value"].round(6).tolist()  # 50 / 1.25 and 0.5 × 100 / 1.25²
    [40.0, 32.0]
    >>> round(float(table["cumulative"].iloc[-1]), 6)
    72.0
    """
    check = Check("lifetime_value_by_period")
    check.choice("timing", timing, TIMINGS)
    money = check.vector("margins", margins)
    count = len(money)
    endless = check.flag("continues", continues)
    r = _each(check, "retention_rate", retention_rate, count, low=0, high=1)
    d = _each(check, "discount_rate", discount_rate, count)
    length = _each(check, "lengths", lengths, count, low=0, low_open=True)
    check.done()
    if endless:
        must_converge(check, float(r[-1]), float(d[-1]), 0.0)
    stay, discount = r**length, (1 + d) ** -length
    alive = np.concatenate([[1.0], stay.cumprod()])
    factor = np.concatenate([[1.0], discount.cumprod()])
    time = np.concatenate([[0.0], length.cumsum()])
    after = {"start": (0, 0), "renewal": (1, 1), "end": (0, 1), "due": (1, 0)}[timing]
    label = range(1, count + 1) if isinstance(money.index, pd.RangeIndex) else money.index
    table = pd.DataFrame(index=pd.Index(label, name="period"))
    table["time"] = time[after[1] : count + after[1]]
    table["probability"] = alive[after[0] : count + after[0]]
    table["margin"] = money.to_numpy(dtype=float)
    table["discount_factor"] = factor[after[1] : count + after[1]]
    table["present_value"] = table["probability"] * table["margin"] * table["discount_factor"]
    if endless:
        q = stay[-1] * discount[-1]
        table = table.astype(float)
        table.index = table.index.astype(object)
        tail = float(table["present_value"].iloc[-1]) * q / (1 - q)
        table.loc["later"] = [np.nan, np.nan, np.nan, np.nan, tail]
    table["cumulative"] = table["present_value"].cumsum()
    return table


def convert_lifetime_terms(
    margin: float,
    *,
    retention_rate: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    from_unit: str,
    to_unit: str,
    timing: str | None = None,
) -> pd.Series:
    """Tell the terms of a lifetime value per month instead of per year (or any other pair of units).

    A monthly retention with a yearly margin is the commonest slip in the field: the period of margin,
    retention and discount must be one and the same.

    Parameters
    ----------
    margin : float
        Money per ``from_unit``, in currency.
    retention_rate : float
        Share who stay per ``from_unit``, 0 to 1.
    discount_rate, growth_rate : float
        Shares per ``from_unit``, above -1.
    from_unit, to_unit : {"day", "week", "month", "quarter", "year"}
    timing : {"start", "renewal", "end", "due"}, optional
        Without it the margin is spread evenly (a year's margin / 12). With it the margin is the one that
        keeps the lifetime value of that form exactly: payments then come more often, earlier and from
        customers who may have left inside the year.

    Returns
    -------
    Series with ``margin``, ``retention_rate``, ``discount_rate`` and ``growth_rate`` per ``to_unit``.

    Raises
    ------
    InputError
        For an unknown unit or timing, or rates outside their range.

    Notes
    -----
    Rates compound (``r ** (1/12)``, ``(1 + d) ** (1/12) - 1``), they are not divided. A retention of 0 has no
    equivalent in a shorter unit that tells when customers leave: it stays 0, and a warning says so.

    References
    ----------
    APQC's definition of lifetime value: retention must be of the margin's period. Conversions:
    :mod:`casekit.periods`.

    Examples
    --------
    >>> terms = convert_lifetime_terms(
    ...     1200, retention_rate=0.8, discount_rate=0.12, from_unit="year", to_unit="month"
    ... )
    >>> terms.round(4).to_dict()
    {'margin': 100.0, 'retention_rate': 0.9816, 'discount_rate': 0.0095, 'growth_rate': 0.0}
    """
    check = Check("convert_lifetime_terms")
    m = check.number("margin", margin)
    r = check.share("retention_rate", retention_rate)
    d = check.rate("discount_rate", discount_rate)
    g = check.rate("growth_rate", growth_rate)
    if timing is not None:
        check.choice("timing", timing, TIMINGS)
    check.done()
    units = {"from_unit": from_unit, "to_unit": to_unit}
    with check.inner():
        rates: dict[str, Any] = {
            "retention_rate": convert_retention_rate(r, **units),
            "discount_rate": convert_discount_rate(d, **units),
            "growth_rate": convert_discount_rate(g, **units),
        }
    if r == 0 and from_unit != to_unit:
        message = _(
            "convert_lifetime_terms: a retention of 0 does not tell when inside the period customers leave"
        )
        warnings.warn(message, errors.CasekitWarning, stacklevel=2)
    if timing is None:
        spread = m * convert_duration(1.0, from_unit=to_unit, to_unit=from_unit)
    else:
        old: dict[str, Any] = {"retention_rate": r, "discount_rate": d, "growth_rate": g}
        with check.inner():
            worth = lifetime_value(1.0, timing=timing, **old)
            spread = m * worth / lifetime_value(1.0, timing=timing, **rates) if worth else m
    return pd.Series({"margin": spread, **rates}, name=to_unit)
