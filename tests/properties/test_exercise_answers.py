"""check never raises; a number is right if, and only if, it lies within its tolerance."""

import json

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.exercises import check
from casekit.exercises.authoring.seeds import normalise_id, student_seed
from casekit.exercises.checking.answers import encode
from casekit.exercises.checking.digests import ROUND_OFF, matches_number, number_digest
from casekit.exercises.checking.judge import judge
from casekit.exercises.checking.known import Reference
from casekit.exercises.checking.question import KINDS, Question

finite = st.floats(-1e9, 1e9, allow_nan=False)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.complex_numbers()
)
objects = st.one_of(
    scalars,
    st.lists(scalars, max_size=4),
    st.dictionaries(st.text(max_size=4), scalars, max_size=4),
    st.builds(lambda items: pd.Series(items, dtype=object), st.lists(scalars, max_size=4)),
    st.builds(lambda items: np.array(items, dtype=object), st.lists(scalars, max_size=4)),
    st.dates(), st.datetimes(), st.decimals(), st.fractions(), st.functions(),
    st.sets(st.text(max_size=3), max_size=3),
)  # fmt: skip


class Hostile:
    """Every method raises or lies."""

    def _no(self, *_given):
        raise RuntimeError("no")

    __eq__ = __float__ = __int__ = __index__ = __len__ = __iter__ = __str__ = __repr__ = __hash__ = _no
    __array__ = __getattr__ = __bool__ = __format__ = __lt__ = _no


class Liar(float):
    """Says it equals everything."""

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

    def __float__(self):
        return 0.5

    def __sub__(self, other):
        return 0.0


@settings(deadline=None)
@given(objects)
def test_check_never_raises(value):
    assert isinstance(repr(check("0.1", value)), str)


def test_hostile_objects_are_refused():
    for value in (Hostile(), [Hostile(), Hostile()], {"a": Hostile()}, Hostile, pd.Series([Hostile(), 1])):
        verdict = check("0.1", value)
        assert not verdict.passed
    assert encode(Liar(0.1)) == 0.1 and type(encode(Liar(0.1))) is float


@given(objects)
def test_what_is_encoded_is_json_and_stays_itself(value):
    plain = encode(value)
    text = json.dumps(plain, allow_nan=False)
    assert json.loads(text) == plain


@given(st.sampled_from(KINDS), objects)
def test_judging_survives_any_json(kind, value):
    right = {
        "choice": "a",
        "labels": ["a"],
        "series": pd.Series({"a": 1.0, "b": 2.0}),
        "function": {"outputs": [1.0]},
        "free_text": "a",
    }
    question = Question(
        id="1", answer="x", kind=kind, labels=("a", "b") if kind in ("choice", "labels") else ()
    )
    known = Reference(question, right.get(kind, 0.5), {})
    for plain in (
        encode(value),
        {"series": encode(value)},
        {"outputs": encode(value)},
        {"special": encode(value)},
    ):
        assert isinstance(judge(question, plain, known).sentence, str)
        assert isinstance(judge(question, plain, None).sentence, str)


@given(finite, st.floats(-30, 30), st.sampled_from([0.5, 0.05, 0.005, 0.0005]))
def test_right_if_and_only_if_within_the_tolerance(right, times, tolerance):
    stored = json.loads(json.dumps(number_digest(right, tolerance=tolerance, salt="s")))
    value = right + times * tolerance
    gap, slack = abs(value - right), 2 * ROUND_OFF * max(1.0, abs(value))
    if gap <= tolerance:
        assert matches_number(value, stored, salt="s")
    if gap > tolerance + slack:
        assert not matches_number(value, stored, salt="s")


@given(st.integers(-(10**6), 10**6), st.integers(-5, 5))
def test_counts_are_exact(right, off):
    stored = number_digest(float(right), tolerance=0.0, salt="s")
    assert matches_number(right + off, stored, salt="s") == (off == 0)


@given(st.text(max_size=12))
def test_ids_are_normalised_once(text):
    assert normalise_id(normalise_id(text)) == normalise_id(text)
    assert student_seed(b"k", "c", "e", f" {text} ") == student_seed(b"k", "c", "e", normalise_id(text))
    assert 0 <= student_seed(b"k", "c", "e", text) < 2**63
