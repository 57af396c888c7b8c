"""Why the revenue of kept customers changed: price, volume, or the mix of what they buy."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def price_volume_mix(before: Any, after: Any, *, product: str = "product") -> pd.Series:
    """Why revenue changed: price, volume, or the mix of what was bought.

    Parameters
    ----------
    before, after : DataFrame with a column of products, ``quantity`` and ``revenue``
        Lines of the two periods; several lines of one product are added up. Quantities in one unit, revenue
        in currency. ``after`` may be empty.
    product : str, default "product"
        Name of the column of products.

    Returns
    -------
    Series, in currency: ``before``, ``volume``, ``mix``, ``price``, ``after``. The three effects add up to
    ``after - before`` exactly.

    Raises
    ------
    InputError
        If ``before`` has no quantity, or a product has revenue without quantity.

    Notes
    -----
    With q quantities, p average prices, Q total quantity, R revenue, 0 then and 1 now:
    ``volume = (Q1 - Q0) R0 / Q0`` (more or less of the old basket), ``mix = Σ q1 p0 - Q1 R0 / Q0`` (dearer or
    cheaper products), ``price = Σ q1 (p1 - p0)``. A product that is new has no old price: it counts at its
    own price, so it moves mix and not price. Quantities of unlike units (kilos and pieces) cannot be added:
    split such lines first.

    References
    ----------
    The sales-volume, sales-mix and selling-price variances of management accounting (Horngren, *Cost
    Accounting*, ch. on revenue variances).

    Examples
    --------
    >>> before = pd.DataFrame({"product": ["tea", "coffee"], "quantity": [10, 10], "revenue": [100, 300]})
    >>> after = pd.DataFrame({"product": ["tea", "coffee"], "quantity": [8, 16], "revenue": [88, 480]})
    >>> price_volume_mix(before, after).to_dict()
    {'before': 400.0, 'volume': 80.0, 'mix': 80.0, 'price': 8.0, 'after': 568.0}
    """
    check = Check("price_volume_mix")
    then, now = _lines(check, "before", before, [product]), _lines(check, "after", after, [product])
    check.require(
        bool(then["quantity"].sum() > 0),
        _("before must hold a quantity above 0"),
        got=errors.shown(float(then["quantity"].sum())),
        hint=_("there is no old price to compare with"),
    )
    check.done()
    return _effects(then, now)


def split_retention(
    before: Any, after: Any, *, customer: str = "customer_id", product: str = "product"
) -> pd.DataFrame:
    """The retention index by volume, split into customers lost, volume, mix and price.

    Parameters
    ----------
    before, after : DataFrame with columns of customers and products, ``quantity`` and ``revenue``
        Lines of two periods of equal length, as in :func:`price_volume_mix`. Customers who are new in
        ``after`` are left out. A customer is kept who bought a quantity above 0 in both.
    customer, product : str
        Names of the columns.

    Returns
    -------
    DataFrame indexed by ``effect`` (before, lost, volume, mix, price, after) with ``amount`` (currency) and
    ``index`` (share of ``before``). The last ``index`` is the net revenue retention, that of ``lost`` is
    minus what the lost customers had brought; effects add up.

    Raises
    ------
    InputError
        If ``before`` brought no revenue, or a product has revenue without quantity.

    Notes
    -----
    ``after / before = 1 + lost + volume + mix + price``. An index of 1.0 from lost customers and higher
    prices is another firm than an index of 1.0 from loyal ones. Effects of volume, mix and price are those
    of the kept customers taken together.

    References
    ----------
    Christopher, M. *Logistics and Supply Chain Management*, ch. 2 (index by value of purchases).

    Examples
    --------
    >>> columns = ["customer_id", "product", "quantity", "revenue"]
    >>> before = pd.DataFrame([["A", "tea", 10, 100], ["B", "tea", 5, 50]], columns=columns)
    >>> after = pd.DataFrame([["A", "tea", 12, 132], ["C", "tea", 9, 99]], columns=columns)
    >>> split_retention(before, after)["amount"].to_dict()
    {'before': 150.0, 'lost': -50.0, 'volume': 20.0, 'mix': 0.0, 'price': 12.0, 'after': 132.0}
    """
    check = Check("split_retention")
    then = _lines(check, "before", before, [customer, product])
    now = _lines(check, "after", after, [customer, product])
    base = float(then["revenue"].sum())
    check.require(
        base > 0,
        _("the revenue of before must be above 0"),
        got=errors.shown(base),
        hint=_("check the period: an index needs something to compare with"),
    )
    check.done()
    kept = list(_buyers(then) & _buyers(now))
    held = [part[part.index.get_level_values(0).isin(kept)].groupby(level=1).sum() for part in (then, now)]
    effects = _effects(*held)
    amounts = {"before": base, "lost": effects["before"] - base}
    amounts |= {name: effects[name] for name in ("volume", "mix", "price", "after")}
    amount = pd.Series(amounts, dtype=float)
    return pd.DataFrame({"amount": amount, "index": amount / base}).rename_axis("effect")


def _lines(check: Check, name: str, lines: Any, by: list[str]) -> pd.DataFrame:
    """Quantity and revenue summed by product (and customer)."""
    frame = check.frame(name, lines, [*by, "quantity", "revenue"], rows=False, keys=by)
    check.done()
    read = frame[by].copy()
    for column in ("quantity", "revenue"):
        values = frame[column] if len(frame) else [0.0]
        checked = check.vector(f"{name}[{column!r}]", values)
        read[column] = checked if len(frame) else frame[column].astype(float)
    check.done()
    sums = read.groupby(by, sort=True)[["quantity", "revenue"]].sum()
    bad = sums.index[(sums["quantity"] < 0) | ((sums["quantity"] == 0) & (sums["revenue"].abs() > 1e-9))]
    check.require(
        len(bad) == 0,
        _("the quantities of {name} must be above 0 where there is revenue").format(name=name),
        got=_("returns larger than sales, or revenue without quantity"),
        where=errors.rows(bad),
        hint=_("book returns in the period of the sale, or leave these out and say so"),
    )
    check.done()
    return sums


def _effects(then: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    old_price = (then["revenue"] / then["quantity"])[then["quantity"] > 0]
    new_price = now["revenue"] / now["quantity"].where(now["quantity"] > 0)
    price = old_price.reindex(now.index).fillna(new_price).fillna(0.0)
    at_old = float((now["quantity"] * price).sum())
    quantity0, revenue0 = float(then["quantity"].sum()), float(then["revenue"].sum())
    quantity1, revenue1 = float(now["quantity"].sum()), float(now["revenue"].sum())
    mean = revenue0 / quantity0 if quantity0 else 0.0
    return pd.Series(
        {
            "before": revenue0,
            "volume": (quantity1 - quantity0) * mean,
            "mix": at_old - quantity1 * mean,
            "price": revenue1 - at_old,
            "after": revenue1,
        },
        name="price_volume_mix",
    )


def _buyers(frame: pd.DataFrame) -> set[Any]:
    sums = frame["quantity"].groupby(level=0).sum()
    return set(sums.index[sums > 0])
