"""Single sampling plans: Montgomery (2009), ch. 15, and the NIST/SEMATECH handbook, section 6.2.3.

The plan n = 89, c = 2 for lots of 10,000 is that of Montgomery, 15.2.1; the digits of its curve follow from
the binomial formula and have not been held against the printed table.
"""

import pytest

from casekit.service import acceptance_probability, rectifying_inspection, smallest_sampling_plan

#: Probability of acceptance for n = 89, c = 2 (Montgomery, table of the curve).
MONTGOMERY = {
    0.005: 0.9897,
    0.01: 0.9397,
    0.02: 0.7366,
    0.03: 0.4985,
    0.04: 0.3042,
    0.05: 0.1721,
    0.06: 0.0919,
    0.07: 0.0468,
    0.08: 0.0230,
    0.09: 0.0109,
}

#: Probability of acceptance and average items inspected for n = 52, c = 3, lots of 10,000 (NIST). The page
#: inspects from rounded probabilities, hence one item of tolerance.
NIST = {0.01: (0.998, 70), 0.02: (0.980, 253), 0.03: (0.930, 753), 0.05: (0.738, 2655), 0.10: (0.223, 7779)}


def test_montgomery_table_of_the_curve_89_2():
    found = acceptance_probability(list(MONTGOMERY), sample=89, accept=2)
    assert found.tolist() == pytest.approx(list(MONTGOMERY.values()), abs=5e-5)


def test_montgomery_rectifying_inspection_of_lots_of_10000():
    row = rectifying_inspection(0.01, sample=89, accept=2, lot=10_000).iloc[0]
    assert row["outgoing_defective"] == pytest.approx(0.0093, abs=5e-5)
    assert row["items_inspected"] == pytest.approx(687, abs=0.5)


def test_nist_handbook_plan_52_3():
    table = rectifying_inspection(list(NIST), sample=52, accept=3, lot=10_000)
    accepted, inspected = zip(*NIST.values(), strict=True)
    assert table["acceptance_probability"].tolist() == pytest.approx(accepted, abs=5e-4)
    assert table["items_inspected"].tolist() == pytest.approx(inspected, abs=1)


def test_hilliard_68_2_producer_and_consumer_points():
    """samplingplans.com, forum of 7 February 2006."""
    good, bad = acceptance_probability([0.01213, 0.089704], sample=68, accept=2)
    assert 1 - good == pytest.approx(0.05, abs=5e-5)
    assert bad == pytest.approx(0.05, abs=5e-5)


def test_kiermeier_2008_find_plan():
    """R package AcceptanceSampling: producer 5 % at .95, consumer 15 % at .075."""
    plan = smallest_sampling_plan(0.05, rejectable=0.15, producer_risk=0.05, consumer_risk=0.075)
    assert (plan.sample, plan.accept) == (80, 7)
