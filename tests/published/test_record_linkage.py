"""Match weights and string comparators as printed by the manuals of record linkage software."""

import pytest

from casekit.information import jaro_similarity, jaro_winkler_similarity, match_probability, match_weight


def test_esri_weight_of_a_street_name():
    # "log2(0.9/0.01) = 6.49"
    assert match_weight(0.9, 0.01) == pytest.approx(6.49, abs=5e-3)


def test_splink_theory_guide_probabilities():
    for weight, probability, tolerance in [
        (0, 0.5, 0.05),
        (2, 0.8, 0.05),
        (7, 0.99, 0.005),
        (9.48, 0.999, 5e-4),
    ]:
        assert match_probability(weight) == pytest.approx(probability, abs=tolerance)


@pytest.mark.parametrize(
    ("first", "second", "jaro", "winkler"),
    [
        ("MARTHA", "MARHTA", 0.944, 0.961),
        ("DIXON", "DICKSONX", 0.767, 0.813),
        ("DWAYNE", "DUANE", 0.822, 0.840),
    ],
)
def test_winkler_1990_comparators(first, second, jaro, winkler):
    assert jaro_similarity(first, second) == pytest.approx(jaro, abs=5e-4)
    assert jaro_winkler_similarity(first, second) == pytest.approx(winkler, abs=5e-4)
