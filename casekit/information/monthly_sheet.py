"""A month's customer sheet, kept by hand as a grid of days, turned into one row a visit."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: What the two lines of a customer are called.
LINE_NAMES = {
    "人数": "covers",
    "guests": "covers",
    "covers": "covers",
    "消费": "amount",
    "消费总额": "amount",
}
LINE_NAMES |= {"金额": "amount", "amount": "amount", "spend": "amount"}

#: What the totals at the right edge are called.
TOTAL_NAMES = {"次数": "visits", "visits": "visits", "总额": "amount", "total": "amount"}
TOTAL_NAMES |= {"总人数": "covers", "guests": "covers", "人均": "per_head", "per head": "per_head"}

_DAY = re.compile(r"(?:day\s*)?(?P<day>\d{1,2})\s*[号日號]?", re.IGNORECASE)
_UNIT = re.compile(r"[¥￥元人次,\s]")


def read_monthly_sheet(
    sheet: pd.DataFrame, *, month: str, customer: str = "客户", line: str = "类别"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn a grid with two lines a customer and a column a day into visits and the totals written beside it.

    Parameters
    ----------
    sheet : DataFrame
        For each customer one line with the guests and one with the money of every day. Columns: ``customer``,
        ``line`` (人数 or 消费, guests or amount), one a day (``1号``, ``2日``, ``3``), and any of the totals
        次数, 总额, 总人数, 人均, written on the customer's first line. The customer may be left blank on the
        second line.
    month : str
        The month of the sheet, such as ``2024-03``: the grid itself does not say it.
    customer, line : str
        Names of the two columns.

    Returns
    -------
    visits : DataFrame
        ``customer_id``, ``date``, ``covers``, ``amount``, one row a visit. A figure that the sheet does not
        give for the day is missing.
    totals : DataFrame
        ``customer_id`` and those of ``visits, covers, amount, per_head`` that the sheet states.

    Examples
    --------
    >>> sheet = pd.DataFrame({"客户": ["张先生", None], "类别": ["人数", "消费"], "1号": [8, 460],
    ...                       "5号": [10, 520], "次数": ["2次", None]})
    >>> visits, totals = read_monthly_sheet(sheet, month="2024-03")
    >>> visits[["covers", "amount"]].to_dict("list"), int(totals["visits"].iloc[0])
    ({'covers': [8.0, 10.0], 'amount': [460.0, 520.0]}, 2)
    """
    check = Check("read_monthly_sheet")
    sheet = check.frame("sheet", sheet, [customer, line]).reset_index(drop=True)
    start = _first_day(check, month)
    check.done()
    days = _days(check, sheet, start, skip=(customer, line))
    kinds = sheet[line].astype(object).map(lambda word: LINE_NAMES.get(str(word).strip().lower()))
    unknown = sheet[line][kinds.isna()]
    if len(unknown):
        check.add(errors.unknown_name(line, unknown.iloc[0], list(LINE_NAMES)))
    names = _filled_down(sheet[customer])
    if names.isna().any():
        check.add(errors.not_finite(customer, errors.rows(names.index[names.isna()])))
    pairs = pd.Series(list(zip(names, kinds, strict=True)), index=sheet.index)
    check.unique(_("customer and line"), pairs)
    check.done()
    visits = _visits(check, sheet, names, kinds, days, start)
    totals = _totals(check, sheet, names)
    check.done()
    return visits, totals


def check_monthly_totals(visits: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Hold the totals written on the sheet against the visits in it.

    Parameters
    ----------
    visits, totals : DataFrame
        From :func:`read_monthly_sheet`.

    Returns
    -------
    DataFrame with columns ``customer_id``, ``total``, ``stated``, ``computed`` and ``agrees`` (to half a unit
    of the figure stated), one row a stated total. Where the sheet gives no figure by day, ``computed`` is
    missing, except that spend a head is then computed from the stated totals; ``agrees`` is False for what
    cannot be computed.

    Examples
    --------
    >>> visits = pd.DataFrame({"customer_id": "Li", "covers": [19.0, 8.0], "amount": float("nan")})
    >>> totals = pd.DataFrame({"customer_id": ["Li"], "visits": [2], "amount": [2420], "per_head": [90]})
    >>> check_monthly_totals(visits, totals)["agrees"].tolist()
    [True, False, True]
    """
    check = Check("check_monthly_totals")
    visits = check.frame("visits", visits, ["customer_id", "covers", "amount"])
    totals = check.frame("totals", totals, ["customer_id"])
    check.done()
    grouped = visits.groupby("customer_id", sort=False)
    parts = grouped[["covers", "amount"]]
    sums = parts.sum().where(parts.count().eq(grouped.size(), axis=0))
    sums["visits"] = grouped.size()
    stated = totals.set_index("customer_id").reindex(sums.index)
    money = sums["amount"].fillna(stated["amount"]) if "amount" in stated else sums["amount"]
    sums["per_head"] = money / sums["covers"]
    known = [name for name in ("visits", "covers", "amount", "per_head") if name in stated]
    table = _one_a_row(stated[known], "stated")
    table = table.merge(_one_a_row(sums[known], "computed"), on=["customer_id", "total"])
    table = table[table["stated"].notna()].reset_index(drop=True)
    return table.assign(agrees=(table["stated"] - table["computed"]).abs() <= 0.5)


def _one_a_row(wide: pd.DataFrame, name: str) -> pd.DataFrame:
    return wide.reset_index().melt(id_vars="customer_id", var_name="total", value_name=name)


def _filled_down(names: pd.Series) -> pd.Series:
    """Names with blanks replaced by the name above."""
    found: list[object] = []
    for name in names:
        blank = pd.isna(name) or not str(name).strip()
        found.append((found[-1] if found else None) if blank else name)
    return pd.Series(found, index=names.index, dtype=object)


def _first_day(check: Check, month: str) -> pd.Timestamp:
    try:
        return pd.Period(month, freq="M").to_timestamp()
    except (ValueError, TypeError):
        check.add(errors.wrong_type("month", _("a month such as 2024-03"), month))
        return pd.Timestamp("2024-01-01")


def _days(check: Check, sheet: pd.DataFrame, start: pd.Timestamp, skip: tuple[str, str]) -> dict[str, int]:
    """Columns that are days, with the day of the month."""
    days = {}
    for column in sheet.columns:
        match = _DAY.fullmatch(str(column).strip())
        if match and column not in skip:
            days[column] = int(match["day"])
    check.require(bool(days), _("sheet must have a column for each day"), got=errors.listing(sheet.columns))
    for column, day in days.items():
        if not 1 <= day <= start.days_in_month and sheet[column].notna().any():
            limits = errors.interval(1, start.days_in_month)
            check.add(errors.out_of_range(_("day"), str(day), limits, where=str(column)))
    return days


def _number(check: Check, cell: object, where: str) -> float:
    """A cell as a number: 2420元, 27人, 2次 and 1,280 are understood; blank is missing."""
    text = _UNIT.sub("", str(cell))
    if text in ("", "nan", "None", "<NA>", "…", "„", "-"):
        return np.nan
    try:
        return float(text)
    except ValueError:
        check.add(errors.wrong_type(_("a cell"), _("a number"), cell, hint=where))
        return np.nan


def _visits(
    check: Check,
    sheet: pd.DataFrame,
    names: pd.Series,
    kinds: pd.Series,
    days: dict[str, int],
    start: pd.Timestamp,
) -> pd.DataFrame:
    cells: dict[tuple[object, int], dict[str, float]] = {}
    for row in sheet.index:
        for column, day in days.items():
            number = _number(check, sheet.at[row, column], errors.rows([row]) + f", {column}")
            if not np.isnan(number):
                cells.setdefault((names[row], day), {})[str(kinds[row])] = number
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    records = [
        {
            "customer_id": name,
            "date": start + pd.Timedelta(days=day - 1),
            "covers": found.get("covers", np.nan),
            "amount": found.get("amount", np.nan),
        }
        for (name, day), found in sorted(cells.items(), key=lambda item: (order[item[0][0]], item[0][1]))
    ]
    return pd.DataFrame(records, columns=["customer_id", "date", "covers", "amount"])


def _totals(check: Check, sheet: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    found = {}
    for column in sheet.columns:
        meaning = TOTAL_NAMES.get(str(column).strip().lower())
        if meaning:
            found[meaning] = [
                _number(check, cell, errors.rows([row]) + f", {column}")
                for row, cell in sheet[column].items()
            ]
    table = pd.DataFrame(found, index=sheet.index, dtype=float)
    totals = table.groupby(names.to_numpy(), sort=False).first()
    return totals.rename_axis("customer_id").reset_index()
