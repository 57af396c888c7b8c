"""What gates are worth: a hundred deals by hand, and waiting against deciding."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import gate_value, staged_value, waiting_value

PHASES = pd.DataFrame(
    {"cost": [10.0, 40.0, 100.0], "pass_probability": [0.5, 0.5, 0.8]}, index=["a", "b", "c"]
)


def test_a_hundred_deals_by_hand():
    # 25 would win 1000 - 200; the gate stops 45 of 75 losers (saves 200 each) and 2.5 winners (800 each)
    found = gate_value(1000, win_probability=0.25, late_cost=200, stops_lost=0.6, stops_won=0.1, gate_cost=5)
    assert 100 * found["avoided_cost"] == pytest.approx(45 * 200)
    assert 100 * found["margin_forgone"] == pytest.approx(2.5 * 800)
    assert found["value"] == pytest.approx(90 - 20 - 5)
    assert found["with_gate"] - found["without_gate"] == pytest.approx(found["value"])
    assert found["stopped"] == pytest.approx(0.475)


def test_a_blind_gate_is_worth_what_stopping_at_random_is():
    found = gate_value(1000, win_probability=0.5, late_cost=200, stops_lost=0.3, stops_won=0.3)
    assert found["value"] == pytest.approx(-0.3 * found["without_gate"])


def test_phases_from_the_end():
    table = staged_value(PHASES, margin=500)
    assert table["value"].tolist() == [45.0, 110.0, 300.0]
    assert table["chance_of_win"].tolist() == pytest.approx([0.2, 0.4, 0.8])
    assert table["committed"].tolist() == pytest.approx([-50, 60, 300])
    assert table["gates_worth"].tolist() == pytest.approx([45, 50, 0])
    assert table["go"].all()


def test_a_hopeless_deal_is_not_begun():
    table = staged_value(
        {"a": {"cost": 10, "pass_probability": 0.5}, "b": {"cost": 60, "pass_probability": 0.5}}, margin=100
    )
    assert table["value"].tolist() == [0, 0]
    assert not table["go"].any()


@pytest.mark.parametrize(
    ("yes", "no", "late", "waiting", "best"),
    [(0.2, 0.2, 300, 20, "wait"), (0.02, 0.001, 10, 60, "push_on"), (0.05, 0.45, 300, 50, "stop")],
)
def test_unsure_is_not_always_a_reason_to_wait(yes, no, late, waiting, best):
    found = waiting_value(1000, becomes_yes=yes, becomes_no=no, late_cost=late, waiting_cost=waiting)
    assert found["best"] == best
    assert found["periods"] == pytest.approx(1 / (yes + no))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gate_value(-1, win_probability=0.1, late_cost=1, stops_lost=0.5), "margin must lie"),
        (lambda: gate_value(1, win_probability=24, late_cost=1, stops_lost=0.5), "for 24 % write 0.24"),
        (lambda: gate_value(1, win_probability=0.1, late_cost=-1, stops_lost=0.5), "late_cost must lie"),
        (lambda: gate_value(1, win_probability=0.1, late_cost=1, stops_lost=2), "stops_lost must lie"),
        (lambda: staged_value(PHASES.assign(cost=-1.0), margin=1), "cost"),
        (lambda: staged_value(PHASES.assign(pass_probability=3.0), margin=1), "pass_probability"),
        (lambda: staged_value(PHASES, margin=-1), "margin must lie in its range"),
        (
            lambda: waiting_value(1, becomes_yes=0.7, becomes_no=0.6, late_cost=1, waiting_cost=1),
            "together must be above 0 and at most 1",
        ),
        (
            lambda: waiting_value(1, becomes_yes=0, becomes_no=0, late_cost=1, waiting_cost=1),
            "together must be above 0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
