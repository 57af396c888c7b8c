"""Hughes, *Strategic Database Marketing* (1994), and his note "How Break Even is Calculated"."""

import pytest

from casekit.segments import break_even_index


def test_break_even_index_of_the_note():
    # 0.55 a piece, 40 profit a sale, 2.5 % response: index 81.82, printed times 100.
    assert 100 * break_even_index(0.025, cost=0.55, margin=40) == pytest.approx(81.82, abs=5e-3)


def test_break_even_rate_of_the_note():
    assert break_even_index(0.01375, cost=0.55, margin=40) == pytest.approx(0, abs=1e-12)
