"""Concentration and retention from frames of any engine: value counts and a few sums come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.engines.frames import fetch_row, fetch_table, read_frame

if TYPE_CHECKING:
    from casekit.engines.frames import Frame


def value_counts(check: Check, values: Any) -> tuple[Frame, np.ndarray, np.ndarray]:
    """The frame, its distinct values in rising order, and how many customers have each."""
    import narwhals as nw

    frame = read_frame(check, "values", values, [])
    schema = frame.collect_schema()
    names = schema.names()
    one = check.require(
        len(names) == 1 and schema[names[0]].is_numeric(),
        _("values must be a frame with one column of numbers"),
        got=_("columns {columns}").format(columns=errors.listing(f"{n} ({schema[n]})" for n in names)),
        hint=_("select the column first"),
    )
    check.done()
    assert one
    counts = frame.group_by(names[0]).agg(nw.len().alias("_customers"))
    table = fetch_table(counts).astype(float).sort_values(names[0])
    distinct = table[names[0]].to_numpy()
    lost = ~np.isfinite(distinct)
    if lost.any():
        count = int(table["_customers"][lost].sum())
        check.add(
            errors.must_hold(
                _("every purchase must carry {column}").format(column=names[0]),
                got=_("{count} rows without it").format(count=count),
                hint=_("filter them out in their own engine, and report how many"),
            )
        )
    elif not len(table):
        check.add(errors.empty("values"))
    check.done()
    return frame, distinct, table["_customers"].to_numpy()


def two_periods(function: str, before: Any, after: Any) -> dict[str, float]:
    """The sums that retention needs of two periods, the customers matched in their own engine."""
    import narwhals as nw

    check = Check(function)
    then, now = _period(check, "before", before), _period(check, "after", after)
    check.done()
    then, now = then.filter(nw.col("_then") > 0), now.filter(nw.col("_now") > 0)
    other: Any = now
    both = then.join(other, on="_customer", how="left").with_columns(nw.col("_now").fill_null(0.0))
    change = nw.col("_now") - nw.col("_then")
    kept = nw.when(nw.col("_now") > 0).then(1).otherwise(0)
    both = both.with_columns(
        kept.alias("kept"),
        nw.when(nw.col("_now") > 0).then(0.0).otherwise(nw.col("_then")).alias("lost"),
        nw.when((nw.col("_now") > 0) & (change < 0)).then(change).otherwise(0.0).alias("contraction"),
        nw.when(change > 0).then(change).otherwise(0.0).alias("expansion"),
        nw.when(change > 0).then(nw.col("_then")).otherwise(nw.col("_now")).alias("held"),
    )
    sums = ["_then", "_now", "kept", "lost", "contraction", "expansion", "held"]
    found = fetch_row(both.select(nw.len().alias("customers"), *(nw.col(name).sum() for name in sums)))
    base: Any = then.select("_customer")
    fresh = now.join(base, on="_customer", how="anti")
    found |= fetch_row(fresh.select(nw.len().alias("new_customers"), nw.col("_now").sum().alias("new")))
    return {name: float(value or 0.0) for name, value in found.items()}


def _period(check: Check, name: str, native: Any) -> Frame:
    """Customer and value of one period, checked; ``before`` has ``_then``, ``after`` has ``_now``."""
    import narwhals as nw

    frame = read_frame(check, name, native, [])
    names = frame.collect_schema().names()
    if not check.require(
        len(names) == 2,
        _("{name} must be a frame with two columns, customer and value").format(name=name),
        got=_("columns {columns}").format(columns=errors.listing(names)),
    ):
        check.done()
    customer, value = names
    column = "_then" if name == "before" else "_now"
    frame = frame.select(nw.col(customer).alias("_customer"), nw.col(value).cast(nw.Float64).alias(column))
    low = nw.when(nw.col(column) >= 0).then(0).otherwise(1).alias("low")
    facts = fetch_row(
        frame.with_columns(low).select(
            nw.len().alias("rows"),
            nw.col("low").sum(),
            nw.col(column).max().alias("most"),
            nw.col("_customer").n_unique().alias("customers"),
        )
    )
    if facts["low"]:
        count = _("{count} rows").format(count=int(facts["low"]))
        check.add(errors.out_of_range(name, count, errors.interval(0, None)))
    elif facts["rows"] and facts["customers"] != facts["rows"]:
        twice = _("{count} of {rows} rows").format(
            count=int(facts["rows"] - facts["customers"]), rows=int(facts["rows"])
        )
        check.add(errors.not_unique(_("the customers of {name}").format(name=name), [twice]))
    elif name == "before" and not (facts["most"] or 0) > 0:
        check.add(
            errors.must_hold(
                _("before must hold at least one customer who bought"),
                got=_("only zeros"),
                hint=_("check the period: nobody can be kept who was not there"),
            )
        )
    return frame


def lorenz_table(distinct: np.ndarray, counts: np.ndarray) -> pd.DataFrame:
    """The corners of the Lorenz curve: one row a distinct value, and the origin."""
    customers = np.concatenate([[0.0], counts.cumsum()])
    value = np.concatenate([[0.0], (distinct * counts).cumsum()])
    return pd.DataFrame({"customer_share": customers / customers[-1], "value_share": value / value[-1]})
