"""Script words: what counts and what does not, in two languages."""

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.selling import PERSUASION_WORDS, script_words


def test_chinese_script():
    row = script_words("您看到的是新鲜的面包……我们的客户都推荐").iloc[0]
    assert row["length"] == 18
    assert row[["colourful", "personal", "visual", "testimonial", "pause"]].tolist() == [1, 2, 1, 2, 1]


def test_whole_words_only_and_capitals():
    """'yourself', 'preview' and 'business' hold no listed word; 'YOU' and 'Clients' do."""
    row = script_words("YOU preview your business yourself. Clients agree...").iloc[0]
    assert row[["personal", "visual", "testimonial", "pause"]].tolist() == [2, 0, 1, 1]


def test_own_words_and_labels():
    found = script_words(pd.Series({"A": "Cheap, cheaper!", "B": "Dear"}), words={"price": ["cheap*"]})
    assert found["price"].to_dict() == {"A": 2, "B": 0}
    assert list(found.columns) == ["length", "price"]
    assert list(script_words("x").columns[1:]) == list(PERSUASION_WORDS)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: script_words(5), "scripts must be text"),
        (lambda: script_words([]), "scripts must be text"),
        (lambda: script_words(["a", " "]), "scripts must hold text"),
        (lambda: script_words({"A": None}), "scripts must hold text"),
        (lambda: script_words("a", words=["cheap"]), "words must be a mapping"),
        (lambda: script_words("a", words={"price": ["*"]}), "must have at least one row"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
