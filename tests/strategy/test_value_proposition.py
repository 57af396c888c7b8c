"""The value proposition and the rule of the value disciplines."""

import pandas as pd
import pytest

from casekit._text import language
from casekit.errors import InputError
from casekit.strategy import DISCIPLINES, discipline_check, discipline_verdict, value_proposition_scores

OFFERS = pd.DataFrame({"we": [6.0, 9.0], "rival": [8.0, 7.0]}, index=["price", "quality"])


def disciplines(ours, a=(7, 7, 7), b=(5, 5, 5)):
    return pd.DataFrame({"we": ours, "a": a, "b": b}, index=list(DISCIPLINES))


def test_components_are_weighed_by_importance():
    scores = value_proposition_scores(OFFERS, {"quality": 0.75, "price": 0.25})
    assert scores["we"].tolist() == pytest.approx([1.5, 6.75])
    assert scores["rival"].sum() == pytest.approx(7.25)


@pytest.mark.parametrize(
    ("ours", "verdicts", "words"),
    [
        ((6, 9, 5), ["on par", "leads", "on par"], "The rule holds: the firm leads in product leadership"),
        ((6, 9, 4), ["on par", "leads", "below par"], "falls below par in customer intimacy"),
        ((7, 7, 7), ["on par"] * 3, "leads in no discipline"),
        (
            (9, 9, 6),
            ["leads", "leads", "on par"],
            "leads in operational excellence, product leadership at once",
        ),
    ],
)
def test_best_at_one_and_on_par_at_the_others(ours, verdicts, words):
    table = discipline_check(disciplines(ours), "we")
    assert table["verdict"].tolist() == verdicts
    assert words in discipline_verdict(table)


def test_lead_and_par_are_distances_in_points():
    table = disciplines((8.0, 6.0, 6.0))
    assert discipline_check(table, "we", lead=1.0)["verdict"].tolist()[0] == "leads"
    assert discipline_check(table, "we", lead=1.5)["verdict"].tolist()[0] == "on par"
    assert discipline_check(disciplines((8, 5, 6)), "we", par=0.5)["verdict"].tolist()[1] == "below par"


def test_bad_input_is_named():
    with pytest.raises(InputError, match="weights must carry the labels of scores, got missing quality"):
        value_proposition_scores(OFFERS, {"price": 1.0})
    with pytest.raises(InputError, match="weights must add up to 1"):
        value_proposition_scores(OFFERS, {"price": 1.0, "quality": 1.0})
    with pytest.raises(InputError, match="own must be a known name, got 'us'"):
        discipline_check(disciplines((1, 1, 1)), "us")
    with pytest.raises(InputError, match="at least one rival, got 1"):
        discipline_check(disciplines((1, 1, 1))[["we"]], "we")
    with pytest.raises(InputError, match="lead must lie in its range, got 0"):
        discipline_check(disciplines((1, 1, 1)), "we", lead=0)
    with pytest.raises(InputError, match="columns verdict"):
        discipline_verdict(pd.DataFrame({"discipline": ["x"]}))


@pytest.mark.parametrize(
    ("ours", "verdicts", "sentence"),
    [
        ((9, 7, 7), ["领先", "持平", "持平"], "符合规则：企业以operational excellence取胜"),
        ((9, 9, 7), ["领先", "领先", "持平"], "企业同时以operational excellence、"),
    ],
)
def test_verdicts_in_chinese(ours, verdicts, sentence):
    with language("zh_CN"):
        table = discipline_check(disciplines(ours), "we")
        assert table["verdict"].tolist() == verdicts
        assert sentence in discipline_verdict(table)
