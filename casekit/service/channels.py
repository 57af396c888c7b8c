"""Who is reached by which channel: assignment by fit, within what each channel can carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series


def fit_by_role(roles: Any, role_fit: pd.DataFrame) -> pd.DataFrame:
    """Spread a table of role against channel over the customers who hold the roles.

    Parameters
    ----------
    roles : Series or dict of str, shape (n_customers,)
        Role of each customer: decides, carries out, advises on technique.
    role_fit : DataFrame, index the roles, columns the channels
        How well each channel suits each role: response rate, or points.

    Returns
    -------
    DataFrame, index of ``roles``, columns the channels.

    Raises
    ------
    InputError
        If a role is not in the table.

    Examples
    --------
    >>> fit = pd.DataFrame({"email": [0.4, 0.1], "chat": [0.1, 0.5]}, index=["decides", "carries out"])
    >>> fit_by_role({"Li": "decides", "Wu": "carries out"}, fit)["chat"].to_dict()
    {'Li': 0.1, 'Wu': 0.5}
    """
    check = Check("fit_by_role")
    table = _fit(check, "role_fit", role_fit)
    held = as_series(roles)
    if held is None or held.empty:
        check.add(errors.wrong_type("roles", _("a Series or dict of roles"), roles))
    check.done()
    assert held is not None
    check.names("roles", list(held), repeats=True)
    for role in held[~held.isin(table.index)].unique():
        check.add(errors.unknown_name("role", role, [str(name) for name in table.index]))
    check.done()
    return table.loc[held].set_axis(held.index, axis=0)


def assign_channels(
    fit: pd.DataFrame, *, capacity: Mapping[Any, int] | None = None, maximise: bool = True
) -> pd.DataFrame:
    """Give each customer a channel so that the total fit is best within what each channel can carry.

    Taking the best channel customer by customer fills the scarce one with whoever comes first; the
    assignment gives it to those for whom the second choice is worst.

    Parameters
    ----------
    fit : DataFrame, index the customers, columns the channels
        Worth of reaching each customer through each channel, such as response rate times value.
    capacity : dict of int, optional
        Customers each channel can carry, zero or more. Channels left out have no limit.
    maximise : bool, default True
        False looks for the smallest total, for a table of costs.

    Returns
    -------
    DataFrame, index of ``fit``, with columns ``channel`` (missing for a customer whom no channel has room
    for), ``fit`` and ``first_choice`` (bool: it is the best channel for that customer).

    Raises
    ------
    InputError
        If a value is missing, names repeat, or the capacity names an unknown channel.

    Notes
    -----
    The linear assignment problem (each channel repeated as often as it can carry a customer), solved by the
    modified Jonker–Volgenant algorithm.

    References
    ----------
    Kuhn, H. W. (1955). The Hungarian method for the assignment problem. *Naval Research Logistics
    Quarterly* 2, 83–97. Crouse, D. (2016). *IEEE Transactions on Aerospace* 52(4), 1679–1696.

    Examples
    --------
    >>> fit = pd.DataFrame({"visit": [9, 8], "call": [7, 2]}, index=["Li", "Wu"])
    >>> assign_channels(fit, capacity={"visit": 1})["channel"].to_dict()
    {'Li': 'call', 'Wu': 'visit'}
    """
    check = Check("assign_channels")
    maximise = check.flag("maximise", maximise)
    table = _fit(check, "fit", fit)
    check.done()
    room = {name: len(table) for name in table.columns}
    for name, most in check.mapping("capacity", {} if capacity is None else capacity).items():
        if name not in room:
            check.add(errors.unknown_name("channel", name, [str(known) for known in room]))
            continue
        room[name] = min(len(table), check.integer(f"capacity[{name!r}]", most, low=0))
    check.done()
    values = table.to_numpy(dtype=float)
    places = np.repeat(np.arange(values.shape[1]), [room[name] for name in table.columns])
    chosen = np.full(len(table), -1)
    if len(places):
        rows, columns = linear_sum_assignment(values[:, places], maximize=maximise)
        chosen[rows] = places[columns]
    reached = chosen >= 0
    best = values.max(axis=1) if maximise else values.min(axis=1)
    worth = np.where(reached, values[np.arange(len(values)), np.maximum(chosen, 0)], np.nan)
    names = [table.columns[number] if number >= 0 else None for number in chosen]
    result = pd.DataFrame({"channel": pd.Series(names, index=table.index, dtype=object), "fit": worth})
    result["first_choice"] = reached & np.isclose(worth, best)
    return result


def _fit(check: Check, name: str, fit: Any) -> pd.DataFrame:
    table = check.frame(name, fit)
    check.done()
    check.unique(f"{name}.index", table.index)
    check.unique(f"{name}.columns", list(table.columns))
    check.done()
    return pd.DataFrame(
        {column: check.vector(f"{name}[{column!r}]", table[column]) for column in table.columns}
    )
