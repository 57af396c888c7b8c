"""Reading the profiles, answers and part-worths of a conjoint study, in the forms they come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: What respondents did with the profiles: marks (higher is better) or places (1 is best).
CONJOINT_DATA = ("rating", "ranking")

#: Column of a table of part-worths that holds the mean over all levels.
INTERCEPT = ("intercept", "")


def read_worths(check: Check, worths: Any) -> pd.DataFrame:
    """Part-worths as a frame over respondents; a dict or Series of published averages is one respondent."""
    nested = isinstance(worths, Mapping) and all(isinstance(own, Mapping) for own in worths.values())
    if nested and worths and not any(isinstance(name, tuple) for name in worths):
        worths = {(name, level): value for name, own in worths.items() for level, value in own.items()}
    if isinstance(worths, Mapping) and worths and all(pd.api.types.is_scalar(one) for one in worths.values()):
        worths = pd.Series(dict(worths))
    if isinstance(worths, pd.Series):
        worths = worths.to_frame("all").T
    frame = check.frame("worths", worths)
    check.require(frame.shape[1] > 0, _("worths must hold at least one level"), got=_("none"))
    check.done()
    labels = [label for label in frame.columns if not (isinstance(label, tuple) and len(label) == 2)]
    odd = [label for label in labels if label != INTERCEPT[0]]
    check.require(
        not odd,
        _("the columns of worths must be pairs of attribute and level"),
        got=errors.listing(map(repr, odd)),
        hint=_("part_worths(profiles, ratings) makes such a table"),
    )
    check.done()
    columns = [INTERCEPT if label == INTERCEPT[0] else label for label in frame.columns]
    check.unique("worths.columns", columns)
    values = {label: check.vector(str(label), frame.iloc[:, place]) for place, label in enumerate(columns)}
    check.done()
    table = pd.DataFrame(values)
    table.columns = pd.MultiIndex.from_tuples(columns, names=["attribute", "level"])
    return table


def read_profiles(
    check: Check, profiles: Any, levels: Mapping[str, Sequence[Any]] | None
) -> tuple[pd.DataFrame, dict[str, list[Any]]]:
    """Profiles with named levels, and the levels of each attribute in order."""
    frame = check.frame("profiles", profiles)
    check.done()
    check.unique("profiles.columns", frame.columns)
    asked = {} if levels is None else check.mapping("levels", levels)
    levels = {name: check.names(f"levels[{name!r}]", own) for name, own in asked.items()}
    unknown = [name for name in levels if name not in frame.columns]
    if unknown:
        check.add(errors.different_labels("levels", [], unknown, "profiles.columns"))
    missing = frame.isna().any(axis=1)
    if missing.any():
        check.add(errors.not_finite("profiles", errors.rows(frame.index[missing])))
    check.done()
    named, names = {}, {}
    for attribute in frame.columns:
        codes = _codes(frame[attribute])
        wanted = list(levels.get(attribute, codes))
        translate = _names_of(codes, wanted)
        check.require(
            bool(translate) and len(set(wanted)) == len(wanted),
            _("levels must name every level of {name}").format(name=attribute),
            got=errors.listing(map(repr, wanted)),
            hint=errors.listing(map(repr, codes)),
        )
        check.require(
            len(codes) > 1,
            _("every attribute must have two or more levels among the profiles"),
            got=_("{name}: {levels}").format(name=attribute, levels=errors.listing(map(repr, codes))),
            hint=_("drop the attribute: it cannot have made a difference"),
        )
        names[str(attribute)] = [one for one in wanted if one in set(translate.values())]
        named[str(attribute)] = [translate.get(value) for value in frame[attribute]]
    check.done()
    return pd.DataFrame(named, index=frame.index, dtype=object), names


def _names_of(codes: list[Any], wanted: list[Any]) -> dict[Any, Any]:
    """The name of each level: itself, or the name at its place; empty if they do not fit."""
    if set(codes) <= set(wanted):
        return {code: code for code in codes}
    if all(code in range(1, len(wanted) + 1) for code in codes):
        return {code: wanted[int(code) - 1] for code in codes}
    return dict(zip(codes, wanted, strict=True)) if len(codes) == len(wanted) else {}


def _codes(column: pd.Series) -> list[Any]:
    """The levels of an attribute in their natural order."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        present = set(column)
        return [one for one in column.cat.categories if one in present]
    seen = list(dict.fromkeys(column.tolist()))
    return sorted(seen) if all(pd.api.types.is_number(one) for one in seen) else seen


def coded(frame: pd.DataFrame, names: dict[str, list[Any]]) -> pd.DataFrame:
    columns: dict[tuple[str, Any], np.ndarray] = {INTERCEPT: np.ones(len(frame))}
    for attribute, own in names.items():
        last = (frame[attribute] == own[-1]).to_numpy()
        for level in own[:-1]:
            columns[(attribute, level)] = (frame[attribute] == level).to_numpy().astype(float) - last
    design = pd.DataFrame(columns, index=frame.index)
    design.columns = pd.MultiIndex.from_tuples(list(columns), names=["attribute", "level"])
    return design


def read_answers(check: Check, ratings: Any, profiles: pd.DataFrame, data: str) -> pd.DataFrame:
    """Answers as respondents by profiles, higher better."""
    check.choice("data", data, CONJOINT_DATA)
    check.done()
    n = len(profiles)
    table = _as_table(check, ratings, profiles)
    values = {
        place: check.vector(str(table.columns[place]), table.iloc[:, place], missing=True)
        for place in range(n)
    }
    check.done()
    answers = pd.DataFrame(values, index=table.index)
    check.unique("ratings.index", answers.index)
    if data == "ranking":
        wrong = (answers.sum(axis=1, skipna=False) - n * (n + 1) / 2).abs() > 1e-9
        wrong |= (answers < 1).any(axis=1) | (answers > n).any(axis=1) | answers.isna().any(axis=1)
        check.require(
            not wrong.any(),
            _("ranks must run from 1 to the number of profiles"),
            got=_("other numbers"),
            where=errors.rows(answers.index[wrong]),
            hint=_("tied profiles share the mean of their places; data='rating' for marks"),
        )
        answers = n + 1 - answers
    check.done()
    return answers


def _as_table(check: Check, ratings: Any, profiles: pd.DataFrame) -> pd.DataFrame:
    n = len(profiles)
    if isinstance(ratings, np.ndarray) and ratings.ndim == 2:
        ratings = pd.DataFrame(ratings)
    if isinstance(ratings, (list, tuple)) and ratings and isinstance(ratings[0], (list, tuple, np.ndarray)):
        ratings = pd.DataFrame([check.vector("ratings", row, missing=True).to_numpy() for row in ratings])
        check.done()
    if isinstance(ratings, (list, tuple)) and ratings and isinstance(ratings[0], Mapping):
        ratings = check.frame("ratings", ratings)
    if isinstance(ratings, pd.DataFrame) and not (ratings.shape[1] == 1 and n > 1):
        if set(ratings.columns) == set(profiles.index) and ratings.columns.is_unique:
            ratings = ratings[list(profiles.index)]
    else:
        series = check.vector("ratings", ratings, missing=True)
        check.done()
        if len(series) == n and series.index.is_unique and set(series.index) == set(profiles.index):
            series = series.reindex(profiles.index)
        rows = series.to_numpy().reshape(-1, n) if len(series) % n == 0 else series.to_numpy()[None, :]
        ratings = pd.DataFrame(rows)
    turned = ratings.shape[0] == n != ratings.shape[1]
    check.require(
        ratings.shape[1] == n,
        _("ratings must hold one column a profile"),
        got=_("{columns} columns for {profiles} profiles").format(columns=ratings.shape[1], profiles=n),
        hint=_("ratings.T: respondents stand in rows") if turned else "",
    )
    check.require(len(ratings) > 0, _("ratings must hold at least one respondent"), got=_("none"))
    check.done()
    return ratings
