"""What a customer who may leave is worth today: the retention formulas, told apart by when money comes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.value._terms import (
    TIMINGS,
    Values,
    first_weight,
    geometric_sum,
    must_converge,
    named,
    rate_terms,
)

__all__ = ["TIMINGS", "fixed_life_bias", "lifetime_value", "lifetime_value_forms", "payment_timeline"]


def lifetime_value(
    margin: Any,
    *,
    retention_rate: Any,
    discount_rate: Any,
    timing: str,
    growth_rate: Any = 0.0,
    horizon: int | None = None,
    first_grown: bool = False,
) -> Values:
    """Expected present value of all margins a customer will bring, E(CLV).

    One needs it to cap what may be spent on winning or keeping a customer. Textbooks print three formulas
    that differ by a factor of up to ``(1 + d) / r``; each is right for another question, so ``timing`` has
    no default. Acquisition cost is not subtracted.

    Parameters
    ----------
    margin : float, or list, dict or Series of float
        Money a customer who stays leaves in one period after the cost of serving (not revenue), in currency;
        negative for a loss.
    retention_rate : float or one a customer
        Share of customers who stay from one period to the next, 0 to 1, **per the same period as margin**.
    discount_rate : float or one a customer
        Share per the same period, above -1.
    timing : {"start", "renewal", "end", "due"}
        When the first margin comes, and whether it is certain:

        ``"start"``   now, certain (a prospect who would sign today; the cap on acquisition spend);
        ``"renewal"`` one period from now, if the customer renews (a customer whose payment is just booked);
        ``"end"``     one period from now, certain (margin booked at the end of each period started);
        ``"due"``     now, if the customer renews (a customer whose renewal is just due).
    growth_rate : float or one a customer, default 0
        Growth of margin from one payment to the next, share per period, above -1.
    horizon : int, optional
        Number of payments that count, 0 or more. Without it all count; then the result needs
        ``retention_rate * (1 + growth_rate) < 1 + discount_rate``. A sum that is written from t = 0 to T has
        T + 1 payments.
    first_grown : bool, default False
        False: the first payment is ``margin``. True: ``margin`` is the latest known one, and the first
        payment has grown already (the textbook rule "replace d by (d - g)/(1 + g)" in the renewal and end
        forms means this).

    Returns
    -------
    float, or Series with the labels of the input where a list, dict or Series was given; in the currency of
    ``margin``. Negative where the customer costs more than he or she brings.

    Raises
    ------
    InputError
        For rates outside their range, labels that do not match, an unknown timing, or a value without limit.

    Notes
    -----
    With m ``margin``, r ``retention_rate``, d ``discount_rate``, g ``growth_rate``:

    =========  ============================  ==========================
    timing     E(CLV), g = 0                 with growth
    =========  ============================  ==========================
    start      m (1 + d) / (1 + d - r)       m (1 + d) / (1 + d - r (1 + g))
    renewal    m r / (1 + d - r)             m r / (1 + d - r (1 + g))
    end        m / (1 + d - r)               m / (1 + d - r (1 + g))
    due        m r (1 + d) / (1 + d - r)     m r (1 + d) / (1 + d - r (1 + g))
    =========  ============================  ==========================

    and over a horizon of N payments each is multiplied by ``1 - (r (1 + g) / (1 + d)) ** N``. So start =
    margin + renewal, and start = (1 + d) · end. At r = 1 they are perpetuities, at r = 0 they are m, 0,
    m / (1 + d) and 0.

    **Constant r is an assumption, and usually a wrong one.** In a base of unlike customers those who leave
    easily leave first, so the retention of those who remain rises with tenure: one average r undervalues
    existing customers, and the more so the longer they have stayed (see :func:`mixture_value` and the
    shifted-beta-geometric model). A repeat-purchase rate is not a retention rate.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2012). Reconciling and clarifying CLV formulas. Note 024, cases 1–3
    (start: Blattberg, Kim and Neslin 2008; renewal: Gupta and Lehmann 2005, Kotler and Keller 2012; end:
    Ofek 2002). Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing customers. *Journal of Marketing
    Research* 41(1), 7–18. "due": Fader and Hardie (2010), *Marketing Science* 29(1), 85–93.

    Examples
    --------
    >>> terms = {"retention_rate": 0.8, "discount_rate": 0.12}
    >>> [round(lifetime_value(100, timing=timing, **terms), 2) for timing in ("start", "renewal", "end")]
    [350.0, 250.0, 312.5]
    >>> round(lifetime_value(100, timing="start", horizon=2, **terms), 2)  # 100 + 80 / 1.12
    171.43
    >>> lifetime_value({"Li": 10, "Wu": 20}, retention_rate=0.5, discount_rate=0, timing="start").to_dict()
    {'Li': 20.0, 'Wu': 40.0}
    """
    check = Check("lifetime_value")
    check.choice("timing", timing, TIMINGS)
    payments = None if horizon is None else check.integer("horizon", horizon, low=0)
    grown = check.flag("first_grown", first_grown)
    m, r, d, g = rate_terms(check, margin, retention_rate, discount_rate, growth_rate)
    if payments is None:
        must_converge(check, r, d, g)
    total = geometric_sum(r * (1 + g) / (1 + d), payments)
    value = m * first_weight(timing, r, d) * total
    return named(value * (1 + g) if grown else value, "lifetime_value")


def lifetime_value_forms(
    margin: float,
    *,
    retention_rate: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    horizon: int | None = None,
) -> pd.DataFrame:
    """The three textbook formulas side by side, each with the question it answers.

    Parameters
    ----------
    margin, retention_rate, discount_rate, growth_rate, horizon
        As in :func:`lifetime_value`, single numbers.

    Returns
    -------
    DataFrame indexed by ``timing`` (start, renewal, end) with ``formula``, ``question``, ``first_payment``
    (periods from now), ``value`` (currency) and ``multiple`` (value as a multiple of one margin).

    Raises
    ------
    InputError
        For rates outside their range, or a value without limit.

    Notes
    -----
    ``start = margin + renewal = (1 + discount_rate) * end`` (without growth and horizon): before quoting
    somebody's value, ask which of the three it is.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2012). Reconciling and clarifying CLV formulas. Note 024.

    Examples
    --------
    >>> forms = lifetime_value_forms(100, retention_rate=0.8, discount_rate=0.12)
    >>> forms["value"].round(1).to_dict()
    {'start': 350.0, 'renewal': 250.0, 'end': 312.5}
    """
    terms = {
        "retention_rate": retention_rate,
        "discount_rate": discount_rate,
        "growth_rate": growth_rate,
        "horizon": horizon,
    }
    about = {
        "start": ("m(1+d)/(1+d-r)", _("What may winning this customer cost?"), 0),
        "renewal": ("m·r/(1+d-r)", _("What is a customer worth whose payment is just booked?"), 1),
        "end": ("m/(1+d-r)", _("What is a customer worth who pays at the end of each period?"), 1),
    }
    check = Check("lifetime_value_forms")
    check.number("margin", margin)
    check.share("retention_rate", retention_rate)
    check.rate("discount_rate", discount_rate)
    check.rate("growth_rate", growth_rate)
    check.done()
    rows = {}
    for timing, (formula, question, first) in about.items():
        with check.inner():
            value = lifetime_value(margin, timing=timing, **terms)  # type: ignore[arg-type]
            multiple = lifetime_value(1.0, timing=timing, **terms)  # type: ignore[arg-type]
        rows[timing] = {
            "formula": formula,
            "question": question,
            "first_payment": first,
            "value": value,
            "multiple": multiple,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("timing")


def payment_timeline(
    margin: float,
    *,
    retention_rate: float,
    discount_rate: float,
    growth_rate: float = 0.0,
    payments: int = 8,
) -> pd.DataFrame:
    """Every payment of the three formulas on one timeline: when, how likely, worth what today.

    Parameters
    ----------
    margin, retention_rate, discount_rate, growth_rate
        As in :func:`lifetime_value`, single numbers.
    payments : int, default 8
        Payments to list of each form, 1 or more.

    Returns
    -------
    DataFrame, ``3 * payments`` rows: ``timing``, ``time`` (periods from now), ``probability`` that the
    payment comes, ``margin`` (if it comes), ``discount_factor``, ``present_value`` (expected) and
    ``cumulative`` (expected, so far), in currency.

    Raises
    ------
    InputError
        For rates outside their range, or fewer than one payment.

    Notes
    -----
    Payment number k = 0, 1, … comes with probability ``r ** k`` at time ``k`` (start), ``r ** (k + 1)`` at
    time ``k + 1`` (renewal), ``r ** k`` at time ``k + 1`` (end). The cumulative column tends to
    :func:`lifetime_value`.

    Examples
    --------
    >>> table = payment_timeline(100, retention_rate=0.8, discount_rate=0.25, payments=2)
    >>> table[["timing", "time", "present_value"]].round(2).values.tolist()
    [['start', 0, 100.0], ['start', 1, 64.0], ['renewal', 1, 64.0], ['renewal', 2, 40.96], \
['end', 1, 80.0], ['end', 2, 51.2]]
    """
    check = Check("payment_timeline")
    m = check.number("margin", margin)
    r = check.share("retention_rate", retention_rate)
    d = check.rate("discount_rate", discount_rate)
    g = check.rate("growth_rate", growth_rate)
    count = check.integer("payments", payments, low=1)
    check.done()
    order = np.arange(count)
    parts = []
    for timing, renewals, later in (("start", 0, 0), ("renewal", 1, 1), ("end", 0, 1)):
        part = pd.DataFrame({"timing": timing, "time": order + later})
        part["probability"] = r ** (order + renewals).astype(float)
        part["margin"] = m * (1 + g) ** order
        part["discount_factor"] = (1 + d) ** -(order + later).astype(float)
        part["present_value"] = part["probability"] * part["margin"] * part["discount_factor"]
        part["cumulative"] = part["present_value"].cumsum()
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def fixed_life_bias(margin: float, *, retention_rate: float, discount_rate: float) -> pd.Series:
    """What goes wrong when "the average customer stays 1/(1 - r) years" is used as a fixed life.

    Parameters
    ----------
    margin : float
        Money a period, in currency.
    retention_rate : float
        Share who stay per period, 0 or more and below 1.
    discount_rate : float
        Share per period, 0 or more.

    Returns
    -------
    Series: ``life`` (periods, 1/(1 - r)), ``fixed_life_value`` (an annuity over that life, paid at each
    period's end), ``renewal`` and ``end`` (the retention formulas), and by how much the fixed life overstates
    each (``over_renewal``, ``over_end``, shares; NaN where the formula gives 0).

    Raises
    ------
    InputError
        For a retention rate of 1 (there is no fixed life), or rates outside their range.

    Notes
    -----
    ``fixed_life_value = m (1 - (1 + d)^-L) / d``, ``L = 1/(1 - r)``. A certain life is worth more than an
    uncertain one of the same mean, because discounting makes late years cheap (Jensen's inequality): that is
    ``over_end``. The rest of the 44 % that is often quoted (``over_renewal``) comes from comparing L certain
    payments with a formula that counts only L - 1 expected renewals, a difference of timing and not of life.

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing customers. *Journal of Marketing Research*
    41(1), 7–18: margin 100, r 80 %, d 12 %: 250 against 360.

    Examples
    --------
    >>> fixed_life_bias(100, retention_rate=0.8, discount_rate=0.12).round(3).to_dict()
    {'life': 5.0, 'fixed_life_value': 360.478, 'renewal': 250.0, 'end': 312.5, 'over_renewal': 0.442, \
'over_end': 0.154}
    """
    check = Check("fixed_life_bias")
    m = check.number("margin", margin)
    r = check.number("retention_rate", retention_rate, low=0, high=1, high_open=True)
    d = check.rate("discount_rate", discount_rate, low=0, low_open=False)
    check.done()
    life = 1 / (1 - r)
    annuity = life if d < 1e-12 else -np.expm1(-life * np.log1p(d)) / d
    renewal, end = m * r / (1 + d - r), m / (1 + d - r)
    fixed = m * annuity
    return pd.Series(
        {
            "life": life,
            "fixed_life_value": fixed,
            "renewal": renewal,
            "end": end,
            "over_renewal": fixed / renewal - 1 if renewal else np.nan,
            "over_end": fixed / end - 1 if end else np.nan,
        },
        name="fixed_life_bias",
    )
