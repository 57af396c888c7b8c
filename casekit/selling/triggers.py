"""Events that make a call timely: a large inflow, money about to mature, a rich client nobody speaks to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.selling._vectors import alike, flags

#: Ways to say how unusual a credit is for its client.
METHODS = ("robust", "ewma", "zscore")

#: A median absolute deviation times this is a standard deviation, if the data are normal.
MAD_TO_SD = 1.4826

#: Spread of log credits below which a client's own history says too little to judge by.
SMALLEST_SPREAD = 0.25


def inflow_scores(
    flows: pd.DataFrame,
    *,
    since: Any,
    method: str = "robust",
    min_history: int = 4,
    half_life: float = 6.0,
) -> pd.DataFrame:
    """How unusual each client's largest credit since a day is, against the client's own earlier credits.

    A million is news for a teacher and a Tuesday for a wholesaler. The score compares like with like: the
    largest day's credit since ``since`` against the credits of the days before, in units of their usual
    spread.

    Parameters
    ----------
    flows : DataFrame
        Columns ``customer_id``, ``date`` and ``credit`` (money in, zero or more). Days without a credit need
        not be there; several rows a day are added up.
    since : date
        First day that is looked at; earlier days are the history.
    method : {"robust", "ewma", "zscore"}
        ``robust``: logs of credits, median and median absolute deviation (old outliers and repeated large
        credits do not spoil it). ``ewma``: exponentially weighted mean and spread of credits, recent days
        counting more. ``zscore``: plain mean and standard deviation.
    min_history : int, default 4
        Days with a credit needed in the history, 2 or more; the score of a client with fewer is missing.
    half_life : float, default 6
        For ``ewma``: after so many credits a credit counts half, above 0.

    Returns
    -------
    DataFrame, index ``customer_id``, one row a client with a credit since ``since``
        ``date`` and ``credit`` of the largest, ``usual`` (median or mean of the history), ``history`` (days)
        and ``score`` (spreads above the usual).

    Notes
    -----
    ``robust``: ``(log x - median) / max(1.4826 MAD, 0.25)``; the floor keeps a salary that never varies from
    making every other credit an event.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10", "2025-05-10"])
    >>> flows = pd.DataFrame({"customer_id": "Wang", "date": days, "credit": [8e3, 9e3, 8e3, 9e3, 1e6]})
    >>> inflow_scores(flows, since="2025-05-01")["score"].round(1).tolist()
    [19.1]
    """
    check = Check("inflow_scores")
    check.choice("method", method, METHODS)
    min_history = check.integer("min_history", min_history, low=2)
    half_life = check.positive("half_life", half_life)
    flows = check.frame("flows", flows, ["customer_id", "date", "credit"], keys=["customer_id"])
    start = check.day("since", since)
    check.done()
    dates = check.dates("flows['date']", flows["date"])
    credit = check.vector("flows['credit']", flows["credit"], low=0)
    check.done()
    flows = pd.DataFrame({"customer_id": flows["customer_id"], "date": dates, "credit": credit})
    check.require(
        bool((flows["credit"] > 0).any()), _("flows must hold at least one credit above zero"), got=_("none")
    )
    check.done()
    days = flows[flows["credit"] > 0].groupby(["customer_id", "date"], as_index=False)["credit"].sum()
    past, recent = days[days["date"] < start], days[days["date"] >= start]
    largest = recent.sort_values(["credit", "date"], ascending=[False, True], kind="stable")
    largest = largest.drop_duplicates("customer_id").set_index("customer_id").sort_index()
    usual, spread = _baseline(past, method, half_life)
    table = largest.assign(
        usual=(np.exp(usual) if method == "robust" else usual).reindex(largest.index),
        history=past.groupby("customer_id").size().reindex(largest.index, fill_value=0),
    )
    size = np.log(table["credit"]) if method == "robust" else table["credit"]
    score = (size - usual.reindex(table.index)) / spread.reindex(table.index).replace(0, np.nan)
    return table.assign(score=score.where(table["history"] >= min_history))


def _baseline(past: pd.DataFrame, method: str, half_life: float) -> tuple[pd.Series, pd.Series]:
    """Usual size and spread of each client's credits, in logs for ``robust``."""
    by = past.sort_values(["customer_id", "date"])
    if method == "zscore":
        groups = by.groupby("customer_id")["credit"]
        return groups.mean(), groups.std(ddof=1)
    if method == "ewma":
        ages = by.groupby("customer_id").cumcount(ascending=False)
        weight = 0.5 ** (ages / half_life)
        total = weight.groupby(by["customer_id"]).sum()
        mean = (weight * by["credit"]).groupby(by["customer_id"]).sum() / total
        apart = (by["credit"] - by["customer_id"].map(mean)) ** 2
        return mean, np.sqrt((weight * apart).groupby(by["customer_id"]).sum() / total)
    logs = np.log(by["credit"])
    median = logs.groupby(by["customer_id"]).median()
    apart = (logs - by["customer_id"].map(median).astype(float)).abs()
    return median, (MAD_TO_SD * apart.groupby(by["customer_id"]).median()).clip(lower=SMALLEST_SPREAD)


def large_inflow(scores: pd.DataFrame, *, threshold: float = 3.0, min_credit: float = 0.0) -> pd.Series:
    """Clients whose latest large credit is worth a call.

    Parameters
    ----------
    scores : DataFrame
        From :func:`inflow_scores`.
    threshold : float, default 3
        Spreads above the usual.
    min_credit : float, default 0
        Money below which no credit is worth a call. A client without enough history is flagged by this alone,
        if it is above zero.

    Returns
    -------
    Series of bool, index ``customer_id``

    Examples
    --------
    >>> scores = pd.DataFrame({"credit": [1e6, 1e6, 5e3], "score": [19.0, 0.4, None]}, index=["A", "B", "C"])
    >>> large_inflow(scores, min_credit=1e5).to_dict()
    {'A': True, 'B': False, 'C': False}
    """
    check = Check("large_inflow")
    threshold = check.number("threshold", threshold)
    min_credit = check.number("min_credit", min_credit, low=0)
    scores = check.frame("scores", scores, ["credit", "score"], rows=False)
    check.done()
    if not len(scores):
        return pd.Series(False, index=scores.index, name="large_inflow", dtype=bool)
    score = check.vector("scores['score']", scores["score"], missing=True)
    credit = check.vector("scores['credit']", scores["credit"], missing=True)  # missing: no credit at all
    check.done()
    unusual = (score >= threshold) | (score.isna() & (min_credit > 0))
    return (unusual & (credit >= min_credit)).rename("large_inflow")


def maturing(dates: Any, *, today: Any, within_days: int = 30) -> pd.Series:
    """Clients whose money matures between today and ``within_days`` later, both days included.

    Parameters
    ----------
    dates : Series of dates, shape (n,)
        Maturity; missing where nothing matures.
    today : date
    within_days : int, default 30
        Days ahead, 0 or more.

    Returns
    -------
    Series of bool, index of ``dates``

    Examples
    --------
    >>> maturing(pd.Series(pd.to_datetime(["2025-07-10", "2025-09-01"])), today="2025-06-30").tolist()
    [True, False]
    """
    check = Check("maturing")
    within_days = check.integer("within_days", within_days, low=0)
    last = check.day("today", today)
    days = _some_dates(check, "dates", dates)
    check.done()
    ahead = (days - last).dt.days
    return ahead.between(0, within_days).rename("maturing")


def _some_dates(check: Check, name: str, values: Any) -> pd.Series:
    """Dates, missing where there is none."""
    days = as_series(values)
    if days is None:
        check.stop(errors.wrong_type(name, _("a Series of dates"), values))
    known = check.dates(name, days.dropna()) if days.notna().any() else days
    check.done()
    return pd.to_datetime(days) if len(known) else pd.to_datetime(days)


def dormant_but_rich(
    last_contact: Any, aum: Any, *, today: Any, min_aum: float, silent_days: int = 180
) -> pd.Series:
    """Clients with much money to whom nobody has spoken for long: dormant to the bank, not dormant.

    Parameters
    ----------
    last_contact : Series of dates, shape (n_clients,)
        Day of the last contact; missing means never.
    aum : Series of float, shape (n_clients,)
        Assets with the bank, in money.
    today : date
    min_aum : float
        Money from which a client counts as rich, 0 or more.
    silent_days : int, default 180
        Days without a contact, 1 or more.

    Returns
    -------
    Series of bool, index of ``aum``

    Examples
    --------
    >>> last = pd.Series(pd.to_datetime(["2025-06-01", "2023-01-01", None]))
    >>> dormant_but_rich(last, pd.Series([3e6, 3e6, 3e6]), today="2025-06-30", min_aum=1e6).tolist()
    [False, True, True]
    """
    check = Check("dormant_but_rich")
    min_aum = check.number("min_aum", min_aum, low=0)
    silent_days = check.integer("silent_days", silent_days, low=1)
    money = check.vector("aum", aum)
    last = check.day("today", today)
    days = _some_dates(check, "last_contact", last_contact)
    days = alike(check, "last_contact", days, "aum", money)
    check.done()
    silence = (last - days).dt.days
    silent = (silence.isna() | (silence > silent_days)).to_numpy()
    return ((money >= min_aum) & silent).rename("dormant_but_rich")


def precision_recall_at(leads: Any, score: Any, *, capacity: int) -> dict[str, float]:
    """How many of the best-scored clients are real leads when only ``capacity`` can be called.

    A cut inside a group of equal scores takes the average over all orders of the group, so a yes/no trigger
    can be judged too. Clients without a score come last and are called only by chance.

    Parameters
    ----------
    leads : Series or list of bool, shape (n_clients,)
        True leads, known afterwards.
    score : Series or list of float or bool, shape (n_clients,)
        Higher is called first.
    capacity : int
        Calls, 1 to the number of clients.

    Returns
    -------
    dict
        ``precision``: share of calls that reach a lead; ``recall``: share of leads reached; ``lift``:
        precision over the share of leads among all clients.

    Examples
    --------
    >>> precision_recall_at([1, 0, 1, 0], [9, 8, 7, 6], capacity=2)
    {'precision': 0.5, 'recall': 0.5, 'lift': 1.0}
    """
    check = Check("precision_recall_at")
    truth = flags(check, "leads", leads)
    capacity = check.integer("capacity", capacity, low=1, high=max(1, len(truth)))
    given = as_series(score)
    if given is not None and pd.api.types.is_bool_dtype(given.dtype):
        given = given.astype(float)
    ranked = check.vector("score", score if given is None else given, missing=True)
    ranked = alike(check, "score", ranked, "leads", truth)
    if len(truth) and not truth.isna().any() and truth.sum() == 0:
        check.add(errors.must_hold(_("there must be at least one lead"), got=_("none")))
    check.done()
    place = ranked.fillna(-np.inf).rank(ascending=False, method="min").to_numpy()
    size = pd.Series(place).map(pd.Series(place).value_counts()).to_numpy()
    called = np.clip((capacity - place + 1) / size, 0, 1)
    hits = float((called * truth.to_numpy()).sum())
    precision = hits / capacity
    return {
        "precision": precision,
        "recall": hits / float(truth.sum()),
        "lift": precision / float(truth.mean()),
    }
