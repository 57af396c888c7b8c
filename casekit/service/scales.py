"""Scales made of questions: do the questions measure one thing, and what do they say of the relationship?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import fdtri

from casekit import errors
from casekit._text import _
from casekit._validate import Check


@dataclass(frozen=True)
class Reliability:
    """How well the questions of a scale hang together.

    Attributes
    ----------
    alpha, low, high : float
        Cronbach's alpha, at most 1 (below zero if questions contradict one another), and its interval.
    items : DataFrame
        Index ``item``; columns ``mean``, ``item_total`` (correlation with the sum of the others) and
        ``alpha_without`` (alpha if this item is dropped; missing with two items).
    respondents : int
        Rows without a gap, which are the ones used.
    level : float
    """

    alpha: float
    low: float
    high: float
    items: pd.DataFrame
    respondents: int
    level: float


def cronbach_alpha(answers: pd.DataFrame, *, level: float = 0.95) -> Reliability:
    """Cronbach's alpha: whether several questions may be added up to one score.

    High alpha says that the questions move together, not that they measure what their name says; ten
    questions asked twice in other words give a high alpha. Turn reversed questions round first.

    Parameters
    ----------
    answers : DataFrame, shape (n_respondents, n_items)
        One column a question, all in the same direction. Rows with a gap are left out.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    Reliability

    Raises
    ------
    InputError
        With fewer than two questions or complete respondents, a question that nobody answers differently,
        or a total that does not vary.

    Notes
    -----
    ``alpha = k/(k-1) (1 - sum of item variances / variance of the total)``, ``k`` items, variances with n-1.
    Interval of Feldt: ``1 - (1 - alpha) F``, F with n-1 and (n-1)(k-1) degrees of freedom.

    References
    ----------
    Cronbach, L. (1951). *Psychometrika* 16, 297–334. Feldt, L., Woodruff, D. and Salih, F. (1987). *Applied
    Psychological Measurement* 11, 93–103.

    Examples
    --------
    >>> answers = pd.DataFrame({"trust": [1, 2, 3], "care": [2, 2, 3]})
    >>> round(cronbach_alpha(answers).alpha, 4)
    0.8571
    """
    check = Check("cronbach_alpha")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    table = _answers(check, answers)
    complete = table.dropna()
    count, items = complete.shape
    check.require(
        items >= 2, _("answers must have at least two questions"), got=str(items), hint=_("one is no scale")
    )
    check.require(
        count >= 2,
        _("answers must have at least two respondents without a gap"),
        got=str(count),
        hint=_("look at the question with most gaps"),
    )
    check.done()
    spread = complete.var(ddof=1)
    flat = [str(name) for name in spread.index[spread <= 0]]
    if flat:
        rule = _("each question must be answered differently by someone")
        got = _("the same answer from all")
        check.add(errors.must_hold(rule, got=got, where=errors.listing(flat), hint=_("leave it out")))
    check.done()
    alpha = _alpha(check, complete)
    freedom = (count - 1, (count - 1) * (items - 1))
    tail = (1 - level) / 2
    low, high = (1 - (1 - alpha) * float(fdtri(*freedom, share)) for share in (1 - tail, tail))
    rows = {name: _item(complete, name) for name in complete.columns}
    listed = pd.DataFrame.from_dict(rows, orient="index").rename_axis("item")
    return Reliability(alpha, low, high, listed, count, level)


def _answers(check: Check, answers: pd.DataFrame) -> pd.DataFrame:
    table = check.frame("answers", answers)
    check.done()
    check.unique("answers.columns", list(table.columns))
    check.done()
    columns = {
        name: check.vector(f"answers[{name!r}]", table[name], missing=True).to_numpy()
        for name in table.columns
    }
    check.done()
    return pd.DataFrame(columns, index=table.index)


def _alpha(check: Check, table: pd.DataFrame) -> float:
    items = table.shape[1]
    total = float(table.sum(axis=1).var(ddof=1))
    if total <= 1e-15:
        rule = _("the total over the questions must vary")
        check.add(
            errors.must_hold(rule, got=_("the same total for all"), hint=_("turn reversed questions round"))
        )
    check.done()
    return items / (items - 1) * (1 - float(table.var(ddof=1).sum()) / total)


def _item(table: pd.DataFrame, name: object) -> dict[str, float]:
    rest = table.drop(columns=name)
    others = rest.sum(axis=1)
    without = np.nan
    if rest.shape[1] >= 2 and others.var(ddof=1) > 1e-15:
        without = _alpha(Check("cronbach_alpha"), rest)
    linked = table[name].corr(others) if others.nunique() > 1 else np.nan
    return {"mean": float(table[name].mean()), "item_total": float(linked), "alpha_without": without}


def relationship_quality(
    answers: pd.DataFrame,
    dimensions: Mapping[str, Sequence[str]],
    *,
    weights: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Quality of the relationship by dimension (trust, value, feeling), with the reliability of each.

    Parameters
    ----------
    answers : DataFrame, shape (n_respondents, n_items)
        One column a question, all on the same scale and in the same direction.
    dimensions : dict of str to list of str
        Questions of each dimension, such as ``{"trust": ["q1", "q2"], "value": ["q3"]}``.
    weights : dict of float, optional
        Weight of each dimension in the overall score, adding up to 1. Left out: all alike.

    Returns
    -------
    DataFrame, index the dimensions and then ``overall``, with columns ``score`` (mean over respondents, in
    points of the scale), ``standard_error``, ``alpha`` (missing with one question, and for ``overall``) and
    ``weight``. A respondent with a gap in a dimension is left out of it; ``overall`` uses those complete in
    all.

    Raises
    ------
    InputError
        If a question is missing, weights do not add up to 1, or alpha cannot be computed.

    References
    ----------
    Crosby, L., Evans, K. and Cowles, D. (1990). Relationship quality in services selling. *Journal of
    Marketing* 54(3), 68–81.

    Examples
    --------
    >>> answers = pd.DataFrame({"q1": [4, 2], "q2": [5, 1], "q3": [3, 3]})
    >>> relationship_quality(answers, {"trust": ["q1", "q2"], "value": ["q3"]})["score"].to_dict()
    {'trust': 3.0, 'value': 3.0, 'overall': 3.0}
    """
    check = Check("relationship_quality")
    table = _answers(check, answers)
    dimensions = check.mapping("dimensions", dimensions)
    dimensions = {name: check.names(f"dimensions[{name!r}]", items) for name, items in dimensions.items()}
    check.require(bool(dimensions), _("dimensions must name at least one"), got=_("none"))
    bare = [name for name, items in dimensions.items() if not items]
    check.require(not bare, _("each dimension must name its questions"), got=errors.listing(bare))
    lost = [item for items in dimensions.values() for item in items if item not in table.columns]
    if lost:
        check.add(errors.missing_columns("answers", lost, [str(name) for name in table.columns]))
    check.done()
    even = dict.fromkeys(dimensions, 1 / max(1, len(dimensions)))
    share = check.weights("weights", even if weights is None else weights)
    share = check.same_labels("weights", share, "dimensions", pd.Index(list(dimensions)))
    check.done()
    scores = pd.DataFrame(
        {name: table[list(items)].mean(axis=1, skipna=False) for name, items in dimensions.items()}
    )
    rows = {}
    for name, items in dimensions.items():
        own = scores[name].dropna()
        alpha = cronbach_alpha(table[list(items)]).alpha if len(items) > 1 else np.nan
        rows[name] = {
            "score": own.mean(),
            "standard_error": _error(own),
            "alpha": alpha,
            "weight": share[name],
        }
    overall = scores.dropna() @ share
    last = {"score": overall.mean(), "standard_error": _error(overall), "alpha": np.nan, "weight": 1.0}
    return pd.DataFrame.from_dict({**rows, "overall": last}, orient="index").rename_axis("dimension")


def _error(values: pd.Series) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else np.nan
