"""Clean logs made dirty on purpose, with a list of what was done: for lessons in data cleaning."""

from __future__ import annotations

import numpy as np
import pandas as pd

from casekit._validate import Check

#: The ways in which people write a date; the first is the plain one.
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%Y年%m月%d日")


def add_defects(
    purchases: pd.DataFrame,
    *,
    rng: np.random.Generator,
    duplicates: float = 0.01,
    missing_ids: float = 0.01,
    mixed_dates: float = 0.2,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the usual faults of client files into a purchase log: repeated rows, lost ids, dates in many forms.

    Parameters
    ----------
    purchases : DataFrame
        With the columns ``customer_id`` and ``date``; unchanged.
    rng : numpy.random.Generator
    duplicates : float, default 0.01
        Share of rows that appear a second time, right below.
    missing_ids : float, default 0.01
        Share of rows without customer.
    mixed_dates : float, default 0.2
        Share of rows whose date is written in another form than year-month-day. Days only, as text; 0 leaves
        the dates as they are.

    Returns
    -------
    messy : DataFrame
        The log with faults, its rows numbered from 0.
    defects : DataFrame with columns ``row`` (of the messy log), ``defect``, ``was``
        What was done, so that a cleaning can be marked.

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": [1, 2], "date": pd.to_datetime(["2024-01-05", "2024-02-01"])})
    >>> messy, defects = add_defects(log, rng=np.random.default_rng(7), duplicates=1, missing_ids=0)
    >>> len(messy), int(defects["defect"].eq("duplicate").sum())
    (4, 2)
    """
    check = Check("add_defects")
    frame = check.frame("purchases", purchases, ["customer_id", "date"])
    shares = {
        name: check.share(name, value)
        for name, value in (
            ("duplicates", duplicates),
            ("missing_ids", missing_ids),
            ("mixed_dates", mixed_dates),
        )
    }
    rng = check.generator("rng", rng)
    check.done()
    check.dates("date", frame["date"])
    check.done()
    twice = rng.random(len(frame)) < shares["duplicates"]
    order = np.repeat(np.arange(len(frame)), 1 + twice)
    messy = frame.iloc[order].reset_index(drop=True)
    again = np.append(False, order[1:] == order[:-1])
    found = [_noted(again, "duplicate", messy["customer_id"])]
    lost = (rng.random(len(messy)) < shares["missing_ids"]) & ~again & ~np.append(again[1:], False)
    found.append(_noted(lost, "missing id", messy["customer_id"]))
    messy["customer_id"] = messy["customer_id"].astype(object).mask(lost, None)
    if shares["mixed_dates"] > 0:
        style = np.where(
            rng.random(len(frame)) < shares["mixed_dates"], rng.integers(1, len(DATE_FORMATS), len(frame)), 0
        )[order]
        text = _written(messy["date"], style)
        found.append(_noted(style > 0, "date format", pd.Series(np.asarray(DATE_FORMATS)[style])))
        messy["date"] = text
    return messy, pd.concat(found, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def _noted(where: np.ndarray, defect: str, was: pd.Series) -> pd.DataFrame:
    rows = np.flatnonzero(where)
    return pd.DataFrame({"row": rows, "defect": defect, "was": was.iloc[rows].astype(str).to_numpy()})


def _written(dates: pd.Series, style: np.ndarray) -> pd.Series:
    """Each date in its style; every distinct day is written once a style."""
    days = dates.to_numpy().astype("datetime64[D]")
    distinct, place = np.unique(days, return_inverse=True)
    stamps = pd.to_datetime(distinct)
    forms = np.array([[stamp.strftime(form) for stamp in stamps] for form in DATE_FORMATS], dtype=object)
    return pd.Series(forms[style, place], index=dates.index)
