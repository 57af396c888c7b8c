"""Arguments that are no numbers: yes or no, names, mappings, paths, results of other functions.

An argument of the wrong kind leaves nothing to go on with, so these checkers raise at once, with what was
found before; :class:`casekit._validate.Check` inherits them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _

T = TypeVar("T")


class Kinds:
    """Checkers of one argument each; a problem ends the call."""

    function: str
    problems: list[errors.Problem]

    def stop(self, problem: errors.Problem) -> NoReturn:
        """Raise now: without this argument nothing else can be looked at."""
        self.problems.append(problem)
        raise errors.InputError(self.function, self.problems)

    def flag(self, name: str, value: Any) -> bool:
        """True or False."""
        if not isinstance(value, (bool, np.bool_)):
            self.stop(errors.wrong_type(name, _("True or False"), value))
        return bool(value)

    def instance(self, name: str, value: Any, kind: type[T], *, hint: str = "") -> T:
        """What another function of casekit gave back."""
        if not isinstance(value, kind):
            wanted = _("a {kind}").format(kind=kind.__name__)
            self.stop(errors.wrong_type(name, wanted, value, hint=hint))
        return value

    def text(self, name: str, value: Any) -> str:
        """Words, or the name of a column."""
        if not isinstance(value, str):
            self.stop(errors.wrong_type(name, _("a text"), value))
        return value

    def path(self, name: str, value: Any) -> Path:
        """A place on the disk."""
        if not isinstance(value, (str, os.PathLike)) or not str(value).strip():
            self.stop(errors.wrong_type(name, _("the path of a file"), value))
        return Path(value).expanduser()

    def mapping(self, name: str, value: Any) -> dict[Any, Any]:
        """A dict, or a Series by its labels; no label is missing."""
        if isinstance(value, pd.Series):
            value = dict(zip(self.names(f"{name}.index", value.index), value, strict=True))
        if not isinstance(value, Mapping):
            hint = _("write {name}={{'first': ..., 'second': ...}}").format(name=name)
            self.stop(errors.wrong_type(name, _("a dict"), value, hint=hint))
        self.names(name, list(value))
        return dict(value)

    def names(self, name: str, values: Any, *, repeats: bool = False) -> list[Any]:
        """Labels one after the other, none missing, none twice; a single text stands for itself."""
        if isinstance(values, str):
            values = [values]
        if isinstance(values, (bytes, pd.DataFrame)) or not isinstance(values, Iterable):
            self.stop(errors.wrong_type(name, _("a list of names"), values))
        if isinstance(values, np.ndarray) and values.ndim != 1:
            self.stop(errors.wrong_type(name, _("a list of names"), values))
        found = list(values)
        odd = [label for label in found if not is_label(label)]
        if odd:
            self.stop(
                errors.must_hold(
                    _("{name} must hold names, none missing").format(name=name),
                    got=errors.listing(errors.shown(label) for label in odd),
                    hint=_("give each a name, or drop it"),
                )
            )
        twice = [label for label, times in Counter(found).items() if times > 1]
        if twice and not repeats:
            self.stop(errors.not_unique(name, twice))
        return found

    def cells(self, name: str, frame: pd.DataFrame, columns: Iterable[Any]) -> None:
        """One value in each cell of these columns: no lists, dicts or frames."""
        for column in columns:
            held = frame[column]
            if held.dtype == object and pd.api.types.infer_dtype(held, skipna=True) == "mixed":
                nested = held[held.map(pd.api.types.is_list_like).astype(bool)]
                if len(nested):
                    self.stop(
                        errors.must_hold(
                            _("{name} must hold one value in each cell").format(name=f"{name}[{column!r}]"),
                            got=errors.shown(nested.iloc[0]),
                            where=errors.rows(nested.index),
                            hint=_("split the cell into columns or rows first"),
                        )
                    )


def is_label(value: Any) -> bool:
    """Whether a value can name something: it can be looked up and is not missing."""
    if not isinstance(value, Hashable):
        return False
    try:
        hash(value)
    except TypeError:
        return False
    return isinstance(value, tuple) or not pd.isna(value)  # type: ignore[call-overload]
