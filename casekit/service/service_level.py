"""Service levels from ticket timestamps: in 30 seconds, in 2 hours, in 24 hours; open tickets counted."""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit._validate import Check
from casekit.service.business_hours import BusinessHours
from casekit.service.proportions import proportion_interval

#: The course's own standards: first answer, a proposed solution, the call after the visit.
TARGETS = ("30 s", "2 h", "24 h")


def response_times(tickets: pd.DataFrame, *, as_of: Any, hours: BusinessHours | None = None) -> pd.DataFrame:
    """How long each ticket waited for its answer, and which still wait.

    Open tickets are the trap of every service report: left out, the slowest cases vanish from the average.
    Here each carries the time it has waited so far and the mark that it is not answered.

    Parameters
    ----------
    tickets : DataFrame, one row a ticket
        Columns ``opened`` and ``answered`` (dates with time; ``answered`` missing while the ticket is open).
    as_of : date with time
        Moment of the report. An answer after it counts as not yet given; a ticket opened after it is an
        error.
    hours : BusinessHours, optional
        Count only the time in which the desk is open. Left out: the clock runs day and night.

    Returns
    -------
    DataFrame, index of ``tickets``, with columns ``wait_seconds`` (zero or more) and ``answered`` (bool;
    where False the wait is a lower bound).

    Raises
    ------
    InputError
        If a ticket has no opening time, was answered before it was opened, or opened after ``as_of``.

    Examples
    --------
    >>> tickets = pd.DataFrame({"opened": pd.to_datetime(["2025-06-02 09:00", "2025-06-02 09:30"]),
    ...                         "answered": pd.to_datetime(["2025-06-02 09:01", None])})
    >>> response_times(tickets, as_of="2025-06-02 12:00").to_dict("list")
    {'wait_seconds': [60.0, 9000.0], 'answered': [True, False]}
    """
    check = Check("response_times")
    tickets = check.frame("tickets", tickets, ["opened", "answered"])
    if hours is not None and not isinstance(hours, BusinessHours):
        check.add(errors.wrong_type("hours", _("BusinessHours"), hours, 'BusinessHours("09:00", "18:00")'))
    check.done()
    opened = check.dates("tickets['opened']", tickets["opened"])
    answered = tickets["answered"]
    if answered.isna().all():
        answered = pd.Series(pd.NaT, index=tickets.index, dtype=opened.dtype)
    else:
        check.dates("tickets['answered']", answered.dropna())
    check.done()
    now = _moment(check, as_of, opened, answered)
    for rule, wrong in (
        (_("tickets must be answered after they are opened"), answered < opened),
        (_("tickets must be opened before the moment of the report"), opened > now),
    ):
        if wrong.any():
            check.add(errors.must_hold(rule, got=_("another order"), where=errors.rows(opened.index[wrong])))
    check.done()
    done = answered.notna() & (answered <= now)
    end = answered.where(done, now)
    wait = hours.seconds_between(opened, end) if hours else (end - opened).dt.total_seconds()
    return pd.DataFrame({"wait_seconds": wait.astype(float), "answered": done})


def _moment(check: Check, as_of: Any, opened: pd.Series, answered: pd.Series) -> pd.Timestamp:
    try:
        now = pd.Timestamp(as_of)
    except (TypeError, ValueError):
        now = pd.NaT
    check.require(
        now is not pd.NaT,
        _("as_of must be a date with time"),
        got=repr(as_of),
        hint='as_of="2025-06-30 18:00"',
    )
    check.done()
    zones = {str(opened.dt.tz), str(answered.dt.tz), str(now.tz)}
    check.require(
        len(zones) == 1,
        _("times must all carry a time zone or none"),
        got=listed(sorted(zones)),
        hint=_('tickets["opened"].dt.tz_localize("Asia/Shanghai")'),
    )
    check.done()
    return now


def _waits(check: Check, waits: Any) -> tuple[pd.Series, pd.Series]:
    waits = check.frame("waits", waits, ["wait_seconds", "answered"])
    check.done()
    wait = check.vector("waits['wait_seconds']", waits["wait_seconds"], low=0)
    answered = check.flags("waits['answered']", waits["answered"])
    check.done()
    return wait, answered


def seconds(target: Any, check: Check) -> float:
    """A target such as ``"2 h"`` or a number of seconds, in seconds."""
    try:
        length = target if isinstance(target, (int, float)) else pd.Timedelta(target).total_seconds()
    except (TypeError, ValueError):
        length = np.nan
    if not np.isfinite(length) or length <= 0 or isinstance(target, bool):
        allowed = _('a number of seconds above 0, or a text such as "30 s", "2 h"')
        check.add(errors.out_of_range("targets", repr(target), allowed))
    return float(length)


def service_level(
    waits: pd.DataFrame, targets: Iterable[Any] = TARGETS, *, level: float = 0.95
) -> pd.DataFrame:
    """Share of tickets answered within each target, with what the open tickets leave undecided.

    A ticket still open after the target is missed; one that is younger than the target is undecided and
    counts neither way. The two bounds say what the figure becomes if all undecided tickets are missed or
    met.

    Parameters
    ----------
    waits : DataFrame
        From :func:`response_times`: columns ``wait_seconds`` and ``answered``.
    targets : list of str or float
        Such as ``"30 s"``, ``"2 h"``, or seconds. The course's three are the default.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    DataFrame, index ``target``, with columns ``met``, ``missed``, ``undecided`` (tickets), ``attainment``
    (share met of the decided, missing if none is decided), ``low``, ``high`` (Wilson interval),
    ``kaplan_meier`` (share met that uses the waiting so far of the undecided; missing beyond the longest
    wait seen), ``worst``, ``best`` (bounds).

    Notes
    -----
    ``attainment = met / (met + missed)``. A wait exactly as long as the target is met.

    References
    ----------
    Kaplan, E. and Meier, P. (1958). *JASA* 53, 457–481; see :func:`waiting_curve`.

    Examples
    --------
    >>> waits = pd.DataFrame({"wait_seconds": [20, 40, 10], "answered": [True, True, False]})
    >>> service_level(waits, ["30 s"])[["met", "missed", "undecided", "attainment"]].iloc[0].tolist()
    [1.0, 1.0, 1.0, 0.5]
    """
    check = Check("service_level")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    alone = isinstance(targets, numbers.Real) or not isinstance(targets, Iterable)
    names = check.names("targets", [targets] if alone else targets)
    lengths = [seconds(name, check) for name in names]
    wait, answered = _waits(check, waits)
    curve = waiting_curve(wait, answered)
    rows = {}
    for name, length in zip(names, lengths, strict=True):
        met = int((answered & (wait <= length)).sum())
        missed = int((wait > length).sum()) + int((~answered & (wait == length)).sum())
        undecided = len(wait) - met - missed
        found = proportion_interval(met, met + missed, level=level) if met + missed else None
        rows[name] = {
            "met": met,
            "missed": missed,
            "undecided": undecided,
            "attainment": found.estimate if found else np.nan,
            "low": found.low if found else np.nan,
            "high": found.high if found else np.nan,
            "kaplan_meier": 1 - _still_waiting(curve, length, longest=float(wait.max())),
            "worst": met / len(wait),
            "best": (met + undecided) / len(wait),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("target")


def _still_waiting(curve: pd.DataFrame, length: float, *, longest: float) -> float:
    left = float(curve.loc[curve.index <= length, "still_waiting"].iloc[-1])
    return np.nan if length > longest and left > 0 else left


def waiting_curve(wait: Any, answered: Any) -> pd.DataFrame:
    """Share of tickets still waiting after each length of time; open tickets count while they were seen.

    Parameters
    ----------
    wait : Series or list of float, shape (n_tickets,)
        Time waited, in any unit, zero or more.
    answered : Series or list of bool, same order
        False for tickets still open (the wait is then a lower bound).

    Returns
    -------
    DataFrame, index ``wait`` (0 and every length at which a ticket was answered), with columns ``at_risk``
    (tickets that waited at least so long), ``answered`` (at that length) and ``still_waiting`` (share,
    never rising).

    Notes
    -----
    Kaplan–Meier: ``S(t) = product over answered times t_j <= t of (1 - answered_j / at_risk_j)``. It assumes
    that open tickets are no harder than the rest; a desk that leaves hard ones lying breaks this.

    References
    ----------
    Kaplan, E. and Meier, P. (1958). *JASA* 53, 457–481.

    Examples
    --------
    >>> waiting_curve([1, 2, 2, 4], [True, True, False, True])["still_waiting"].round(2).to_dict()
    {0.0: 1.0, 1.0: 0.75, 2.0: 0.5, 4.0: 0.0}
    """
    check = Check("waiting_curve")
    lengths = check.vector("wait", wait, low=0)
    done = check.flags("answered", answered)
    if len(lengths) != len(done):
        check.add(errors.different_lengths("answered", len(done), "wait", len(lengths)))
    check.done()
    values, ends = lengths.to_numpy(), done.to_numpy()
    times = np.unique(values[ends])
    ordered = np.sort(values)
    at_risk = len(values) - np.searchsorted(ordered, times, side="left")
    events = np.unique(values[ends], return_counts=True)[1]
    table = pd.DataFrame({"at_risk": at_risk, "answered": events}, index=pd.Index(times, name="wait"))
    if 0.0 not in table.index:
        first = pd.DataFrame({"at_risk": [len(values)], "answered": [0]}, index=pd.Index([0.0], name="wait"))
        table = pd.concat([first, table]) if len(table) else first
    table["still_waiting"] = (1 - table["answered"] / table["at_risk"]).cumprod()
    return table.rename_axis("wait")


def waiting_percentiles(waits: pd.DataFrame, shares: Iterable[float] = (0.5, 0.8, 0.9, 0.95)) -> pd.Series:
    """The time within which given shares of tickets are answered: the median, the 90th percentile, and so on.

    A mean hides the tail that customers remember: 30 seconds on average may be 5 seconds for most and ten
    minutes for some. Open tickets are counted as in :func:`waiting_curve`.

    Parameters
    ----------
    waits : DataFrame
        From :func:`response_times`.
    shares : list of float
        Shares of tickets, strictly between 0 and 1.

    Returns
    -------
    Series of float, index ``share``, in seconds; missing where so many tickets are still open that the
    share has not been reached.

    Examples
    --------
    >>> waits = pd.DataFrame({"wait_seconds": [5, 6, 7, 600], "answered": [True, True, True, False]})
    >>> waiting_percentiles(waits, [0.5, 0.9]).tolist()
    [6.0, nan]
    """
    check = Check("waiting_percentiles")
    wanted = check.vector("shares", shares, low=0, high=1, low_open=True)
    check.require(
        bool((wanted < 1).all()), _("shares must lie below 1"), got=errors.shown(float(wanted.max()))
    )
    wait, answered = _waits(check, waits)
    curve = waiting_curve(wait, answered)["still_waiting"]
    found = [curve.index[(curve <= 1 - share + 1e-12).to_numpy()] for share in wanted]
    values = [float(times[0]) if len(times) else np.nan for times in found]
    return pd.Series(values, index=pd.Index(wanted.to_numpy(), name="share"), name="wait_seconds")
