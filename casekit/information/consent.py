"""Whom one may contact, for what, today: consent by purpose and date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series

#: Why a customer may or may not be contacted, in the order in which it is asked.
REASONS = ("allowed", "no consent", "not yet given", "withdrawn", "expired", "no separate consent", "minor")

#: Below this age China's Personal Information Protection Law asks for a guardian's consent (article 31).
AGE_OF_CONSENT = 14


def consent_status(
    customers: Any,
    consents: pd.DataFrame,
    *,
    purpose: str,
    on: Any,
    sensitive: bool = False,
    birth_dates: Any = None,
) -> pd.DataFrame:
    """For each customer: may we use the data for this purpose on this day, and if not, why not?

    Consent is given for a purpose, on a day, and can be taken back; consent to deliver a parcel is none to
    sell insurance. The filter belongs before the scoring, not after it: a list that shrinks by a third on the
    way to the telephone was never the best list. It counts what the log says and is no legal advice;
    contracts and legal duties are grounds other than consent (article 13).

    Parameters
    ----------
    customers : list, Index, Series or DataFrame
        Customer ids (of a DataFrame: its column ``customer_id``, or its index if there is none).
    consents : DataFrame, one row a consent
        ``customer_id``, ``purpose``, ``given`` (date), and if known ``withdrawn`` and ``expires`` (dates,
        missing if not), ``separate`` (True if asked for on its own) and ``guardian`` (True if a parent gave
        it).
    purpose : str
        The purpose of the contact, as written in the log.
    on : date
        The day of the contact.
    sensitive : bool, default False
        Whether sensitive data are used (health, finance, location): only separate consent counts then
        (article 29).
    birth_dates : dict or Series of date by customer_id, optional
        Those under 14 on the day need a consent with ``guardian`` (article 31).

    Returns
    -------
    DataFrame indexed by customer, in the order given, with ``allowed`` (bool) and ``reason``: ``"allowed"``,
    ``"no consent"``, ``"not yet given"``, ``"withdrawn"``, ``"expired"``, ``"no separate consent"`` or
    ``"minor"``. With several consents the most favourable counts; a consent holds on the day it is given, and
    no longer on the day it is withdrawn or expires.

    Raises
    ------
    InputError
        If a column is missing, a date is not a date, a customer repeats, or nobody in the log was asked for
        this purpose.

    References
    ----------
    Personal Information Protection Law of the People's Republic of China (2021), articles 13-15 (consent,
    informed and by purpose, withdrawal), 29 (separate consent), 31 (minors).

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": ["Wang", "Xu"], "purpose": "offers",
    ...                     "given": pd.to_datetime(["2024-01-01", "2024-01-01"]),
    ...                     "withdrawn": pd.to_datetime([None, "2024-03-01"])})
    >>> consent_status(["Wang", "Xu", "Li"], log, purpose="offers", on="2024-06-01")["reason"].tolist()
    ['allowed', 'withdrawn', 'no consent']
    """
    check = Check("consent_status")
    ids = _ids(check, customers)
    log = _log(check, consents)
    day = _day(check, on)
    purpose, sensitive = check.text("purpose", purpose), check.flag("sensitive", sensitive)
    if len(log) and not check.problems and purpose not in set(log["purpose"]):
        check.add(errors.unknown_name("purpose", purpose, sorted(map(str, log["purpose"].unique()))))
    young = _minors(check, birth_dates, ids, day)
    check.done()
    asked = log[(log["purpose"] == purpose) & log["customer_id"].isin(ids)]
    minor = asked["customer_id"].isin(young) & ~asked["guardian"]
    code = np.select(
        [
            asked["given"] > day,
            asked["withdrawn"] <= day,
            asked["expires"] <= day,
            (~asked["separate"] & sensitive),
            minor,
        ],
        [2, 3, 4, 5, 6],
        default=0,
    )
    rank = pd.Series(code, index=asked["customer_id"]).groupby(level=0).min()
    best = rank.reindex(ids).fillna(1).astype(int)
    reason = np.array(REASONS, dtype=object)[best.to_numpy()]
    return pd.DataFrame({"allowed": best.to_numpy() == 0, "reason": reason}, index=ids)


def with_consent(customers: pd.DataFrame, consents: pd.DataFrame, **conditions: Any) -> pd.DataFrame:
    """The rows of a table of customers whom one may contact for the purpose on the day.

    Parameters
    ----------
    customers : DataFrame, one row a customer
        With a column ``customer_id``, or indexed by it.
    consents : DataFrame, one row a consent
        As in :func:`consent_status`.
    **conditions
        ``purpose`` and ``on``, and if needed ``sensitive`` and ``birth_dates``, as in :func:`consent_status`.

    Returns
    -------
    DataFrame with the same columns and fewer rows, in the same order.

    Examples
    --------
    >>> given = pd.to_datetime(["2024-01-01"])
    >>> log = pd.DataFrame({"customer_id": ["Wang"], "purpose": "offers", "given": given})
    >>> people = pd.DataFrame({"customer_id": ["Xu", "Wang"], "value": [5, 3]})
    >>> with_consent(people, log, purpose="offers", on="2024-06-01")["customer_id"].tolist()
    ['Wang']
    """
    check = Check("with_consent")
    frame = check.frame("customers", customers)
    check.done()
    return frame[consent_status(frame, consents, **conditions)["allowed"].to_numpy()]


def _ids(check: Check, customers: Any) -> pd.Index:
    if isinstance(customers, pd.DataFrame):
        customers = customers["customer_id"] if "customer_id" in customers.columns else customers.index
    elif not isinstance(customers, (list, tuple, pd.Series, pd.Index, np.ndarray)):
        check.add(errors.wrong_type("customers", _("a list of ids or a DataFrame"), customers))
        return pd.Index([])
    ids = check.names("customers", customers, repeats=True)
    check.unique("customers", ids)
    pairs = [one for one in ids if isinstance(one, tuple)]
    if pairs:
        check.add(errors.wrong_type("customers", _("one column of names"), pairs[0]))
    return pd.Index(ids, name="customer_id", tupleize_cols=False)


def _log(check: Check, consents: Any) -> pd.DataFrame:
    """The log with all columns: dates missing and flags False where it has none."""
    frame = check.frame(
        "consents", consents, ["customer_id", "purpose", "given"], keys=["customer_id", "purpose"]
    )
    if check.problems:
        return pd.DataFrame()
    frame = frame if frame.index.is_unique else frame.reset_index(drop=True)
    log = pd.DataFrame({"customer_id": frame["customer_id"], "purpose": frame["purpose"]})
    log["given"] = check.dates("consents['given']", frame["given"])
    for name in ("withdrawn", "expires"):
        log[name] = pd.Series(pd.NaT, index=frame.index, dtype=log["given"].dtype)
        known = frame[name].dropna() if name in frame.columns else pd.Series(dtype=object)
        if len(known):
            log.loc[known.index, name] = check.dates(f"consents[{name!r}]", known)
    for name in ("separate", "guardian"):
        flag = frame[name] if name in frame.columns else pd.Series(False, index=frame.index)
        odd = flag[~flag.isin([True, False])]
        rule = _("consents[{name!r}] must hold true or false").format(name=name)
        check.require(odd.empty, rule, got=errors.listing(map(repr, odd.unique())))
        log[name] = flag.isin([True])
    return log


def _day(check: Check, on: Any) -> pd.Timestamp:
    if not isinstance(on, str) and not hasattr(on, "year"):
        check.add(errors.wrong_type("on", _("a day"), on, "on='2024-06-30'"))
        return pd.NaT
    try:
        return pd.Timestamp(on)
    except ValueError:
        check.add(errors.wrong_type("on", _("a day"), on, "on='2024-06-30'"))
        return pd.NaT


def _minors(check: Check, birth_dates: Any, ids: pd.Index, day: pd.Timestamp) -> pd.Index:
    """Who is younger than the age of consent on the day."""
    if birth_dates is None or pd.isna(day):
        return pd.Index([])
    born = as_series(birth_dates)
    if born is None:
        check.stop(errors.wrong_type("birth_dates", _("a Series of dates by customer"), birth_dates))
    born = check.dates("birth_dates", born.dropna())
    return born.index[(born > day - pd.DateOffset(years=AGE_OF_CONSENT)).to_numpy()].intersection(ids)
