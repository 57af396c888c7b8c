"""The hours in which a desk is open, and the working time between two moments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from casekit._text import _
from casekit._validate import Check

#: Working days that numpy counts with: Monday is 0.
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class BusinessHours:
    """When the desk is open: the same hours on each working day.

    Attributes
    ----------
    opens, closes : str
        Times of day such as ``"09:00"``; ``"24:00"`` is the end of the day.
    weekdays : tuple of int
        Working days, Monday 0 to Sunday 6.
    holidays : tuple of date
        Days on which the desk is closed all day.

    Examples
    --------
    >>> BusinessHours("09:00", "17:30").seconds_a_day
    30600.0
    """

    opens: str = "09:00"
    closes: str = "18:00"
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY
    holidays: tuple[Any, ...] = field(default=())

    def __post_init__(self) -> None:
        check = Check("BusinessHours")
        times = [_time(check, name, getattr(self, name)) for name in ("opens", "closes")]
        days = sorted(set(self.weekdays)) if isinstance(self.weekdays, Iterable) else []
        check.require(
            bool(days) and all(day in range(7) for day in days),
            _("weekdays must be days of the week"),
            got=repr(self.weekdays),
            hint=_("Monday is 0 and Sunday is 6, such as (0, 1, 2, 3, 4)"),
        )
        check.done()
        check.require(
            times[0] < times[1],
            _("the desk must open before it closes"),
            got=_("{opens} to {closes}").format(opens=self.opens, closes=self.closes),
            hint=_("for a night shift count two desks, one on each side of midnight"),
        )
        check.done()

    @property
    def seconds_a_day(self) -> float:
        """Seconds that the desk is open on a working day."""
        return (_seconds(self.closes) - _seconds(self.opens)) or 0.0

    def seconds_between(self, start: pd.Series, end: pd.Series) -> pd.Series:
        """Open seconds between two moments of each row; a ticket of Friday evening starts on Monday."""
        return self._elapsed(end) - self._elapsed(start)

    def _elapsed(self, moment: pd.Series) -> pd.Series:
        """Open seconds since a Monday long ago."""
        local = moment.dt.tz_localize(None) if moment.dt.tz is not None else moment
        days = local.dt.normalize().to_numpy().astype("datetime64[D]")
        mask = [day in self.weekdays for day in range(7)]
        holidays = [np.datetime64(pd.Timestamp(day), "D") for day in self.holidays]
        before = np.busday_count(np.datetime64("1970-01-05"), days, weekmask=mask, holidays=holidays)
        working = np.is_busday(days, weekmask=mask, holidays=holidays)
        opens, closes = _seconds(self.opens), _seconds(self.closes)
        clock = (local - local.dt.normalize()).dt.total_seconds().to_numpy()
        today = np.where(working, np.clip(clock, opens, closes) - opens, 0.0)
        return pd.Series(before * self.seconds_a_day + today, index=moment.index)


def _seconds(text: str) -> float:
    hours, minutes, *rest = (float(part) for part in str(text).split(":"))
    return hours * 3600 + minutes * 60 + (rest[0] if rest else 0.0)


def _time(check: Check, name: str, text: Any) -> float:
    try:
        seconds = _seconds(text)
    except ValueError:
        seconds = -1.0
    check.require(
        0 <= seconds <= 86400,
        _("{name} must be a time of day").format(name=name),
        got=repr(text),
        hint=_('write it as "09:00"; "24:00" is the end of the day'),
    )
    return seconds
