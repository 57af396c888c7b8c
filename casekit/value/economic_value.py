"""What an offer may cost: economic value to the customer, and the price at which two offers are level."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.value.delivered_value import BENEFITS, COSTS, delivered_value

#: A markup from here on (500 %) is most often a percentage: shops do double a price, but rarely more.
LARGE_MARKUP = 5.0


def economic_value(reference_price: float, differences: object) -> float:
    """Economic value to the customer: the price of the alternative plus what sets the offer apart from it.

    The most that a customer who counts everything would pay. Negative differences (a longer trip, a switch
    to be learned) belong in the sum as much as the advantages.

    Parameters
    ----------
    reference_price : float
        What the customer pays for the best alternative, 0 or more.
    differences : dict, list or Series of float
        Worth of each difference to the customer, in the same currency; negative for a disadvantage.

    Returns
    -------
    float
        In currency; negative when the customer would have to be paid.

    Notes
    -----
    ``EVC = reference_price + sum(differences)``.

    References
    ----------
    Forbis, J. L. and Mehta, N. T. (1981). Value-based strategies for industrial products. *Business
    Horizons* 24(3), 32–42.

    Examples
    --------
    >>> economic_value(3000, {"25 hours saved": 25 * 714})
    20850.0
    """
    check = Check("economic_value")
    price = check.number("reference_price", reference_price, low=0)
    worth = check.vector("differences", differences)
    check.done()
    return price + float(worth.sum())


def perceived_value_price(reference_price: float, premiums: object, *, discount: float = 0.0) -> pd.Series:
    """Build a price from what customers see in the offer, and leave them a part of it.

    Parameters
    ----------
    reference_price : float
        Price of the alternative, 0 or more.
    premiums : dict, list or Series of float
        Worth of each advantage over the alternative, in the same currency.
    discount : float, default 0
        Part of the value left to the customer, 0 or more.

    Returns
    -------
    Series: ``value`` (reference plus premiums), ``price`` (value less discount), ``premium`` (price less
    reference), ``extra_value`` (value less reference) and ``surplus`` (value less price: what the customer
    gains by buying).

    References
    ----------
    Kotler, P. and Keller, K. L. (2012). *Marketing Management*, 14th ed., p. 399.

    Examples
    --------
    >>> perceived_value_price(90, [7, 6, 5, 2], discount=10).to_dict()
    {'value': 110.0, 'price': 100.0, 'premium': 10.0, 'extra_value': 20.0, 'surplus': 10.0}
    """
    check = Check("perceived_value_price")
    reference = check.number("reference_price", reference_price, low=0)
    off = check.number("discount", discount, low=0)
    worth = check.vector("premiums", premiums)
    check.done()
    value = reference + float(worth.sum())
    price = value - off
    return pd.Series(
        {
            "value": value,
            "price": price,
            "premium": price - reference,
            "extra_value": value - reference,
            "surplus": off,
        }
    )


def present_value_of_saving(saving: float, *, years: int, discount_rate: float) -> float:
    """What a yearly saving over the life of an offer is worth today (energy, labour, repairs).

    Parameters
    ----------
    saving : float
        Money saved at the end of each year; negative for an extra cost.
    years : int
        Years of use, 0 or more.
    discount_rate : float
        Share a year, above -1.

    Returns
    -------
    float
        In currency, to be used among the differences of :func:`economic_value`.

    Notes
    -----
    ``saving * (1 - (1 + d)^-n) / d``, or ``saving * n`` at ``d = 0``.

    Examples
    --------
    >>> round(present_value_of_saving(1000, years=2, discount_rate=0.1), 2)
    1735.54
    """
    check = Check("present_value_of_saving")
    amount = check.number("saving", saving)
    count = check.integer("years", years, low=0)
    rate = check.rate("discount_rate", discount_rate)
    check.done()
    if abs(rate) < 1e-12:
        return amount * count
    return amount * -math.expm1(-count * math.log1p(rate)) / rate


def net_of_markup(price: float, *, markup: float) -> float:
    """The producer's price when a distributor adds ``markup`` to it (a share of cost, not of price).

    Parameters
    ----------
    price : float
        What the final customer pays, 0 or more.
    markup : float
        Share that the distributor adds to the producer's price, 0 or more.

    Examples
    --------
    >>> round(net_of_markup(3475, markup=0.40))
    2482
    """
    check = Check("net_of_markup")
    paid = check.number("price", price, low=0)
    added = check.number("markup", markup, low=0)
    if added >= LARGE_MARKUP:
        message = _("net_of_markup: a markup of {markup} means {percent} %; for {markup} % write {share}")
        check.warn(
            message.format(
                markup=errors.shown(added), percent=errors.shown(100 * added), share=errors.shown(added / 100)
            )
        )
    check.done()
    return paid / (1 + added)


def level_price(
    rival_price: float,
    *,
    quality_difference: float = 0.0,
    extra_hours: float = 0.0,
    worth_of_hour: float = 0.0,
) -> float:
    """The price at which a customer does not mind which of two offers to take.

    Parameters
    ----------
    rival_price : float
        Price of the rival, 0 or more.
    quality_difference : float, default 0
        Worth of our quality less that of the rival's, in currency; negative if the rival is better.
    extra_hours : float, default 0
        Hours that our offer takes more than the rival's; negative if ours is faster.
    worth_of_hour : float, default 0
        What the customer gives for an hour, in currency, 0 or more.

    Returns
    -------
    float
        In currency. Negative: no price is low enough, the customer would have to be paid.

    Notes
    -----
    ``level_price = rival_price + quality_difference - extra_hours * worth_of_hour``: the economic value of
    our offer with the rival as reference.

    Examples
    --------
    >>> level_price(331, quality_difference=-20, extra_hours=24, worth_of_hour=4)
    215.0
    """
    check = Check("level_price")
    price = check.number("rival_price", rival_price, low=0)
    quality = check.number("quality_difference", quality_difference)
    hours = check.number("extra_hours", extra_hours)
    worth = check.number("worth_of_hour", worth_of_hour, low=0)
    check.done()
    return economic_value(price, [quality, -hours * worth])


def level_prices(components: pd.DataFrame, *, own: str, rivals: list[str] | None = None) -> pd.DataFrame:
    """For each respondent, the price at which our offer is level with the best rival.

    Parameters
    ----------
    components : DataFrame indexed by ``respondent_id`` and ``offer``
        The eight components in money, from :func:`~casekit.value.components_in_money`.
    own : str
        Our offer.
    rivals : list of str, optional
        Rivals to look at; all others if not given.

    Returns
    -------
    DataFrame by respondent: ``best_rival``, ``rival_value`` (its delivered value) and ``level_price`` (what
    our price must not exceed), in currency; negative where no price is low enough.

    Raises
    ------
    InputError
        If our offer or a rival is not in the data, or a respondent did not rate all of them.
    """
    check = Check("level_prices")
    frame = check.frame("components", components, [*BENEFITS, *COSTS])
    is_pair = frame.index.nlevels == 2
    check.require(
        is_pair, _("components must be indexed by respondent and offer"), got=str(frame.index.names)
    )
    check.done()
    known = list(frame.index.unique(level=1))
    check.choice("own", own, known)
    chosen = [name for name in known if name != own] if rivals is None else list(rivals)
    for name in chosen:
        check.choice("rivals", name, [other for other in known if other != own])
    check.require(len(chosen) > 0, _("rivals must hold at least one offer"), got=_("none"))
    check.done()
    value = delivered_value(frame)["delivered_value"].unstack()[[own, *chosen]]
    holes = value.isna().any(axis=1)
    check.require(
        not holes.any(),
        _("every respondent must have rated our offer and each rival"),
        got=_("{count} who did not").format(count=int(holes.sum())),
        hint=_("leave these respondents out, or name fewer rivals"),
    )
    check.done()
    best = value[chosen].max(axis=1)
    before_price = value[own] + frame["money"].unstack()[own]
    return pd.DataFrame(
        {"best_rival": value[chosen].idxmax(axis=1), "rival_value": best, "level_price": before_price - best}
    )


def price_response(
    level_prices: object,
    prices: object,
    *,
    market: float,
    unit_cost: float = 0.0,
    batch_size: int | None = None,
    batch_cost: float = 0.0,
    capacity: float = math.inf,
) -> pd.DataFrame:
    """Buyers and contribution at each price, when everyone buys whose level price is not below it.

    Parameters
    ----------
    level_prices : list or Series of float, one a respondent
        From :func:`level_prices`.
    prices : list or Series of float
        Prices to try, 0 or more.
    market : float
        Customers a period whom the respondents stand for, 0 or more.
    unit_cost : float, default 0
        Variable cost of one customer, 0 or more.
    batch_size : int, optional
        Customers that one coach (class, batch) holds; costs then come in whole batches.
    batch_cost : float, default 0
        Cost of running one batch, full or not.
    capacity : float, default no limit
        Most customers a period.

    Returns
    -------
    DataFrame, one row a price: ``price``, ``share`` (of the market), ``customers`` (after capacity),
    ``batches`` and ``contribution`` (price less variable cost, a period, in currency).

    Notes
    -----
    Full batches always run; the last, part-filled one runs only if its customers pay for it, and otherwise
    they are turned away. So a price below cost shows its loss, and a price that draws too few for one batch
    earns nothing.

    Examples
    --------
    >>> response = price_response([100, 200, 300, 400], [250], market=40, batch_size=10, batch_cost=1500)
    >>> response.iloc[0][["share", "customers", "batches", "contribution"]].tolist()
    [0.5, 20.0, 2.0, 2000.0]
    """
    check = Check("price_response")
    levels = check.vector("level_prices", level_prices)
    tried = check.vector("prices", prices, low=0)
    size = check.number("market", market, low=0)
    cost = check.number("unit_cost", unit_cost, low=0)
    fixed = check.number("batch_cost", batch_cost, low=0)
    holds = math.inf if batch_size is None else check.integer("batch_size", batch_size, low=1)
    limit = (
        math.inf
        if isinstance(capacity, float) and capacity == math.inf
        else check.number("capacity", capacity, low=0)
    )
    check.done()
    ordered = np.sort(levels.to_numpy())
    price = tried.to_numpy()
    share = 1 - np.searchsorted(ordered, price - 1e-9, side="left") / len(ordered)
    wanted = np.minimum(share * size, limit)
    batches = np.ceil(wanted / holds - 1e-9) if math.isfinite(holds) else (wanted > 0).astype(float)
    customers = wanted
    if math.isfinite(holds):
        full = np.floor(wanted / holds + 1e-9)
        rest = wanted - full * holds
        turned_away = (price - cost) * rest < fixed - 1e-9
        customers = np.where(turned_away & (batches > full), full * holds, wanted)
        batches = np.where(turned_away, full, batches)
    contribution = (price - cost) * customers - fixed * batches
    return pd.DataFrame(
        {
            "price": price,
            "share": share,
            "customers": customers,
            "batches": batches,
            "contribution": contribution,
        }
    )
