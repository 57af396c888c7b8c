"""Conjoint analysis: what each level of each attribute is worth to each respondent."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy._conjoint_input import INTERCEPT, coded, read_answers, read_profiles, read_worths


def effects_coding(profiles: Any, *, levels: Mapping[str, Sequence[Any]] | None = None) -> pd.DataFrame:
    """The design of a conjoint study in numbers: 1 for the level shown, −1 throughout for the last level.

    Parameters
    ----------
    profiles : DataFrame
        One row a profile shown, one column an attribute, cells the levels (words or codes).
    levels : dict of list, optional
        By attribute, its levels in the order wanted; where the cells are codes, the names for the codes 1,
        2, 3 … (or, for other codes, for the codes in rising order). Default: categories in their order,
        numbers rising, words as they first appear.

    Returns
    -------
    DataFrame, one row a profile: an intercept of 1 and one column for every level but the last of each
    attribute (column labels: attribute, level).

    Raises
    ------
    InputError
        For missing cells, an attribute with a single level, too few names.

    Notes
    -----
    Effects coding makes the part-worths of an attribute add up to 0, so that the intercept is the mean of the
    levels' profiles; dummy coding would measure from one level.

    Examples
    --------
    >>> effects_coding(pd.DataFrame({"price": ["low", "mid", "high"]})).to_numpy().tolist()
    [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [1.0, -1.0, -1.0]]
    """
    check = Check("effects_coding")
    return coded(*read_profiles(check, profiles, levels))


def part_worths(
    profiles: Any,
    ratings: Any,
    *,
    data: str = "rating",
    levels: Mapping[str, Sequence[Any]] | None = None,
) -> pd.DataFrame:
    """What each level is worth to each respondent, by least squares on his or her own answers.

    Parameters
    ----------
    profiles : DataFrame
        One row a profile shown, one column an attribute.
    ratings : DataFrame, Series or list
        One row a respondent, one column a profile (in the order of ``profiles``, or labelled like them); a
        single respondent as a Series or list; or all answers in one column, respondent after respondent. A
        profile that a respondent left out (missing) is left out of that respondent's fit.
    data : {"rating", "ranking"}
        ``rating``: higher is better. ``ranking``: 1 is best; ``n + 1 - rank`` is then taken as the rating.
    levels : dict of list, optional
        As for :func:`effects_coding`.

    Returns
    -------
    DataFrame, one row a respondent, columns labelled (attribute, level) with ``("intercept", "")`` first, in
    points of the rating scale. Positive: better than that attribute's average level. The part-worths of an
    attribute add up to 0.

    Raises
    ------
    InputError
        If the design cannot separate the levels (too few profiles, two attributes that move together), if
        answers and profiles do not match, if ranks are no ranking.

    Warns
    -----
    CasekitWarning
        When a respondent marked all profiles alike: his or her part-worths are all 0.

    Notes
    -----
    ``rating = intercept + sum of the part-worths of the levels shown + error``, no interactions. Ranks are
    not equal steps; least squares on them comes close to the monotone methods as long as the number of
    profiles is not small. As many profiles as coefficients fit perfectly and prove nothing.

    References
    ----------
    Green, P. E. and Srinivasan, V. (1978). Conjoint analysis in consumer research: issues and outlook.
    *Journal of Consumer Research* 5(2), 103–123. Bąk, A. and Bartłomowicz, T. (2012). Conjoint analysis
    method and its implementation in conjoint R package.

    Examples
    --------
    >>> cards = pd.DataFrame({"price": ["low", "low", "high", "high"], "leaf": ["bag", "loose"] * 2})
    >>> part_worths(cards, [7, 9, 1, 3]).round(6).loc[0].tolist()
    [5.0, 3.0, -3.0, -1.0, 1.0]
    """
    check = Check("part_worths")
    frame, names = read_profiles(check, profiles, levels)
    answers = read_answers(check, ratings, frame, data)
    design = coded(frame, names)
    coefficients = _least_squares(check, design, answers)
    flat = answers.index[answers.max(axis=1) - answers.min(axis=1) == 0]
    if len(flat):
        _warn_flat(flat)
        coefficients.loc[flat, coefficients.columns[1:]] = 0.0
    return _with_last_levels(coefficients, names)


def conjoint_fit(
    profiles: Any, ratings: Any, *, data: str = "rating", levels: Mapping[str, Sequence[Any]] | None = None
) -> pd.DataFrame:
    """How well the part-worths explain each respondent's answers.

    Parameters
    ----------
    profiles, ratings, data, levels
        As for :func:`part_worths`.

    Returns
    -------
    DataFrame by respondent: ``r_squared`` (0 to 1; missing if all answers are alike), ``adjusted_r_squared``,
    ``residual_error`` (standard error of a rating, points) and ``degrees_of_freedom`` left. Without any left
    the fit is perfect by construction and the last two tell nothing (missing).

    Examples
    --------
    >>> cards = pd.DataFrame({"price": ["low", "low", "high", "high"], "leaf": ["bag", "loose"] * 2})
    >>> conjoint_fit(cards, [7, 9, 1, 5]).round(4).loc[0].tolist()
    [0.9714, 0.9143, 1.0, 1.0]
    """
    check = Check("conjoint_fit")
    frame, names = read_profiles(check, profiles, levels)
    answers = read_answers(check, ratings, frame, data)
    design = coded(frame, names)
    fitted = _least_squares(check, design, answers).to_numpy() @ design.to_numpy().T
    given = answers.notna()
    residual = ((answers - fitted) ** 2).where(given).sum(axis=1)
    spread = answers.sub(answers.mean(axis=1), axis=0).pow(2).sum(axis=1)
    varied = answers.max(axis=1) > answers.min(axis=1)
    count, freedom = given.sum(axis=1), given.sum(axis=1) - design.shape[1]
    r_squared = (1 - residual / spread.where(varied)).clip(0, 1)
    spare = freedom.where(freedom > 0)
    return pd.DataFrame(
        {
            "r_squared": r_squared,
            "adjusted_r_squared": 1 - (1 - r_squared) * (count - 1) / spare,
            "residual_error": np.sqrt(residual / spare),
            "degrees_of_freedom": freedom,
        }
    )


def average_part_worths(worths: Any, *, level: float = 0.95) -> pd.DataFrame:
    """Part-worths averaged over respondents, with the interval of the average.

    Parameters
    ----------
    worths : DataFrame
        As :func:`part_worths` gives them.
    level : float, default 0.95
        Probability of the interval, strictly between 0 and 1.

    Returns
    -------
    DataFrame indexed by (attribute, level): ``part_worth, std_error, low, high``; the last three are missing
    for a single respondent.

    Notes
    -----
    In a study where all see the same profiles, the average equals one regression over all answers; its
    interval here rests on the differences between respondents (Student's t, n − 1 degrees of freedom). An
    average hides segments: two groups who want the opposite average to nobody's taste.

    Examples
    --------
    >>> worths = pd.DataFrame({("price", "low"): [1.0, 3.0], ("price", "high"): [-1.0, -3.0]})
    >>> average_part_worths(worths)[["part_worth", "std_error"]].values.tolist()
    [[2.0, 1.0], [-2.0, 1.0]]
    """
    check = Check("average_part_worths")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    check.done()
    table = read_worths(check, worths)
    mean, error = table.mean(), table.sem()
    half = float(stdtrit(len(table) - 1, (1 + level) / 2)) * error if len(table) > 1 else error
    return pd.DataFrame({"part_worth": mean, "std_error": error, "low": mean - half, "high": mean + half})


def _least_squares(check: Check, design: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Coefficients by respondent, with one solution for each pattern of profiles left out."""
    matrix = design.to_numpy()
    result = pd.DataFrame(np.nan, index=answers.index, columns=design.columns)
    patterns = answers.notna().to_numpy()
    for pattern in np.unique(patterns, axis=0):
        own = (patterns == pattern).all(axis=1)
        shown = matrix[pattern]
        rank = int(np.linalg.matrix_rank(shown)) if len(shown) else 0
        check.require(
            rank == design.shape[1],
            _("the profiles must separate all levels: {needed} independent profiles are needed").format(
                needed=design.shape[1]
            ),
            got=str(rank),
            where="" if pattern.all() else errors.rows(answers.index[own]),
            hint=_("add profiles, merge levels or drop one of two attributes that change together"),
        )
        if rank == design.shape[1]:
            solved = np.linalg.lstsq(shown, answers.to_numpy()[own][:, pattern].T, rcond=None)[0]
            result.loc[own] = solved.T
    check.done()
    return result


def _with_last_levels(coefficients: pd.DataFrame, names: dict[str, list[Any]]) -> pd.DataFrame:
    columns = {INTERCEPT: coefficients[INTERCEPT]}
    for attribute, own in names.items():
        part = coefficients[[(attribute, level) for level in own[:-1]]]
        columns |= {label: part[label] for label in part.columns}
        columns[(attribute, own[-1])] = -part.sum(axis=1)
    table = pd.DataFrame(columns)
    table.columns = pd.MultiIndex.from_tuples(list(columns), names=["attribute", "level"])
    return table


def _warn_flat(respondents: pd.Index) -> None:
    warnings.warn(
        _("part_worths: {rows} marked all profiles alike and tell nothing of what matters").format(
            rows=errors.rows(respondents)
        ),
        errors.CasekitWarning,
        stacklevel=3,
    )
