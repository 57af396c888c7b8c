"""How wide a formula is drawn, in sizes of its letters, estimated from its MathML."""

from __future__ import annotations

from typing import Any

_SMALL = 0.72


def formula_width(html: str) -> float:
    """Width of the formulas in a piece of markup.

    Examples
    --------
    >>> formula_width("<math><mi>a</mi><mo>=</mo><mfrac><mi>b</mi><mi>c</mi></mfrac></math>") < 4
    True
    """
    from bs4 import BeautifulSoup

    return max((_width(math) for math in BeautifulSoup(html, "html.parser").find_all("math")), default=0.0)


def _width(part: Any) -> float:
    kids = [kid for kid in part.children if kid.name is not None]
    if part.name == "mspace":
        return float((part.get("width") or "0em").removesuffix("em") or 0)
    if not kids:
        text = part.get_text().strip()
        return 1.2 * len(text) if part.name == "mo" and text not in ("(", ")", ",") else 0.55 * len(text)
    widths = [_width(kid) for kid in kids]
    if part.name == "mfrac":
        return max(widths) + 0.3
    if part.name in ("munder", "mover", "munderover"):
        return max(widths[0], *(_SMALL * width for width in widths[1:]))
    if part.name == "msubsup":
        return widths[0] + _SMALL * max(widths[1:])
    if part.name in ("msub", "msup"):
        return widths[0] + _SMALL * widths[1]
    if part.name == "mtable":
        return max(widths)
    return sum(widths) + (0.8 if part.name in ("msqrt", "mroot") else 0)
