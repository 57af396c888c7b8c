"""Repeat and basket: who comes often and who buys much, what goes together, what to offer whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Quadrants of repeat and basket; the first word is how often, the second how much at a time.
BASKET_QUADRANTS = ("often_large", "often_small", "seldom_large", "seldom_small")


def basket_quadrants(
    customers: Any, *, repeat_from: float | None = None, basket_from: float | None = None
) -> pd.DataFrame:
    """Sort customers by how often they buy and how much at a time.

    The course's case is the customer who comes often and buys little (``often_small``): he trusts the seller
    and may buy a second product, so offer it to him. Whether he does is for a test with a control group to
    say; a small basket may be all that he needs.

    Parameters
    ----------
    customers : DataFrame, shape (n_customers, at least 2)
        One row a customer with ``purchases`` (1 or more) and ``amount`` (their sum, in any currency), as
        :func:`rfm_table` gives.
    repeat_from : float, optional
        Purchases from which a customer buys often; the median if not given.
    basket_from : float, optional
        Money a purchase from which a basket is large; the median of the average baskets if not given.

    Returns
    -------
    DataFrame indexed like ``customers``
        ``purchases``, ``basket`` (money a purchase) and ``quadrant`` (one of :data:`BASKET_QUADRANTS`).
        Customers exactly at a threshold are above it.

    Raises
    ------
    InputError
        If a column is missing or no number, or a customer has no purchase.

    Examples
    --------
    >>> table = {"purchases": [9, 8, 1], "amount": [90, 800, 100]}
    >>> basket_quadrants(table, repeat_from=2, basket_from=50)["quadrant"].tolist()
    ['often_small', 'often_large', 'seldom_large']
    """
    check = Check("basket_quadrants")
    frame = check.frame("customers", customers, ["purchases", "amount"])
    check.done()
    purchases = check.vector("customers['purchases']", frame["purchases"], low=1)
    amount = check.vector("customers['amount']", frame["amount"])
    repeat = None if repeat_from is None else check.number("repeat_from", repeat_from)
    large = None if basket_from is None else check.number("basket_from", basket_from)
    check.done()
    basket = amount / purchases
    often = purchases >= (purchases.median() if repeat is None else repeat)
    much = basket >= (basket.median() if large is None else large)
    place = 2 * (~often).astype(int) + (~much).astype(int)
    quadrant = np.array(BASKET_QUADRANTS, dtype=object)[place.to_numpy()]
    return pd.DataFrame({"purchases": frame["purchases"], "basket": basket, "quadrant": quadrant})


def product_pairs(lines: Any, *, by: str = "order_id", least: float = 0.0) -> pd.DataFrame:
    """Association of pairs: which products are bought together more often than chance would have it.

    Confidence alone misleads: three in four tea drinkers also buy coffee, but so do four in five of
    everybody, so tea speaks against coffee (lift below 1). Lift says what goes together, not that putting the
    one beside the other sells more of it; that takes a trial of the shelf.

    Parameters
    ----------
    lines : DataFrame, shape (n_lines, at least 2)
        One row an item bought, with the column ``by`` and ``product``; repeats within a basket count once.
    by : str, default "order_id"
        What makes a basket: ``order_id`` for one purchase, ``customer_id`` for all that a customer owns.
    least : float, default 0
        Smallest support of a pair to be listed, 0 to 1.

    Returns
    -------
    DataFrame, one row an ordered pair that occurs together
        ``product``, ``other``, ``baskets`` (with both), ``support`` (share of all baskets with both),
        ``confidence`` (share of the baskets with ``product`` that hold ``other``) and ``lift`` (1 is chance);
        highest lift first, then more baskets, then by name.

    Raises
    ------
    InputError
        If a column is missing or holds missing values.

    Notes
    -----
    With ``n`` baskets: ``support = n_ab / n``, ``confidence = n_ab / n_a``, ``lift = n n_ab / (n_a n_b)``.
    Lift of rare pairs is unsteady: a single chance meeting of two rare products gives a lift of ``n``.

    References
    ----------
    Agrawal, R., Imieliński, T. and Swami, A. (1993). Mining association rules between sets of items in large
    databases. *SIGMOD Record* 22(2), 207-216.
    Brin, S., Motwani, R., Ullman, J. D. and Tsur, S. (1997). Dynamic itemset counting and implication rules
    for market basket data. *SIGMOD Record* 26(2), 255-264 (lift, there called interest).

    Examples
    --------
    >>> lines = {"order_id": [1, 1, 2, 2, 3, 4], "product": ["tea", "cup", "tea", "cup", "tea", "jam"]}
    >>> product_pairs(lines).iloc[0].to_dict()["product"], product_pairs(lines)["confidence"].tolist()
    ('cup', [1.0, 0.6666666666666666])
    """
    check = Check("product_pairs")
    held = _holdings(check, lines, by)
    least = check.share("least", least)
    check.done()
    return _pairs(held, least)


def cross_sell_candidates(
    lines: Any, *, by: str = "customer_id", least: float = 0.0, top: int = 3
) -> pd.DataFrame:
    """What to offer whom next: products that customers with the same products also have.

    Parameters
    ----------
    lines : DataFrame
        One row an item bought, with the column ``by`` and ``product``.
    by : str, default "customer_id"
        Column of the customer.
    least : float, default 0
        Smallest support of a pair to be used, 0 to 1; raise it where products are rare.
    top : int, default 3
        Offers a customer, at most; 1 or more.

    Returns
    -------
    DataFrame, one row an offer, customers in order
        The column ``by``, ``offer`` (a product the customer lacks), ``because`` (the product he has that
        points to it), ``confidence`` and ``lift`` of that pair; best first by confidence. Only pairs with
        lift above 1 count; customers without such a pair have no row.

    Notes
    -----
    Among the customer's products the one with the highest confidence speaks for the offer. Confidence is
    what similar customers have, and no probability that an offer makes this one buy.

    Examples
    --------
    >>> lines = {"customer_id": [1, 1, 2, 2, 3, 4], "product": ["tea", "cup", "tea", "cup", "tea", "jam"]}
    >>> cross_sell_candidates(lines)[["customer_id", "offer", "because"]].to_numpy().tolist()
    [[3, 'cup', 'tea']]
    """
    check = Check("cross_sell_candidates")
    held = _holdings(check, lines, by)
    least = check.share("least", least)
    top = check.integer("top", top, low=1)
    check.done()
    pairs = _pairs(held, least)
    pairs = pairs.loc[pairs["lift"] > 1 + 1e-12, ["product", "other", "confidence", "lift"]]
    offers = held.merge(pairs, on="product").rename(columns={"product": "because", "other": "offer"})
    owned = pd.MultiIndex.from_frame(held)
    offers = offers[~pd.MultiIndex.from_frame(offers[["basket", "offer"]]).isin(owned)]
    order = ["confidence", "lift", "offer", "because"]
    offers = offers.sort_values(order, ascending=[False, False, True, True], kind="stable")
    offers = offers.drop_duplicates(["basket", "offer"]).sort_values("basket", kind="stable")
    offers = offers.groupby("basket", sort=False).head(top).rename(columns={"basket": by})
    return offers[[by, "offer", "because", "confidence", "lift"]].reset_index(drop=True)


def _holdings(check: Check, lines: Any, by: str) -> pd.DataFrame:
    """Distinct (basket, product)."""
    by = check.text("by", by)
    if by == "product":
        check.add(errors.must_hold(_("by must name another column than product"), got=repr(by)))
        return pd.DataFrame({"basket": [], "product": []})
    frame = check.frame("lines", lines, [by, "product"])
    if check.problems:
        return pd.DataFrame({"basket": [], "product": []})
    for column in (by, "product"):
        lost = frame[column].isna()
        if lost.any():
            check.add(errors.not_finite(f"lines[{column!r}]", errors.rows(frame.index[lost])))
        kinds = sorted({type(value).__name__ for value in frame[column].dropna().astype(object)})
        check.require(
            len(kinds) < 2,
            _("{name} must hold values of one kind").format(name=f"lines[{column!r}]"),
            got=errors.listing(kinds),
            hint=_("turn numbers into text, such as 7 into '7'"),
        )
    if check.problems:
        return pd.DataFrame({"basket": [], "product": []})
    held = pd.DataFrame({"basket": frame[by].to_numpy(), "product": frame["product"].to_numpy()})
    return held.drop_duplicates().sort_values(["basket", "product"], kind="stable").reset_index(drop=True)


def _pairs(held: pd.DataFrame, least: float) -> pd.DataFrame:
    total = held["basket"].nunique()
    reach = held.groupby("product")["basket"].size()
    both = held.merge(held.rename(columns={"product": "other"}), on="basket")
    both = both[both["product"] != both["other"]]
    pairs = both.groupby(["product", "other"], as_index=False).size().rename(columns={"size": "baskets"})
    one, two = (reach.reindex(pairs[side]).to_numpy(dtype=float) for side in ("product", "other"))
    pairs["support"] = pairs["baskets"] / total
    pairs["confidence"] = pairs["baskets"] / one
    pairs["lift"] = pairs["baskets"] * total / (one * two)
    pairs = pairs[pairs["support"] >= least - 1e-12]
    order = ["lift", "baskets", "product", "other"]
    return pairs.sort_values(order, ascending=[False, False, True, True]).reset_index(drop=True)
