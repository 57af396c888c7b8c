"""Numbers as people write them: ``45 %``, ``¥1,234``, ``１２３４元``, ``1.2万``."""

from __future__ import annotations

import math
import re
import unicodedata

_FORM = re.compile(
    r"(?P<sign>[+-]?)[¥$€£￥]?(?P<sign2>[+-]?)(?P<number>\d[\d,_' ]*(?:\.\d*)?|\.\d+)(?P<power>e[+-]?\d+)?"
    r"(?P<ten_thousand>万?)(?:元|块|rmb|cny|人|位|个|¥)?(?P<percent>%|percent|per cent)?"
)


def read_number(text: str) -> tuple[float, bool] | None:
    """The number that a text holds, and whether it was a percentage; None if it holds none.

    Parameters
    ----------
    text : str
        Full-width digits, thousands separators, currency signs, 元 and 万, a true minus and spaces are
        understood. A percentage comes back as a share.

    Returns
    -------
    (float, bool) or None

    Examples
    --------
    >>> read_number("45 %"), read_number("¥1,234"), read_number("−１．２万元"), read_number("about 5")
    ((0.45, True), (1234.0, False), (-12000.0, False), None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("−", "-").replace("–", "-")
    plain = re.sub(r"\s+", " ", plain)
    match = _FORM.fullmatch(re.sub(r"(?<=[-+¥$€£]) | (?=[%万元块人位个e])", "", plain))
    if match is None or (match["sign"] and match["sign2"]) or not _grouped(match["number"]):
        return None
    digits = re.sub(r"[,_' ]", "", match["number"])
    number = float(f"{match['sign'] or match['sign2']}{digits}{match['power'] or ''}")
    number *= 10_000 if match["ten_thousand"] else 1
    if not math.isfinite(number):
        return None
    return (number / 100, True) if match["percent"] else (number, False)


def _grouped(number: str) -> bool:
    """Separators stand between groups of three or four, so that ``1,5`` is not read as fifteen."""
    groups = re.split(r"[,_' ]", number.split(".")[0])
    return len(groups) == 1 or all(len(group) in (3, 4) for group in groups[1:])
