"""How good a table of customers is: a data-quality scorecard by field, and the six tests of information."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The dimensions of the scorecard, each a share of 0 to 1.
DIMENSIONS = ("completeness", "validity", "uniqueness", "freshness")

#: The course's six tests of effective information, as columns of :func:`six_tests`.
SIX_TESTS = ("improves_relationship", "positive", "fact", "current", "right_person", "clear_conclusion")


def quality_scorecard(
    customers: pd.DataFrame,
    *,
    valid: Mapping[str, Any] | None = None,
    unique: Sequence[str] = (),
    updated: Mapping[str, Any] | None = None,
    today: Any = None,
    max_age_days: float = 365.0,
    weights: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """What share of each field is there, right in form, not repeated and fresh.

    A campaign is no better than the field it goes out on. The scorecard finds the field to mend first; it
    sees form only. That a telephone number has eleven digits does not make it the customer's.

    Parameters
    ----------
    customers : DataFrame, shape (n_customers, n_fields)
        One row a customer. Missing values and texts of blanks only count as missing.
    valid : mapping of field to rule, optional
        What a value that is there must be: a text (regular expression that must match the whole value), a
        pair (low, high) of numbers or dates (ends included, either None), a list or set of allowed values, or
        a function of one value that returns True or False. Fields without a rule count as valid.
    unique : sequence of field, optional
        Fields that should differ from row to row (telephone, ID). Other fields have no uniqueness.
    updated : mapping of field to column, optional
        The column of dates on which the field was last confirmed. Fields not named have no freshness.
    today : date, optional
        Needed with ``updated``.
    max_age_days : float, default 365
        A value confirmed at most so many days ago is fresh.
    weights : mapping of field to float, optional
        Importance of fields for the last column and the mean; equal if not given.

    Returns
    -------
    DataFrame indexed by ``field`` (date columns of ``updated`` left out), with

        - ``completeness`` : share of rows with a value
        - ``validity`` : share of the values there that meet the rule
        - ``uniqueness`` : share of the values there that no other row has; missing if not asked for
        - ``freshness`` : share of the values there that are fresh; missing if not asked for
        - ``usable`` : share of all rows whose value is there, valid, unrepeated and fresh (as far as asked
          for)
        - ``weight`` : adds up to 1

    Raises
    ------
    InputError
        If a field is unknown, a rule cannot be read, or ``today`` is needed and not given.

    Notes
    -----
    ``usable`` is counted row by row, so it is not the product of the other columns: faults that fall on the
    same rows cost less. The score of the whole table is ``(card["usable"] * card["weight"]).sum()``.

    References
    ----------
    Wang, R. Y. and Strong, D. M. (1996). Beyond accuracy: what data quality means to data consumers. *Journal
    of Management Information Systems* 12(4), 5-33.

    Examples
    --------
    >>> book = pd.DataFrame({"phone": ["13900000001", "139", None, "13900000001"], "city": ["Xi'an"] * 4})
    >>> card = quality_scorecard(book, valid={"phone": r"1\\d{10}"}, unique=["phone"])
    >>> card.loc["phone", ["completeness", "validity", "uniqueness", "usable"]].round(2).tolist()
    [0.75, 0.67, 0.33, 0.0]
    """
    check = Check("quality_scorecard")
    frame = check.frame("customers", customers)
    rules = check.mapping("valid", {} if valid is None else valid)
    stamps = check.mapping("updated", {} if updated is None else updated)
    check.names("updated", list(stamps.values()), repeats=True)
    unique = check.names("unique", unique)
    _known(check, "valid", rules, frame)
    _known(check, "unique", unique, frame)
    _known(check, "updated", [*stamps, *stamps.values()], frame)
    age = check.number("max_age_days", max_age_days, low=0, unit=_("days"))
    check.require(not (stamps and today is None), _("today must be given with updated"), got="None")
    last = None if today is None else check.day("today", today)
    check.done()
    frame = frame if frame.index.is_unique else frame.reset_index(drop=True)
    fields = [field for field in frame.columns if field not in set(stamps.values())]
    share = _field_weights(check, weights, fields)
    dates = {
        field: check.dates(f"customers[{column!r}]", frame[column].dropna())
        for field, column in stamps.items()
    }
    check.done()
    since = None if last is None else last - pd.Timedelta(days=age)
    rows = {}
    for field in fields:
        there = present(frame[field])
        good = there & _valid(check, field, frame[field], there, rules.get(field))
        repeated = frame[field].where(there).duplicated(keep=False) & there
        fresh = dates[field].reindex(frame.index) >= since if field in stamps else None
        rows[field] = _field_row(there, good, repeated if field in unique else None, fresh)
    check.done()
    card = pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")
    return card.assign(weight=share.reindex(card.index))


def six_tests(answers: pd.DataFrame) -> pd.DataFrame:
    """The course's six tests of effective information, item by item: what to keep, and what fails first.

    A note that "Mr Xu prefers to be called after four" is worth its line only if it helps the relationship,
    is positive, is a fact, still holds, reaches the person who serves him, and leads to a conclusion. The
    answers are judgements; two people should give them, and :func:`casekit.segments.cohen_kappa` says how far
    they agree.

    Parameters
    ----------
    answers : DataFrame of bool (or 0/1), shape (n_items, 6)
        One row an item of information, with the columns ``improves_relationship``, ``positive``, ``fact``,
        ``current``, ``right_person`` and ``clear_conclusion``.

    Returns
    -------
    DataFrame indexed like ``answers``, with ``passed`` (tests passed, 0 to 6), ``effective`` (all six) and
    ``first_failed`` (the first test failed in the course's order, empty if none).

    Examples
    --------
    >>> notes = pd.DataFrame([[1] * 6, [1, 1, 1, 0, 0, 1]], columns=SIX_TESTS, index=["tea", "job"])
    >>> six_tests(notes).to_dict("index")["job"]
    {'passed': 4, 'effective': False, 'first_failed': 'current'}
    """
    check = Check("six_tests")
    frame = check.frame("answers", answers, SIX_TESTS)
    check.done()
    columns = {}
    for name in SIX_TESTS:
        column = frame[name].astype(float) if frame[name].dtype == bool else frame[name]
        columns[name] = check.vector(f"answers[{name!r}]", column)
        odd = columns[name][columns[name].notna() & ~columns[name].isin([0.0, 1.0])]
        rule = _("answers[{name!r}] must hold true or false").format(name=name)
        check.require(odd.empty, rule, got=errors.listing(errors.shown(value) for value in odd.unique()))
    check.done()
    passed = pd.DataFrame(columns) == 1
    first = np.array([*SIX_TESTS, ""], dtype=object)[
        np.column_stack([~passed.to_numpy(), np.ones(len(passed), dtype=bool)]).argmax(axis=1)
    ]
    return pd.DataFrame(
        {"passed": passed.sum(axis=1), "effective": passed.all(axis=1), "first_failed": first},
        index=frame.index,
    )


def present(values: pd.Series) -> pd.Series:
    """Where a field holds something: not missing, and not a text of blanks only."""
    there = values.notna()
    if values.dtype == object or pd.api.types.is_string_dtype(values):
        there &= values.map(lambda value: not isinstance(value, str) or bool(value.strip())).astype(bool)
    return there


def _known(check: Check, name: str, fields: Any, frame: pd.DataFrame) -> None:
    for field in fields:
        if field not in frame.columns:
            what = f"{name}: " + _("field")
            check.add(errors.unknown_name(what, field, [str(one) for one in frame.columns]))


def _field_weights(check: Check, weights: Mapping[str, float] | None, fields: list[str]) -> pd.Series:
    if weights is None:
        return pd.Series(1 / len(fields), index=fields)
    series = check.vector("weights", check.mapping("weights", weights), low=0)
    check.done()
    series = check.same_labels("weights", series, _("the fields"), pd.Index(fields))
    total = float(series.sum())
    check.require(total > 0, _("weights must add up to more than zero"), got=errors.shown(total))
    return series / total


def _valid(check: Check, field: str, values: pd.Series, there: pd.Series, rule: Any) -> pd.Series:
    """Which values meet a rule; rows without a value do not."""
    if rule is None:
        return there
    test = _test(check, field, rule)
    met = [known and bool(test(value)) for known, value in zip(there, values, strict=True)]
    return pd.Series(met, index=values.index, dtype=bool)


def _test(check: Check, field: str, rule: Any) -> Callable[[Any], bool]:
    if isinstance(rule, str):
        try:
            pattern = re.compile(rule)
        except re.error as error:
            check.add(errors.must_hold(_("valid must hold a regular expression"), str(error), where=field))
            return lambda value: True
        return lambda value: pattern.fullmatch(str(value)) is not None
    if isinstance(rule, tuple) and len(rule) == 2:
        low, high = rule
        return lambda value: _between(value, low, high)
    if isinstance(rule, (list, set, frozenset)):
        return lambda value: value in rule
    if callable(rule):
        return rule
    wanted = _("a regular expression, a pair, a list of values or a function")
    check.add(errors.wrong_type(f"valid[{field!r}]", wanted, rule))
    return lambda value: True


def _between(value: Any, low: Any, high: Any) -> bool:
    try:
        return bool((low is None or value >= low) and (high is None or value <= high))
    except TypeError:
        return False


def _field_row(
    there: pd.Series, good: pd.Series, repeated: pd.Series | None, fresh: pd.Series | None
) -> dict[str, float]:
    count = int(there.sum())
    usable = there & good

    def share(what: pd.Series) -> float:
        return float((what & there).sum() / count) if count else float("nan")

    row = {"completeness": count / len(there), "validity": share(good), "uniqueness": float("nan")}
    row["freshness"] = float("nan")
    if repeated is not None:
        row["uniqueness"] = share(~repeated)
        usable &= ~repeated
    if fresh is not None:
        row["freshness"] = share(fresh)
        usable &= fresh
    return {**row, "usable": float(usable.mean())}
