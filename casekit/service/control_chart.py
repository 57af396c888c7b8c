"""Control charts for satisfaction and complaints: is this month different, or is it chance?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.service._columns import whole

#: Points in a row on one side of the centre that count as a signal (Western Electric rule 4).
RUN = 8


def p_chart(
    events: Any, sizes: Any, *, sigmas: float = 3.0, centre: float | None = None, run: int = RUN
) -> pd.DataFrame:
    """Control chart for a share: satisfied guests of those asked, orders late of those sent.

    A manager who explains every rise and fall teaches people superstition. Points inside the limits differ
    by chance; a point outside, or a long run on one side, has a cause worth looking for.

    Parameters
    ----------
    events : Series, list or dict of int, shape (n_periods,), in order of time
        How often it happened in each period, 0 to the size.
    sizes : int, or Series, list or dict of int
        How often it could have happened, 1 or more; one for all periods or one each.
    sigmas : float, default 3
        Width of the limits in standard errors, above 0.
    centre : float, optional
        Share that the process stands for (0 to 1), from an earlier stretch that was in order. Left out: the
        share over all periods shown, which hides part of any shift among them.
    run : int, default 8
        Points in a row on one side of the centre that count as a signal, 2 or more.

    Returns
    -------
    DataFrame, index of ``events``, with columns ``size``, ``rate``, ``centre``, ``lower``, ``upper`` (shares,
    limits cut off at 0 and 1), ``signal`` (bool) and ``reason`` (``above``, ``below``, ``run`` or empty).

    Raises
    ------
    InputError
        If events exceed sizes, or the centre is 0 or 1: then nothing varies and there are no limits.

    Notes
    -----
    ``p̄ ± sigmas * sqrt(p̄ (1 - p̄) / size)``

    References
    ----------
    Shewhart, W. (1931). *Economic Control of Quality of Manufactured Product*. Montgomery, D. *Introduction
    to Statistical Quality Control*, ch. 7.

    Examples
    --------
    >>> chart = p_chart([10, 12, 8, 30], 100, centre=0.1)
    >>> chart["upper"].round(2).unique().tolist(), chart["reason"].tolist()
    ([0.19], ['', '', '', 'above'])
    """
    check = Check("p_chart")
    sigmas, run = _settings(check, sigmas, run)
    counts, size = _counts(check, "events", events, "sizes", sizes, whole_sizes=True)
    too_many = counts > size
    if too_many.any():
        rule = _("events must not exceed sizes")
        got = errors.listing(errors.shown(value) for value in counts[too_many])
        check.add(errors.must_hold(rule, got=got, where=errors.rows(counts.index[too_many])))
    if centre is not None:
        centre = check.share("centre", centre)
    check.done()
    middle = float(counts.sum() / size.sum()) if centre is None else centre
    check.require(
        0 < middle < 1,
        _("the centre must lie strictly between 0 and 1"),
        got=errors.shown(middle),
        hint=_("where it never or always happens nothing varies; give the centre of an earlier stretch"),
    )
    check.done()
    error = np.sqrt(middle * (1 - middle) / size)
    return _chart(counts / size, size, middle, sigmas * error, (0.0, 1.0), run)


def u_chart(
    counts: Any, exposure: Any, *, sigmas: float = 3.0, centre: float | None = None, run: int = RUN
) -> pd.DataFrame:
    """Control chart for events per unit: complaints per thousand orders, errors per shift.

    For events that can happen more than once a unit, where a share would be wrong.

    Parameters
    ----------
    counts : Series, list or dict of int, shape (n_periods,), in order of time
        Events in each period, zero or more.
    exposure : float, or Series, list or dict of float
        Units in which they could happen (orders, shifts, thousands of visits), above 0. With 1 everywhere
        this is the c-chart.
    sigmas, run
        As in :func:`p_chart`.
    centre : float, optional
        Events per unit that the process stands for, above 0.

    Returns
    -------
    DataFrame
        As :func:`p_chart`; rates and limits are events per unit, the lower limit cut off at 0.

    Notes
    -----
    ``ū ± sigmas * sqrt(ū / exposure)``; assumes events that come alone (Poisson). If the same cause
    brings complaints in bunches, the limits are too narrow.

    Examples
    --------
    >>> u_chart([4, 6, 5, 5], 1)[["centre", "lower", "upper"]].iloc[0].round(2).tolist()
    [5.0, 0.0, 11.71]
    """
    check = Check("u_chart")
    sigmas, run = _settings(check, sigmas, run)
    events, units = _counts(check, "counts", counts, "exposure", exposure, whole_sizes=False)
    if centre is not None:
        centre = check.positive("centre", centre)
    check.done()
    middle = float(events.sum() / units.sum()) if centre is None else centre
    check.require(
        middle > 0,
        _("there must be at least one event"),
        got=_("none"),
        hint=_("give the centre of an earlier stretch"),
    )
    check.done()
    return _chart(events / units, units, middle, sigmas * np.sqrt(middle / units), (0.0, np.inf), run)


def nps_chart(counts: pd.DataFrame, *, sigmas: float = 3.0, run: int = RUN) -> pd.DataFrame:
    """Control chart of the net promoter score, period by period.

    Parameters
    ----------
    counts : DataFrame, one row a period, in order of time
        Columns ``promoters``, ``passives``, ``detractors``: respondents, zero or more.
    sigmas, run
        As in :func:`p_chart`.

    Returns
    -------
    DataFrame
        As :func:`p_chart`; scores in shares, -1 to 1.

    Notes
    -----
    Centre: score over all periods, with ``Var = p + q - NPS²`` of all respondents; limits ``± sigmas *
    sqrt(Var / respondents of the period)``.

    Examples
    --------
    >>> months = pd.DataFrame({"promoters": [50, 20], "passives": [30, 40], "detractors": [20, 40]})
    >>> nps_chart(months, sigmas=2)["reason"].tolist()
    ['above', 'below']
    """
    check = Check("nps_chart")
    sigmas, run = _settings(check, sigmas, run)
    kinds = ["promoters", "passives", "detractors"]
    table = check.frame("counts", counts, kinds)
    check.done()
    columns = {kind: whole(check, f"counts[{kind!r}]", table[kind]) for kind in kinds}
    check.done()
    size = sum(columns.values(), pd.Series(0.0, index=table.index))
    check.require(
        bool((size > 0).all()),
        _("each period must have respondents"),
        got="0",
        where=errors.rows(size.index[size == 0]),
        hint=_("leave out the periods in which nobody was asked"),
    )
    check.done()
    up, down = (float(columns[kind].sum() / size.sum()) for kind in ("promoters", "detractors"))
    variance = up + down - (up - down) ** 2
    check.require(
        variance > 0,
        _("answers must vary"),
        got=_("one kind of answer only"),
        hint=_("with no spread there are no limits"),
    )
    check.done()
    score = (columns["promoters"] - columns["detractors"]) / size
    return _chart(score, size, up - down, sigmas * np.sqrt(variance / size), (-1.0, 1.0), run)


def _settings(check: Check, sigmas: float, run: int) -> tuple[float, int]:
    return check.positive("sigmas", sigmas), check.integer("run", run, low=2)


def _counts(
    check: Check, name: str, events: Any, other: str, sizes: Any, *, whole_sizes: bool
) -> tuple[pd.Series, pd.Series]:
    counts = whole(check, name, events)
    if isinstance(sizes, (int, float, np.number)) and not isinstance(sizes, bool):
        sizes = pd.Series(float(sizes), index=counts.index)
        if not len(counts):
            return counts, counts
    given = whole(check, other, sizes, low=1) if whole_sizes else check.vector(other, sizes, low=0)
    if not whole_sizes and (given == 0).any():
        check.add(
            errors.out_of_range(
                other, "0", errors.interval(0, None) + _(", {low} itself excluded").format(low=0)
            )
        )
    given = check.alike(other, given, name, counts)
    check.done()
    return counts, given


def _chart(
    rate: pd.Series, size: pd.Series, centre: float, half: pd.Series, ends: tuple[float, float], run: int
) -> pd.DataFrame:
    table = pd.DataFrame({"size": size, "rate": rate, "centre": centre})
    table["lower"] = (centre - half).clip(lower=ends[0])
    table["upper"] = (centre + half).clip(upper=ends[1])
    side = np.sign((rate - centre).to_numpy().round(12))
    block = np.cumsum(np.r_[True, side[1:] != side[:-1]])
    length = pd.Series(side).groupby(block).cumcount().to_numpy() + 1
    long = (length >= run) & (side != 0)
    slack = 1e-12
    above, below = (rate > table["upper"] + slack).to_numpy(), (rate < table["lower"] - slack).to_numpy()
    table["signal"] = above | below | long
    table["reason"] = np.select([above, below, long], ["above", "below", "run"], "")
    return table
