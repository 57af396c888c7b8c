"""Historic, actual and potential value of each customer, and the four types that follow."""

from __future__ import annotations

from datetime import date as date_type
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.periods import convert_duration
from casekit.value._terms import TIMINGS, must_converge, side_by_side
from casekit.value.lifetime_value import lifetime_value

#: Customer types by value, and what each is for (Peppers and Rogers).
VALUE_TYPES = ("most valuable", "most growable", "migrator", "below zero")


def historic_value(
    purchases: pd.DataFrame, *, margin_rate: float = 1.0, discount_rate: float = 0.0, at: Any = None
) -> pd.Series:
    """What each customer has brought until now.

    Parameters
    ----------
    purchases : DataFrame with ``customer_id``, ``date`` and ``amount``
        One row a purchase; refunds negative. Amounts in currency.
    margin_rate : float, default 1
        Share of an amount that is left, 0 to 1; keep 1 if ``amount`` is margin already.
    discount_rate : float, default 0
        Share a year, above -1; past money then counts with interest until ``at``.
    at : date, optional
        Day of valuation; by default that of the last purchase. Later purchases do not count.

    Returns
    -------
    Series of float by ``customer_id``, in currency. Customers without a purchase are not in it.

    Raises
    ------
    InputError
        For missing columns, dates that are no dates, or amounts that are no numbers.

    Notes
    -----
    ``Σ margin_rate · amount · (1 + d)^years_ago``. History is known, but it is sunk: decisions rest on actual
    and potential value. Ranking customers by history keeps serving those who have already left.

    References
    ----------
    Peppers, D. and Rogers, M. (2011). *Managing Customer Relationships*, ch. 5.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["A", "A", "B"], "amount": [100, -20, 50]})
    >>> log["date"] = pd.to_datetime(["2020-01-01", "2020-06-01", "2020-06-01"])
    >>> historic_value(log, margin_rate=0.5).to_dict()
    {'A': 40.0, 'B': 25.0}
    """
    check = Check("historic_value")
    frame = check.frame("purchases", purchases, ["customer_id", "date", "amount"], keys=["customer_id"])
    share = check.share("margin_rate", margin_rate)
    d = check.rate("discount_rate", discount_rate)
    check.done()
    date = check.dates("date", frame["date"])
    day = pd.to_datetime(at, errors="coerce") if isinstance(at, (str, date_type, pd.Timestamp)) else pd.NaT
    if at is not None and pd.isna(day):
        check.add(errors.wrong_type("at", _("a date"), at, hint='at="2024-12-31"'))
    amount = check.vector("amount", frame["amount"])
    check.done()
    day = date.max() if at is None else day
    past = date <= day
    years = (day - date[past]).dt.days * convert_duration(1, from_unit="day", to_unit="year")
    money = share * amount[past] * (1 + d) ** years
    return money.groupby(frame.loc[past, "customer_id"]).sum().rename("historic_value")


def potential_value(
    options: pd.DataFrame,
    *,
    discount_rate: float,
    current: str = "as now",
    timing: str = "renewal",
) -> pd.DataFrame:
    """Actual value (nothing changes) and potential value (the best treatment) of each customer.

    Parameters
    ----------
    options : DataFrame with ``customer_id``, ``treatment``, ``margin``, ``retention_rate`` and optionally
    ``cost``
        One row for each customer and treatment that is open to him or her. ``margin`` per period in currency
        (after what the treatment costs each period), ``retention_rate`` per period 0 to 1, ``cost`` once,
        now, in currency, 0 or more.
    discount_rate : float
        Share per period, above -1.
    current : str, default "as now"
        Name of the treatment that changes nothing; every customer must have it.
    timing : {"renewal", "start", "end", "due"}, default "renewal"
        As in :func:`lifetime_value`; existing customers are valued at "renewal".

    Returns
    -------
    DataFrame by ``customer_id``: ``actual`` (value as now), ``potential`` (value under the best treatment,
    net of its cost; never below actual), ``best_treatment``, ``gap`` (potential - actual) and
    ``share_of_potential`` (actual / potential; NaN where potential is 0 or less). In currency.

    Raises
    ------
    InputError
        If a customer lacks the present treatment or has one twice, or for rates outside their range.

    Notes
    -----
    Actual value is the present value of profits if buying stays as it is; potential value is the same under
    a more active strategy (the course calls them 实际价值 and 潜在价值). The gap is only as good as the
    estimate of what a treatment changes: that needs a test with a control group, not a guess about
    loyal customers.

    References
    ----------
    Peppers, D. and Rogers, M. (2011). *Managing Customer Relationships*, ch. 5 (actual and potential value).

    Examples
    --------
    >>> options = pd.DataFrame({
    ...     "customer_id": ["A", "A", "B"], "treatment": ["as now", "adviser", "as now"],
    ...     "margin": [100, 100, 40], "retention_rate": [0.5, 0.8, 0.5], "cost": [0, 50, 0]})
    >>> potential_value(options, discount_rate=0.25)[["actual", "potential"]].round(2).values.tolist()
    [[66.67, 127.78], [26.67, 26.67]]
    """
    check = Check("potential_value")
    needed = ["customer_id", "treatment", "margin", "retention_rate"]
    frame = check.frame("options", options, needed, keys=needed[:2]).reset_index(drop=True)
    d = check.rate("discount_rate", discount_rate)
    check.choice("timing", timing, TIMINGS)
    check.names("current", [current])
    check.done()
    margin = check.vector("margin", frame["margin"])
    stay = check.vector("retention_rate", frame["retention_rate"], low=0, high=1)
    cost = check.vector("cost", frame["cost"], low=0) if "cost" in frame else pd.Series(0.0, frame.index)
    check.unique(
        _("customer and treatment"), list(zip(frame["customer_id"], frame["treatment"], strict=True))
    )
    check.done()
    must_converge(check, stay, d, 0.0)
    with check.inner():
        worth = lifetime_value(margin, retention_rate=stay, discount_rate=d, timing=timing) - cost
    table = frame[["customer_id", "treatment"]].assign(value=worth)
    now = table[[name == current for name in table["treatment"]]].set_index("customer_id")["value"]
    without = [name for name in frame["customer_id"].unique() if name not in now.index]
    check.require(
        not without,
        _("every customer must have the treatment {current!r}").format(current=current),
        got=_("customers without it"),
        where=errors.listing(without),
        hint=_("add their rows, or name the present treatment with current="),
    )
    check.done()
    # of equally good treatments the present one counts as best, then the first by name
    table = table.assign(other=[name != current for name in table["treatment"]])
    table = table.sort_values(["value", "other", "treatment"], ascending=[False, True, True], kind="stable")
    best = table.groupby("customer_id", sort=True).first()
    actual = now.reindex(best.index)
    return pd.DataFrame(
        {
            "actual": actual,
            "potential": best["value"],
            "best_treatment": best["treatment"],
            "gap": best["value"] - actual,
            "share_of_potential": (actual / best["value"]).where(best["value"] > 0),
        }
    )


def value_types(actual: Any, potential: Any, *, actual_cut: float, gap_cut: float) -> pd.DataFrame:
    """The 2×2 of actual value and room to grow: whom to keep, whom to grow, whom to leave alone.

    Parameters
    ----------
    actual : list, dict or Series of float, one a customer
        Value if nothing changes, in currency.
    potential : list, dict or Series of float, one a customer
        Value under the best treatment, in currency; the same customers, not below ``actual``.
    actual_cut : float
        From this actual value on a customer is "most valuable".
    gap_cut : float
        From this gap (potential - actual) on a customer has room to grow, 0 or more.

    Returns
    -------
    DataFrame by customer: ``actual``, ``potential``, ``gap``, ``high_actual``, ``high_gap`` (bool) and
    ``type``, a word of :data:`VALUE_TYPES`:

    * "below zero": potential is 0 or less, they cost more than they can ever bring: serve cheaper or let go;
    * "most valuable" (MVC): actual value high: keep; those who also have a high gap come first for growth;
    * "most growable" (MGC): actual value low, gap high: grow;
    * "migrator": neither: find out cheaply which way they go.

    Raises
    ------
    InputError
        If potential lies below actual value, or customers do not match.

    Notes
    -----
    The first rule that holds decides, in the order above. The cuts are yours to justify: look at how many
    customers change type when each moves by 10 %.

    References
    ----------
    Peppers, D. and Rogers, M. (1993, 2011): most valuable and most growable customers, migrators, below
    zeros.

    Examples
    --------
    >>> table = value_types([90, 20, 10, -5], [95, 80, 12, -1], actual_cut=50, gap_cut=30)
    >>> table["type"].tolist()
    ['most valuable', 'most growable', 'migrator', 'below zero']
    """
    check = Check("value_types")
    given = {"actual": actual, "potential": potential}
    read: dict[str, Any] = {name: check.vector(name, value) for name, value in given.items()}
    high = check.number("actual_cut", actual_cut)
    room = check.number("gap_cut", gap_cut, low=0)
    check.done()
    table = pd.DataFrame(side_by_side(check, given, read))
    table["gap"] = table["potential"] - table["actual"]
    below = table.index[table["gap"] < -1e-9 * (1 + table["actual"].abs())]
    check.require(
        len(below) == 0,
        _("potential must not be below actual"),
        got=_("customers worth less under the best treatment"),
        where=errors.rows(below),
        hint=_("the best treatment may be the present one: take the larger of both"),
    )
    check.done()
    table["high_actual"], table["high_gap"] = table["actual"] >= high, table["gap"] >= room
    kind = pd.Series("migrator", index=table.index, dtype=object)
    kind[table["high_gap"]] = "most growable"
    kind[table["high_actual"]] = "most valuable"
    kind[table["potential"] <= 0] = "below zero"
    return table.assign(type=kind)
