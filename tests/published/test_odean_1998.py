"""Odean (1998), Are investors reluctant to realize their losses?, and the example of Barber and Odean."""

import pandas as pd
import pytest

from casekit.selling import disposition_effect, disposition_from_counts, disposition_from_trades


def test_table_1_entire_year():
    """13,883 realised gains, 79,658 paper gains, 11,930 realised losses, 110,348 paper losses.

    The counts agree with the printed shares and t; they have not been held against the printed table.
    """
    found = disposition_from_counts(
        realised_gains=13883, paper_gains=79658, realised_losses=11930, paper_losses=110348
    )
    assert found.gains_realised == pytest.approx(0.148, abs=5e-4)
    assert found.losses_realised == pytest.approx(0.098, abs=5e-4)
    assert found.t_statistic == pytest.approx(35, abs=0.5)
    plain = disposition_effect(gains_sold=13883, gains_kept=79658, losses_sold=11930, losses_kept=110348)
    assert plain["effect"] == pytest.approx(found.effect)


def test_barber_odean_table_15_1_daymon_and_rosalie():
    """A, B and F, G stand at a gain, C, D, E and H at a loss; A and C are sold, then F: PGR 1/2, PLR 1/4.

    Barber and Odean, Individual investors, in Thaler, *Advances in Behavioral Finance II*, ch. 15, table
    15.1.
    """
    monday, wednesday = pd.to_datetime(["2025-06-02", "2025-06-04"])
    bought = pd.Timestamp("2025-05-01")
    rows = [("Daymon", bought, name, 1, 10.0) for name in "ABCDE"]
    rows += [("Rosalie", bought, name, 1, 10.0) for name in "FGH"]
    rows += [("Daymon", monday, "A", -1, 12.0), ("Daymon", monday, "C", -1, 8.0)]
    rows += [("Rosalie", wednesday, "F", -1, 12.0)]
    trades = pd.DataFrame(rows, columns=["account", "date", "security", "quantity", "price"])
    quotes = dict.fromkeys("ABFG", 12.0) | dict.fromkeys("CDEH", 8.0)
    prices = pd.DataFrame(quotes, index=[monday, wednesday])
    found = disposition_from_trades(trades, prices)
    assert (found.realised_gains, found.paper_gains) == (2, 2)
    assert (found.realised_losses, found.paper_losses) == (1, 3)
    assert (found.gains_realised, found.losses_realised) == (0.5, 0.25)
