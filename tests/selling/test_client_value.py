"""The Client Value Method: gates by hand, from first visit to the end."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import client_value_phases, gate_decision, gate_questions, pass_gates


def test_every_question_closes_a_known_phase():
    phases, questions = client_value_phases(), gate_questions()
    assert set(questions["phase"]) == set(phases.index)
    assert phases["number"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("answers", "decision"),
    [
        (["yes", "yes"], "advance"),
        (["yes", None], "slow"),
        (["unsure", "no"], "stop"),
        (["是", "不确定"], "slow"),
        (["是", "否"], "stop"),
        ([True, "YES "], "advance"),
        ([True, False], "stop"),
        ({"q": "yes"}, "advance"),
        ("no", "stop"),
    ],
)
def test_decisions_by_hand(answers, decision):
    assert gate_decision(answers) == decision


def test_a_deal_walks_through_all_phases():
    yes = {"A": dict.fromkeys(gate_questions().index, "yes")}
    phase, path, status = "understand", [], []
    while phase != "done":
        row = pass_gates({"A": phase}, answers=yes).iloc[0]
        phase = row["next_phase"]
        path.append(phase)
        status.append(row["status"])
    assert path == ["explore", "expand", "execute", "confirm", "done"]
    assert status == ["verified", "qualified", "won", "completed", "completed"]


def test_unsure_stays_and_no_stops():
    deals = pd.DataFrame({"phase": ["expand", "expand", "expand"]}, index=["A", "B", "C"])
    answers = pd.DataFrame(
        {
            "solution_works": "yes",
            "we_would_buy": ["yes", "unsure", "unsure"],
            "low_risk": ["yes", "yes", "no"],
        },
        index=["A", "B", "C"],
    )
    table = pass_gates(deals, answers=answers)
    assert table["next_phase"].tolist() == ["execute", "expand", "stopped"]
    assert table["status"].tolist() == ["won", "qualified", "qualified"]
    assert table.loc["C", ["unsure", "refused"]].tolist() == ["we_would_buy", "low_risk"]


def test_a_question_not_asked_is_unsure():
    table = pass_gates({"A": "expand"}, answers={"A": {"solution_works": "yes"}})
    assert table["unsure"].item() == "we_would_buy, low_risk"


def test_own_gates():
    table = pass_gates({"A": "one"}, answers={"A": {"q": "yes"}}, gates={"one": ("q",), "two": ("p",)})
    assert table.iloc[0].to_dict()["next_phase"] == "two"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gate_decision([]), "answers must hold at least one answer"),
        (lambda: gate_decision(["perhaps"]), "answers must be a known name"),
        (lambda: pass_gates({"A": "explain"}, answers={"A": {"q": "yes"}}), "phase must be a known name"),
        (lambda: pass_gates({}, answers={"A": {"q": "yes"}}), "deals must hold at least one deal"),
        (lambda: pass_gates({"A": "expand"}, answers={"B": {"low_risk": "yes"}}), "missing A"),
        (
            lambda: pass_gates({"A": "expand"}, answers={"A": {"low_risk": "so-so"}}),
            "known name, got 'so-so'",
        ),
        (
            lambda: pass_gates(pd.Series(["expand"] * 2, ["A", "A"]), answers={"A": {"q": 1}}),
            "must not repeat",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
