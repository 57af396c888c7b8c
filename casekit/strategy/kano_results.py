"""Kano results: Better and Worse with their intervals, the category and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy.kano import KANO_CATEGORIES

_LETTERS = list(KANO_CATEGORIES)

#: Factor of the Fong test as printed: the normal quantile of a two-sided level of 90 %.
FONG_FACTOR = 1.65


def kano_coefficients(counts: Any) -> pd.DataFrame:
    """Better and Worse: how much satisfaction a feature adds if present, and takes if absent.

    Parameters
    ----------
    counts : DataFrame, one row a feature, or dict or Series for one
        Answers in the categories ``M, O, A, I`` (``R`` and ``Q`` may be there): counts, shares or per cent.

    Returns
    -------
    DataFrame by feature: ``better`` (0 to 1, near 1: delights), ``worse`` (−1 to 0, near −1: angers if
    missing).

    Raises
    ------
    InputError
        For missing columns, negative counts, a feature without any answer M, O, A or I.

    Notes
    -----
    ``better = (A + O) / (A + O + M + I)``, ``worse = -(O + M) / (A + O + M + I)``. Reverse and questionable
    answers are left out of both: look at their share first (:func:`kano_results`).

    References
    ----------
    Berger, C. et al. (1993). Kano's methods for understanding customer-defined quality. *Center for Quality
    of Management Journal* 2(4), 3–36 (Timko's coefficients). Sauerwein, E., Bailom, F., Matzler, K. and
    Hinterhuber, H. (1996). The Kano model: how to delight your customers.

    Examples
    --------
    >>> kano_coefficients({"A": 3, "O": 5, "M": 1, "I": 1}).values.tolist()
    [[0.8, -0.6]]
    """
    table = _counts(Check("kano_coefficients"), counts)
    base = table[["A", "O", "M", "I"]].sum(axis=1)
    return pd.DataFrame(
        {"better": (table["A"] + table["O"]) / base, "worse": -(table["O"] + table["M"]) / base}
    )


def kano_intervals(counts: Any, *, level: float = 0.95) -> pd.DataFrame:
    """Better and Worse with the range that so few respondents leave open.

    Parameters
    ----------
    counts : DataFrame, dict or Series
        As for :func:`kano_coefficients`, but whole numbers of respondents.
    level : float, default 0.95
        Probability of the interval, strictly between 0 and 1.

    Returns
    -------
    DataFrame by feature: ``better, better_low, better_high, worse, worse_low, worse_high, respondents``; for
    ``worse`` low is the end nearer −1.

    Raises
    ------
    InputError
        Also for counts that are not whole.

    Notes
    -----
    Both are shares of ``n = A + O + M + I`` respondents; the interval is Jeffreys': quantiles of
    ``Beta(x + 1/2, n - x + 1/2)``, with 0 and 1 themselves where nobody or everybody said so.

    References
    ----------
    Brown, L., Cai, T. and DasGupta, A. (2001). Interval estimation for a binomial proportion. *Statistical
    Science* 16, 101–133.

    Examples
    --------
    >>> found = kano_intervals({"A": 3, "O": 5, "M": 1, "I": 1})
    >>> found[["better_low", "better_high"]].round(2).values.tolist()
    [[0.5, 0.96]]
    """
    check = Check("kano_intervals")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    table = _counts(check, counts, whole=True)
    n = table[["A", "O", "M", "I"]].sum(axis=1)
    result = kano_coefficients(table)
    better = _jeffreys(table["A"] + table["O"], n, level)
    worse = _jeffreys(table["O"] + table["M"], n, level)
    result.insert(1, "better_low", better[0])
    result.insert(2, "better_high", better[1])
    return result.assign(worse_low=-worse[1], worse_high=-worse[0], respondents=n.astype(int))


def _jeffreys(hits: pd.Series, trials: pd.Series, level: float) -> tuple[np.ndarray, np.ndarray]:
    low = betaincinv(hits + 0.5, trials - hits + 0.5, (1 - level) / 2)
    high = betaincinv(hits + 0.5, trials - hits + 0.5, (1 + level) / 2)
    return np.where(hits == 0, 0.0, low), np.where(hits == trials, 1.0, high)


def fong_test(counts: Any, *, factor: float = FONG_FACTOR) -> pd.DataFrame:
    """Is a feature's leading category really ahead of the second, or is the feature mixed?

    Parameters
    ----------
    counts : DataFrame, dict or Series
        Respondents in each category, all six (absent ones count 0), whole numbers.
    factor : float, default 1.65
        Normal quantile of the test, above 0; 1.65 stands for 90 % (two-sided), 1.96 for 95 %.

    Returns
    -------
    DataFrame by feature: ``first, second`` (letters; ties in the order M, O, A, I, R, Q), ``difference``
    (respondents), ``limit`` and ``distinct`` (True if the difference reaches the limit).

    Notes
    -----
    With ``a`` and ``b`` the two largest counts of ``N`` answers: not distinct if
    ``|a - b| < factor * sqrt((a + b) * (2N - a - b) / (2N))``. It tests the two that turned out largest, so
    the true level is softer than it says.

    References
    ----------
    Fong, D. (1996). Using the self-stated importance questionnaire to interpret Kano questionnaire results.
    *Center for Quality of Management Journal* 5(3).

    Examples
    --------
    >>> fong_test({"A": 60, "O": 20, "M": 10, "I": 10})[["difference", "distinct"]].values.tolist()
    [[40, True]]
    >>> round(float(fong_test({"A": 60, "O": 20, "M": 10, "I": 10})["limit"].iloc[0]), 3)   # 1.65 * sqrt(48)
    11.432
    """
    check = Check("fong_test")
    factor = check.positive("factor", factor)
    check.done()
    return _fong(_counts(check, counts, whole=True), factor)


def _fong(table: pd.DataFrame, factor: float) -> pd.DataFrame:
    ranked = [row.sort_values(ascending=False, kind="stable") for _label, row in table.iterrows()]
    first = np.array([row.iloc[0] for row in ranked])
    second = np.array([row.iloc[1] for row in ranked])
    total = table.sum(axis=1).to_numpy()
    limit = factor * np.sqrt((first + second) * (2 * total - first - second) / (2 * total))
    return pd.DataFrame(
        {
            "first": [row.index[0] for row in ranked],
            "second": [row.index[1] for row in ranked],
            "difference": (first - second).astype(int),
            "limit": limit,
            "distinct": (first - second >= limit) & (first > second),
        },
        index=table.index,
    )


def kano_results(counts: Any, *, level: float = 0.95, factor: float = FONG_FACTOR) -> pd.DataFrame:
    """The whole Kano table: category, how clear it is, Better and Worse with intervals.

    Parameters
    ----------
    counts : DataFrame, dict or Series
        Respondents by feature and category, as :func:`kano_counts` gives them.
    level, factor
        As for :func:`kano_intervals` and :func:`fong_test`.

    Returns
    -------
    DataFrame by feature:

    - ``category``: the most frequent letter; on a tie the one that matters more (M, O, A, I, R, Q)
    - ``grade``: the category by Blauth's rule
    - ``distinct``: by the Fong test; if False, call the feature mixed
    - ``category_strength``: lead of the first category over the second, share of all answers
    - ``total_strength``: share of M, O and A among all answers: does anybody care?
    - ``questionable``: share of Q; above a few per cent the question was not understood
    - the columns of :func:`kano_intervals`

    Notes
    -----
    Blauth: if ``M + O + A > I + R + Q`` the largest of M, O, A, else the largest of I, R, Q. Lee and Newcomb:
    a strength below 6 % is a mixed category. Categories age: what delights today is expected tomorrow.

    References
    ----------
    Berger, C. et al. (1993) for Blauth's rule. Lee, M. C. and Newcomb, J. F. (1997). Applying the Kano
    methodology to meet customer requirements: NASA's microgravity science program. *Quality Management
    Journal* 4(3), 95–106.

    Examples
    --------
    >>> result = kano_results({"M": 30, "O": 25, "A": 5, "I": 40})
    >>> result[["category", "grade", "distinct", "category_strength", "total_strength"]].values.tolist()
    [['I', 'M', False, 0.1, 0.6]]
    """
    check = Check("kano_results")
    factor = check.positive("factor", factor)
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    table = _counts(check, counts, whole=True)
    total = table.sum(axis=1)
    caring = table[["M", "O", "A"]]
    rest = table[["I", "R", "Q"]]
    fong = _fong(table, factor)
    cares = caring.sum(axis=1) > rest.sum(axis=1)
    return pd.DataFrame(
        {
            "category": fong["first"],
            "grade": caring.idxmax(axis=1).where(cares, rest.idxmax(axis=1)),
            "distinct": fong["distinct"],
            "category_strength": fong["difference"] / total,
            "total_strength": caring.sum(axis=1) / total,
            "questionable": table["Q"] / total,
        }
    ).join(kano_intervals(table, level=level))


def _counts(check: Check, counts: Any, *, whole: bool = False) -> pd.DataFrame:
    if not isinstance(counts, pd.DataFrame) and isinstance(counts, (dict, pd.Series)):
        series = pd.Series(counts)
        if pd.api.types.is_scalar(series.iloc[0] if len(series) else 0):
            counts = pd.DataFrame([series.to_dict()], index=[series.name or "feature"])
    if isinstance(counts, Mapping) and counts and set(counts).isdisjoint(KANO_CATEGORIES):
        check.require(
            not all(isinstance(own, Mapping) and set(own) & set(KANO_CATEGORIES) for own in counts.values()),
            _("counts must have categories in columns and features in rows"),
            got=_("features in columns"),
            hint='pd.DataFrame.from_dict(counts, orient="index")',
        )
        check.done()
    if isinstance(counts, pd.DataFrame) and set(counts.columns).isdisjoint(KANO_CATEGORIES):
        check.require(
            not {"M", "O", "A", "I"} <= set(counts.index),
            _("counts must have categories in columns and features in rows"),
            got=_("features in columns"),
            hint="counts.T",
        )
        check.done()
    frame = check.frame("counts", counts, ["M", "O", "A", "I"])
    check.done()
    if "feature" in frame.columns:
        frame = frame.set_index("feature")
    unknown = [str(column) for column in frame.columns if column not in KANO_CATEGORIES]
    if unknown:
        check.add(errors.unknown_name(_("category"), unknown[0], _LETTERS))
    check.unique("feature", frame.index)
    table = pd.DataFrame(index=frame.index)
    for letter in _LETTERS:
        values = check.vector(letter, frame[letter], low=0) if letter in frame.columns else None
        table[letter] = 0.0 if values is None else values
    check.done()
    if whole:
        broken = (table != table.round()).any(axis=1)
        check.require(
            not broken.any(),
            _("counts must be whole numbers of respondents"),
            got=_("broken numbers"),
            where=errors.rows(table.index[broken]),
            hint=_("kano_coefficients takes shares and per cent as well"),
        )
    empty = table[["A", "O", "M", "I"]].sum(axis=1) <= 0
    check.require(
        not empty.any(),
        _("every feature must have an answer M, O, A or I"),
        got=_("none"),
        where=errors.rows(table.index[empty]),
        hint=_("a feature that everyone rejects needs its question turned round"),
    )
    check.done()
    return table
