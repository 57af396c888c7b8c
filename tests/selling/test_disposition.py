"""Counting winners and losers from a log of trades."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import disposition_from_counts, disposition_from_trades

DAYS = pd.to_datetime(["2025-06-02", "2025-06-03", "2025-06-04"])


def trades(*rows):
    frame = pd.DataFrame(rows, columns=["date", "security", "quantity", "price"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


def prices(**columns):
    return pd.DataFrame(columns, index=DAYS)


BOUGHT = [("2025-06-01", "A", 10, 10.0), ("2025-06-01", "B", 10, 10.0), ("2025-06-01", "C", 10, 10.0)]


def test_average_price_is_the_yardstick():
    """10 at 10 and 10 at 20 average 15: a sale at 14 is a loss. B stands at a gain, C at a loss."""
    log = trades(*BOUGHT, ("2025-06-02", "A", 10, 20.0), ("2025-06-03", "A", -20, 14.0))
    found = disposition_from_trades(log, prices(A=14.0, B=11.0, C=9.0))
    assert (found.realised_gains, found.paper_gains) == (0, 1)
    assert (found.realised_losses, found.paper_losses) == (1, 1)


def test_a_position_at_its_price_counts_neither_way():
    log = trades(*BOUGHT, ("2025-06-03", "A", -5, 12.0))
    found = disposition_from_trades(log, prices(A=12.0, B=10.0, C=9.0))
    assert (found.paper_gains, found.paper_losses) == (0, 1)


def test_days_with_one_position_do_not_count():
    log = trades(
        *BOUGHT,
        ("2025-06-03", "A", -10, 12.0),
        ("2025-06-03", "B", -10, 12.0),
        ("2025-06-04", "C", -10, 12.0),
    )
    found = disposition_from_trades(log, prices(A=12.0, B=12.0, C=9.0))
    assert (found.realised_gains, found.paper_losses) == (2, 1)


def test_positions_without_a_price_are_counted_apart():
    log = trades(*BOUGHT, ("2025-06-03", "A", -10, 12.0))
    found = disposition_from_trades(log, prices(A=12.0, B=np.nan, C=9.0))
    assert found.unpriced == 1


def test_accounts_do_not_mix():
    log = trades(*BOUGHT, ("2025-06-03", "A", -10, 12.0)).assign(account=["x", "x", "y", "x"])
    with pytest.raises(InputError, match="position at losses"):
        disposition_from_trades(log, prices(A=12.0, B=11.0, C=9.0))


def test_more_sold_than_held_is_named():
    log = trades(*BOUGHT, ("2025-06-03", "A", -11, 12.0))
    with pytest.raises(InputError, match="no more may be sold than is held, got 11 of 10 sold"):
        disposition_from_trades(log, prices(A=12.0, B=11.0, C=9.0))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"price": 0.0}, "trades\\['price'\\] must lie in its range"),
        ({"quantity": None}, "trades\\['quantity'\\]"),
        ({"date": 20250603}, "trades\\['date'\\] must hold dates"),
    ],
)
def test_bad_trades_are_named(change, message):
    with pytest.raises(InputError, match=message):
        disposition_from_trades(trades(*BOUGHT).assign(**change), prices(A=1.0))


def test_prices_need_dates():
    with pytest.raises(InputError, match="prices.index must hold dates"):
        disposition_from_trades(trades(*BOUGHT), pd.DataFrame({"A": [1.0]}))


def test_bad_counts_are_named():
    with pytest.raises(InputError, match="paper_gains must be a whole number"):
        disposition_from_counts(realised_gains=1, paper_gains=1.5, realised_losses=1, paper_losses=1)


def test_certain_habits_have_no_spread():
    found = disposition_from_counts(realised_gains=3, paper_gains=0, realised_losses=0, paper_losses=3)
    assert found.effect == 1
    assert np.isnan(found.t_statistic)
