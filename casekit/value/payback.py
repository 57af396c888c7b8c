"""Break-even of a contact and of an acquisition: response, purchases, payback."""

from __future__ import annotations

import math

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import TIMINGS, first_weight


def break_even_response(
    contact_cost: float, *, margin: float, fixed_cost: float = 0.0, contacts: float | None = None
) -> float:
    """Share of people contacted who must respond for a mailing (call, campaign) to pay.

    Parameters
    ----------
    contact_cost : float
        Cost of contacting one person, in currency, 0 or more.
    margin : float
        What one response is worth, in currency, above 0: the margin of the order, or lifetime value if the
        response wins a customer.
    fixed_cost : float, default 0
        Cost of the campaign whatever its size, 0 or more.
    contacts : float, optional
        People contacted, above 0; needed if there is a fixed cost.

    Returns
    -------
    float
        Share of those contacted. **Above 1 means that it cannot pay.**

    Raises
    ------
    InputError
        For a negative cost, a margin of 0 or less, or a fixed cost without contacts.

    Notes
    -----
    ``p* = (c + F / n) / m``. Responses must be extra: people who would have bought anyway do not count.

    References
    ----------
    Hughes, A. M. (2005). *Strategic Database Marketing*: break-even response.

    Examples
    --------
    >>> break_even_response(2, margin=40)
    0.05
    >>> break_even_response(2, margin=40, fixed_cost=1000, contacts=500)
    0.1
    """
    check = Check("break_even_response")
    cost = check.number("contact_cost", contact_cost, low=0)
    m = check.positive("margin", margin)
    fixed = check.number("fixed_cost", fixed_cost, low=0)
    people = math.inf if contacts is None else check.positive("contacts", contacts)
    check.require(
        not (fixed > 0 and contacts is None),
        _("contacts must be given with a fixed_cost"),
        got=_("a fixed cost of {cost} and no contacts").format(cost=errors.shown(fixed)),
    )
    check.done()
    return (cost + (fixed / people if fixed else 0.0)) / m


def break_even_purchases(acquisition_cost: float, *, margin: float) -> float:
    """Purchases (or periods) a new customer must bring to pay back what winning him or her cost.

    Parameters
    ----------
    acquisition_cost : float
        In currency, 0 or more.
    margin : float
        Margin of one purchase (or period), in currency, above 0.

    Returns
    -------
    float
        Number of purchases; round up for whole ones.

    Raises
    ------
    InputError
        For a negative cost or a margin of 0 or less.

    Notes
    -----
    ``n = AC / m``: neither discount nor churn, so a lower bound. :func:`payback_periods` has both.

    References
    ----------
    Kotler, P. and Keller, K. L. *Marketing Management* (break-even analysis).

    Examples
    --------
    >>> break_even_purchases(60, margin=25)
    2.4
    """
    check = Check("break_even_purchases")
    cost = check.number("acquisition_cost", acquisition_cost, low=0)
    m = check.positive("margin", margin)
    check.done()
    return cost / m


def payback_periods(
    acquisition_cost: float,
    *,
    margin: float,
    retention_rate: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    timing: str = "start",
) -> float:
    """Number of payments after which an average new customer has paid back the acquisition cost.

    Parameters
    ----------
    acquisition_cost : float
        In currency, 0 or more.
    margin : float
        Margin a period of a customer who stays, above 0.
    retention_rate, discount_rate, growth_rate : float
        Shares per period.
    timing : {"start", "renewal", "end", "due"}, default "start"
        When margins come, see :func:`lifetime_value`.

    Returns
    -------
    float
        A whole number of payments; ``inf`` if expected margins never add up to the cost.

    Raises
    ------
    InputError
        For a negative cost, a margin of 0 or less, or rates outside their range.

    Notes
    -----
    The least N with ``AC <= m w (1 - q^N) / (1 - q)``, ``q = r (1 + g) / (1 + d)``, w the weight of the first
    payment. Churn makes payback later than ``AC / m``, and may make it never.

    References
    ----------
    The partial sums of the closed forms in Fader and Hardie (2012), note 024.

    Examples
    --------
    100 now, 80 next period, 64 the one after:

    >>> payback_periods(200, margin=100, retention_rate=0.8, discount_rate=0)
    3.0
    >>> payback_periods(500, margin=100, retention_rate=0.8, discount_rate=0)
    inf
    """
    check = Check("payback_periods")
    cost = check.number("acquisition_cost", acquisition_cost, low=0)
    m = check.positive("margin", margin)
    r = check.share("retention_rate", retention_rate)
    d = check.rate("discount_rate", discount_rate)
    g = check.rate("growth_rate", growth_rate)
    check.choice("timing", timing, TIMINGS)
    check.done()
    first = m * float(first_weight(timing, r, d))
    if cost == 0:
        return 0.0
    if first == 0:
        return math.inf
    q, need = r * (1 + g) / (1 + d), cost / first
    if abs(q - 1) < 1e-12:
        return float(math.ceil(need - 1e-9))
    left = 1 - need * (1 - q)
    if q == 0 or left <= 1e-12:
        return 1.0 if need <= 1 + 1e-12 else math.inf
    return float(math.ceil(math.log(left) / math.log(q) - 1e-9))
