"""What happens to refunds, repeated rows, rows without an id and dates in the future: the user decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit.information.layouts import Layout

#: The choices of each policy; the first is what happens if nothing is said.
POLICIES: dict[str, tuple[str, ...]] = {
    "refunds": ("keep", "drop", "net", "refuse"),
    "duplicates": ("drop", "keep", "first", "last", "refuse"),
    "missing_ids": ("drop", "refuse"),
    "future_dates": ("refuse", "drop", "keep"),
}


def meanings() -> dict[str, str]:
    """What each choice does, by ``policy=choice``."""
    return {
        "refunds=keep": _("negative amounts stay as they are"),
        "refunds=drop": _("rows with negative amounts are left out"),
        "refunds=net": _("a refund lowers the same person's latest earlier purchases until it is used up"),
        "refunds=refuse": _("negative amounts are a fault of the file"),
        "duplicates=drop": _(
            "of rows equal in every column the first stays; equal in the key alone is refused"
        ),
        "duplicates=keep": _("repeated rows stay"),
        "duplicates=first": _("of rows equal in the key the first stays"),
        "duplicates=last": _("of rows equal in the key the last stays"),
        "duplicates=refuse": _("repeated rows are a fault of the file"),
        "missing_ids=drop": _("rows without an id are left out"),
        "missing_ids=refuse": _("rows without an id are a fault of the file"),
        "future_dates=refuse": _("dates after today are a fault of the file"),
        "future_dates=drop": _("rows with dates after today are left out"),
        "future_dates=keep": _("dates after today stay"),
    }


def rules_in_force(layout: Layout, policies: Mapping[str, str]) -> list[str]:
    """The policies that touch a case, each with what it does."""
    touched = {
        "refunds": bool(layout.amount),
        "duplicates": True,
        "missing_ids": bool(layout.person),
        "future_dates": bool(layout.date),
    }
    words = meanings()
    chosen = [f"{name}={policies[name]}" for name, touches in touched.items() if touches]
    return [_("{choice}: {meaning}").format(choice=choice, meaning=words[choice]) for choice in chosen]


@dataclass
class Outcome:
    """What the policies did to a frame.

    Attributes
    ----------
    kept : Series of bool
        Rows that stay.
    notes : list of (rule, effect, mask)
        Effect is ``left out``, ``changed`` or ``noted``.
    problems : list of Problem
        Rows that a policy refuses.
    """

    kept: pd.Series
    notes: list[tuple[str, str, pd.Series]] = field(default_factory=list)
    problems: list[errors.Problem] = field(default_factory=list)

    def leave_out(self, rule: str, mask: pd.Series) -> None:
        """Take rows out, once."""
        mask = mask & self.kept
        if mask.any():
            self.notes.append((rule, "left out", mask))
            self.kept &= ~mask

    def note(self, rule: str, mask: pd.Series, effect: str = "noted") -> None:
        """Say what stays as it is, or what was changed."""
        mask = mask & self.kept
        if mask.any():
            self.notes.append((rule, effect, mask))

    def refuse(self, rule: str, mask: pd.Series, got: str, hint: str) -> None:
        """Name rows that must not be there."""
        mask = mask & self.kept
        if mask.any():
            self.problems.append(
                errors.must_hold(rule, got=got, where=errors.rows(mask.index[mask]), hint=hint)
            )


def apply_policies(
    frame: pd.DataFrame,
    everything: pd.Series,
    empty_ids: Mapping[str, pd.Series],
    layout: Layout,
    policies: dict[str, str],
    today: date,
) -> tuple[pd.DataFrame, Outcome]:
    """Apply the four policies, in the order missing ids, repeated rows, dates in the future, refunds.

    Parameters
    ----------
    frame : DataFrame
        Canonical columns, indexed by the row numbers of the file.
    everything : Series
        One hashable value a row that stands for all its cells, columns that the case ignores included.
    empty_ids : dict of str to Series of bool
        Rows without an id, by column (an id that could not be read is a fault of its own).
    layout : Layout
        The file of the case.
    policies : dict
        The choice for each of :data:`POLICIES`.
    today : date
        Dates after it lie in the future.

    Returns
    -------
    (DataFrame, Outcome)
        The frame, with amounts lowered where refunds were netted, all rows still in it; and what happened.
    """
    outcome = Outcome(pd.Series(True, index=frame.index))
    _missing_ids(empty_ids, layout, policies["missing_ids"], outcome)
    _duplicates(frame, everything, layout, policies["duplicates"], outcome)
    _future_dates(frame, layout, policies["future_dates"], today, outcome)
    return _refunds(frame, layout, policies["refunds"], outcome), outcome


def _missing_ids(empty_ids: Mapping[str, pd.Series], layout: Layout, policy: str, outcome: Outcome) -> None:
    for name, missing in empty_ids.items():
        if not layout.by_name[name].required:
            continue
        if policy == "drop":
            outcome.leave_out(_("{column}: empty (missing_ids=drop)").format(column=name), missing)
        else:
            outcome.refuse(
                _("{column} must be filled in every row").format(column=name),
                missing,
                _("empty cells"),
                _("missing_ids=drop leaves these rows out"),
            )


def _duplicates(
    frame: pd.DataFrame, everything: pd.Series, layout: Layout, policy: str, outcome: Outcome
) -> None:
    rows = everything[outcome.kept]
    equal = rows.duplicated().reindex(frame.index, fill_value=False)
    key = [name for name in layout.key if name in frame]
    alike = pd.Series(False, index=frame.index)
    if key and len(key) == len(layout.key):
        keep = "last" if policy == "last" else "first"
        alike = frame.loc[outcome.kept, key].duplicated(keep=keep).reindex(frame.index, fill_value=False)
    names = listed(key)
    if policy == "keep":
        outcome.note(_("row equal to an earlier one, kept (duplicates=keep)"), equal)
        outcome.note(
            _("{key} as in an earlier row, kept (duplicates=keep)").format(key=names), alike & ~equal
        )
    elif policy == "refuse":
        outcome.refuse(
            _("no row may be equal to an earlier one"),
            equal,
            _("repeated rows"),
            _("duplicates=drop leaves them out, duplicates=keep lets them stay"),
        )
    elif policy == "drop" or not key:
        rule = _("row equal to an earlier one in every column ({policy})")
        outcome.leave_out(rule.format(policy=f"duplicates={policy}"), equal)
    else:
        rule = _("{key} as in another row ({policy})").format(key=names, policy=f"duplicates={policy}")
        outcome.leave_out(rule, alike)
    if policy in ("drop", "refuse"):
        outcome.refuse(
            _("{key} must name one row").format(key=names),
            alike & ~equal,
            _("rows that agree in it and differ elsewhere"),
            _("duplicates=first or duplicates=last chooses, duplicates=keep lets them stay"),
        )


def _future_dates(frame: pd.DataFrame, layout: Layout, policy: str, today: date, outcome: Outcome) -> None:
    if not layout.date or layout.date not in frame:
        return
    future = frame[layout.date] >= pd.Timestamp(today) + pd.Timedelta(days=1)
    if policy == "drop":
        outcome.leave_out(_("{column}: in the future (future_dates=drop)").format(column=layout.date), future)
    elif policy == "keep":
        outcome.note(
            _("{column}: in the future, kept (future_dates=keep)").format(column=layout.date), future
        )
    else:
        dates = frame.loc[future & outcome.kept, layout.date].dt.strftime("%Y-%m-%d").unique()
        outcome.refuse(
            _("{column} must not lie after {today}").format(column=layout.date, today=today.isoformat()),
            future,
            errors.listing(dates),
            _("correct them; future_dates=drop leaves these rows out, future_dates=keep lets them stay"),
        )


# -- refunds ---------------------------------------------------------------------------------------------


def _refunds(frame: pd.DataFrame, layout: Layout, policy: str, outcome: Outcome) -> pd.DataFrame:
    if not layout.amount or layout.amount not in frame:
        return frame
    refund = frame[layout.amount] < 0
    column = layout.amount
    if policy == "keep":
        outcome.note(_("{column}: negative, kept (refunds=keep)").format(column=column), refund)
    elif policy == "drop":
        outcome.leave_out(_("{column}: negative (refunds=drop)").format(column=column), refund)
    elif policy == "refuse":
        outcome.refuse(
            _("{column} must not be negative").format(column=column),
            refund,
            _("refunds"),
            _("refunds=drop leaves them out, refunds=net lowers purchases by them, refunds=keep keeps them"),
        )
    else:
        return _net(frame, layout, refund & outcome.kept, outcome)
    return frame


def _net(frame: pd.DataFrame, layout: Layout, refund: pd.Series, outcome: Outcome) -> pd.DataFrame:
    """Lower the latest earlier purchases of the same person by each refund, oldest refund first."""
    amounts = frame[layout.amount].copy()
    persons = frame[list(layout.person)].astype(object).agg(tuple, axis=1) if layout.person else None
    order = frame[layout.date] if layout.date in frame else pd.Series(frame.index, index=frame.index)
    involved = outcome.kept if persons is None else outcome.kept & persons.isin(persons[refund])
    lowered = pd.Series(False, index=frame.index)
    unmatched = pd.Series(False, index=frame.index)
    for row in order[refund].sort_values(kind="stable").index:
        left = -amounts[row]
        earlier = involved & (amounts > 0) & (order <= order[row])
        if persons is not None:
            earlier &= persons == persons[row]
        for purchase in order[earlier].sort_values(kind="stable").index[::-1]:
            taken = min(left, amounts[purchase])
            amounts[purchase] = round(amounts[purchase] - taken, 6)
            lowered[purchase] = True
            left = round(left - taken, 6)
            if left <= 0:
                break
        unmatched[row] = left > 0
    outcome.refuse(
        _("a refund must follow purchases of the same person that are as large"),
        unmatched,
        _("refunds without such purchases"),
        _("refunds=drop leaves all refunds out, refunds=keep keeps them as negative amounts"),
    )
    outcome.leave_out(
        _("{column}: refund set against purchases (refunds=net)").format(column=layout.amount), refund
    )
    outcome.leave_out(
        _("{column}: wholly refunded (refunds=net)").format(column=layout.amount), lowered & (amounts == 0)
    )
    outcome.note(
        _("{column}: lowered by a refund (refunds=net)").format(column=layout.amount), lowered, "changed"
    )
    return frame.assign(**{layout.amount: amounts})
