"""A case library: which earlier cases resemble the one on the table, by Gower's similarity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def gower_similarity(
    first: Any,
    second: Any = None,
    *,
    weights: Mapping[str, float] | None = None,
    ranges: Mapping[str, float] | None = None,
    presence: Iterable[str] = (),
) -> pd.DataFrame:
    """Gower's similarity of records that mix numbers, categories and grades: 1 alike, 0 as far as can be.

    A customer is described by size, trade, grade and what he bought: no plain distance fits that. Gower
    scores each column from 0 to 1, leaves out what is missing, and takes the mean.

    Parameters
    ----------
    first : DataFrame or list of dicts, shape (n_records, n_columns)
        Numbers are compared by distance within the column's range; ordered categories by places apart on
        their scale; everything else (text, categories, True and False) by same or different. Missing values
        are left out, pair by pair.
    second : DataFrame or list of dicts, optional
        Records to compare ``first`` with, same columns; ``first`` with itself if left out.
    weights : mapping of column to float, optional
        Importance, zero or more, at least one above zero; 1 for columns not named.
    ranges : mapping of column to float, optional
        Width of a numeric column or of a scale, above zero; the spread over both tables (for ordered
        categories, from lowest to highest) for columns not named. Wider differences count as 0 alike.
    presence : iterable of str, optional
        Columns of True and False (or 1 and 0) in which two absences say nothing, such as "bought a rare
        product": they are left out instead of counting as alike.

    Returns
    -------
    DataFrame of float, rows of ``first`` by rows of ``second``, 0 to 1
        Missing where two records share no column with a value.

    Raises
    ------
    InputError
        If columns differ, a weight or range does not fit, or a presence column holds something else.

    Notes
    -----
    ``S_ij = sum_k w_k d_ijk s_ijk / sum_k w_k d_ijk``; ``s = 1 - |x_i - x_j| / R_k`` for numbers and places,
    1 or 0 for same or different; ``d`` is 0 if a value is missing or both are absent in a presence column.
    A column without spread counts as alike. Kaufman and Rousseeuw's (and R's ``daisy``) dissimilarity is
    ``1 - S``.

    References
    ----------
    Gower, J. C. (1971). A general coefficient of similarity and some of its properties. *Biometrics* 27(4),
    857-871.
    Kaufman, L. and Rousseeuw, P. J. (1990). *Finding Groups in Data*, ch. 1 (ordered categories).

    Examples
    --------
    >>> cases = pd.DataFrame({"staff": [10, 30, 50], "trade": ["food", "food", "steel"]})
    >>> gower_similarity(cases)[0].tolist()
    [1.0, 0.75, 0.0]
    """
    check = Check("gower_similarity")
    rows = check.frame("first", first)
    others = rows if second is None else check.frame("second", second, rows.columns)
    present = check.names("presence", presence)
    check.done()
    importance = _weights(check, weights, rows)
    widths = _known_mapping(check, "ranges", ranges, rows)
    for name, width in widths.items():
        check.positive(f"ranges[{name!r}]", width)
    _known_columns(check, "presence", present, rows)
    check.done()
    top = np.zeros((len(rows), len(others)))
    bottom = np.zeros_like(top)
    for column in rows.columns:
        one, two = _strip(rows[column]), _strip(others[column])
        if column in present:
            alike, counts = _presence(check, column, one, two)
        else:
            alike, counts = _column(check, column, one, two, widths.get(column))
        top += importance[column] * np.where(counts, alike, 0.0)
        bottom += importance[column] * counts
    check.done()
    with np.errstate(invalid="ignore"):
        similarity = np.where(bottom > 0, top / bottom, np.nan)
    return pd.DataFrame(similarity, index=rows.index, columns=others.index)


def nearest_cases(
    cases: pd.DataFrame, case: Any, *, top: int = 3, weights: Mapping[str, float] | None = None, **how: Any
) -> pd.DataFrame:
    """The earlier cases most like the one at hand, nearest first, with what was done and how it ended.

    The course's library describes a case by traits, strategy, actions and result. Search by traits only; the
    other columns come along. A similar case is a starting point, not a proof: what worked there may have
    worked for another reason, and libraries hold successes more often than failures.

    Parameters
    ----------
    cases : DataFrame, shape (n_cases, n_columns)
        One row a case.
    case : dict or Series
        Traits of the case at hand, by column of ``cases``; only these columns are compared. A trait without
        a value is left out, with a warning; at least one must have a value.
    top : int, default 3
        How many to return, 1 or more; fewer if there are fewer comparable cases.
    weights : mapping of column to float, optional
        Importance of traits.
    **how
        ``ranges`` and ``presence``, as for :func:`gower_similarity`.

    Returns
    -------
    DataFrame
        Rows of ``cases``, nearest first (ties in the order of ``cases``), ``similarity`` (0 to 1) first.
        Cases that share no trait with a value are left out; a warning says so if none is left.

    Examples
    --------
    >>> library = pd.DataFrame({"staff": [10, 90], "trade": ["food", "steel"], "result": ["won", "lost"]})
    >>> found = nearest_cases(library, {"staff": 30, "trade": "food"}, top=1)
    >>> found["similarity"].tolist(), found["result"].tolist()
    ([0.875], ['won'])
    """
    check = Check("nearest_cases")
    top = check.integer("top", top, low=1)
    given = dict(case) if isinstance(case, (Mapping, pd.Series)) else {}
    if not given:
        check.add(errors.wrong_type("case", _("a dict or Series of traits"), case))
    table = check.frame("cases", cases, list(given))
    if "similarity" in table.columns:
        rule = _("cases must not have a column named similarity already")
        check.add(errors.must_hold(rule, got="similarity", hint=_("rename the column")))
    check.done()
    given = _known_traits(check, given)
    traits = table[list(given)]
    asked = pd.DataFrame({name: _like(traits[name], value) for name, value in given.items()})
    similarity = gower_similarity(traits, asked, weights=weights, **how).iloc[:, 0]
    order = np.argsort(-similarity.to_numpy(), kind="stable")
    order = order[similarity.notna().to_numpy()[order]][:top]
    if not len(order):
        check.warn(_("nearest_cases: no case in the library has a value for any of these traits"))
    found = table.iloc[order].copy()
    found.insert(0, "similarity", similarity.to_numpy()[order])
    return found


def _known_traits(check: Check, given: dict[Any, Any]) -> dict[Any, Any]:
    """The traits that have a value; a warning names the others."""
    known = {
        name: value for name, value in given.items() if not (pd.api.types.is_scalar(value) and pd.isna(value))
    }
    check.require(
        bool(known), _("case must give a value for at least one trait"), got=errors.listing(map(str, given))
    )
    check.done()
    if len(known) < len(given):
        unknown = errors.listing(str(name) for name in given if name not in known)
        check.warn(_("nearest_cases: case has no value for {names}; not compared").format(names=unknown))
    return known


def _strip(values: pd.Series) -> pd.Series:
    return values.reset_index(drop=True)


def _like(column: pd.Series, value: Any) -> pd.Series:
    """One value with the scale of its column, so that places on the scale can be compared."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return pd.Series([value], dtype=object if value not in column.cat.categories else column.dtype)
    return pd.Series([value])


def _column(
    check: Check, name: str, rows: pd.Series, others: pd.Series, width: float | None
) -> tuple[np.ndarray, np.ndarray]:
    counts = np.outer(rows.notna(), others.notna())
    ordered = isinstance(rows.dtype, pd.CategoricalDtype) and rows.cat.ordered
    if ordered:
        scale = list(rows.cat.categories)
        strange = [value for value in others.dropna().unique() if value not in scale]
        if strange:
            check.add(errors.unknown_name(name, strange[0], list(map(str, scale))))
            return np.zeros(counts.shape), counts
        place = {grade: float(number) for number, grade in enumerate(scale)}
        rows, others = rows.astype(object).map(place), others.astype(object).map(place)
        width = width or max(1.0, len(scale) - 1.0)
    elif not _numeric(rows, others):
        one, two = rows.astype(object).tolist(), others.astype(object).tolist()
        same = [
            [known and a == b for b, known in zip(two, line, strict=True)]
            for a, line in zip(one, counts, strict=True)
        ]
        return np.array(same, dtype=float), counts
    one, two = (part.to_numpy(dtype=float, na_value=np.nan) for part in (rows, others))
    if not all(np.isfinite(part[~np.isnan(part)]).all() for part in (one, two)):
        check.add(errors.not_finite(name, ""))
        return np.zeros(counts.shape), counts
    known = np.concatenate([one, two])
    known = known[~np.isnan(known)]
    width = width or (float(np.ptp(known)) if len(known) else 0.0)
    gap = np.abs(one[:, None] - two[None, :])
    return np.clip(1 - gap / width, 0, 1) if width > 0 else np.ones(counts.shape), counts


def _numeric(*columns: pd.Series) -> bool:
    return all(
        pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column) for column in columns
    )


def _presence(check: Check, name: str, rows: pd.Series, others: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    known = np.outer(rows.notna(), others.notna())
    for part in (rows, others):
        odd = [value for value in part.dropna().unique() if value not in (True, False)]
        if odd:
            rule = _("{name} must hold True or False").format(name=name)
            check.add(errors.must_hold(rule, got=errors.listing(map(repr, odd))))
            return np.zeros(known.shape), known
    one, two = (part.isin([True]).to_numpy() for part in (rows, others))
    return np.logical_and.outer(one, two).astype(float), known & np.logical_or.outer(one, two)


def _known_mapping(
    check: Check, name: str, given: Mapping[str, float] | None, rows: pd.DataFrame
) -> dict[str, float]:
    if given is None:
        return {}
    if not isinstance(given, (Mapping, pd.Series)):
        check.add(errors.wrong_type(name, _("a mapping of column to number"), given))
        return {}
    given = check.mapping(name, given)
    _known_columns(check, name, list(given), rows)
    return given


def _known_columns(check: Check, name: str, wanted: list[str], rows: pd.DataFrame) -> None:
    for column in wanted:
        if column not in rows.columns:
            check.add(errors.unknown_name(name, column, [str(known) for known in rows.columns]))


def _weights(check: Check, weights: Mapping[str, float] | None, rows: pd.DataFrame) -> dict[str, float]:
    given = _known_mapping(check, "weights", weights, rows)
    importance = dict.fromkeys(rows.columns, 1.0)
    for column, weight in given.items():
        importance[column] = check.number(f"weights[{column!r}]", weight, low=0)
    total = sum(importance.values())
    if not check.problems:
        check.require(total > 0, _("weights must hold a number above zero"), got=errors.shown(total))
    return importance
