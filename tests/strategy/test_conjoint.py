"""Conjoint on four cards with two attributes, where every part-worth can be read off."""

import numpy as np
import pandas as pd
import pytest

from casekit.errors import CasekitWarning, InputError
from casekit.strategy import (
    attribute_importance,
    average_part_worths,
    conjoint_fit,
    effects_coding,
    importance_by_respondent,
    part_worths,
    pooled_importance,
)

CARDS = pd.DataFrame({"price": ["low", "low", "high", "high"], "leaf": ["bag", "loose", "bag", "loose"]})
CODED = pd.DataFrame({"price": [1, 1, 2, 2], "leaf": [1, 2, 1, 2]})
NAMES = {"price": ["low", "high"], "leaf": ["bag", "loose"]}
RATINGS = pd.DataFrame([[7, 9, 1, 3], [4, 8, 2, 6]], index=["Li", "Wang"])


def test_part_worths_by_hand():
    table = part_worths(CARDS, RATINGS)
    assert table.loc["Li"].tolist() == pytest.approx([5, 3, -3, -1, 1])
    assert table.loc["Wang"].tolist() == pytest.approx([5, 1, -1, -2, 2])
    assert list(table.columns)[:2] == [("intercept", ""), ("price", "low")]


@pytest.mark.parametrize(
    "ratings",
    [
        RATINGS.to_numpy(),
        RATINGS.to_numpy().tolist(),
        [7, 9, 1, 3, 4, 8, 2, 6],
        pd.DataFrame({"Y": [7, 9, 1, 3, 4, 8, 2, 6]}),
        RATINGS.set_axis(["profil1", "profil2", "profil3", "profil4"], axis=1),
        RATINGS[[3, 1, 0, 2]],
    ],
)
def test_answers_come_in_many_forms(ratings):
    assert part_worths(CARDS, ratings).to_numpy() == pytest.approx(part_worths(CARDS, RATINGS).to_numpy())


def test_codes_get_names():
    pd.testing.assert_frame_equal(part_worths(CODED, RATINGS, levels=NAMES), part_worths(CARDS, RATINGS))
    assert list(effects_coding(CODED).columns) == [("intercept", ""), ("price", 1), ("leaf", 1)]
    assert list(effects_coding(CARDS, levels={"price": ["high", "low"]}).columns)[1] == ("price", "high")


def test_codes_keep_their_name_when_a_level_was_not_shown():
    shown = CODED.assign(price=[1, 1, 3, 3])
    names = {"price": ["low", "mid", "high"]}
    assert list(part_worths(shown, [1, 2, 3, 4], levels=names).columns)[1:3] == [
        ("price", "low"),
        ("price", "high"),
    ]
    tens = CODED.assign(price=[10, 10, 20, 20])
    assert list(part_worths(tens, [1, 2, 3, 4], levels=NAMES).columns)[1:3] == [
        ("price", "low"),
        ("price", "high"),
    ]


def test_categories_keep_their_order():
    ordered = CARDS.assign(price=pd.Categorical(CARDS["price"], ["high", "mid", "low"]))
    assert list(part_worths(ordered, [1, 2, 3, 4]).columns)[1:3] == [("price", "high"), ("price", "low")]


def test_a_ranking_is_turned_round():
    ranks = [2, 1, 4, 3]
    assert part_worths(CARDS, ranks, data="ranking").iloc[0].tolist() == pytest.approx(
        [2.5, 1, -1, -0.5, 0.5]
    )
    tied = part_worths(CARDS, [1.5, 1.5, 3.5, 3.5], data="ranking")
    assert tied[("price", "low")].iloc[0] == pytest.approx(1)


def test_a_profile_left_out_is_left_out_of_that_fit():
    ratings = RATINGS.astype(float)
    ratings.loc["Li", 3] = np.nan
    table = part_worths(CARDS, ratings)
    assert table.loc["Li"].tolist() == pytest.approx([5, 3, -3, -1, 1])
    assert table.loc["Wang"].tolist() == pytest.approx([5, 1, -1, -2, 2])


def test_fit_by_hand():
    # 7 9 1 5: part-worths 2.5 and 1.5 about 5.5 leave residuals of half a point; total squares 35
    fit = conjoint_fit(CARDS, [7, 9, 1, 5]).iloc[0]
    assert fit["r_squared"] == pytest.approx(1 - 1 / 35)
    assert fit["residual_error"] == pytest.approx(1)
    assert fit["degrees_of_freedom"] == 1


def test_a_saturated_design_proves_nothing():
    fit = conjoint_fit(CARDS.iloc[:3], [7, 9, 1]).iloc[0]
    assert fit["r_squared"] == pytest.approx(1)
    assert np.isnan(fit["adjusted_r_squared"])
    assert np.isnan(fit["residual_error"])


def test_averages_and_their_interval():
    table = average_part_worths(part_worths(CARDS, RATINGS))
    row = table.loc[("price", "low")]
    assert row[["part_worth", "std_error"]].tolist() == pytest.approx([2, 1])
    assert row["high"] == pytest.approx(2 + 12.706, abs=0.001)  # t with one degree of freedom
    assert average_part_worths(part_worths(CARDS, [7, 9, 1, 3]))["std_error"].isna().all()


def test_importance_by_hand_and_the_trap():
    worths = part_worths(CARDS, RATINGS)
    assert importance_by_respondent(worths)["price"].tolist() == pytest.approx([0.75, 1 / 3])
    assert attribute_importance(worths)["price"] == pytest.approx((0.75 + 1 / 3) / 2)
    assert pooled_importance(worths)["price"] == pytest.approx(4 / 7)


def test_opposite_tastes_cancel_in_the_pooled_figure():
    ratings = [[9, 1, 8, 2], [1, 9, 2, 8]]
    with pytest.raises(InputError, match="opposite tastes cancel"):
        pooled_importance(part_worths(CARDS.assign(price=["a", "a", "b", "b"]), [[9, 1, 9, 1], [1, 9, 1, 9]]))
    assert attribute_importance(part_worths(CARDS, ratings))["leaf"] == pytest.approx(1)


def test_a_flat_respondent_is_named_and_left_out():
    flat = pd.DataFrame([[7, 9, 1, 3], [5.1, 5.1, 5.1, 5.1]], index=["Li", "Flat"])
    with pytest.warns(CasekitWarning, match="row Flat"):
        worths = part_worths(CARDS, flat)
    assert importance_by_respondent(worths).loc["Flat"].isna().all()
    assert conjoint_fit(CARDS, flat).loc["Flat", ["r_squared"]].isna().all()
    with pytest.warns(CasekitWarning, match="were left out"):
        assert attribute_importance(worths)["price"] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: part_worths(CARDS, [1, 2, 3]), r"one column a profile, got 3 columns for 4 profiles"),
        (lambda: part_worths(CARDS, pd.DataFrame(np.ones((4, 2)))), r"ratings.T: respondents stand in rows"),
        (lambda: part_worths(CARDS, ["a", 2, 3, 4]), r"ratings must hold numbers"),
        (lambda: part_worths(CARDS, RATINGS.replace(7, "seven")), r"must hold numbers, got 'seven'"),
        (lambda: part_worths(CARDS, RATINGS.set_axis(["Li", "Li"])), r"ratings.index must not repeat"),
        (lambda: part_worths(CARDS, [1, 2, 3, 3], data="ranking"), r"ranks must run from 1"),
        (lambda: part_worths(CARDS, [0, 2, 3, 5], data="ranking"), r"ranks must run from 1"),
        (lambda: part_worths(CARDS, [1, 2, 3, None], data="ranking"), r"ranks must run from 1"),
        (lambda: part_worths(CARDS, [1, 2, 3, 4], data="choice"), r"data must be a known name"),
        (lambda: part_worths(CARDS.iloc[:2], [1, 2]), r"two or more levels among the profiles, got price"),
        (
            lambda: part_worths(CARDS.assign(twin=CARDS["leaf"]), [1, 2, 3, 4]),
            r"4 independent profiles are needed, got 3",
        ),
        (
            lambda: part_worths(CARDS, [1, 2, None, None]),
            r"3 independent profiles are needed, got 2[\s\S]*row 0",
        ),
        (
            lambda: part_worths(CARDS.assign(price=None), [1, 2, 3, 4]),
            r"profiles must hold numbers only|missing",
        ),
        (lambda: part_worths(CODED, [1, 2, 3, 4], levels={"price": ["low"]}), r"name every level of price"),
        (lambda: effects_coding(CODED, levels={"brand": [1]}), r"unknown brand"),
        (lambda: conjoint_fit(CARDS, [1, 2]), r"one column a profile"),
        (
            lambda: importance_by_respondent(pd.DataFrame({"price": [1]})),
            r"pairs of attribute and level, got 'price'",
        ),
        (lambda: attribute_importance({"a": {"x": 0, "y": 0}}), r"distinguished between the profiles"),
        (lambda: attribute_importance({"a": {"x": None, "y": 0}}), r"must hold numbers"),
        (lambda: average_part_worths({"a": {"x": 1, "y": -1}}, level=2), r"level must lie in its range"),
    ],
)
def test_bad_conjoint_data_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
