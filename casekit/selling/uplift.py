"""What a contact changes: uplift and Qini curves from a randomised campaign.

Four kinds of client: *persuadables* buy because they were called, *sure things* buy anyway, *lost causes*
never buy, *sleeping dogs* would have bought and are put off by the call. Nobody is seen both called and not
called, so a score of change can be judged only on groups: among the best-scored clients, how did those who
were called by lot differ from those who were not? Clients with the same score share one threshold.

Conventions are those of scikit-uplift, so that figures can be compared with it.
"""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.errors import CasekitWarning
from casekit.selling._vectors import alike, area, both_kinds, flags, last_of_ties


def _checked(
    function: str, outcome: Any, treated: Any, *scores: Any, yes_no: bool = False
) -> tuple[np.ndarray, ...]:
    """Outcome, treatment and score as arrays in one order, with every problem raised together."""
    check = Check(function)
    treatment = flags(check, "treated", treated)
    both_kinds(check, "treated", treatment)
    if yes_no or _is_bool(outcome):
        values = flags(check, "outcome", outcome)
    else:
        values = check.vector("outcome", outcome)
    parts = [alike(check, "outcome", values, "treated", treatment), treatment]
    parts += [alike(check, "score", check.vector("score", score), "treated", treatment) for score in scores]
    check.done()
    return tuple(part.to_numpy() for part in parts)


def _is_bool(values: Any) -> bool:
    return isinstance(values, (pd.Series, np.ndarray)) and pd.api.types.is_bool_dtype(values)


def treatment_effect(outcome: Any, treated: Any) -> dict[str, float]:
    """What a contact changed on average: mean outcome of the called less that of the not called.

    Only a contact drawn by lot makes this the effect of the contact.

    Parameters
    ----------
    outcome : Series, list or array of float or bool, shape (n_clients,)
        Bought or not, or profit.
    treated : Series, list or array of bool, shape (n_clients,)
        Called or not; both must occur.

    Returns
    -------
    dict
        ``effect``, ``standard_error``, ``low`` and ``high`` (95 % interval), ``called`` and ``not_called``
        (mean outcomes), in the unit of ``outcome``. Negative: the contact did harm.

    Examples
    --------
    >>> result = treatment_effect([1, 0, 0, 0], [1, 1, 0, 0])
    >>> result["effect"], result["called"], result["not_called"]
    (0.5, 0.5, 0.0)
    """
    values, treatment = _checked("treatment_effect", outcome, treated)
    called, rest = values[treatment == 1], values[treatment == 0]
    effect = float(called.mean() - rest.mean())
    error = math.sqrt(called.var() / len(called) + rest.var() / len(rest))
    return {
        "effect": effect,
        "standard_error": error,
        "low": effect - 1.96 * error,
        "high": effect + 1.96 * error,
        "called": float(called.mean()),
        "not_called": float(rest.mean()),
    }


def _curve(values: np.ndarray, treatment: np.ndarray, score: np.ndarray, *, kind: str) -> pd.DataFrame:
    order = np.argsort(-score, kind="stable")
    values, treatment, score = values[order], treatment[order], score[order]
    ends = last_of_ties(score)
    n_all = ends + 1.0
    n_called = treatment.cumsum()[ends]
    n_rest = n_all - n_called
    y_called = (values * treatment).cumsum()[ends]
    y_rest = (values * (1 - treatment)).cumsum()[ends]
    if kind == "uplift":
        height = (_ratio(y_called, n_called) - _ratio(y_rest, n_rest)) * n_all
    else:
        height = y_called - y_rest * _ratio(n_called, n_rest)
    return pd.DataFrame(
        {
            "contacted": np.append(0, n_all.astype(int)),
            "gain": np.append(0.0, height),
            "score": np.append(np.inf, score[ends]),
        }
    )


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """A quotient that is zero where nobody is in the group yet."""
    return np.divide(above, below, out=np.zeros_like(above, dtype=float), where=below != 0)


def uplift_curve(outcome: Any, score: Any, treated: Any) -> pd.DataFrame:
    """Outcomes gained by contacting the best-scored clients first, scaled to all clients of the group.

    Parameters
    ----------
    outcome : Series, list or array of float or bool, shape (n_clients,)
        Bought or not, or profit, in a campaign whose contacts were drawn by lot.
    score : Series, list or array of float, shape (n_clients,)
        Higher means that a contact is believed to change more.
    treated : Series, list or array of bool, shape (n_clients,)
        Called or not; both must occur.

    Returns
    -------
    DataFrame with columns ``contacted`` (clients), ``gain`` (outcomes, or money) and ``score`` (the
    threshold), one row a distinct score, beginning at (0, 0). The last ``gain`` does not depend on the score.

    Notes
    -----
    ``u(k) = (Y_T / N_T - Y_C / N_C) (N_T + N_C)`` over the first ``k`` clients; a group that is still empty
    counts as a mean of zero.

    References
    ----------
    Conventions of scikit-uplift.

    Examples
    --------
    >>> uplift_curve([0, 1, 0], [0.5, 0.5, 0.5], [0, 1, 1])[["contacted", "gain"]].values.tolist()
    [[0.0, 0.0], [3.0, 1.5]]
    """
    return _curve(*_checked("uplift_curve", outcome, treated, score), kind="uplift")


def qini_curve(outcome: Any, score: Any, treated: Any) -> pd.DataFrame:
    """Extra outcomes among the called when the best-scored clients are contacted first.

    Like :func:`uplift_curve`, but counted on the called clients alone: the uncalled are scaled to their
    number.

    Parameters
    ----------
    outcome, score, treated
        As in :func:`uplift_curve`.

    Returns
    -------
    DataFrame with columns ``contacted``, ``gain`` and ``score``, as in :func:`uplift_curve`.

    Notes
    -----
    ``q(k) = Y_T - Y_C N_T / N_C`` over the first ``k`` clients; the second term is zero while nobody uncalled
    is among them.

    References
    ----------
    Radcliffe, N. J. (2007). Using control groups to target on predicted lift. *Direct Marketing Analytics
    Journal* 1, 14–21.

    Examples
    --------
    >>> qini_curve([0, 1, 0], [0.5, 0.5, 0.5], [0, 1, 1])[["contacted", "gain"]].values.tolist()
    [[0.0, 0.0], [3.0, 1.0]]
    """
    return _curve(*_checked("qini_curve", outcome, treated, score), kind="qini")


def perfect_uplift_curve(bought: Any, treated: Any) -> pd.DataFrame:
    """The uplift curve of a score that knew every outcome.

    Parameters
    ----------
    bought : Series, list or array of bool, shape (n_clients,)
    treated : Series, list or array of bool, shape (n_clients,)

    Returns
    -------
    DataFrame as from :func:`uplift_curve`.

    Examples
    --------
    >>> perfect_uplift_curve([0, 1, 0], [0, 1, 1])["gain"].tolist()
    [0.0, 1.0, 2.0, 1.5]
    """
    outcome, treatment = _checked("perfect_uplift_curve", bought, treated, yes_no=True)
    bought_alone = ((outcome == 1) & (treatment == 0)).sum()
    called_in_vain = ((outcome == 0) & (treatment == 1)).sum()
    tie_break = outcome if bought_alone > called_in_vain else treatment
    return _curve(outcome, treatment, 2.0 * (outcome == treatment) + tie_break, kind="uplift")


def perfect_qini_curve(bought: Any, treated: Any, *, negative_effect: bool = True) -> pd.DataFrame:
    """The Qini curve of a score that knew every outcome.

    Parameters
    ----------
    bought, treated
        As in :func:`perfect_uplift_curve`.
    negative_effect : bool, default True
        Whether calls may put buyers off. If not, the curve rises one by one to the overall gain and stays.

    Returns
    -------
    DataFrame as from :func:`qini_curve`.

    Examples
    --------
    >>> perfect_qini_curve([0, 1, 0], [0, 1, 1])["gain"].tolist()
    [0.0, 1.0, 1.0]
    """
    negative_effect = Check("perfect_qini_curve").flag("negative_effect", negative_effect)
    outcome, treatment = _checked("perfect_qini_curve", bought, treated, yes_no=True)
    if negative_effect:
        return _curve(outcome, treatment, outcome * (2 * treatment - 1), kind="qini")
    called = treatment == 1
    total = outcome[called].sum() - called.sum() * outcome[~called].mean()
    return pd.DataFrame(
        {"contacted": [0.0, total, len(outcome)], "gain": [0.0, total, total], "score": [np.inf, 1.0, 0.0]}
    )


def uplift_auc(bought: Any, score: Any, treated: Any) -> float:
    """Area under the uplift curve above chance, as a share of what a perfect score would have.

    Parameters
    ----------
    bought, score, treated
        As in :func:`uplift_curve`; the outcome must be bought or not.

    Returns
    -------
    float
        0 is chance, 1 is perfect, negative is worse than chance. NaN with a warning where chance is perfect.

    Notes
    -----
    ``(A - A_random) / (A_perfect - A_random)``; the random line runs to the end point of the curve.

    Examples
    --------
    >>> uplift_auc([1, 0], [0.1, 0.3], [0, 1])
    1.0
    """
    parts = _checked("uplift_auc", bought, treated, score, yes_no=True)
    return _coefficient("uplift_auc", _curve(*parts, kind="uplift"), perfect_uplift_curve(parts[0], parts[1]))


def qini_auc(bought: Any, score: Any, treated: Any, *, negative_effect: bool = True) -> float:
    """Qini coefficient: area under the Qini curve above chance, as a share of the perfect one.

    Parameters
    ----------
    bought, score, treated
        As in :func:`uplift_auc`.
    negative_effect : bool, default True
        As in :func:`perfect_qini_curve`.

    Returns
    -------
    float
        0 is chance, 1 is perfect. Small values are normal: a perfect score knows each client's coin throw.

    Examples
    --------
    >>> qini_auc([0, 1], [0.1, 0.3], [1, 0])
    1.0
    """
    parts = _checked("qini_auc", bought, treated, score, yes_no=True)
    perfect = perfect_qini_curve(parts[0], parts[1], negative_effect=negative_effect)
    return _coefficient("qini_auc", _curve(*parts, kind="qini"), perfect)


def _coefficient(function: str, curve: pd.DataFrame, perfect: pd.DataFrame) -> float:
    def above_chance(line: pd.DataFrame) -> float:
        chance = perfect["contacted"].iloc[-1] * perfect["gain"].iloc[-1] / 2
        return area(line["contacted"], line["gain"]) - chance

    best = above_chance(perfect)
    if abs(best) < 1e-12:
        message = _(
            "{function}: a perfect score would do no better than chance here, so there is no coefficient"
        )
        warnings.warn(message.format(function=function), CasekitWarning, stacklevel=3)
        return math.nan
    return float(above_chance(curve) / best)


def uplift_by_group(outcome: Any, score: Any, treated: Any, *, groups: int = 10) -> pd.DataFrame:
    """Measured effect in groups of equal size, best-scored first: does the score sort clients by change?

    Parameters
    ----------
    outcome, score, treated
        As in :func:`uplift_curve`.
    groups : int, default 10
        2 or more. Clients with equal scores are split by their order.

    Returns
    -------
    DataFrame with index ``group`` (1 is best-scored) and columns ``clients, score`` (mean), ``called,
    not_called`` (mean outcomes), ``uplift`` and ``standard_error``; missing where one side is empty.

    Examples
    --------
    >>> table = uplift_by_group([1, 0, 0, 0], [2, 2, 1, 1], [1, 0, 1, 0], groups=2)
    >>> table["uplift"].tolist()
    [1.0, 0.0]
    """
    check = Check("uplift_by_group")
    groups = check.integer("groups", groups, low=2)
    check.done()
    values, treatment, scores = _checked("uplift_by_group", outcome, treated, score)
    place = np.empty(len(scores), dtype=int)
    place[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    frame = pd.DataFrame(
        {"group": place * groups // len(scores) + 1, "y": values, "called": treatment == 1, "score": scores}
    )
    table = frame.groupby("group").agg(clients=("y", "size"), score=("score", "mean"))
    for name, side in (("called", frame[frame["called"]]), ("not_called", frame[~frame["called"]])):
        table[name] = side.groupby("group")["y"].mean()
        table[f"{name}_var"] = side.groupby("group")["y"].var(ddof=0) / side.groupby("group")["y"].size()
    table["uplift"] = table["called"] - table["not_called"]
    table["standard_error"] = np.sqrt(table.pop("called_var") + table.pop("not_called_var"))
    return table
