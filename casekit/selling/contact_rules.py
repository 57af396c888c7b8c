"""How often to contact a client: not too soon after the last contact, and not for ever without an answer."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from casekit._text import _
from casekit._validate import Check


def contact_fatigue(
    customers: Any, contacts: pd.DataFrame, *, today: Any, window_days: int = 90, max_contacts: int = 2
) -> pd.DataFrame:
    """Who may be contacted again: at most ``max_contacts`` contacts in any window of days.

    Parameters
    ----------
    customers : Series or list, shape (n_clients,)
        Clients to answer for.
    contacts : DataFrame
        Columns ``customer_id`` and ``date``: contacts made so far. Those after ``today`` do not count.
    today : date
        Day of the planned contact.
    window_days : int, default 90
        Length of the window that ends today, in days, 1 or more.
    max_contacts : int, default 2
        Contacts allowed in the window, the planned one included, 0 or more. With 0 nobody may ever be
        contacted; a warning says so.

    Returns
    -------
    DataFrame, index ``customer_id``, with columns ``contacts`` (in the window), ``rested`` (bool: one more is
    allowed) and ``free_on`` (first day on which one more is allowed, missing with ``max_contacts=0``).

    Examples
    --------
    >>> made = pd.DataFrame({"customer_id": ["A", "A"], "date": pd.to_datetime(["2025-05-20", "2025-06-10"])})
    >>> contact_fatigue(["A", "B"], made, today="2025-06-30", window_days=90)["rested"].to_dict()
    {'A': False, 'B': True}
    """
    check = Check("contact_fatigue")
    window_days = check.integer("window_days", window_days, low=1)
    max_contacts = check.integer("max_contacts", max_contacts, low=0)
    contacts = check.frame("contacts", contacts, ["customer_id", "date"], rows=False, keys=["customer_id"])
    check.done()
    if len(contacts):
        check.dates("contacts['date']", contacts["date"])
    customers = check.names("customers", customers, repeats=True)
    check.unique("customers", customers)
    day, window = check.day("today", today), pd.Timedelta(days=window_days)
    check.done()
    recent = contacts[(contacts["date"] > day - window) & (contacts["date"] <= day)]
    index = pd.Index(customers, name="customer_id", tupleize_cols=False)
    count = recent.groupby("customer_id").size().reindex(index, fill_value=0)
    table = pd.DataFrame({"contacts": count, "rested": count < max_contacts})
    if max_contacts == 0:
        check.warn(
            _("contact_fatigue: max_contacts=0 allows no contact at all, so free_on is missing for all")
        )
        return table.assign(free_on=pd.NaT)
    place = recent.sort_values("date", ascending=False).groupby("customer_id").cumcount()
    order = recent.sort_values("date", ascending=False)
    blocking = order[place == max_contacts - 1].set_index("customer_id")["date"] + window
    return table.assign(free_on=blocking.reindex(index).fillna(day))


def attempts_worth_making(*, value: float, cost: float, answers: float = 1.0, silences: float = 9.0) -> int:
    """How many unanswered messages to send a client before giving up.

    One does not know whether this client answers one message in five or never; each silence makes "never"
    likelier. With a Beta prior worth ``answers`` and ``silences`` earlier messages, the chance that the next
    is answered after ``n`` silences is ``answers / (answers + silences + n)``, and one goes on while it times
    the value covers the cost. Because it only falls with each silence, looking one step ahead is optimal.

    Parameters
    ----------
    value : float
        Worth of an answer, in money, above 0.
    cost : float
        Cost of a message, time and annoyance included, in money, above 0.
    answers, silences : float
        The prior, such as 1 answer and 9 silences for clients of this kind; above 0.

    Returns
    -------
    int
        Messages to send at most; 0 if the first does not pay.

    Examples
    --------
    >>> attempts_worth_making(value=1000, cost=50, answers=1, silences=9)
    11
    """
    check = Check("attempts_worth_making")
    value, cost = check.positive("value", value), check.positive("cost", cost)
    answers, silences = check.positive("answers", answers), check.positive("silences", silences)
    check.done()
    last_paying = answers * value / cost - answers - silences
    return max(0, math.floor(last_paying + 1e-9) + 1)
