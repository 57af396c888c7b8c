"""The public sample of Moro, Cortez and Rita (2014): facts of the file, figures recorded for a logit.

The paper's own AUC of .80 is of a neural network on 52,944 contacts with 22 features: another file and model.
"""

import numpy as np
import pytest

from casekit.datasets import load_bank_marketing
from casekit.selling import alift, auc, gains_at, lift_at, out_of_fold_scores


@pytest.fixture(scope="module")
def contacts():
    return load_bank_marketing()


def scores(contacts, *left_out):
    known = contacts.drop(columns=["contact_id", "bought", *left_out])
    return out_of_fold_scores(known, contacts["bought"], rng=np.random.default_rng(7), folds=10)


def test_share_of_buyers(contacts):
    assert contacts["bought"].mean() == pytest.approx(0.1152, abs=5e-5)


def test_buyers_of_an_earlier_campaign_buy_again(contacts):
    again = contacts.loc[contacts["poutcome"] == "success", "bought"].mean()
    assert again == pytest.approx(0.643, abs=5e-4)


@pytest.mark.full
def test_logistic_regression_without_the_leak(contacts):
    score = scores(contacts, "duration")
    assert auc(contacts["bought"], score) == pytest.approx(0.720, abs=0.005)
    assert 3.3 < lift_at(contacts["bought"], score, 0.1) < 3.7
    assert gains_at(contacts["bought"], score, 0.5) == pytest.approx(0.74, abs=0.015)
    assert alift(contacts["bought"], score) == pytest.approx(0.70, abs=0.01)


@pytest.mark.full
def test_logistic_regression_with_the_leak(contacts):
    assert auc(contacts["bought"], scores(contacts)) == pytest.approx(0.889, abs=0.005)
