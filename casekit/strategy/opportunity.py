"""Opportunity scores: which needs matter much and are served badly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Ulwick's bands of the opportunity score, each from its lower bound (excluded) up to the next.
OPPORTUNITY_BANDS = {"extreme": 15.0, "high": 12.0, "solid": 10.0, "low": -np.inf}

#: Where a need stands on the opportunity landscape.
SERVICE_ZONES = ("underserved", "served right", "overserved")


def top_box_scores(ratings: Any, *, points: int = 5, top: int = 2) -> pd.Series:
    """Marks on a 1-to-5 scale as Ulwick's scores from 0 to 10: ten times the share of the top two boxes.

    Scores for :func:`opportunity_scores` are shares of people, not average marks: an average of 3 may hide
    half who are delighted and half who are angry.

    Parameters
    ----------
    ratings : DataFrame, one row a respondent, one column a need; or a Series or list for one need
        Whole marks 1 to ``points``; missing marks are left out of that need's share.
    points : int, default 5
        Top of the scale, 2 or more.
    top : int, default 2
        How many of the highest marks count, below ``points``.

    Returns
    -------
    Series of float by need, 0 to 10.

    Raises
    ------
    InputError
        For marks off the scale, or a need that nobody marked.

    References
    ----------
    Ulwick, A. W. (2005). *What Customers Want*. McGraw-Hill, ch. 3.

    Examples
    --------
    >>> top_box_scores(pd.DataFrame({"save time": [5, 4, 3, 1], "rest": [5, 5, 4, 4]})).to_dict()
    {'save time': 5.0, 'rest': 10.0}
    """
    check = Check("top_box_scores")
    points = check.integer("points", points, low=2)
    top = check.integer("top", top, low=1, high=max(points - 1, 1))
    table = ratings
    if not isinstance(ratings, pd.DataFrame) and not _holds_frames(ratings):
        table = pd.DataFrame({"score": check.vector("ratings", ratings, missing=True)})
    table = check.frame("ratings", table)
    check.done()
    scores = {}
    for need in table.columns:
        marks = check.vector(str(need), table[need], low=1, high=points, missing=True).dropna()
        check.require(len(marks) > 0, _("every need must have been marked by someone"), got=str(need))
        check.require(
            bool((marks == marks.round()).all()),
            _("marks must be whole numbers"),
            got=errors.listing(map(errors.shown, marks[marks != marks.round()])),
        )
        scores[str(need)] = 10 * float((marks > points - top).mean()) if len(marks) else np.nan
    check.done()
    return pd.Series(scores, name="score")


def _holds_frames(ratings: Any) -> bool:
    """A dict of columns or a list of records, not the marks of one need."""
    held = list(ratings.values() if isinstance(ratings, dict) else ratings) if is_listed(ratings) else []
    return any(isinstance(one, (dict, list, tuple, pd.Series)) for one in held)


def is_listed(ratings: Any) -> bool:
    return isinstance(ratings, (dict, list, tuple))


def opportunity_scores(needs: pd.DataFrame, *, scale: float = 10.0) -> pd.DataFrame:
    """Which needs are worth working on: important and badly served ones first.

    Parameters
    ----------
    needs : DataFrame
        Columns ``need`` (or the index), ``importance`` and ``satisfaction``, both from 0 to ``scale``, best
        as :func:`top_box_scores` gives them.
    scale : float, default 10
        Top of the scale, above 0. Bands and zones are those of the 0-to-10 scale, stretched to ``scale``.

    Returns
    -------
    DataFrame, highest score first: ``need, importance, satisfaction, opportunity`` (0 to ``2 * scale``),
    ``band`` (``extreme`` above 15, ``high`` above 12, ``solid`` above 10, else ``low``) and ``zone``:
    ``overserved`` where satisfaction exceeds importance, else ``underserved`` above 10, else
    ``served right``.

    Raises
    ------
    InputError
        For missing columns, scores off the scale, repeated needs.

    Notes
    -----
    ``opportunity = importance + max(importance - satisfaction, 0)``. Importance counts double where there is
    a gap; satisfaction beyond importance takes nothing away. Compute it within one segment: averaging over
    segments hides the gaps.

    References
    ----------
    Ulwick, A. W. (2002). Turn customer input into innovation. *Harvard Business Review* 80(1), 91–97; (2005)
    *What Customers Want*, ch. 3.

    Examples
    --------
    >>> needs = pd.DataFrame({"need": ["rest", "time"], "importance": [9, 9], "satisfaction": [3, 9]})
    >>> opportunity_scores(needs)[["need", "opportunity", "zone"]].values.tolist()
    [['rest', 15.0, 'underserved'], ['time', 9.0, 'served right']]
    """
    check = Check("opportunity_scores")
    scale = check.positive("scale", scale)
    frame = check.frame("needs", needs, ["importance", "satisfaction"])
    check.done()
    names = frame["need"] if "need" in frame.columns else pd.Series(frame.index)
    check.unique("need", names.to_numpy())
    importance = check.vector("importance", frame["importance"], low=0, high=scale)
    satisfaction = check.vector("satisfaction", frame["satisfaction"], low=0, high=scale)
    check.done()
    gap = (importance - satisfaction).clip(lower=0)
    table = pd.DataFrame(
        {
            "need": names.astype(str).to_numpy(),
            "importance": importance.to_numpy(),
            "satisfaction": satisfaction.to_numpy(),
            "opportunity": (importance + gap).to_numpy(),
        }
    )
    units = table["opportunity"] * 10 / scale
    table["band"] = [_band(value) for value in units]
    under = np.where(units > OPPORTUNITY_BANDS["solid"] + 1e-9, SERVICE_ZONES[0], SERVICE_ZONES[1])
    table["zone"] = np.where(table["satisfaction"] > table["importance"], SERVICE_ZONES[2], under)
    return table.sort_values("opportunity", ascending=False, kind="stable", ignore_index=True)


def _band(score: float) -> str:
    return next(name for name, low in OPPORTUNITY_BANDS.items() if score > low + 1e-9)
