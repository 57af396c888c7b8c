"""The contact log, audited for the four mistakes: selling, silence, templates, paying instead of caring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.service.proportions import proportion_interval

#: The four mistakes, in the course's order.
MISTAKES = ("sell_messages", "silent_customers", "template_messages", "compensation_only")
#: What the audit holds against the log unless told otherwise: the content rule allows one action in ten.
LIMITS = {"sell_messages": 0.1}


def audit_contacts(
    contacts: pd.DataFrame,
    customers: Any,
    *,
    as_of: Any,
    silent_days: int = 90,
    sell: str = "sell",
    compensation: str = "compensation",
    limits: Mapping[str, float] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """How far a contact log shows the four mistakes of keeping in touch.

    Parameters
    ----------
    contacts : DataFrame, one row a contact
        Columns ``customer_id``, ``date``, ``purpose`` (such as value, feeling, sell, compensation) and
        ``template`` (bool: the same text went to many). Only the ``silent_days`` up to ``as_of`` count.
    customers : list or Series
        All customers who should be looked after, without repetition; the log alone cannot show the silent.
    as_of : date
        Day of the audit, included.
    silent_days : int, default 90
        Days after which a customer without contact is silent, 1 or more.
    sell, compensation : str
        The words in ``purpose`` that mean a sales message and a payment or gift after trouble.
    limits : dict of float, optional
        Largest share allowed of each mistake, 0 to 1. Left out: sales messages 10 %, from the course's
        content rule; for the others the course gives no figure, and none is judged.
    level : float, default 0.95
        Probability of the intervals.

    Returns
    -------
    DataFrame, index ``mistake``, with columns ``count``, ``of``, ``share``, ``low``, ``high`` (Wilson),
    ``limit`` and ``exceeded`` (bool: even the lower end lies above the limit):

    - ``sell_messages``: contacts that sell, of all contacts
    - ``silent_customers``: customers without any contact, of all customers
    - ``template_messages``: contacts from a template, of all contacts
    - ``compensation_only``: customers whose every contact was a compensation, of all contacted

    Shares of nothing (no contact in the period) are missing.

    Raises
    ------
    InputError
        If a column is missing, a customer repeats or a contacted customer is not in the list.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["A", "A", "B"], "date": pd.to_datetime(["2025-06-01"] * 3),
    ...                     "purpose": ["sell", "value", "compensation"], "template": [True, False, False]})
    >>> audit_contacts(log, ["A", "B", "C", "D"], as_of="2025-06-30")["share"].round(2).tolist()
    [0.33, 0.5, 0.33, 0.5]
    """
    check = Check("audit_contacts")
    silent_days = check.integer("silent_days", silent_days, low=1)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    columns = ["customer_id", "date", "purpose", "template"]
    log = check.frame("contacts", contacts, columns, rows=False, keys=["customer_id"])
    sell, compensation = check.text("sell", sell), check.text("compensation", compensation)
    allowed = _limits(check, LIMITS if limits is None else limits)
    people = as_series(customers)
    if people is None or people.empty:
        check.add(errors.wrong_type("customers", _("a list or Series of customers"), customers))
    check.done()
    assert people is not None
    check.names("customers", list(people))
    check.unique("customers", people.to_numpy())
    recent = _recent(check, log, as_of, silent_days)
    strangers = [name for name in recent["customer_id"].unique() if name not in set(people)]
    if strangers:
        check.add(errors.different_labels("contacts['customer_id']", [], strangers, "customers"))
    check.done()
    template = (
        check.flags("contacts['template']", recent["template"]) if len(recent) else pd.Series(dtype=bool)
    )
    check.done()
    paid_only = (recent["purpose"] == compensation).groupby(recent["customer_id"]).all()
    counts = {
        "sell_messages": (int((recent["purpose"] == sell).sum()), len(recent)),
        "silent_customers": (len(people) - recent["customer_id"].nunique(), len(people)),
        "template_messages": (int(template.sum()), len(recent)),
        "compensation_only": (int(paid_only.sum()), len(paid_only)),
    }
    rows = {name: _row(*counts[name], allowed.get(name, float("nan")), level) for name in MISTAKES}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("mistake")


def _limits(check: Check, limits: Mapping[str, float]) -> dict[str, float]:
    limits = check.mapping("limits", limits)
    for name in limits:
        check.choice("limits", name, MISTAKES)
    return {name: check.share(f"limits[{name!r}]", most) for name, most in limits.items()}


def _recent(check: Check, log: pd.DataFrame, as_of: Any, silent_days: int) -> pd.DataFrame:
    if not len(log):
        return log
    dates = check.dates("contacts['date']", log["date"])
    check.done()
    day = check.day("as_of", as_of)
    check.done()
    day = day.normalize() + pd.Timedelta(days=1)
    return log[(dates < day) & (dates >= day - pd.Timedelta(days=silent_days))]


def _row(count: int, total: int, limit: float, level: float) -> dict[str, Any]:
    nan = float("nan")
    found = proportion_interval(count, total, level=level) if total else None
    share, low, high = (found.estimate, found.low, found.high) if found else (nan, nan, nan)
    row = {"count": count, "of": total, "share": share, "low": low, "high": high, "limit": limit}
    return {**row, "exceeded": low > limit}
