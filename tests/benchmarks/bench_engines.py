"""A log on disk: summary, fits and scores straight from Parquet, with the memory and time they take.

    python tests/benchmarks/bench_engines.py 1e6 1e7       # DuckDB, at most 3 GiB for DuckDB itself
    python tests/benchmarks/bench_engines.py 1e7 --engine polars      # or spark, pandas
    python tests/benchmarks/bench_engines.py 1e8 --folder /big/disk

Each size runs in a process of its own; the peak is what the operating system counted for it. The log is made
once a size by ``casekit.simulate`` and kept in the folder.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

#: Customers simulated at once.
CHUNK = 100_000

END = "2020-12-31"


def models() -> tuple[Any, Any]:
    """Customers who buy about ten times a year, like those of a supermarket."""
    from casekit.customer_base import BGNBD, GammaGamma

    buying = BGNBD.from_parameters(r=0.8, alpha=6.0, a=0.6, b=5.0)
    return buying, GammaGamma.from_parameters(p=6.25, q=3.74, gamma=15.44)


def make_log(folder: Path, rows: int) -> Path:
    """A Parquet file of at least so many purchases, written chunk by chunk."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from casekit.simulate.purchases import PurchasePlan, simulate_purchases

    path = folder / f"purchases_{rows:.0e}.parquet"
    if path.exists():
        return path
    buying, spend = models()
    plan = PurchasePlan(start="2019-01-01", end=END, acquisition_days=365)
    rng, written, customers, writer = np.random.default_rng(7), 0, 0, None
    part = path.with_suffix(".part")
    while written < rows:
        log = simulate_purchases(CHUNK, model=buying, spend=spend, rng=rng, plan=plan)["purchases"]
        table = pa.table(
            {
                "customer_id": log["customer_id"].to_numpy(np.int64) + customers,
                "date": log["date"].to_numpy("datetime64[D]"),
                "amount": log["amount"].to_numpy(float),
            }
        )
        writer = writer or pq.ParquetWriter(part, table.schema)
        writer.write_table(table)
        written, customers = written + len(table), customers + CHUNK
    assert writer is not None
    writer.close()
    part.rename(path)
    return path


# -- the work, the same for every engine ---------------------------------------------------------------------


def work(log: Any, keep: Callable[[Any, str], Any], rows_of: Callable[[Any], int]) -> dict[str, Any]:
    """Summary, two fits, lifetime value of every customer; seconds of each."""
    from casekit.customer_base import BGNBD, GammaGamma, lifetime_value, purchase_summary
    from casekit.engines import check_log

    seconds: dict[str, Any] = {}

    def timed(name: str, job: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = job()
        seconds[name] = round(time.perf_counter() - start, 2)
        return result

    checked = timed("check", lambda: check_log(log))
    summary = timed("summary", lambda: keep(purchase_summary(checked, observation_end=END), "summary"))
    buying = timed("BG/NBD fit", lambda: BGNBD().fit(summary))
    spend = timed("gamma-gamma fit", lambda: GammaGamma().fit(summary))
    terms: dict[str, Any] = {"purchases": buying, "spend": spend, "discount_rate": 0.002, "horizon": 52}
    value = timed("value", lambda: keep(lifetime_value(summary, **terms), "value"))
    seconds["customers"] = rows_of(value)
    seconds["parameters"] = [round(float(v), 3) for v in [*buying.parameters_, *spend.parameters_]]
    return seconds


def with_duckdb(path: Path, folder: Path, memory: str) -> dict[str, Any]:
    import duckdb

    database = folder / "work.duckdb"
    database.unlink(missing_ok=True)
    settings = {"memory_limit": memory, "temp_directory": str(folder / "spill")}
    connection = duckdb.connect(str(database), config=settings)

    def keep(relation: Any, name: str) -> Any:
        relation.create(name)
        return connection.table(name)

    found = work(connection.read_parquet(str(path)), keep, lambda relation: len(relation))
    connection.close()
    database.unlink()
    return found


def with_polars(path: Path, folder: Path, memory: str) -> dict[str, Any]:
    import polars as pl

    return work(
        pl.scan_parquet(path),
        lambda frame, name: frame.collect(engine="streaming").lazy(),
        lambda frame: frame.collect().height,
    )


def with_pandas(path: Path, folder: Path, memory: str) -> dict[str, Any]:
    import pandas as pd

    log = pd.read_parquet(path).assign(date=lambda frame: pd.to_datetime(frame["date"]))
    return work(log, lambda frame, name: frame, len)


def with_spark(path: Path, folder: Path, memory: str) -> dict[str, Any]:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "3g")
        .config("spark.sql.shuffle.partitions", "16")
        .config("spark.local.dir", str(folder))
        .getOrCreate()
    )

    def keep(frame: Any, name: str) -> Any:
        frame.write.mode("overwrite").parquet(str(folder / name))
        return spark.read.parquet(str(folder / name))

    return work(spark.read.parquet(str(path)), keep, lambda frame: frame.count())


ENGINES = {"duckdb": with_duckdb, "polars": with_polars, "pandas": with_pandas, "spark": with_spark}


def run_here(engine: str, path: Path, folder: Path, memory: str) -> None:
    """One engine, one size, in this process: seconds and peak memory as JSON on the last line."""
    start = time.perf_counter()
    found = ENGINES[engine](path, folder, memory)
    found["whole process"] = round(time.perf_counter() - start, 2)
    found["peak GiB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
    print(json.dumps(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rows", nargs="+", type=float)
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
    parser.add_argument("--memory", default="3GiB", help="limit that DuckDB keeps")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "casekit_bench")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for rows in given.rows:
        path = make_log(given.folder, int(rows))
        if given.here:
            run_here(given.engine, path, given.folder, given.memory)
            continue
        again = [sys.executable, __file__, str(rows), "--here", "--engine", given.engine]
        again += ["--memory", given.memory, "--folder", str(given.folder)]
        done = subprocess.run(again, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr or f"{given.engine} ended with {done.returncode}")
        size = path.stat().st_size / 2**30
        print(f"{given.engine}, {rows:.0e} rows ({size:.2f} GiB): {done.stdout.splitlines()[-1]}", flush=True)


if __name__ == "__main__":
    main()
