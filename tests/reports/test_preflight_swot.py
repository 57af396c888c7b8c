"""A factor sheet that can give no answer is refused before a kernel starts."""

from types import SimpleNamespace

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.reports.preflight import preflight


def sheet(*codes):
    rating = {"S": 4, "W": 1, "O": 3, "T": 2}
    return SimpleNamespace(
        frame=pd.DataFrame({"code": codes, "weight": 1.0, "rating": [rating[code[0]] for code in codes]})
    )


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (("S1", "W1"), "must hold internal factors"),
        (("O1", "T1"), "must hold internal factors"),
        (("S1", "O1"), "must give two drafts"),
    ],
)
def test_sheets_without_two_drafts_are_refused(codes, message):
    with pytest.raises(InputError, match=message):
        preflight("swot", sheet(*codes), {})


def test_two_drafts_will_do():
    preflight("swot", sheet("S1", "W1", "O1"), {})
    preflight("swot", None, {})
