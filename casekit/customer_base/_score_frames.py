"""Fits and scores of summaries in any engine: grouped counts come here, scores go back as columns.

A fit needs each distinct customer once, with how many there are. A score is an expression of its engine where
it can be; Gauss' 2F1 and integrals cannot, so they are computed here for each distinct (frequency, T) of
BG/NBD and MBG/NBD, for each distinct (frequency, recency, T) of Pareto/NBD, and joined back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _, ngettext
from casekit._validate import Check
from casekit.engines.frames import fetch_row, fetch_table, is_lazy, join_computed, read_frame
from casekit.engines.logs import some_rows

if TYPE_CHECKING:
    import narwhals as nw

    from casekit.customer_base._purchase_model import PurchaseModel
    from casekit.customer_base.gamma_gamma import GammaGamma
    from casekit.engines.frames import Frame

STATISTICS = ("frequency", "recency", "T")

_WORK = "_casekit_score"


def counted(
    check: Check, summary: Any, columns: tuple[str, ...], weights: Any, *, repeat_only: bool = False
) -> tuple[pd.DataFrame, str]:
    """The distinct rows of a summary in any engine, as a pandas table, and its column of counts."""
    import narwhals as nw

    if weights is not None and not isinstance(weights, str):
        check.add(
            errors.wrong_type("weights", _("the name of a column"), weights, hint='weights="customers"')
        )
    check.done()
    frame = read_frame(check, "summary", summary, [*columns, *([] if weights is None else [weights])])
    check.done()
    if repeat_only:
        frame = frame.filter(nw.col("frequency") > 0)
    count = nw.len() if weights is None else nw.col(weights).sum()
    table = fetch_table(frame.group_by(*columns).agg(count.alias("_customers")))
    if table.empty and repeat_only:
        check.add(
            errors.must_hold(
                _("the parameters are not identified: somebody must have bought again"),
                got=_("one-time buyers only"),
                hint=_("observe longer, or take the plain mean of the first purchases"),
            )
        )
    elif table.empty:
        check.add(errors.empty("summary"))
    check.done()
    return table.astype(float).sort_values(list(columns), ignore_index=True), "_customers"


def probability_alive(model: PurchaseModel, summary: Any) -> Any:
    """:meth:`PurchaseModel.probability_alive` as a further column of the frame."""
    frame = _summary(model, "probability_alive", summary)
    alive = model._alive_expression()
    if is_lazy(frame) and alive is not None:
        _check_pairs(model, "probability_alive", _pairs(frame))
        return frame.with_columns(alive.alias("probability_alive")).to_native()
    return _from_rows(frame, "probability_alive", model.probability_alive).to_native()


def conditional_expected_purchases(model: PurchaseModel, summary: Any, horizon: Any) -> Any:
    """:meth:`PurchaseModel.conditional_expected_purchases` as a column ``expected_purchases``."""
    method = "conditional_expected_purchases"
    check = Check(f"{type(model).__name__}.{method}")
    ahead = check.number("horizon", horizon, low=0)
    check.done()

    def if_alive(x: np.ndarray, T: np.ndarray) -> np.ndarray:
        return model._if_alive(x, T, np.full(len(x), ahead))

    def whole(table: pd.DataFrame) -> pd.Series:
        return model.conditional_expected_purchases(table, horizon=ahead)

    frame = _summary(model, method, summary)
    return _expected(model, method, frame, "expected_purchases", if_alive, whole).to_native()


def discounted_expected_purchases(model: PurchaseModel, summary: Any, **terms: Any) -> Any:
    """:meth:`PurchaseModel.discounted_expected_purchases` as a column of that name."""
    frame = _summary(model, "discounted_expected_purchases", summary)
    return _discounted(model, frame, "discounted_expected_purchases", **terms).to_native()


def conditional_expected_spend(model: GammaGamma, summary: Any) -> Any:
    """:meth:`GammaGamma.conditional_expected_spend` as a column ``expected_spend``."""
    frame = _spenders(summary)
    return frame.with_columns(_spend(model).alias("expected_spend")).to_native()


def lifetime_value(
    summary: Any, *, purchases: PurchaseModel, spend: GammaGamma, margin: float, **terms: Any
) -> Any:
    """:func:`casekit.customer_base.lifetime_value` as a column of that name."""
    import narwhals as nw

    expected_spend = _spend(spend)
    _summary(purchases, "discounted_expected_purchases", summary)
    frame = _discounted(purchases, _spenders(summary), _WORK, **terms)
    value = margin * nw.col(_WORK) * expected_spend
    return frame.with_columns(value.alias("lifetime_value")).drop(_WORK).to_native()


# -- the two ways to a score ------------------------------------------------------------------------------


def _discounted(
    model: PurchaseModel, frame: Frame, name: str, *, discount_rate: float, horizon: float | None
) -> Frame:
    method = "discounted_expected_purchases"
    check = Check(f"{type(model).__name__}.{method}")
    endless = horizon is None
    rate = check.rate("discount_rate", discount_rate, low=0, low_open=endless)
    end = np.inf if endless else check.number("horizon", horizon, low=0)
    check.done()

    def if_alive(x: np.ndarray, T: np.ndarray) -> np.ndarray:
        return model._discounted(x, T, end, float(np.log1p(rate)))

    def whole(table: pd.DataFrame) -> pd.Series:
        return model.discounted_expected_purchases(table, discount_rate=rate, horizon=horizon)

    return _expected(model, method, frame, name, if_alive, whole)


def _expected(
    model: PurchaseModel,
    method: str,
    frame: Frame,
    name: str,
    if_alive: Callable[[np.ndarray, np.ndarray], np.ndarray],
    whole: Callable[[pd.DataFrame], pd.Series],
) -> Frame:
    """What to expect: P(alive) as an expression times a joined column, or all of it joined."""
    import narwhals as nw

    alive = model._alive_expression()
    if not is_lazy(frame) or alive is None:
        return _from_rows(frame, name, whole)

    def compute(pairs: pd.DataFrame) -> pd.DataFrame:
        _check_pairs(model, method, pairs)
        values = if_alive(pairs["frequency"].to_numpy(float), pairs["T"].to_numpy(float))
        return pd.DataFrame({_WORK + "_if_alive": values})

    joined = join_computed(frame, ["frequency", "T"], compute, extra=_recencies())
    product = nw.col(_WORK + "_if_alive") * alive
    return joined.with_columns(product.alias(name)).drop(_WORK + "_if_alive")


def _from_rows(frame: Frame, name: str, score: Callable[[pd.DataFrame], pd.Series]) -> Frame:
    """A score of frequency, recency and T: row by row in memory, once a distinct triple for a plan."""
    if is_lazy(frame):
        return join_computed(
            frame, STATISTICS, lambda table: score(_triples(table)).to_frame(name).reset_index(drop=True)
        )
    values = score(_triples(fetch_table(frame.select(*STATISTICS)))).to_numpy()
    return _with_values(frame, name, values)


def _with_values(frame: Any, name: str, values: np.ndarray) -> Frame:
    import narwhals as nw

    column = nw.new_series(name, values, nw.Float64, backend=frame.implementation)
    return frame.with_columns(column)


def _triples(table: pd.DataFrame) -> pd.DataFrame:
    return table[list(STATISTICS)].astype(float)


def _recencies() -> list[nw.Expr]:
    import narwhals as nw

    return [nw.col("recency").min().alias("recency_low"), nw.col("recency").max().alias("recency_high")]


def _pairs(frame: Frame) -> pd.DataFrame:
    return fetch_table(frame.group_by("frequency", "T").agg(*_recencies()))


def _check_pairs(model: PurchaseModel, method: str, pairs: pd.DataFrame) -> None:
    """The rules between frequency, recency and T hold for all customers if they hold for the extremes."""
    ends = [pairs.rename(columns={f"recency_{end}": "recency"})[list(STATISTICS)] for end in ("low", "high")]
    model._read(method, pd.concat(ends, ignore_index=True).astype(float))


# -- reading ----------------------------------------------------------------------------------------------


def _summary(model: PurchaseModel, method: str, summary: Any) -> Frame:
    model._values()
    check = Check(f"{type(model).__name__}.{method}")
    frame = read_frame(check, "summary", summary, STATISTICS)
    check.done()
    return frame


def _spenders(summary: Any) -> Frame:
    """A summary whose repeat buyers all have a monetary value of zero or more."""
    import narwhals as nw

    check = Check("GammaGamma.conditional_expected_spend")
    frame = read_frame(check, "summary", summary, ["frequency", "monetary_value"])
    check.done()
    mean = nw.col("monetary_value")
    fine = (mean >= 0) & (mean < np.inf)
    good = nw.when(nw.col("frequency") > 0).then(nw.when(fine).then(1).otherwise(0)).otherwise(1)
    bad = int(fetch_row(frame.select((1 - good).sum().alias("bad")))["bad"] or 0)
    check.require(
        not bad,
        _("monetary_value of repeat buyers must not be negative or missing"),
        got=ngettext("{count} row where it is", "{count} rows where it is", bad).format(count=bad),
        where=some_rows(frame, good == 0, bad) if bad else "",
        hint=_("leave these customers out: summary[summary.monetary_value > 0]"),
    )
    check.done()
    return frame


def _spend(model: GammaGamma) -> nw.Expr:
    """``p (gamma + x m) / (p x + q - 1)``, with no spend of repeat purchases where there are none."""
    import narwhals as nw

    p, q, gamma = model._values()
    x = nw.col("frequency")
    total = nw.when(x > 0).then(x * nw.col("monetary_value")).otherwise(0.0)
    below = p * x + (q - 1)
    return nw.when(below > 0).then(p * (gamma + total) / below).otherwise(float("inf"))
