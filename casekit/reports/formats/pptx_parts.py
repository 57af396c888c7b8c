"""Parts of a PowerPoint slide, placed in pixels of a 1280 × 720 page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casekit.reports.brand import Brand
from casekit.reports.colours import on
from casekit.reports.formats.outline import Block
from casekit.reports.formats.runs import Run
from casekit.reports.formats.slides import HEIGHT, WIDTH, picture_size

#: EMU (the unit of Office drawings) in a pixel of 1/96 inch.
PIXEL = 9525

#: Points in a pixel.
POINT = 0.75

INK, SOFT = "222222", "5C6670"

Box = Sequence[float]

#: Fonts where the brand names none: on every office machine, with Chinese glyphs in the second.
FONT, CHINESE_FONT = "Calibri", "Microsoft YaHei"


@dataclass
class Sheet:
    """A presentation that grows: file, brand and the line at the foot of each slide."""

    file: Any
    brand: Brand
    footer: str

    def add(self, *, opening: bool = False) -> Any:
        """A new slide with nothing but its title."""
        return self.file.slides.add_slide(self.file.slide_layouts[0 if opening else 1])


def new_presentation(brand: Brand) -> Any:
    """An empty wide presentation in the fonts and colours of a brand, with two layouts."""
    from pptx import Presentation
    from pptx.util import Emu

    file = Presentation()
    file.slide_width, file.slide_height = Emu(WIDTH * PIXEL), Emu(HEIGHT * PIXEL)
    layouts = list(file.slide_layouts)
    for place, layout in enumerate(layouts):
        if place not in (0, 5):  # title slide, title only
            file.slide_layouts.remove(layout)
    for holder in [file.slide_master, *file.slide_layouts]:
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type != _title_type() and shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
            else:
                _place(shape, (50, 52, 1180, 108))
    _set_theme(file.slide_master, brand)
    return file


def _title_type() -> Any:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return PP_PLACEHOLDER.TITLE


def _set_theme(master: Any, brand: Brand) -> None:
    """Fonts and accent colours, so that what the reader adds later looks the same."""
    from lxml import etree

    part = next(
        relation.target_part for relation in master.part.rels.values() if relation.reltype.endswith("/theme")
    )
    theme = etree.fromstring(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for kind in ("major", "minor"):
        fonts = theme.find(f".//a:{kind}Font", space)
        fonts.find("a:latin", space).set("typeface", brand.font or FONT)
        fonts.find("a:ea", space).set("typeface", brand.chinese_font or CHINESE_FONT)
        for other in fonts.findall("a:font", space):
            if other.get("script") in ("Hans", "Hant"):
                other.set("typeface", brand.chinese_font or CHINESE_FONT)
    accents = (brand.accent, brand.secondary or "#e69f00", *brand.palette[2:])
    for number, colour in enumerate(accents[:6], start=1):
        slot = theme.find(f".//a:accent{number}", space)
        slot[:] = [etree.SubElement(slot, f"{{{space['a']}}}srgbClr", val=colour[1:].upper())]
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (round(edge * PIXEL) for edge in box)


def set_title(page: Any, text: str, box: Box, size: float, brand: Brand) -> None:
    """The slide's own title, so that it stands in the outline and is read aloud first."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    title = page.shapes.title
    _place(title, box)
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _write(paragraph, [Run(text, bold=True)], size, brand.text_accent[1:])


def add_words(
    page: Any,
    words: Sequence[Sequence[Run]],
    box: Box,
    size: float,
    *,
    soft: bool = False,
    middle: bool = False,
    letters: Sequence[float] = (),
) -> None:
    """A text box; nothing for no words. ``letters`` gives each paragraph a size of its own."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    if not words:
        return
    frame = page.shapes.add_textbox(*(round(edge * PIXEL) for edge in box)).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, runs in enumerate(words):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        own = letters[place] if letters else size
        paragraph.space_after = Pt(own * POINT * (0.45 if own == size else 0.1))
        _write(paragraph, runs, own, SOFT if soft else INK)


def _write(paragraph: Any, runs: Sequence[Run], size: float, colour: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    for run in runs:
        made = paragraph.add_run()
        made.text = run.text
        made.font.size = Pt(round(size * POINT * 2) / 2)
        made.font.bold, made.font.italic = run.bold, run.italic
        made.font.color.rgb = RGBColor.from_string(colour.upper())
        chinese = any(ord(letter) > 0x2E7F for letter in run.text)
        made._r.get_or_add_rPr().set("lang", "zh-CN" if chinese else "en-US")
        if run.code:
            made.font.name = "Consolas"


def add_stripe(page: Any, brand: Brand) -> None:
    """The bar of the brand's colour at the left edge."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE

    stripe = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 12 * PIXEL, HEIGHT * PIXEL)
    stripe.fill.solid()
    stripe.fill.fore_color.rgb = RGBColor.from_string(brand.accent[1:].upper())
    stripe.line.fill.background()
    stripe.shadow.inherit = False


def add_picture(page: Any, figure: Block, box: Box, description: str) -> None:
    """A figure as large as its box allows, with a description for those who cannot see it."""
    wide, high = picture_size(figure.picture)
    scale = min(box[2] / wide, box[3] / high)
    wide, high = round(wide * scale), round(high * scale)
    left, top = box[0] + (box[2] - wide) / 2, box[1] + (box[3] - high) / 2
    edges = (round(edge * PIXEL) for edge in (left, top, wide, high))
    picture = page.shapes.add_picture(io.BytesIO(figure.picture), *edges)
    picture._element.nvPicPr.cNvPr.set("descr", figure.text or description)


def add_logo(page: Any, brand: Brand, box: Box) -> None:
    """The logo at the left of its box; nothing without one."""
    if not brand.logo:
        return
    wide, high = picture_size(brand.logo)
    scale = min(box[2] / wide, box[3] / high)
    edges = (round(edge * PIXEL) for edge in (box[0], box[1], wide * scale, high * scale))
    picture = page.shapes.add_picture(io.BytesIO(brand.logo), *edges)
    picture._element.nvPicPr.cNvPr.set("descr", brand.name)


def add_table(page: Any, cut: Mapping[str, Any], box: Box, brand: Brand) -> float:
    """A real table; returns where it ends."""
    from pptx.enum.text import PP_ALIGN

    rows = [*cut["head"], *cut["body"]]
    size = cut["size"]
    high = round(size * 1.3 + 0.6 * size)
    width = min(box[2], cut.get("width", box[2]))
    edges = (round(edge * PIXEL) for edge in (box[0], box[1], width, high * len(rows)))
    frame = page.shapes.add_table(len(rows), len(rows[0]), *edges)
    table = frame.table
    table.first_row = bool(cut["head"])
    for column, share in zip(table.columns, cut["shares"], strict=True):
        column.width = round(share * width * PIXEL)
    for place, row in enumerate(rows):
        table.rows[place].height = high * PIXEL
        for number, text in enumerate(row):
            cell = table.cell(place, number)
            cell.margin_top = cell.margin_bottom = round(0.2 * size * PIXEL)
            cell.margin_left = cell.margin_right = round(0.6 * size * PIXEL)
            head = place < len(cut["head"])
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if cut["numeric"][number] else PP_ALIGN.LEFT
            _write(paragraph, [Run(text, bold=head)], size, on(brand.accent)[1:] if head else INK)
    return box[1] + _table_height(rows, cut, width) + 6


def _table_height(rows: Sequence[Sequence[str]], cut: Mapping[str, Any], room: float) -> float:
    from casekit.reports.formats import fit

    return fit.table_height(rows, cut["size"], [share * room for share in cut["shares"]])


def add_footer(page: Any, sheet: Sheet) -> None:
    """Footer, logo and page number."""
    from pptx.enum.text import PP_ALIGN

    add_words(page, [[Run(sheet.footer)]], (50, 682, 900, 22), 13, soft=True)
    add_logo(page, sheet.brand, (1020, 676, 150, 28))
    frame = page.shapes.add_textbox(*(edge * PIXEL for edge in (1190, 682, 60, 22))).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    _write(paragraph, [Run(str(len(sheet.file.slides)))], 13, SOFT)
    _make_page_number(paragraph)


def _make_page_number(paragraph: Any) -> None:
    """Turn the run of a paragraph into a field that PowerPoint keeps up to date."""
    from lxml import etree

    run = paragraph._p.r_lst[0]
    run.tag = run.tag.removesuffix("}r") + "}fld"
    run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    run.set("type", "slidenum")
    etree.cleanup_namespaces(run)
