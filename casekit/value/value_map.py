"""The value map: quality as customers see it against price, and the line of fair value."""

from __future__ import annotations

import math

import pandas as pd

from casekit._text import _
from casekit._validate import Check


def _price_weight(check: Check, value: float) -> float:
    """A share above zero: without any weight on price the fair-value line would be upright."""
    weight = check.share("price_importance", value)
    check.require(weight != 0, _("price_importance must be above zero"), got="0")
    return weight


def quality_ratio(scores: pd.DataFrame, weights: object) -> pd.Series:
    """Market-perceived quality of each offer, relative to its rivals: 1 is par, 1.2 is 20 % better.

    Parameters
    ----------
    scores : DataFrame, attributes in rows, offers in columns
        Mean rating of each offer on each attribute, above 0 (price is not an attribute here). At least two
        offers.
    weights : dict or Series of float, one an attribute
        Importance; adds up to 1 or to 100.

    Returns
    -------
    Series by offer.

    Raises
    ------
    InputError
        If a score is not above zero, the weights do not add up, or their labels differ from the scores'.

    Notes
    -----
    ``Q = sum_a w_a * own_a / mean(rivals_a)``. The ratio is taken attribute by attribute, so a score near
    zero of all rivals on one attribute can dominate the sum.

    References
    ----------
    Gale, B. T. (1994). *Managing Customer Value*. Free Press.

    Examples
    --------
    >>> scores = pd.DataFrame({"us": [8, 6], "them": [4, 6]}, index=["speed", "care"])
    >>> quality_ratio(scores, {"speed": 0.5, "care": 0.5}).to_dict()
    {'us': 1.5, 'them': 0.75}
    """
    check = Check("quality_ratio")
    frame = check.frame("scores", scores)
    series = check.vector("weights", weights, low=0)
    if not check.problems:
        check.unique("scores.index", frame.index)
        check.require(
            frame.shape[1] >= 2,
            _("scores must hold at least two offers"),
            got=str(frame.shape[1]),
            hint=_("quality is relative: add a column for each rival"),
        )
        frame = check.numbers(frame, frame.columns, low=0, low_open=True)
        total = 100.0 if series.sum() > 10 else 1.0
        check.weights("weights", series, total=total, tolerance=0.005 * total)
        series = check.same_labels("weights", series, "scores", frame.index.to_series())
    check.done()
    share = series / series.sum()
    rivals = frame.rsub(frame.sum(axis=1), axis=0) / (frame.shape[1] - 1)
    return (frame / rivals).mul(share, axis=0).sum().rename("quality_ratio")


def value_map(offers: pd.DataFrame, *, price_importance: float) -> pd.DataFrame:
    """Where each offer stands on the map of quality and price, and how far from fair value.

    Parameters
    ----------
    offers : DataFrame, one row an offer (two or more)
        ``quality`` (the ratio from :func:`quality_ratio`, above 0) and ``price`` (above 0, any currency).
    price_importance : float
        Share of the decision that price carries, above 0 and at most 1; quality carries the rest. It sets the
        slope of the fair-value line: where price counts little, a little quality excuses a lot of price.

    Returns
    -------
    DataFrame by offer: ``relative_quality``, ``relative_price`` (own price over the mean of the rivals'),
    ``fair_relative_price`` and ``fair_price`` (where the line passes at this quality, as ratio and in
    currency) and ``customer_value``: the perpendicular distance from the line, positive on the customer's
    side (more quality or less price than fair), without unit.

    Notes
    -----
    ``fair_relative_price = 1 + s (relative_quality - 1)`` with ``s = (1 - price_importance) /
    price_importance``; ``customer_value = (fair_relative_price - relative_price) / sqrt(1 + s^2)``.

    References
    ----------
    Gale, B. T. (1994). *Managing Customer Value*. Free Press; the distance as in the PIMS glossary, "Customer
    Value Map".

    Examples
    --------
    >>> offers = pd.DataFrame({"quality": [1.1, 0.9], "price": [110, 100]}, index=["us", "them"])
    >>> value_map(offers, price_importance=0.5)["fair_price"].round(1).to_dict()
    {'us': 110.0, 'them': 99.0}
    """
    check = Check("value_map")
    weight = _price_weight(check, price_importance)
    frame = check.frame("offers", offers, ["quality", "price"])
    if not check.problems:
        check.unique("offers.index", frame.index)
        check.vector("quality", frame["quality"], low=0, low_open=True)
        check.vector("price", frame["price"], low=0, low_open=True)
        check.require(len(frame) >= 2, _("offers must hold at least two offers"), got=str(len(frame)))
    check.done()
    slope = fair_value_slope(weight)
    quality, price = frame["quality"].astype(float), frame["price"].astype(float)
    rivals = (price.sum() - price) / (len(price) - 1)
    fair = 1 + slope * (quality - 1)
    return pd.DataFrame(
        {
            "relative_quality": quality,
            "relative_price": price / rivals,
            "fair_relative_price": fair,
            "fair_price": fair * rivals,
            "customer_value": (fair - price / rivals) / math.sqrt(1 + slope**2),
        }
    )


def fair_value_slope(price_importance: float) -> float:
    """Percent of price that one percent of quality excuses: ``(1 - price_importance) / price_importance``.

    Parameters
    ----------
    price_importance : float
        Share of the decision that price carries, above 0 and at most 1.

    Examples
    --------
    >>> fair_value_slope(0.25)
    3.0
    """
    check = Check("fair_value_slope")
    weight = _price_weight(check, price_importance)
    check.done()
    return (1 - weight) / weight


def worth_of_point(*, price_importance: float, mean_price: float, mean_rating: float) -> float:
    """What one more rating point on every attribute is worth in money, read off the fair-value line.

    For a survey that asked how much price counts but not what a point is worth. One point is ``1 /
    mean_rating`` of quality, and the line says what share of the price that excuses.

    Parameters
    ----------
    price_importance : float
        Share of the decision that price carries, above 0 and at most 1.
    mean_price : float
        Mean price of the offers, above 0.
    mean_rating : float
        Mean weighted rating of the offers, above 0.

    Returns
    -------
    float
        In the currency of the price.

    Examples
    --------
    >>> worth_of_point(price_importance=0.5, mean_price=600, mean_rating=6)
    100.0
    """
    check = Check("worth_of_point")
    weight = _price_weight(check, price_importance)
    price = check.positive("mean_price", mean_price)
    rating = check.positive("mean_rating", mean_rating)
    check.done()
    return (1 - weight) / weight * price / rating
