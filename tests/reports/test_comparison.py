"""Two reports side by side: what is another number, and what are other words only."""

from __future__ import annotations

import pytest

from casekit.reports.blocks import ENTRY, FIGURE, SHOWN, Block, blocks_of_notebook, blocks_of_page
from casekit.reports.comparison import NUMBER, PICTURE, WORD, compare, numbers

PAGE = """<h1>Whom to call?</h1><main>
<h2>Answer</h2>
<p>Call 1,250 of the 4,936 clients: 12.5 % buy, which earns −¥350.</p>
<table><thead><tr><th>tier</th><th>guests</th></tr></thead><tbody>
<tr><th>1</th><td>Gold</td><td>17</td></tr><tr><th>2</th><td>Silver</td><td>230</td></tr>
<tr><th>3</th><td>Silver</td><td>17</td></tr></tbody></table>
<p>worth it: <code>True</code></p><pre>True</pre>
<img src="data:image/png;base64,QUJD"><p>Figure 1. Of 3 tiers two pay.</p></main>"""


def compared(*changes, page=PAGE):
    changed = page
    for old, new in changes:
        assert old in changed
        changed = changed.replace(old, new, 1)
    return compare(blocks_of_page(page), blocks_of_page(changed))


@pytest.mark.parametrize(
    ("changes", "was", "now"),
    [
        ([("<td>17<", "<td>18<")], ["17"], ["18"]),
        ([("1,250", "1,251")], ["1250"], ["1251"]),
        ([("4,936 clients", "clients")], ["4936"], [""]),
        ([("Answer", "Answer of 2024")], [""], ["2024"]),
        ([("−¥350", "¥350")], ["-350"], ["350"]),
        ([("12.5 %", "12.5")], ["12.5%"], ["12.5"]),
        ([("<td>230<", "<td><")], ["230"], [""]),
        ([("Call 1,250 of the 4,936 clients", "拨打 4,936 位客户中的 1,251 位")], ["1250", ""], ["", "1251"]),
        ([("<pre>True", "<pre>False")], ["True"], ["False"]),
        ([("Figure 1.", "Figure 2.")], ["1"], ["2"]),
    ],
)
def test_another_number_is_told_wherever_it_stands(changes, was, now):
    found = compared(*changes)
    assert {item.kind for item in found.differences} == {NUMBER}
    pairs = [(item.reported, item.found) for item in found.differences]
    for pair in zip(was, now, strict=True):
        assert pair in pairs
    assert found.numbers == 13


def test_two_numbers_that_changed_places_are_two_numbers():
    for changes in (
        [("<td>17<", "<td>X<"), ("<td>230<", "<td>17<"), ("<td>X<", "<td>230<")],
        [("1,250 of the 4,936", "4,936 of the 1,250")],
        [("Call 1,250 of the 4,936 clients", "Of 4,936 clients call 1,250")],
    ):
        assert compared(*changes).of(NUMBER)


@pytest.mark.parametrize(
    "changes",
    [
        [("Answer", "答案")],
        [("Whom to call?", "给谁打电话？")],
        [("Call 1,250 of the 4,936 clients: ", "拨打1,250位，共4,936位客户：")],
        [("<th>tier<", "<th>等级<"), ("<th>guests<", "<th>客人<")],
        [("<td>Gold<", "<td>金卡<"), ("<td>Silver<", "<td>银卡<"), ("<td>Silver<", "<td>银卡<")],
        [("earns", "loses")],
    ],
)
def test_other_words_are_no_other_numbers(changes):
    found = compared(*changes)
    assert not found.differences
    assert len(found.wording) == len(changes)


def test_a_number_in_another_spelling_is_the_same():
    found = compared(("1,250", "1250"), ("12.5 %", "12.50%"), ("−¥350", "-¥350"))
    assert not found.differences and not found.wording


def test_a_tier_that_became_another_tier_is_a_result():
    found = compared(("<td>Silver<", "<td>Gold<"))
    assert [(item.kind, item.reported, item.found) for item in found.differences] == [
        (WORD, "Silver", "Gold")
    ]


def test_another_figure_and_one_that_is_gone():
    assert [item.kind for item in compared(("QUJD", "QUJE")).differences] == [PICTURE]
    gone = compared(('<img src="data:image/png;base64,QUJD">', ""))
    assert [item.kind for item in gone.differences] == [PICTURE]
    assert not gone.without_figures().differences


def test_a_long_text_is_shown_round_its_number():
    before = Block("Answer", SHOWN, "word " * 40 + "earns 17 a year" + " word" * 40)
    after = Block("Answer", SHOWN, before.text.replace("17", "18"))
    (difference,) = compare([before], [after]).differences
    assert "the report says “17”, the new run “18”, in “…" in str(difference)
    assert "earns 17 a year" in str(difference) and len(str(difference)) < 200


def test_what_a_notebook_prints_for_lack_of_a_table_is_not_counted_twice():
    data = {"text/html": "<table><tr><td>17</td></tr></table>", "text/plain": "0   17"}
    outputs = [{"output_type": "execute_result", "data": data, "metadata": {}}]
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": outputs}
    blocks = blocks_of_notebook({"cells": [cell]})
    assert [(block.kind, block.text) for block in blocks] == [(ENTRY, "17")]
    assert FIGURE not in {block.kind for block in blocks}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023-12-31", ["2023", "12", "31"]),
        ("from −5 to +5", ["-5", "5"]),
        ("(-0.50)", ["-0.5"]),
        ("1.2e-05 and 3E+10", ["1.2e-05", "3e+10"]),
        ("5，6、7％", ["5", "6", "7%"]),
        ("1,2,3", ["1", "2", "3"]),
        ("C-#1 W2", ["1", "2"]),
        ("10,000 and 100", ["10000", "100"]),
    ],
)
def test_numbers_are_found_in_one_spelling(text, found):
    assert numbers(text) == found
