"""What is known of the effect of a call on each client of a book, by the best that its outcomes allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.selling.client_book import client_features, number, present
from casekit.selling.scoring import fit_uplift, out_of_fold_scores, out_of_fold_uplift, predict_uplift

#: Buyers needed on a side before a model is fitted on it.
FEWEST_BUYERS = 20


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
    """What a book lets one rank by: ``change``, ``chance``, ``reasons`` or ``assets``.

    Parameters
    ----------
    book : DataFrame
        With ``called`` and ``bought`` of a past campaign, if known.

    Returns
    -------
    str
        ``change`` if at least 20 called and 20 uncalled clients bought, and as many did not; ``chance`` if
        that holds of the called only; else ``reasons`` if the book tells of inflows, maturities or contacts;
        else ``assets``.

    Examples
    --------
    >>> ranking_basis(pd.DataFrame({"aum": [1.0, 2.0]}))
    'assets'
    """
    told = (("inflow", "usual_inflow"), ("maturity_date",), ("last_contact",))
    without = "reasons" if any(present(book, *columns) for columns in told) else "assets"
    enough = campaign_outcomes(book).min(axis=1) >= FEWEST_BUYERS
    return "change" if enough.all() else "chance" if enough["called"] else without


def campaign_outcomes(book: pd.DataFrame) -> pd.DataFrame:
    """How many called and uncalled clients of a book bought, and how many did not.

    Parameters
    ----------
    book : DataFrame
        With ``called`` and ``bought`` of a past campaign, if known; without ``called`` everybody was.

    Returns
    -------
    DataFrame, index ``called`` and ``not_called``, columns ``bought`` and ``not_bought`` (clients; zero where
    the book does not tell).

    Examples
    --------
    >>> campaign_outcomes(pd.DataFrame({"called": [1, 1, 0], "bought": [1, 0, 0]})).loc["called"].to_dict()
    {'bought': 1, 'not_bought': 1}
    """
    table = pd.DataFrame(0, index=["called", "not_called"], columns=["bought", "not_bought"])
    if present(book, "bought"):
        bought = number(book["bought"])
        called = number(book["called"]) if present(book, "called") else pd.Series(1.0, index=book.index)
        for side, label in ((1, "called"), (0, "not_called")):
            known = bought[called == side]
            table.loc[label] = [int((known == 1).sum()), int((known == 0).sum())]
    return table


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
    if basis in ("reasons", "assets"):
        return ClientScores(basis, table)
    bought = number(source["bought"])
    if basis == "chance":
        known = bought.where(number(source["called"]) == 1) if present(source, "called") else bought
        table["called"] = out_of_fold_scores(features, known, rng=rng, folds=folds)
        return ClientScores(basis, table)
    called = number(source["called"])
    known = bought.notna() & called.notna()
    learned = features
    if campaign is not None:
        learned = client_features(source, today=campaign_day)
        features = features[[column for column in features if column in learned]]
        learned = learned[list(features.columns)]
    learned, outcome, side = learned[known], bought[known], called[known]
    table = predict_uplift(fit_uplift(learned, outcome, side), features)
    if campaign is None:
        own = out_of_fold_uplift(learned, outcome, side, rng=rng, folds=folds)
        table.loc[own.index] = own
    return ClientScores(basis, table)
