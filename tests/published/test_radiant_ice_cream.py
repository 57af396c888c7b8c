"""Lamey, L. et al., *R tutorial* (bookdown), 8.3: ice creams of XLSTAT, fitted with the package radiant."""

import pytest

from casekit.strategy import importance_by_respondent, profile_utilities

#: First respondent, measured from the first level of each attribute.
FIRST = {
    "intercept": {"": 3.8},
    "Flavor": {"Chocolate": 0, "Mango": 5, "Raspberry": -1.5, "Strawberry": 5, "Vanilla": 3.5},
    "Packaging": {"Cone": 0, "Homemade waffle": 0, "Pint": -2},
    "Light": {"Low fat": 0, "No low fat": -1},
    "Organic": {"Not organic": 0, "Organic": 1.4},
}


def test_importance_weights_of_the_first_respondent():
    """The weights do not depend on the level from which part-worths are measured."""
    weights = importance_by_respondent(FIRST).iloc[0]
    assert weights.tolist() == pytest.approx([0.596, 0.183, 0.092, 0.128], abs=5e-4)


def test_fitted_marks_of_the_first_profiles():
    """Profiles 1 to 4 were marked 1, 4, 2 and 7; the fit is within half a point."""
    profiles = [
        ("Raspberry", "Homemade waffle", "No low fat", "Not organic"),
        ("Chocolate", "Cone", "No low fat", "Organic"),
        ("Raspberry", "Pint", "Low fat", "Organic"),
        ("Strawberry", "Pint", "No low fat", "Organic"),
    ]
    names = ["Flavor", "Packaging", "Light", "Organic"]
    products = [dict(zip(names, levels, strict=True)) for levels in profiles]
    fitted = profile_utilities(FIRST, products).iloc[0]
    assert fitted.tolist() == pytest.approx([1, 4, 2, 7], abs=0.5)
