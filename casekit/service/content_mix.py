"""Did last month's messages follow the 70/20/10 rule? Chi-square and exact multinomial tests."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import chdtrc, gammaln

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.service._columns import tallies

#: The course's content rule: value for the customer, feeling, call to action.
CONTENT_RULE = {"value": 0.7, "feeling": 0.2, "action": 0.1}
#: Outcomes that the exact test will list; above it only the chi-square test is made.
MOST_OUTCOMES = 2_000_000
#: What makes an outcome "at least as far" from the rule as the one seen.
ORDERS = ("probability", "chi_square")


@dataclass(frozen=True)
class MixTest:
    """How a mix of messages compares with its rule.

    Attributes
    ----------
    table : DataFrame
        Index ``content``; columns ``count``, ``share``, ``target`` (shares), ``expected`` (count) and
        ``residual`` (count less expected, in standard errors).
    chi_square : float
        Distance from the rule, zero or more.
    degrees_of_freedom : int
    p_value : float
        Chance of at least such a distance if the rule is followed, by the chi-square approximation.
    p_exact : float
        The same by listing all outcomes; missing when there are too many.
    """

    table: pd.DataFrame
    chi_square: float
    degrees_of_freedom: int
    p_value: float
    p_exact: float


def content_mix_test(messages: Any, target: Any = None) -> MixTest:
    """Compare the messages sent with a content rule, such as 70 % value, 20 % feeling, 10 % action.

    Twelve messages cannot show whether a rule is kept: the test says how much of the difference chance
    explains. That 70/20/10 is the best mix is a rule of thumb, not a finding; only a test of responses tells.

    Parameters
    ----------
    messages : list or Series of str, or dict or Series of int
        Content of each message, or the count by content.
    target : dict or Series of float, optional
        Share each content should have, adding up to 1. Left out: the course's rule, ``CONTENT_RULE``.

    Returns
    -------
    MixTest

    Raises
    ------
    InputError
        If a content is not in the rule, counts are not whole, or the shares do not add up to 1.

    Notes
    -----
    ``X² = sum (count - expected)² / expected`` over the contents with a target above 0, df one less than
    those. A message of a content whose target is 0 makes both p-values 0. The exact test lists every
    outcome and adds up those no likelier than the one seen.

    References
    ----------
    Pearson, K. (1900). *Philosophical Magazine* 50, 157–175.

    Examples
    --------
    >>> found = content_mix_test({"value": 5, "feeling": 3, "action": 2})
    >>> round(found.chi_square, 3), found.degrees_of_freedom, round(found.p_exact, 2)
    (2.071, 2, 0.24)
    """
    check = Check("content_mix_test")
    rule = check.weights("target", CONTENT_RULE if target is None else target)
    check.unique("target.index", rule.index)
    counts = tallies(check, "messages", messages)
    unknown = [label for label in counts.index if label not in rule.index]
    for label in unknown:
        check.add(errors.unknown_name("content", label, [str(name) for name in rule.index]))
    check.require(
        bool(unknown) or counts.sum() > 0 or counts.empty, _("there must be at least one message"), got="0"
    )
    check.done()
    seen = counts.reindex(rule.index, fill_value=0.0).astype(float)
    expected = rule / rule.sum() * seen.sum()
    used = expected > 0
    distance = float(((seen - expected)[used] ** 2 / expected[used]).sum())
    freedom = int(used.sum()) - 1
    forbidden = bool((seen[~used] > 0).any())
    if forbidden:
        distance = math.inf
    p_value = 0.0 if forbidden else (float(chdtrc(freedom, distance)) if freedom else 1.0)
    outcomes = math.comb(int(seen.sum()) + max(0, freedom), max(0, freedom))
    exact = math.nan
    if forbidden or outcomes <= MOST_OUTCOMES:
        exact = exact_multinomial_p(seen, rule / rule.sum())
    spread = np.sqrt(expected * (1 - expected / seen.sum())).replace(0.0, np.nan)
    table = pd.DataFrame({"count": seen.astype(int), "share": seen / seen.sum(), "target": rule})
    table["expected"], table["residual"] = expected, (seen - expected) / spread
    return MixTest(table.rename_axis("content"), distance, freedom, p_value, exact)


def exact_multinomial_p(counts: Any, probabilities: Any, *, order: str = "probability") -> float:
    """Exact chance of counts at least as far from a rule as those seen.

    Parameters
    ----------
    counts : dict, Series or list of int
        Times each kind was seen, zero or more.
    probabilities : dict, Series or list of float
        Share of each kind under the rule, in the same order or with the same labels, adding up to 1.
    order : {"probability", "chi_square"}
        What makes an outcome at least as far: no likelier than the one seen, or with a chi-square no
        smaller. The two may differ a little.

    Returns
    -------
    float
        Probability, 0 to 1.

    Raises
    ------
    InputError
        If there are more than two million outcomes (use the chi-square test, which is then accurate).

    Notes
    -----
    ``P = n! product p_k^{x_k} / x_k!`` added up over all outcomes at least as far.

    Examples
    --------
    >>> exact_multinomial_p([2, 0], [0.5, 0.5])
    0.5
    """
    check = Check("exact_multinomial_p")
    check.choice("order", order, ORDERS)
    chances = check.weights("probabilities", probabilities)
    seen = check.vector("counts", counts, low=0)
    if len(seen) != len(chances):
        check.add(errors.different_lengths("counts", len(seen), "probabilities", len(chances)))
    check.done()
    plain = seen.index.equals(pd.RangeIndex(len(seen))) or chances.index.equals(pd.RangeIndex(len(chances)))
    if not plain:
        seen = check.same_labels("counts", seen, "probabilities", chances)
    check.require(bool((seen % 1 == 0).all()), _("counts must be whole numbers"), got=errors.listing(seen))
    check.done()
    possible = (chances > 0).to_numpy()
    if (seen.to_numpy()[~possible] > 0).any():
        return 0.0
    observed, shares = seen.to_numpy()[possible].astype(int), chances.to_numpy()[possible]
    total, kinds = int(observed.sum()), len(observed)
    outcomes = math.comb(total + kinds - 1, kinds - 1)
    check.require(
        outcomes <= MOST_OUTCOMES,
        _("there must be at most {most} outcomes to list").format(most=MOST_OUTCOMES),
        got=str(outcomes),
        hint=_("use the p_value of content_mix_test"),
    )
    check.done()
    every = _outcomes(total, kinds)
    logs = _log_chance(every, shares)
    if order == "chi_square":
        expected = total * shares
        distance = ((every - expected) ** 2 / np.where(expected > 0, expected, 1)).sum(axis=1)
        own = ((observed - expected) ** 2 / np.where(expected > 0, expected, 1)).sum()
        far = distance >= own * (1 - 1e-9) - 1e-12
    else:
        far = logs <= _log_chance(observed[None, :], shares)[0] + 1e-9
    return min(1.0, float(np.exp(logs[far]).sum()))


def _log_chance(outcomes: np.ndarray, shares: np.ndarray) -> np.ndarray:
    total = outcomes[0].sum()
    return gammaln(total + 1) - gammaln(outcomes + 1).sum(axis=1) + outcomes @ np.log(shares)


def _outcomes(total: int, kinds: int) -> np.ndarray:
    """Every way to place ``total`` messages in ``kinds`` kinds, one row each."""
    table = np.zeros((1, 0), dtype=int)
    left = np.array([total])
    for _kind in range(kinds - 1):
        repeat = left + 1
        start = np.repeat(np.cumsum(repeat) - repeat, repeat)
        value = np.arange(repeat.sum()) - start
        table = np.column_stack([np.repeat(table, repeat, axis=0), value])
        left = np.repeat(left, repeat) - value
    return np.column_stack([table, left])
