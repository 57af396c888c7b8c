"""Markup of a page as runs of letters in one style, for Office files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from casekit.reports.formats.formula_text import formula_text


@dataclass(frozen=True)
class Run:
    """Letters in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


_STYLES: dict[str, dict[str, Any]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "code": {"code": True},
    "pre": {"code": True},
}


def paragraphs(html: str) -> list[list[Run]]:
    """Paragraphs of runs; items of lists begin with a bullet or their number.

    Examples
    --------
    >>> [[run.text, run.bold] for run in paragraphs("<p>Call <b>them</b> now.</p>")[0]]
    [['Call ', False], ['them', True], [' now.', False]]
    """
    from bs4 import BeautifulSoup

    made: list[list[Run]] = [[]]
    for run in _runs(BeautifulSoup(html, "html.parser"), Run("")):
        if run is None:
            made.append([])
        else:
            made[-1].append(run)
    return [_trimmed(part) for part in made if any(run.text.strip() for run in part)]


def _runs(part: Any, style: Run) -> Iterator[Run | None]:
    """Runs in order; None where a paragraph ends."""
    for kid in part.children:
        if kid.name is None:
            yield from _letters(str(kid), style)
        elif kid.name == "math":
            yield replace(style, text=formula_text(kid), italic=True)
        elif kid.name == "br":
            yield None
        elif kid.name == "li":
            yield None
            yield replace(style, text=_bullet(kid))
            yield from _runs(kid, style)
            yield None
        elif kid.name in ("p", "pre", "ul", "ol", "blockquote", "div"):
            yield from _runs(kid, replace(style, **_STYLES.get(kid.name, {})))
            yield None
        else:
            yield from _runs(kid, replace(style, **_STYLES.get(kid.name, {})))


def _letters(text: str, style: Run) -> Iterator[Run | None]:
    if not style.code or "\n" not in text:
        folded = " ".join(text.split())
        if folded or text:
            before = " " if text[:1].isspace() else ""
            after = " " if text[-1:].isspace() and folded else ""
            yield replace(style, text=before + folded + after)
        return
    for line in text.splitlines():
        yield replace(style, text=line)
        yield None


def _bullet(item: Any) -> str:
    if item.parent is not None and item.parent.name == "ol":
        return f"{len(item.find_previous_siblings('li')) + 1}. "
    return "• "


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without white space at both ends."""
    runs = [run for run in runs if run.text]
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    if runs and not runs[0].code:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return runs
