"""One judgement: missing, type, scale, sign, value; by the reference and by digests alike."""

import datetime
import json
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from support.small_exercise import write_small_exercise

from casekit.exercises import check, open_exercise
from casekit.exercises.authoring.description import as_text, describe_copy
from casekit.exercises.authoring.source import read_exercise
from casekit.exercises.checking import digests
from casekit.exercises.checking.answers import call_function, encode
from casekit.exercises.checking.judge import judge
from casekit.exercises.checking.known import Digested, Reference, digests_of
from casekit.exercises.checking.numbers_in_text import read_number
from casekit.exercises.checking.question import Question, Trap
from casekit.exercises.checking.student_tables import write_table


def known(question, right, traps=None):
    """Both ways to know a right answer."""
    traps = traps or {}
    stored = json.loads(json.dumps(digests_of(question, right, traps, salt="s")))
    return Reference(question, right, traps), Digested(question, stored)


def judged(question, value, right, traps=None):
    """The judgement by both ways, which must be the same."""
    one, two = (judge(question, encode(value), way) for way in known(question, right, traps))
    assert (one.status, one.credit) == (two.status, two.credit)
    assert one.sentence == two.sentence or question.kind == "series"
    return one


MONEY = Question(
    id="1.1", answer="x", kind="money", unit="¥ a head", decimals=1, low=0, high=5000,
    traps=(Trap("half", "", "That is half.", credit=0.5),),
)  # fmt: skip
SHARE = Question(id="1.2", answer="x", kind="share", unit="share of guests", decimals=3)
COUNT = Question(id="1.3", answer="x", kind="count", unit="guests")


@pytest.mark.parametrize(
    ("value", "status", "says"),
    [
        (None, "missing", "No answer yet"),
        (..., "missing", "No answer yet"),
        ("  ", "missing", "No answer yet"),
        ("about 1,234", "wrong type", "a text without one"),
        (True, "wrong type", "bool, true or false"),
        ([1, 2, 3], "wrong type", "list of 3 values"),
        (pd.Series([1, 2]), "wrong type", "table of 2 values"),
        (pd.DataFrame({"a": [1, 2], "b": [3, 4]}), "wrong type", "a DataFrame"),
        (lambda x: x, "wrong type", "a function"),
        (1 + 2j, "wrong type", "a complex"),
        (datetime.date(2024, 1, 1), "wrong type", "a date"),
        (float("nan"), "wrong type", "missing (NaN)"),
        (pd.NaT, "wrong type", "missing (NaN)"),
        (pd.NA, "wrong type", "missing (NaN)"),
        (float("inf"), "wrong type", "infinite"),
        (10**400, "wrong type", "infinite"),
        ("12 %", "wrong type", "no percentage"),
        (123400.0, "wrong", "a hundred times too large"),
        (12.34, "wrong", "a hundred times too small"),
        (1.234, "wrong", "not thousands"),
        ("0.1234万", "right", "Right"),
        ("1234万", "wrong", "not thousands"),
        (-1234, "wrong", "wrong sign"),
        (617, "trap", "That is half."),
        (9000, "wrong", "the range 0 to 5,000"),
        (1233.5, "wrong", "Close"),
        (700, "wrong", "The unit asked for: ¥ a head."),
        (1234.05, "right", "Right: ¥ a head."),
        (1234.06, "wrong", "Close"),
        ("¥1,234", "right", ""),
        ("１２３４元", "right", ""),
        (" 1 234 ", "right", ""),
        (Decimal("1234"), "right", ""),
        (Fraction(2468, 2), "right", ""),
        (np.float32(1234), "right", ""),
        (np.array([[1234]]), "right", ""),
        (pd.Series([1234], index=["a"]), "right", ""),
        (pd.DataFrame({"a": [1234]}), "right", ""),
        ([1234], "right", ""),
    ],
)
def test_numbers(value, status, says):
    found = judged(MONEY, value, 1234.0, {"half": 617.0})
    assert found.status == status
    assert says in found.sentence
    assert "\n" not in found.sentence


@pytest.mark.parametrize(
    ("value", "status", "says"),
    [("45%", "right", ""), ("45 ％", "right", ""), (45, "wrong", "not a percentage"),
     (1.7, "wrong", "between 0 and 1"), (0.0045, "wrong", "too small")],
)  # fmt: skip
def test_shares(value, status, says):
    found = judged(SHARE, value, 0.45)
    assert (found.status, says in found.sentence) == (status, True)


def test_counts():
    assert judged(COUNT, 30.0, 30).status == "right"
    assert "whole number" in judged(COUNT, 29.5, 30).sentence
    assert judged(COUNT, 31, 30).status == "wrong"
    assert judged(COUNT, np.int64(30), 30).status == "right"


def test_choices():
    question = Question(id="1.4", answer="x", kind="choice", labels=("pays", "loses", "cannot say"))
    assert judged(question, " Pays ", "pays").status == "right"
    assert judged(question, "cannot_say", "cannot say").status == "right"
    assert judged(question, "loses", "pays").status == "wrong"
    assert "one of pays / loses / cannot say" in judged(question, "yes", "pays").sentence
    assert judged(question, ["pays", "loses"], "pays").status == "wrong type"


def test_a_label_with_a_comma_is_one_label():
    labels = ("both, in turn", "neither")
    said = judged(Question(id="1", answer="x", kind="choice", labels=labels), "yes", "neither").sentence
    assert said == "The answer must be one of both, in turn / neither."


@pytest.mark.parametrize(
    ("factor", "how"), [(100, "large"), (0.01, "small"), (1000, "thousands"), (0.0001, "thousands")]
)
def test_what_is_asked_for_is_not_called_a_unit(factor, how):
    question = Question(id="1", answer="x", kind="series", unit="a Series by tier: visits", decimals=4)
    right = {"gold": 25.0, "none": 50.0}
    said = judged(question, pd.Series(right) * factor, right).sentence
    assert how in said and said.endswith("; asked for: a Series by tier: visits.") and "unit" not in said
    assert judge(question, encode(right), None).sentence.startswith(
        "Understood. Asked for: a Series by tier: visits. Whether"
    )


def test_lists_of_labels():
    question = Question(id="1.5", answer="x", kind="labels", labels=("a", "b", "c"))
    assert judged(question, {"b", "a"}, ["a", "b"]).status == "right"
    assert judged(question, pd.Series(["B", "a"]), ["a", "b"]).status == "right"
    assert judged(question, ["a"], ["a", "b"]).status == "wrong"
    assert "'d' is none of the labels" in judged(question, ["a", "d"], ["a", "b"]).sentence
    assert "twice" in judged(question, ["a", "a"], ["a", "b"]).sentence
    assert judged(question, 1.5j, ["a"]).status == "wrong type"
    ordered = Question(id="1.6", answer="x", kind="labels", ordered=True)
    assert judged(ordered, ["b", "a"], ["a", "b"]).status == "wrong"


SERIES = Question(id="1.7", answer="x", kind="series", unit="shares", decimals=3, sums_to=1, low=0, high=1)
RIGHT = pd.Series({"a": 0.2, "b": 0.3, "c": 0.5})


@pytest.mark.parametrize(
    ("value", "status", "says"),
    [
        (RIGHT, "right", ""),
        (RIGHT[::-1] + 0.0004, "right", ""),
        (RIGHT.to_dict(), "right", ""),
        (RIGHT.to_frame(), "right", ""),
        (RIGHT * 100, "wrong", "wrong scale"),
        (-RIGHT, "wrong", "wrong sign"),
        (pd.Series({"a": 0.3, "b": 0.2, "c": 0.5}), "wrong", "of 3 values are wrong"),
        (RIGHT + 0.1, "wrong", "must add up to 1"),
        (RIGHT.rename({"a": "z"}), "wrong", "every label that is asked for"),
        (RIGHT.rename({"a": "A-Z"}), "wrong", "every label that is asked for"),  # sorts where "a" did
        (RIGHT.reset_index(drop=True), "wrong", "every label that is asked for"),
        (RIGHT.iloc[:2], "wrong", "add up to 1"),
        (pd.Series([0.2, 0.3, 0.5], index=["a", "a", "b"]), "wrong type", "twice"),
        (pd.Series({"a": 0.2, "b": np.nan, "c": 0.5}), "wrong type", "1 value is missing or no number"),
        ([0.2, 0.3, 0.5], "wrong type", "one value for each label"),
        (0.2, "wrong type", "one value for each label"),
    ],
)  # fmt: skip
def test_series(value, status, says):
    found = judged(SERIES, value, RIGHT)
    assert (found.status, says in found.sentence) == (status, True), found


def test_series_of_labels():
    question = Question(id="1.8", answer="x", kind="series", labels=("gold", "none"))
    right = pd.Series({1: "gold", 2: "none"})
    assert judged(question, right.astype("category"), right).status == "right"
    assert judged(question, pd.Series({1.0: "Gold", 2.0: "none"}), right).status == "right"
    assert judged(question, pd.Series({1: "none", 2: "none"}), right).status == "wrong"
    assert judged(question, pd.Series({7: "gold", 8: "none"}), right).status == "wrong"


def test_functions():
    question = Question(id="1.9", answer="f", kind="function", decimals=2, low=0)
    calls = [(1.0, 2.0), (3.0, 0.5)]
    right = call_function(lambda a, b: a / b, calls)

    def verdict(function):
        plain = call_function(function, calls)
        one, two = (judge(question, plain, way) for way in known(question, right))
        assert one == two
        return one

    assert verdict(np.divide).status == "right"
    assert "another number" in verdict(lambda a, b: a * b).sentence
    assert "raised ZeroDivisionError on 2 of 2" in verdict(lambda a, b: a / 0).sentence
    assert "returns nothing" in verdict(lambda a, b: None).sentence
    assert "returned a list of 2 values" in verdict(lambda a, b: [a, b]).sentence
    assert "must be a function" in verdict(3).sentence
    assert "a hundred times too large" in verdict(lambda a, b: 100 * a / b).sentence


def test_digests_tell_neither_answer_nor_trap():
    stored = digests_of(MONEY, 1234.0, {"half": 617.0}, salt="s")
    text = json.dumps(stored)
    assert "1234" not in text and "617" not in text
    assert stored["right"]["offset"] < stored["right"]["step"]
    assert set(stored) == {"salt", "right", "traps"}  # a wider digest for "close" would give the answer away
    assert digests_of(MONEY, 1234.0, {}, salt="t")["right"]["digest"] != stored["right"]["digest"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,5", None), ("1.234,5", None), ("--5", None), ("1e3", 1000), (".5", 0.5), ("12人", 12), ("", None),
     ("1,23,456", None), ("12,345,678.9", 12345678.9), ("1，234", 1234), ("９", 9), ("1e999", None)],
)  # fmt: skip
def test_numbers_in_text(text, number):
    found = read_number(text)
    assert (found[0] if found else None) == number


# -- the check in a folder ---------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A student's folder, for practice or for marks."""
    exercise = read_exercise(write_small_exercise(tmp_path))
    solved = exercise.solve(11)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.modules["casekit.exercises.checking.check"], "_opened", [])

    def lay(mode):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / "shop.csv").write_bytes(write_table(solved.tables["shop"]))
        description = describe_copy(exercise, solved, seed=11, token="abc", mode=mode)
        (tmp_path / "exercise.json").write_text(as_text(description), encoding="utf-8")
        return solved

    return lay


def test_practice(copy):
    solved = copy("practice")
    book = open_exercise("07_small", token="abc")
    assert "shop (8 rows)" in repr(book) and book.note == ""
    pd.testing.assert_frame_equal(book.table("shop"), solved.tables["shop"])
    right = check("7.1", solved.answers["7.1"])
    assert right.passed and right.points == right.out_of == 2
    assert "not checked: how you got there" in repr(right)
    half = check("7.1", solved.traps["7.1"]["median"])
    assert not half.passed and "(1 of 2 points)" in repr(half)
    assert check("7.7", lambda price, rate: price * rate / (1 + rate)).passed
    assert "on top, not inside" in check("7.7", lambda price, rate: price * rate).sentence
    assert "6 words" not in repr(check("7.8", "Keep it for gold alone, now."))
    assert repr(check("7.8", "Keep")).startswith("✗") and repr(check("7.8", "a b c d e")).startswith("○")
    assert "did you mean '7.1'" in check("7.11", 1).sentence


def test_graded_looks_at_properties_only(copy):
    solved = copy("graded")
    book = open_exercise("07_small", token="abc")
    assert book.graded and "hand in" in repr(book)
    text = (book.folder / "exercise.json").read_text(encoding="utf-8")
    assert "digest" not in text and "traps" not in text and "That is the median" not in text
    given, wrong = check("7.2", solved.answers["7.2"]), check("7.2", 0.123456)
    assert repr(given) == repr(wrong) and repr(given).startswith("○") and not given.passed
    assert "between 0 and 1" in check("7.2", 12).sentence
    assert "add up to 1" in check("7.6", solved.answers["7.6"] * 2).sentence
    assert "whole number" in check("7.3", 1.5).sentence
    assert "raised" in check("7.7", lambda price: price).sentence


def test_another_copy_is_noticed(copy):
    copy("practice")
    assert "different copies" in open_exercise("07_small", token="xyz").note


def test_check_finds_the_file_without_opening(copy):
    solved = copy("practice")
    assert check("7.3", solved.answers["7.3"]).passed


def test_a_damaged_or_missing_file(copy, tmp_path):
    from casekit.errors import InputError

    with pytest.raises(InputError, match="must lie beside the notebook"):
        open_exercise("07_small")
    assert "run the first code cell" in check("7.1", 5).sentence
    copy("practice")
    with pytest.raises(InputError, match="must lie beside the notebook"):
        open_exercise("08_other")
    (tmp_path / "data" / "shop.csv").unlink()
    with pytest.raises(InputError, match=r"no file data/shop\.csv"):
        open_exercise("07_small").table("shop")
    with pytest.raises(InputError, match="did you mean 'shop'"):
        open_exercise("07_small").table("shops")
    (tmp_path / "exercise.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="as it came in the zip"):
        open_exercise("07_small")


def test_few_slow_rounds_a_check(copy, monkeypatch):
    """A check stays under 50 ms because it tries few candidates; each try is one slow digest."""
    solved = copy("practice")
    tries, slow = [], digests.digest
    monkeypatch.setattr(digests, "digest", lambda *given, **named: tries.append(1) or slow(*given, **named))
    for id, answer in solved.answers.items():
        if id not in ("7.7", "7.8"):
            for value in (answer, 0.4321, "loses", ["C1"]):
                tries.clear()
                check(id, value)
                assert len(tries) <= 24
