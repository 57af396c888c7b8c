"""What casekit's own values are called: every one of them, and nothing else."""

import pytest

from casekit._text import language
from casekit._words import in_words
from casekit.loyalty import CONDITIONS, LOYALTY_TYPES, NO_TIER, STAGES
from casekit.segments import rfm_segment_table
from casekit.segments.rfm_segments import OTHERS
from casekit.simulate.bank_book import KINDS
from casekit.value.value_types import VALUE_TYPES

SEGMENTS = {*rfm_segment_table().index, OTHERS}
OWN = sorted({NO_TIER, *STAGES, *LOYALTY_TYPES, *CONDITIONS, *KINDS, *VALUE_TYPES, *SEGMENTS} - {"none"})


@pytest.mark.parametrize("value", OWN)
def test_every_value_has_a_chinese_word(value):
    assert in_words(value) == value
    with language("zh_CN"):
        assert all(ord(letter) > 0x2E80 for letter in in_words(value))


@pytest.mark.parametrize("value", ["gold", "none", "", 3, None, ("lost", "new")])
def test_any_other_value_stays(value):
    with language("zh_CN"):
        assert in_words(value) == value
