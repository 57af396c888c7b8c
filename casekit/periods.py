"""The only conversions between units of time.

Twelve months are one year, four quarters are one year, and a year is 365.25 days, so a month is 30.4375 days
and a year 52.18 weeks. Nothing else in casekit multiplies by a number of days.
"""

from __future__ import annotations

from casekit import _validate

#: How many of each unit make one year.
PERIODS_PER_YEAR = {"day": 365.25, "week": 365.25 / 7, "month": 12.0, "quarter": 4.0, "year": 1.0}


def _per(check: _validate.Check, from_unit: str, to_unit: str) -> float:
    units = tuple(PERIODS_PER_YEAR)
    check.choice("from_unit", from_unit, units)
    check.choice("to_unit", to_unit, units)
    check.done()
    return PERIODS_PER_YEAR[to_unit] / PERIODS_PER_YEAR[from_unit]


def convert_duration(duration: float, *, from_unit: str, to_unit: str) -> float:
    """Express a length of time in another unit.

    Parameters
    ----------
    duration : float
        How long, in ``from_unit``.
    from_unit, to_unit : {"day", "week", "month", "quarter", "year"}

    Returns
    -------
    float
        The same length of time in ``to_unit``.

    Examples
    --------
    >>> convert_duration(12, from_unit="month", to_unit="year")
    1.0
    >>> convert_duration(1, from_unit="month", to_unit="day")
    30.4375
    """
    check = _validate.Check("convert_duration")
    duration = check.number("duration", duration)
    return duration * _per(check, from_unit, to_unit)


def convert_discount_rate(discount_rate: float, *, from_unit: str, to_unit: str) -> float:
    """Express a discount (or growth) rate per period as the equivalent rate per another period.

    ``(1 + d_to) ** n = 1 + d_from`` with ``n`` periods of ``to_unit`` in one of ``from_unit``: the compound
    rate, not the rate divided by twelve.

    Parameters
    ----------
    discount_rate : float
        Share per ``from_unit``, above -1.
    from_unit, to_unit : {"day", "week", "month", "quarter", "year"}

    Examples
    --------
    >>> round(convert_discount_rate(0.12, from_unit="year", to_unit="month"), 6)
    0.009489
    """
    check = _validate.Check("convert_discount_rate")
    rate = check.rate("discount_rate", discount_rate)
    ratio = _per(check, from_unit, to_unit)
    return float((1 + rate) ** (1 / ratio) - 1)


def convert_retention_rate(retention_rate: float, *, from_unit: str, to_unit: str) -> float:
    """Express a retention rate per period as the equivalent rate per another period.

    A yearly rate of ``r`` is a monthly rate of ``r ** (1/12)`` when the rate is constant inside the year.

    Parameters
    ----------
    retention_rate : float
        Share of customers who stay per ``from_unit``, 0 to 1.
    from_unit, to_unit : {"day", "week", "month", "quarter", "year"}

    Examples
    --------
    >>> round(convert_retention_rate(0.8, from_unit="year", to_unit="month"), 4)
    0.9816
    """
    check = _validate.Check("convert_retention_rate")
    rate = check.share("retention_rate", retention_rate)
    ratio = _per(check, from_unit, to_unit)
    return float(rate ** (1 / ratio))
