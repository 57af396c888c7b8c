"""Pieces of the pages that come out of grading. Every text is escaped unless it is a piece made here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from casekit._text import current_language

#: Texts, numbers, and pieces made here, which alone are not escaped.
Piece = Any

STYLE_SHEET = Path(__file__).parent / "pages.css"


def tag(name: str, *content: Piece, **attributes: Piece) -> Markup:
    """An element; ``class_`` is its class.

    Examples
    --------
    >>> tag("p", "a < b", tag("b", "c"), class_="note")
    Markup('<p class="note">a &lt; b<b>c</b></p>')
    """
    given = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
        if value not in ("", None)
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), given, join(content))


#: A new line inside a paragraph or a cell.
BREAK = Markup("<br>")


def join(pieces: Iterable[Piece]) -> Markup:
    """Pieces one after the other."""
    return Markup("").join(pieces)


def facts(pairs: Iterable[tuple[Piece, Piece]]) -> Markup:
    """Names and values at the head of a page."""
    parts = [tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs]
    return tag("dl", *parts, class_="facts")


def table(
    headings: Sequence[Piece],
    rows: Iterable[Sequence[Piece]],
    *,
    texts: Iterable[int] = (0,),
    class_: str = "",
) -> Markup:
    """A table that scrolls by itself on a phone; columns in ``texts`` are set left."""
    texts = set(texts)

    def cells(name: str, values: Sequence[Piece]) -> list[Markup]:
        return [tag(name, value, class_="t" if place in texts else "") for place, value in enumerate(values)]

    head = tag("thead", tag("tr", *cells("th", headings)))
    body = tag("tbody", *[tag("tr", *cells("td", row)) for row in rows])
    return tag("div", tag("table", head, body, class_=class_), class_="scroll")


def bar(share: float, kind: str = "") -> Markup:
    """A share as a bar, for the eye; the number must stand beside it."""
    inner = tag("span", style=f"width:{100 * min(max(share, 0.0), 1.0):.1f}%", class_=kind)
    return tag("span", inner, class_="bar", aria_hidden="true")


def lines(items: Iterable[Piece]) -> Markup:
    """Pieces in a cell, each on a line of its own."""
    return BREAK.join(items)


def bullets(items: Iterable[Piece]) -> Markup:
    """A list."""
    return tag("ul", *[tag("li", item) for item in items])


def page(title: str, *body: Piece, kind: str = "") -> str:
    """A whole page that asks no other host for anything.

    Parameters
    ----------
    title : str
    body : pieces
    kind : str
        What sort of page it is, in a few words above the title.
    """
    head = join(
        [
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(_POLICY),
            Markup('<meta name="robots" content="noindex"><link rel="icon" href="data:,">'),
            tag("title", title),
            Markup("<style>{}</style>").format(Markup(_style())),
        ]
    )
    top = tag("header", tag("p", kind, class_="kind") if kind else "", tag("h1", title))
    html = tag("html", tag("head", head), tag("body", top, *body), lang=current_language().replace("_", "-"))
    return f"<!DOCTYPE html>\n{html}\n"


#: No script, no other host: what a student wrote can do nothing even if it were not escaped.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def _style() -> str:
    from casekit.reports.page import TEMPLATES

    return (TEMPLATES / "page.css").read_text(encoding="utf-8") + STYLE_SHEET.read_text(encoding="utf-8")
