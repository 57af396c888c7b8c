"""Van Westendorp and Gabor–Granger on answers that one can count."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.strategy import METER_QUESTIONS, gabor_granger, price_meter, price_meter_curves

ANSWERS = pd.DataFrame([[2, 4, 6, 8], [4, 6, 8, 10], [3, 5, 7, 9]], columns=list(METER_QUESTIONS))
YES = pd.DataFrame({10: [1, 1, 1, 0], 20: [1, 1, 0, 0], 30: [1, 0, 0, 0]})


def test_curves_by_hand():
    curves = price_meter_curves(ANSWERS)
    assert curves.loc[4, "too_cheap"] == pytest.approx(1 / 3)
    assert curves.loc[6, ["cheap", "expensive", "not_cheap"]].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3])
    assert curves.loc[10, "too_expensive"] == 1


def test_points_by_hand():
    found = price_meter(ANSWERS)
    # too cheap falls 1 2/3 1/3 0 at 2 3 4 5; not cheap rises 0 0 0 1/3 2/3 at 2 3 4 5 6: they meet at 4.5
    assert found.marginal_cheapness == pytest.approx(4.5)
    assert found.indifference == pytest.approx(6)
    assert found.optimal == pytest.approx(6)  # both curves are 0 from 5 to 7: the middle
    assert found.marginal_expensiveness == pytest.approx(7.5)


def test_the_narrow_range_lies_within():
    rng = np.random.default_rng(3)
    answers = pd.DataFrame(
        np.sort(rng.normal([8, 12, 14, 17], 2, (200, 4)).clip(min=0), axis=1), columns=list(METER_QUESTIONS)
    )
    wide, narrow = price_meter(answers), price_meter(answers, acceptable="narrow")
    assert wide.marginal_cheapness < narrow.marginal_cheapness < narrow.marginal_expensiveness
    assert narrow.marginal_expensiveness < wide.marginal_expensiveness
    assert wide.optimal == narrow.optimal


def test_inconsistent_answers_are_left_out_and_counted():
    odd = pd.concat([ANSWERS, ANSWERS.iloc[[0]].assign(cheap=9)], ignore_index=True)
    found = price_meter(odd)
    assert (found.respondents, found.left_out) == (3, 1)
    assert price_meter(odd, consistent=False).respondents == 4


def test_demand_revenue_and_profit_by_hand():
    table = gabor_granger(YES, unit_cost=12)
    assert table["demand"].tolist() == [0.75, 0.5, 0.25]
    assert table["revenue"].tolist() == [7.5, 10, 7.5]
    assert table["profit"].tolist() == pytest.approx([-1.5, 4, 4.5])
    assert table.index[table["best_revenue"]].tolist() == [20]
    assert table.index[table["best_profit"]].tolist() == [30]
    # (-0.25 / 0.625) / (10 / 15)
    assert table["elasticity"].iloc[1:].tolist() == pytest.approx([-0.6, (-0.25 / 0.375) / 0.4])


def test_columns_and_highest_prices_say_the_same():
    highest = gabor_granger([30, 20, 10, 0], prices=[30, 10, 20])
    pd.testing.assert_frame_equal(highest, gabor_granger(YES.astype(bool)[[30, 10, 20]]))


def test_who_buys_dear_buys_cheap():
    assert gabor_granger(pd.DataFrame({10: [0], 20: [1]}))["demand"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: price_meter(ANSWERS.drop(columns="cheap")), r"must have the columns cheap"),
        (lambda: price_meter(ANSWERS.assign(too_cheap=-1)), r"too_cheap must lie in its range"),
        (lambda: price_meter(ANSWERS.assign(cheap=20)), r"four prices that rise, got none"),
        (lambda: price_meter(ANSWERS, acceptable="wide"), r"acceptable must be a known name"),
        (lambda: price_meter_curves(ANSWERS.assign(cheap=None)), r"cheap must hold numbers"),
        (lambda: gabor_granger([10, 20]), r"prices must be given"),
        (lambda: gabor_granger([10, 20], prices=[0, 10]), r"prices must lie in its range, got 0"),
        (lambda: gabor_granger([10, 20], prices=[10, 10]), r"prices must not repeat"),
        (lambda: gabor_granger(YES, unit_cost=-1), r"unit_cost must lie in its range"),
        (lambda: gabor_granger(YES * 2), r"10 must lie in its range, got 2"),
        (lambda: gabor_granger(YES.set_axis(["a", "b", "c"], axis=1)), r"prices must hold numbers"),
        (lambda: gabor_granger(YES.set_axis([10, 20, 20], axis=1)), r"must not repeat, got 20"),
    ],
)
def test_bad_price_answers_are_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
