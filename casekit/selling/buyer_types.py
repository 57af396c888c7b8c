"""New, loyal or after the best price: a buyer's type from risk and help needed, and what each play pays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.selling._vectors import number_frame, one_or_each, weights_of

#: The two axes of the buyer map, both 0 to 1: complexity and risk of the project, help the buyer needs.
AXES = ("risk", "help")


def buyer_types() -> pd.DataFrame:
    """The three types of buyer of the Client Value Method and where they stand on the map.

    The course draws the map without numbers; the positions are our reading of it. Replace them by the
    averages of buyers whose type you know (:func:`buyer_centroids`).

    Returns
    -------
    DataFrame, index ``type``
        ``risk``, ``help`` (0 to 1), ``knows`` (what such a buyer knows), ``wants``, ``name_zh``.

    Examples
    --------
    >>> buyer_types()[["risk", "help"]].to_dict("index")["benefit"]
    {'risk': 0.2, 'help': 0.2}
    """
    rows = {
        "new": (
            0.8,
            0.5,
            _("what is to be achieved, not how"),
            _("top management and a team of experts"),
            "新客户",
        ),
        "loyal": (
            0.5,
            0.8,
            _("the supplier, but not which solution works best"),
            _("innovation, the best technology, support"),
            "忠诚度高的老客户",
        ),
        "benefit": (
            0.2,
            0.2,
            _("exactly what to buy"),
            _("price, and a job done simply and fast"),
            "以利益为主",
        ),
    }
    columns = [*AXES, "knows", "wants", "name_zh"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("type")


def buyer_centroids(profiles: Any, types: Any) -> pd.DataFrame:
    """Where buyers of each type stand on average, from buyers whose type is known.

    Parameters
    ----------
    profiles : DataFrame, shape (n_buyers, n_axes)
        Position of each buyer, such as ``risk`` and ``help``, 0 to 1.
    types : Series or list of str, shape (n_buyers,)
        Type of each buyer, in the order of ``profiles``.

    Returns
    -------
    DataFrame, index ``type`` in order of appearance, the axes of ``profiles``.

    Examples
    --------
    >>> seen = pd.DataFrame({"risk": [0.9, 0.7, 0.1], "help": [0.5, 0.7, 0.1]})
    >>> buyer_centroids(seen, ["new", "new", "benefit"]).round(2).to_dict("index")["new"]
    {'risk': 0.8, 'help': 0.6}
    """
    check = Check("buyer_centroids")
    table = number_frame(check, "profiles", profiles, low=0, high=1)
    labels = as_series(types)
    if labels is None or len(labels) != len(table):
        count = 0 if labels is None else len(labels)
        check.add(errors.different_lengths("types", count, "profiles", len(table)))
    elif labels.isna().any():
        check.add(errors.not_finite("types", errors.rows(labels.index[labels.isna()])))
    check.done()
    check.names("types", labels, repeats=True)
    groups = table.groupby(pd.Index(labels, name="type"), sort=False)
    return groups.mean()


def classify_buyers(profiles: Any, *, centroids: pd.DataFrame | None = None) -> pd.DataFrame:
    """Type of each buyer: that of the nearest centre on the map, and how clear the case is.

    Parameters
    ----------
    profiles : DataFrame, dict or list of dicts, shape (n_buyers, n_axes)
        ``risk`` (complexity and risk of the project) and ``help`` (help needed), 0 to 1; or the axes of
        ``centroids``.
    centroids : DataFrame, optional
        Position of each type (rows) on each axis (columns); :func:`buyer_types` if not given.

    Returns
    -------
    DataFrame, one row a buyer
        ``type`` (of equals, the first centroid), ``distance`` (Euclidean), ``runner_up``, ``lead`` (by how
        much the runner-up is farther away; near zero, do not trust the type).

    Examples
    --------
    >>> classify_buyers({"risk": 0.3, "help": 0.1})[["type", "runner_up"]].to_numpy().tolist()
    [['benefit', 'new']]
    """
    check = Check("classify_buyers")
    table, centres = _places(check, profiles, centroids)
    distance = _distances(table, centres)
    order = np.argsort(distance, axis=1, kind="stable")
    ranked = np.take_along_axis(distance, order, axis=1)
    names = centres.index.to_numpy()
    return pd.DataFrame(
        {
            "type": names[order[:, 0]],
            "distance": ranked[:, 0],
            "runner_up": names[order[:, 1]],
            "lead": ranked[:, 1] - ranked[:, 0],
        },
        index=table.index,
    )


def buyer_type_probabilities(
    profiles: Any, *, centroids: pd.DataFrame | None = None, spread: float = 0.2, shares: Any = None
) -> pd.DataFrame:
    """How likely each type is for each buyer: beliefs for :func:`best_response`.

    Nearest centre in terms of chances. The wider types scatter, the less a position says; and a rare type
    needs clearer signs than a common one.

    Parameters
    ----------
    profiles : DataFrame, dict or list of dicts, shape (n_buyers, n_axes)
        As in :func:`classify_buyers`.
    centroids : DataFrame, optional
        Position of each type; :func:`buyer_types` if not given.
    spread : float, default 0.2
        Standard deviation of buyers around the centre of their type, on each axis, above 0.
    shares : dict, Series or list of float, optional
        Share of each type among buyers, adding up to 1; equal if not given.

    Returns
    -------
    DataFrame, one row a buyer, one column a type, 0 to 1, rows adding up to 1.

    Notes
    -----
    ``P(t | x) = s_t exp(-|x - c_t|² / (2 spread²)) / sum_u s_u exp(-|x - c_u|² / (2 spread²))`` with ``s``
    the shares, ``c`` the centroids: Gaussian types of equal spread. With equal shares the likeliest type is
    the nearest.

    References
    ----------
    Hastie, T., Tibshirani, R. and Friedman, J. (2009). *The Elements of Statistical Learning*, section 4.3.

    Examples
    --------
    >>> two = pd.DataFrame({"risk": [0.0, 1.0], "help": [0.5, 0.5]}, index=["benefit", "new"])
    >>> buyer_type_probabilities({"risk": 0.5, "help": 0.1}, centroids=two).to_numpy().tolist()
    [[0.5, 0.5]]
    """
    check = Check("buyer_type_probabilities")
    spread = check.positive("spread", spread)
    table, centres = _places(check, profiles, centroids)
    share = weights_of(check, "shares", shares, centres.index)
    check.done()
    with np.errstate(divide="ignore"):
        log = np.log(share.to_numpy())[None, :] - _distances(table, centres) ** 2 / (2 * spread**2)
    raw = np.exp(log - log.max(axis=1, keepdims=True))
    return pd.DataFrame(raw / raw.sum(axis=1, keepdims=True), index=table.index, columns=centres.index)


def play_payoffs(win_rates: pd.DataFrame, *, margin: Any, cost: Any = 0.0) -> pd.DataFrame:
    """What each way of selling earns with each type of buyer, for :func:`best_response`.

    "The wrong card may put you out at once": a win rate of zero, while the cost of playing is paid anyway.

    Parameters
    ----------
    win_rates : DataFrame, shape (n_plays, n_types)
        Chance of winning with each play (rows) against each type (columns), 0 to 1.
    margin : float, dict or Series by type
        Margin of a won deal, in money, zero or more.
    cost : float, dict or Series by play, default 0
        Cost of a play, won or lost, in money, zero or more.

    Returns
    -------
    DataFrame, as ``win_rates``, in money.

    Notes
    -----
    ``payoff(a, t) = win_rate(a, t) * margin(t) - cost(a)``

    Examples
    --------
    >>> rates = pd.DataFrame({"new": [0.4, 0.0], "benefit": [0.1, 0.3]}, index=["experts", "price"])
    >>> play_payoffs(rates, margin=1000, cost={"experts": 150, "price": 20}).round(6).to_numpy().tolist()
    [[250.0, -50.0], [-20.0, 280.0]]
    """
    check = Check("play_payoffs")
    table = number_frame(check, "win_rates", win_rates, low=0, high=1)
    types, plays = pd.Series(0.0, index=table.columns), pd.Series(0.0, index=table.index)
    worth = one_or_each(check, "margin", margin, types, "win_rates.columns", low=0)
    price = one_or_each(check, "cost", cost, plays, "win_rates.index", low=0)
    check.done()
    return table.mul(worth, axis=1).sub(price, axis=0)


def _places(check: Check, profiles: Any, centroids: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Positions of buyers and of types on the same axes; raises what is wrong."""
    given = buyer_types()[list(AXES)] if centroids is None else centroids
    centres = number_frame(check, "centroids", given, low=0, high=1)
    table = number_frame(check, "profiles", profiles, list(centres.columns), low=0, high=1)
    check.unique("centroids.index", centres.index)
    check.require(len(centres) >= 2, _("centroids must hold at least two types"), got=str(len(centres)))
    check.done()
    return table, centres


def _distances(table: pd.DataFrame, centres: pd.DataFrame) -> np.ndarray:
    apart = table.to_numpy()[:, None, :] - centres[list(table.columns)].to_numpy()[None, :, :]
    return np.sqrt((apart**2).sum(axis=2))
