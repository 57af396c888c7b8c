"""What a complaint is worth: the recovery tree from a problem to the customers kept, lost and told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit._validate import Check

#: The four ends of a customer's problem.
OUTCOMES = ("silent", "unresolved", "resolved", "resolved_quickly")


def tarp_cells() -> pd.DataFrame:
    """Share who would buy again after a problem, by size of the loss and by what became of the complaint.

    The sentence "95 % of complainants buy again if helped at once" is one cell of eight: losses under five
    dollars, helped quickly. Above a hundred dollars the same cell is 82 %, and the customers who never
    complain, most of all those with a problem, stand at 9 %. The course's 60 % for problems solved in the
    end lies between the cells 54 % and 70 %. The figures are intentions stated in a survey of American
    households, not purchases observed.

    Returns
    -------
    DataFrame, index ``loss`` (``under $5``, ``over $100``), columns ``silent`` (did not complain),
    ``unresolved``, ``resolved``, ``resolved_quickly``; shares, 0 to 1.

    References
    ----------
    Technical Assistance Research Programs (1979). *Consumer Complaint Handling in America*. Quoted in
    Goodman, J. (2009). *Strategic Customer Service*.

    Examples
    --------
    >>> tarp_cells().loc["under $5", "resolved_quickly"].item()
    0.95
    >>> tarp_cells().loc["over $100"].tolist()
    [0.09, 0.19, 0.54, 0.82]
    """
    table = pd.DataFrame(
        [[0.37, 0.46, 0.70, 0.95], [0.09, 0.19, 0.54, 0.82]],
        index=pd.Index(["under $5", "over $100"], name="loss"),
        columns=list(OUTCOMES),
    )
    return table.rename_axis("outcome", axis=1)


@dataclass(frozen=True)
class RecoveryTree:
    """What becomes of customers with a problem.

    Attributes
    ----------
    branches : DataFrame
        Index ``outcome`` (silent, unresolved, resolved, resolved_quickly); columns ``customers``,
        ``repurchase`` (share), ``retained``, ``lost`` (customers), ``told`` (people told; warned people
        count below zero), ``won_by_word`` (customers; below zero, lost) and ``value`` (money).
    problems, retained, lost, won_by_word : float
        Customers, over all branches.
    value : float
        Money: value of the customers kept and won by word of mouth.
    """

    branches: pd.DataFrame
    problems: float
    retained: float
    lost: float
    won_by_word: float
    value: float


def recovery_tree(
    problems: float,
    *,
    complaint_share: float,
    resolved_share: float,
    quick_share: float,
    repurchase: Any,
    value: float = 1.0,
    told: Any = None,
    conversion: float = 0.0,
) -> RecoveryTree:
    """Follow customers with a problem to the four ends: silent, unresolved, resolved, resolved quickly.

    It shows where customers leak away. Usually most are lost among those who never complained, which no
    faster desk can reach: the first lever is to make complaining easy.

    Parameters
    ----------
    problems : float
        Customers who met a problem in the period, zero or more.
    complaint_share : float
        Share of them who complain, 0 to 1 (about 1 in 26 to the firm in TARP's work).
    resolved_share : float
        Share of complaints that end to the customer's satisfaction, quickly or not, 0 to 1.
    quick_share : float
        Share of the resolved complaints that were resolved quickly, 0 to 1.
    repurchase : Series or dict of float
        Share who buy again by outcome: one row of :func:`tarp_cells`, or the firm's own figures.
    value : float, default 1
        Worth of a customer who stays, in money (margin or lifetime value), zero or more.
    told : Series or dict of float, optional
        People told by one customer of each outcome: above zero they hear praise, below zero a warning.
        Left out: nobody.
    conversion : float, default 0
        Share of the people told who become (or stop being) customers because of it, 0 to 1.

    Returns
    -------
    RecoveryTree

    Raises
    ------
    InputError
        If a share lies outside 0 to 1 or an outcome is missing from ``repurchase`` or ``told``.

    Notes
    -----
    With ``c, s, q`` the three shares the branches hold ``1-c``, ``c(1-s)``, ``c s (1-q)`` and ``c s q`` of
    the problems. A branch is worth ``customers * (repurchase + told * conversion) * value``.

    References
    ----------
    TARP (1979, 1986); Fornell, C. and Wernerfelt, B. (1987). Defensive marketing strategy by customer
    complaint management. *Journal of Marketing Research* 24(4), 337–346.

    Examples
    --------
    >>> tree = recovery_tree(1000, complaint_share=0.5, resolved_share=0.5, quick_share=0.5,
    ...                      repurchase=tarp_cells().loc["under $5"], value=10)
    >>> tree.branches["retained"].tolist(), tree.retained, tree.value
    ([185.0, 115.0, 87.5, 118.75], 506.25, 5062.5)
    """
    check = Check("recovery_tree")
    problems = check.number("problems", problems, low=0)
    complain = check.share("complaint_share", complaint_share)
    resolved = check.share("resolved_share", resolved_share)
    quick = check.share("quick_share", quick_share)
    buys, tells, conversion, value = _worth(check, repurchase, told, conversion, value)
    check.done()
    shares = [1 - complain, complain * (1 - resolved), complain * resolved * (1 - quick)]
    shares.append(complain * resolved * quick)
    customers = pd.Series(shares, index=buys.index) * problems
    branches = pd.DataFrame({"customers": customers, "repurchase": buys})
    branches["retained"] = customers * buys
    branches["lost"] = customers - branches["retained"]
    branches["told"] = customers * tells
    branches["won_by_word"] = branches["told"] * conversion
    branches["value"] = (branches["retained"] + branches["won_by_word"]) * value
    total = branches.sum()
    return RecoveryTree(
        branches, problems, *(float(total[name]) for name in ("retained", "lost", "won_by_word", "value"))
    )


def _worth(
    check: Check, repurchase: Any, told: Any, conversion: float, value: float
) -> tuple[pd.Series, pd.Series, float, float]:
    index = pd.Index(OUTCOMES, name="outcome")
    buys = _by_outcome(check, "repurchase", repurchase, low=0, high=1)
    tells = pd.Series(0.0, index=index)
    if told is not None:
        tells = _by_outcome(check, "told", told)
    conversion = check.share("conversion", conversion)
    return buys, tells, conversion, check.number("value", value, low=0)


def _by_outcome(check: Check, name: str, values: Any, **limits: Any) -> pd.Series:
    """One number for each outcome, in their order."""
    given = check.vector(name, check.mapping(name, values), **limits)
    missing = [label for label in OUTCOMES if label not in given.index]
    extra = [label for label in given.index if label not in OUTCOMES]
    if missing or extra:
        problem = errors.different_labels(name, missing, extra, "OUTCOMES")
        check.stop(replace(problem, allowed=listed(OUTCOMES)))
    return given.reindex(pd.Index(OUTCOMES, name="outcome"))


def value_of_complaint(
    *,
    resolved_share: float,
    quick_share: float,
    repurchase: Any,
    value: float,
    handling_cost: float = 0.0,
    told: Any = None,
    conversion: float = 0.0,
) -> float:
    """What one more silent customer who speaks up is worth to the firm.

    A complaint looks like a cost; it is the only chance to keep that customer. The worth is the difference
    between the mix of complaint outcomes and silence, less the cost of handling. It assumes that those who
    are drawn out answer to help as today's complainers do.

    Parameters
    ----------
    resolved_share, quick_share, repurchase, value, told, conversion
        As in :func:`recovery_tree`.
    handling_cost : float, default 0
        Cost of dealing with one complaint, in money, zero or more.

    Returns
    -------
    float
        Money per extra complaint. Below zero where complaints are handled so badly, or at such cost, that
        silence is cheaper.

    Notes
    -----
    ``(1-s) v_u + s (1-q) v_r + s q v_q - v_silent - handling_cost`` with ``v_o = (repurchase_o + told_o *
    conversion) * value``, ``s = resolved_share``, ``q = quick_share``.

    Examples
    --------
    >>> round(value_of_complaint(resolved_share=0.5, quick_share=0, value=100, handling_cost=6,
    ...                          repurchase=tarp_cells().loc["over $100"]), 2)
    21.5
    """
    check = Check("value_of_complaint")
    solved = check.share("resolved_share", resolved_share)
    quick = check.share("quick_share", quick_share)
    buys, tells, conversion, value = _worth(check, repurchase, told, conversion, value)
    cost = check.number("handling_cost", handling_cost, low=0)
    check.done()
    worth = (buys + tells * conversion) * value
    mix = (1 - solved) * worth["unresolved"]
    mix += solved * ((1 - quick) * worth["resolved"] + quick * worth["resolved_quickly"])
    return float(mix - worth["silent"] - cost)


def break_even_desk_cost(now: RecoveryTree, then: RecoveryTree) -> float:
    """The most that a faster (or better) complaint desk may cost in the period.

    Parameters
    ----------
    now, then : RecoveryTree
        The tree as it is and as the desk would make it, for the same customers with a problem.

    Returns
    -------
    float
        Money per period. Below zero when the change would lose value.

    Raises
    ------
    InputError
        If the trees are not about the same number of problems.

    Notes
    -----
    ``then.value - now.value``; with only the quick share changed by ``dq`` this is
    ``problems * c * s * dq * (v_quick - v_resolved)``.

    Examples
    --------
    >>> terms = {"complaint_share": 0.4, "resolved_share": 0.5, "value": 10}
    >>> terms["repurchase"] = tarp_cells().loc["under $5"]
    >>> slow, fast = (recovery_tree(1000, quick_share=share, **terms) for share in (0.0, 1.0))
    >>> round(break_even_desk_cost(slow, fast), 6)
    500.0
    """
    check = Check("break_even_desk_cost")
    for name, tree in (("now", now), ("then", then)):
        if not isinstance(tree, RecoveryTree):
            check.add(
                errors.wrong_type(name, _("a RecoveryTree"), tree, _("build it with recovery_tree(...)"))
            )
    check.done()
    check.require(
        abs(now.problems - then.problems) <= 1e-9 * max(1.0, now.problems),
        _("both trees must follow the same number of problems"),
        got=_("{now} and {then}").format(now=errors.shown(now.problems), then=errors.shown(then.problems)),
        hint=_("change the shares only; a desk does not change how many problems there are"),
    )
    check.done()
    return then.value - now.value
