"""Whatever shapes and encodings a table is written in, the same table is read back."""

import csv
import io
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casekit.information import check_client_file, read_client_file

TODAY = date(2024, 12, 31)
WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")

DATES = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: str((day - date(1899, 12, 30)).days),
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day.isoformat()} 18:30:00",
    lambda day: day.isoformat().translate(WIDE),
]
AMOUNTS = [
    lambda cents: f"{cents / 100:.2f}",
    lambda cents: f"¥{cents / 100:,.2f}" if cents >= 0 else f"-¥{-cents / 100:,.2f}",
    lambda cents: f"{cents / 100:,.2f}" if cents >= 0 else f"({-cents / 100:,.2f})",
    lambda cents: f"{cents / 100:.2f}元",
    lambda cents: f"{Decimal(cents) / 1_000_000:f}万",
    lambda cents: f"{cents / 100:.2f}".translate(WIDE),
]
COUNTS = [
    str,
    lambda count: f"{count}人",
    lambda count: f"{count}.0",
    lambda count: str(count).translate(WIDE),
]
HEADERS = [
    ["customer_id", "date", "amount", "covers"],
    ["客户号", "消费日期", "金额", "人数"],
    ["会员卡号", "日期", "实付金额（元）", "用餐人数"],
]

people = st.one_of(
    st.integers(0, 10**18).map(lambda number: f"{number:018d}"),
    st.integers(0, 9999).map(lambda number: f"{number:04d}"),
    st.sampled_from(["张先生", "李女士", "G-7", "O'Brien"]),
)
visits = st.tuples(
    people, st.dates(date(1990, 1, 1), TODAY), st.integers(-(10**9), 10**9), st.integers(1, 500)
)


@st.composite
def written(draw, rows=visits):
    """Rows, and a file that holds them in a random mixture of shapes."""
    data = draw(st.lists(rows, min_size=1, max_size=12))
    lines = [draw(st.sampled_from(HEADERS))]
    for person, day, cents, count in data:
        shapes = [draw(st.sampled_from(kind)) for kind in (DATES, AMOUNTS, COUNTS)]
        lines.append(
            [person, *(shape(value) for shape, value in zip(shapes, (day, cents, count), strict=True))]
        )
    out = io.StringIO()
    separator = draw(st.sampled_from([",", "\t", ";"]))
    csv.writer(out, delimiter=separator, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))).writerows(
        lines
    )
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
    return data, out.getvalue().encode(encoding)


def reading(content, **how):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        path.write_bytes(content)
        return read_client_file(path, "loyalty_tiers", today=TODAY, **how)


@settings(max_examples=40, deadline=None)
@given(written())
def test_a_table_is_read_back_whatever_it_was_written_in(case):
    data, content = case
    client = reading(content, reading="dates=dmy", duplicates="keep")
    frame = client.frame
    assert [client._real[name] for name in frame["customer_id"]] == [row[0] for row in data]
    assert frame["date"].dt.date.tolist() == [row[1] for row in data]
    assert frame["amount"].tolist() == pytest.approx([row[2] / 100 for row in data], abs=1e-9)
    assert frame["covers"].tolist() == [row[3] for row in data]
    assert client.rows.tolist() == list(range(2, len(data) + 2))


messy = st.tuples(
    st.sampled_from(["", "0007", "0008", "合计", "-"]),
    st.dates(date(2024, 12, 20), date(2025, 1, 10)),
    st.sampled_from([100, -100]),
    st.just(1),
)


@settings(max_examples=30, deadline=None)
@given(written(messy), st.sampled_from(["keep", "drop"]), st.sampled_from(["keep", "drop"]))
def test_no_row_disappears_without_a_line_that_says_so(case, refunds, duplicates):
    data, content = case
    assume(any(row[0] in ("0007", "0008") and row[1] <= TODAY and row[2] > 0 for row in data))
    client = reading(
        content, reading="dates=dmy", refunds=refunds, duplicates=duplicates, future_dates="drop"
    )
    left_out = client.fixes.loc[client.fixes["effect"] == "left out", "rows"].sum()
    assert len(client.frame) + left_out == client.rows_in_file == len(data)


cells = st.text(
    st.sampled_from("0123456789.,-/¥$()%万元年月日 '\"=+合计\u3000１２abcNULL:T\n\t;"), max_size=12
)
tables = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=6)
files = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\x1f\x8b", b"\xff\xfe", b"\x00"]
    ),
    tables.map(lambda rows: "\n".join(",".join(row) for row in [HEADERS[1], *rows]).encode()),
)


@settings(max_examples=50, deadline=None)
@given(files)
def test_a_check_answers_whatever_it_is_given(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        path.write_bytes(content)
        found = check_client_file("loyalty_tiers", path, today=TODAY)
    assert found.ok != bool(found.problems)
    assert found.text.startswith("visits.csv")
