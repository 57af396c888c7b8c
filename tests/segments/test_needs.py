"""Need segments: two planted groups in each tier are found again."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from casekit.errors import InputError
from casekit.segments import k_means, need_gaps, segment_by_need, silhouette


@pytest.fixture
def rng():
    return np.random.default_rng(11)


@pytest.fixture
def planted(rng):
    centres = np.repeat([[0, 4], [4, 0], [0, 4], [4, 0]], [12, 8, 5, 15], axis=0)
    needs = pd.DataFrame(centres + rng.normal(0, 0.4, (40, 2)), columns=["speed", "advice"])
    needs.index = [f"c{place}" for place in range(40)]
    return needs, ["high"] * 20 + ["low"] * 20


def test_planted_segments_are_found(planted, rng):
    needs, tier = planted
    found = segment_by_need(needs, tier, clusters=2, rng=rng)
    assert found.profiles["customers"].to_dict() == {"high 1": 12, "high 2": 8, "low 1": 15, "low 2": 5}
    assert found.profiles.loc["high 1", "advice"] > 3
    assert (found.within < 0.1).all()
    assert found.customers.index.equals(needs.index)


def test_order_of_tiers_can_be_given(planted, rng):
    found = segment_by_need(*planted, clusters=1, rng=rng, order=["low", "high"])
    assert found.profiles["tier"].tolist() == ["low", "high"]
    assert found.within.tolist() == pytest.approx([1, 1])


def test_gaps_match_by_label():
    now = pd.DataFrame({"speed": [3.0, 5.0]}, index=["Wang", "Xu"])
    ideal = pd.DataFrame({"speed": [4.0, 5.0]}, index=["Xu", "Wang"])
    assert need_gaps(now, ideal)["speed"].to_dict() == {"Wang": 2, "Xu": -1}


def test_k_means_of_one_cluster_is_the_mean(rng):
    found = k_means(pd.DataFrame({"x": [1.0, 3.0]}), clusters=1, rng=rng)
    assert (found.centres.iloc[0, 0], found.within, found.within_share) == (2, 2, 1)


def test_k_means_of_identical_rows(rng):
    found = k_means(pd.DataFrame({"x": [2.0, 2.0]}), clusters=1, rng=rng)
    assert (found.within, found.within_share) == (0, 0)


def test_silhouette_agrees_with_scikit_learn(rng):
    data = pd.DataFrame(rng.normal(size=(60, 3)))
    labels = rng.integers(0, 3, 60)
    assert silhouette(data, labels) == pytest.approx(silhouette_score(data, labels))


DATA = pd.DataFrame({"x": [1.0, 2.0, 2.0]})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: k_means(DATA, clusters=0, rng=rng), "clusters must lie in its range"),
        (lambda rng: k_means(DATA, clusters=3, rng=rng), "at most the number of different rows"),
        (lambda rng: k_means(DATA, clusters=2, rng=7), "rng must be a numpy random Generator"),
        (lambda rng: k_means(DATA, clusters=2, rng=rng, starts=0), "starts must lie in its range"),
        (lambda rng: k_means(DATA, clusters=2, rng=rng, starts=10**6), "starts must lie in its range"),
        (lambda rng: k_means(DATA.assign(x=["a", 1, 2]), clusters=2, rng=rng), "must hold numbers"),
        (lambda rng: k_means(DATA[[]].copy(), clusters=1, rng=rng), "at least one"),
        (lambda rng: silhouette(DATA, [1, 1, 1]), "at least two groups"),
        (lambda rng: silhouette(DATA, [1, 2]), "labels must be as long as data"),
        (lambda rng: silhouette(7, [1, 2]), "data must be a DataFrame"),
        (lambda rng: need_gaps(DATA, {"y": 1}), "ideal must carry the labels"),
        (lambda rng: need_gaps(DATA, DATA.rename(columns={"x": "y"})), "ideal.columns must carry the labels"),
        (lambda rng: need_gaps(DATA.assign(x=None), {"x": 1}), "must hold numbers only"),
        (lambda rng: need_gaps(pd.concat([DATA, DATA]), {"x": 1}), "current.index must not repeat"),
        (lambda rng: segment_by_need(DATA, ["a"], rng=rng), "tier must be as long as needs"),
        (lambda rng: segment_by_need(DATA, ["a", None, "a"], clusters=1, rng=rng), "tier must hold"),
        (lambda rng: segment_by_need(DATA, ["a"] * 3, clusters=3, rng=rng), "ask for fewer clusters"),
        (
            lambda rng: segment_by_need(DATA, ["a"] * 3, rng=rng, clusters=1, order=["b"]),
            "tier must be a known",
        ),
        (
            lambda rng: segment_by_need(DATA.assign(y=1.0), ["a"] * 3, clusters=2, rng=rng),
            "each need must differ",
        ),
        (lambda rng: segment_by_need(DATA, ["a"] * 3, clusters=1, rng=None), "rng must be"),
    ],
)
def test_bad_input_is_named(call, message, rng):
    with pytest.raises(InputError, match=message):
        call(rng)
