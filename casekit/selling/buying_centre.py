"""Who decides at the customer's: roles, influence and attitude of the buying centre, and its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._validate import Check
from casekit.selling._vectors import flag_frame, number_frame, weights_of

#: The six roles of the course: who uses, influences, decides, approves, buys, and guards the door.
ROLES = ("user", "influencer", "decider", "approver", "buyer", "gatekeeper")


@dataclass(frozen=True)
class BuyingCentre:
    """How far the people who decide are known, met and in favour.

    Attributes
    ----------
    roles : DataFrame
        Index ``role``; ``weight``, ``people``, ``met`` (people spoken to), ``influence`` (of the people in
        the role, added up), ``support`` (mean attitude, weighted by influence, -1 to 1; missing if nobody is
        known) and ``status``: ``unknown`` (nobody named), ``not met``, ``against`` (support below zero) or
        ``covered``.
    support : float
        Mean attitude over roles, weighted by role weight, of the roles with a known person; -1 to 1.
    coverage : float
        Weight of the roles in which at least one person has been met, 0 to 1.
    gaps : tuple of str
        Roles nobody has been met in, heaviest first.
    opponents : tuple of str
        People with an attitude below zero, most influential first.
    """

    roles: pd.DataFrame
    support: float
    coverage: float
    gaps: tuple[str, ...]
    opponents: tuple[str, ...]


def buying_centre_coverage(people: Any, *, weights: Any = None, roles: Any = ROLES) -> BuyingCentre:
    """Whether one has spoken to the people who will decide, and where they stand.

    Deals are lost less often to a "no" than to somebody nobody had thought of: hence coverage beside
    support. Influence and attitude are the seller's own guesses; write down what each rests on.

    Parameters
    ----------
    people : DataFrame, or list of dicts, one row a person and role
        ``person``, ``role`` (one of ``roles``; somebody with two roles has two rows), ``influence`` (0 to 1),
        ``attitude`` (-1 against, 0 neutral or not known, 1 for), and, if given, ``met`` (bool; default true).
    weights : dict, Series or list of float, optional
        Weight of each role in this decision, zero or more, adding up to 1; equal if not given.
    roles : sequence of str, optional
        Roles of this purchase; the six of the course if not given.

    Returns
    -------
    BuyingCentre

    Raises
    ------
    InputError
        If a role is unknown, a person appears twice in a role, or a number is out of its range.

    Notes
    -----
    Within a role ``support = sum(influence * attitude) / sum(influence)`` (the plain mean if nobody has
    influence); overall ``sum_r w_r support_r / sum_r w_r`` over roles with a known person. Webster and Wind
    name five roles (users, influencers, buyers, deciders, gatekeepers); Kotler adds initiators and
    approvers; the course keeps the approver and leaves the initiator out.

    References
    ----------
    Webster, F. and Wind, Y. (1972). A general model for understanding organizational buying behavior.
    *Journal of Marketing* 36(2), 12–19. Kotler, P. and Keller, K. (2012). *Marketing Management*, 14th ed.,
    ch. 7.

    Examples
    --------
    >>> known = [{"person": "Li", "role": "user", "influence": 0.5, "attitude": 1.0},
    ...     {"person": "Wu", "role": "decider", "influence": 1.0, "attitude": -0.5}]
    >>> centre = buying_centre_coverage(known, roles=["user", "decider", "approver", "buyer"])
    >>> centre.coverage, centre.support, centre.gaps, centre.opponents
    (0.5, 0.25, ('approver', 'buyer'), ('Wu',))
    """
    check = Check("buying_centre_coverage")
    known = check.names("roles", roles)
    importance = weights_of(check, "weights", weights, known)
    frame = check.frame(
        "people", people, ["person", "role", "influence", "attitude"], keys=["person", "role"]
    )
    check.done()
    for role in pd.unique(frame["role"]):
        if role not in known:
            check.add(errors.unknown_name("role", role, known))
    repeated = frame[frame.duplicated(["person", "role"])]
    if len(repeated):
        check.add(errors.not_unique("person + role", list(repeated["person"]), errors.rows(repeated.index)))
    numbers = number_frame(check, "people", frame, ["influence"], low=0, high=1)
    numbers["attitude"] = number_frame(check, "people", frame, ["attitude"], low=-1, high=1)["attitude"]
    met = flag_frame(check, "people", frame, ["met"])["met"] if "met" in frame else 1.0
    check.done()
    table = numbers.assign(person=frame["person"], role=frame["role"], met=met)
    summary = _by_role(table, importance)
    named = summary["support"].notna() & (summary["weight"] > 0)
    weight = summary["weight"].where(named, 0.0)
    support = float((weight * summary["support"].fillna(0)).sum() / weight.sum()) if weight.sum() else 0.0
    open_ = summary[summary["met"] == 0].sort_values("weight", ascending=False, kind="stable")
    against = table[table["attitude"] < 0].sort_values("influence", ascending=False, kind="stable")
    return BuyingCentre(
        summary,
        support,
        float(summary.loc[summary["met"] > 0, "weight"].sum()),
        tuple(map(str, open_.index)),
        tuple(dict.fromkeys(map(str, against["person"]))),
    )


def _by_role(people: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """One row a role: people, people met, influence, support and status."""
    rows = {}
    for role, weight in weights.items():
        group = people[people["role"] == role]
        influence = float(group["influence"].sum())
        support = np.nan
        if len(group):
            shares = group["influence"] / influence if influence > 0 else 1 / len(group)
            support = float((shares * group["attitude"]).sum())
        met = int(group["met"].sum())
        if not len(group):
            status = "unknown"
        elif met == 0:
            status = "not met"
        else:
            status = "against" if support < 0 else "covered"
        rows[role] = {
            "weight": float(weight),
            "people": len(group),
            "met": met,
            "influence": influence,
            "support": support,
            "status": status,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("role")
