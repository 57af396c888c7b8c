"""Van Westendorp's price sensitivity meter: the prices that people find cheap, dear, or neither."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The four questions, from the lowest price to the highest.
METER_QUESTIONS = ("too_cheap", "cheap", "expensive", "too_expensive")

#: How the ends of the acceptable range are defined.
METER_RANGES = ("original", "narrow")


@dataclass(frozen=True)
class PriceMeter:
    """The four prices of the meter, in the currency of the answers.

    Attributes
    ----------
    marginal_cheapness, marginal_expensiveness : float
        Ends of the range of acceptable prices (PMC, PME).
    optimal : float
        As many find it too cheap as too expensive (OPP).
    indifference : float
        As many find it cheap as expensive (IPP).
    respondents, left_out : int
        Answers counted, and those left out as inconsistent.
    """

    marginal_cheapness: float
    optimal: float
    indifference: float
    marginal_expensiveness: float
    respondents: int
    left_out: int


def price_meter_curves(answers: pd.DataFrame, *, consistent: bool = True) -> pd.DataFrame:
    """Share of people who find each price too cheap, cheap, expensive or too expensive.

    Parameters
    ----------
    answers : DataFrame, one row a respondent
        Columns ``too_cheap, cheap, expensive, too_expensive``: the price from which on (upwards, or downwards
        for the first two) the word applies; currency, 0 or more.
    consistent : bool, default True
        Leave out respondents whose four prices do not rise (equal neighbours are let pass).

    Returns
    -------
    DataFrame indexed by every ``price`` named: the four shares, and ``not_cheap`` and ``not_expensive``.

    Raises
    ------
    InputError
        For missing or negative prices, or when no consistent respondent is left.

    Notes
    -----
    A price ``p`` is cheap to those with ``cheap >= p`` and expensive to those with ``expensive <= p``.

    Examples
    --------
    >>> answers = pd.DataFrame([[2, 4, 6, 8], [4, 6, 8, 10]], columns=list(METER_QUESTIONS))
    >>> price_meter_curves(answers).loc[6, ["cheap", "expensive"]].tolist()
    [0.5, 0.5]
    """
    return _curves(_answers("price_meter_curves", answers, consistent)[0])


def price_meter(
    answers: pd.DataFrame, *, acceptable: str = "original", consistent: bool = True
) -> PriceMeter:
    """The range of prices people accept, and the points in it.

    Parameters
    ----------
    answers, consistent
        As for :func:`price_meter_curves`.
    acceptable : {"original", "narrow"}
        Which crossings end the range. ``original`` (van Westendorp): too cheap with not cheap, too expensive
        with not expensive. ``narrow`` (usual in market research tools): too cheap with expensive, too
        expensive with cheap.

    Returns
    -------
    PriceMeter

    Raises
    ------
    InputError
        As there, and for another ``acceptable``.

    Notes
    -----
    Crossings of a falling and a rising curve, straight lines between the prices named; where both run level,
    the middle of the stretch. The "optimal" price is where fewest resist, not where profit is highest: nobody
    was asked whether he would buy. For that see :func:`casekit.strategy.gabor_granger`.

    References
    ----------
    Van Westendorp, P. (1976). NSS price sensitivity meter (PSM): a new approach to study consumer perception
    of price. *Proceedings of the ESOMAR Congress*, 139–167.

    Examples
    --------
    >>> answers = pd.DataFrame([[2, 4, 6, 8], [4, 6, 8, 10]], columns=list(METER_QUESTIONS))
    >>> found = price_meter(answers)
    >>> found.indifference, found.optimal
    (6.0, 6.0)
    """
    check = Check("price_meter")
    check.choice("acceptable", acceptable, METER_RANGES)
    check.done()
    kept, left_out = _answers("price_meter", answers, consistent)
    curves = _curves(kept)
    rising, falling = ("not_cheap", "not_expensive") if acceptable == "original" else ("expensive", "cheap")
    return PriceMeter(
        marginal_cheapness=_crossing(curves["too_cheap"], curves[rising]),
        optimal=_crossing(curves["too_cheap"], curves["too_expensive"]),
        indifference=_crossing(curves["cheap"], curves["expensive"]),
        marginal_expensiveness=_crossing(curves[falling], curves["too_expensive"]),
        respondents=len(kept),
        left_out=left_out,
    )


def _answers(function: str, answers: pd.DataFrame, consistent: bool) -> tuple[pd.DataFrame, int]:
    check = Check(function)
    consistent = check.flag("consistent", consistent)
    frame = check.frame("answers", answers, METER_QUESTIONS)
    check.done()
    table = pd.DataFrame({name: check.vector(name, frame[name], low=0) for name in METER_QUESTIONS})
    check.done()
    rises = (table.diff(axis=1).iloc[:, 1:] >= 0).all(axis=1)
    kept = table[rises] if consistent else table
    check.require(
        len(kept) > 0,
        _("some respondent must name four prices that rise"),
        got=_("none"),
        where=errors.rows(table.index),
        hint=_("too_cheap <= cheap <= expensive <= too_expensive; are the columns in the right place?"),
    )
    check.done()
    return kept, len(table) - len(kept)


def _curves(table: pd.DataFrame) -> pd.DataFrame:
    prices = np.unique(table.to_numpy())
    shares = {}
    for name in METER_QUESTIONS:
        named = np.sort(table[name].to_numpy())
        if name in ("too_cheap", "cheap"):
            shares[name] = 1 - np.searchsorted(named, prices, side="left") / len(named)
        else:
            shares[name] = np.searchsorted(named, prices, side="right") / len(named)
    curves = pd.DataFrame(shares, index=pd.Index(prices, name="price"))
    return curves.assign(not_cheap=1 - curves["cheap"], not_expensive=1 - curves["expensive"])


def _crossing(falling: pd.Series, rising: pd.Series) -> float:
    """Where a falling curve meets a rising one."""
    prices = falling.index.to_numpy(dtype=float)
    ahead = (falling - rising).to_numpy()
    level = np.abs(ahead) < 1e-12
    if level.any():
        return float(prices[level][[0, -1]].mean())
    after = int(np.argmax(ahead < 0)) if (ahead < 0).any() else len(ahead)
    if after in (0, len(ahead)):
        return float(prices[min(after, len(ahead) - 1)])
    return float(np.interp(0.0, [-ahead[after - 1], -ahead[after]], prices[[after - 1, after]]))
