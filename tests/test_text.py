"""Words side by side: each language joins them in its own way."""

import pytest

from casekit import errors
from casekit._text import clauses, full_stop, language, listed, sentences


@pytest.mark.parametrize(
    ("name", "list_", "longer", "running", "ended"),
    [
        ("en", "a, 2", "a, b; c", "One. Two.", "read as text."),
        ("zh_CN", "a、2", "a, b；c", "One.Two.", "read as text。"),
    ],
)
def test_each_language_joins_in_its_own_way(name, list_, longer, running, ended):
    with language(name):
        assert listed(["a", 2]) == list_
        assert clauses("a, b", "c") == longer
        assert sentences("One.", "", "Two.") == running
        assert full_stop("read as text") == ended


def test_rows_in_chinese_are_counted_as_rows():
    with language("zh_CN"):
        assert errors.rows([3]) == "第3行"
        assert errors.rows([2, 3]) == "第2、3行"
        assert errors.rows(range(2, 16)) == "第2、3、4、5、6行，另有9行（共14行）"
        assert errors.listing(range(7)) == "0、1、2、3、4，另有2个"


def test_examples_are_listed_with_the_count_of_all():
    assert errors.listing(["a", "b"], 9) == "a, b and 7 more"
    assert errors.listing(["a", "b"], 2) == "a, b"
