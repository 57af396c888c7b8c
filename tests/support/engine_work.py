"""The same calculations on the same small log in any engine; also a program, for engines with a process of
their own: ``python engine_work.py spark answers.json``.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit.customer_base import (
    BGNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    calibration_holdout,
    lifetime_value,
    purchase_summary,
)
from casekit.datasets import load_cdnow
from casekit.engines import check_log
from casekit.segments import (
    acquisition_cohorts,
    cohort_table,
    name_segments,
    rfm_scores,
    rfm_table,
    segment_summary,
)
from casekit.value import (
    customers_for_share,
    gini,
    lorenz_curve,
    retention_index,
    revenue_retention,
    top_share,
)

END = "1997-09-30"
BUYING = BGNBD.from_parameters(r=0.242595, alpha=4.413602, a=0.792922, b=2.425907)
EARLY = MBGNBD.from_parameters(r=0.525, alpha=6.183, a=0.891, b=1.614)
LEAVING = ParetoNBD.from_parameters(r=0.553, alpha=10.578, s=0.606, beta=11.669)
SPEND = GammaGamma.from_parameters(p=6.249571, q=3.744225, gamma=15.443525)
CUTS = {
    "days_since_last_purchase": [60, 150, 300, 450],
    "purchases": [2, 3, 5, 9],
    "amount": [20.0, 40, 80, 200],
}


@dataclass(frozen=True)
class Engine:
    """How to make a frame of an engine from a pandas frame, and to read one back."""

    make: Callable[[pd.DataFrame], Any]
    read: Callable[[Any], pd.DataFrame]


def small_log() -> pd.DataFrame:
    """300 customers of CDNOW, several rows on some days, times of day on all."""
    log = load_cdnow(sample=True)[["customer_id", "date", "amount"]]
    log = log[log["customer_id"].isin(sorted(log["customer_id"].unique())[:300])].reset_index(drop=True)
    twice = log.iloc[::9].assign(amount=lambda rows: rows["amount"] + 1.0)
    log = pd.concat([log, twice], ignore_index=True)
    seconds = pd.to_timedelta((np.arange(len(log)) * 7919) % 86_400, unit="s")
    return log.assign(date=log["date"] + seconds, amount=log["amount"].astype(float))


def with_refunds(log: pd.DataFrame) -> pd.DataFrame:
    """Every eleventh row given back, one customer with refunds only."""
    amount = log["amount"].where((np.arange(len(log)) % 11 != 3) & (log["customer_id"] != 4), -log["amount"])
    return log.assign(amount=amount)


def inputs() -> dict[str, pd.DataFrame]:
    """The pandas frames that the calculations start from."""
    log = small_log()
    spent = log.assign(year=log["date"].dt.year).groupby(["customer_id", "year"])["amount"].sum()
    years = {name: spent.xs(year, level="year") for name, year in (("before", 1997), ("after", 1998))}
    summary = purchase_summary(log, observation_end=END)
    return {
        "log": log,
        "days": log.assign(date=log["date"].dt.normalize()),
        "refunds": with_refunds(log),
        "summary": summary.reset_index(),
        "rfm": rfm_table(log).drop(columns="last_purchase").reset_index(),
        "spend": log[["amount"]].groupby(log["customer_id"]).sum()[["amount"]].reset_index(drop=True),
        **{name: values.rename("amount").reset_index() for name, values in years.items()},
    }


Frames = dict[str, Any]

#: Each calculation by name. Where pandas takes Series, ``PANDAS`` says how it is asked.
WORK: dict[str, Callable[[Frames], Any]] = {
    "summary": lambda f: purchase_summary(f["log"], observation_end=END),
    "summary to the last day": lambda f: purchase_summary(f["log"], time_unit="month"),
    "summary without money": lambda f: purchase_summary(f["log"], observation_end=END, amount=None),
    "summary by row": lambda f: purchase_summary(f["log"], observation_end=END, occasion="row"),
    "summary by row of one moment": lambda f: purchase_summary(f["days"], occasion="row"),
    "summary without refunds": lambda f: purchase_summary(f["refunds"], observation_end=END, refunds="drop"),
    "summary net of refunds": lambda f: purchase_summary(f["refunds"], observation_end=END, refunds="net"),
    "summary of a checked log": lambda f: purchase_summary(check_log(f["log"]), observation_end=END),
    "holdout": lambda f: calibration_holdout(f["log"], calibration_end=END),
    "holdout net of refunds": lambda f: calibration_holdout(f["refunds"], calibration_end=END, refunds="net"),
    "BG/NBD fit": lambda f: BGNBD().fit(f["summary"]).parameters_,
    "Pareto/NBD fit": lambda f: ParetoNBD().fit(f["summary"]).parameters_,
    "gamma-gamma fit": lambda f: GammaGamma().fit(f["summary"]).parameters_,
    "log-likelihood": lambda f: BUYING.log_likelihood(f["summary"]),
    "BG/NBD alive": lambda f: BUYING.probability_alive(f["summary"]),
    "MBG/NBD alive": lambda f: EARLY.probability_alive(f["summary"]),
    "Pareto/NBD alive": lambda f: LEAVING.probability_alive(f["summary"]),
    "BG/NBD expected": lambda f: BUYING.conditional_expected_purchases(f["summary"], horizon=39),
    "MBG/NBD expected": lambda f: EARLY.conditional_expected_purchases(f["summary"], horizon=39),
    "Pareto/NBD expected": lambda f: LEAVING.conditional_expected_purchases(f["summary"], horizon=39),
    "discounted": lambda f: BUYING.discounted_expected_purchases(f["summary"], discount_rate=0.003),
    "expected spend": lambda f: SPEND.conditional_expected_spend(f["summary"]),
    "lifetime value": lambda f: lifetime_value(
        f["summary"], purchases=BUYING, spend=SPEND, discount_rate=0.003, horizon=52, margin=0.3
    ),
    "RFM": lambda f: rfm_table(f["log"]),
    "RFM of a day": lambda f: rfm_table(f["log"], today="1997-12-31", merge_same_day=True),
    **{
        f"RFM scores, {rule}": lambda f, rule=rule: rfm_scores(f["rfm"], rule=rule)
        for rule in ("even", "rank", "quantile", "quantile_plus_one")
    },
    "RFM scores, nested": lambda f: rfm_scores(f["rfm"], bins=3, nested=True),
    "RFM scores, fixed": lambda f: rfm_scores(f["rfm"], cut_points=CUTS),
    "segments": lambda f: name_segments(rfm_scores(f["rfm"])),
    "segment summary": lambda f: segment_summary(name_segments(rfm_scores(f["rfm"])), "segment"),
    "cohorts by week": lambda f: acquisition_cohorts(f["log"], every="week"),
    "cohorts by month": lambda f: acquisition_cohorts(f["log"]),
    "retention by month": lambda f: cohort_table(f["log"]),
    "purchases by quarter": lambda f: cohort_table(f["log"], measure="purchases", every="quarter"),
    "money by calendar": lambda f: cohort_table(
        f["log"], measure="cumulative_amount_per_customer", by="calendar", until="1998-05-20"
    ),
    "Gini": lambda f: gini(f["spend"]),
    "top share": lambda f: top_share(f["spend"], 0.2),
    "customers for 80 %": lambda f: customers_for_share(f["spend"], 0.8),
    "Lorenz curve": lambda f: lorenz_curve(f["spend"]),
    "retention index": lambda f: retention_index(f["before"], f["after"]),
    "revenue retention": lambda f: revenue_retention(f["before"], f["after"]),
}

PANDAS: dict[str, Callable[[Frames], Any]] = {
    "segments": lambda f: name_segments(rfm_scores(f["rfm"].set_index("customer_id"))),
    "segment summary": lambda f: segment_summary(f["rfm"], name_segments(rfm_scores(f["rfm"]))),
    "retention index": lambda f: retention_index(*_series(f)),
    "revenue retention": lambda f: revenue_retention(*_series(f)),
}


def _series(frames: Frames) -> list[pd.Series]:
    return [frames[name].set_index("customer_id")["amount"] for name in ("before", "after")]


def plain(value: Any, engine: Engine | None = None) -> Any:
    """A result as JSON can hold it: a number, or columns by name with the rows in order."""
    if isinstance(value, (float, int)):
        return float(value)
    if isinstance(value, pd.Series) and engine is not None:
        return {str(label): [float(number)] for label, number in value.items()}
    frame = value if engine is None else engine.read(value)
    frame = frame.rename(columns=str)
    if "customer_id" in frame or "cohort" in frame or "segment" in frame:
        key = next(name for name in ("customer_id", "cohort", "segment") if name in frame)
        frame = frame.sort_values(key, ignore_index=True)
    return {name: [_cell(cell) for cell in column] for name, column in frame.items()}


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell
    if cell is None or pd.isna(cell):
        return None
    return str(pd.Timestamp(cell).date()) if hasattr(cell, "year") else float(cell)


def answers(engine: Engine, frames: dict[str, pd.DataFrame]) -> dict[str, dict[str, Any]]:
    """For each calculation: the result, and what kind of object it was."""
    native = {name: engine.make(frame) for name, frame in frames.items()}
    found = {}
    for name, work in WORK.items():
        try:
            result = work(native)
            found[name] = {"kind": type(result).__name__, "value": plain(result, engine)}
        except Exception:  # told by the test of this calculation, in whichever process it ran
            found[name] = {"error": traceback.format_exc()}
    return found


def polars_frames() -> Engine:
    import polars as pl

    def make(frame: pd.DataFrame) -> Any:
        return pl.DataFrame({name: column.to_numpy() for name, column in frame.items()})

    return Engine(make, lambda frame: pd.DataFrame(frame.to_dict(as_series=False)))


def polars_plans() -> Engine:
    eager = polars_frames()
    return Engine(lambda frame: eager.make(frame).lazy(), lambda plan: eager.read(plan.collect()))


def arrow_tables() -> Engine:
    import pyarrow as pa

    def make(frame: pd.DataFrame) -> Any:
        return pa.table({name: column.to_numpy() for name, column in frame.items()})

    return Engine(make, lambda table: pd.DataFrame(table.to_pydict()))


def duckdb_relations() -> Engine:
    import duckdb

    arrow, connection = arrow_tables(), duckdb.connect()
    return Engine(
        lambda frame: connection.from_arrow(arrow.make(frame)),
        lambda relation: pd.DataFrame(relation.fetchall(), columns=relation.columns),
    )


def dask_frames() -> Engine:
    import dask.dataframe as dd

    return Engine(lambda frame: dd.from_pandas(frame, npartitions=2), lambda frame: frame.compute())


def spark_frames(session: Any) -> Engine:
    return Engine(session.createDataFrame, lambda frame: frame.toPandas())


def main(engine: str, path: str) -> None:
    frames = inputs()
    if engine == "dask":
        import dask
        from distributed import Client, LocalCluster

        terms = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
        dask.config.set({"dataframe.shuffle.method": "tasks"})  # quick where the data is tiny
        with LocalCluster(**terms) as cluster, Client(cluster):
            found = answers(dask_frames(), frames)
    else:
        from pyspark.sql import SparkSession

        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config(
                "spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
            )  # quick start
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        found = answers(spark_frames(session), frames)
        session.stop()
    with open(path, "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
