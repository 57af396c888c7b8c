"""What a plain value means for a kind of question, or one sentence on why it cannot be an answer."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import Any

from casekit import errors
from casekit._text import _, ngettext
from casekit.exercises.checking.numbers_in_text import read_number
from casekit.exercises.checking.question import Question


@dataclass(frozen=True)
class Complaint:
    """Why a value cannot be judged: ``missing``, ``wrong type`` or outside what is ``possible``."""

    status: str
    sentence: str


def understand(question: Question, plain: Any) -> Any:
    """The value of an answer in the form its kind asks for, or a :class:`Complaint`.

    Returns
    -------
    float (the four kinds of numbers), str (``choice``, ``free_text``), list of str (``labels``), dict from
    label to number or text (``series``, ``function``), or Complaint
    """
    if plain is None or (isinstance(plain, str) and not plain.strip()):
        return Complaint("missing", _missing(question))
    if question.numeric:
        return _number(question, plain)
    if question.kind == "choice":
        return _choice(question, plain)
    if question.kind == "labels":
        return _labels(question, plain)
    if question.kind == "series":
        return _series(plain)
    if question.kind == "function":
        return _outputs(plain)
    return _text(question, plain)


def label_text(label: Any) -> str:
    """A label in the one form that is compared: half-width, one space, a whole number without its point."""
    if isinstance(label, float) and label.is_integer():
        label = int(label)
    text = str(label)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.replace("_", " ").split()).casefold()


def _missing(question: Question) -> str:
    if question.kind == "free_text":
        return _("No answer yet: write your text between the quotation marks.")
    if question.numeric:
        return _("No answer yet: put your number where the dots are.")
    return _("No answer yet: put your answer where the dots are.")


# -- numbers -----------------------------------------------------------------------------------------------


def _number(question: Question, plain: Any) -> float | Complaint:
    if isinstance(plain, str):
        return _number_of_text(question, plain)
    if isinstance(plain, bool) or not isinstance(plain, (int, float)):
        return Complaint("wrong type", _not_a_number(plain))
    try:
        number = float(plain)
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        return Complaint("wrong type", _special("NaN"))
    return Complaint("wrong type", _special("inf")) if math.isinf(number) else number


def _number_of_text(question: Question, text: str) -> float | Complaint:
    found = read_number(text[:200])
    if found is None:
        return Complaint(
            "wrong type",
            _("The answer must be one number, but this is a text without one: {text}.").format(
                text=errors.shown(text)
            ),
        )
    number, percent = found
    if percent and question.kind != "share":
        return Complaint("wrong type", _("The answer is no percentage: give the number itself."))
    return number


def _not_a_number(plain: Any) -> str:
    kind = type_in_words(plain)
    if isinstance(plain, dict) and "special" in plain:
        return _special(plain["special"])
    return _("The answer must be one number, but this is a {type}.").format(type=kind)


def _special(name: Any) -> str:
    if name == "inf":
        return _("The answer is infinite: look for a division by zero.")
    return _("The answer is missing (NaN): look for an empty selection or a column of another type.")


def type_in_words(plain: Any) -> str:
    """What an answer is, in a few words."""
    if isinstance(plain, bool):
        return _("bool, true or false")
    if isinstance(plain, str):
        return _("text")
    if isinstance(plain, (int, float)):
        return _("number")
    if isinstance(plain, list):
        return _("list of {count} values").format(count=len(plain))
    if isinstance(plain, dict) and isinstance(plain.get("series"), dict):
        return _("table of {count} values").format(count=len(_pairs(plain)))
    if isinstance(plain, dict) and "outputs" in plain:
        return _("function")
    name = plain.get("other") if isinstance(plain, dict) else None
    return name[:40] if isinstance(name, str) else _("value that cannot be read")


# -- labels ------------------------------------------------------------------------------------------------


def _choice(question: Question, plain: Any) -> str | Complaint:
    known = {label_text(label): label for label in question.labels}
    allowed = _listed(question.labels)
    if not isinstance(plain, (str, int, float)):
        return Complaint(
            "wrong type",
            _("The answer must be one of {labels}, but this is a {type}.").format(
                labels=allowed, type=type_in_words(plain)
            ),
        )
    if label_text(plain) not in known:
        return Complaint("wrong type", _("The answer must be one of {labels}.").format(labels=allowed))
    return label_text(plain)


def _listed(labels: tuple[str, ...]) -> str:
    """Labels one after the other, each still to be told from the next if it holds a comma."""
    return " / ".join(labels)


def _labels(question: Question, plain: Any) -> list[str] | Complaint:
    items = _values(plain) if isinstance(plain, dict) and "series" in plain else plain
    items = [items] if isinstance(items, (str, int, float)) and not isinstance(items, bool) else items
    if not isinstance(items, list) or not all(isinstance(item, (str, int, float)) for item in items):
        return Complaint(
            "wrong type",
            _("The answer must be a list of labels, but this is a {type}.").format(type=type_in_words(plain)),
        )
    texts = [label_text(item) for item in items]
    known = {label_text(label) for label in question.labels}
    unknown = [text for text in texts if text not in known] if known else []
    if unknown:
        return Complaint(
            "wrong type",
            _("{unknown} is none of the labels {labels}.").format(
                unknown=errors.shown(unknown[0]), labels=_listed(question.labels)
            ),
        )
    if len(set(texts)) < len(texts):
        return Complaint("wrong type", _("A label stands in the list twice."))
    return texts


# -- a value a label ---------------------------------------------------------------------------------------


def _series(plain: Any) -> dict[str, Any] | Complaint:
    if not (isinstance(plain, dict) and isinstance(plain.get("series"), dict)):
        return Complaint(
            "wrong type",
            _("The answer must be a Series with one value for each label, but this is a {type}.").format(
                type=type_in_words(plain)
            ),
        )
    pairs = _pairs(plain)
    found = {label_text(label): _value(value) for label, value in pairs}
    if len(found) < len(pairs):
        return Complaint("wrong type", _("A label stands in the index twice: give one value for each."))
    empty = [label for label, value in found.items() if value is None]
    if empty:
        return Complaint(
            "wrong type",
            ngettext(
                "{count} value is missing or no number, that of {label}.",
                "{count} values are missing or no numbers, such as that of {label}.",
                len(empty),
            ).format(count=len(empty), label=empty[0]),
        )
    return found


def _pairs(plain: dict[str, Any]) -> list[tuple[Any, Any]]:
    series = plain.get("series")
    if not isinstance(series, dict):
        return []
    index, values = series.get("index"), series.get("values")
    if not isinstance(index, list) or not isinstance(values, list):
        return []
    return list(zip(index, values, strict=False))


def _values(plain: dict[str, Any]) -> list[Any]:
    return [value for _label, value in _pairs(plain)]


def _value(value: Any) -> float | str | None:
    """A number, or a text as a label; None for everything else."""
    if isinstance(value, str):
        return label_text(value)
    if isinstance(value, bool):
        return label_text(value)
    if not isinstance(value, (int, float)):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _outputs(plain: Any) -> dict[str, Any] | Complaint:
    """What a function returned, as a value for each call."""
    if not (isinstance(plain, dict) and isinstance(plain.get("outputs"), list)):
        return Complaint(
            "wrong type",
            _("The answer must be a function, but this is a {type}.").format(type=type_in_words(plain)),
        )
    outputs = plain["outputs"]
    raised = [out["raised"] for out in outputs if isinstance(out, dict) and "raised" in out]
    if raised:
        return Complaint(
            "wrong type",
            _("The function raised {error} on {count} of {total} calls.").format(
                error=str(raised[0])[:40], count=len(raised), total=len(outputs)
            ),
        )
    values = {f"call {place:03d}": _value(out) for place, out in enumerate(outputs, start=1)}
    if None in values.values():
        return Complaint(
            "wrong type",
            _("The function must return one number on every call; here it returned a {type}.").format(
                type=type_in_words(next(out for out in outputs if _value(out) is None))
            )
            if any(out is not None and _value(out) is None for out in outputs)
            else _("The function returns nothing: end it with return."),
        )
    return values


# -- free text ---------------------------------------------------------------------------------------------


def _text(question: Question, plain: Any) -> str | Complaint:
    if not isinstance(plain, str):
        return Complaint(
            "wrong type",
            _("The answer must be a text, but this is a {type}.").format(type=type_in_words(plain)),
        )
    count = count_words(plain)
    if count < question.min_words:
        return Complaint(
            "too short",
            _("The text has {count} words (or Chinese characters) of the {least} asked for.").format(
                count=count, least=question.min_words
            ),
        )
    return plain


def count_words(text: str) -> int:
    """Words of a text; a Chinese character counts as one.

    Examples
    --------
    >>> count_words("Drop the calls."), count_words("停止 calls")
    (3, 3)
    """
    spaced = "".join(f" {sign} " if "\u4e00" <= sign <= "\u9fff" else sign for sign in text)
    return sum(any(sign.isalnum() for sign in word) for word in spaced.split())
