"""Styles of a Word file in the fonts and colours of a brand."""

from __future__ import annotations

from typing import Any

from casekit.reports.brand import Brand
from casekit.reports.formats.pptx_parts import CHINESE_FONT, FONT, INK, SOFT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: Letters in half points, bold, and what colour: ink, soft or accent.
_LETTERS = {
    "Title": (44, True, "accent"),
    "Subtitle": (22, False, "soft"),
    "Heading1": (30, True, "accent"),
    "Heading2": (25, True, "ink"),
    "Heading3": (22, True, "ink"),
    "ImageCaption": (18, False, "soft"),
    "TableCaption": (18, False, "soft"),
}

#: Room before and after in twentieths of a point.
_ROOM = {
    "Title": (0, 200),
    "Subtitle": (0, 240),
    "Heading1": (400, 100),
    "Heading2": (280, 80),
    "Heading3": (220, 60),
    "BodyText": (80, 120),
    "FirstParagraph": (80, 120),
    "Compact": (20, 20),
    "ImageCaption": (40, 240),
    "CaptionedFigure": (160, 0),
    "Figure": (160, 0),
}

_KEPT = ("Title", "Heading1", "Heading2", "Heading3", "CaptionedFigure")


def restyle(styles: Any, brand: Brand) -> None:
    """Give every style of pandoc's Word files the fonts, sizes and colours of a brand (changes the tree)."""
    colours = {"ink": INK, "soft": SOFT, "accent": brand.text_accent[1:].upper()}
    _set_defaults(styles, brand)
    for fonts in list(styles.iter(f"{W}rFonts")):
        if fonts.getparent().getparent().tag != f"{W}rPrDefault" and not _is_code(fonts):
            fonts.getparent().remove(fonts)
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId")
        if name in _LETTERS:
            size, bold, colour = _LETTERS[name]
            _set_letters(style, size, bold=bold, colour=colours[colour])
        if name in _ROOM:
            _set_room(style, *_ROOM[name], kept=name in _KEPT)
        if name == "Hyperlink":
            _set_letters(style, None, bold=False, colour=colours["accent"])
        if name == "VerbatimChar":
            _set_code(style)
    styles.append(_table_text())
    _set_table(styles, brand)


def _is_code(fonts: Any) -> bool:
    return (fonts.get(f"{W}ascii") or "").startswith("Consolas")


def _child(parent: Any, name: str, **values: str) -> Any:
    """A new last child with attributes of Word's own namespace."""
    from lxml import etree

    made = etree.SubElement(parent, f"{W}{name}")
    for key, value in values.items():
        made.set(f"{W}{key}", value)
    return made


def _emptied(style: Any, name: str) -> Any:
    """The style's part of this name without content, in the place that Word wants."""
    part = style.find(f"{W}{name}")
    if part is not None:
        for kid in list(part):
            part.remove(kid)
        return part
    part = _child(style, name)
    after = {"pPr": (f"{W}rPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}tblStylePr"), "rPr": (f"{W}tblPr",)}
    following = next((kid for kid in style if kid.tag in after.get(name, ())), None)
    if following is not None:
        following.addprevious(part)
    return part


def _set_defaults(styles: Any, brand: Brand) -> None:
    letters = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    for kid in list(letters):
        letters.remove(kid)
    font, chinese = brand.font or FONT, brand.chinese_font or CHINESE_FONT
    _child(letters, "rFonts", ascii=font, hAnsi=font, eastAsia=chinese, cs=font)
    _child(letters, "sz", val="21")
    _child(letters, "szCs", val="21")
    # The first is the language of Latin letters: in Chinese, their words would be cut anywhere.
    _child(letters, "lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _set_letters(style: Any, size: int | None, *, bold: bool, colour: str) -> None:
    letters = _emptied(style, "rPr")
    if bold:
        _child(letters, "b")
        _child(letters, "bCs")
    _child(letters, "i", val="0")
    _child(letters, "color", val=colour)
    if size:
        _child(letters, "sz", val=str(size))
        _child(letters, "szCs", val=str(size))


def _set_code(style: Any) -> None:
    letters = _emptied(style, "rPr")
    _child(letters, "rFonts", ascii="Consolas", hAnsi="Consolas", cs="Consolas")
    _child(letters, "sz", val="18")
    _child(letters, "szCs", val="18")


def _set_room(style: Any, before: int, after: int, *, kept: bool) -> None:
    level = style.find(f"{W}pPr/{W}outlineLvl")
    number = level.get(f"{W}val") if level is not None else None
    room = _emptied(style, "pPr")
    if kept:
        _child(room, "keepNext")
        _child(room, "keepLines")
    _child(room, "spacing", before=str(before), after=str(after), line="264", lineRule="auto")
    _child(room, "jc", val="left")
    if number is not None:
        _child(room, "outlineLvl", val=number)


def _table_text() -> Any:
    """The style of letters in tables."""
    from lxml import etree

    style = etree.Element(f"{W}style")
    style.set(f"{W}type", "paragraph")
    style.set(f"{W}customStyle", "1")
    style.set(f"{W}styleId", "TableText")
    _child(style, "name", val="Table Text")
    _child(style, "basedOn", val="Normal")
    _child(_child(style, "pPr"), "spacing", before="30", after="30", line="240", lineRule="auto")
    letters = _child(style, "rPr")
    _child(letters, "sz", val="17")
    _child(letters, "szCs", val="17")
    return style


def _set_table(styles: Any, brand: Brand) -> None:
    """Thin lines between rows, a line in the brand's colour below the heading."""
    style = next(part for part in styles.iter(f"{W}style") if part.get(f"{W}styleId") == "Table")
    for part in style.findall(f"{W}tblPr") + style.findall(f"{W}tblStylePr"):
        style.remove(part)
    shape = _child(style, "tblPr")
    _child(shape, "tblInd", w="0", type="dxa")
    lines = _child(shape, "tblBorders")
    for edge in ("bottom", "insideH"):
        _child(lines, edge, val="single", sz="4", space="0", color="DFE3E8")
    margins = _child(shape, "tblCellMar")
    for edge, room in (("top", "20"), ("left", "80"), ("bottom", "20"), ("right", "80")):
        _child(margins, edge, w=room, type="dxa")
    head = _child(style, "tblStylePr", type="firstRow")
    _child(_child(head, "rPr"), "b")
    cell = _child(head, "tcPr")
    _child(
        _child(cell, "tcBorders"), "bottom", val="single", sz="12", space="0", color=brand.accent[1:].upper()
    )
    _child(cell, "vAlign", val="bottom")
