"""Taylor and Ashe (1983) claims, developed by Mack (1993), ASTIN Bulletin 23(2): the chain ladder.

The triangle is `GenIns` of the R package ChainLadder and `data.loss.TA()` of the R package apc, whose
forecast of the whole is 18,680,856. Vintages are accident years there and points granted here; nothing is
capped.
"""

import pytest

from casekit.loyalty import redemption_forecast

PAID = [
    [357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948],
    [352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046],
    [290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405],
    [310608, 1108250, 776189, 1562400, 272482, 352053, 206286],
    [443160, 693190, 991983, 769488, 504851, 470639],
    [396132, 937085, 847498, 805037, 705960],
    [440832, 847631, 1131398, 1063269],
    [359480, 1061648, 1443370],
    [376686, 986608],
    [344014],
]
RESERVES = [0, 95, 470, 710, 985, 1419, 2178, 3920, 4279, 4626]


def test_taylor_and_ashe_reserves_in_thousands():
    table = redemption_forecast(PAID, granted=[1e9] * 10)
    assert (table["to_come"] / 1000).tolist() == pytest.approx(RESERVES, abs=0.5)
    assert table["to_come"].sum() / 1000 == pytest.approx(18681, abs=0.5)
