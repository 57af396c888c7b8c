"""The R package rfm (Hebbali; rsquaredacademy): its README customers, thresholds and test-suite."""

import pandas as pd
import pytest

from casekit.segments import name_segments, rfm_cut_points, rfm_scores, rfm_segment_table

#: README of rfm: days since the last order, orders, revenue, score and segment of five customers.
README = pd.DataFrame(
    [
        ("Abbey O'Reilly", 205, 6, 472, 343, "Potential Loyalist"),
        ("Add Senger", 140, 3, 340, 412, "New Customers"),
        ("Aden Lesch", 194, 4, 405, 323, "Loyal Customers"),
        ("Aden Murphy", 98, 7, 596, 544, "Potential Loyalist"),
        ("Admiral Senger", 132, 5, 448, 433, "Potential Loyalist"),
    ],
    columns=["customer_id", "days_since_last_purchase", "purchases", "amount", "rfm_score", "segment"],
).set_index("customer_id")

#: An earlier README of the same data: more customers with the same thresholds.
EARLIER = pd.DataFrame(
    [
        ("Agness O'Keefe", 90, 9, 843, 555),
        ("Aileen Barton", 84, 9, 763, 555),
        ("Ailene Hermann", 281, 8, 699, 355),
        ("Aiyanna Bruen PhD", 246, 4, 157, 321),
        ("Ala Schmidt DDS", 349, 3, 363, 212),
        ("Alannah Borer", 619, 4, 196, 121),
    ],
    columns=["customer_id", "days_since_last_purchase", "purchases", "amount", "rfm_score"],
).set_index("customer_id")

#: Thresholds of the 995 customers, from the package's manual and tests.
CUTS = {
    "days_since_last_purchase": [115, 181, 297, 482],
    "purchases": [4, 5, 6, 8],
    "amount": [256, 382, 506, 666],
}

#: The variable mpg of R's data set mtcars, which the package's tests cut into five.
MPG = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4]
MPG += [14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4]


@pytest.mark.filterwarnings("ignore:rfm_scores")
@pytest.mark.parametrize("customers", [README, EARLIER], ids=["README", "earlier README"])
def test_readme_scores(customers):
    scores = rfm_scores(customers, cut_points=CUTS)
    assert scores["rfm_score"].to_dict() == customers["rfm_score"].to_dict()


@pytest.mark.filterwarnings("ignore:rfm_scores")
def test_readme_segments():
    assert name_segments(rfm_scores(README, cut_points=CUTS)).to_dict() == README["segment"].to_dict()


def test_utils_bins_of_mpg():
    cuts = rfm_cut_points(MPG, bins=5, rule="quantile_plus_one")
    assert cuts.tolist() == pytest.approx([16.20, 18.92, 22.00, 25.08], abs=5e-3)


def test_manual_intervals_of_rfm_segment():
    table = rfm_segment_table()
    assert table["recency_low"].tolist() == [5, 3, 2, 3, 4, 1, 1, 1, 2, 1]
    assert table["recency_high"].tolist() == [5, 5, 4, 4, 5, 2, 2, 3, 3, 1]
    assert table["frequency_low"].tolist() == [5, 3, 2, 1, 1, 3, 2, 3, 1, 1]
    assert table["frequency_high"].tolist() == [5, 5, 4, 3, 3, 4, 5, 5, 3, 5]
    assert table["monetary_low"].tolist() == [5, 2, 2, 3, 1, 4, 4, 3, 1, 1]
    assert table["monetary_high"].tolist() == [5, 5, 4, 5, 5, 5, 5, 5, 4, 5]
