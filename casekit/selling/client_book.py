"""A book of clients, one row each: what a model may know of them, why to call them, what a call may
change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling.contact_rules import contact_fatigue
from casekit.selling.suitability import is_suitable
from casekit.selling.triggers import dormant_but_rich, maturing

#: Silences longer than this count alike, in years.
LONGEST_SILENCE = 2.0

#: Money below which changes of the monthly inflow are noise, in the book's currency.
SMALL_INFLOW = 3000.0


def present(book: pd.DataFrame, *columns: str) -> bool:
    """Whether the book has these columns with at least one value in each."""
    check = Check("present")
    book = check.frame("book", book, rows=False)
    check.done()
    return all(column in book and bool(book[column].notna().any(axis=None)) for column in columns)


def client_features(book: pd.DataFrame, *, today: Any) -> pd.DataFrame:
    """What a model may know of each client before the call.

    Parameters
    ----------
    book : DataFrame, one row a client
        Column ``aum``; any of ``inflow``, ``usual_inflow``, ``maturity_date``, ``last_contact``,
        ``contacts_90d``, ``products_held``, ``buys_online``, ``age``, ``manager``. What is missing is left
        out.
    today : date
        Day on which the book was true.

    Returns
    -------
    DataFrame, index of ``book``, with columns among ``log_aum``, ``inflow_jump`` (log of inflow over usual),
    ``matures_soon`` (within 60 days), ``years_silent`` (2 at most), ``contacts_90d``, ``products_held``,
    ``buys_online``, ``age``, ``has_manager``.

    Examples
    --------
    >>> book = pd.DataFrame({"aum": [100_000.0], "manager": ["Xu"]})
    >>> client_features(book, today="2025-06-30").to_dict("records")
    [{'log_aum': 5.0, 'has_manager': True}]
    """
    check = Check("client_features")
    book = check.frame("book", book, ["aum"])
    check.done()
    check.vector("book['aum']", book["aum"], low=0)
    check.done()
    day = check.day("today", today)
    check.done()
    features = pd.DataFrame({"log_aum": np.log10(book["aum"].astype(float) + 1).round(4)}, index=book.index)
    if present(book, "inflow", "usual_inflow"):
        inflow, usual = (number(book[column]) + SMALL_INFLOW for column in ("inflow", "usual_inflow"))
        features["inflow_jump"] = np.log(inflow / usual).clip(-1, 3)
    if present(book, "maturity_date"):
        features["matures_soon"] = maturing(book["maturity_date"], today=day, within_days=60)
    if present(book, "last_contact"):
        known = check.dates("book['last_contact']", book["last_contact"].dropna())
        check.done()
        years = (day - known.reindex(book.index)).dt.days / 365.25
        features["years_silent"] = years.clip(0, LONGEST_SILENCE).fillna(LONGEST_SILENCE)
    for column in ("contacts_90d", "products_held", "age"):
        if present(book, column):
            features[column] = number(book[column])
    if present(book, "buys_online"):
        features["buys_online"] = number(book["buys_online"]) == 1
    if present(book, "manager"):
        features["has_manager"] = book["manager"].notna()
    return features


def day_of_book(book: pd.DataFrame, as_of: str | None = None) -> pd.Timestamp:
    """The day on which a book was true: the one given, else the latest contact in it, else today.

    Parameters
    ----------
    book : DataFrame
        ``last_contact``, if known.
    as_of : str, optional
        Such as ``2025-06-30``.

    Examples
    --------
    >>> day_of_book(pd.DataFrame({"last_contact": pd.to_datetime(["2025-05-02", None])}))
    Timestamp('2025-05-02 00:00:00')
    """
    check = Check("day_of_book")
    if as_of is not None:
        given = pd.to_datetime(pd.Series([as_of], dtype=object), format="%Y-%m-%d", errors="coerce").iloc[0]
        check.require(
            not pd.isna(given),
            _("as_of must be a day"),
            got=errors.shown(as_of),
            hint=_("write it as 2025-06-30"),
        )
        check.done()
        return given
    book = check.frame("book", book)
    if present(book, "last_contact"):
        book = check.frame("book", book, ["last_contact"])
        known = check.dates("book['last_contact']", book["last_contact"].dropna())
        check.done()
        return pd.Timestamp(known.max()).normalize()
    return pd.Timestamp.today().normalize()


def number(values: pd.Series) -> pd.Series:
    """Numbers and yes/no as floats, missing as NaN, whatever the column's own type."""
    check = Check("number")
    values = values.map(_one_for_yes).astype(object) if values.dtype in (object, bool, "boolean") else values
    found = check.vector(f"book[{values.name!r}]", values, missing=True)
    check.done()
    return found


def _one_for_yes(value: Any) -> Any:
    return float(value) if isinstance(value, (bool, np.bool_)) else value


def call_reasons(
    book: pd.DataFrame,
    *,
    today: Any,
    rich_from: float,
    inflow_from: float,
    inflow_ratio: float = 3.0,
    within_days: int = 30,
    silent_days: int = 180,
    large_inflow: pd.Series | None = None,
) -> pd.DataFrame:
    """Why each client is worth a call today, and the money that the talk would be about.

    Parameters
    ----------
    book : DataFrame, one row a client
        As for :func:`client_features`, with ``maturing_amount`` if known.
    today : date
    rich_from : float
        Assets from which a silent client is called rich, in money, 0 or more.
    inflow_from : float
        Credits of the month from which an inflow counts as large, in money, 0 or more.
    inflow_ratio : float, default 3
        An inflow counts as large only if it is so many times the usual, above 0.
    within_days, silent_days : int
        As in :func:`maturing` and :func:`dormant_but_rich`.
    large_inflow : Series of bool, index of ``book``, optional
        Flags from daily credits, in place of the monthly rule.

    Returns
    -------
    DataFrame, index of ``book``: ``large_inflow``, ``maturing``, ``dormant_but_rich`` (bool; all false where
    the book lacks the columns), ``reasons`` (how many) and ``money`` (the largest sum that a reason is about,
    0 without any).

    Examples
    --------
    >>> book = pd.DataFrame({"aum": [5e4], "inflow": [1e6], "usual_inflow": [9e3]})
    >>> reasons = call_reasons(book, today="2025-06-30", rich_from=1e6, inflow_from=1e5)
    >>> reasons[["reasons", "money"]].to_dict("records")
    [{'reasons': 1, 'money': 1000000.0}]
    """
    check = Check("call_reasons")
    book = check.frame("book", book, ["aum"])
    inflow_from = check.number("inflow_from", inflow_from, low=0)
    inflow_ratio = check.positive("inflow_ratio", inflow_ratio)
    check.done()
    table = pd.DataFrame(False, index=book.index, columns=["large_inflow", "maturing", "dormant_but_rich"])
    if large_inflow is not None:
        flagged = check.flags("large_inflow", large_inflow)
        check.require(
            len(flagged) == len(book),
            _("large_inflow must be as long as the book"),
            got=_("{length} and {other_length}").format(length=len(flagged), other_length=len(book)),
        )
        check.done()
        table["large_inflow"] = flagged.to_numpy()
    elif present(book, "inflow", "usual_inflow"):
        inflow, usual = number(book["inflow"]), number(book["usual_inflow"]).fillna(0)
        table["large_inflow"] = (inflow >= inflow_from) & (inflow >= inflow_ratio * usual)
    if present(book, "maturity_date"):
        table["maturing"] = maturing(book["maturity_date"], today=today, within_days=within_days)
    if present(book, "last_contact"):
        table["dormant_but_rich"] = dormant_but_rich(
            book["last_contact"], book["aum"], today=today, min_aum=rich_from, silent_days=silent_days
        )
    about = {"large_inflow": "inflow", "maturing": "maturing_amount", "dormant_but_rich": "aum"}
    sums = [
        (number(book[column]).fillna(0) if column in book else 0.0) * table[reason].astype(float)
        for reason, column in about.items()
    ]
    money = pd.concat([pd.Series(amount, index=book.index) for amount in sums], axis=1).max(axis=1)
    return table.assign(reasons=table.sum(axis=1).astype(int), money=money)


def contactable(
    book: pd.DataFrame,
    *,
    product_level: str,
    max_contacts: int,
    contacts: pd.DataFrame | None = None,
    today: Any = None,
    window_days: int = 90,
) -> pd.DataFrame:
    """Who may be called with this product now: suitable, not contacted too often, not a buyer already.

    Parameters
    ----------
    book : DataFrame, one row a client
        ``risk_level``, ``contacts_90d`` and ``bought``, if known. A rule whose column is missing is not
        applied: say so.
    product_level : str
        ``R1`` to ``R5``, risk of the product on offer.
    max_contacts : int
        Contacts allowed in the window, the planned one included.
    contacts : DataFrame, optional
        Log of contacts (``customer_id``, ``date``); used in place of ``contacts_90d``, with ``today`` and
        ``window_days``.
    today : date, optional
    window_days : int, default 90

    Returns
    -------
    DataFrame of bool, index of ``book``: ``suitable``, ``rested``, ``without_it`` (has not bought) and
    ``allowed`` (all three).

    Examples
    --------
    >>> book = pd.DataFrame({"risk_level": ["C1", "C3", "C5"], "contacts_90d": [0, 1, 4]})
    >>> contactable(book, product_level="R2", max_contacts=2)["allowed"].tolist()
    [False, True, False]
    """
    check = Check("contactable")
    book = check.frame("book", book)
    max_contacts = check.integer("max_contacts", max_contacts, low=0)
    check.done()
    table = pd.DataFrame(True, index=book.index, columns=["suitable", "rested", "without_it"])
    if present(book, "risk_level"):
        table["suitable"] = is_suitable(book["risk_level"], product_level).to_numpy(dtype=bool)
    if contacts is not None:
        book = check.frame("book", book, ["customer_id"])
        check.done()
        rule = {"today": today, "window_days": window_days, "max_contacts": max_contacts}
        table["rested"] = contact_fatigue(book["customer_id"], contacts, **rule)["rested"].to_numpy(
            dtype=bool
        )
    elif present(book, "contacts_90d"):
        table["rested"] = number(book["contacts_90d"]).fillna(0) < max_contacts
    if present(book, "bought"):
        table["without_it"] = number(book["bought"]) != 1
    return table.assign(allowed=table.all(axis=1))
