"""Which ideas to try first, and why the top of the list is never as good as its score."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import number_frame, one_or_each


def ice_score(ideas: Any) -> pd.Series:
    """ICE score of each idea: impact times confidence times ease.

    Parameters
    ----------
    ideas : DataFrame, dict of dicts or list of dicts, one row an idea
        ``impact``, ``confidence`` and ``ease``, each on the same scale (usually 1 to 10), zero or more.

    Returns
    -------
    Series of float; only the order means something. Some teams take the mean of the three instead, which
    lets a sure and easy idea without any impact come out well.

    Examples
    --------
    >>> ice_score({"birthday call": {"impact": 4, "confidence": 8, "ease": 9}}).item()
    288.0
    """
    check = Check("ice_score")
    table = number_frame(check, "ideas", ideas, ["impact", "confidence", "ease"], low=0)
    check.done()
    return table.prod(axis=1).rename("ice")


def rice_score(ideas: Any) -> pd.Series:
    """RICE score of each idea: people reached times impact times confidence, by effort.

    Parameters
    ----------
    ideas : DataFrame, dict of dicts or list of dicts, one row an idea
        ``reach`` (customers a period, zero or more), ``impact`` (usually 0.25, 0.5, 1, 2 or 3),
        ``confidence`` (share, 0 to 1), ``effort`` (person-months, above 0).

    Returns
    -------
    Series of float, impact a person-month.

    Notes
    -----
    ``reach * impact * confidence / effort``

    References
    ----------
    McBride, S. (2018). RICE: simple prioritization for product managers. Intercom.

    Examples
    --------
    >>> rice_score({"search": {"reach": 2000, "impact": 2, "confidence": 0.75, "effort": 3}}).item()
    1000.0
    """
    check = Check("rice_score")
    columns = ["reach", "impact", "confidence", "effort"]
    table = number_frame(check, "ideas", ideas, columns, low=0)
    check.done()
    if len(table):
        check.vector("ideas['confidence']", table["confidence"], low=0, high=1)
        check.vector("ideas['effort']", table["effort"], low=0, low_open=True)
    check.done()
    return (table["reach"] * table["impact"] * table["confidence"] / table["effort"]).rename("rice")


def shrink_to_mean(scores: Any, *, error_variance: Any, method: str = "james-stein") -> pd.DataFrame:
    """Scores pulled towards their mean by as much as they are noise: what the best idea will likely turn out.

    The top of a list of estimates is there partly by luck, so it disappoints on average; the noisier the
    estimates and the longer the list, the more. Shrinking each score takes the expected disappointment out
    beforehand. With unequal errors it can change the order: a wild guess at the top falls behind a solid
    second.

    Parameters
    ----------
    scores : dict, Series or list of float, shape (n_ideas,), four or more
        Estimates on one scale (take logs of RICE scores first).
    error_variance : float, dict or Series
        Variance of the error of each estimate, such as that of raters' scores over their number; 0 or more.
    method : {"james-stein", "moments"}
        ``james-stein``: the estimator of Efron and Morris, one error variance for all. ``moments``: variance
        of true scores by the method of moments, errors may differ.

    Returns
    -------
    DataFrame, one row an idea, in the order given
        ``score``, ``shrunk``, ``weight`` (of the own score, 0 to 1; the mean gets the rest), ``rank`` (of
        ``shrunk``, 1 is best).

    Raises
    ------
    InputError
        If there are fewer than four scores, or ``james-stein`` gets unequal error variances.

    Notes
    -----
    ``shrunk_i = mean + w_i (score_i - mean)``. James–Stein: ``w = max(0, 1 - (n - 3) s² / sum (score_i -
    mean)²)``. Moments: ``w_i = t² / (t² + s_i²)`` with ``t² = max(0, var(score) - mean(s²))`` and the mean
    weighted by ``1 / (t² + s_i²)``; ``s²`` the error variances.

    References
    ----------
    Efron, B. and Morris, C. (1975). Data analysis using Stein's estimator and its generalizations. *JASA*
    70, 311–319. Smith, J. and Winkler, R. (2006). The optimizer's curse. *Management Science* 52(3).

    Examples
    --------
    >>> shrink_to_mean([1.0, 2.0, 3.0, 10.0], error_variance=5)["shrunk"].round(2).tolist()
    [1.3, 2.2, 3.1, 9.4]
    """
    check = Check("shrink_to_mean")
    check.choice("method", method, ("james-stein", "moments"))
    check.done()
    values = check.vector("scores", scores)
    check.require(
        len(values) >= 4 or len(values) == 0,
        _("scores must hold at least four ideas"),
        got=str(len(values)),
        hint=_("with three or fewer there is nothing to learn the spread from"),
    )
    noise = one_or_each(check, "error_variance", error_variance, values, "scores", low=0)
    check.require(
        method != "james-stein" or noise.isna().any() or noise.nunique() <= 1,
        _("james-stein needs one error variance for all"),
        got=_("several"),
        hint='method="moments"',
    )
    check.done()
    if method == "james-stein":
        centre = float(values.mean())
        spread = float(((values - centre) ** 2).sum())
        share = max(0.0, 1 - (len(values) - 3) * float(noise.iloc[0]) / spread) if spread > 0 else 0.0
        weight = pd.Series(share, index=values.index)
    else:
        true = max(0.0, float(values.var(ddof=1)) - float(noise.mean()))
        total = true + noise
        weight = (true / total.replace(0.0, np.nan)).fillna(1.0)
        precision = 1 / total if (total > 0).all() else pd.Series(1.0, index=values.index)
        centre = float((precision * values).sum() / precision.sum())
    shrunk = centre + weight * (values - centre)
    return pd.DataFrame(
        {
            "score": values,
            "shrunk": shrunk,
            "weight": weight,
            "rank": shrunk.round(12).rank(ascending=False, method="min").astype(int),
        }
    )
