"""Delivered value: what an offer is worth to a customer less everything it costs the customer, in money."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _, listed
from casekit._validate import Check
from casekit.errors import CasekitWarning, shown

#: The four sources of total value.
BENEFITS = ("product", "service", "personnel", "image")
#: The four costs that a customer bears; money is the price, time the hours.
COSTS = ("money", "time", "energy", "psychic")
#: Lowest and highest mark of the rating scale.
SCALE = (1.0, 10.0)

_RATING_COLUMNS = (
    "respondent_id",
    "offer",
    "component",
    "rating",
    "importance",
    "price",
    "hours",
    "worth_of_hour",
    "worth_of_point",
)


def delivered_value(components: pd.DataFrame) -> pd.DataFrame:
    """Total value, total cost and delivered value of each offer.

    Parameters
    ----------
    components : DataFrame, one row an offer (or a respondent and an offer)
        Columns ``product, service, personnel, image`` (worth to the customer) and ``money, time, energy,
        psychic`` (costs to the customer), all in the same currency and 0 or more.

    Returns
    -------
    DataFrame with columns ``total_value``, ``total_cost`` and ``delivered_value``, same index. A negative
    delivered value means that the customer is better off without the offer.

    Raises
    ------
    InputError
        If a component is missing, negative or not a number.

    Notes
    -----
    ``delivered_value = (product + service + personnel + image) - (money + time + energy + psychic)``.

    References
    ----------
    Kotler, P. and Keller, K. L. (2012). *Marketing Management*, 14th ed., figure 5.2.

    Examples
    --------
    >>> offer = {"product": 500, "service": 100, "personnel": 50, "image": 50}
    >>> cost = {"money": 331, "time": 200, "energy": 30, "psychic": 40}
    >>> delivered_value(pd.DataFrame([offer | cost], index=["train"])).loc["train"].tolist()
    [700.0, 601.0, 99.0]
    """
    check = Check("delivered_value")
    frame = check.frame("components", components, [*BENEFITS, *COSTS])
    if not check.problems:
        frame = check.numbers(frame, (*BENEFITS, *COSTS), low=0)
    check.done()
    total_value = frame[list(BENEFITS)].sum(axis=1).astype(float)
    total_cost = frame[list(COSTS)].sum(axis=1).astype(float)
    return pd.DataFrame(
        {"total_value": total_value, "total_cost": total_cost, "delivered_value": total_value - total_cost}
    )


def components_in_money(ratings: pd.DataFrame, *, scale: tuple[float, float] = SCALE) -> pd.DataFrame:
    """Turn survey ratings into the eight components of delivered value, in money, for each respondent.

    A rating counts from the bottom of the scale for the four benefits and from the top for effort
    (``energy``) and worry (``psychic``): an offer rated worst has no benefit, one rated best has no cost.
    Assumes that a point is worth the same everywhere on the scale.

    Parameters
    ----------
    ratings : DataFrame, one row a respondent, an offer and an attribute
        ``component`` (one of ``product, service, personnel, image, energy, psychic``), ``rating`` (on the
        scale; high is good for the customer, also for effort and worry), ``importance`` (points, 0 or
        more; only their proportions within a respondent and an offer count), ``price``, ``hours`` (of the
        customer's time), ``worth_of_hour`` and ``worth_of_point`` (money; the latter for one more point on
        every attribute at once).
    scale : (float, float), default (1, 10)
        Lowest and highest mark.

    Returns
    -------
    DataFrame indexed by ``respondent_id`` and ``offer`` with the eight component columns, in currency.

    Notes
    -----
    With ``w`` the importance as a share: a benefit is ``sum(w (rating - low)) worth_of_point``, a cost
    ``sum(w (high - rating)) worth_of_point``; ``time = hours worth_of_hour``; ``money = price``.

    Examples
    --------
    >>> row = {"respondent_id": "A", "offer": "train", "component": "product", "rating": 7, "importance": 60,
    ...        "price": 331, "hours": 48, "worth_of_hour": 5, "worth_of_point": 30}
    >>> other = row | {"component": "psychic", "rating": 8, "importance": 40}
    >>> money = components_in_money(pd.DataFrame([row, other])).iloc[0]
    >>> money[["product", "psychic", "time"]].round(6).tolist()
    [108.0, 24.0, 240.0]
    """
    check = Check("components_in_money")
    low, high = _scale(check, scale)
    frame = check.frame("ratings", ratings, _RATING_COLUMNS, keys=["respondent_id", "offer"])
    if not check.problems:
        frame = check.numbers(frame, ["rating"], low=low, high=high)
        frame = check.numbers(
            frame, ["importance", "price", "hours", "worth_of_hour", "worth_of_point"], low=0
        )
        _known_components(check, frame["component"])
    check.done()
    keys = ["respondent_id", "offer"]
    total = frame.groupby(keys)["importance"].transform("sum")
    check.require(
        bool((total > 0).all()),
        _("the importance of a respondent's attributes must add up to more than zero"),
        got=_("{count} rows with a total of 0").format(count=int((total <= 0).sum())),
    )
    check.done()
    is_cost = frame["component"].isin(COSTS)
    points = np.where(is_cost, high - frame["rating"], frame["rating"] - low)
    money = points * frame["importance"] / total * frame["worth_of_point"]
    wide = frame.assign(_money=money).pivot_table(
        index=keys, columns="component", values="_money", aggfunc="sum", fill_value=0.0, observed=True
    )
    first = frame.groupby(keys)[["price", "hours", "worth_of_hour"]].first()
    wide["money"] = first["price"]
    wide["time"] = first["hours"] * first["worth_of_hour"]
    wide.columns.name = None
    return wide.reindex(columns=[*BENEFITS, *COSTS], fill_value=0.0).astype(float)


def _scale(check: Check, scale: Any) -> tuple[float, float]:
    ends = check.vector("scale", scale)
    check.require(len(ends) == 2, _("scale must hold its lowest and its highest point"), got=shown(scale))
    check.done()
    low, high = (float(end) for end in ends)
    check.require(low < high, _("scale must run from low to high"), got=f"{low:g}, {high:g}")
    return low, high


def _known_components(check: Check, components: pd.Series) -> None:
    known = [name for name in (*BENEFITS, *COSTS) if name not in ("money", "time")]
    for name in components.unique():
        check.choice("component", name, known)


def compare_offers(values: object, *, reference: str) -> pd.DataFrame:
    """The choice between each offer and a reference: difference, ratio and which a customer takes.

    The textbook rule looks at the ratio V1:V2 and takes V1 when it is above one. That works only for
    positive values: with -100 against -50 the ratio is 2 and the rule points the wrong way. The difference
    never does, so it decides here, and the ratio is left empty where it would mislead.

    Parameters
    ----------
    values : dict or Series of float, one an offer
        Delivered value of each offer, in currency.
    reference : str
        The offer that the others are compared with.

    Returns
    -------
    DataFrame indexed by offer: ``delivered_value``, ``difference`` (offer less reference), ``ratio``
    (offer : reference; NaN unless both are positive) and ``choice`` (the offer's name, the reference's name
    or ``either``).

    Raises
    ------
    InputError
        If the reference is not among the offers or a value is missing.

    References
    ----------
    Kotler, P. and Keller, K. L. (2012). *Marketing Management*, 14th ed., p. 125.

    Examples
    --------
    >>> compare_offers({"coach": 90, "train": 120}, reference="train")["ratio"].to_dict()
    {'coach': 0.75, 'train': 1.0}
    """
    check = Check("compare_offers")
    series = check.vector("values", values)
    check.unique("values", series.index)
    check.choice("reference", reference, list(series.index))
    check.done()
    base = float(series[reference])
    difference = series - base
    usable = (series > 0) & (base > 0)
    if not usable.all():
        warnings.warn(
            _("compare_offers: a ratio of values that are not positive misleads; the difference decides"),
            CasekitWarning,
            stacklevel=2,
        )
    ratio = (series / base).where(usable) if base else pd.Series(np.nan, index=series.index)
    choice = [
        _("either") if abs(gap) < 1e-9 else (name if gap > 0 else reference)
        for name, gap in difference.items()
    ]
    return pd.DataFrame(
        {"delivered_value": series, "difference": difference, "ratio": ratio, "choice": choice}
    )


def surplus_split(offers: pd.DataFrame) -> pd.DataFrame:
    """How the value that an offer creates is shared between customer and company.

    Parameters
    ----------
    offers : DataFrame, one row an offer
        ``value`` (what the customer would pay at most, that is all benefits less all costs except money),
        ``price`` and ``cost`` (variable cost to the company), in the same currency.

    Returns
    -------
    DataFrame: ``customer_surplus`` (value less price), ``company_margin`` (price less cost),
    ``value_created`` (value less cost, the sum of both). A price moves the border between the first two
    and leaves the third alone.

    Raises
    ------
    InputError
        If a price or cost is negative or a number is missing.

    Examples
    --------
    >>> offers = pd.DataFrame({"value": [400], "price": [330], "cost": [200]}, index=["train"])
    >>> surplus_split(offers).loc["train"].tolist()
    [70.0, 130.0, 200.0]
    """
    check = Check("surplus_split")
    frame = check.frame("offers", offers, ["value", "price", "cost"])
    if not check.problems:
        check.vector("value", frame["value"])
        check.vector("price", frame["price"], low=0)
        check.vector("cost", frame["cost"], low=0)
    check.done()
    value, price, cost = (frame[column].astype(float) for column in ("value", "price", "cost"))
    if (value < cost).any():
        names = listed(frame.index[value < cost])
        warnings.warn(
            _("surplus_split: worth less than it costs to make, no price suits both sides: {names}").format(
                names=names
            ),
            CasekitWarning,
            stacklevel=2,
        )
    return pd.DataFrame(
        {"customer_surplus": value - price, "company_margin": price - cost, "value_created": value - cost}
    )
