"""Push and pull with shares that one can follow by hand."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import (
    PULL_STAGES,
    PUSH_STAGES,
    compare_development,
    development_matrix,
    development_outlook,
)

LOOP = pd.DataFrame(
    {
        "stage": ["build", "test"],
        "advance": [1.0, 0.5],
        "stop": [0.0, 0.25],
        "back_to": [None, "build"],
        "duration": [6, 2],
        "cost": [30, 15],
    }
)


def straight(names, advance):
    return pd.DataFrame(
        {"stage": list(names), "advance": advance, "stop": 1 - advance, "cost": 1, "duration": 1}
    )


def test_a_loop_by_hand():
    # each round reaches test; a quarter goes round again: 4/3 rounds
    outlook = development_outlook(LOOP)
    assert outlook.visits.to_dict() == pytest.approx({"build": 4 / 3, "test": 4 / 3})
    assert outlook.success_rate == pytest.approx(2 / 3)
    assert outlook.duration == pytest.approx(8 * 4 / 3)
    assert outlook.cost == pytest.approx(60)
    assert outlook.cost_per_success == pytest.approx(90)


def test_a_straight_line_multiplies():
    outlook = development_outlook(straight(PUSH_STAGES, 0.8))
    assert outlook.success_rate == pytest.approx(0.8 ** len(PUSH_STAGES))
    assert outlook.cost == pytest.approx(sum(0.8**step for step in range(len(PUSH_STAGES))))


def test_stages_may_stand_in_the_index():
    pd.testing.assert_frame_equal(
        development_matrix(LOOP.set_index("stage")), development_matrix(LOOP), check_names=False
    )


def test_a_project_that_never_succeeds_costs_without_end():
    never = straight(["idea"], 0.0)
    assert development_outlook(never).cost_per_success == float("inf")


def test_comparison_lists_both():
    table = compare_development(
        {"push": straight(PUSH_STAGES, 0.8), "pull": straight(PULL_STAGES, 0.9)}, value=10
    )
    assert table.index.tolist() == ["push", "pull"]
    assert table.loc["pull", "success_rate"] == pytest.approx(0.9**7)
    assert (table["expected_value"] == 10 * table["success_rate"] - table["cost"]).all()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (LOOP.drop(columns="stop"), r"must have the columns stop"),
        (LOOP.assign(advance=1.2), r"advance must lie in its range"),
        (LOOP.assign(stop=-0.1), r"stop must lie in its range"),
        (LOOP.assign(stop=0.75), r"must not exceed 1 together, got 1.75, 1.25[\s\S]*build, test"),
        (LOOP.assign(back_to="market"), r"back_to must be a known name, got 'market'"),
        (LOOP.assign(stage="build"), r"stage must not repeat"),
        (LOOP.assign(stage=["build", "done"]), r"must not be called done or stopped"),
        (LOOP.assign(cost=-1), r"cost must lie in its range"),
        (LOOP.assign(advance=[1.0, 0.0], stop=0.0), r"every project must end some day"),
    ],
)
def test_bad_stages_are_named(bad, message):
    with pytest.raises(InputError, match=message):
        development_outlook(bad)


def test_bad_comparisons_are_named():
    with pytest.raises(InputError, match="a dict of stages by name"):
        compare_development([LOOP])
    with pytest.raises(InputError, match="value must lie in its range"):
        compare_development({"a": LOOP}, value=-1)
