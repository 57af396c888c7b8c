"""Reads a notebook as it was handed in, and puts right what went wrong on the way.

Only sources, tags and two names are read; stored outputs never count. What was repaired is said in whole
sentences. A repair restores what was handed out; it never writes an answer.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from casekit._text import _, ngettext

#: A notebook larger than this is not read; with figures, honest ones stay below 5 MB.
LARGEST = 20_000_000

#: Most code cells, and longest source of one.
MOST_CELLS, LONGEST_CELL = 2_000, 200_000

_OPENING = re.compile(r"open_exercise\(\s*['\"](?P<exercise>[\w.-]{1,80})['\"]")
_TOKEN = re.compile(r"open_exercise\([^)]{0,300}?token\s*=\s*['\"](?P<token>[0-9a-f]{4,64})['\"]", re.S)
_CHECK = re.compile(r"\bcheck\(\s*['\"](?P<question>[\w.-]{1,20})['\"]")


class Unreadable(ValueError):
    """The file is no notebook; the message says why in one sentence."""


@dataclass(frozen=True)
class HandedIn:
    """A notebook as it was handed in.

    Attributes
    ----------
    cells : tuple of str
        Sources of the code cells.
    exercise : str
        The exercise that it names, or an empty text.
    tokens : tuple of str
        Copies that it names: in its metadata and in its first code cell. Two different ones mean that
        somebody edited one.
    repairs : tuple of str
    """

    cells: tuple[str, ...]
    exercise: str
    tokens: tuple[str, ...]
    repairs: tuple[str, ...] = ()


@dataclass
class _Order:
    """Cells by the place of the cell that they came from; ``None`` for cells of the student's own."""

    cells: list[str]
    places: list[int | None]
    repairs: list[str] = field(default_factory=list)


def read_notebook(content: bytes) -> HandedIn:
    """Read the bytes of a notebook.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    HandedIn

    Raises
    ------
    Unreadable
        If it is not JSON or not a notebook.
    """
    repairs: list[str] = []
    notebook = _parsed(content, repairs)
    cells = _cells(notebook, repairs)
    code = [_source(cell) for cell in cells if cell.get("cell_type") == "code"]
    if len(code) > MOST_CELLS or any(len(source) > LONGEST_CELL for source in code):
        raise Unreadable(_("The notebook holds more code than any exercise asks for."))
    _look_at_outputs(cells, repairs)
    exercise, tokens = _names(notebook, code, repairs)
    return HandedIn(tuple(code), exercise, tokens, tuple(repairs))


def repair_cells(handed_in: HandedIn, given: list[str]) -> HandedIn:
    """Put deleted given cells back, moved cells into order, and say what is there twice.

    Parameters
    ----------
    handed_in : HandedIn
    given : list of str
        The code cells as they were handed out.

    Returns
    -------
    HandedIn
        A cell that was copied counts where its original stands; of two answers the last one counts, as it
        would if the notebook were run from top to bottom.
    """
    places = [_place(source, given) for source in handed_in.cells]
    order = _Order(list(handed_in.cells), places)
    _sort(order)
    _tell_duplicates(order, given)
    _restore(order, given)
    return HandedIn(
        tuple(order.cells), handed_in.exercise, handed_in.tokens, (*handed_in.repairs, *order.repairs)
    )


# -- reading -----------------------------------------------------------------------------------------------


def _parsed(content: bytes, repairs: list[str]) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than {size} MB.").format(size=LARGEST // 1_000_000))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
        repairs.append(_("The file was saved as UTF-16 and was read as that."))
    else:
        text = content.decode("utf-8", "replace")
        if text.startswith("\ufeff"):
            text = text[1:]
            repairs.append(_("The file began with a byte order mark, which was dropped."))
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            _("The file is not JSON, as a notebook is: it is damaged or something else.")
        ) from error
    if not isinstance(notebook, dict):
        raise Unreadable(_("The file is JSON, but no notebook."))
    return notebook


def _cells(notebook: dict[str, Any], repairs: list[str]) -> list[dict[str, Any]]:
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in _list(sheet.get("cells"))]
        repairs.append(_("The notebook was saved in the format of 2013 and was read as that."))
    elif notebook.get("nbformat") != 4 or notebook.get("nbformat_minor") not in range(6):
        repairs.append(_("The notebook's format number was wrong; it was read as format 4."))
    if not isinstance(cells, list):
        raise Unreadable(_("The file is JSON, but no notebook."))
    return [cell for cell in cells if isinstance(cell, dict)]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _look_at_outputs(cells: list[dict[str, Any]], repairs: list[str]) -> None:
    code = [cell for cell in cells if cell.get("cell_type") == "code"]
    counts = [cell.get("execution_count") for cell in code]
    numbers = [count for count in counts if isinstance(count, int)]
    unrun = any(cell.get("outputs") and not isinstance(cell.get("execution_count"), int) for cell in code)
    if unrun or numbers != sorted(numbers):
        repairs.append(
            _("Stored outputs came from another order of running; they were made again from the code.")
        )


def _names(notebook: dict[str, Any], code: list[str], repairs: list[str]) -> tuple[str, tuple[str, ...]]:
    """Exercise and copies that the notebook names: the metadata first, then the first code cell."""
    metadata = notebook.get("metadata")
    ours = metadata.get("casekit") if isinstance(metadata, dict) else None
    ours = ours if isinstance(ours, dict) else {}
    exercise, token = ours.get("exercise"), ours.get("student")
    opening = next((source for source in code if _OPENING.search(source)), "")
    named, copy = _OPENING.search(opening), _TOKEN.search(opening)
    if not (isinstance(exercise, str) and isinstance(token, str) and token):
        if named:
            repairs.append(
                _("The notebook's metadata was missing; its first code cell says which copy it is.")
            )
        exercise, token = None, None
    tokens = [found for found in (token, copy["token"] if copy else None) if found]
    return str(exercise or (named["exercise"] if named else ""))[:80], tuple(dict.fromkeys(tokens))


# -- order -------------------------------------------------------------------------------------------------


def _place(source: str, given: list[str]) -> int | None:
    """The given cell that this one came from: the same text, the same opening, or the same check."""
    plain = " ".join(source.split())
    for number, other in enumerate(given):
        if plain == " ".join(other.split()):
            return number
    if _OPENING.search(source):
        return next((number for number, other in enumerate(given) if _OPENING.search(other)), None)
    checked = _CHECK.findall(source)
    if len(set(checked)) == 1:
        return next(
            (number for number, other in enumerate(given) if _CHECK.findall(other) == checked[:1]), None
        )
    return None


def _sort(order: _Order) -> None:
    """Cells in the order in which they were handed out; a cell of one's own stays behind the one above it."""
    known = [place for place in order.places if place is not None]
    first = list(dict.fromkeys(known))
    if first == sorted(first):
        return
    keys, above = [], -1
    for place in order.places:
        above = above if place is None else place
        keys.append(above)
    rows = sorted(range(len(keys)), key=keys.__getitem__)
    order.cells = [order.cells[row] for row in rows]
    order.places = [order.places[row] for row in rows]
    order.repairs.append(_("Cells had been moved; they were put back in the order of the exercise."))


def _tell_duplicates(order: _Order, given: list[str]) -> None:
    for place, count in Counter(order.places).items():
        checked = _CHECK.search(given[place]) if place is not None else None
        if checked and count > 1:
            sentence = ngettext(
                "Question {question} was answered in {count} cell; the last one counts.",
                "Question {question} was answered in {count} cells; the last one counts.",
                count,
            )
            order.repairs.append(sentence.format(question=checked["question"], count=count))


def _restore(order: _Order, given: list[str]) -> None:
    """Put back what was handed out ready to run; a deleted answer stays deleted, and is named."""
    for number, source in enumerate(given):
        if number in order.places:
            continue
        checked = _CHECK.search(source)
        if checked:
            text = _("The cell of question {question} is missing or lost its check.")
            order.repairs.append(text.format(question=checked["question"]))
        elif not _has_dots(source):
            above = [row for row, place in enumerate(order.places) if place is not None and place < number]
            at = above[-1] + 1 if above else 0
            order.cells.insert(at, source)
            order.places.insert(at, number)
            text = _("A deleted cell that came with the exercise was put back: {line}")
            order.repairs.append(text.format(line=source.strip().split("\n")[0][:60]))


def _has_dots(source: str) -> bool:
    """True if something is left to fill in, so that the cell is the student's."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return True
    return any(isinstance(node, ast.Constant) and node.value is ... for node in ast.walk(tree))
