"""Persuasion vocabulary: how much of it a sales script holds, by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The course's five kinds of persuasive language, with words that give them away. English words match as
#: whole words, Chinese ones anywhere; a trailing ``*`` matches any ending.
PERSUASION_WORDS: dict[str, tuple[str, ...]] = {
    "colourful": (
        *(
            "attractive",
            "beautiful*",
            "bright*",
            "delicious",
            "easy",
            "easily",
            "excellent",
            "fresh*",
            "lively",
        ),
        *("pleasant*", "reliabl*", "rich", "safe", "smooth*", "strong", "wonderful*"),
        *("吸引人", "漂亮", "美味", "轻松", "出色", "新鲜", "可靠", "安全", "愉快", "丰富", "优质"),
    ),
    "personal": (
        *("you", "your", "yours", "we", "us", "our", "ours", "together"),
        *("您", "你", "我们", "咱们", "一起"),
    ),
    "visual": (
        *("imagine", "picture", "look", "see", "watch", "show*", "visuali*", "view", "scene"),
        *("想象", "设想", "看到", "看见", "画面", "眼前", "展示"),
    ),
    "testimonial": (
        *("customer*", "client*", "retailer*", "recommend*", "testimonial*", "reference*", "review*"),
        *("客户", "顾客", "零售商", "同行", "推荐", "评价", "案例", "见证"),
    ),
    "pause": ("[pause]", "(pause)", "……", "…", "...", "——", "[停顿]", "(停顿)", "（停顿）"),
}


def script_words(scripts: Any, *, words: Mapping[str, Iterable[str]] | None = None) -> pd.DataFrame:
    """How often each kind of persuasive word stands in a script, in English or Chinese.

    The course advises colourful and personal words, pictures, words of other customers and pauses. This
    counts traces of them; it does not understand, and a count is no success. To learn whether a script sells,
    give two scripts to callers by lot and compare what they win (:func:`compare_win_rates`, and
    :func:`sample_size_two_rates` for how many calls that takes).

    Parameters
    ----------
    scripts : str, list of str, or dict or Series of str
        Texts, by name if labelled.
    words : mapping of kind to words, optional
        Your own kinds and words; :data:`PERSUASION_WORDS` if not given. A trailing ``*`` matches any ending;
        a lower-case word matches capitals too.

    Returns
    -------
    DataFrame, one row a script
        ``length`` (English words and numbers, plus Chinese characters), and for each kind its count. Divide
        by ``length`` to compare scripts of one language; lengths of the two languages do not compare.

    Raises
    ------
    InputError
        If a script is blank or no text, or a kind has no words.

    Notes
    -----
    A longer word is counted first and a place in the text once within a kind, so ``我们的`` is one ``我们``.

    Examples
    --------
    >>> scripts = {"A": "Your shelf sells more.", "B": "Imagine your shelf … full. Our clients do!"}
    >>> found = script_words(scripts)
    >>> found[["length", "personal", "visual", "testimonial", "pause"]].to_numpy().tolist()
    [[4, 1, 0, 0, 0], [7, 2, 1, 1, 1]]
    """
    check = Check("script_words")
    texts = _texts(check, scripts)
    chosen = _kinds(check, PERSUASION_WORDS if words is None else words)
    check.done()
    table = pd.DataFrame(index=texts.index)
    table["length"] = [len(re.findall(r"[^\W_㐀-鿿]+(?:['’-][^\W_㐀-鿿]+)*|[㐀-鿿]", text)) for text in texts]
    for kind, pattern in chosen.items():
        table[kind] = [len(pattern.findall(text)) for text in texts]
    return table


def _texts(check: Check, scripts: Any) -> pd.Series:
    given = [scripts] if isinstance(scripts, str) else scripts
    if not isinstance(given, (Mapping, list, tuple, pd.Series)) or not len(given):
        check.add(errors.wrong_type("scripts", _("text, or texts by name"), scripts))
        return pd.Series(dtype=object)
    texts = pd.Series(given, dtype=object)
    odd = texts[[not isinstance(text, str) or not text.strip() for text in texts]]
    if len(odd):
        check.add(
            errors.must_hold(
                _("scripts must hold text"),
                got=errors.listing(repr(value) for value in odd),
                where=errors.rows(odd.index),
            )
        )
    return texts


def _kinds(check: Check, words: Any) -> dict[str, re.Pattern[str]]:
    if not isinstance(words, Mapping) or not words:
        check.add(errors.wrong_type("words", _("a mapping of kind to words"), words))
        return {}
    patterns = {}
    for kind, listed in words.items():
        own = (
            [listed]
            if isinstance(listed, str)
            else [
                word
                for word in check.names(f"words[{kind!r}]", listed, repeats=True)
                if str(word).strip("* ")
            ]
        )
        if not own:
            check.add(errors.empty(f"words[{kind!r}]"))
            continue
        parts = [_pattern(str(word)) for word in sorted(own, key=len, reverse=True)]
        patterns[str(kind)] = re.compile("|".join(parts), re.IGNORECASE)
    return patterns


def _pattern(word: str) -> str:
    stem = word.rstrip("*")
    if not re.fullmatch(r"[\w' -]+", stem) or re.search(r"[㐀-鿿]", stem):
        return re.escape(stem)
    return rf"(?<!\w){re.escape(stem)}" + (r"\w*" if word.endswith("*") else r"(?!\w)")
