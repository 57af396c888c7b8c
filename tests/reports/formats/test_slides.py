"""Slides in one file: no other host, one group a section, nothing cut."""

import re

import pytest
from bs4 import BeautifulSoup
from support.small_page import FACTS, page, section, table, text, whole_page

from casekit.reports.brand import Brand
from casekit.reports.formats.outline import read_outline
from casekit.reports.formats.slides import page_as_slides, picture_size, table_cut, title_size


@pytest.fixture(scope="module")
def html():
    return page_as_slides(read_outline(whole_page()), FACTS)


@pytest.fixture(scope="module")
def soup(html):
    return BeautifulSoup(html, "html.parser")


def groups(soup):
    return soup.select(".slides > section")


def test_nothing_is_fetched_from_another_host(soup):
    for tag, name in (("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src")):
        assert all(part[name].startswith("data:") for part in soup.find_all(tag) if part.get(name))
    styles = " ".join(part.get_text() for part in soup.find_all("style"))
    assert not re.search(r"url\(\s*['\"]?(?!data:)|@import", styles)


def test_a_group_for_each_section_between_title_and_origin(soup):
    shown = groups(soup)
    assert len(shown) == 1 + 4 + 1
    assert shown[0].h1.get_text() == "Whom do we call?"
    assert [group.find("section").h2.get_text() for group in shown[1:3]] == [
        "Calling 20 clients brings ¥300 a month",
        "2. A long table",
    ]


def test_no_code_is_shown(soup):
    assert "secret_code" not in soup.body.find(class_="slides").get_text()


def test_the_origin_is_the_last_slide(soup):
    words = groups(soup)[-1].get_text(" ", strip=True)
    assert all(
        part in words for part in ("clients.xlsx, 1,234 rows", "ab" * 32, "calls = 20", "Python 3.11.7")
    )


def test_the_facts_are_in_the_file(soup):
    assert '"case": "90_small"' in soup.find("meta", attrs={"name": "casekit"})["content"]


def test_a_long_table_ends_in_dots(soup):
    rows = groups(soup)[2].select("tbody tr")
    assert 5 < len(rows) < 60
    assert {cell.get_text() for cell in rows[-1].find_all("td")} == {"…"}
    assert "more rows in the report" in groups(soup)[2].get_text()


def test_formulas_are_mathml(soup):
    assert groups(soup)[1].find("math") is not None


def test_the_prose_is_in_the_notes(soup):
    assert "The value of a client is" in groups(soup)[1].find("aside").get_text()


def test_a_brand_shows():
    brand = Brand(
        name="Bank <A>", primary="#8a1538", secondary="#c99700", footer="internal", font="Fira Sans"
    )
    html = page_as_slides(read_outline(whole_page()), FACTS, brand)
    assert "--accent: #8a1538" in html
    assert "Bank &lt;A&gt;" in html
    assert "internal" in html
    assert '"Fira Sans"' in html


def test_a_long_chinese_title_gets_smaller_letters():
    title = "网点不可能给每一位客户都打电话：本月应当先打给谁？" * 4
    assert title_size(title) < title_size("短标题")


def test_a_formula_too_wide_to_read_is_left_to_the_notes():
    wide = "<math display='block'><mrow>" + "<mi>a</mi><mo>+</mo>" * 150 + "<mi>b</mi></mrow></math>"
    outline = read_outline(page(section("A", text("Prose."), f"<section><p>{wide}</p></section>", table(3))))
    shown = BeautifulSoup(page_as_slides(outline, FACTS), "html.parser").select(".slides > section")[1]
    assert shown.select_one(".words math") is None
    assert shown.select_one("aside math") is not None


def test_numbers_stand_to_the_right():
    block = read_outline(whole_page()).sections[0].blocks[4]
    assert table_cut(block, (20,), 1000, 500)["numeric"] == [True, True, True]


def test_the_size_of_a_jpeg():
    head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x03"
    assert picture_size(head) == (32, 16)
