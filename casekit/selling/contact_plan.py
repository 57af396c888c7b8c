"""Whom to contact when contacts are scarce: expected gain, caps, shadow prices."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import alike


def expected_gain(uplift: Any, *, value: Any, cost: Any) -> pd.Series:
    """What one contact is expected to bring: change in the chance to buy times value, less the cost.

    With the chance to buy in place of its change this is the usual rule of campaigns (contact if p v > c),
    which credits the call with people who would have bought anyway.

    Parameters
    ----------
    uplift : Series, list or array of float, shape (n_clients,)
        Change in the probability of buying, -1 to 1.
    value : float or Series, shape (n_clients,)
        Margin of one sale, in money, zero or more.
    cost : float or Series, shape (n_clients,)
        Cost of one contact, in money, zero or more.

    Returns
    -------
    Series of float, in money. Contact only where it is above zero.

    Notes
    -----
    ``gain = uplift * value - cost``

    Examples
    --------
    >>> expected_gain([0.10, 0.01], value=1800, cost=40).tolist()
    [140.0, -22.0]
    """
    check = Check("expected_gain")
    change = check.vector("uplift", uplift, low=-1, high=1)
    worth, price = (_each(check, name, given, change) for name, given in (("value", value), ("cost", cost)))
    check.done()
    return (change * worth - price).rename("gain")


def _each(check: Check, name: str, given: Any, like: pd.Series) -> Any:
    """One number for all, or one a client in the order of ``like``."""
    if isinstance(given, (int, float, np.number)):
        return check.number(name, given, low=0)
    values = alike(check, name, check.vector(name, given, low=0), "uplift", like)
    return values.set_axis(like.index) if len(values) == len(like) else math.nan


def break_even_probability(value: float, cost: float) -> float:
    """Chance to buy (or change in it) above which a contact pays: ``cost / value``.

    Parameters
    ----------
    value : float
        Margin of one sale, in money, above 0.
    cost : float
        Cost of one contact, in money, zero or more.

    Returns
    -------
    float
        Above 1 when no contact can pay.

    Examples
    --------
    >>> break_even_probability(100, 2)
    0.02
    """
    check = Check("break_even_probability")
    value, cost = check.positive("value", value), check.number("cost", cost, low=0)
    check.done()
    return cost / value


@dataclass(frozen=True)
class ContactPlan:
    """The contacts chosen, what they bring and what one more of each cap would bring.

    Attributes
    ----------
    chosen : DataFrame
        The chosen rows of the offers, best gain first.
    gain : float
        Their total expected gain, in money.
    limits : DataFrame
        Index ``limit`` (such as ``overall``, ``manager: M1``); columns ``cap``, ``used`` and
        ``shadow_price``: what raising this cap alone by one contact would add, in money.
    """

    chosen: pd.DataFrame
    gain: float
    limits: pd.DataFrame


def plan_contacts(
    offers: pd.DataFrame,
    *,
    capacity: int,
    manager_caps: Mapping[Any, int] | None = None,
    channel_caps: Mapping[Any, int] | None = None,
    shadow_prices: bool = True,
) -> ContactPlan:
    """The contacts with the highest total expected gain within the caps, one contact a client at most.

    With one overall cap the best are simply taken from the top. With caps by manager or channel that is no
    longer so (the best client of a busy manager may block a better pair), and a linear programme finds the
    optimum. Its solution is whole: clients lie within managers and managers within the branch, channels cut
    across, and such a pair of nested families makes a totally unimodular matrix.

    Parameters
    ----------
    offers : DataFrame, one row a possible contact
        Columns ``customer_id`` and ``gain`` (money, from :func:`expected_gain`); ``manager`` and ``channel``
        if these are capped. One row a client and channel; a client has one manager. Rows without positive
        gain are never chosen.
    capacity : int
        Contacts that can be made in all, 0 or more.
    manager_caps, channel_caps : mapping of name to int, optional
        Contacts that each can make. Names without a cap are limited by ``capacity`` alone.
    shadow_prices : bool, default True
        Work out what one more contact of each cap in use would bring (one more solution each).

    Returns
    -------
    ContactPlan

    Raises
    ------
    InputError
        If offers repeat, a client has two managers, or caps name an unknown manager or channel.

    Examples
    --------
    >>> offers = pd.DataFrame({"customer_id": ["A", "B", "C"], "gain": [50.0, 90.0, -5.0]})
    >>> plan = plan_contacts(offers, capacity=1)
    >>> plan.chosen["customer_id"].tolist(), plan.gain, plan.limits.loc["overall", "shadow_price"].item()
    (['B'], 90.0, 50.0)
    """
    check = Check("plan_contacts")
    given = {"manager": manager_caps, "channel": channel_caps}
    caps = {name: None if own is None else check.mapping(f"{name}_caps", own) for name, own in given.items()}
    shadow_prices = check.flag("shadow_prices", shadow_prices)
    capacity = check.integer("capacity", capacity, low=0)
    offers = check.frame("offers", offers, ["customer_id", "gain", *(name for name in caps if caps[name])])
    check.done()
    limits = _limits(check, offers, capacity, caps)
    _check_offers(check, offers)
    check.done()
    worth = offers[offers["gain"] > 0].sort_values("gain", ascending=False, kind="stable")
    chosen = _best(worth, limits)
    rows = {}
    for name, cap in limits.items():
        used = int(_within(worth.loc[chosen], name).sum())
        price = _gain_of_one_more(worth, limits, name, chosen) if shadow_prices and used >= cap else 0.0
        rows[_label(name)] = {"cap": cap, "used": used, "shadow_price": price if shadow_prices else math.nan}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("limit")
    return ContactPlan(worth.loc[chosen], float(worth.loc[chosen, "gain"].sum()), table)


#: A cap's name: the column it looks at and the value that it limits; None limits all rows.
_Limit = tuple[str | None, Any]


def _limits(
    check: Check, offers: pd.DataFrame, capacity: int, caps: Mapping[str, Mapping[Any, int] | None]
) -> dict[_Limit, int]:
    limits: dict[_Limit, int] = {(None, None): capacity}
    for column, given in caps.items():
        known = list(pd.unique(offers[column].dropna())) if given else []
        for value, cap in (given or {}).items():
            if value not in known:
                check.add(errors.unknown_name(column, value, [str(name) for name in known]))
            limits[column, value] = check.integer(f"{column}_caps[{value!r}]", cap, low=0)
    return limits


def _check_offers(check: Check, offers: pd.DataFrame) -> None:
    check.vector("offers['gain']", offers["gain"])
    key = ["customer_id", "channel"] if "channel" in offers else ["customer_id"]
    repeated = offers[offers.duplicated(key)]
    if len(repeated):
        check.add(
            errors.not_unique(" + ".join(key), list(repeated["customer_id"]), errors.rows(repeated.index))
        )
    check.unique("offers.index", offers.index)
    if "manager" in offers:
        managers = offers.groupby("customer_id")["manager"].nunique()
        torn = managers.index[managers > 1]
        if len(torn):
            check.add(
                errors.must_hold(
                    _("each client must have one manager"),
                    got=_("two or more"),
                    where=errors.listing(torn),
                    hint=_("decide who looks after each of them"),
                )
            )


def _label(name: _Limit) -> str:
    return "overall" if name[0] is None else f"{name[0]}: {name[1]}"


def _within(offers: pd.DataFrame, name: _Limit) -> np.ndarray:
    column, value = name
    return np.ones(len(offers), dtype=bool) if column is None else (offers[column] == value).to_numpy()


def _best(worth: pd.DataFrame, limits: Mapping[_Limit, int]) -> pd.Index:
    """Labels of the best rows within the limits; ``worth`` has positive gains only, best first."""
    if len(limits) == 1:
        firsts = worth.drop_duplicates("customer_id")
        return firsts.index[: limits[None, None]]
    reduced = _contenders(worth, limits)
    return reduced.index[_solve(reduced, limits)] if len(reduced) else reduced.index


def _contenders(worth: pd.DataFrame, limits: Mapping[_Limit, int]) -> pd.DataFrame:
    """Only the best ``capacity`` rows of each manager and channel can be in an optimal plan."""
    columns = [column for column in ("manager", "channel") if any(name[0] == column for name in limits)]
    if "channel" in worth and "channel" not in columns:
        columns.append("channel")
    return worth.groupby(columns, dropna=False, sort=False).head(limits[None, None])


def _solve(offers: pd.DataFrame, limits: Mapping[_Limit, int]) -> np.ndarray:
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix, vstack

    clients = pd.factorize(offers["customer_id"])[0]
    rows = [csr_matrix(_within(offers, name).astype(float)) for name in limits]
    at_most = list(limits.values())
    if len(np.unique(clients)) < len(clients):
        once = (np.ones(len(clients)), (clients, np.arange(len(clients))))
        rows.append(csr_matrix(once))
        at_most += [1] * int(clients.max() + 1)
    found = linprog(
        -offers["gain"].to_numpy(),
        A_ub=vstack(rows, format="csr"),
        b_ub=at_most,
        bounds=(0, 1),
        method="highs-ds",
    )
    if not found.success:
        raise errors.CasekitError(_("plan_contacts: no solution: {reason}").format(reason=found.message))
    return found.x > 0.5


def _gain_of_one_more(
    worth: pd.DataFrame, limits: dict[_Limit, int], name: _Limit, chosen: pd.Index
) -> float:
    more = _best(worth, {**limits, name: limits[name] + 1})
    gain = float(worth.loc[more, "gain"].sum() - worth.loc[chosen, "gain"].sum())
    return max(0.0, gain)
