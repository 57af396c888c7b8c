"""Every message a user of casekit can meet, in one form.

A message has four parts::

    <function>: <what must hold>, got <what arrived>.
      Where: <rows or columns, five at most, then the count>
      Allowed: <what would be accepted>
      Try: <one concrete line>

The functions below build one :class:`Problem` each; a checker collects all problems of one call and raises
them together as one :class:`InputError`.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import FrameType

from casekit._text import _, clauses, format_number, full_stop, listed, ngettext

#: How many rows, columns or names a message lists before it goes over to a count.
SHOWN = 5

#: The packages whose functions a reader calls; a message names the outermost one.
CALLED = (
    "value",
    "customer_base",
    "segments",
    "loyalty",
    "strategy",
    "selling",
    "service",
    "information",
    "simulate",
    "plots",
)


class CasekitError(Exception):
    """Base of every error that casekit raises on purpose."""


class CasekitWarning(UserWarning):
    """Legal input that tells less than the caller may think."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: what must hold, what came, where, what is allowed, what to try."""

    must: str
    got: str = ""
    where: str = ""
    allowed: str = ""
    hint: str = ""

    def text(self, function: str) -> str:
        """The four-part message, the parts that do not apply left out."""
        claim = _("{name}: {value}").format(name=function, value=self.must)
        head = claim + _(", got {got}.").format(got=self.got) if self.got else full_stop(claim)
        parts = [head]
        for label, part in ((_("Where"), self.where), (_("Allowed"), self.allowed), (_("Try"), self.hint)):
            if part:
                parts.append("  " + _("{name}: {value}").format(name=label, value=part))
        return "\n".join(parts)


class InputError(CasekitError, ValueError):
    """An argument, a parameter or a file does not hold what the calculation needs."""

    def __init__(self, function: str, problems: Problem | Sequence[Problem]):
        function = _called(function)
        self.function = function
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(problem.text(function) for problem in self.problems))


def _called(function: str) -> str:
    """The function that the reader called, which may have handed its arguments on to ``function``."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        module = frame.f_globals.get("__name__", "").split(".")
        name = frame.f_code.co_name
        ours = module[0] == "casekit" and len(module) > 1 and module[1] in CALLED
        if ours and name[0] not in "_<" and "." not in frame.f_code.co_qualname:
            function = name
        frame = frame.f_back
    return function


class MissingExtraError(CasekitError, ImportError):
    """A function needs a package of an extra that is not installed."""


class ReportError(CasekitError):
    """A report could not be made; the message says which step failed."""


# -- pieces of messages ----------------------------------------------------------------------------------


def shown(value: object) -> str:
    """A value as it stands in a message: short, numbers without noise."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, (int, float)) or type(value).__module__ == "numpy":
        try:
            return format_number(float(value), digits=6)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            pass
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def listing(items: Iterable[object], count: int | None = None) -> str:
    """The first five items, then the count of the rest, of ``count`` in all if these are examples."""
    items = list(items)
    text, rest = listed(items[:SHOWN]), (len(items) if count is None else count) - len(items[:SHOWN])
    return _("{items} and {count} more").format(items=text, count=rest) if rest > 0 else text


def rows(labels: Iterable[object]) -> str:
    """The rows where something is wrong, with their count."""
    labels = list(labels)
    count, rest = len(labels), len(labels) - SHOWN
    if rest > 0:
        text = _("rows {rows} and {rest} more ({count} rows)")
        return text.format(rows=listed(labels[:SHOWN]), rest=rest, count=count)
    return ngettext("row {rows}", "rows {rows} ({count} rows)", count).format(
        rows=listed(labels), count=count
    )


def closest(word: str, known: Iterable[str]) -> str:
    """The known name nearest to a mistyped one, or an empty text."""
    near = difflib.get_close_matches(str(word), list(map(str, known)), n=1, cutoff=0.6)
    return near[0] if near else ""


def interval(low: float | None, high: float | None, unit: str = "") -> str:
    """The allowed range in words that an error can print."""
    if low is not None and high is not None:
        text = _("{low} to {high}").format(low=shown(low), high=shown(high))
    elif low is not None:
        text = _("{low} or more").format(low=shown(low))
    elif high is not None:
        text = _("{high} or less").format(high=shown(high))
    else:
        text = _("any number")
    return f"{text} {unit}".rstrip()


# -- the templates, one a rule ---------------------------------------------------------------------------


def missing_argument(name: str, hint: str) -> Problem:
    return Problem(_("{name} must be given").format(name=name), hint=hint)


def wrong_type(name: str, wanted: str, value: object, hint: str = "") -> Problem:
    return Problem(
        _("{name} must be {wanted}").format(name=name, wanted=wanted),
        got=_("{value} (a {type})").format(value=shown(value), type=type(value).__name__),
        hint=hint,
    )


def wrong_kind(name: str, wanted: str, value: object, hint: str = "") -> Problem:
    """:func:`wrong_type` for those who write plans and brand files, in words that are not Python's."""
    kinds: dict[type, str] = {str: _("text"), list: _("a list"), dict: _("a list of names with values")}
    kind = kinds.get(type(value))
    got = _("{value} ({kind})").format(value=shown(value), kind=kind) if kind else shown(value)
    return Problem(
        _("{name} must be {wanted}").format(name=name, wanted=wanted),
        got=_("nothing") if value is None else got,
        hint=hint,
    )


def out_of_range(
    name: str, got: str, allowed: str, where: str = "", hint: str = "", each: bool = False
) -> Problem:
    rule = _("each value of {name} must lie in its range") if each else _("{name} must lie in its range")
    return Problem(rule.format(name=name), got=got, where=where, allowed=allowed, hint=hint)


def not_finite(name: str, where: str) -> Problem:
    return Problem(
        _("{name} must hold numbers only").format(name=name),
        got=_("missing or infinite values"),
        where=where,
        hint=_("fill or drop these rows first, and say which in your report"),
    )


def missing_dates(name: str, where: str) -> Problem:
    return Problem(
        _("{name} must hold a date in every row").format(name=name),
        got=_("missing dates"),
        where=where,
        hint=_("fill or drop these rows first, and say which in your report"),
    )


def missing_columns(
    name: str, missing: Sequence[str], present: Sequence[str], wanted: Sequence[str] = ()
) -> Problem:
    free = [column for column in present if column not in set(map(str, wanted))]
    near = {column: closest(column, free) for column in missing}
    renames = ", ".join(f"{near[column]!r}: {column!r}" for column in missing if near[column])
    if renames:
        hint = _("{name}.rename(columns={{{renames}}})").format(name=name, renames=renames)
    else:
        hint = _("add the column or rename the one that holds it")
    return Problem(
        _("{name} must have the columns {columns}").format(name=name, columns=listing(missing)),
        got=_("columns {columns}").format(columns=listing(present) or _("none")),
        hint=hint,
    )


def empty(name: str) -> Problem:
    return Problem(
        _("{name} must have at least one row").format(name=name),
        got=_("none"),
        hint=_("look at the filter that made it"),
    )


def not_unique(name: str, values: Sequence[object], where: str = "") -> Problem:
    return Problem(
        _("{name} must not repeat").format(name=name),
        got=listing(values),
        where=where,
        hint=_("drop or merge the repeated rows"),
    )


def unknown_name(kind: str, value: object, known: Sequence[str]) -> Problem:
    near = closest(str(value), known)
    return Problem(
        _("{kind} must be a known name").format(kind=kind),
        got=repr(value) if isinstance(value, str) else shown(value),
        allowed=listed(known),
        hint=_("did you mean {near!r}?").format(near=near) if near else "",
    )


def wrong_total(name: str, total: float, target: float, hint: str = "") -> Problem:
    return Problem(
        _("{name} must add up to {target}").format(name=name, target=shown(target)),
        got=shown(total),
        hint=hint or _("divide each by {total} to keep the proportions").format(total=shown(total)),
    )


def different_lengths(name: str, length: int, other: str, other_length: int) -> Problem:
    return Problem(
        _("{name} must be as long as {other}").format(name=name, other=other),
        got=_("{length} and {other_length}").format(length=length, other_length=other_length),
        hint=_("give one value for each, in the same order"),
    )


def different_labels(name: str, missing: Sequence[object], extra: Sequence[object], other: str) -> Problem:
    got = []
    if missing:
        got.append(_("missing {labels}").format(labels=listing(missing)))
    if extra:
        got.append(_("unknown {labels}").format(labels=listing(extra)))
    return Problem(
        _("{name} must carry the labels of {other}").format(name=name, other=other),
        got=clauses(*got),
        hint=_("spell the labels alike in both"),
    )


def must_hold(rule: str, got: str, where: str = "", allowed: str = "", hint: str = "") -> Problem:
    """A rule of one method only (a non-reciprocal matrix, a growth rate above the discount rate)."""
    return Problem(rule, got=got, where=where, allowed=allowed, hint=hint)
