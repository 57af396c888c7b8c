"""PowerPoint files, read back."""

import io
import json

import pytest
from support.small_page import FACTS, png, whole_page

from casekit.reports.brand import Brand
from casekit.reports.formats.outline import read_outline
from casekit.reports.formats.pptx import outline_as_pptx

pptx = pytest.importorskip("pptx")

BRAND = Brand(
    name="Example Bank",
    logo=png(200, 60),
    logo_type="image/png",
    primary="#ffcc00",
    footer="for internal use",
    font="Fira Sans",
    chinese_font="Noto Sans CJK SC",
)
LONG = "网点不可能给每一位客户都打电话：本月应当先打给谁？——关于存量客户挖潜的专题分析报告" * 2


def read(**settings):
    title = settings.pop("title", "Whom do we call?")
    return pptx.Presentation(io.BytesIO(outline_as_pptx(read_outline(whole_page(title)), FACTS, **settings)))


@pytest.fixture(scope="module")
def file():
    return read()


@pytest.fixture(scope="module")
def branded():
    return read(brand=BRAND, title=LONG)


def words(slide):
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_titles_are_titles(file):
    assert [slide.shapes.title.text_frame.text for slide in file.slides] == [
        "Whom do we call?",
        "Calling 20 clients brings ¥300 a month",
        "1. The question",
        "2. A long table",
        "Call the 20 best clients now",
        "References",
        "Where this comes from",
    ]


def test_figures_are_pictures_with_a_description(file):
    (picture,) = [shape for shape in file.slides[1].shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr").startswith("Simulated branch.")


def test_tables_are_tables(file):
    (shown,) = [shape.table for shape in file.slides[2].shapes if shape.has_table]
    assert [cell.text for cell in shown.rows[0].cells] == ["column 0", "column 1", "column 2"]
    assert len(shown.rows) == 4


def test_a_long_table_ends_in_dots(file):
    (shown,) = [shape.table for shape in file.slides[3].shapes if shape.has_table]
    assert len(shown.rows) < 61
    assert shown.rows[len(shown.rows) - 1].cells[0].text == "…"


def test_prose_and_formulas_are_in_the_notes(file):
    notes = file.slides[1].notes_slide.notes_text_frame.text
    assert "The value of a client is V = (m · r) / (1 + d) in short." in notes
    assert "<" not in notes


def test_every_slide_has_its_number(file):
    for slide in list(file.slides)[1:]:
        assert 'type="slidenum"' in slide.shapes._spTree.xml


def test_nothing_stands_outside_the_slide(branded):
    for slide in branded.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= branded.slide_width
            assert shape.top + shape.height <= branded.slide_height


def test_the_origin_is_the_last_slide(file):
    cells = [
        cell.text for shape in file.slides[-1].shapes if shape.has_table for cell in shape.table.iter_cells()
    ]
    assert "clients.xlsx, 1,234 rows" in cells


def test_the_properties_hold_the_facts(branded):
    assert branded.core_properties.author == "Example Bank"
    assert branded.core_properties.title == LONG
    assert json.loads(branded.core_properties.comments) == FACTS


def test_a_brand_is_in_the_theme(branded):
    part = next(
        rel.target_part for rel in branded.slide_master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    theme = part.blob.decode()
    assert all(part in theme for part in ("FFCC00", "Fira Sans", "Noto Sans CJK SC"))


def test_a_title_in_a_light_colour_is_set_darker(branded):
    colour = branded.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.color.rgb
    assert str(colour) != "FFCC00"


def test_brand_name_logo_and_footer_show(branded):
    assert "Example Bank" in words(branded.slides[0])
    assert "for internal use" in words(branded.slides[1])
    assert any(shape.shape_type == 13 for shape in branded.slides[0].shapes)


def test_a_long_chinese_title_gets_smaller_letters(file, branded):
    def size(shown):
        return shown.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size

    assert size(branded) < size(file)
