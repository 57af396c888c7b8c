"""Acceptance sampling: which lots of a supplier get in, and what inspection costs and saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import bdtr, gammaln

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Largest sample that :func:`smallest_sampling_plan` looks at.
LARGEST_SAMPLE = 20_000


@dataclass(frozen=True)
class SamplingPlan:
    """A single sampling plan: test ``sample`` items, accept the lot if at most ``accept`` are defective.

    Attributes
    ----------
    sample, accept : int
        Sample size n and acceptance number c.
    producer_risk : float
        Probability of refusing a lot of acceptable quality, 0 to 1.
    consumer_risk : float
        Probability of accepting a lot of the quality to be kept out, 0 to 1.
    """

    sample: int
    accept: int
    producer_risk: float
    consumer_risk: float


def acceptance_probability(
    defective: Any, *, sample: int, accept: int, lot: int | None = None
) -> float | pd.Series:
    """Operating characteristic: how likely a lot is to be accepted, by its share of defective items.

    A retailer that tests a few items of each delivery sees how often a bad lot slips through, and how often a
    good supplier is turned away. No sample keeps every bad lot out: a test of 89 items that allows two
    defects still accepts three lots in four when 2 % of the items are bad.

    Parameters
    ----------
    defective : float, or list, dict or Series of float
        Share of defective items in the lot (or of the process that makes it), 0 to 1.
    sample : int
        Items tested, n, 1 or more.
    accept : int
        Acceptance number c: the lot is accepted with at most this many defective items in the sample, 0 or
        more and below ``sample``.
    lot : int, optional
        Items in the lot, N, at least ``sample``. Given: items are drawn from this one lot without putting
        back (type A curve), ``defective * lot`` rounded to whole items. Left out: lots come from a steady
        process (type B curve, the usual one).

    Returns
    -------
    float, or Series of float labelled like ``defective``
        Probability of acceptance, 0 to 1; it falls as ``defective`` rises.

    Raises
    ------
    InputError
        If a share lies outside 0 to 1, or the acceptance number or the lot does not fit the sample.

    Notes
    -----
    ``P_a(p) = sum_{d=0..c} C(n, d) p^d (1-p)^(n-d)``; with a lot, the hypergeometric sum
    ``sum C(D, d) C(N-D, n-d) / C(N, n)`` for ``D = p N``.

    References
    ----------
    Dodge, H. F. and Romig, H. G. (1929). A method of sampling inspection. *Bell System Technical Journal*
    8(4), 613-631.
    Montgomery, D. C. (2009). *Introduction to Statistical Quality Control*, 6th ed., ch. 15.

    Examples
    --------
    >>> acceptance_probability(0.5, sample=2, accept=0)
    0.25
    >>> float(acceptance_probability([0.01, 0.02], sample=89, accept=2).round(4).iloc[1])
    0.7366
    """
    check = Check("acceptance_probability")
    share, single = _shares(check, defective)
    sample, accept = _plan(check, sample, accept)
    if lot is not None:
        lot = check.integer("lot", lot, low=max(1, sample))
    check.done()
    return _named(_accepted(share, sample, accept, lot), single, "acceptance_probability")


def rectifying_inspection(defective: Any, *, sample: int, accept: int, lot: int) -> pd.DataFrame:
    """What leaves the gate if refused lots are inspected item by item, and how much inspecting that takes.

    The quality that goes out is worst for lots of middling quality: good ones need no help, bad ones are
    refused and sorted. That worst average is the average outgoing quality limit.

    Parameters
    ----------
    defective : float, or list, dict or Series of float
        Share of defective items that comes in, 0 to 1.
    sample, accept : int
        The plan: items tested, and defective items allowed among them.
    lot : int
        Items in a lot, at least ``sample``.

    Returns
    -------
    DataFrame, one row a share
        ``defective``, ``acceptance_probability``, ``outgoing_defective`` (share of defective items after
        inspection, AOQ) and ``items_inspected`` (average a lot, ATI).

    Notes
    -----
    Defective items that are found are replaced by good ones. With ``P_a`` from
    :func:`acceptance_probability` (binomial), ``AOQ = P_a p (N - n) / N`` and
    ``ATI = n + (1 - P_a) (N - n)``. Some tables leave out ``(N - n) / N`` for large lots.

    References
    ----------
    Montgomery, D. C. (2009). *Introduction to Statistical Quality Control*, 6th ed., section 15.2.

    Examples
    --------
    >>> row = rectifying_inspection(0.5, sample=2, accept=0, lot=10).iloc[0]
    >>> float(row["outgoing_defective"]), float(row["items_inspected"])
    (0.1, 8.0)
    """
    check = Check("rectifying_inspection")
    share, _single = _shares(check, defective)
    sample, accept = _plan(check, sample, accept)
    lot = check.integer("lot", lot, low=max(1, sample))
    check.done()
    accepted = _accepted(share, sample, accept, None)
    table = pd.DataFrame({"defective": share, "acceptance_probability": accepted})
    table["outgoing_defective"] = accepted * share * (lot - sample) / lot
    table["items_inspected"] = sample + (1 - accepted) * (lot - sample)
    return table


def inspection_cost(
    defective: Any, *, sample: int, accept: int, lot: int, per_item: float, per_escape: float
) -> pd.DataFrame:
    """Cost of a lot under no inspection, a sampling plan and full inspection: testing against recalls.

    With a steady share of defective items a sample is never the cheapest of the three: below the break-even
    share nothing should be inspected, above it everything. A sample pays only where the share is unknown or
    jumps from lot to lot, which is what a retailer fears of a new supplier. ``per_escape`` must hold the
    whole damage of an item that reaches a customer. Damage to a name (a melamine scandal) does not add up
    item by item and belongs in a separate sum.

    Parameters
    ----------
    defective : float, or list, dict or Series of float
        Share of defective items that comes in, 0 to 1.
    sample, accept, lot : int
        The plan and the items in a lot.
    per_item : float
        Cost of testing one item, zero or more.
    per_escape : float
        Cost of a defective item that reaches a customer (recall, compensation, lost margin), above zero.

    Returns
    -------
    DataFrame, one row a share
        ``defective``, ``no_inspection``, ``sampling``, ``full_inspection`` (money a lot) and ``cheapest``
        (``no_inspection`` or ``full_inspection``; the first where they tie). Where lots differ, weigh the
        rows by how often each kind comes.

    Notes
    -----
    None: ``N p k2``. Sampling: ``ATI k1 + AOQ N k2``. Full: ``N k1``. With ``k1 = per_item`` and
    ``k2 = per_escape`` none and full cost the same at ``p = k1 / k2``; sampling costs a mixture of the two.
    Items found are replaced free of charge.

    References
    ----------
    Deming, W. E. (1986). *Out of the Crisis*, ch. 15 (the all-or-none rule).

    Examples
    --------
    >>> table = inspection_cost([0.01, 0.2], sample=5, accept=0, lot=100, per_item=1, per_escape=10)
    >>> table["no_inspection"].tolist(), table["cheapest"].tolist()
    ([10.0, 200.0], ['no_inspection', 'full_inspection'])

    Nine lots in ten are clean and the tenth is half bad; on average sampling is the cheapest:

    >>> lots = inspection_cost([0.0, 0.5], sample=10, accept=0, lot=100, per_item=1, per_escape=10)
    >>> lots.iloc[:, 1:4].mul([0.9, 0.1], axis=0).sum().round(1).to_dict()
    {'no_inspection': 50.0, 'sampling': 19.0, 'full_inspection': 100.0}
    """
    check = Check("inspection_cost")
    share, _single = _shares(check, defective)
    sample, accept = _plan(check, sample, accept)
    lot = check.integer("lot", lot, low=max(1, sample))
    per_item = check.number("per_item", per_item, low=0)
    per_escape = check.positive("per_escape", per_escape)
    check.done()
    flow = rectifying_inspection(share, sample=sample, accept=accept, lot=lot)
    table = pd.DataFrame({"defective": share, "no_inspection": lot * share * per_escape})
    escaped = flow["outgoing_defective"] * lot
    table["sampling"] = flow["items_inspected"] * per_item + escaped * per_escape
    table["full_inspection"] = lot * per_item
    none_wins = table["no_inspection"] <= table["full_inspection"]
    table["cheapest"] = np.where(none_wins, "no_inspection", "full_inspection")
    return table


def smallest_sampling_plan(
    acceptable: float, *, rejectable: float, producer_risk: float = 0.05, consumer_risk: float = 0.10
) -> SamplingPlan:
    """The smallest sample that protects both sides: good lots get in, bad lots stay out.

    Parameters
    ----------
    acceptable : float
        Share of defective items that a good supplier may have (AQL), above 0 and below ``rejectable``.
    rejectable : float
        Share that must be kept out (LTPD, limiting quality), below 1.
    producer_risk : float, default 0.05
        Largest probability of refusing a lot of acceptable quality, between 0 and 1.
    consumer_risk : float, default 0.10
        Largest probability of accepting a lot of rejectable quality, between 0 and 1.

    Returns
    -------
    SamplingPlan
        With the risks that it really has; whole numbers seldom meet both exactly.

    Raises
    ------
    InputError
        If the two qualities are in the wrong order, or so near that more than 20,000 items must be tested.

    Notes
    -----
    Smallest ``n`` for which some ``c`` has ``P_a(acceptable) >= 1 - producer_risk`` and
    ``P_a(rejectable) <= consumer_risk`` (binomial). For each ``n`` the smallest ``c`` that satisfies the
    producer is the best for the consumer.

    References
    ----------
    Schilling, E. G. and Neubauer, D. V. (2009). *Acceptance Sampling in Quality Control*, 2nd ed., ch. 5.

    Examples
    --------
    >>> plan = smallest_sampling_plan(0.05, rejectable=0.15, consumer_risk=0.075)
    >>> plan.sample, plan.accept
    (80, 7)
    """
    check = Check("smallest_sampling_plan")
    given = {"acceptable": acceptable, "rejectable": rejectable}
    given |= {"producer_risk": producer_risk, "consumer_risk": consumer_risk}
    good, bad, alpha, beta = (
        check.number(name, value, low=0, high=1, low_open=True, high_open=True)
        for name, value in given.items()
    )
    check.done()
    check.require(
        good < bad,
        _("acceptable must be below rejectable"),
        got=_("{low} and {high}").format(low=errors.shown(good), high=errors.shown(bad)),
    )
    check.done()
    accept = 0
    for sample in range(1, LARGEST_SAMPLE + 1):
        while bdtr(accept, sample, good) < 1 - alpha - 1e-12:
            accept += 1
        slips = float(bdtr(accept, sample, bad))
        if slips <= beta + 1e-12 and accept < sample:
            return SamplingPlan(sample, accept, float(1 - bdtr(accept, sample, good)), slips)
    rule = _("acceptable and rejectable must be far enough apart for a sample to tell")
    got = _("{low} and {high}").format(low=errors.shown(good), high=errors.shown(bad))
    hint = _("raise rejectable or allow larger risks")
    raise errors.InputError("smallest_sampling_plan", errors.must_hold(rule, got, hint=hint))


def _accepted(share: pd.Series, sample: int, accept: int, lot: int | None) -> pd.Series:
    if lot is None:
        return pd.Series(bdtr(accept, sample, share.to_numpy(dtype=float)), index=share.index)
    bad = (share * lot).round().to_numpy(dtype=float)
    total = np.zeros(len(bad))
    for found in range(accept + 1):
        possible = (found <= bad) & (sample - found <= lot - bad)
        some = np.where(possible, bad, float(found))
        good = np.where(possible, lot - bad, float(sample - found))
        ways = _log_choose(some, found) + _log_choose(good, sample - found) - _log_choose(lot, sample)
        total += np.where(possible, np.exp(ways), 0.0)
    return pd.Series(total.clip(0, 1), index=share.index)


def _log_choose(total: Any, chosen: int) -> Any:
    return gammaln(total + 1.0) - gammaln(chosen + 1.0) - gammaln(total - chosen + 1.0)


def _shares(check: Check, defective: Any) -> tuple[pd.Series, bool]:
    single = isinstance(defective, (int, float, np.number)) and not isinstance(defective, bool)
    if single:
        return pd.Series([check.share("defective", defective)]), True
    return check.vector("defective", defective, low=0, high=1), False


def _plan(check: Check, sample: int, accept: int) -> tuple[int, int]:
    sample = check.integer("sample", sample, low=1)
    return sample, check.integer("accept", accept, low=0, high=max(0, sample - 1))


def _named(values: pd.Series, single: bool, name: str) -> float | pd.Series:
    return float(values.iloc[0]) if single else values.rename(name)
