"""Two firms, each with a few strategies: what is best whatever the other does, and where it rests."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: More strategies a side make more candidate equilibria than can be listed in a moment.
MOST_STRATEGIES = 8


def equilibria(payoffs: Any, *, rival: Any = None) -> pd.DataFrame:
    """Where a game of two comes to rest: nobody gains by changing strategy alone.

    A loyalty programme, a price cut, a reward level: each side chooses, and what it earns depends on both.
    Assumes that both know the table and choose once, at the same time.

    Parameters
    ----------
    payoffs : DataFrame, dict of dict or list of lists, shape (n_ours, n_theirs)
        What we earn; rows our strategies, columns the rival's (:func:`casekit.loyalty.rivalry_payoffs`).
    rival : the same shape and labels, optional
        What the rival earns in the same cells. By default the rival faces the same game as we do: the
        transpose of ``payoffs``, which must then be square.

    Returns
    -------
    DataFrame, one row an equilibrium, columns in two levels
        ``("we", strategy)`` and ``("rival", strategy)``: the chance with which each is played, 1 for a pure
        strategy; ``("payoff", "we")`` and ``("payoff", "rival")``; ``("rests", "efficient")``: 1.0 when no
        cell of the table is better for one side and not worse for the other, else 0.0. Pure ones first.

    Raises
    ------
    InputError
        If shapes or labels differ, a payoff is missing, or a side has more than 8 strategies.

    Notes
    -----
    Support enumeration: for every pair of equally large supports the chances that make the other side
    indifferent are solved for and kept if nothing outside the support is better. It finds every equilibrium
    of a game without ties; where ties make a whole line of equilibria, its corners at least.

    References
    ----------
    Nash, J. (1950). Equilibrium points in n-person games. *PNAS* 36(1), 48–49. Nisan, N. et al. (2007).
    *Algorithmic Game Theory*, chapter 3.

    Examples
    --------
    A programme costs 40, wins 100 alone and loses 90 to a rival's: both run one, and both lose 30.

    >>> rest = equilibria([[0, -90], [60, -30]])
    >>> rest["we"].to_numpy().tolist(), rest["payoff"].to_numpy().tolist()
    ([[0.0, 1.0]], [[-30.0, -30.0]])
    """
    check = Check("equilibria")
    ours, theirs = read_game(check, payoffs, rival)
    check.require(
        max(ours.shape) <= MOST_STRATEGIES,
        _("a side must have at most {most} strategies").format(most=MOST_STRATEGIES),
        got=str(max(ours.shape)),
    )
    check.done()
    a, b = ours.to_numpy(), theirs.to_numpy()
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for mine, other in _candidates(a, b):
        known = any(np.allclose(mine, x, atol=1e-9) and np.allclose(other, y, atol=1e-9) for x, y in found)
        if not known:
            found.append((mine, other))
    records = []
    for mine, other in found:
        worth = (float(mine @ a @ other), float(mine @ b @ other))
        slack = 1e-9 * (1 + np.abs([a, b]).max())
        better = (a >= worth[0] - slack) & (b >= worth[1] - slack)
        better &= (a > worth[0] + slack) | (b > worth[1] + slack)
        records.append([*mine, *other, *worth, float(not better.any())])
    columns = [("we", name) for name in ours.index] + [("rival", name) for name in ours.columns]
    columns += [("payoff", "we"), ("payoff", "rival"), ("rests", "efficient")]
    return pd.DataFrame(records, columns=pd.MultiIndex.from_tuples(columns))


def dominant_strategies(payoffs: Any, *, rival: Any = None) -> pd.Series:
    """The strategy that is best for a side whatever the other does, if there is one.

    Parameters
    ----------
    payoffs, rival
        As in :func:`equilibria`.

    Returns
    -------
    Series with ``we`` and ``rival``: the name of the strictly dominant strategy, or None.

    Raises
    ------
    InputError
        As in :func:`equilibria`.

    Notes
    -----
    Row i is dominant when ``a[i, j] > a[k, j]`` for every other k and every j; columns likewise in what the
    rival earns.

    References
    ----------
    Gibbons, R. (1992). *Game Theory for Applied Economists*, chapter 1.

    Examples
    --------
    >>> dominant_strategies({"none": {"none": 0, "club": -90}, "club": {"none": 60, "club": -30}}).to_dict()
    {'we': 'club', 'rival': 'club'}
    """
    check = Check("dominant_strategies")
    ours, theirs = read_game(check, payoffs, rival)
    names = [
        _dominant(ours.to_numpy(), list(ours.index)),
        _dominant(theirs.to_numpy().T, list(ours.columns)),
    ]
    return pd.Series(names, index=["we", "rival"], dtype=object)


# -- pieces ------------------------------------------------------------------------------------------------


def read_payoffs(check: Check, name: str, table: Any) -> pd.DataFrame:
    """A table of payoffs; a dict of dicts is read row by row, a list of lists gets numbers as names."""
    if isinstance(table, dict) and all(isinstance(row, (dict, pd.Series)) for row in table.values()):
        table = pd.DataFrame.from_dict({row: dict(cells) for row, cells in table.items()}, orient="index")
    elif isinstance(table, (list, tuple, np.ndarray)):
        with contextlib.suppress(ValueError):
            table = pd.DataFrame(np.asarray(table, dtype=object)) if np.ndim(table) == 2 else table
    frame = check.frame(name, table)
    check.done()
    check.unique(f"{name}.index", frame.index)
    check.unique(f"{name}.columns", frame.columns)
    cells = check.vector(name, pd.Series(frame.to_numpy().ravel()))
    check.done()
    return pd.DataFrame(cells.to_numpy().reshape(frame.shape), index=frame.index, columns=frame.columns)


def read_game(check: Check, payoffs: Any, rival: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What each side earns, same labels in the same order; without ``rival`` both face the same game."""
    ours = read_payoffs(check, "payoffs", payoffs)
    if rival is None:
        check.require(
            ours.shape[0] == ours.shape[1],
            _("payoffs must be square when rival is not given"),
            got=str(ours.shape),
            hint=_("give what the rival earns: rival=..."),
        )
        check.done()
        theirs = pd.DataFrame(ours.to_numpy().T, index=ours.index, columns=ours.columns)
    else:
        theirs = read_payoffs(check, "rival", rival)
        for axis, mine, other in (
            ("index", ours.index, theirs.index),
            ("columns", ours.columns, theirs.columns),
        ):
            missing = [label for label in mine if label not in other]
            extra = [label for label in other if label not in mine]
            if missing or extra:
                check.add(errors.different_labels(f"rival.{axis}", missing, extra, f"payoffs.{axis}"))
        check.done()
        theirs = theirs.loc[ours.index, ours.columns]
    return ours, theirs


def _candidates(a: np.ndarray, b: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    slack = 1e-9 * (1 + np.abs([a, b]).max())
    rows, columns = a.shape
    for size in range(1, min(rows, columns) + 1):
        for mine in itertools.combinations(range(rows), size):
            for other in itertools.combinations(range(columns), size):
                y = _indifferent(a[np.ix_(mine, other)], other, columns)
                x = _indifferent(b[np.ix_(mine, other)].T, mine, rows)
                if x is None or y is None:
                    continue
                if (a @ y).max() <= float(x @ a @ y) + slack and (x @ b).max() <= float(x @ b @ y) + slack:
                    yield x, y


def _indifferent(block: np.ndarray, support: tuple[int, ...], size: int) -> np.ndarray | None:
    """Chances on the support that make every row of the block worth the same, or None."""
    count = len(support)
    system = np.block([[block, -np.ones((count, 1))], [np.ones((1, count)), np.zeros((1, 1))]])
    try:
        chances = np.linalg.solve(system, np.append(np.zeros(count), 1.0))[:count]
    except np.linalg.LinAlgError:
        return None
    if (chances < -1e-12).any() or not np.isfinite(chances).all():
        return None
    full = np.zeros(size)
    full[list(support)] = chances.clip(min=0)
    return full / full.sum()


def _dominant(a: np.ndarray, names: list[Any]) -> Any:
    for place, name in enumerate(names):
        others = np.delete(a, place, axis=0)
        if (a[place] > others).all():
            return name
    return None
