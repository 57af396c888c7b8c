"""A formula of a page as one line of text, for where neither MathML nor Word's equations can stand."""

from __future__ import annotations

import unicodedata
from typing import Any

_SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")

#: Accents over a letter, as combining characters.
_ACCENTS = {
    "^": "\u0302",
    "¯": "\u0304",
    "―": "\u0304",
    "‾": "\u0304",
    "~": "\u0303",
    "→": "\u20d7",
    "˙": "\u0307",
}

_FUNCTIONS = ("log", "ln", "exp", "max", "min", "median")


def formula_text(formula: Any) -> str:
    """A ``math`` element (of BeautifulSoup) as text.

    Examples
    --------
    >>> from bs4 import BeautifulSoup
    >>> source = "<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><msub><mi>b</mi><mn>2</mn></msub></mfrac>"
    >>> formula_text(BeautifulSoup(source, "html.parser"))
    '(a + 1) / b₂'
    """
    text = unicodedata.normalize("NFC", " ".join(_text(formula).split()))
    return text.replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def _text(part: Any) -> str:
    if part.name is None:
        return str(part)
    kids = [kid for kid in part.children if kid.name is not None]
    write = _WRITERS.get(part.name)
    if write is not None:
        return write(kids)
    if part.name == "mo":
        return _operator(part.get_text())
    if part.name == "mspace":
        return " "
    if not kids:
        text = part.get_text()
        return f" {text} " if part.name == "mi" and text in _FUNCTIONS else text
    return "".join(_text(kid) for kid in kids)


def _operator(sign: str) -> str:
    """Room around relations and sums, none around brackets and points."""
    sign = sign.strip("\u2061\u2062\u2063")
    if sign in (",", ";", ":"):
        return f"{sign} "
    if not sign or sign in "()[]{}|!.′%‖":
        return sign
    return f" {sign} "


def _group(part: Any) -> str:
    """In brackets if it is more than one thing."""
    text = _text(part).strip()
    plain = text.replace(".", "").replace("¯", "").replace("\u0302", "").replace("\u0304", "")
    return text if plain.isalnum() or " " not in text else f"({text})"


def _script(text: str, table: dict[int, int], mark: str) -> str:
    made = text.translate(table)
    if text and all(ord(letter) in table for letter in text):
        return made
    return f"{mark}{text}" if len(text) == 1 or text.isalnum() else f"{mark}({text})"


def _sub(kids: list[Any]) -> str:
    return _base(kids) + _script(_text(kids[1]).strip(), _SUBSCRIPTS, "_") + _room(kids)


def _sup(kids: list[Any]) -> str:
    return _text(kids[0]) + _script(_text(kids[1]).strip(), _SUPERSCRIPTS, "^")


def _base(kids: list[Any]) -> str:
    base = _text(kids[0])
    return f" {base.strip()}" if kids[0].name == "mo" else base


def _room(kids: list[Any]) -> str:
    """A space after a sum and its limits."""
    return " " if kids[0].name == "mo" else ""


def _both(kids: list[Any]) -> str:
    below = _script(_text(kids[1]).strip(), _SUBSCRIPTS, "_")
    above = _script(_text(kids[2]).strip(), _SUPERSCRIPTS, "^")
    return _base(kids) + below + above + _room(kids)


def _over(kids: list[Any]) -> str:
    base, mark = _text(kids[0]), _text(kids[1]).strip()
    accent = _ACCENTS.get(mark)
    if accent is None:
        return base.rstrip() + _script(mark, _SUPERSCRIPTS, "^")
    return (
        base + accent if len(base.strip()) == 1 else f"mean({base})" if accent == "\u0304" else base + accent
    )


_WRITERS: dict[str, Any] = {
    "mfrac": lambda kids: f"{_group(kids[0])} / {_group(kids[1])}",
    "msub": _sub,
    "munder": _sub,
    "msup": _sup,
    "mover": _over,
    "msubsup": _both,
    "munderover": _both,
    "msqrt": lambda kids: f"√({''.join(map(_text, kids)).strip()})",
    "mroot": lambda kids: f"{_script(_text(kids[1]).strip(), _SUPERSCRIPTS, '^')}√({_text(kids[0]).strip()})",
    "mtr": lambda kids: " ".join(map(_text, kids)),
    "mtable": lambda kids: "; ".join(map(_text, kids)),
}
