"""Repeat, basket and what goes together: three customers by hand."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.segments import BASKET_QUADRANTS, basket_quadrants, cross_sell_candidates, product_pairs

LINES = pd.DataFrame(
    [
        ("Ada", "pump"),
        ("Ada", "filter"),
        ("Ada", "filter"),
        ("Ben", "pump"),
        ("Ben", "filter"),
        ("Ben", "service"),
        ("Cy", "pump"),
        ("Dee", "lamp"),
    ],
    columns=["customer_id", "product"],
)


def test_medians_by_default_and_ties_are_high():
    table = pd.DataFrame({"purchases": [1, 2, 3], "amount": [30, 20, 90]}, index=list("abc"))
    found = basket_quadrants(table)
    assert found["basket"].to_dict() == {"a": 30, "b": 10, "c": 30}
    assert found["quadrant"].to_dict() == {"a": "seldom_large", "b": "often_small", "c": "often_large"}


def test_every_quadrant_can_be_reached():
    table = {"purchases": [9, 9, 1, 1], "amount": [900, 9, 100, 1]}
    found = basket_quadrants(table, repeat_from=5, basket_from=50)["quadrant"]
    assert tuple(found) == BASKET_QUADRANTS


def test_pairs_by_hand():
    """Four customers: pump 3, filter 2, both 2; filter to pump 2/2, lift 4*2/(2*3)."""
    pairs = product_pairs(LINES, by="customer_id").set_index(["product", "other"])
    row = pairs.loc[("filter", "pump")]
    assert row.to_dict() == pytest.approx({"baskets": 2, "support": 0.5, "confidence": 1.0, "lift": 4 / 3})
    assert pairs.loc[("pump", "filter"), "confidence"] == pytest.approx(2 / 3)
    assert ("pump", "lamp") not in pairs.index
    assert set(product_pairs(LINES, by="customer_id", least=0.5)["product"]) == {"pump", "filter"}


def test_offers_by_hand():
    """Cy has a pump: filter (2/3) before service (1/3). Ada lacks service: the filter (1/2) speaks for it."""
    found = cross_sell_candidates(LINES)
    assert found[["customer_id", "offer", "because"]].to_numpy().tolist() == [
        ["Ada", "service", "filter"],
        ["Cy", "filter", "pump"],
        ["Cy", "service", "pump"],
    ]
    assert len(cross_sell_candidates(LINES, top=1)) == 2
    assert cross_sell_candidates(LINES.head(1)).empty
    assert product_pairs(LINES.head(1), by="customer_id").empty


def test_tea_and_coffee():
    """Confidence of .75 and yet less than chance: the classroom example of 1,000 drinkers."""
    both, tea, coffee = range(150), range(150, 200), range(200, 850)
    rows = [(n, "tea") for n in [*both, *tea]] + [(n, "coffee") for n in [*both, *coffee]]
    rows += [(n, "milk") for n in range(850, 1000)]
    pair = product_pairs(pd.DataFrame(rows, columns=["order_id", "product"])).set_index("product").loc["tea"]
    assert (pair["support"], pair["confidence"], pair["lift"]) == pytest.approx((0.15, 0.75, 0.9375))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: basket_quadrants({"purchases": [1]}), "must have the columns amount"),
        (lambda: basket_quadrants({"purchases": [0], "amount": [1]}), "must lie in its range"),
        (lambda: basket_quadrants({"purchases": [1], "amount": ["x"]}), "must hold numbers"),
        (lambda: basket_quadrants({"purchases": [1], "amount": [1]}, repeat_from="x"), "repeat_from must be"),
        (lambda: basket_quadrants({"purchases": [1], "amount": [1]}, basket_from="x"), "basket_from must be"),
        (lambda: product_pairs(LINES), "must have the columns order_id"),
        (lambda: product_pairs(LINES, by="product"), "by must name another column"),
        (lambda: product_pairs(LINES.assign(product=None), by="customer_id"), "must hold"),
        (lambda: product_pairs(LINES, by="customer_id", least=5), "for 5 % write 0.05"),
        (lambda: product_pairs(LINES.iloc[:0], by="customer_id"), "must have at least one row"),
        (
            lambda: product_pairs({"order_id": [1, "1"], "product": ["a", "b"]}),
            "of one kind, got int, str",
        ),
        (lambda: cross_sell_candidates(LINES, top=0), "top must lie"),
        (lambda: cross_sell_candidates(LINES, least=-1), "least must lie"),
        (lambda: cross_sell_candidates("lines"), "lines must be a DataFrame"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
