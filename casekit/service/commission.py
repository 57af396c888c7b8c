"""A commission for ever against a bonus at once: what the course's 1 % for the referrer is worth."""

from __future__ import annotations

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def _multiple(check: Check, retention_rate: float, discount_rate: float) -> float:
    retention = check.share("retention_rate", retention_rate)
    discount = check.rate("discount_rate", discount_rate, low=0, low_open=False)
    if retention == 1 and discount == 0:
        check.add(
            errors.must_hold(
                _("retention_rate or the reverse of discount_rate must leave an end"),
                got=_("retention 1 and discount 0"),
                hint=_("payments for ever without discount are worth more than any sum"),
            )
        )
    check.done()
    return retention / (1 + discount - retention)


def trailing_commission(
    sales: float, *, commission_rate: float, retention_rate: float, discount_rate: float
) -> float:
    """Present value of a share of sales paid to the referrer as long as the referred customer stays.

    "One percent for life" sounds little; it is a claim on the firm, and this is what it amounts to: the
    one-off bonus of the same worth.

    Parameters
    ----------
    sales : float
        Sales to the referred customer in a period, in money, zero or more.
    commission_rate : float
        Share of sales paid, 0 to 1 (0.01 in the course).
    retention_rate : float
        Share of such customers who stay from one period to the next, 0 to 1.
    discount_rate : float
        Per period, zero or more.

    Returns
    -------
    float
        Money, today. The first commission falls at the end of the first period, if the customer is still
        there; for one paid on the first sale as well add ``commission_rate * sales``.

    Raises
    ------
    InputError
        If a rate is out of range, or retention is 1 without discount.

    Notes
    -----
    ``a m r / (1 + i - r)`` with ``a = commission_rate``, ``m = sales``, ``r = retention_rate``, ``i =
    discount_rate``: the margin multiple of lifetime value. Periods of r, i and sales must be the same.

    References
    ----------
    Gupta, S. and Lehmann, D. (2003). Customers as assets. *Journal of Interactive Marketing* 17(1), 9–24.

    Examples
    --------
    >>> round(trailing_commission(10000, commission_rate=0.01, retention_rate=0.8, discount_rate=0.1), 2)
    266.67
    """
    check = Check("trailing_commission")
    sales = check.number("sales", sales, low=0)
    rate = check.share("commission_rate", commission_rate)
    return rate * sales * _multiple(check, retention_rate, discount_rate)


def break_even_commission(
    bonus: float, *, sales: float, retention_rate: float, discount_rate: float
) -> float:
    """The commission rate that costs as much as a one-off bonus.

    Parameters
    ----------
    bonus : float
        One-off payment for a referred customer, in money, zero or more.
    sales : float
        Sales in a period, in money, above 0.
    retention_rate : float
        Above 0 and at most 1.
    discount_rate : float
        Per period, zero or more.

    Returns
    -------
    float
        Share of sales. Above 1, no commission on sales is worth the bonus.

    Notes
    -----
    ``bonus (1 + i - r) / (m r)``; see :func:`trailing_commission`.

    Examples
    --------
    >>> break_even_commission(200, sales=10000, retention_rate=0.5, discount_rate=0)
    0.02
    """
    check = Check("break_even_commission")
    bonus = check.number("bonus", bonus, low=0)
    sales = check.positive("sales", sales)
    check.number("retention_rate", retention_rate, low=0, high=1, low_open=True)
    check.done()
    return bonus / (sales * _multiple(check, retention_rate, discount_rate))
