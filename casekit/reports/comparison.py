"""Two reports held side by side: numbers and figures first, words apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from casekit._text import _
from casekit.reports.blocks import CODE, ENTRY, FIGURE, SHOWN, Block

#: What can differ: a number, an entry of a table that is no number, a figure, the words round them.
NUMBER, WORD, PICTURE, WORDING = "number", "word", "figure", "wording"

#: Words that are results as numbers are, where they are all that a piece says.
_VALUES = ("True", "False", "nan", "NaN", "NaT", "None", "inf", "-inf", "∞", "-∞", "−∞")

#: A sign counts only where it cannot be a hyphen (``2023-12-31``) or a range (``3-5``).
_NUMBER = re.compile(
    r"(?:(?<![\w.,\-−%])[-−+]\s?(?=[¥￥$€£]?\d))?(?P<currency>[¥￥$€£])?"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+−]?\d+)?)(?:\s?(?P<share>[%％‰]))?"
)

#: Letters of a piece that a message shows.
_ROOM = 80


@dataclass(frozen=True)
class Difference:
    """What differs: the heading above it, what the report says, what the new run says, and in which text."""

    heading: str
    kind: str
    reported: str
    found: str
    text: str = ""

    def __str__(self) -> str:
        parts = {
            "heading": self.heading or _("beginning"),
            "reported": _short(self.reported),
            "found": _short(self.found),
        }
        if self.kind == PICTURE:
            return _("“{heading}”: a figure is drawn differently").format(**parts)
        if self.text and self.text not in (self.reported, self.found):
            said = _("“{heading}”: the report says {reported}, the new run {found}, in {text}")
            return said.format(**parts, text=_round(self.text, self.reported or self.found))
        return _("“{heading}”: the report says {reported}, the new run {found}").format(**parts)


@dataclass
class Comparison:
    """How many numbers and figures the report has, and what differs, in reading order."""

    numbers: int = 0
    figures: int = 0
    differences: list[Difference] = field(default_factory=list)
    wording: list[Difference] = field(default_factory=list)
    code: bool = False

    def of(self, kind: str) -> list[Difference]:
        """The differences of one kind."""
        return [item for item in self.differences if item.kind == kind]

    def without_figures(self) -> Comparison:
        """The same of numbers and words alone."""
        kept = [item for item in self.differences if item.kind != PICTURE]
        return replace(self, figures=0, differences=kept)


def compare(reported: Sequence[Block], found: Sequence[Block]) -> Comparison:
    """Hold the pieces of two reports side by side.

    Numbers must be the same in the same order. An entry of a table that is no number counts as a result too
    if it has become another entry that the report already had: then it is not the word that has changed.
    """
    shown, again = _of(reported, SHOWN, ENTRY), _of(found, SHOWN, ENTRY)
    result = Comparison(numbers=sum(len(numbers(block.text)) for block in shown))
    result.code = _texts(_of(reported, CODE)) != _texts(_of(found, CODE))
    entries = {block.text for block in shown if block.kind == ENTRY}
    for before, after in _unlike(shown, again, [_texts(shown), _texts(again)]):
        result.differences += _numbers_of(before, after)
        for item in _wording_of(before, after):
            moved = item.kind == WORD and item.found in entries
            (result.differences if moved else result.wording).append(item)
    pictures, drawn = _of(reported, FIGURE), _of(found, FIGURE)
    result.figures = len(pictures)
    result.differences += _figures_of(pictures, drawn)
    return result


def numbers(text: str) -> list[str]:
    """The numbers of a text in one spelling, in their order.

    Examples
    --------
    >>> numbers("On 2023-12-31: −¥1,750.50, 12.0 % of 3-5 calls")
    ['2023', '12', '31', '-1750.5', '12%', '3', '5']
    >>> numbers("False"), numbers("False alarms")
    (['False'], [])
    """
    if text in _VALUES:
        return [text.replace("−", "-")]
    return [_plain(match) for match in _NUMBER.finditer(text)]


def _plain(match: re.Match[str]) -> str:
    sign = "-" if match[0][0] in "-−" else ""
    mantissa, mark, exponent = match["digits"].replace(",", "").lower().partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    share = (match["share"] or "").replace("％", "%")
    return f"{sign}{mantissa}{mark}{exponent.replace('−', '-')}{share}"


def _frame(text: str) -> str:
    """The words of a text without its numbers."""
    return "#" if text in _VALUES else _NUMBER.sub(lambda match: f"{match['currency'] or ''}#", text)


# -- side by side ----------------------------------------------------------------------------------------


def _of(blocks: Sequence[Block], *kinds: str) -> list[Block]:
    return [block for block in blocks if block.kind in kinds]


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks]


def _unlike(before: Sequence[Any], after: Sequence[Any], keys: Any) -> Iterator[tuple[Any, Any]]:
    """The stretches of two sequences that are not alike, by their keys."""
    if keys[0] == keys[1]:
        return
    for tag, start, end, other, last in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            yield before[start:end], after[other:last]


def _numbers_of(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Difference]:
    """Each number of a stretch that is another one, is gone or has come."""
    sides = [
        [(number, block) for block in side for number in numbers(block.text)] for side in (before, after)
    ]
    for one, other in _unlike(sides[0], sides[1], [[number for number, _block in side] for side in sides]):
        for was, now in zip_longest(one, other):
            _number, block = was or now
            yield Difference(block.heading, NUMBER, was[0] if was else "", now[0] if now else "", block.text)


def _wording_of(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Difference]:
    """Each piece whose words differ, whatever its numbers."""
    frames = [[_frame(block.text) for block in side] for side in (before, after)]
    for one, other in _unlike(before, after, frames):
        for was, now in zip_longest(one, other):
            plain = was and now and was.kind == now.kind == ENTRY and not numbers(was.text + now.text)
            yield Difference(
                (was or now).heading,
                WORD if plain else WORDING,
                was.text if was else "",
                now.text if now else "",
            )


def _figures_of(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Difference]:
    for one, other in _unlike(before, after, [_texts(before), _texts(after)]):
        for was, now in zip_longest(one, other):
            yield Difference((was or now).heading, PICTURE, was.text if was else "", now.text if now else "")


# -- on the screen ---------------------------------------------------------------------------------------


def _short(text: str) -> str:
    if not text:
        return _("nothing")
    return f"“{text}”" if len(text) <= _ROOM else f"“{text[: _ROOM - 3]}…”"


def _round(text: str, number: str) -> str:
    """The part of a text round a number of it."""
    spelled = [match.span() for match in _NUMBER.finditer(text) if _plain(match) == number]
    start = max(0, spelled[0][0] - _ROOM // 2) if spelled else 0
    part = text[start : start + _ROOM]
    before, after = "…" if start else "", "…" if start + _ROOM < len(text) else ""
    return f"“{before}{part}{after}”"
