"""check(): missing, type, scale, sign, value, slips; one sentence, the right number never printed."""

import numpy as np
import pandas as pd
import pytest

from casekit.datasets import load_cdnow
from casekit.exercises import check
from casekit.value import top_share


@pytest.fixture(scope="module")
def right():
    return top_share(load_cdnow(sample=True).groupby("customer_id")["amount"].sum(), 0.2)


@pytest.mark.parametrize(
    "form",
    [
        float,
        np.float64,
        lambda x: pd.Series([x]),
        lambda x: f"{x:.5f}",
        lambda x: f"{x:.3%}",
        lambda x: [x][0],
    ],
)
def test_right_in_every_form(right, form):
    verdict = check("0.1", form(right))
    assert verdict.passed, verdict


def wrong(right):
    purchases = load_cdnow(sample=True)["amount"]
    return {
        "No answer yet": None,
        "must be one number, but this is a list": [1, 2],
        "must be one number, but this is a bool": True,
        "not a percentage": right * 100,
        "between 0 and 1": 1234,
        "wrong sign|between 0 and 1": -right,
        "largest purchases": top_share(purchases, 0.2),
        "other customers bring": 1 - right,
        "other way round": 0.3300,
        "do not round": right + 0.004,
        "Not yet": 0.11,
    }


def test_each_slip_has_its_sentence(right):
    for sentence, value in wrong(right).items():
        verdict = check("0.1", value)
        assert not verdict.passed
        assert any(part in verdict.sentence for part in sentence.split("|")), (sentence, verdict)
        assert f"{right:.3f}"[:5] not in verdict.sentence
        assert "\n" not in verdict.sentence


def test_unknown_question():
    assert "did you mean '0.1'" in check("0.11", 1).sentence
