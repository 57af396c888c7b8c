"""How complete profiles are, and how fast what they say goes out of date."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.information.quality import present


def profile_completeness(profiles: pd.DataFrame, *, weights: Mapping[str, float] | None = None) -> pd.Series:
    """Share of each customer's profile that is filled in, important fields weighing more.

    Shows whom the branch does not know. Beware of the target "90 % complete": it is met by filling in
    guesses.

    Parameters
    ----------
    profiles : DataFrame, shape (n_customers, n_fields)
        One row a customer; missing values and blank texts are not filled in.
    weights : mapping of field to float, optional
        Importance of each field to count, 0 or more; fields not named do not count. All alike if not given.

    Returns
    -------
    Series of float named ``completeness``, 0 to 1, indexed like ``profiles``.

    Examples
    --------
    >>> book = pd.DataFrame({"phone": ["139", None], "need": ["tea", ""]}, index=["Wang", "Xu"])
    >>> profile_completeness(book, weights={"phone": 3, "need": 1}).to_dict()
    {'Wang': 1.0, 'Xu': 0.0}
    """
    check = Check("profile_completeness")
    weights = None if weights is None else check.mapping("weights", weights)
    frame = check.frame("profiles", profiles, list(weights or []))
    check.done()
    fields = list(frame.columns)
    series = check.vector("weights", dict.fromkeys(fields, 1.0) if weights is None else weights, low=0)
    total = float(series.sum())
    check.require(total > 0, _("weights must add up to more than zero"), got=errors.shown(total))
    check.done()
    filled = np.column_stack([present(frame[field]) for field in series.index])
    return pd.Series(filled @ series.to_numpy() / total, index=frame.index, name="completeness")


def freshness(age_days: Any, *, half_life_days: float) -> float | pd.Series:
    """Chance that a fact noted some time ago still holds, if facts of its kind go stale at a constant rate.

    A telephone number noted two years ago and a buying plan noted two years ago are not equally old. Give
    each kind of fact its half-life (:func:`fact_half_life` estimates it) and refresh what has fallen lowest.

    Parameters
    ----------
    age_days : float, or list, dict or Series of float
        Days since the fact was last confirmed, 0 or more.
    half_life_days : float
        Days after which half of such facts no longer hold, above 0.

    Returns
    -------
    float, or Series labelled like ``age_days``
        0 to 1; 1 for a fact confirmed today, 0.5 after one half-life.

    Notes
    -----
    ``freshness = 0.5 ** (age_days / half_life_days)``. Key events (a new manager, a merger) make facts stale
    at once, whatever their age.

    Examples
    --------
    >>> freshness(180, half_life_days=90)
    0.25
    """
    check = Check("freshness")
    single = isinstance(age_days, (int, float, np.number)) and not isinstance(age_days, bool)
    if single:
        ages = pd.Series([check.number("age_days", age_days, low=0, unit=_("days"))])
    else:
        ages = check.vector("age_days", age_days, low=0, unit=_("days"))
    half_life = check.positive("half_life_days", half_life_days, unit=_("days"))
    check.done()
    fresh = 0.5 ** (ages / half_life)
    return float(fresh.iloc[0]) if single else fresh


def fact_half_life(age_days: Any, still_true: Any) -> float:
    """Half-life of a kind of fact, from a check of some facts of different ages.

    Call twenty customers, ask whether what the book says still holds, and the half-life says how often to
    ask.

    Parameters
    ----------
    age_days : list, dict or Series of float, shape (n_facts,)
        Days since each fact was noted, above 0.
    still_true : list, dict or Series of bool (or 0/1), shape (n_facts,)
        Whether it still held when checked, in the same order (or with the same labels).

    Returns
    -------
    float
        Days; infinite if every fact still held (the check was too small or too early to say).

    Raises
    ------
    InputError
        If no fact still held (the half-life cannot be told from 0), ages are not above 0, or lengths differ.

    Notes
    -----
    Maximum likelihood with ``P(true at age t) = exp(-h t)`` and half-life ``ln 2 / h``. When a fact was lost
    is not known, only that it was lost by the day of the check (current-status data). ``h`` solves ``sum of t
    over facts that held = sum of t / (exp(h t) - 1) over facts lost``. With all facts of one age it is the
    half-life at which the share that held is met exactly.

    Examples
    --------
    >>> round(fact_half_life([365] * 4, [True, True, True, False]), 1)
    879.4
    """
    check = Check("fact_half_life")
    ages = check.vector("age_days", age_days, low=0, low_open=True, unit=_("days"))
    held = _flags(check, still_true)
    if len(ages) != len(held):
        check.add(errors.different_lengths("still_true", len(held), "age_days", len(ages)))
    check.done()
    plain = any(one.index.equals(pd.RangeIndex(len(one))) for one in (ages, held))
    if not plain and not ages.index.equals(held.index):
        held = check.same_labels("still_true", held, "age_days", ages)
    check.require(bool(held.any()), _("at least one fact must still hold"), got=_("none"))
    check.done()
    true = held.to_numpy(dtype=bool)
    kept, lost = ages.to_numpy()[true], ages.to_numpy()[~true]
    if not len(lost):
        return math.inf
    with np.errstate(over="ignore"):
        low, high = 1e-12 / ages.max(), 700.0 / ages.min()
        rate = brentq(lambda h: float((lost / np.expm1(h * lost)).sum() - kept.sum()), low, high, xtol=1e-15)
    return math.log(2) / rate


def review_interval(half_life_days: float, *, floor: float = 0.8) -> float:
    """How often to confirm a kind of fact so that it is never less likely than ``floor`` to hold.

    Parameters
    ----------
    half_life_days : float
        Half-life of the fact in days, above 0.
    floor : float, default 0.8
        Lowest chance accepted, above 0 and below 1.

    Returns
    -------
    float
        Days between confirmations.

    Notes
    -----
    ``half_life_days * log2(1 / floor)``.

    Examples
    --------
    >>> review_interval(90, floor=0.25)
    180.0
    """
    check = Check("review_interval")
    half_life = check.positive("half_life_days", half_life_days, unit=_("days"))
    floor = check.number("floor", floor, low=0, high=1, low_open=True, high_open=True)
    check.done()
    return half_life * math.log2(1 / floor)


def _flags(check: Check, still_true: Any) -> pd.Series:
    series = as_series(still_true)
    if series is None:
        check.stop(errors.wrong_type("still_true", _("a list or Series of true and false"), still_true))
    vector = check.vector("still_true", series.astype(float) if series.dtype == bool else series)
    odd = vector[vector.notna() & ~vector.isin([0.0, 1.0])]
    check.require(odd.empty, _("still_true must hold true or false"), got=errors.listing(odd.unique()))
    return vector
