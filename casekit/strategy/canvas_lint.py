"""Finds the usual mistakes in the wording of a canvas: no number, no customer, vague words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy import canvas_words as words

#: What the linter looks for.
LINT_RULES = ("no number", "no customer", "vague word", "product instead of solution")

#: What an entry may be. Only relievers and creators must be more than a product; a product may name itself.
ENTRY_KINDS = ("job", "pain", "gain", "reliever", "creator", "product")

#: Rules that apply to each kind of entry.
RULES_BY_KIND = {
    "job": ("no customer", "vague word"),
    "pain": ("no number", "no customer", "vague word"),
    "gain": ("no number", "no customer", "vague word"),
    "reliever": ("no number", "vague word", "product instead of solution"),
    "creator": ("no number", "vague word", "product instead of solution"),
    "product": ("vague word",),
}


def lint_canvas(
    entries: Any, *, customers: Iterable[str] = (), products: Iterable[str] = (), vague: Iterable[str] = ()
) -> pd.DataFrame:
    """What is wrong with the wording of a canvas, entry by entry, in English or Chinese.

    The course names three mistakes: a list without a customer, a product where a solution should stand, and
    words too vague to be measured. This finds their traces in the words. It is a checklist that reads: it
    does not understand, so an entry that passes may still be empty, and one that fails may be fine.

    Parameters
    ----------
    entries : list of str, dict, Series or DataFrame
        Texts; or a dict ``{kind: [texts]}``; or a frame with the columns ``text`` and, if wanted, ``kind``
        (job, pain, gain, reliever, creator or product). Without a kind, every rule applies.
    customers, products, vague : iterable of str
        Further words of your trade: who the customers are, what your products are called, what is vague.

    Returns
    -------
    DataFrame, one row a finding, in the order of the entries: ``entry`` (its label or number from 0),
    ``kind``, ``text``, ``rule`` (one of :data:`LINT_RULES`), ``found`` (the words, where there are any)
    and ``advice``. Empty if nothing was found.

    Raises
    ------
    InputError
        For entries that are not text, blank entries, unknown kinds.

    Notes
    -----
    - *no number*: no digit, number word, or Chinese numeral with a counting word.
    - *no customer*: no word for a person or firm, no pronoun; "we" and "our" are the seller and do not count.
    - *vague word*: praise that cannot be measured. A number beside it does not lift the hint.
    - *product instead of solution*: a product is named and no verb says what changes for the customer.

    References
    ----------
    Osterwalder, A. et al. (2014). *Value Proposition Design*: common mistakes.

    Examples
    --------
    >>> lint_canvas({"pain": ["Drivers lose 40 minutes a day in queues", "Bad quality"]})["rule"].tolist()
    ['no number', 'no customer', 'vague word']
    """
    check = Check("lint_canvas")
    table = _entries(check, entries)
    check.done()
    asked = {"customers": customers, "products": products, "vague": vague}
    extra = {name: _own(check, name, words) for name, words in asked.items()}
    rows = []
    for entry in table.itertuples(index=False):
        rules = RULES_BY_KIND.get(entry.kind, LINT_RULES)
        for rule, found in _findings(entry.text, extra).items():
            if rule in rules:
                rows.append((entry.entry, entry.kind, entry.text, rule, ", ".join(found), _advice(rule)))
    return pd.DataFrame(rows, columns=["entry", "kind", "text", "rule", "found", "advice"], dtype=object)


def lint_summary(entries: Any, **words_of_trade: Iterable[str]) -> pd.Series:
    """Share of the entries that each rule finds fault with, and the share without any fault.

    Parameters
    ----------
    entries
        As for :func:`lint_canvas`.
    **words_of_trade
        ``customers``, ``products`` and ``vague``, as there.

    Returns
    -------
    Series of float, 0 to 1: one value a rule and ``clean``.

    Examples
    --------
    >>> float(lint_summary({"pain": ["Drivers lose 40 minutes a day in queues", "Bad quality"]})["clean"])
    0.5
    """
    check = Check("lint_summary")
    total = len(_entries(check, entries))
    check.done()
    found = lint_canvas(entries, **words_of_trade)
    shares = {rule: float(found.loc[found["rule"] == rule, "text"].size) / total for rule in LINT_RULES}
    faulty = found[["entry", "kind", "text"]].drop_duplicates()
    return pd.Series({**shares, "clean": 1 - len(faulty) / total}, name="share")


def _own(check: Check, name: str, extra: Iterable[str]) -> frozenset[str]:
    return frozenset(check.text(name, word) for word in check.names(name, extra, repeats=True))


def _findings(text: str, extra: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if not re.search(words.NUMBER_PATTERN, text, flags=re.IGNORECASE):
        found["no number"] = []
    if not _words_in(text, words.CUSTOMER_WORDS | words.CUSTOMER_WORDS_ZH | extra["customers"]):
        found["no customer"] = []
    if vague := _words_in(text, words.VAGUE_WORDS | words.VAGUE_WORDS_ZH | extra["vague"]):
        found["vague word"] = vague
    things = _words_in(text, words.PRODUCT_WORDS | words.PRODUCT_WORDS_ZH | extra["products"])
    if things and not _words_in(text, words.EFFECT_WORDS | words.EFFECT_WORDS_ZH):
        found["product instead of solution"] = things
    return found


def _words_in(text: str, known: Iterable[str]) -> list[str]:
    """Known words in the order of the text; Chinese ones as parts, others as whole words of any case."""
    lower = text.lower()
    places = {}
    for word in known:
        one = word.lower()
        if re.search(r"[\u4e00-\u9fff]", one):
            place = lower.find(one)
        else:
            hit = re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", lower, flags=re.ASCII)
            place = hit.start() if hit else -1
        if place >= 0:
            places[word] = place
    return sorted(places, key=lambda word: (places[word], word))


def _advice(rule: str) -> str:
    return {
        "no number": _("say how much, how often or how long, with a number"),
        "no customer": _("say whose job, pain or gain this is, in the customer's words"),
        "vague word": _("say what one would see or measure if it were so"),
        "product instead of solution": _("say what changes for the customer, not what the product is called"),
    }[rule]


def _entries(check: Check, entries: Any) -> pd.DataFrame:
    """Entries as a frame with ``entry, kind, text``."""
    if isinstance(entries, Mapping) and not {"text"} <= set(entries):
        pairs = [
            (str(kind), text)
            for kind, own in entries.items()
            for text in check.names(f"entries[{kind!r}]", own, repeats=True)
        ]
        entries = pd.DataFrame(pairs, columns=["kind", "text"])
    elif not isinstance(entries, (pd.DataFrame, Mapping)):
        entries = pd.DataFrame(
            {"text": pd.Series(check.names("entries", entries, repeats=True), dtype=object)}
        )
    frame = check.frame("entries", entries, ["text"])
    check.done()
    is_text = frame["text"].map(lambda text: isinstance(text, str) and bool(text.strip()))
    check.require(
        bool(is_text.all()),
        _("every entry must be a text"),
        got=errors.listing(map(repr, frame.loc[~is_text, "text"])),
        where=errors.rows(frame.index[~is_text]),
        hint=_("drop empty lines"),
    )
    kinds = frame["kind"].astype(str).to_numpy() if "kind" in frame.columns else [""] * len(frame)
    for kind in dict.fromkeys(kinds):
        if kind:
            check.choice("kind", kind, ENTRY_KINDS)
    return pd.DataFrame({"entry": frame.index, "kind": kinds, "text": frame["text"].to_numpy()})
