"""Refunds, repeated rows, missing ids and dates in the future, as the user decides."""

from dataclasses import replace

import pytest

from casekit.errors import InputError
from casekit.information import read_client_file
from casekit.information.layouts import LAYOUTS
from tests.information.conftest import TODAY, VISITS

REFUND = VISITS + "0007,2024-03-10,-600,1\n"


def effects(client):
    return {fix.rule: (fix.effect, fix.rows) for fix in client.fixes.itertuples()}


def test_refunds_keep_and_drop(read):
    assert read(REFUND).frame["amount"].sum() == pytest.approx(1660.5)
    dropped = read(REFUND, refunds="drop")
    assert dropped.frame["amount"].tolist() == [460, 1280.5, 520]
    assert effects(dropped) == {"amount: negative (refunds=drop)": ("left out", 1)}


def test_refunds_net_lower_the_latest_purchase_first(read):
    client = read(REFUND, refunds="net")
    assert client.frame["amount"].tolist() == [380, 1280.5]  # 520 used up, 80 taken from 460
    assert client.rows.tolist() == [2, 3]
    assert effects(client) == {
        "amount: refund set against purchases (refunds=net)": ("left out", 1),
        "amount: wholly refunded (refunds=net)": ("left out", 1),
        "amount: lowered by a refund (refunds=net)": ("changed", 1),
    }


def test_refunds_net_without_purchases_are_refused(read):
    with pytest.raises(InputError) as error:
        read(VISITS + "0008,2024-03-10,-2000,1\n0009,2024-03-10,-5,1\n", refunds="net")
    assert str(error.value) == (
        "read_client_file: a refund must follow purchases of the same person that are as large, "
        "got refunds without such purchases.\n"
        "  Where: rows 5, 6 (2 rows)\n"
        "  Try: refunds=drop leaves all refunds out, refunds=keep keeps them as negative amounts"
    )


def test_refunds_refuse(read):
    with pytest.raises(InputError) as error:
        read(REFUND, refunds="refuse")
    assert str(error.value) == (
        "read_client_file: amount must not be negative, got refunds.\n"
        "  Where: row 5\n"
        "  Try: refunds=drop leaves them out, refunds=net lowers purchases by them, refunds=keep keeps them"
    )


REPEATED = VISITS + "0007,2024/3/9,520.00,10\n"


def test_rows_equal_in_value_are_repeated_whatever_their_shape(read):
    client = read(REPEATED)
    assert client.rows.tolist() == [2, 3, 4]
    assert effects(client)["row equal to an earlier one in every column (duplicates=drop)"] == ("left out", 1)
    kept = read(REPEATED, duplicates="keep")
    assert len(kept.frame) == 4
    assert effects(kept)["row equal to an earlier one, kept (duplicates=keep)"] == ("noted", 1)


def test_rows_that_differ_in_an_ignored_column_are_not_repeated(read):
    text = "单号,会员号,消费日期,实付金额,人数\nA1,0007,2024-03-01,460,8\nA2,0007,2024-03-01,460,8\n"
    assert len(read(text).frame) == 2


def test_the_time_of_day_tells_rows_apart(read):
    lunch, dinner = "0007,2024-03-09 12:00,520,10\n", "0007,2024-03-09 18:30,520,10\n"
    assert len(read(VISITS.split("\n")[0] + "\n" + lunch + dinner + lunch).frame) == 2


def test_unreadable_cells_do_not_make_rows_equal(read):
    text = VISITS.split("\n")[0] + "\n0007,2024-03-01,abc,8\n0007,2024-03-01,abd,8\n"
    with pytest.raises(InputError, match="'abc', 'abd'.\n  Where: rows 2, 3"):
        read(text)


def test_duplicates_refuse(read):
    with pytest.raises(InputError) as error:
        read(REPEATED, duplicates="refuse")
    assert str(error.value) == (
        "read_client_file: no row may be equal to an earlier one, got repeated rows.\n"
        "  Where: row 5\n"
        "  Try: duplicates=drop leaves them out, duplicates=keep lets them stay"
    )


@pytest.fixture
def keyed(write):
    """Read as a case in which a guest has one row."""
    layout = replace(LAYOUTS["loyalty_tiers"], key=("customer_id",))
    return lambda **how: read_client_file(write(), layout, today=TODAY, **how)


def test_rows_equal_in_the_key_alone_are_refused(keyed):
    with pytest.raises(InputError) as error:
        keyed()
    assert str(error.value) == (
        "read_client_file: customer_id must name one row, got rows that agree in it and differ elsewhere.\n"
        "  Where: row 4\n"
        "  Try: duplicates=first or duplicates=last chooses, duplicates=keep lets them stay"
    )


def test_first_and_last_choose_among_rows_equal_in_the_key(keyed):
    assert keyed(duplicates="first").rows.tolist() == [2, 3]
    assert keyed(duplicates="last").rows.tolist() == [3, 4]
    assert keyed(duplicates="keep").rows.tolist() == [2, 3, 4]


def test_missing_ids(read):
    text = VISITS + ",2024-03-10,100,1\n#N/A,2024-03-11,100,1\n"
    assert effects(read(text))["customer_id: empty (missing_ids=drop)"] == ("left out", 2)
    with pytest.raises(InputError) as error:
        read(text, missing_ids="refuse")
    assert str(error.value) == (
        "read_client_file: customer_id must be filled in every row, got empty cells.\n"
        "  Where: rows 5, 6 (2 rows)\n"
        "  Try: missing_ids=drop leaves these rows out"
    )


FUTURE = VISITS + "0008,2024-06-30,100,1\n0008,2042-03-09,100,1\n"


def test_future_dates(read):
    with pytest.raises(InputError) as error:
        read(FUTURE)
    assert str(error.value) == (
        "read_client_file: date must not lie after 2024-06-30, got 2042-03-09.\n"
        "  Where: row 6\n"
        "  Try: correct them; future_dates=drop leaves these rows out, future_dates=keep lets them stay"
    )
    assert effects(read(FUTURE, future_dates="drop")) == {
        "date: in the future (future_dates=drop)": ("left out", 1)
    }
    assert effects(read(FUTURE, future_dates="keep")) == {
        "date: in the future, kept (future_dates=keep)": ("noted", 1)
    }
