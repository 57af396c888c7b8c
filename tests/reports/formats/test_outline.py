"""What a page says, found again: sections, findings, figures, tables, formulas."""

import pytest
from support.small_page import figure, page, png, section, table, text, told, whole_page

from casekit.reports.formats.outline import finding_of, picture_bytes, read_outline


@pytest.fixture(scope="module")
def outline():
    return read_outline(whole_page())


def test_sections_are_the_headings(outline):
    assert [part.heading for part in outline.sections] == [
        "1. The question",
        "2. A long table",
        "What we would tell the manager",
        "References",
    ]


def test_title_lead_and_facts(outline):
    assert outline.title == "Whom do we call?"
    assert outline.lead == "A manager asks whom to call. It costs money."
    assert outline.facts == (("Data", "clients.xlsx, 1,234 rows"),)


def test_the_finding_is_the_sentence_with_the_result(outline):
    assert outline.sections[0].finding == "Calling 20 clients brings ¥300 a month."


def test_without_a_figure_the_first_computed_sentence_is_the_finding(outline):
    assert outline.sections[2].finding == "Call the 20 best clients now."


def test_prose_alone_leaves_the_heading(outline):
    assert outline.sections[3].finding == "References"


def test_blocks_in_order_without_code(outline):
    blocks = outline.sections[0].blocks
    assert [block.kind for block in blocks] == ["text", "formula", "figure", "text", "table"]
    assert not any("secret_code" in block.html + block.text for block in blocks)


def test_the_figure_has_its_caption_and_its_picture(outline):
    shown = outline.sections[0].blocks[2]
    assert shown.text.startswith("Simulated branch.")
    assert shown.picture == png(400, 220)


def test_formulas_are_one_line_of_text(outline):
    assert outline.sections[0].blocks[0].text == "The value of a client is V = (m · r) / (1 + d) in short."


def test_a_table_has_its_rows(outline):
    shown = outline.sections[0].blocks[4]
    assert shown.rows[0] == ("column 0", "column 1", "column 2")
    assert shown.rows[1] == ("0", "1", "2")
    assert shown.heading_rows == 1


def test_two_rows_of_heading_become_one():
    rows = "<thead><tr><th></th><th>cap</th></tr><tr><th>limit</th><th></th></tr></thead>"
    html = page(section("A", f"<table>{rows}<tbody><tr><th>x</th><td>1</td></tr></tbody></table>"))
    assert read_outline(html).sections[0].blocks[0].rows[0] == ("limit", "cap")


def test_a_caption_may_come_after_a_sentence():
    parts = figure(1, "Half of them stay for 3.5 years.").split("</section>", 1)
    html = page(section("A", parts[0] + "</section>", told("Something else."), parts[1]))
    shown = read_outline(html).sections[0].blocks[0]
    assert (shown.kind, shown.text) == ("figure", "Half of them stay for 3.5 years.")


def test_a_caption_never_goes_to_another_section():
    lone = told("x").replace("<p>x</p>", '<p class="caption">Figure 2. Alone.</p>')
    html = page(section("A", figure(1, "One.")), section("B", lone))
    assert read_outline(html).sections[1].blocks[0].kind == "text"


@pytest.mark.parametrize(
    ("caption", "finding"),
    [
        (
            "Expected gain by number of calls. A call pays for 3,246 of 9,928.",
            "A call pays for 3,246 of 9,928.",
        ),
        (
            "Left: the totals of 90 %. The first place is safe in 66 % of draws.",
            "The first place is safe in 66 % of draws.",
        ),
        ("Too short.", ""),
        ("优质客户带来了百分之六十七的利润。其余只是偶然。", "优质客户带来了百分之六十七的利润。"),
        ("A sentence that goes on and on " + "and on " * 40 + "to 12 %.", ""),
    ],
)
def test_which_sentence_is_the_finding(caption, finding):
    assert finding_of(caption) == finding


def test_an_address_is_no_picture():
    assert picture_bytes("https://example.org/x.png") == b""


def test_a_page_without_sections():
    assert read_outline(page(text("Only this."), table(1))).sections == ()
