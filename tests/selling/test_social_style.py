"""Social styles: cues by hand, mistakes counted."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.segments import confusion_table
from casekit.selling import misclassification_cost, social_styles, style_probabilities


def test_nothing_heard_says_nothing():
    assert style_probabilities({"speaks_fast": False}).iloc[0].tolist() == [0.25] * 4


def test_contrary_cues_cancel():
    assert style_probabilities({"speaks_fast": 1, "speaks_softly": 1}).iloc[0].tolist() == [0.25] * 4


@pytest.mark.parametrize(
    ("cues", "style"),
    [
        (["speaks_slowly", "speaks_softly", "decides_slowly", "speaks_of_people"], "amiable"),
        (["decides_slowly", "asks_for_facts"], "analytical"),
        (["speaks_fast", "asks_for_facts"], "driving"),
        (["speaks_loudly", "lively_voice"], "expressive"),
    ],
)
def test_the_course_cues(cues, style):
    assert style_probabilities(dict.fromkeys(cues, True)).idxmax(axis=1).item() == style


def test_one_cue_is_worth_its_clarity():
    found = style_probabilities({"speaks_fast": True}, clarity=2.0).iloc[0]
    assert (found["driving"] + found["expressive"]) / (
        found["amiable"] + found["analytical"]
    ) == pytest.approx(7.389, abs=1e-3)


def test_styles_against_role_play():
    heard = pd.DataFrame({"speaks_fast": [1, 0, 0], "speaks_slowly": [0, 1, 1], "asks_for_facts": [1, 1, 0]})
    heard["speaks_of_people"] = [0, 0, 1]
    given = style_probabilities(heard).idxmax(axis=1)
    table = confusion_table(["driving", "amiable", "amiable"], given, grades=list(social_styles().index))
    assert misclassification_cost(table) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: style_probabilities({"speak_fast": True}), "did you mean 'speaks_fast'"),
        (lambda: style_probabilities({"speaks_fast": 5}), "must hold true or false"),
        (lambda: style_probabilities({"speaks_fast": 1}, clarity=0), "clarity must lie in its range"),
        (lambda: style_probabilities({"a": 1}, rules={"a": (1, 0, 1)}), "rules must hold two votes"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
