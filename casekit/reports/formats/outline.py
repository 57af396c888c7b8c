"""What a report says, in order: sections with their finding, sentences, formulas, figures and tables."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from casekit.reports.formats.formula_text import formula_text

#: Characters of a sentence that can stand as a title, Chinese ones counted double.
LONGEST_FINDING = 160

_LABEL = re.compile(r"^\s*(?:Figure|图)\s*\d+\s*[.。:：]?\s*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|(?<=[。！？])")
_RESULT = re.compile(r"\d\s?%|[¥$€£]\s?\d|\d\.\d")
_LEGEND = re.compile(r"\w+:")
_PICTURE = re.compile(r"data:image/(png|jpeg);base64,(?P<data>.+)", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One piece of a report.

    Attributes
    ----------
    kind : str
        ``text``, ``list``, ``formula``, ``output``, ``heading``, ``figure`` or ``table``.
    html : str
        As on the page.
    text : str
        As plain text, formulas in one line; of a figure the caption without its number.
    computed : bool
        True if the notebook computed it, False for its prose.
    rows : tuple
        Of a table: its rows, those of the heading first.
    heading_rows : int
        How many of them are heading.
    picture : bytes
        Of a figure: PNG or JPEG.
    """

    kind: str
    html: str
    text: str
    computed: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    heading_rows: int = 0
    picture: bytes = b""

    @property
    def is_visual(self) -> bool:
        return self.kind in ("figure", "table")


@dataclass(frozen=True)
class Section:
    """What stands below one heading."""

    heading: str
    blocks: tuple[Block, ...] = ()

    @property
    def finding(self) -> str:
        """The sentence that says what came out: of the first caption, else the first computed sentence, else
        the heading."""
        for block in self.blocks:
            if block.kind == "figure" and finding_of(block.text):
                return finding_of(block.text)
        for block in self.blocks:
            if block.kind == "text" and block.computed and statement_of(block.text):
                return statement_of(block.text)
        return self.heading


@dataclass(frozen=True)
class Outline:
    """A whole report: its title, what stands before the first heading, and the sections."""

    title: str
    opening: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def lead(self) -> str:
        """The first sentences of the opening: who asks, and what hangs on it."""
        text = next((block.text for block in self.opening if block.kind == "text"), "")
        made = ""
        for sentence in sentences(text):
            if made and len(made) + len(sentence) > 240:
                break
            made = f"{made} {sentence}".strip()
        return made


def read_outline(page_html: str) -> Outline:
    """The outline of a report's page, as :func:`casekit.reports.page.render_page` writes it."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(page_html, "html.parser")
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in _with_captions(list(_blocks(page.main, computed=False))):
        if block.kind == "section":
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block)
    sections = tuple(Section(heading, tuple(blocks)) for heading, blocks in parts[1:])
    return Outline(
        title=_words(page.h1) if page.h1 else "",
        opening=tuple(parts[0][1]),
        sections=sections,
        facts=tuple(
            (_words(row.dt), ", ".join(row.dd.stripped_strings))
            for row in page.select(".facts > div")
            if row.dt and row.dd
        ),
    )


def finding_of(text: str) -> str:
    """The sentence of a caption that says what came out: the first with a share, money or a decimal, else the
    first with a number, else the first of five words or more; empty if none is short enough for a title.

    Examples
    --------
    >>> finding_of("Public data. 200 calls to the best-scored reach 21 % of the buyers. The rest is chance.")
    '200 calls to the best-scored reach 21 % of the buyers.'
    """
    whole = _titles(text)
    results = [sentence for sentence in whole if _RESULT.search(sentence)]
    numbered = [sentence for sentence in whole if re.search(r"\d", sentence)]
    return (results or numbered or whole or [""])[0]


def statement_of(text: str) -> str:
    """The first sentence of a computed text that can stand as a title; empty if none can."""
    return (_titles(text) or [""])[0]


def _titles(text: str) -> list[str]:
    """Sentences that are whole, not too long for a title, and no legend such as ``Left: …``."""
    return [
        sentence
        for sentence in sentences(text)
        if len(sentence) + _chinese(sentence) <= LONGEST_FINDING
        and (len(sentence.split()) >= 5 or _chinese(sentence) >= 8)
        and not _LEGEND.match(sentence)
    ]


def sentences(text: str) -> list[str]:
    """A text cut at the ends of its sentences."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def _chinese(text: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


# -- from the page ---------------------------------------------------------------------------------------


def _blocks(parent: Any, *, computed: bool) -> Iterator[Block]:
    for part in parent.children:
        if part.name is None or part.name == "details":
            continue
        block = _block(part, computed)
        if block is not None:
            yield block
        elif part.name in ("div", "section"):
            classes = part.get("class") or []
            yield from _blocks(part, computed=computed or "output" in classes)


def _block(part: Any, computed: bool) -> Block | None:
    """The block that an element is; None for one that only holds others."""
    if part.name == "h2":
        return Block("section", str(part), _words(part))
    if part.name in ("h3", "h4"):
        return Block("heading", str(part), _words(part))
    if part.name == "img":
        return _figure(part)
    if part.name == "table":
        return _table(part, computed)
    if part.name == "math" or (part.name == "p" and _is_formula(part)):
        return Block("formula", str(part), _words(part))
    if part.name == "p" and "caption" in (part.get("class") or []):
        return Block("caption", part.decode_contents(), _words(part), computed)
    if part.name in ("p", "blockquote"):
        return Block("text", str(part), _words(part), computed)
    if part.name in ("ul", "ol"):
        text = "\n".join(f"• {_words(item)}" for item in part.find_all("li", recursive=False))
        return Block("list", str(part), text, computed)
    if part.name == "pre":
        return Block("output", str(part), part.get_text().strip("\n"), computed)
    return None


def _is_formula(part: Any) -> bool:
    kids = [kid for kid in part.children if kid.name is not None or str(kid).strip()]
    return len(kids) == 1 and kids[0].name == "math" and kids[0].get("display") == "block"


def _figure(part: Any) -> Block | None:
    picture = picture_bytes(part.get("src", ""))
    return Block("figure", str(part), "", computed=True, picture=picture) if picture else None


def picture_bytes(source: str) -> bytes:
    """The picture that a data URI holds; empty for any other address."""
    found = _PICTURE.match(source)
    return base64.b64decode(found["data"]) if found else b""


def _table(part: Any, computed: bool) -> Block:
    rows = part.find_all("tr")
    head = [row for row in rows if row.find_parent("thead") is not None]
    cells = [
        [_words(cell) for cell in row.find_all(["td", "th"]) for _n in range(_span(cell))] for row in rows
    ]
    width = max((len(row) for row in cells), default=0)
    filled = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    return Block(
        "table", str(part), "", computed, rows=_joined(filled, len(head)), heading_rows=min(len(head), 1)
    )


def _span(cell: Any) -> int:
    return int(cell.get("colspan") or 1)


def _joined(rows: tuple[tuple[str, ...], ...], head: int) -> tuple[tuple[str, ...], ...]:
    """Two rows of heading, as pandas writes for a named index, made one."""
    if head < 2:
        return rows
    columns = zip(*rows[:head], strict=True)
    return (tuple(" ".join(dict.fromkeys(filter(None, column))) for column in columns), *rows[head:])


def _with_captions(blocks: Sequence[Block]) -> list[Block]:
    """Figures with the caption that follows them."""
    made: list[Block] = []
    for block in blocks:
        if block.kind != "caption":
            made.append(block)
            continue
        place = _figure_waiting(made)
        if place is None:
            made.append(Block("text", f"<p>{block.html}</p>", block.text, True))
        else:
            text, picture = _LABEL.sub("", block.text), made[place].picture
            made[place] = Block("figure", block.html, text, True, picture=picture)
    return made


def _figure_waiting(made: Sequence[Block]) -> int | None:
    """The place of the last figure of this section, if it has no caption yet."""
    for place in reversed(range(len(made))):
        if made[place].kind == "section":
            return None
        if made[place].kind == "figure":
            return None if made[place].text else place
    return None


def _words(part: Any) -> str:
    """The text of an element, formulas in one line."""
    if part.find("math") is None and part.name != "math":
        return " ".join(part.get_text().split())
    pieces = [
        formula_text(piece) if piece.name == "math" else piece
        for piece in part.descendants
        if piece.name == "math" or (piece.name is None and piece.find_parent("math") is None)
    ]
    if part.name == "math":
        return formula_text(part)
    return " ".join("".join(pieces).split())
