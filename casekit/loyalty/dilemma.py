"""A game of two by two: what kind it is, and whether the future can keep the peace."""

from __future__ import annotations

from typing import Any

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.loyalty.games import read_game

#: Kinds of a game of two by two strategies.
GAME_KINDS = (
    "prisoner's dilemma",
    "harmony",
    "coordination",
    "chicken",
    "matching pennies",
    "one-sided",
    "degenerate",
)


def game_kind(payoffs: Any, *, rival: Any = None) -> str:
    """What kind of game of two by two this is: it decides what can be done about it.

    Parameters
    ----------
    payoffs, rival
        As in :func:`casekit.loyalty.equilibria`, two strategies a side.

    Returns
    -------
    str
        One of ``GAME_KINDS``. ``prisoner's dilemma``: each side has a dominant strategy, and both would be
        better off if neither used it. ``harmony``: dominant strategies, and no such regret.
        ``coordination``: two resting points, both doing the first or both the second. ``chicken``: two
        resting points, the sides doing different things. ``matching pennies``: none in pure strategies.
        ``one-sided``: one side has a dominant strategy, the other answers it. ``degenerate``: ties decide.

    Raises
    ------
    InputError
        If a side has not exactly two strategies.

    Notes
    -----
    Signs of what a side gains by its second strategy against each of the other's: alike for both columns →
    dominant; crossing alike on both sides → coordination, crossing opposed → chicken or no rest.

    References
    ----------
    Rapoport, A. and Guyer, M. (1966). A taxonomy of 2 × 2 games. *General Systems* 11, 203–214.

    Examples
    --------
    >>> game_kind([[0, -90], [60, -30]]), game_kind([[2, 0], [0, 1]])
    ("prisoner's dilemma", 'coordination')
    """
    check = Check("game_kind")
    ours, theirs = read_game(check, payoffs, rival)
    check.require(ours.shape == (2, 2), _("each side must have two strategies"), got=str(ours.shape))
    check.done()
    a, b = ours.to_numpy(), theirs.to_numpy()
    up, right = a[1] - a[0], b[:, 1] - b[:, 0]
    if (up == 0).any() or (right == 0).any():
        return "degenerate"
    mine, other = (up > 0).all() or (up < 0).all(), (right > 0).all() or (right < 0).all()
    if mine and other:
        here = (int(up[0] > 0), int(right[0] > 0))
        there = (1 - here[0], 1 - here[1])
        return "prisoner's dilemma" if a[there] > a[here] and b[there] > b[here] else "harmony"
    if mine or other:
        return "one-sided"
    if (up[1] > 0) != (right[1] > 0):
        return "matching pennies"
    return "coordination" if up[1] > 0 else "chicken"


def cooperation_threshold(payoffs: Any) -> float:
    """How much the future must weigh for two rivals to keep the peace in a repeated prisoner's dilemma.

    Rivals who meet year after year may both go without a programme if each knows that the first to start one
    will be answered for ever. It works if next year counts enough.

    Parameters
    ----------
    payoffs : DataFrame, dict of dict or list of lists, shape (2, 2)
        What we earn in one period; the rival faces the same game. Must be a prisoner's dilemma.

    Returns
    -------
    float
        Smallest discount factor, 0 to 1: with a discount rate d a period (and a chance s that the rivalry
        goes on) peace can hold when ``s / (1 + d)`` is at least this.

    Raises
    ------
    InputError
        If the game is no prisoner's dilemma.

    Notes
    -----
    Grim trigger: ``(T - R) / (T - P)`` with temptation T (we alone deviate), reward R (both keep the peace)
    and punishment P (both fight).

    References
    ----------
    Friedman, J. (1971). A non-cooperative equilibrium for supergames. *Review of Economic Studies* 38, 1–12.
    Axelrod, R. (1984). *The Evolution of Cooperation*.

    Examples
    --------
    >>> cooperation_threshold([[3, 0], [5, 1]])
    0.5
    """
    check = Check("cooperation_threshold")
    ours, _theirs = read_game(check, payoffs, None)
    kind = game_kind(ours) if ours.shape == (2, 2) else str(ours.shape)
    if kind != GAME_KINDS[0]:
        check.add(errors.must_hold(_("payoffs must be a prisoner's dilemma"), got=kind))
    check.done()
    a = ours.to_numpy()
    fight = int(a[1, 0] > a[0, 0])
    peace = 1 - fight
    temptation, reward, punishment = a[fight, peace], a[peace, peace], a[fight, fight]
    return float((temptation - reward) / (temptation - punishment))
