"""The buying centre: three people by hand, roles that nobody fills."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import buying_centre_coverage

PEOPLE = pd.DataFrame(
    {
        "person": ["Li", "Ma", "Wu", "Xu"],
        "role": ["user", "user", "decider", "buyer"],
        "influence": [0.75, 0.25, 1.0, 0.4],
        "attitude": [1.0, -1.0, -0.5, 0.5],
        "met": [True, True, True, False],
    }
)


def test_support_by_hand():
    centre = buying_centre_coverage(PEOPLE)
    assert centre.roles.loc["user", "support"] == pytest.approx(0.5)
    assert centre.support == pytest.approx((0.5 - 0.5 + 0.5) / 3)
    assert centre.coverage == pytest.approx(2 / 6)
    assert centre.roles["status"].to_dict() == {
        "user": "covered",
        "influencer": "unknown",
        "decider": "against",
        "approver": "unknown",
        "buyer": "not met",
        "gatekeeper": "unknown",
    }
    assert centre.opponents == ("Wu", "Ma")


def test_the_heaviest_gap_comes_first():
    weights = {
        "user": 0.1,
        "influencer": 0.1,
        "decider": 0.3,
        "approver": 0.3,
        "buyer": 0.1,
        "gatekeeper": 0.1,
    }
    assert buying_centre_coverage(PEOPLE, weights=weights).gaps[0] == "approver"


def test_people_without_influence_count_alike():
    centre = buying_centre_coverage(PEOPLE.assign(influence=0.0))
    assert centre.roles.loc["user", "support"] == 0.0


def test_without_a_column_everybody_has_been_met():
    assert buying_centre_coverage(PEOPLE.drop(columns="met")).coverage == pytest.approx(0.5)


def test_roles_without_weight_do_not_speak():
    centre = buying_centre_coverage(PEOPLE.iloc[:2], weights=[1.0, 0.0], roles=["approver", "user"])
    assert centre.support == 0.0
    assert np.isnan(centre.roles.loc["approver", "support"])


@pytest.mark.parametrize(
    ("changes", "options", "message"),
    [
        ({"role": "boss"}, {}, "role must be a known name"),
        ({"role": "user", "person": "Li"}, {}, r"person \+ role must not repeat"),
        ({"influence": 5.0}, {}, "influence"),
        ({"attitude": -2.0}, {}, "attitude"),
        ({"met": "often"}, {}, "must hold"),
        ({}, {"weights": [1.0]}, "weights must be as long as criteria"),
        ({}, {"weights": {"user": 1.0}}, "weights must carry the labels of criteria"),
    ],
)
def test_bad_input_is_named(changes, options, message):
    with pytest.raises(InputError, match=message):
        buying_centre_coverage(PEOPLE.assign(**changes), **options)
