"""The disposition effect from a log of trades: winners sold, losers kept."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling.suitability import disposition_effect


@dataclass(frozen=True)
class Disposition:
    """How much readier clients are to sell winners than losers.

    Attributes
    ----------
    realised_gains, paper_gains, realised_losses, paper_losses : int
        Positions, over all days on which something was sold.
    gains_realised, losses_realised : float
        PGR and PLR, 0 to 1.
    effect : float
        PGR - PLR, -1 to 1: above zero, losers are held on to.
    standard_error, t_statistic : float
        Of the effect, taking positions as independent.
    unpriced : int
        Positions left out for want of a price on that day.
    """

    realised_gains: int
    paper_gains: int
    realised_losses: int
    paper_losses: int
    gains_realised: float
    losses_realised: float
    effect: float
    standard_error: float
    t_statistic: float
    unpriced: int = 0


def disposition_from_counts(
    *, realised_gains: int, paper_gains: int, realised_losses: int, paper_losses: int
) -> Disposition:
    """The disposition effect of counted positions, with its standard error.

    Parameters
    ----------
    realised_gains, realised_losses : int
        Positions sold at a gain and at a loss, zero or more.
    paper_gains, paper_losses : int
        Positions that could have been sold at a gain and at a loss on the same days, and were not.

    Returns
    -------
    Disposition

    Raises
    ------
    InputError
        If there is no position at a gain, or none at a loss.

    Notes
    -----
    ``SE = sqrt(PGR (1-PGR) / n_g + PLR (1-PLR) / n_l)``, ``n`` the positions at a gain and at a loss.

    References
    ----------
    Odean, T. (1998). Are investors reluctant to realize their losses? *Journal of Finance* 53(5), 1775–1798,
    Table I.

    Examples
    --------
    >>> found = disposition_from_counts(realised_gains=2, paper_gains=2, realised_losses=1, paper_losses=3)
    >>> found.gains_realised, found.losses_realised, found.effect
    (0.5, 0.25, 0.25)
    """
    check = Check("disposition_from_counts")
    given = (realised_gains, paper_gains, realised_losses, paper_losses)
    names = ("realised_gains", "paper_gains", "realised_losses", "paper_losses")
    counts = [check.integer(name, count, low=0) for name, count in zip(names, given, strict=True)]
    check.done()
    found = disposition_effect(
        gains_sold=counts[0], gains_kept=counts[1], losses_sold=counts[2], losses_kept=counts[3]
    )
    gains, losses = found["gains_realised"], found["losses_realised"]
    variance = gains * (1 - gains) / (counts[0] + counts[1]) + losses * (1 - losses) / (counts[2] + counts[3])
    error = math.sqrt(variance)
    t_statistic = found["effect"] / error if error > 0 else math.nan
    return Disposition(
        realised_gains=counts[0],
        paper_gains=counts[1],
        realised_losses=counts[2],
        paper_losses=counts[3],
        gains_realised=gains,
        losses_realised=losses,
        effect=found["effect"],
        standard_error=error,
        t_statistic=t_statistic,
    )


def disposition_from_trades(trades: pd.DataFrame, prices: pd.DataFrame) -> Disposition:
    """The disposition effect of clients from their trades and daily prices.

    "What rises is sold, what falls is never sold" can be counted: on each day on which a client sells, look
    at everything held, and ask which of the winners and which of the losers went.

    Parameters
    ----------
    trades : DataFrame, one row a trade
        Columns ``date``, ``security``, ``quantity`` (above 0 bought, below 0 sold) and ``price`` (above 0);
        optional ``account``. Trades of one day count in the order of the rows.
    prices : DataFrame, index dates, columns securities
        Closing price of each day. A position without a price on a day of sale is left out and counted in
        ``unpriced``.

    Returns
    -------
    Disposition

    Raises
    ------
    InputError
        If a column is missing, more is sold than held, or no gain or no loss was ever at hand.

    Notes
    -----
    The yardstick is the average purchase price. A sale at that price exactly counts neither way, nor does a
    paper position at it. Only days count on which an account held two positions or more before the sale:
    with one there was nothing to choose. (Odean compares paper positions with the day's high and low; closing
    prices differ a little.) Part of a position sold counts as realised.

    References
    ----------
    Odean, T. (1998). *Journal of Finance* 53(5), 1775–1798.

    Examples
    --------
    >>> day = pd.to_datetime(["2025-06-02"] * 2 + ["2025-06-03"])
    >>> trades = pd.DataFrame({"date": day, "security": ["A", "B", "A"], "quantity": [1, 1, -1],
    ...                        "price": [10.0, 10.0, 12.0]})
    >>> prices = pd.DataFrame({"A": [10.0, 12.0], "B": [10.0, 9.0]}, index=day[[0, 2]])
    >>> found = disposition_from_trades(trades, prices)
    >>> found.gains_realised, found.losses_realised
    (1.0, 0.0)
    """
    check = Check("disposition_from_trades")
    trades = check.frame("trades", trades, ["date", "security", "quantity", "price"], keys=["security"])
    prices = check.frame("prices", prices)
    check.done()
    dates = check.dates("trades['date']", trades["date"])
    quantity = check.vector("trades['quantity']", trades["quantity"])
    price = check.vector("trades['price']", trades["price"], low=0, low_open=True)
    if isinstance(prices.index, pd.MultiIndex):
        check.stop(errors.wrong_type("prices.index", _("one date in each row"), prices.index[0]))
    check.dates("prices.index", pd.Series(prices.index))
    columns = {name: check.vector(f"prices[{name!r}]", prices[name], missing=True) for name in prices.columns}
    check.unique("prices.index", prices.index)
    check.done()
    prices = pd.DataFrame(columns)
    account = trades["account"] if "account" in trades else pd.Series("", index=trades.index)
    columns = {"account": account, "day": dates.dt.normalize(), "security": trades["security"]}
    log = pd.DataFrame({**columns, "quantity": quantity, "price": price})
    quotes = prices.set_axis(pd.DatetimeIndex(prices.index).normalize())
    counts = {"realised_gains": 0, "paper_gains": 0, "realised_losses": 0, "paper_losses": 0}
    unpriced = 0
    for _name, own in log.groupby("account", sort=False, dropna=False):
        held: dict[Any, tuple[float, float]] = {}
        for day, trading in own.sort_values("day", kind="stable").groupby("day", sort=True):
            before = dict(held)
            sold = _trade(check, trading, held)
            if sold and len(before) >= 2:
                unpriced += _count(counts, before, sold, quotes, day)
    check.done()
    found = disposition_from_counts(**counts)
    return replace(found, unpriced=unpriced)


def _trade(
    check: Check, trading: pd.DataFrame, held: dict[Any, tuple[float, float]]
) -> dict[Any, list[tuple[float, float]]]:
    """Carry out a day's trades; what was sold of each security, and by how much above its average price."""
    sold: dict[Any, list[tuple[float, float]]] = {}
    for row in trading.itertuples():
        units, paid = held.get(row.security, (0.0, 0.0))
        if row.quantity > 0:
            total = units + row.quantity
            held[row.security] = (total, (units * paid + row.quantity * row.price) / total)
        elif row.quantity < 0:
            if units + row.quantity < -1e-9:
                rule = _("no more may be sold than is held")
                got = _("{sold} of {held} sold").format(
                    sold=errors.shown(-row.quantity), held=errors.shown(units)
                )
                hint = _("the log must begin with the purchases; leave out securities bought before it")
                check.add(errors.must_hold(rule, got=got, where=errors.rows([row.Index]), hint=hint))
                continue
            sold.setdefault(row.security, []).append((row.price, paid))
            left = units + row.quantity
            if left > 1e-9:
                held[row.security] = (left, paid)
            else:
                held.pop(row.security, None)
    return sold


def _count(
    counts: dict[str, int],
    before: dict[Any, tuple[float, float]],
    sold: dict[Any, list[tuple[float, float]]],
    quotes: pd.DataFrame,
    day: Any,
) -> int:
    unpriced = 0
    for security, sales in sold.items():
        if security not in before:
            continue
        gain = sum(price - paid for price, paid in sales)
        if gain:
            counts["realised_gains" if gain > 0 else "realised_losses"] += 1
    for security, (_units, paid) in before.items():
        if security in sold:
            continue
        known = security in quotes.columns and day in quotes.index
        quote = float(quotes.loc[day, security]) if known else math.nan
        if math.isnan(quote):
            unpriced += 1
        elif quote != paid:
            counts["paper_gains" if quote > paid else "paper_losses"] += 1
    return unpriced
