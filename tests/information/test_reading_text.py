"""The line that says how to read a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.errors import InputError
from casekit.information import parse_reading
from casekit.information.files import FileOptions
from casekit.information.policies import POLICIES, meanings
from casekit.information.reading_text import FILE_WORDS, Reading, format_reading


def test_all_that_can_be_said():
    text = (
        'amount=实付金额; meal=-; refunds=net; sheet="a; b"; encoding=gbk; separator=tab; header=3; dates=dmy'
    )
    reading = parse_reading(text)
    assert reading.mapping == {"amount": "实付金额", "meal": "-"}
    assert reading.policies == {"refunds": "net"}
    assert reading.file == FileOptions("gbk", "\t", "a; b", 3)
    assert reading.dates == "dmy"
    assert format_reading(reading) == text


def test_nothing_said():
    assert parse_reading(None) == parse_reading("") == parse_reading(" ; ") == Reading()


def test_full_width_signs_are_understood():
    assert parse_reading("amount＝实付金额；refunds＝drop") == parse_reading("amount=实付金额; refunds=drop")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("amount", "each part of a reading must say name=value, got 'amount'"),
        ("refunds=drop; amount=", "each part of a reading must say name=value, got 'amount='"),
        ("refunds=dropp", "refunds must be a known name, got 'dropp'.\n  Allowed: keep, drop, net, refuse"),
        ("dates=ydm", "dates must be a known name, got 'ydm'"),
        ("header=top", "header must be a row number, got 'top'"),
        ("header=0", "header must be a row number"),
        ("separator=##", "separator must be a known name"),
        ("amount=a; amount=b", "a name in a reading must not repeat, got amount"),
    ],
)
def test_parts_that_cannot_be_understood(text, message):
    with pytest.raises(InputError) as error:
        parse_reading(text)
    assert message in str(error.value)


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Z")), min_size=1, max_size=8)
readings = st.builds(
    Reading,
    st.dictionaries(st.sampled_from(["customer_id", "date", "amount"]), names),
    st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(choices) for name, choices in POLICIES.items()}
    ),
    st.builds(
        FileOptions,
        st.sampled_from(["", "gbk"]),
        st.sampled_from(["", ",", "\t", ";"]),
        names,
        st.integers(0, 9),
    ),
    st.sampled_from(["", "dmy", "mdy", "ymd"]),
)


@pytest.mark.full
@given(readings)
def test_formatting_is_the_inverse_of_parsing(reading):
    assert parse_reading(format_reading(reading)) == reading


def test_every_choice_has_a_meaning():
    assert set(meanings()) == {f"{name}={choice}" for name, choices in POLICIES.items() for choice in choices}
    assert not set(POLICIES) & set(FILE_WORDS)
