"""The race of rewards: two firms, each with levels to choose from, and where it ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty.games import read_game


def escalation_payoffs(
    levels: Any,
    *,
    market: float,
    margin: float,
    sensitivity: float,
    edge: float = 0.0,
    outside: float = 0.0,
    programme_cost: float = 0.0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What two rivals earn at every pair of reward levels, when customers go where they get more.

    The first to reward wins customers; once both do, the customers are shared as before and both pay. How
    far the race goes depends on how much customers care and on how much margin there is to give away.

    Parameters
    ----------
    levels : list of float
        Reward levels open to both, as a share of spend given back, 0 to 1, rising.
    market : float
        Spend of all customers in a period, above 0.
    margin : float
        Contribution before rewards as a share of spend, 0 to 1.
    sensitivity : float
        Weight of the reward on the log scale of attraction, 0 or more: with 20, one point of reward (0.01)
        moves the odds between the two by a fifth.
    edge : float, default 0
        Our advantage on the same scale; negative for the rival's.
    outside : float, default 0
        Attraction of buying from neither, 0 or more; a firm without reward has 1. Above 0 rewards also
        make the market grow.
    programme_cost : float, default 0
        Money a period that any level above 0 costs on top, 0 or more.

    Returns
    -------
    tuple of two DataFrames, rows our level, columns the rival's
        What we earn and what the rival earns, in money a period, for :func:`casekit.loyalty.equilibria`.

    Raises
    ------
    InputError
        If levels do not rise or a number is out of range.

    Notes
    -----
    ``share_we = A / (A + B + outside)`` with ``A = exp(edge + sensitivity x)``, ``B = exp(sensitivity y)``;
    ``payoff_we = market · share_we · (margin - x) - programme_cost [x > 0]`` at our reward x and the
    rival's y. With no edge, no outside and no fixed cost the race between equals comes to rest at
    ``x* = margin - 2 / sensitivity`` (or 0): margin above it is all that is left.

    References
    ----------
    Dowling, G. R. and Uncles, M. (1997). Do customer loyalty programs really work? *Sloan Management Review*
    38(4), 71–82. Kopalle, P. K. and Neslin, S. A. (2003). The economic viability of frequency reward programs
    in a strategic competitive environment. *Review of Marketing Science* 1(1).

    Examples
    --------
    >>> ours, _rival = escalation_payoffs([0, 0.1], market=1000, margin=0.4, sensitivity=20)
    >>> ours.round(1).to_numpy().tolist()
    [[200.0, 47.7], [264.2, 150.0]]
    """
    check = Check("escalation_payoffs")
    rewards = check.vector("levels", levels, low=0, high=1).reset_index(drop=True)
    market = check.positive("market", market)
    margin = check.share("margin", margin)
    weight = check.number("sensitivity", sensitivity, low=0)
    edge = check.number("edge", edge)
    outside = check.number("outside", outside, low=0)
    fixed = check.number("programme_cost", programme_cost, low=0)
    if (rewards.diff() <= 0).any():
        check.add(
            errors.must_hold(
                _("levels must rise"), got=errors.listing(errors.shown(level) for level in rewards)
            )
        )
    check.done()
    x = rewards.to_numpy()
    # only ratios of attraction count: taking out the largest keeps the exponential finite
    top = max(float(weight * x.max() + max(edge, 0.0)), 0.0)
    a, b = np.exp(edge + weight * x - top)[:, None], np.exp(weight * x - top)[None, :]
    total = a + b + outside * np.exp(-top)
    cost = np.where(x > 0, fixed, 0.0)
    ours = market * (a / total) * (margin - x)[:, None] - cost[:, None]
    theirs = market * (b / total) * (margin - x)[None, :] - cost[None, :]
    labels = {"index": pd.Index(x, name=_("we")), "columns": pd.Index(x, name=_("rival"))}
    return pd.DataFrame(ours, **labels), pd.DataFrame(theirs, **labels)


def escalation_path(payoffs: Any, *, rival: Any = None, start: Any = None, moves: int = 50) -> pd.DataFrame:
    """How the race runs: the two take turns, each giving the best answer to what the other does now.

    Parameters
    ----------
    payoffs : DataFrame, dict of dict or list of lists
        What we earn; rows our strategies, columns the rival's.
    rival : the same shape and labels, optional
        What the rival earns; by default the transpose of ``payoffs``.
    start : tuple of two strategies, optional
        Ours and the rival's at the beginning; by default the first of each.
    moves : int, default 50
        Turns after which to stop looking, 1 or more.

    Returns
    -------
    DataFrame, one row a turn, row 0 the start, with ``who`` moved (None at the start, then ``we``,
    ``rival`` in turn), ``we`` and ``rival`` (strategies in force), ``our_payoff`` and ``rival_payoff``. It
    ends when neither wants to move, which is an equilibrium, or after ``moves`` turns, which is a cycle.

    Raises
    ------
    InputError
        If labels differ or ``start`` names an unknown strategy.

    Notes
    -----
    A side that is indifferent stays where it is.

    References
    ----------
    Cournot, A. (1838). *Recherches sur les principes mathématiques de la théorie des richesses*, on
    answers in turn.

    Examples
    --------
    >>> path = escalation_path({"none": {"none": 0, "club": -90}, "club": {"none": 60, "club": -30}})
    >>> path[["we", "rival", "our_payoff"]].to_numpy().tolist()
    [['none', 'none', 0.0], ['club', 'none', 60.0], ['club', 'club', -30.0]]
    """
    check = Check("escalation_path")
    ours, theirs = read_game(check, payoffs, rival)
    turns = check.integer("moves", moves, low=1)
    first = (
        (ours.index[0], ours.columns[0])
        if start is None
        else tuple(check.names("start", start, repeats=True))
    )
    check.require(len(first) == 2, _("start must name two strategies"), got=str(len(first)))
    check.done()
    for name, strategy, known in zip(
        ("start[0]", "start[1]"), first, (ours.index, ours.columns), strict=True
    ):
        check.choice(name, strategy, list(known))
    check.done()
    return _walk(ours, theirs.to_numpy(), first, turns)


def _walk(ours: pd.DataFrame, theirs: np.ndarray, first: tuple[Any, ...], turns: int) -> pd.DataFrame:
    a, rows, columns = ours.to_numpy(), list(ours.index), list(ours.columns)
    row, column = rows.index(first[0]), columns.index(first[1])
    records: list[tuple[Any, ...]] = [(None, first[0], first[1], a[row, column], theirs[row, column])]
    stayed = 0
    for turn in range(turns):
        ours_to_move = turn % 2 == 0
        options = a[:, column] if ours_to_move else theirs[row]
        now = row if ours_to_move else column
        best = int(options.argmax())
        if options[best] <= options[now] + 1e-12 * (1 + abs(options[now])):
            stayed += 1
            if stayed == 2:
                break
            continue
        stayed = 0
        row, column = (best, column) if ours_to_move else (row, best)
        who = "we" if ours_to_move else "rival"
        records.append((who, rows[row], columns[column], a[row, column], theirs[row, column]))
    path = pd.DataFrame(records, columns=["who", "we", "rival", "our_payoff", "rival_payoff"])
    return path.assign(who=pd.Series([record[0] for record in records], dtype=object))
