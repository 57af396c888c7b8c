"""How well a score ranks clients: AUC, cumulative gains, lift and ALIFT.

A score that ranks buyers first saves calls. It does not say that the call made them buy: for that see
:mod:`casekit.selling.uplift`. Clients with the same score share one threshold everywhere, so the order of
rows never changes a figure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check
from casekit.selling._vectors import alike, area, both_kinds, flags, last_of_ties


def _scored(function: str, bought: Any, score: Any) -> tuple[np.ndarray, np.ndarray]:
    check = Check(function)
    outcome = flags(check, "bought", bought)
    scores = alike(check, "score", check.vector("score", score), "bought", outcome)
    both_kinds(check, "bought", outcome)
    check.done()
    return outcome.to_numpy(), scores.to_numpy()


def auc(bought: Any, score: Any) -> float:
    """Chance that a random buyer has a higher score than a random non-buyer (a tie counts one half).

    0.5 is a coin, 1 puts every buyer first, below 0.5 the score points the wrong way.

    Parameters
    ----------
    bought : Series, list or array of bool, shape (n_clients,)
        Outcome; both kinds must occur.
    score : Series, list or array of float, shape (n_clients,)
        Higher means likelier to buy; any scale.

    Returns
    -------
    float
        Area under the ROC curve, 0 to 1.

    Raises
    ------
    InputError
        If the two differ in length or labels, or if nobody or everybody bought.

    Notes
    -----
    ``(R - n1 (n1 + 1) / 2) / (n1 n0)`` with ``R`` the sum of the buyers' average ranks.

    References
    ----------
    Hanley, J. A. and McNeil, B. J. (1982). The meaning and use of the area under a ROC curve. *Radiology*
    143.

    Examples
    --------
    >>> auc([True, False, True, False], [0.9, 0.2, 0.5, 0.5])
    0.875
    """
    outcome, scores = _scored("auc", bought, score)
    ranks = pd.Series(scores).rank(method="average").to_numpy()
    buyers = outcome.sum()
    others = len(outcome) - buyers
    return float((ranks[outcome == 1].sum() - buyers * (buyers + 1) / 2) / (buyers * others))


def cumulative_gains(bought: Any, score: Any) -> pd.DataFrame:
    """Share of all buyers reached when the best-scored clients are contacted first.

    Parameters
    ----------
    bought, score
        As in :func:`auc`.

    Returns
    -------
    DataFrame with columns ``contacted_share`` and ``buyer_share`` (0 to 1) and ``score`` (the threshold), one
    row a distinct score, beginning at (0, 0) and ending at (1, 1).

    Examples
    --------
    >>> cumulative_gains([1, 0, 1, 0], [4, 3, 2, 2])[["contacted_share", "buyer_share"]].values.tolist()
    [[0.0, 0.0], [0.25, 0.5], [0.5, 0.5], [1.0, 1.0]]
    """
    outcome, scores = _scored("cumulative_gains", bought, score)
    order = np.argsort(-scores, kind="stable")
    ends = last_of_ties(scores[order])
    reached = outcome[order].cumsum()[ends]
    return pd.DataFrame(
        {
            "contacted_share": np.append(0.0, (ends + 1) / len(outcome)),
            "buyer_share": np.append(0.0, reached / outcome.sum()),
            "score": np.append(np.inf, scores[order][ends]),
        }
    )


def gains_at(bought: Any, score: Any, share: float = 0.5) -> float:
    """Share of all buyers among the best-scored ``share`` of clients.

    A cut inside a group of equal scores takes the average over all orders of the group.

    Parameters
    ----------
    bought, score
        As in :func:`auc`.
    share : float, default 0.5
        Share of clients contacted, above 0 and at most 1.

    Returns
    -------
    float
        Share of buyers, 0 to 1.

    Examples
    --------
    >>> gains_at([1, 0, 1, 0], [4, 3, 2, 1], share=0.5)
    0.5
    """
    check = Check("gains_at")
    share = check.number("share", share, low=0, high=1, low_open=True)
    check.done()
    curve = cumulative_gains(bought, score)
    return float(np.interp(share, curve["contacted_share"], curve["buyer_share"]))


def lift_at(bought: Any, score: Any, share: float = 0.1) -> float:
    """How many times more buyers the best-scored ``share`` of clients holds than a random share would.

    Parameters
    ----------
    bought, score, share
        As in :func:`gains_at`; ``share`` defaults to the best tenth.

    Returns
    -------
    float
        1 is no better than chance; at most ``1 / share``.

    Examples
    --------
    >>> lift_at([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], list(range(10, 0, -1)), share=0.1)
    5.0
    """
    return gains_at(bought, score, share) / share


def alift(bought: Any, score: Any) -> float:
    """Area under the cumulative gains curve: 0.5 is chance, near 1 is perfect when buyers are rare.

    Parameters
    ----------
    bought, score
        As in :func:`auc`.

    Returns
    -------
    float
        0 to 1. With the share of buyers π it equals ``π / 2 + (1 - π) auc``.

    References
    ----------
    Moro, S., Cortez, P. and Rita, P. (2014). A data-driven approach to predict the success of bank
    telemarketing. *Decision Support Systems* 62, 22–31.

    Examples
    --------
    >>> alift([1, 0, 0, 0], [4, 3, 2, 1])
    0.875
    """
    curve = cumulative_gains(bought, score)
    return area(curve["contacted_share"], curve["buyer_share"])
