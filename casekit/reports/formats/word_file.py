"""The last hand on a Word file: styles, paper, header with the logo, footer with page numbers, properties."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from html import escape
from typing import Any

from casekit._text import current_language
from casekit.reports.brand import PAPERS, Brand
from casekit.reports.formats.slides import picture_size
from casekit.reports.formats.word_code import finish_code
from casekit.reports.formats.word_styles import W, restyle
from casekit.reports.formats.word_tables import finish_table

#: Millimetres round the text.
MARGIN = 20

#: Twentieths of a point, and EMU (the unit of Office drawings), in a millimetre.
TWIP, EMU = 1440 / 25.4, 36000

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    f'xmlns:w="{W[1:-1]}" xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def room_of(brand: Brand) -> float:
    """Millimetres from the left to the right of the text."""
    return PAPERS[brand.paper][0] - 2 * MARGIN


def finish(docx: bytes, title: str, facts: Mapping[str, Any], brand: Brand) -> bytes:
    """A file that pandoc wrote, in the look of a brand and with the facts of the report as its properties."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["word/styles.xml"] = _changed(parts["word/styles.xml"], lambda tree: restyle(tree, brand))
    parts["word/document.xml"] = _changed(parts["word/document.xml"], lambda tree: _finish_body(tree, brand))
    parts["word/footer9.xml"] = _footer(brand.footer or title, brand).encode()
    parts["word/header9.xml"] = _header(brand).encode()
    if brand.logo:
        parts[f"word/media/brand.{_kind(brand)}"] = brand.logo
        parts["word/_rels/header9.xml.rels"] = _logo_relation(brand).encode()
    parts["word/_rels/document.xml.rels"] = _with_relations(parts["word/_rels/document.xml.rels"])
    parts["[Content_Types].xml"] = _with_types(parts["[Content_Types].xml"])
    parts["docProps/core.xml"] = _properties(title, facts, brand).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def _changed(content: bytes, change: Any) -> bytes:
    from lxml import etree

    tree = etree.fromstring(content)
    change(tree)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- the body --------------------------------------------------------------------------------------------


def _finish_body(document: Any, brand: Brand) -> None:
    """Paper, header and footer; tables and printed texts that fit, rows whole, numbers to the right."""
    from lxml import etree

    body = document.find(f"{W}body")
    for table in body.iter(f"{W}tbl"):
        finish_table(table, room_of(brand))
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "SourceCode":
            finish_code(paragraph, room_of(brand) * TWIP / 20)
    for old in body.findall(f"{W}sectPr"):
        body.remove(old)
    wide, high = (round(edge * TWIP) for edge in PAPERS[brand.paper])
    margin, inner = round(MARGIN * TWIP), round(10 * TWIP)
    body.append(
        etree.fromstring(
            f'<w:sectPr {_SPACES}><w:headerReference w:type="default" r:id="rIdHeader9"/>'
            f'<w:footerReference w:type="default" r:id="rIdFooter9"/><w:pgSz w:w="{wide}" w:h="{high}"/>'
            f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" '
            f'w:header="{inner}" w:footer="{inner}" w:gutter="0"/></w:sectPr>'
        )
    )


# -- header, footer, properties --------------------------------------------------------------------------


def _footer(text: str, brand: Brand) -> str:
    """The line of the brand at the left, the page number at the right."""
    letters = '<w:rPr><w:color w:val="5C6670"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'

    def field(name: str) -> str:
        return (
            f'<w:r>{letters}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{letters}<w:instrText '
            f'xml:space="preserve"> {name} </w:instrText></w:r><w:r>{letters}<w:fldChar '
            f'w:fldCharType="separate"/></w:r><w:r>{letters}<w:t>1</w:t></w:r><w:r>{letters}<w:fldChar '
            'w:fldCharType="end"/></w:r>'
        )

    return (
        f"{_HEAD}<w:ftr {_SPACES}><w:p>{_tabs(brand)}"
        f'<w:r>{letters}<w:t xml:space="preserve">{escape(_cut(text, 100))}</w:t></w:r>'
        f"<w:r>{letters}<w:tab/></w:r>{field('PAGE')}"
        f'<w:r>{letters}<w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}</w:p></w:ftr>'
    )


def _tabs(brand: Brand) -> str:
    """What stands at the right of a line ends with the text."""
    place = round(room_of(brand) * TWIP)
    return f'<w:pPr><w:tabs><w:tab w:val="right" w:pos="{place}"/></w:tabs></w:pPr>'


def _cut(text: str, longest: int) -> str:
    """A text that stays on one line of the footer; a Chinese letter counts as two."""
    room = 0
    for place, letter in enumerate(text):
        room += 2 if ord(letter) > 0x2E7F else 1
        if room > longest:
            return text[:place].rstrip() + "…"
    return text


def _header(brand: Brand) -> str:
    """Logo and name; an empty line without them."""
    letters = '<w:rPr><w:b/><w:color w:val="5C6670"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
    name = f"<w:r>{letters}<w:tab/><w:t>{escape(brand.name)}</w:t></w:r>" if brand.name else ""
    return f"{_HEAD}<w:hdr {_SPACES}><w:p>{_tabs(brand)}{_logo(brand)}{name}</w:p></w:hdr>"


def _logo(brand: Brand) -> str:
    if not brand.logo:
        return ""
    wide, high = picture_size(brand.logo)
    scale = min(40 / wide, 9 / high) * EMU
    size = f'cx="{round(wide * scale)}" cy="{round(high * scale)}"'
    space = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/>"
        f'<wp:docPr id="901" name="logo" descr="{escape(brand.name)}"/>'
        f'<a:graphic><a:graphicData uri="{space}">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="902" name="logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _kind(brand: Brand) -> str:
    return "png" if brand.logo_type == "image/png" else "jpeg"


def _logo_relation(brand: Brand) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdLogo" Type="{_OFFICE}/image" Target="media/brand.{_kind(brand)}"/>'
        "</Relationships>"
    )


def _with_relations(content: bytes) -> bytes:
    added = "".join(
        f'<Relationship Id="rId{name}9" Type="{_OFFICE}/{name.lower()}" Target="{name.lower()}9.xml"/>'
        for name in ("Header", "Footer")
    )
    return content.replace(b"</Relationships>", added.encode() + b"</Relationships>")


def _with_types(content: bytes) -> bytes:
    added = "".join(
        f'<Override PartName="/word/{name}9.xml" ContentType="{_PARTS}.{name}+xml"/>'
        for name in ("header", "footer")
    )
    for kind in ("png", "jpeg"):
        if f'Extension="{kind}"'.encode() not in content:
            added = f'<Default Extension="{kind}" ContentType="image/{kind}"/>' + added
    start = content.index(b">", content.index(b"<Types")) + 1
    return content[:start] + added.encode() + content[start:]


def _properties(title: str, facts: Mapping[str, Any], brand: Brand) -> str:
    made = facts.get("created") or ""
    stamp = made[:19] + "Z" if made else ""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
        if stamp
    )
    text = json.dumps(dict(facts), ensure_ascii=False, default=str)
    return (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(str(facts.get('case', '')))}</dc:subject>"
        f"<dc:creator>{escape(brand.name or 'casekit')}</dc:creator>"
        f"<cp:keywords>casekit {escape(str(facts.get('version', '')))}</cp:keywords>"
        f"<dc:description>{escape(text)}</dc:description>"
        f"<dc:language>{current_language().replace('_', '-')}</dc:language>{dates}</cp:coreProperties>"
    )
