"""Kano: what delights, what is expected, what nobody cares about, from a pair of questions a feature."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit._validate import Check

#: The five answers, in the order of the questionnaire, with what else a file may hold for each.
KANO_ANSWERS = ("like", "must-be", "neutral", "live-with", "dislike")

#: The six categories, in the order in which a tie is decided where it must be (must-be first).
KANO_CATEGORIES = {
    "M": "must-be",
    "O": "one-dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}

#: Evaluation table: rows the answer to "if it has it" (functional), columns to "if it has it not".
KANO_TABLE = pd.DataFrame(
    [list("QAAAO"), list("RIIIM"), list("RIIIM"), list("RIIIM"), list("RRRRQ")],
    index=pd.Index(KANO_ANSWERS, name="functional"),
    columns=pd.Index(KANO_ANSWERS, name="dysfunctional"),
)

_SPELLINGS = {
    "like": ("like", "i like it", "喜欢", "很喜欢", "我喜欢", "我很喜欢", "非常满意"),
    "must-be": ("must-be", "must be", "expect it", "it must be", "理应如此", "它理应如此", "必须这样"),
    "neutral": ("neutral", "i am neutral", "无所谓", "我无所谓"),
    "live-with": ("live-with", "live with", "i can live with it", "能忍受", "我能忍受", "勉强接受"),
    "dislike": ("dislike", "i dislike it", "不喜欢", "很不喜欢", "我不喜欢", "我很不喜欢"),
}  # fmt: skip
_READ = {spelling: answer for answer, spellings in _SPELLINGS.items() for spelling in spellings}

#: Marks of the continuous analysis: how satisfied with it, how dissatisfied without it.
_WITH = {"like": 4.0, "must-be": 2.0, "neutral": 0.0, "live-with": -1.0, "dislike": -2.0}
_WITHOUT = {"like": -2.0, "must-be": -1.0, "neutral": 0.0, "live-with": 2.0, "dislike": 4.0}


def kano_categories(answers: pd.DataFrame, *, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """What each respondent's pair of answers says of a feature.

    Parameters
    ----------
    answers : DataFrame, one row a respondent and feature
        Columns ``functional`` (answer if the product has it) and ``dysfunctional`` (if it has not), each as
        a word of :data:`KANO_ANSWERS`, as 1 (like) to 5 (dislike), or in Chinese (喜欢、理应如此、无所谓、
        能忍受、不喜欢); ``feature`` where there are several.
    table : DataFrame, optional
        Another evaluation table with the same labels as :data:`KANO_TABLE` and letters M, O, A, I, R, Q.
        Some authors read must-be/must-be and live-with/live-with as Q.

    Returns
    -------
    DataFrame: the columns given and ``category`` (a letter of :data:`KANO_CATEGORIES`).

    Raises
    ------
    InputError
        For answers that are not of the five, or a table with other labels or letters.

    References
    ----------
    Kano, N., Seraku, N., Takahashi, F. and Tsuji, S. (1984). Attractive quality and must-be quality. *Journal
    of the Japanese Society for Quality Control* 14(2), 39–48. The table: Berger, C. et al. (1993). Kano's
    methods for understanding customer-defined quality. *Center for Quality of Management Journal* 2(4), 3–36.

    Examples
    --------
    >>> pairs = pd.DataFrame({"functional": ["like", 3, "喜欢"], "dysfunctional": ["dislike", 5, "无所谓"]})
    >>> kano_categories(pairs)["category"].tolist()
    ['O', 'M', 'A']
    """
    check = Check("kano_categories")
    frame = check.frame("answers", answers, ["functional", "dysfunctional"])
    check.done()
    read = _read_answers(check, frame)
    rules = KANO_TABLE if table is None else _evaluation_table(check, table)
    check.done()
    pairs = zip(read["functional"], read["dysfunctional"], strict=True)
    return frame.assign(category=[str(rules.loc[yes, no]) for yes, no in pairs])


def kano_counts(answers: pd.DataFrame, *, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many respondents put each feature into each category.

    Parameters
    ----------
    answers, table
        As for :func:`kano_categories`; ``answers`` needs the column ``feature``.

    Returns
    -------
    DataFrame of int: one row a feature in the order of first appearance, columns ``M, O, A, I, R, Q``.

    Examples
    --------
    >>> answers = pd.DataFrame({"feature": "wifi", "functional": [1, 1, 3], "dysfunctional": [5, 3, 5]})
    >>> kano_counts(answers).loc["wifi"].to_dict()
    {'M': 1, 'O': 1, 'A': 1, 'I': 0, 'R': 0, 'Q': 0}
    """
    check = Check("kano_counts")
    answers = check.frame("answers", answers, ["feature", "functional", "dysfunctional"], keys=["feature"])
    check.done()
    frame = kano_categories(answers, table=table)
    features = list(dict.fromkeys(frame["feature"]))
    counts = pd.crosstab(frame["feature"], frame["category"])
    counts = counts.reindex(index=features, columns=list(KANO_CATEGORIES), fill_value=0)
    return counts.rename_axis(index="feature", columns=None)


def kano_average(answers: pd.DataFrame) -> pd.DataFrame:
    """Where a feature lies when the answers are averaged instead of counted.

    Counting throws away that two thirds said A and one third M; averages keep it, at the price of taking
    the answers as equal steps.

    Parameters
    ----------
    answers : DataFrame
        As for :func:`kano_counts`; pairs that contradict themselves (Q) are left out.

    Returns
    -------
    DataFrame by feature: ``respondents``, ``dissatisfaction`` (without it) and ``satisfaction`` (with it),
    each −2 to 4, and their standard errors ``dissatisfaction_error``, ``satisfaction_error`` (missing for a
    single respondent).

    Notes
    -----
    With it: like 4, must-be 2, neutral 0, live-with −1, dislike −2; without it the reverse. Halves of the
    scale (2) part the quadrants: attractive high/low, one-dimensional high/high, must-be low/high.

    References
    ----------
    DuMouchel, W., in Berger, C. et al. (1993), section on continuous analysis.

    Examples
    --------
    >>> answers = pd.DataFrame({"feature": "wifi", "functional": [1, 3], "dysfunctional": [5, 5]})
    >>> kano_average(answers)[["dissatisfaction", "satisfaction"]].values.tolist()
    [[4.0, 2.0]]
    """
    check = Check("kano_average")
    frame = check.frame("answers", answers, ["feature", "functional", "dysfunctional"])
    check.done()
    read = _read_answers(check, frame)
    check.done()
    kept = kano_categories(frame)["category"].to_numpy() != "Q"
    marks = pd.DataFrame(
        {
            "feature": frame["feature"].to_numpy(),
            "dissatisfaction": read["dysfunctional"].map(_WITHOUT).to_numpy(),
            "satisfaction": read["functional"].map(_WITH).to_numpy(),
        }
    )[kept]
    check.require(len(marks) > 0, _("some answers must not contradict themselves"), got=_("only Q"))
    check.done()
    groups = marks.groupby("feature", sort=False)
    means, errors_of_mean = groups.mean(), groups.sem()
    return pd.DataFrame(
        {
            "respondents": groups.size(),
            "dissatisfaction": means["dissatisfaction"],
            "satisfaction": means["satisfaction"],
            "dissatisfaction_error": errors_of_mean["dissatisfaction"],
            "satisfaction_error": errors_of_mean["satisfaction"],
        }
    )


def _read_answers(check: Check, frame: pd.DataFrame) -> pd.DataFrame:
    read = {}
    for column in ("functional", "dysfunctional"):
        words = frame[column].map(_as_word)
        unknown = words.isna()
        if unknown.any():
            check.add(
                errors.must_hold(
                    _("{name} must hold one of the five answers").format(name=column),
                    got=errors.listing(map(errors.shown, frame.loc[unknown, column].unique().tolist())),
                    where=errors.rows(frame.index[unknown]),
                    allowed=listed(KANO_ANSWERS) + _(", or 1 to 5 in this order"),
                    hint=_("drop respondents who left the pair half empty"),
                )
            )
        read[column] = words
    return pd.DataFrame(read)


def _as_word(value: Any) -> str | None:
    if isinstance(value, (bool, np.bool_)) or value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    try:
        place = float(value)
    except (TypeError, ValueError):
        return _READ.get(str(value).strip().lower().removesuffix(" that way").replace("_", "-"))
    return KANO_ANSWERS[int(place) - 1] if place in (1, 2, 3, 4, 5) else None


def _evaluation_table(check: Check, table: pd.DataFrame) -> pd.DataFrame:
    frame = check.frame("table", table)
    check.done()
    for axis, labels in (("table.index", frame.index), ("table.columns", frame.columns)):
        check.same_labels(axis, pd.Series(0, index=labels), "KANO_TABLE", KANO_TABLE.index)
    letters = pd.Series(frame.to_numpy().ravel())
    good = letters.isin(list(KANO_CATEGORIES))
    check.require(
        bool(good.all()),
        _("table must hold the letters of the categories"),
        got=errors.listing(map(errors.shown, letters[~good].unique().tolist())),
        hint=listed(KANO_CATEGORIES),
    )
    return frame
