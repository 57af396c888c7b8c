"""A report as a PowerPoint file: real titles, tables, figures and notes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from casekit._text import _, current_language
from casekit.reports.brand import DEFAULT_BRAND, Brand
from casekit.reports.formats import fit
from casekit.reports.formats.deck import Slide, deck
from casekit.reports.formats.origin import origin_rows
from casekit.reports.formats.outline import Block, Outline
from casekit.reports.formats.pptx_parts import (
    Sheet,
    add_footer,
    add_logo,
    add_picture,
    add_stripe,
    add_table,
    add_words,
    new_presentation,
    set_title,
)
from casekit.reports.formats.runs import Run, paragraphs
from casekit.reports.formats.slides import SIDE, WIDE, picture_size, table_cut, title_size, unbroken_size

#: Left edge, top of what stands below the title, width and height of it, in pixels of a 1280 × 720 slide.
LEFT, TOP, ROOM, DEEP = 50, 165, 1180, 495

_TEXT_SIZES = (27, 25, 23, 21, 19, 18)
_SIDE_SIZES = (22, 20, 18, 17, 16)
_TABLE_SIZES = (22, 20, 18, 16, 15)


def outline_as_pptx(outline: Outline, facts: Mapping[str, Any], brand: Brand | None = None) -> bytes:
    """The slides of a report as the bytes of a PowerPoint file.

    Parameters
    ----------
    outline : Outline
        What the report says, from :func:`casekit.reports.formats.outline.read_outline`.
    facts : mapping
        ``metadata.casekit`` of the report; kept in the properties of the file.
    brand : Brand, optional
        Name, logo, colours, footer and fonts.
    """
    brand = brand or DEFAULT_BRAND
    file = new_presentation(brand)
    sheet = Sheet(file, brand, brand.footer or outline.title)
    _add_opening(sheet, outline)
    for group in deck(outline):
        for slide in group:
            _add_slide(sheet, slide)
    _add_origin(sheet, outline, facts)
    _set_properties(file.core_properties, outline, facts, brand)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _add_opening(sheet: Sheet, outline: Outline) -> None:
    page = sheet.add(opening=True)
    add_stripe(page, sheet.brand)
    add_logo(page, sheet.brand, (100, 60, 300, 70))
    size = title_size(outline.title, (52, 46, 40, 35, 31, 28), 1080, 230)
    set_title(page, outline.title, (100, 170, 1080, 240), size, sheet.brand)
    kicker = [[Run(sheet.brand.name or _("Case report"))]]
    add_words(page, kicker, (100, 138, 1080, 30), 18, soft=True)
    lead = [outline.lead] if outline.lead else []
    add_words(
        page, [[Run(text)] for text in lead], (100, 425, 1080, 150), _size(lead, (24, 22, 20), 1080, 150)
    )
    facts = " · ".join(f"{name}: {value}" for name, value in outline.facts)
    add_words(page, [[Run(facts)]], (100, 600, 1080, 60), 16, soft=True)
    _add_notes(page, outline.opening)


def _add_slide(sheet: Sheet, slide: Slide) -> None:
    page = sheet.add()
    add_stripe(page, sheet.brand)
    if slide.title != slide.section:
        add_words(page, [[Run(slide.section)]], (LEFT, 24, ROOM, 26), 16, soft=True)
    set_title(page, slide.title, (LEFT, 52, ROOM, 108), title_size(slide.title), sheet.brand)
    if slide.visual is None:
        _add_text(page, slide, (LEFT, TOP, ROOM, DEEP), _TEXT_SIZES)
    elif slide.visual.kind == "figure":
        _add_figure(page, slide, slide.visual)
    else:
        _add_table(page, slide, slide.visual, sheet.brand)
    add_footer(page, sheet)
    _add_notes(page, slide.notes)


def _add_figure(page: Any, slide: Slide, figure: Block) -> None:
    """The figure with its words beside it, or below it if it is wide."""
    wide, high = picture_size(figure.picture)
    box: Sequence[float] = (LEFT, TOP, ROOM, DEEP)
    words: Sequence[float] = ()
    if slide.beside and wide / high > WIDE:
        below = _deep(slide.beside, _SIDE_SIZES, ROOM, 130)
        box, words = (LEFT, TOP, ROOM, DEEP - below - 10), (LEFT, TOP + DEEP - below, ROOM, below)
    elif slide.beside:
        box = (LEFT, TOP, ROOM - SIDE - 30, DEEP)
        words = (LEFT + ROOM - SIDE, TOP, SIDE, DEEP)
    add_picture(page, figure, box, slide.title)
    if words:
        _add_text(page, slide, words, _SIDE_SIZES, middle=words[2] == SIDE)


def _add_table(page: Any, slide: Slide, block: Block, brand: Brand) -> None:
    below = _deep(slide.beside, _SIDE_SIZES, ROOM, 130) if slide.beside else 0
    cut = table_cut(block, _TABLE_SIZES, ROOM, (DEEP - below - 40) / 1.06)
    rest = add_table(page, cut, (LEFT, TOP, ROOM, DEEP - below), brand)
    if cut["more"]:
        add_words(page, [[Run(cut["more"])]], (LEFT, rest, ROOM, 24), 15, soft=True)
    if slide.beside:
        _add_text(page, slide, (LEFT, TOP + DEEP - below, ROOM, below), _SIDE_SIZES)


def _add_text(
    page: Any, slide: Slide, box: Sequence[float], sizes: tuple[int, ...], *, middle: bool = False
) -> None:
    texts = [block.text for block in slide.beside]
    size = _size(texts, sizes, box[2], box[3])
    words, letters = [], []
    for block in slide.beside:
        found = paragraphs(block.html)
        words += found
        letters += [unbroken_size(block, size, box[2]) if block.kind == "output" else size] * len(found)
    add_words(page, words, box, size, middle=middle, letters=letters)


def _add_origin(sheet: Sheet, outline: Outline, facts: Mapping[str, Any]) -> None:
    """The last slide: where the report comes from."""
    rows = tuple(origin_rows(facts))
    if not rows:
        return
    page = sheet.add()
    add_stripe(page, sheet.brand)
    add_words(page, [[Run(outline.title)]], (LEFT, 24, ROOM, 26), 16, soft=True)
    set_title(page, _("Where this comes from"), (LEFT, 52, ROOM, 108), 36, sheet.brand)
    cut = table_cut(Block("table", "", "", rows=rows), (18, 16, 15, 14), ROOM, DEEP)
    add_table(
        page,
        {**cut, "numeric": [False, False], "shares": (0.24, 0.76), "width": ROOM},
        (LEFT, TOP, ROOM, DEEP),
        sheet.brand,
    )
    add_footer(page, sheet)


def _add_notes(page: Any, blocks: Sequence[Block]) -> None:
    text = "\n\n".join(block.text for block in blocks if block.text)
    if text:
        page.notes_slide.notes_text_frame.text = text


def _size(texts: Sequence[str], sizes: tuple[int, ...], room: float, deep: float) -> float:
    return fit.largest(texts, sizes, room, deep) or sizes[-1]


def _deep(blocks: Sequence[Block], sizes: tuple[int, ...], room: float, deep: float) -> float:
    """How much height words take below a figure or a table."""
    texts = [block.text for block in blocks]
    return fit.height(texts, _size(texts, sizes, room, deep), room) + 12


def _set_properties(properties: Any, outline: Outline, facts: Mapping[str, Any], brand: Brand) -> None:
    """Title, author and the like; the comments hold all facts (python-pptx itself writes 255 letters)."""
    properties.title = outline.title[:255]
    properties.author = (brand.name or "casekit")[:255]
    properties.last_modified_by = ""
    properties.subject = str(facts.get("case", ""))[:255]
    properties.keywords = f"casekit {facts.get('version', '')}".strip()
    properties.language = current_language().replace("_", "-")
    properties.comments = "casekit"
    element = properties._element.find("{http://purl.org/dc/elements/1.1/}description")
    element.text = json.dumps(dict(facts), ensure_ascii=False, default=str)
    made = facts.get("created")
    moment = datetime.fromisoformat(made).replace(tzinfo=None) if made else datetime.now()
    properties.created = properties.modified = moment
