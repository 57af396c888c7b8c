"""A report as slides: one HTML file with reveal.js inside, one group of slides a section."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from casekit._text import _, current_language
from casekit.reports.brand import DEFAULT_BRAND, Brand
from casekit.reports.columns import numeric_columns
from casekit.reports.formats import fit
from casekit.reports.formats.deck import Slide, deck
from casekit.reports.formats.formula_width import formula_width
from casekit.reports.formats.origin import origin_rows
from casekit.reports.formats.outline import Block, Outline

REVEAL = Path(__file__).parent / "reveal"

#: The slide, in pixels.
WIDTH, HEIGHT = 1280, 720

#: Room left for what stands below the title, and beside a figure.
ROOM, DEEP, SIDE = 1180, 500, 350

#: A figure wider than this has its text below it, not beside it.
WIDE = 1.95

#: Smaller letters cannot be read: what would need them stands in the notes.
SMALLEST = 12.5

_TITLE_SIZES = (38, 34, 30, 27, 24)
_TEXT_SIZES = (27, 25, 23, 21, 19, 17, 15)
_SIDE_SIZES = (22, 20, 18, 16, 14)
_TABLE_SIZES = (22, 20, 18, 16, 15)


def page_as_slides(outline: Outline, facts: Mapping[str, Any], brand: Brand | None = None) -> str:
    """The slides of a report as HTML text that asks no other host.

    Parameters
    ----------
    outline : Outline
        What the report says, from :func:`casekit.reports.formats.outline.read_outline`.
    facts : mapping
        ``metadata.casekit`` of the report.
    brand : Brand, optional
        Name, logo, colours, footer and font.
    """
    from casekit.reports.page import _template

    return _template("slides.html.j2").render(
        _=_,
        outline=outline,
        title_size=title_size(outline.title, (50, 44, 38, 34, 30), 1080, 260),
        groups=[[_shown(slide) for slide in group] for group in deck(outline)],
        facts=json.dumps(dict(facts), ensure_ascii=False, default=str),
        origin=origin_rows(facts),
        brand=brand or DEFAULT_BRAND,
        language=current_language().replace("_", "-"),
        size={"width": WIDTH, "height": HEIGHT},
        **_parts(),
    )


@cache
def _parts() -> dict[str, str]:
    """Scripts and styles, as they go into the file."""
    read = {name: (REVEAL / name).read_text(encoding="utf-8") for name in ("reveal.js", "notes.js")}
    styles = [REVEAL / "reset.css", REVEAL / "reveal.css"]
    own = Path(__file__).parent.parent / "templates" / "slides.css"
    return {
        # A closing tag inside a script would end it.
        "script": read["reveal.js"].replace("</script", "<\\/script"),
        "notes_script": read["notes.js"].replace("</script", "<\\/script"),
        "style": "\n".join(path.read_text(encoding="utf-8") for path in [*styles, own]),
    }


def title_size(
    text: str, sizes: tuple[int, ...] = _TITLE_SIZES, room: float = ROOM, deep: float = 100
) -> float:
    """The size at which a title takes no more room than it has."""
    return fit.largest([text], sizes, room / fit.BOLD, deep) or sizes[-1]


def _shown(slide: Slide) -> dict[str, Any]:
    """What the template needs of one slide."""
    shown: dict[str, Any] = {
        "section": "" if slide.title == slide.section else slide.section,
        "title": slide.title,
        "title_size": title_size(slide.title),
        "notes": [block for block in slide.notes if block.kind != "figure"],
        "figure": "",
        "table": None,
        "layout": "text",
    }
    texts = [block.text for block in slide.beside]
    room: tuple[float, float] = (ROOM, DEEP)
    if slide.visual is None:
        shown["size"] = fit.largest(texts, _TEXT_SIZES, ROOM - 30, DEEP) or _TEXT_SIZES[-1]
    elif slide.visual.kind == "figure":
        wide = _ratio(slide.visual) > WIDE or not slide.beside
        shown["layout"] = "stacked" if wide else "beside"
        shown["figure"] = _uri(slide.visual)
        room = (ROOM, 130) if wide else (SIDE - 24, DEEP)
        shown["size"] = fit.largest(texts, _SIDE_SIZES, *room) or _SIDE_SIZES[-1]
    else:
        shown["layout"] = "stacked"
        shown["size"] = fit.largest(texts, _SIDE_SIZES, ROOM, 130) or _SIDE_SIZES[-1]
        taken = fit.height(texts, shown["size"], ROOM) + 20 if texts else 0
        shown["table"] = table_cut(slide.visual, _TABLE_SIZES, ROOM, DEEP - taken)
    shown["beside"] = [
        (block.kind, block.html, size)
        for block in slide.beside
        if (size := unbroken_size(block, shown["size"], room[0])) >= SMALLEST
    ]
    return shown


def unbroken_size(block: Block, size: float, room: float) -> float:
    """A formula and a printed table cannot be broken: their letters are so small that they fit."""
    if block.kind == "formula":
        return min(size, room * 0.82 / max(formula_width(block.html), 1))
    if block.kind == "output":
        longest = max(map(len, block.text.splitlines()), default=1)
        return min(size * 0.82, room * 0.95 / (0.61 * max(longest, 1)))
    return size


def table_cut(block: Block, sizes: tuple[int, ...], room: float, deep: float) -> dict[str, Any]:
    """A table as it fits: its rows, cut where it is too long, with a last row of dots."""
    found = fit.fit_table(block.rows, block.heading_rows, sizes, room, deep)
    head, body = block.rows[: block.heading_rows], block.rows[block.heading_rows :]
    rest = len(body) - found.rows
    return {
        "size": found.size,
        "shares": found.shares,
        "width": found.width,
        "head": head,
        "body": [*body[: found.rows], *([("…",) * len(body[0])] if rest else [])],
        "more": _("{count} more rows in the report").format(count=rest) if rest else "",
        "numeric": numeric_columns(body),
    }


def _ratio(figure: Block) -> float:
    """Width by height."""
    wide, high = picture_size(figure.picture)
    return wide / high


def picture_size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG in pixels.

    Examples
    --------
    >>> picture_size(b"\\x89PNG\\r\\n\\x1a\\n" + b"\\0\\0\\0\\rIHDR" + b"\\0\\0\\0\\x02\\0\\0\\0\\x01")
    (2, 1)
    """
    if picture.startswith(b"\x89PNG"):
        return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    place = 2
    while place + 9 < len(picture):
        mark, length = picture[place + 1], int.from_bytes(picture[place + 2 : place + 4])
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            high, wide = picture[place + 5 : place + 7], picture[place + 7 : place + 9]
            return int.from_bytes(wide), int.from_bytes(high)
        place += 2 + length
    return 16, 9


def _uri(figure: Block) -> str:
    import base64

    kind = "png" if figure.picture.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(figure.picture).decode()}"
