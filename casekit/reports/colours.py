"""What a brand's colours can do: be read on paper, and stay apart for every reader."""

from __future__ import annotations

import re

#: Contrast that small text needs on its ground (WCAG 2.2, success criterion 1.4.3).
TEXT_CONTRAST = 4.5

#: Distance in CIELAB below which two lines of a figure look alike.
APART = 12.0

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

Channels = tuple[float, float, float]


def is_colour(text: object) -> bool:
    """True for ``#1a2b3c`` or ``#abc``."""
    return isinstance(text, str) and bool(_HEX.fullmatch(text))


def long_form(colour: str) -> str:
    """``#ABC`` as ``#aabbcc``.

    Examples
    --------
    >>> long_form("#0bF")
    '#00bbff'
    """
    digits = colour.lstrip("#").lower()
    return "#" + ("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)


def contrast(colour: str, ground: str = "#ffffff") -> float:
    """The contrast ratio of WCAG, from 1 (the same) to 21 (black on white).

    Examples
    --------
    >>> contrast("#000000"), contrast("#ffffff")
    (21.0, 1.0)
    """
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def readable(colour: str) -> str:
    """The colour itself if text in it can be read on white, else the lightest darker shade that can.

    Examples
    --------
    >>> readable("#0b5a8a"), contrast(readable("#ffcc00")) >= 4.5
    ('#0b5a8a', True)
    """
    shade = long_form(colour)
    while contrast(shade) < TEXT_CONTRAST:
        shade = mix(shade, "#000000", 0.06)
    return shade


def on(ground: str) -> str:
    """White or near-black, whichever is read better on this ground."""
    return max(("#ffffff", "#222222"), key=lambda ink: contrast(ink, ground))


def mix(colour: str, other: str, share: float) -> str:
    """A colour with a share of another in it.

    Examples
    --------
    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_bytes(colour), _bytes(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in pairs)


def alike(colours: list[str]) -> list[tuple[str, str]]:
    """Pairs of colours that a reader without red or green receptors can hardly tell apart.

    Seen as a deuteranope and as a protanope see them (Viénot, Brettel and Mollon 1999).
    """
    found = []
    for place, first in enumerate(colours):
        for second in colours[place + 1 :]:
            if min(_distance(first, second, seen) for seen in _DICHROMATS) < APART:
                found.append((first, second))
    return found


#: Linear RGB as seen without red (protanope) or green (deuteranope) receptors (Viénot et al. 1999).
_DICHROMATS = (
    ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
)


def _distance(first: str, second: str, seen: tuple[Channels, Channels, Channels]) -> float:
    pairs = zip(_lab(_through(first, seen)), _lab(_through(second, seen)), strict=True)
    return sum((one - other) ** 2 for one, other in pairs) ** 0.5


def _through(colour: str, rows: tuple[Channels, Channels, Channels]) -> Channels:
    linear = _linear(colour)
    red, green, blue = (
        sum(weight * value for weight, value in zip(row, linear, strict=True)) for row in rows
    )
    return red, green, blue


def _lab(linear: Channels) -> Channels:
    """Linear sRGB (D65) as CIELAB."""
    red, green, blue = (min(max(value, 0.0), 1.0) for value in linear)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Channels:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (byte / 255 for byte in _bytes(colour))
    )
    return red, green, blue


def _bytes(colour: str) -> tuple[int, int, int]:
    digits = long_form(colour)[1:]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
