"""QSPM: strategies compared factor by factor, weighed by the weights of the SWOT list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy.factors import read_factors
from casekit.strategy.tows import split_codes

#: What stands for "this factor does not bear on the choice".
DASHES = ("-", "–", "—", "")

#: Scores that :func:`scores_from_links` gives to a strategy that names a factor, and to one that does not.
NAMED, NOT_NAMED = 4.0, 1.0


def read_attractiveness(attractiveness: pd.DataFrame, codes: list[str] | pd.Index) -> pd.DataFrame:
    """Check a table of attractiveness scores: one row a factor, one column a strategy.

    Parameters
    ----------
    attractiveness : DataFrame
        Scores 1 (not attractive) to 4 (highly attractive), indexed by factor code or with a column ``code``.
        A row of dashes (or all missing) marks a factor that does not bear on the choice; a factor without a
        row is taken for one, with a warning.
    codes : list of str
        Codes of all factors.

    Returns
    -------
    DataFrame of float in the order of ``codes``; factors without a row or with dashes are missing.

    Raises
    ------
    InputError
        Naming unknown codes, scores outside 1 to 4, and rows in which some strategies have a score and others
        a dash (David's rule: all or none).

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["S1", "O1"], "A": [4, "-"], "B": [2, "-"]})
    >>> read_attractiveness(table, ["S1", "O1"]).loc["S1"].tolist()
    [4.0, 2.0]
    """
    check = Check("read_attractiveness")
    frame = check.frame("attractiveness", attractiveness)
    codes = check.names("codes", codes)
    check.done()
    if "code" in frame.columns:
        frame = frame.set_index("code")
    check.names("attractiveness.index", frame.index, repeats=True)
    frame = frame.set_axis([str(code) for code in frame.index], axis=0).rename_axis(None)
    check.unique("code", frame.index)
    unknown = [code for code in frame.index if code not in set(codes)]
    if unknown:
        check.add(errors.different_labels("attractiveness", [], unknown, "factors"))
    check.require(
        frame.shape[1] > 1,
        _("attractiveness must compare two or more strategies"),
        got=str(frame.shape[1]),
        hint=_("add a strategy, or factors from which a second one can be made"),
    )
    check.done()
    columns = {
        str(name): check.vector(str(name), _without_dashes(frame[name]), low=1, high=4, missing=True)
        for name in frame.columns
    }
    check.done()
    table = pd.DataFrame(columns)
    partly = table.index[table.isna().any(axis=1) & table.notna().any(axis=1)]
    check.require(
        not len(partly),
        _("a factor must be scored for all strategies or for none"),
        got=_("dashes beside scores"),
        where=errors.rows(partly),
        hint=_("if the factor bears on the choice at all, score every strategy, 1 for no help"),
    )
    check.require(bool(table.notna().any().any()), _("some factor must bear on the choice"), got=_("dashes"))
    check.done()
    forgotten = [code for code in codes if code not in table.index]
    if forgotten:
        message = _("{function}: no row for {codes}, which counts as a dash: not bearing on the choice")
        check.warn(message.format(function=check.function, codes=errors.listing(forgotten)))
    return table.reindex(list(codes))


def _without_dashes(scores: pd.Series) -> pd.Series:
    values = [np.nan if isinstance(value, str) and value.strip() in DASHES else value for value in scores]
    return pd.Series(values, index=scores.index)


def qspm(factors: pd.DataFrame, attractiveness: pd.DataFrame, *, tolerance: float = 1e-6) -> pd.DataFrame:
    """Total attractiveness scores: each factor's weight times each strategy's score.

    Parameters
    ----------
    factors : DataFrame
        As for :func:`casekit.strategy.read_factors`.
    attractiveness : DataFrame
        As for :func:`read_attractiveness`.
    tolerance : float, default 1e-6
        How far the weights of a side may miss 1.

    Returns
    -------
    DataFrame: one row a factor (index: its code), one column a strategy; missing where the factor does not
    bear on the choice.

    References
    ----------
    David, F. R. (1986). The strategic planning matrix: a quantitative approach. *Long Range Planning* 19(5),
    102–107.

    Examples
    --------
    >>> factors = [{"code": "S1", "weight": 1, "rating": 4}, {"code": "O1", "weight": 1, "rating": 2}]
    >>> qspm(factors, pd.DataFrame({"A": [4, 1], "B": [3, 3]}, index=["S1", "O1"])).sum().to_dict()
    {'A': 5.0, 'B': 6.0}
    """
    frame = read_factors(factors, tolerance=tolerance)
    scores = read_attractiveness(attractiveness, list(frame["code"]))
    return scores.mul(frame.set_index("code")["weight"].rename_axis(None), axis=0)


def qspm_ranking(
    factors: pd.DataFrame, attractiveness: pd.DataFrame, *, tolerance: float = 1e-6
) -> pd.DataFrame:
    """Strategies by their sum of total attractiveness scores, the most attractive first.

    Parameters
    ----------
    factors, attractiveness, tolerance
        As for :func:`qspm`.

    Returns
    -------
    DataFrame with columns ``strategy, internal, external, total, rank``; ``total`` is the sum of the two
    sides (each at most 4, so 8 at most). Equal totals share the better rank.

    Examples
    --------
    >>> factors = [{"code": "S1", "weight": 1, "rating": 4}, {"code": "O1", "weight": 1, "rating": 2}]
    >>> table = pd.DataFrame({"A": [4, 1], "B": [3, 3]}, index=["S1", "O1"])
    >>> qspm_ranking(factors, table)[["strategy", "total", "rank"]].values.tolist()
    [['B', 6.0, 1], ['A', 5.0, 2]]
    """
    frame = read_factors(factors, tolerance=tolerance)
    scores = qspm(frame, attractiveness, tolerance=tolerance)
    side = frame.set_index("code")["side"]
    totals = pd.DataFrame(
        {
            "strategy": scores.columns,
            "internal": scores[(side == "internal").to_numpy()].sum().to_numpy(),
            "external": scores[(side == "external").to_numpy()].sum().to_numpy(),
        }
    )
    totals["total"] = totals["internal"] + totals["external"]
    totals["rank"] = totals["total"].round(9).rank(ascending=False, method="min").astype(int)
    return totals.sort_values("rank", kind="stable").reset_index(drop=True)


def scores_from_links(tows: pd.DataFrame, factors: pd.DataFrame, *, by: str = "strategy") -> pd.DataFrame:
    """Attractiveness scores by rule, when nobody has scored: 4 where a strategy names the factor, else 1.

    Factors that no strategy names get dashes. The ranking that follows says only which strategy touches the
    heaviest factors; it is a place to start a discussion.

    Parameters
    ----------
    tows : DataFrame
        As :func:`casekit.strategy.read_tows` gives it.
    factors : DataFrame
        The factors.
    by : str, default "strategy"
        Column of ``tows`` that names what is compared, such as a direction made of several strategies.

    Returns
    -------
    DataFrame as :func:`read_attractiveness` gives it.

    Examples
    --------
    >>> factors = pd.DataFrame({"code": ["S1", "S2", "O1"], "kind": ["S", "S", "O"]})
    >>> tows = pd.DataFrame({"strategy": ["SO1", "SO2"], "codes": [("S1", "O1"), ("S2", "O1")]})
    >>> scores_from_links(tows, factors).loc["S1"].tolist()
    [4.0, 1.0]
    """
    check = Check("scores_from_links")
    frame = check.frame("tows", tows, ["strategy", "codes", by], lists=["codes"], keys=[by])
    known = check.frame("factors", factors, ["code"], keys=["code"])
    check.done()
    named: dict[str, set[str]] = {}
    for label, codes in zip(frame[by], frame["codes"], strict=True):
        named.setdefault(str(label), set()).update(split_codes(codes))
    table = pd.DataFrame(
        {
            label: [NAMED if code in codes else NOT_NAMED for code in known["code"]]
            for label, codes in named.items()
        },
        index=list(known["code"]),
    )
    touched = set().union(*named.values())
    table.loc[[code not in touched for code in table.index]] = np.nan
    return read_attractiveness(table, list(known["code"]))
