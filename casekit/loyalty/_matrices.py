"""Square tables by state, as a student brings them: frames, dicts of dicts, lists of lists; checked."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import TOTAL_TOLERANCE, Check


def square_table(check: Check, name: str, table: Any) -> pd.DataFrame:
    """A table with the same states on both axes, cells of 0 or more.

    A dict of dicts is read row by row (``{"from": {"to": cell}}``, moves left out count 0); a list of lists
    gets the numbers from 0 as states.
    """
    frame = check.frame(name, _as_frame(table))
    check.done()
    check.unique(f"{name}.index", frame.index)
    check.unique(f"{name}.columns", frame.columns)
    check.done()
    missing = [label for label in frame.index if label not in frame.columns]
    extra = [label for label in frame.columns if label not in frame.index]
    if missing or extra:
        check.add(errors.different_labels(f"{name}.columns", missing, extra, f"{name}.index"))
    check.done()
    frame = frame[list(frame.index)]
    cells = check.vector(name, pd.Series(frame.to_numpy().ravel()), low=0)
    check.done()
    return pd.DataFrame(cells.to_numpy().reshape(frame.shape), index=frame.index, columns=frame.columns)


def read_transition(check: Check, matrix: Any) -> pd.DataFrame:
    """A square table whose rows add up to 1."""
    table = square_table(check, "matrix", matrix)
    totals = table.sum(axis=1)
    off = totals.index[(totals - 1).abs() > TOTAL_TOLERANCE]
    if len(off):
        check.add(
            errors.must_hold(
                _("each row of matrix must add up to 1"),
                got=errors.listing(errors.shown(totals[label]) for label in off),
                where=errors.rows(off),
                hint=_("migration_matrix(counts) makes one from counts"),
            )
        )
    return table


def steps(
    check: Check, panel: Any, *, state: str, customer: str, month: str, states: Sequence[Any] | None
) -> tuple[np.ndarray, np.ndarray, list[Any]]:
    """States as codes, customers after one another and months in order; True where a new customer begins."""
    panel = check.frame("panel", panel, [customer, month, state], keys=[customer, month])
    if states is not None:
        states = check.names("states", states)
    check.done()
    values = panel[state]
    if states is None:
        is_category = isinstance(values.dtype, pd.CategoricalDtype)
        check.one_kind(f"panel[{state!r}]", values.dropna())
        check.done()
        states = list(values.cat.categories if is_category else sorted(values.dropna().unique()))
    if values.isna().any():
        check.add(errors.not_finite(f"panel[{state!r}]", errors.rows(panel.index[values.isna()])))
    unknown = sorted(set(values.dropna().astype(object)) - set(states), key=str)
    if unknown:
        check.add(errors.unknown_name(_("state"), unknown[0], [str(known) for known in states]))
    check.unique("panel", list(zip(panel[customer], panel[month], strict=True)))
    check.done()
    ordered = panel.sort_values([customer, month], kind="stable")
    codes = np.asarray(pd.Categorical(ordered[state].astype(object), categories=states).codes)
    who = ordered[customer].to_numpy()
    new = np.concatenate([[True], who[1:] != who[:-1]])
    _no_gaps(check, ordered[month], new)
    check.done()
    return codes, new, list(states)


def _no_gaps(check: Check, months: pd.Series, new: np.ndarray) -> None:
    """A customer's months must follow each other as the months of the panel do."""
    place = pd.factorize(months, sort=True)[0]
    jump = np.concatenate([[False], np.diff(place) > 1]) & ~new
    if jump.any():
        check.add(
            errors.must_hold(
                _("every customer must have a row for each month between the first and the last"),
                got=_("months left out"),
                where=errors.rows(months.index[jump]),
                hint=_("monthly_panel(visits) fills months without a visit"),
            )
        )


def counts_table(check: Check, name: str, table: Any) -> pd.DataFrame:
    """A square table of counts; shares are recognised and named."""
    counts = square_table(check, name, table)
    cells, totals = counts.to_numpy(), counts.sum(axis=1)
    filled = totals[totals > 0]
    broken = bool((cells != np.floor(cells)).any())
    for whole in (1.0, 100.0):
        if broken and len(filled) and ((filled - whole).abs() <= TOTAL_TOLERANCE * whole).all():
            check.add(
                errors.must_hold(
                    _("{name} must hold counts of moves").format(name=name),
                    got=_("shares, each row adding up to {total}").format(total=errors.shown(whole)),
                    hint=_("give migration_counts(panel); how sure one can be depends on how many moved"),
                )
            )
    return counts


def closed_states(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Which states can be reached from which, and in which states a customer ends up for good."""
    reach = table.to_numpy() > 0
    reach |= np.eye(len(table), dtype=bool)
    for _state in range(len(table)):
        reach = reach | (reach.astype(int) @ reach.astype(int) > 0)
    final = np.array([bool((~reach[place] | reach[:, place]).all()) for place in range(len(table))])
    return reach, final


def _as_frame(table: Any) -> Any:
    if isinstance(table, Mapping):
        rows = {
            state: dict(row) if isinstance(row, (Mapping, pd.Series)) else row for state, row in table.items()
        }
        if all(isinstance(row, dict) for row in rows.values()):
            labels = list(dict.fromkeys([*rows, *(to for row in rows.values() for to in row)]))
            return pd.DataFrame(
                [[rows.get(left, {}).get(to, 0.0) for to in labels] for left in labels],
                index=labels,
                columns=labels,
            )
        return table
    if isinstance(table, (list, tuple, np.ndarray)):
        with contextlib.suppress(ValueError):
            array = np.asarray(table)
            return pd.DataFrame(array) if array.ndim == 2 else table
    return table
