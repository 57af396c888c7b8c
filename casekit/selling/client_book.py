"""A book of clients, one row each: what a model may know of them, why to call them, what a call may
change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.selling.scoring import fit_uplift, out_of_fold_scores, out_of_fold_uplift, predict_uplift
from casekit.selling.triggers import dormant_but_rich, maturing

#: Optional columns of a client book; a calculation leaves out what is not there.
OPTIONAL = (
    "manager",
    "inflow",
    "usual_inflow",
    "maturity_date",
    "maturing_amount",
    "last_contact",
    "contacts_90d",
    "products_held",
    "buys_online",
    "age",
    "risk_level",
    "called",
    "bought",
)

#: Buyers needed on a side before a model is fitted on it.
FEWEST_BUYERS = 20

#: Silences longer than this count alike, in years.
LONGEST_SILENCE = 2.0

#: Money below which changes of the monthly inflow are noise, in the book's currency.
SMALL_INFLOW = 3000.0


def _present(book: pd.DataFrame, *columns: str) -> bool:
    return all(column in book and book[column].notna().any() for column in columns)


def client_features(book: pd.DataFrame, *, today: Any) -> pd.DataFrame:
    """What a model may know of each client before the call.

    Parameters
    ----------
    book : DataFrame, one row a client
        Column ``aum``; any of ``inflow``, ``usual_inflow``, ``maturity_date``, ``last_contact``,
        ``contacts_90d``, ``products_held``, ``buys_online``, ``age``, ``manager``. What is missing is left
        out.
    today : date
        Day on which the book was true.

    Returns
    -------
    DataFrame, index of ``book``, with columns among ``log_aum``, ``inflow_jump`` (log of inflow over usual),
    ``matures_soon`` (within 60 days), ``years_silent`` (2 at most), ``contacts_90d``, ``products_held``,
    ``buys_online``, ``age``, ``has_manager``.

    Examples
    --------
    >>> book = pd.DataFrame({"aum": [100_000.0], "manager": ["Xu"]})
    >>> client_features(book, today="2025-06-30").to_dict("records")
    [{'log_aum': 5.0, 'has_manager': True}]
    """
    check = Check("client_features")
    book = check.frame("book", book, ["aum"])
    check.done()
    check.vector("book['aum']", book["aum"], low=0)
    check.done()
    day = pd.Timestamp(today)
    features = pd.DataFrame({"log_aum": np.log10(book["aum"].astype(float) + 1).round(4)}, index=book.index)
    if _present(book, "inflow", "usual_inflow"):
        inflow, usual = (_number(book[column]) + SMALL_INFLOW for column in ("inflow", "usual_inflow"))
        features["inflow_jump"] = np.log(inflow / usual).clip(-1, 3)
    if _present(book, "maturity_date"):
        features["matures_soon"] = maturing(book["maturity_date"], today=day, within_days=60)
    if _present(book, "last_contact"):
        years = (day - pd.to_datetime(book["last_contact"])).dt.days / 365.25
        features["years_silent"] = years.clip(0, LONGEST_SILENCE).fillna(LONGEST_SILENCE)
    for column in ("contacts_90d", "products_held", "age"):
        if _present(book, column):
            features[column] = _number(book[column])
    if _present(book, "buys_online"):
        features["buys_online"] = _number(book["buys_online"]) == 1
    if _present(book, "manager"):
        features["has_manager"] = book["manager"].notna()
    return features


def _number(values: pd.Series) -> pd.Series:
    """Numbers and yes/no as floats, missing as NaN, whatever the column's own type."""
    return values.astype("Float64").astype(float) if values.dtype != object else values.astype(float)


def call_reasons(
    book: pd.DataFrame,
    *,
    today: Any,
    rich_from: float,
    inflow_from: float,
    inflow_ratio: float = 3.0,
    within_days: int = 30,
    silent_days: int = 180,
    large_inflow: pd.Series | None = None,
) -> pd.DataFrame:
    """Why each client is worth a call today, and the money that the talk would be about.

    Parameters
    ----------
    book : DataFrame, one row a client
        As for :func:`client_features`, with ``maturing_amount`` if known.
    today : date
    rich_from : float
        Assets from which a silent client is called rich, in money, 0 or more.
    inflow_from : float
        Credits of the month from which an inflow counts as large, in money, 0 or more.
    inflow_ratio : float, default 3
        An inflow counts as large only if it is so many times the usual, above 0.
    within_days, silent_days : int
        As in :func:`maturing` and :func:`dormant_but_rich`.
    large_inflow : Series of bool, index of ``book``, optional
        Flags from daily credits, in place of the monthly rule.

    Returns
    -------
    DataFrame, index of ``book``: ``large_inflow``, ``maturing``, ``dormant_but_rich`` (bool; all false where
    the book lacks the columns), ``reasons`` (how many) and ``money`` (the largest sum that a reason is about,
    0 without any).

    Examples
    --------
    >>> book = pd.DataFrame({"aum": [5e4], "inflow": [1e6], "usual_inflow": [9e3]})
    >>> reasons = call_reasons(book, today="2025-06-30", rich_from=1e6, inflow_from=1e5)
    >>> reasons[["reasons", "money"]].to_dict("records")
    [{'reasons': 1, 'money': 1000000.0}]
    """
    check = Check("call_reasons")
    book = check.frame("book", book, ["aum"])
    inflow_from = check.number("inflow_from", inflow_from, low=0)
    inflow_ratio = check.positive("inflow_ratio", inflow_ratio)
    check.done()
    table = pd.DataFrame(False, index=book.index, columns=["large_inflow", "maturing", "dormant_but_rich"])
    if large_inflow is not None:
        table["large_inflow"] = large_inflow.to_numpy(dtype=bool)
    elif _present(book, "inflow", "usual_inflow"):
        inflow, usual = _number(book["inflow"]), _number(book["usual_inflow"]).fillna(0)
        table["large_inflow"] = (inflow >= inflow_from) & (inflow >= inflow_ratio * usual)
    if _present(book, "maturity_date"):
        table["maturing"] = maturing(book["maturity_date"], today=today, within_days=within_days)
    if _present(book, "last_contact"):
        table["dormant_but_rich"] = dormant_but_rich(
            book["last_contact"], book["aum"], today=today, min_aum=rich_from, silent_days=silent_days
        )
    about = {"large_inflow": "inflow", "maturing": "maturing_amount", "dormant_but_rich": "aum"}
    sums = [
        (_number(book[column]).fillna(0) if column in book else 0.0) * table[reason].astype(float)
        for reason, column in about.items()
    ]
    money = pd.concat([pd.Series(amount, index=book.index) for amount in sums], axis=1).max(axis=1)
    return table.assign(reasons=table.sum(axis=1).astype(int), money=money)


@dataclass(frozen=True)
class ClientScores:
    """What is known of the effect of a call on each client.

    Attributes
    ----------
    basis : str
        ``change``: learned from called and uncalled clients of a campaign. ``chance``: only how likely the
        called are to buy. ``reasons``: no outcomes, so no score.
    table : DataFrame
        Index of the book; ``called``, ``not_called`` (probabilities) and ``uplift``, missing where not known.
    """

    basis: str
    table: pd.DataFrame


def ranking_basis(book: pd.DataFrame) -> str:
    """What a book lets one learn of a call: ``change``, ``chance`` or ``reasons``.

    Parameters
    ----------
    book : DataFrame
        With ``called`` and ``bought`` of a past campaign, if known.

    Returns
    -------
    str
        ``change`` if at least 20 called and 20 uncalled clients bought, and as many did not; ``chance`` if
        that holds of one group only; else ``reasons``.

    Examples
    --------
    >>> ranking_basis(pd.DataFrame({"aum": [1.0, 2.0]}))
    'reasons'
    """
    if not _present(book, "bought"):
        return "reasons"
    bought = _number(book["bought"])
    called = _number(book["called"]) if _present(book, "called") else pd.Series(1.0, index=book.index)
    enough = [
        min((bought[called == side] == outcome).sum() for outcome in (0, 1)) >= FEWEST_BUYERS
        for side in (1, 0)
    ]
    return "change" if all(enough) else "chance" if enough[0] else "reasons"


def score_clients(
    book: pd.DataFrame,
    *,
    today: Any,
    rng: np.random.Generator,
    folds: int = 5,
    campaign: pd.DataFrame | None = None,
    campaign_day: Any = None,
) -> ClientScores:
    """Score every client of a book by the best that its own past contacts allow.

    Parameters
    ----------
    book : DataFrame, one row a client
        As for :func:`client_features`.
    today : date
        Day of the book.
    rng : numpy.random.Generator
        Draws the folds.
    folds : int, default 5
        2 or more.
    campaign : DataFrame, optional
        An earlier state of the book with ``called`` and ``bought``; without it, these columns of ``book``
        itself are used, each client scored by models that have not seen that client.
    campaign_day : date, optional
        Day of ``campaign``; needed with it.

    Returns
    -------
    ClientScores
    """
    check = Check("score_clients")
    rng = check.generator("rng", rng)
    check.require(
        campaign is None or campaign_day is not None,
        _("campaign_day must be given with campaign"),
        got="None",
    )
    check.done()
    features = client_features(book, today=today)
    table = pd.DataFrame(np.nan, index=book.index, columns=["called", "not_called", "uplift"])
    source = book if campaign is None else campaign
    basis = ranking_basis(source)
    if basis == "reasons":
        return ClientScores(basis, table)
    bought = _number(source["bought"])
    if basis == "chance":
        known = bought.where(_number(source["called"]) == 1) if _present(source, "called") else bought
        table["called"] = out_of_fold_scores(features, known, rng=rng, folds=folds)
        return ClientScores(basis, table)
    called = _number(source["called"])
    known = bought.notna() & called.notna()
    learned = features
    if campaign is not None:
        learned = client_features(source, today=campaign_day)[list(features.columns)]
    learned, outcome, side = learned[known], bought[known], called[known]
    table = predict_uplift(fit_uplift(learned, outcome, side), features)
    if campaign is None:
        own = out_of_fold_uplift(learned, outcome, side, rng=rng, folds=folds)
        table.loc[own.index] = own
    return ClientScores(basis, table)
