"""Slides of a report: one group a section, each slide with its finding as the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casekit.reports.formats.outline import Block, Outline, Section, finding_of, statement_of

#: Characters of sentences beside a figure or below a table; the rest goes to the notes.
BESIDE = 420

#: Characters of sentences on a slide without figure or table.
FULL = 900

#: How many letters a Chinese one takes the room of.
_CHINESE_WEIGHT = 2


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    section : str
        The heading that it belongs to.
    title : str
        The finding, or the heading if there is none.
    visual : Block, optional
        The figure or table.
    beside : tuple of Block
        Sentences and formulas that are shown.
    notes : tuple of Block
        All that the report says here, for the speaker.
    """

    section: str
    title: str
    visual: Block | None = None
    beside: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()


def deck(outline: Outline) -> list[list[Slide]]:
    """The slides of each section, in order; every section has at least one."""
    return [list(_slides(section)) for section in outline.sections]


def _slides(section: Section) -> Iterator[Slide]:
    parts = _parts(section.blocks)
    for visual, around in parts:
        if visual is None:
            yield from _text_slides(section, around)
        else:
            yield _visual_slide(section, visual, around)


def _parts(blocks: Sequence[Block]) -> list[tuple[Block | None, list[Block]]]:
    """Each figure or table with what stands around it: before the first one, all that leads to it."""
    parts: list[tuple[Block | None, list[Block]]] = []
    waiting: list[Block] = []
    for block in blocks:
        if block.is_visual:
            parts.append((block, waiting))
            waiting = []
        elif parts and block.computed:
            parts[-1][1].extend([*waiting, block])
            waiting = []
        else:
            waiting.append(block)
    if parts:
        parts[-1][1].extend(waiting)
        return parts
    return [(None, waiting)]


def _visual_slide(section: Section, visual: Block, around: list[Block]) -> Slide:
    told = [block for block in around if block.computed and block.kind in ("text", "list")]
    title = finding_of(visual.text)
    if not title:
        title = next(filter(None, (statement_of(block.text) for block in told)), "")
    shown = [block for block in around if block.kind == "formula"][:1]
    if visual.kind == "figure":
        shown = _without(visual, title) + shown
    shown += [rest for block in told for rest in _without(block, title)]
    notes = (*around, visual) if visual.kind == "figure" else tuple(around)
    return Slide(section.heading, _as_title(title or section.heading), visual, _within(shown, BESIDE), notes)


def _as_title(sentence: str) -> str:
    """A sentence without its full stop."""
    return sentence.removesuffix(".").removesuffix("。")


def _text_slides(section: Section, blocks: list[Block]) -> Iterator[Slide]:
    """Sentences that were computed if there are any, else the prose; on as many slides as they need."""
    told = any(block.computed and block.kind in ("text", "list") for block in blocks)
    chosen = [
        block
        for block in blocks
        if block.kind != "heading" and (block.computed or block.kind == "formula" or not told)
    ]
    title = section.finding
    parts = [part for block in chosen for rest in _without(block, title) for part in _items(rest)]
    pages = _pages(parts) or [[]]
    for number, page in enumerate(pages):
        notes = tuple(blocks) if number == 0 else ()
        yield Slide(
            section.heading, _as_title(title) if number == 0 else section.heading, None, tuple(page), notes
        )


def _without(block: Block, title: str) -> list[Block]:
    """The block without the sentence that has become the title; nothing if it said no more."""
    if title not in block.text or not title:
        return [block] if block.text else []
    rest = " ".join(block.text.replace(title, " ", 1).split())
    html = cut_sentence(block.html, title)
    return (
        [Block(block.kind if block.kind != "figure" else "text", html, rest, block.computed)] if rest else []
    )


def cut_sentence(html: str, sentence: str) -> str:
    """The markup without one sentence, wherever its letters stand.

    Examples
    --------
    >>> cut_sentence("<p><b>Call</b> them. It pays.</p>", "Call them.")
    '<p> It pays.</p>'
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    pieces = [piece for piece in soup.find_all(string=True) if piece.find_parent("math") is None]
    letters = [
        (piece, place) for piece in pieces for place, letter in enumerate(piece) if not letter.isspace()
    ]
    text = "".join(piece[place] for piece, place in letters)
    wanted = "".join(sentence.split())
    start = text.find(wanted)
    if start < 0:
        return html
    gone: dict[int, set[int]] = {}
    for piece, place in letters[start : start + len(wanted)]:
        gone.setdefault(id(piece), set()).add(place)
    for piece in pieces:
        if id(piece) in gone:
            drop = gone[id(piece)]
            kept = "".join(letter for place, letter in enumerate(piece) if place not in drop)
            piece.replace_with(re.sub(r"\s+", " ", kept))
    for mark in soup.find_all(["b", "strong", "em", "i", "code"]):
        if not mark.get_text(strip=True):
            mark.decompose()
    return str(soup)


def _within(blocks: list[Block], room: int) -> tuple[Block, ...]:
    """The first blocks that fit; at least one."""
    made: list[Block] = []
    for block in blocks:
        if made and sum(map(_weight, made)) + _weight(block) > room:
            break
        made.append(block)
    # A sentence that announces what no longer fits says nothing.
    while made and len(made) < len(blocks) and made[-1].text.endswith((":", "：")):
        made.pop()
    return tuple(made)


def _items(block: Block) -> list[Block]:
    """A long list as one list an item, so that it can go on on the next slide."""
    if block.kind != "list" or _weight(block) < FULL / 2:
        return [block]
    from bs4 import BeautifulSoup

    whole = BeautifulSoup(block.html, "html.parser").find(["ul", "ol"])
    items = whole.find_all("li", recursive=False)  # type: ignore[union-attr]
    texts = block.text.split("\n")
    if len(items) != len(texts):
        return [block]
    return [
        Block("list", f"<ul>{item}</ul>", text, block.computed)
        for item, text in zip(items, texts, strict=True)
    ]


def _pages(blocks: list[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = []
    for block in blocks:
        if pages and sum(map(_weight, pages[-1])) + _weight(block) <= FULL:
            pages[-1].append(block)
        else:
            pages.append([block])
    if len(pages) > 1 and sum(map(_weight, pages[-1])) < FULL / 4:
        pages[-2:] = [pages[-2] + pages[-1]]
    return pages


def _weight(block: Block) -> int:
    """Letters, Chinese ones double, and something for each new line."""
    wide = sum(ord(letter) > 0x2E7F for letter in block.text)
    return len(block.text) + wide * (_CHINESE_WEIGHT - 1) + 40 * (1 + block.text.count("\n"))
