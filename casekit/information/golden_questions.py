"""Golden questions: which question tells most about what kind of customer this is?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def entropy(shares: Any) -> float:
    """How unsure one is about the segment of a customer, in bits.

    Parameters
    ----------
    shares : list, dict or Series of float, shape (n_segments,)
        Shares (or counts) of the segments, 0 or more, with a sum above 0; they are divided by their sum.

    Returns
    -------
    float
        0 (sure) to ``log2(n_segments)`` (all alike likely): the number of yes/no questions that a perfect
        questioner still needs on average.

    Notes
    -----
    ``H = -sum(p log2 p)``, with ``0 log 0 = 0``.

    References
    ----------
    Shannon, C. E. (1948). A mathematical theory of communication. *Bell System Technical Journal* 27,
    379-423.

    Examples
    --------
    >>> entropy([1, 1]), entropy({"family": 3, "single": 0})
    (1.0, 0.0)
    """
    check = Check("entropy")
    series = check.vector("shares", shares, low=0)
    total = float(series.sum())
    check.require(total > 0, _("shares must add up to more than zero"), got=errors.shown(total))
    check.done()
    return _entropy(series.to_numpy() / total)


def rank_questions(
    answers: pd.DataFrame, segment: Any, *, cost: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Questions in order of what their answer tells about the segment: the golden ones first.

    A pet-food maker need not ask what a dog owner would spend; "do you buy your pet a birthday present?"
    tells. A golden question is cheap to ask and moves the odds. The gain is measured on the customers whose
    segment is known; with few of them, questions with many possible answers look better than they are
    (``gain_ratio`` takes off part of that).

    Parameters
    ----------
    answers : DataFrame, shape (n_customers, n_questions)
        A column a question, answers as categories; a missing answer counts as an answer of its own.
    segment : list, dict or Series, shape (n_customers,)
        Known segment of each customer, labelled like ``answers`` or in the same order.
    cost : mapping of question to float, optional
        Cost of asking each question (seconds, annoyance), above 0; adds ``gain_per_cost`` and ranks by it.

    Returns
    -------
    DataFrame indexed by ``question``, best first, with ``gain`` (bits, 0 or more), ``share_explained`` (of
    the entropy of the segments, 0 to 1), ``gain_ratio`` (gain by entropy of the answers), ``answers`` (number
    of different answers) and, with ``cost``, ``gain_per_cost``.

    Raises
    ------
    InputError
        If all customers are of one segment, labels do not fit, or a cost is not above 0.

    Notes
    -----
    ``gain = H(segment) - sum over answers of P(answer) H(segment | answer)``.

    References
    ----------
    Peppers, D. and Rogers, M. (1999). *The One to One Manager* ("Golden Questions").
    Quinlan, J. R. (1986). Induction of decision trees. *Machine Learning* 1, 81-106.

    Examples
    --------
    >>> asked = pd.DataFrame({"pet": ["cat", "cat", "dog", "dog"], "gift": ["yes", "no", "yes", "no"]})
    >>> rank_questions(asked, ["fond", "plain", "fond", "plain"])["gain"].to_dict()
    {'gift': 1.0, 'pet': 0.0}
    """
    check = Check("rank_questions")
    frame = check.frame("answers", answers)
    groups = _segment(check, segment, frame)
    costs = None if cost is None else check.vector("cost", check.mapping("cost", cost), low=0, low_open=True)
    check.done()
    if costs is not None:
        costs = check.same_labels("cost", costs, "answers.columns", frame.columns)
    kinds = pd.Series(groups).nunique()
    check.require(kinds > 1, _("segment must name at least two segments"), got=str(kinds))
    check.done()
    start = _entropy(pd.Series(groups).value_counts(normalize=True).to_numpy())
    rows = {}
    for question in frame.columns:
        filled = frame[question].astype(object).where(frame[question].notna(), _("(no answer)"))
        table = pd.crosstab(groups, filled.to_numpy()).to_numpy(dtype=float)
        gain, spread = _gain(table / table.sum())
        ratio = gain / spread if spread > 0 else 0.0
        rows[question] = (gain, gain / start, ratio, table.shape[1])
    ranked = pd.DataFrame.from_dict(
        rows, orient="index", columns=["gain", "share_explained", "gain_ratio", "answers"]
    ).rename_axis("question")
    if costs is None:
        return ranked.sort_values("gain", ascending=False, kind="stable")
    ranked["gain_per_cost"] = ranked["gain"] / costs
    return ranked.sort_values("gain_per_cost", ascending=False, kind="stable")


def update_segments(prior: Any, answer_given_segment: Any) -> pd.Series:
    """What to believe about a customer's segment after one answer (Bayes' rule).

    Parameters
    ----------
    prior : dict or Series of float by segment
        Shares before the answer, adding up to 1.
    answer_given_segment : dict or Series of float by segment
        How often customers of each segment give the answer that was given, 0 to 1.

    Returns
    -------
    Series of float by segment named ``posterior``, adding up to 1.

    Raises
    ------
    InputError
        If no segment could have given the answer, or labels do not fit.

    Examples
    --------
    >>> update_segments({"fond": 0.5, "plain": 0.5}, {"fond": 0.6, "plain": 0.2}).round(2).to_dict()
    {'fond': 0.75, 'plain': 0.25}
    """
    check = Check("update_segments")
    before = check.weights("prior", prior)
    chance = check.vector("answer_given_segment", answer_given_segment, low=0, high=1)
    check.done()
    chance = check.same_labels("answer_given_segment", chance, "prior", before)
    joint = before * chance
    check.require(float(joint.sum()) > 0, _("some segment must be able to give the answer"), got="0")
    check.done()
    return (joint / joint.sum()).rename("posterior")


def next_question(prior: Any, questions: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Which question to ask this customer next, given what is believed so far.

    After an answer the ranking changes: a question that tells families from singles is worth nothing once one
    knows. Feed the result of :func:`update_segments` back in as ``prior``.

    Parameters
    ----------
    prior : dict or Series of float by segment
        Shares believed now, adding up to 1.
    questions : mapping of question to DataFrame, shape (n_segments, n_answers)
        How often customers of each segment (rows) give each answer (columns); each row adds up to 1.

    Returns
    -------
    DataFrame indexed by ``question``, best first, with ``gain`` (expected bits, 0 or more) and
    ``expected_entropy`` (bits left after the answer).

    Examples
    --------
    >>> ask = {"gift?": pd.DataFrame({"yes": [0.9, 0.1], "no": [0.1, 0.9]}, index=["fond", "plain"])}
    >>> next_question({"fond": 0.5, "plain": 0.5}, ask)["gain"].round(3).to_dict()
    {'gift?': 0.531}
    """
    check = Check("next_question")
    before = check.weights("prior", prior)
    questions = check.mapping("questions", questions)
    check.require(bool(questions), _("questions must hold at least one question"), got=_("none"))
    check.done()
    start = _entropy(before.to_numpy())
    rows = {}
    for question, table in questions.items():
        name = f"questions[{question!r}]"
        frame = check.frame(name, table)
        check.done()
        check.same_labels(f"{name}.index", frame.index.to_series(), "prior", before)
        check.done()
        for segment in frame.index:
            check.weights(f"{name}.loc[{segment!r}]", frame.loc[segment])
        check.done()
        joint = frame.reindex(before.index).to_numpy(dtype=float) * before.to_numpy()[:, None]
        gain, _spread = _gain(joint)
        rows[question] = (gain, start - gain)
    ranked = pd.DataFrame.from_dict(rows, orient="index", columns=["gain", "expected_entropy"])
    return ranked.rename_axis("question").sort_values("gain", ascending=False, kind="stable")


def _segment(check: Check, segment: Any, frame: pd.DataFrame) -> np.ndarray:
    series = as_series(segment)
    if series is None:
        check.stop(errors.wrong_type("segment", _("a list or Series with one segment a customer"), segment))
    check.names("segment", list(series.dropna()), repeats=True)
    if len(series) != len(frame):
        check.add(errors.different_lengths("segment", len(series), "answers", len(frame)))
    elif series.isna().any():
        check.add(errors.not_finite("segment", errors.rows(series.index[series.isna()])))
    elif not series.index.equals(pd.RangeIndex(len(series))) and not series.index.equals(frame.index):
        series = check.same_labels("segment", series, "answers", frame.index)
    return series.to_numpy()


def _entropy(shares: np.ndarray) -> float:
    positive = shares[shares > 0]
    return float(max(0.0, -(positive * np.log2(positive)).sum()))


def _gain(joint: np.ndarray) -> tuple[float, float]:
    """Information gain and entropy of the answers, from shares by segment (rows) and answer (columns)."""
    answers = joint.sum(axis=0)
    start = _entropy(joint.sum(axis=1))
    after = sum(
        share * _entropy(column / share) for share, column in zip(answers, joint.T, strict=True) if share > 0
    )
    gain = max(0.0, start - after)
    return (0.0 if math.isclose(gain, 0.0, abs_tol=1e-12) else gain), _entropy(answers)
