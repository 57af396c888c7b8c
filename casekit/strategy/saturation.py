"""Saturation of interviews: does the next one still bring something new?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import gammaln

from casekit import errors
from casekit._text import _
from casekit._validate import Check


@dataclass(frozen=True)
class Saturation:
    """Where interviews stopped bringing news.

    Attributes
    ----------
    interview : int or None
        Number of interviews after which the run of low news was complete; None if it never was.
    new_information : Series of float
        News of each run, by the number of interviews at its end: new needs over those of the base.
    base_needs : int
        Needs heard in the first interviews, the yardstick.
    """

    interview: int | None
    new_information: pd.Series
    base_needs: int


def saturation_curve(mentions: Any) -> pd.DataFrame:
    """How many different needs 1, 2, 3 … interviews bring up, whatever order they were held in.

    A curve that still climbs at its right end says: hold more interviews.

    Parameters
    ----------
    mentions : DataFrame
        One row an interview, one column a need; 1 or True where the interview brought it up.

    Returns
    -------
    DataFrame indexed by ``interviews`` (1 to their number): ``needs`` (expected number of different needs),
    ``new`` (of these, first heard in the last interview) and ``share`` of all needs heard.

    Raises
    ------
    InputError
        For cells other than 0 and 1, or if nothing was mentioned.

    Notes
    -----
    The mean over all orders in closed form: ``needs(k) = sum(1 - C(n - m, k) / C(n, k))`` over needs heard in
    ``m`` of ``n`` interviews.

    References
    ----------
    Hurlbert, S. H. (1971). The nonconcept of species diversity. *Ecology* 52(4), 577–586: rarefaction; the
    sample-based form.

    Examples
    --------
    >>> heard = pd.DataFrame({"rest": [1, 1], "time": [0, 1], "price": [1, 0]})
    >>> saturation_curve(heard)["needs"].tolist()
    [2.0, 3.0]
    """
    table = _mentions("saturation_curve", mentions)
    n = len(table)
    times = table.sum(axis=0).to_numpy()
    sizes = np.arange(1, n + 1)
    missed = _log_ways(n - times[None, :], sizes[:, None]) - _log_ways(np.array(n), sizes)[:, None]
    needs = (1 - np.exp(missed)).sum(axis=1)
    return pd.DataFrame(
        {"needs": needs, "new": np.diff(needs, prepend=0.0), "share": needs / needs[-1]},
        index=pd.Index(sizes, name="interviews"),
    )


def _log_ways(total: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Logarithm of the binomial coefficient, minus infinity where it is 0."""
    total, chosen = np.broadcast_arrays(total, chosen)
    possible = chosen <= total
    rest = np.where(possible, total - chosen, 0)
    ways = gammaln(total + 1.0) - gammaln(chosen + 1.0) - gammaln(rest + 1.0)
    return np.where(possible, ways, -np.inf)


def unheard_needs(mentions: Any) -> float:
    """At least how many needs are still unheard, judging by those that came up once or twice only.

    Parameters
    ----------
    mentions : DataFrame
        As for :func:`saturation_curve`.

    Returns
    -------
    float, number of needs, 0 or more: a lower bound, as no list of what was said bounds what was not.

    Notes
    -----
    Chao2, bias-corrected: ``(n - 1) / n * q1 * (q1 - 1) / (2 * (q2 + 1))`` with ``q1`` needs heard in one
    interview, ``q2`` in two, ``n`` interviews.

    References
    ----------
    Chao, A. (1987). Estimating the population size for capture–recapture data with unequal catchability.
    *Biometrics* 43(4), 783–791.

    Examples
    --------
    >>> heard = pd.DataFrame({"a": [1, 0], "b": [0, 1], "c": [1, 1], "d": [1, 0]})
    >>> unheard_needs(heard)    # 1/2 * 3 * 2 / (2 * 2)
    0.75
    """
    table = _mentions("unheard_needs", mentions)
    times = table.sum(axis=0)
    once, twice, n = int((times == 1).sum()), int((times == 2).sum()), len(table)
    return (n - 1) / n * once * (once - 1) / (2 * (twice + 1))


def saturation_point(mentions: Any, *, base: int = 4, run: int = 2, threshold: float = 0.05) -> Saturation:
    """After which interview, in the order held, hardly anything new came up any more.

    Parameters
    ----------
    mentions : DataFrame
        As for :func:`saturation_curve`, rows in the order the interviews were held.
    base : int, default 4
        The first interviews, whose needs are the yardstick, 1 or more.
    run : int, default 2
        How many interviews must bring next to nothing together, 1 or more.
    threshold : float, default 0.05
        News that counts as next to nothing, share of the yardstick, 0 to 1.

    Returns
    -------
    Saturation

    Raises
    ------
    InputError
        Also when there are fewer than ``base + run`` interviews, or the base brought nothing.

    Notes
    -----
    ``new_information = needs first heard in the run / needs heard in the base``; saturation at the end of the
    first run at or below ``threshold``. Interviews with more of the same people saturate without having heard
    the others: the rule speaks of the segment asked, no other.

    References
    ----------
    Guest, G., Namey, E. and Chen, M. (2020). A simple method to assess and report thematic saturation in
    qualitative research. *PLoS ONE* 15(5), e0232076.

    Examples
    --------
    >>> heard = pd.DataFrame({"a": [1, 1, 1, 1], "b": [0, 1, 0, 1]})
    >>> saturation_point(heard, base=2, run=1).interview
    3
    """
    check = Check("saturation_point")
    base, run = check.integer("base", base, low=1), check.integer("run", run, low=1)
    threshold = check.share("threshold", threshold)
    check.done()
    table = _mentions("saturation_point", mentions)
    check.require(
        len(table) >= base + run,
        _("there must be interviews for the base and one run"),
        got=str(len(table)),
        hint=_("a smaller base or run, or more interviews"),
    )
    check.done()
    first = np.where(table.any(axis=0), table.to_numpy().argmax(axis=0), len(table))
    in_base = int((first < base).sum())
    check.require(in_base > 0, _("the base must hold at least one need"), got="0")
    check.done()
    ends = range(base + run, len(table) + 1)
    news = pd.Series(
        [float(((first >= end - run) & (first < end)).sum()) / in_base for end in ends],
        index=pd.Index(ends, name="interviews"),
        name="new_information",
    )
    low = news.index[news <= threshold + 1e-12]
    return Saturation(int(low[0]) if len(low) else None, news, in_base)


def _mentions(function: str, mentions: Any) -> pd.DataFrame:
    check = Check(function)
    frame = check.frame("mentions", mentions)
    check.done()
    cells = pd.Series(frame.to_numpy().ravel())
    good = cells.isin([0, 1])
    check.require(
        bool(good.all()),
        _("mentions must hold only 0 and 1"),
        got=errors.listing(map(errors.shown, cells[~good].unique().tolist())),
        hint=_("one row an interview, one column a need"),
    )
    check.require(
        bool(good.any()) and bool((cells[good] == 1).any()),
        _("at least one need must have been heard"),
        got=_("none"),
    )
    check.done()
    return frame.astype(int)
