"""What to do when one does not know whom one faces: best response, cut-off and cost of mistakes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import TOTAL_TOLERANCE, Check
from casekit.selling._vectors import number_frame


def best_response(beliefs: Any, *, payoffs: pd.DataFrame) -> pd.DataFrame:
    """The play with the highest expected payoff for each buyer, and what it would be worth to know him.

    The likeliest type is not always the one to play for: if the wrong play loses the deal, a safe play that
    is nobody's favourite can be best. Assumes that the payoffs are known and that money is valued evenly.

    Parameters
    ----------
    beliefs : DataFrame, dict or Series of float, shape (n_buyers, n_types)
        Probability of each type, one row a buyer (or a dict or Series for one buyer), 0 to 1, rows adding up
        to 1, such as :func:`buyer_type_probabilities` gives them.
    payoffs : DataFrame of float, shape (n_plays, n_types)
        Payoff of each play (rows) against each type (columns), in money; any sign. A row of zeros stands for
        walking away.

    Returns
    -------
    DataFrame, one row a buyer
        ``play`` (of equals, the first row of ``payoffs``), ``expected_payoff`` (money), ``runner_up`` and
        ``lead`` (money by which the best play beats it; missing with one play), ``value_of_knowing`` (money,
        zero or more: what knowing the type before playing would add).

    Raises
    ------
    InputError
        If beliefs are no probabilities, do not add up to 1, or name other types than the payoffs.

    Notes
    -----
    ``expected_payoff = max_a sum_t p_t u(a, t)`` and ``value_of_knowing = sum_t p_t max_a u(a, t) -
    expected_payoff``, with ``p`` the beliefs and ``u`` the payoffs (expected value of perfect information).

    References
    ----------
    Raiffa, H. and Schlaifer, R. (1961). *Applied Statistical Decision Theory*, ch. 4.

    Examples
    --------
    >>> payoffs = pd.DataFrame({"new": [80, 20], "price": [-40, 30]}, index=["experts", "offer"])
    >>> best_response({"new": 0.5, "price": 0.5}, payoffs=payoffs).iloc[0].to_dict()
    {'play': 'offer', 'expected_payoff': 25.0, 'runner_up': 'experts', 'lead': 5.0, 'value_of_knowing': 30.0}
    """
    check = Check("best_response")
    table = number_frame(check, "payoffs", payoffs)
    chances = number_frame(check, "beliefs", beliefs, low=0, high=1)
    check.done()
    check.unique("payoffs.index", table.index)
    first = check.same_labels("beliefs", chances.iloc[0], "payoffs", table.columns)
    totals = chances.sum(axis=1)
    off = totals[(totals - 1).abs() > TOTAL_TOLERANCE]
    if len(off):
        check.add(errors.wrong_total(_("each row of beliefs"), float(off.iloc[0]), 1.0))
    check.done()
    expected = chances[first.index] @ table.T
    order = np.argsort(-expected.to_numpy(), axis=1, kind="stable")
    ranked = np.take_along_axis(expected.to_numpy(), order, axis=1)
    several = len(table) > 1
    best_known = chances[first.index] @ table.max()
    return pd.DataFrame(
        {
            "play": table.index.to_numpy()[order[:, 0]],
            "expected_payoff": ranked[:, 0],
            "runner_up": table.index.to_numpy()[order[:, 1]] if several else None,
            "lead": ranked[:, 0] - ranked[:, 1] if several else np.nan,
            "value_of_knowing": (best_known - ranked[:, 0]).clip(lower=0),
        },
        index=chances.index,
    )


def cost_sensitive_threshold(
    *, false_alarm: float, miss: float, correct_alarm: float = 0.0, correct_pass: float = 0.0
) -> float:
    """Probability above which it is cheaper to raise the alarm than to let the case pass.

    One half is right only if both mistakes cost the same. Assumes that the probability is calibrated.

    Parameters
    ----------
    false_alarm : float
        Cost of an alarm where nothing was wrong, in money; a benefit is a negative cost.
    miss : float
        Cost of letting a bad case pass, in money.
    correct_alarm, correct_pass : float, default 0
        Costs of the two right decisions, in money, each below the cost of the mistake in the same state.

    Returns
    -------
    float
        Between 0 and 1: raise the alarm if the probability of a bad case is this or more.

    Raises
    ------
    InputError
        If a mistake does not cost more than the right decision: one action would then always be best.

    Notes
    -----
    ``p* = (c10 - c00) / (c10 - c00 + c01 - c11)`` with ``c10 = false_alarm``, ``c00 = correct_pass``,
    ``c01 = miss``, ``c11 = correct_alarm`` (first digit the decision, second the truth).

    References
    ----------
    Elkan, C. (2001). The foundations of cost-sensitive learning. *IJCAI* 17, 973–978, equation 2.

    Examples
    --------
    >>> cost_sensitive_threshold(false_alarm=1, miss=4)
    0.2
    """
    check = Check("cost_sensitive_threshold")
    alarm, passed = check.number("false_alarm", false_alarm), check.number("miss", miss)
    right_alarm = check.number("correct_alarm", correct_alarm)
    right_pass = check.number("correct_pass", correct_pass)
    check.done()
    for name, wrong, right_name, right in (
        ("false_alarm", alarm, "correct_pass", right_pass),
        ("miss", passed, "correct_alarm", right_alarm),
    ):
        check.require(
            wrong > right,
            _("{wrong} must cost more than {right}").format(wrong=name, right=right_name),
            got=_("{wrong} and {right}").format(wrong=errors.shown(wrong), right=errors.shown(right)),
            hint=_("if not, the same decision is best at every probability"),
        )
    check.done()
    return (alarm - right_pass) / (alarm - right_pass + passed - right_alarm)


def misclassification_cost(confusion: Any, *, costs: Any = None) -> float:
    """Average cost of a case under a classifier: its confusion matrix weighed with what each mistake costs.

    Two classifiers with the same share of right answers can differ widely here, because mistakes differ.

    Parameters
    ----------
    confusion : DataFrame of int, square
        Cases by true class (rows) and given class (columns), the same labels on both sides, such as
        :func:`casekit.segments.confusion_table` gives.
    costs : DataFrame of float, optional
        Cost of giving the class of the column to a case of the row, in money, with the same labels. Without
        it every mistake costs 1, and the result is the share of mistakes.

    Returns
    -------
    float
        Cost a case, in money.

    Raises
    ------
    InputError
        If the matrix is not square, holds negative counts or no case, or the labels of costs differ.

    Notes
    -----
    ``sum_ij n_ij c_ij / sum_ij n_ij``

    Examples
    --------
    >>> counts = pd.DataFrame([[8, 2], [0, 10]], index=["amiable", "driving"], columns=["amiable", "driving"])
    >>> misclassification_cost(counts)
    0.1
    >>> misclassification_cost(counts, costs=pd.DataFrame([[0, 50], [5, 0]], counts.index, counts.columns))
    5.0
    """
    check = Check("misclassification_cost")
    cases = number_frame(check, "confusion", confusion, low=0)
    check.done()
    labels = check.same_labels("confusion.columns", cases.iloc[0], "confusion.index", cases.index).index
    check.require(
        float(cases.to_numpy().sum()) > 0, _("confusion must count at least one case"), got=_("none")
    )
    check.done()
    counts = cases[labels].to_numpy()
    if costs is None:
        price = 1 - np.eye(len(labels))
    else:
        table = number_frame(check, "costs", costs)
        check.done()
        for side, name in ((table.columns, "costs.columns"), (table.index, "costs.index")):
            check.same_labels(name, pd.Series(0.0, index=side), "confusion", labels)
        check.done()
        price = table.loc[labels, labels].to_numpy()
    return float((counts * price).sum() / counts.sum())
