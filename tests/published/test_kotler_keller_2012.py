"""Kotler, P. and Keller, K. L. (2012). *Marketing Management*, 14th edition."""

from casekit.value import compare_offers, perceived_value_price


def test_p_399_caterpillar_perceived_value_price():
    """Premiums for durability, reliability, service and warranty on a rival's 90,000; 10,000 off."""
    premiums = {"durability": 7_000, "reliability": 6_000, "service": 5_000, "warranty": 2_000}
    price = perceived_value_price(90_000, premiums, discount=10_000)
    assert price["value"] == 110_000
    assert price["price"] == 100_000
    assert price["premium"] == 10_000
    assert price["extra_value"] == 20_000


def test_p_125_ratio_rule():
    """V1 is taken if V1:V2 is above one, V2 if below, either if equal."""
    chosen = [compare_offers({"V1": v, "V2": 10}, reference="V2").loc["V1", "choice"] for v in (12, 8, 10)]
    assert chosen == ["V1", "V2", "either"]
