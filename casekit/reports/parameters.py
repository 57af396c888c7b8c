"""The ``parameters`` cell of a notebook, read as the schema of its report.

One line a parameter::

    contact_capacity: int = 200  # [1, 5000] calls; calls the branch can make this month
    weighting: str = "own"  # {own, ahp}; where the factor weights come from
    data: str | None = None  # ; path of the reader's own file

name, type, default, then the allowed range ``[low, high]`` or choices ``{a, b}`` with the unit, and after the
semicolon the meaning. The line is parsed, never run. A line that does not parse is an error.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casekit import errors
from casekit._text import _, format_number
from casekit._validate import Check
from casekit.reports.cases import Case, find_case

#: Types a parameter may have, and what a text from the command line becomes.
TYPES = ("int", "float", "bool", "str")

_COMMENT = re.compile(
    r"#\s*(?:(?P<range>\[[^]]*\])|(?P<choices>\{[^}]*\}))?(?P<unit>[^;]*);\s*(?P<meaning>.+)"
)
#: ``1,000`` and ``12,345.6``: commas between groups of three.
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a case: what it may be, what it is if nothing is said, and what it means."""

    name: str
    type: str
    default: Any
    optional: bool
    low: float | None
    high: float | None
    choices: tuple[Any, ...]
    unit: str
    meaning: str

    @property
    def allowed(self) -> str:
        """The range or the choices, as text."""
        if self.choices:
            return ", ".join(str(choice) for choice in self.choices)
        if self.low is None and self.high is None:
            return ""
        return errors.interval(self.low, self.high)

    def value_of(self, check: Check, value: Any) -> Any:
        """The value in the parameter's own type, with a problem noted on ``check`` if it does not fit."""
        if isinstance(value, str):
            value = self._from_text(value)
        if value is None:
            if not self.optional:
                hint = _("leave it out to keep the default, {value}").format(value=errors.shown(self.default))
                check.add(errors.wrong_kind(self.name, self._wanted(), value, hint))
            return None
        if isinstance(value, str) and self.type in ("int", "float"):
            check.add(errors.wrong_kind(self.name, self._wanted(), value, _spelling_hint(value)))
            return value
        if self.type == "int":
            value = check.integer(self.name, value, low=_whole(self.low), high=_whole(self.high))
        elif self.type == "float":
            value = check.number(
                self.name, value, low=self.low, high=self.high, unit=self.unit, hint=self._hint(value)
            )
        elif not isinstance(value, {"bool": bool, "str": str}[self.type]):
            check.add(errors.wrong_kind(self.name, self._wanted(), value))
        if self.choices and value not in self.choices:
            check.choice(self.name, value, self.choices)
        return value

    def _from_text(self, text: str) -> Any:
        if self.optional and text.strip().lower() in ("", "none"):
            return None
        if self.type == "str":
            return text
        if self.type == "bool":
            return _WORDS.get(text.strip().lower(), text)
        if "," in text and not _GROUPED.fullmatch(text.strip()):
            return text  # 5,5 is five and a half to many, and 55 to nobody
        try:
            number = float(text.replace(",", "").replace("_", ""))
        except ValueError:
            return text
        return int(number) if self.type == "int" and number.is_integer() else number

    def _wanted(self) -> str:
        names = {
            "int": _("a whole number"),
            "float": _("a number"),
            "bool": _("true or false"),
            "str": _("a text"),
        }
        return names[self.type]

    def _hint(self, value: Any) -> str:
        """How a share is written, where a percentage or a factor came."""
        is_share = self.high is not None and self.high <= 1 and isinstance(value, (int, float))
        if not is_share or abs(value) <= 1:
            return ""
        if abs(value) > 100:
            return _("a share is meant: for 45 % write 0.45")
        percentage = {
            "value": format_number(value, digits=4),
            "share": format_number(value / 100, digits=6),
        }
        if 1 < value < 2:
            added = {
                "more": format_number(100 * (value - 1), digits=4),
                "rest": format_number(value - 1, digits=6),
            }
            return _("for {value} % write {share}, for {more} % write {rest}").format(**percentage, **added)
        return _("for {value} % write {share}").format(**percentage)


def _spelling_hint(text: str) -> str:
    """What to write for ``45%`` and for ``5,5``."""
    if _DECIMAL_COMMA.fullmatch(text.strip()):
        return _("for {value} write {number}").format(
            value=text.strip(), number=text.strip().replace(",", ".")
        )
    number = text.strip().rstrip("%％").strip()
    if number == text.strip() or not number.replace(".", "", 1).isdigit():
        return ""
    return _("for {value} % write {share}").format(
        value=number, share=format_number(float(number) / 100, digits=4)
    )


def _whole(limit: float | None) -> int | None:
    return None if limit is None else int(limit)


def parse_parameters(source: str, where: str = "parameters") -> list[Parameter]:
    """Read the source of a ``parameters`` cell.

    Parameters
    ----------
    source : str
        The cell's source.
    where : str
        Name that an error mentions.

    Returns
    -------
    list of Parameter, in the order of the cell.

    Raises
    ------
    InputError
        Naming every line that does not follow the grammar.

    Examples
    --------
    >>> cell = "calls: int = 200  # [1, 5000] calls; calls the branch can make"
    >>> parse_parameters(cell)[0].high
    5000.0
    """
    return list(_parsed(source, where))


@lru_cache(maxsize=64)
def _parsed(source: str, where: str) -> tuple[Parameter, ...]:
    """The parameters; a batch asks for those of one case thousands of times."""
    check = Check(where)
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        check.add(_bad_line(error.lineno or 0, str(error.text or "").strip()))
        check.done()
    comments = _comments(source)
    parameters = []
    for node in tree.body:
        parameter = _parameter(node, comments.get(node.end_lineno or 0, ""))
        if parameter is None:
            check.add(_bad_line(node.lineno, source.splitlines()[node.lineno - 1].strip()))
        else:
            parameters.append(parameter)
    check.done()
    return tuple(parameters)


def _bad_line(line: int, text: str) -> errors.Problem:
    return errors.must_hold(
        _("each line of the parameters cell must declare one parameter"),
        got=repr(text),
        where=_("line {line}").format(line=line),
        hint="name: float = 0.12  # [0, 1] a year; what it means",
    )


def _comments(source: str) -> dict[int, str]:
    """The comment on each line, by line number (a ``#`` inside a text is not one)."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def _parameter(node: ast.stmt, comment: str) -> Parameter | None:
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value):
        return None
    parts = _COMMENT.fullmatch(comment.strip())
    declared = _declared_type(node.annotation)
    if parts is None or declared is None:
        return None
    type_name, optional, literals = declared
    try:
        default = ast.literal_eval(node.value)
        low, high = _range(parts["range"])
        choices = literals or _choices(parts["choices"], type_name)
    except (ValueError, SyntaxError):
        return None
    return Parameter(
        name=node.target.id,
        type=type_name,
        default=default,
        optional=optional,
        low=low,
        high=high,
        choices=choices,
        unit=parts["unit"].strip(),
        meaning=parts["meaning"].strip(),
    )


def _declared_type(annotation: ast.expr) -> tuple[str, bool, tuple[Any, ...]] | None:
    """Type name, whether None is allowed, and the values of a ``Literal``."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    optional = False
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        sides = [annotation.left, annotation.right]
        named = [side for side in sides if not (isinstance(side, ast.Constant) and side.value is None)]
        if len(named) != 1:
            return None
        optional, annotation = True, named[0]
    if isinstance(annotation, ast.Name) and annotation.id in TYPES:
        return annotation.id, optional, ()
    is_literal = (
        isinstance(annotation, ast.Subscript)
        and isinstance(annotation.value, ast.Name)
        and annotation.value.id == "Literal"
    )
    if is_literal:
        values = ast.literal_eval(annotation.slice)  # type: ignore[attr-defined]
        values = values if isinstance(values, tuple) else (values,)
        return type(values[0]).__name__, optional, values
    return None


def _range(text: str | None) -> tuple[float | None, float | None]:
    if not text:
        return None, None
    low, high = (part.strip() for part in text.strip("[]").split(","))
    return (float(low) if low else None), (float(high) if high else None)


def _choices(text: str | None, type_name: str) -> tuple[Any, ...]:
    if not text:
        return ()
    words = [word.strip() for word in text.strip("{}").split(",")]
    convert: Any = {"int": int, "float": float}.get(type_name, str)
    return tuple(convert(word) for word in words)


def read_parameters(case: Case | str) -> list[Parameter]:
    """The parameters of a case, from its notebook's ``parameters`` cell."""
    case = find_case(case) if isinstance(case, str) else case
    return parse_parameters(case.tagged_cell("parameters"), case.stem)


def check_parameters(case: Case | str, values: Mapping[str, Any], *, strict: bool = False) -> dict[str, Any]:
    """Check the values of a case's parameters for name, type and range, all at once.

    Parameters
    ----------
    case : str or Case
        Which case.
    values : mapping
        Values by name; a notebook passes ``globals()``. Parameters that are not in it keep their default.
    strict : bool, default False
        Refuse names that are not parameters of the case (a notebook's ``globals()`` has many).

    Returns
    -------
    dict
        Every parameter of the case with its value, in the parameter's own type.

    Raises
    ------
    InputError
        Naming each unknown, mistyped or out-of-range parameter.
    """
    case = find_case(case) if isinstance(case, str) else case
    parameters = read_parameters(case)
    check = Check(case.name)
    known = [parameter.name for parameter in parameters]
    if strict:
        for name in values:
            if name not in known:
                check.add(errors.unknown_name(_("parameter"), name, known))
    checked = {
        parameter.name: parameter.value_of(check, values.get(parameter.name, parameter.default))
        for parameter in parameters
    }
    check.done()
    return checked
