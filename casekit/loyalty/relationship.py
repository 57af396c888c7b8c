"""How a relationship between two sides develops and ends: five phases, and what each side has of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The five phases of Dwyer, Schurr and Oh: 认知, 探测, 扩大, 承诺, 解除.
PHASES = ("awareness", "exploration", "expansion", "commitment", "dissolution")

#: Levels of service a customer may have reached: 不满意, 满意, 首选, 依赖.
SERVICE_LEVELS = ("dissatisfied", "satisfied", "preferred", "dependent")


def phase_chain(*, advance: Any, dissolve: Any) -> pd.DataFrame:
    """The five phases of a relationship as a Markov chain: on, still here, or over.

    Phases follow one another; none is skipped, and from each the relationship may end. What comes out goes
    into :func:`casekit.loyalty.chain_value` (worth of a relationship in each phase),
    :func:`casekit.loyalty.fundamental_matrix` (how long) and
    :func:`casekit.loyalty.absorption_probabilities` (chance ever to reach commitment).

    Parameters
    ----------
    advance : dict, Series or list of float
        Chance per period to go on to the next phase, from awareness, exploration and expansion, 0 to 1.
    dissolve : dict, Series or list of float
        Chance per period to end, from awareness, exploration, expansion and commitment, 0 to 1.

    Returns
    -------
    DataFrame, shape (5, 5), rows add up to 1; dissolution is final.

    Raises
    ------
    InputError
        If phases are missing or two chances of a phase add up to more than 1.

    Notes
    -----
    ``P[i, i+1] = advance_i``, ``P[i, dissolution] = dissolve_i``, the rest stays.

    References
    ----------
    Dwyer, F. R., Schurr, P. H. and Oh, S. (1987). Developing buyer-seller relationships. *Journal of
    Marketing* 51(2), 11–27, who describe the phases; the chances are the reader's.

    Examples
    --------
    >>> chain = phase_chain(advance=[0.5, 0.25, 0.25], dissolve=[0.5, 0.25, 0, 0.125])
    >>> chain.loc["exploration"].to_dict()
    {'awareness': 0.0, 'exploration': 0.5, 'expansion': 0.25, 'commitment': 0.0, 'dissolution': 0.25}
    """
    check = Check("phase_chain")
    on = _by_phase(check, "advance", advance, PHASES[:3])
    over = _by_phase(check, "dissolve", dissolve, PHASES[:4])
    check.done()
    total = over.add(on, fill_value=0.0).reindex(PHASES[:4])
    too_much = total[total > 1 + 1e-12]
    if len(too_much):
        check.add(
            errors.must_hold(
                _("advance and dissolve of a phase must not add up to more than 1"),
                got=errors.listing(errors.shown(value) for value in too_much),
                where=errors.listing(too_much.index),
            )
        )
    check.done()
    chain = pd.DataFrame(0.0, index=pd.Index(PHASES), columns=pd.Index(PHASES))
    for place, phase in enumerate(PHASES[:4]):
        following = PHASES[place + 1]
        if phase in on.index:
            chain.loc[phase, following] += on[phase]
        chain.loc[phase, PHASES[-1]] += over[phase]
        chain.loc[phase, phase] += max(0.0, 1 - float(total[phase]))
    chain.loc[PHASES[-1], PHASES[-1]] = 1.0
    return chain


def two_sided_surplus(exchange: Any, *, patience: int = 1) -> pd.DataFrame:
    """What each side has of a relationship, period by period, and when it ends.

    A relationship ends when one side gives more than it gets, however much the other side likes it (the
    course: 任一方利益低于其成本). The firm sees its own account; this asks for the customer's too. As long
    as both together still gain, a payment can hold the side that would leave.

    Parameters
    ----------
    exchange : DataFrame, dict of lists or list of dict, one row a period in order of time
        ``customer_benefit``, ``customer_cost``, ``firm_benefit``, ``firm_cost``: money or points on one
        scale, 0 or more; costs of leaving (search, learning, contract) belong to the benefit of staying.
    patience : int, default 1
        Periods running below zero that a side endures before it leaves, 1 or more.

    Returns
    -------
    DataFrame, index of ``exchange``
        ``customer_surplus``, ``firm_surplus`` (benefit less cost), ``joint_surplus``; ``in_force`` (the
        relationship stands at the end of the period); ``left_by`` (``customer``, ``firm``, ``both`` in the
        period it ends, else None); ``lowest_payment`` and ``highest_payment``: what the firm may pay the
        customer in the period (negative: the customer pays more) so that both gain; missing where the joint
        surplus is below zero and nothing can hold it.

    Raises
    ------
    InputError
        If columns are missing or an amount is negative.

    Notes
    -----
    ``surplus = benefit - cost`` for each side; it leaves after ``patience`` periods running with a surplus
    below zero. Payments t with ``customer_surplus + t >= 0`` and ``firm_surplus - t >= 0``:
    from ``-customer_surplus`` to ``firm_surplus``.

    References
    ----------
    Dwyer, Schurr and Oh (1987), on dissolution. Thibaut, J. and Kelley, H. (1959). *The Social Psychology of
    Groups*, on the comparison with alternatives.

    Examples
    --------
    >>> account = two_sided_surplus({"customer_benefit": [10, 6], "customer_cost": [8, 8],
    ...                              "firm_benefit": [9, 9], "firm_cost": [5, 5]})
    >>> account[["customer_surplus", "firm_surplus", "left_by"]].to_numpy().tolist()
    [[2.0, 4.0, None], [-2.0, 4.0, 'customer']]
    >>> account[["lowest_payment", "highest_payment"]].iloc[1].tolist()
    [2.0, 4.0]
    """
    check = Check("two_sided_surplus")
    names = ["customer_benefit", "customer_cost", "firm_benefit", "firm_cost"]
    frame = check.frame("exchange", exchange, names)
    patience = check.integer("patience", patience, low=1)
    check.done()
    money = {name: check.vector(f"exchange[{name!r}]", frame[name], low=0) for name in names}
    check.done()
    customer = money["customer_benefit"] - money["customer_cost"]
    firm = money["firm_benefit"] - money["firm_cost"]
    gone = np.column_stack([_fed_up(side.to_numpy(), patience) for side in (customer, firm)])
    over = gone.any(axis=1).cumsum() > 0
    first = int(over.argmax()) if over.any() else -1
    left: list[str | None] = [None] * len(frame)
    if first >= 0:
        left[first] = "both" if gone[first].all() else ("customer" if gone[first, 0] else "firm")
    holds = customer + firm >= 0
    return pd.DataFrame(
        {
            "customer_surplus": customer,
            "firm_surplus": firm,
            "joint_surplus": customer + firm,
            "in_force": ~over,
            "left_by": pd.Series(left, index=frame.index, dtype=object),
            "lowest_payment": (-customer).where(holds),
            "highest_payment": firm.where(holds),
        }
    )


def relationship_level(scores: Any, *, cuts: Any, levels: Any = SERVICE_LEVELS) -> pd.Series:
    """The level of service a customer's score stands for: dissatisfied, satisfied, preferred, dependent.

    Asked every half year, levels make a panel whose moves :func:`casekit.loyalty.migration_counts` counts
    and :func:`casekit.loyalty.step_values` puts into money.

    Parameters
    ----------
    scores : Series, dict or list of float, shape (n_customers,)
        Any scale on which more is better; may be missing.
    cuts : list of float
        Lowest score of each level but the first, rising, one less than there are levels.
    levels : list of str, default ``SERVICE_LEVELS``
        Names from the lowest.

    Returns
    -------
    Series (ordered categorical), labelled like ``scores``; missing where the score is. A score equal to a
    cut belongs to the higher level.

    Raises
    ------
    InputError
        If cuts do not rise or their number does not fit.

    Notes
    -----
    Level = number of cuts at or below the score.

    References
    ----------
    The four levels are the course's (不满意, 满意, 首选, 依赖); it gives no cuts.

    Examples
    --------
    >>> relationship_level({"Li": 3, "Wu": 9, "Xu": 10}, cuts=[6, 8, 10]).to_dict()
    {'Li': 'dissatisfied', 'Wu': 'preferred', 'Xu': 'dependent'}
    """
    check = Check("relationship_level")
    values = check.vector("scores", scores, missing=True)
    bounds = check.vector("cuts", cuts)
    names = check.names("levels", levels)
    check.require(
        len(bounds) == len(names) - 1,
        _("cuts must be one less than levels"),
        got=_("{cuts} cuts, {levels} levels").format(cuts=len(bounds), levels=len(names)),
    )
    if (bounds.diff() <= 0).any():
        check.add(
            errors.must_hold(_("cuts must rise"), got=errors.listing(errors.shown(cut) for cut in bounds))
        )
    check.done()
    codes = np.searchsorted(bounds.to_numpy(), values.to_numpy(), side="right")
    kind = pd.CategoricalDtype(names, ordered=True)
    return pd.Series(
        pd.Categorical.from_codes(np.where(values.isna(), -1, codes), dtype=kind), index=values.index
    )


# -- pieces ------------------------------------------------------------------------------------------------


def _by_phase(check: Check, name: str, values: Any, phases: tuple[str, ...]) -> pd.Series:
    series = check.vector(name, values, low=0, high=1)
    target = pd.Series(0.0, index=list(phases))
    return check.alike(name, series, _("the phases"), target) if len(series) else series


def _fed_up(surplus: np.ndarray, patience: int) -> np.ndarray:
    """True in the periods that end ``patience`` or more periods running below zero."""
    run, found = 0, np.zeros(len(surplus), dtype=bool)
    for place, amount in enumerate(surplus):
        run = run + 1 if amount < 0 else 0
        found[place] = run >= patience
    return found
