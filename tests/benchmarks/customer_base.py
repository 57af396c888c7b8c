"""How fast and how lean, beside the other libraries, on the same data in one run.

``make benchmarks`` (or ``python tests/benchmarks/customer_base.py``). Times are medians; ratios are what
counts. lifetimes 0.11.3 and clvkit 0.2.1 are compared if they are installed; what is missing is left out.
pymc-marketing needs a newer Python: the variable CASEKIT_PYMC_PYTHON names one that has it, and it gets the
same data in a process of its own. Before anything is timed, the fits are held against the published
log-likelihoods: same answers, or the speed does not count.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from casekit.customer_base import BGNBD, GammaGamma, ParetoNBD, purchase_summary
from casekit.datasets import data_path, load_cdnow
from casekit.simulate.purchases import PurchasePlan, simulate_purchases

PEERS = ("lifetimes", "clvkit")
CDNOW = BGNBD.from_parameters(r=0.242595, alpha=4.413602, a=0.792922, b=2.425907)
SPEND = GammaGamma.from_parameters(p=6.249571, q=3.744225, gamma=15.443525)


@dataclass
class Work:
    """One row of the table: what is done, how each library does it, and how much faster casekit should be."""

    name: str
    ours: Callable[[], Any]
    bar: float
    peers: dict[str, Callable[[], Any]] = field(default_factory=dict)
    repeat: int = 7
    memory_bar: float | None = None
    pymc: tuple[str, pd.DataFrame] | None = None


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def median_times(jobs: dict[str, Callable[[], Any]], repeat: int) -> dict[str, float]:
    """Median seconds of each job; the jobs take turns, so that a busy moment meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for attempt in range(repeat + 1):
        for name, job in jobs.items():
            gc.collect()
            start = time.perf_counter()
            job()
            if attempt:  # the first round warms up
                times[name].append(time.perf_counter() - start)
    return {name: float(np.median(seconds)) for name, seconds in times.items()}


def pymc_seconds(kind: str, frame: pd.DataFrame) -> float | None:
    """Median seconds of pymc-marketing on the same data, if there is a Python that has it."""
    python = os.environ.get("CASEKIT_PYMC_PYTHON")
    if not python:
        return None
    program = Path(__file__).with_name("pymc_peer.py")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.npz"
        np.savez(path, **{str(name): column.to_numpy() for name, column in frame.reset_index().items()})
        rounds = "1" if len(frame) > 20_000 else "3"
        command = [python, "-W", "ignore", str(program), str(path), kind, rounds]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"pymc-marketing, {kind}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return float(np.median(json.loads(done.stdout.splitlines()[-1])))


def extra_memory(job: Callable[[], Any]) -> float:
    """Megabytes that a job holds at its highest, beyond what was there before."""
    gc.collect()
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


# -- the works -------------------------------------------------------------------------------------------


def million_rows() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    days = pd.to_timedelta(rng.integers(0, 730, 1_000_000), unit="D")
    return pd.DataFrame(
        {
            "customer_id": rng.integers(0, 100_000, 1_000_000),
            "date": pd.Timestamp("2023-01-01") + days,
            "amount": rng.gamma(2, 20, 1_000_000).round(2),
        }
    )


def summary_work() -> Work:
    log = million_rows()
    peers: dict[str, Callable[[], Any]] = {}
    if installed("lifetimes"):
        from lifetimes.utils import summary_data_from_transaction_data

        peers["lifetimes"] = lambda: summary_data_from_transaction_data(log, "customer_id", "date", "amount")
    if installed("clvkit"):
        from clvkit import CustomerBase

        peers["clvkit"] = lambda: CustomerBase.from_transactions(log)
    return Work(
        "summary, 1M rows / 100k customers",
        lambda: purchase_summary(log),
        4,
        peers,
        5,
        memory_bar=0.5,
        pymc=("summary", log.reset_index(drop=True)),
    )


def clvkit_base(log: pd.DataFrame, end: str) -> Any:
    from clvkit import CustomerBase

    known = log[log["date"] <= end]
    return CustomerBase.from_transactions(known, time_unit="W", collapse="D", observation_period_end=end)


def bg_nbd_work(name: str, log: pd.DataFrame, end: str, bar: float) -> Work:
    summary = purchase_summary(log, observation_end=end)
    peers: dict[str, Callable[[], Any]] = {}
    if installed("lifetimes"):
        from lifetimes import BetaGeoFitter

        columns = (summary["frequency"], summary["recency"], summary["T"])
        peers["lifetimes"] = lambda: BetaGeoFitter().fit(*columns)
    if installed("clvkit"):
        import clvkit

        base = clvkit_base(log, end)
        peers["clvkit"] = lambda: clvkit.BGNBD().fit(base)
    pymc = ("bg_nbd", summary[["frequency", "recency", "T"]])
    return Work(name, lambda: BGNBD().fit(summary), bar, peers, 3 if len(summary) > 50_000 else 7, pymc=pymc)


def gamma_gamma_work(name: str, log: pd.DataFrame, end: str, bar: float) -> Work:
    summary = purchase_summary(log, observation_end=end)
    repeat = summary[(summary["frequency"] > 0) & (summary["monetary_value"] > 0)]
    peers: dict[str, Callable[[], Any]] = {}
    if installed("lifetimes"):
        from lifetimes import GammaGammaFitter

        columns = (repeat["frequency"], repeat["monetary_value"])
        peers["lifetimes"] = lambda: GammaGammaFitter().fit(*columns)
    if installed("clvkit"):
        import clvkit

        base = clvkit_base(log, end)
        peers["clvkit"] = lambda: clvkit.GammaGamma().fit(base)
    pymc = ("gamma_gamma", repeat[["frequency", "monetary_value"]])
    name = name.format(n=f"{len(repeat):,}")
    return Work(name, lambda: GammaGamma().fit(repeat), bar, peers, 5, pymc=pymc)


def pareto_nbd_work(name: str, log: pd.DataFrame, end: str, bar: float) -> Work:
    summary = purchase_summary(log, observation_end=end)
    peers: dict[str, Callable[[], Any]] = {}
    if installed("lifetimes"):
        from lifetimes import ParetoNBDFitter

        columns = (summary["frequency"], summary["recency"], summary["T"])
        peers["lifetimes"] = lambda: ParetoNBDFitter().fit(*columns)
    pymc = ("pareto_nbd", summary[["frequency", "recency", "T"]])
    return Work(
        name, lambda: ParetoNBD().fit(summary), bar, peers, 7 if len(summary) < 5000 else 3, pymc=pymc
    )


def simulation_work() -> Work:
    def ours() -> Any:
        return simulate_purchases(
            100_000,
            model=CDNOW,
            spend=SPEND,
            rng=np.random.default_rng(1),
            plan=PurchasePlan(start="1997-01-01", end="1997-09-30", acquisition_days=84),
        )

    peers: dict[str, Callable[[], Any]] = {}
    if installed("lifetimes"):
        from lifetimes.generate_data import beta_geometric_nbd_model

        T = np.random.default_rng(1).uniform(27, 39, 100_000)
        peers["lifetimes (bare summary)"] = lambda: beta_geometric_nbd_model(
            T, 0.243, 4.414, 0.793, 2.426, size=len(T)
        )
    return Work("simulate 100,000 customers, dated and priced", ours, 5, peers, 3)


def large_log() -> pd.DataFrame:
    """100,000 customers of CDNOW's kind over two years, won over the first."""
    tables = simulate_purchases(100_000, model=CDNOW, spend=SPEND, rng=np.random.default_rng(2))
    log = tables["purchases"]
    return log.assign(date=log["date"].dt.normalize())[["customer_id", "date", "amount"]]


def busy_log() -> pd.DataFrame:
    """100,000 customers of whom nine in ten buy again."""
    model = BGNBD.from_parameters(r=2.0, alpha=20.0, a=0.5, b=5.0)
    tables = simulate_purchases(100_000, model=model, spend=SPEND, rng=np.random.default_rng(3))
    log = tables["purchases"]
    return log.assign(date=log["date"].dt.normalize())[["customer_id", "date", "amount"]]


# -- cold processes --------------------------------------------------------------------------------------

COLD = {
    "casekit": """
import pandas as pd
from casekit.customer_base import BGNBD, GammaGamma, lifetime_value, purchase_summary
log = pd.read_csv({path!r}, parse_dates=["date"])
summary = purchase_summary(log, observation_end="1997-09-30", time_unit="month")
value = lifetime_value(summary, purchases=BGNBD().fit(summary), spend=GammaGamma().fit(summary),
                       discount_rate=0.01, horizon=12)
""",
    "lifetimes": """
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter
from lifetimes.utils import summary_data_from_transaction_data
log = pd.read_csv({path!r}, parse_dates=["date"])
summary = summary_data_from_transaction_data(log, "customer_id", "date", "amount",
                                             observation_period_end="1997-09-30")
columns = summary["frequency"], summary["recency"], summary["T"]
model = BetaGeoFitter().fit(*columns)
repeat = summary[(summary["frequency"] > 0) & (summary["monetary_value"] > 0)]
spend = GammaGammaFitter().fit(repeat["frequency"], repeat["monetary_value"])
value = spend.customer_lifetime_value(model, *columns, summary["monetary_value"], time=12,
                                      discount_rate=0.01, freq="D")
""",
    "clvkit": """
import pandas as pd
from clvkit import BGNBD, CLV, CustomerBase, GammaGamma
log = pd.read_csv({path!r}, parse_dates=["date"])
base = CustomerBase.from_transactions(log[log["date"] <= "1997-09-30"], time_unit="W", collapse="D",
                                      observation_period_end="1997-09-30")
value = CLV(BGNBD(), GammaGamma()).fit(base).predict(horizon=52)
""",
}


def cold_work() -> Work:
    path = str(data_path("cdnow", "cdnow_sample.csv.gz"))

    def run(name: str) -> Callable[[], Any]:
        command = [sys.executable, "-W", "ignore", "-c", COLD[name].format(path=path)]
        return lambda: subprocess.run(command, check=True, capture_output=True)

    peers = {name: run(name) for name in PEERS if installed(name)}
    return Work("cold process to a 12-month value", run("casekit"), 1, peers, 5)


# -- the table -------------------------------------------------------------------------------------------


def check_answers() -> None:
    """Same answers as the published ones."""
    summary = purchase_summary(load_cdnow(sample=True), observation_end="1997-09-30")
    for model, published in ((BGNBD(), -9582.4292), (ParetoNBD(), -9594.9762), (GammaGamma(), -4055.9177)):
        found = model.fit(summary).log_likelihood_
        if abs(found - published) > 1e-4:
            raise SystemExit(f"{type(model).__name__}: log-likelihood {found}, published {published}")


def works() -> list[Work]:
    end = "1997-09-30"
    sample, full, large = load_cdnow(sample=True), load_cdnow(), large_log()
    large_end, busy = str(large["date"].max().date()), busy_log()
    busy_end = str(busy["date"].max().date())
    return [
        summary_work(),
        bg_nbd_work("BG/NBD fit, 2,357 customers", sample, end, 10),
        bg_nbd_work("BG/NBD fit, 23,570 customers", full, end, 18),
        bg_nbd_work("BG/NBD fit, 100,000 customers", large, large_end, 25),
        gamma_gamma_work("gamma-gamma fit, {n} repeat buyers", full, end, 2),
        gamma_gamma_work("gamma-gamma fit, {n} repeat buyers", busy, busy_end, 4),
        pareto_nbd_work("Pareto/NBD fit, 2,357 customers", sample, end, 20),
        pareto_nbd_work("Pareto/NBD fit, 23,570 customers", full, end, 18),
        simulation_work(),
        cold_work(),
    ]


def measure(work: Work) -> dict[str, Any]:
    times = median_times({"casekit": work.ours, **work.peers}, work.repeat)
    ours = times.pop("casekit")
    other = pymc_seconds(*work.pymc) if work.pymc else None
    if other is not None:
        times["pymc-marketing"] = other
    best = min(times, key=times.__getitem__, default="")
    ratio = times[best] / ours if best else float("nan")
    row = {
        "work": work.name,
        "casekit": f"{ours:.4f} s",
        "peers": ", ".join(f"{name} {seconds:.3f} s" for name, seconds in times.items()) or "none installed",
        "times faster": f"{ratio:.1f}",
        "bar": f"{work.bar:g}",
        "met": "" if not best else "yes" if ratio >= work.bar else "NO",
    }
    if work.memory_bar is not None:
        mine = extra_memory(work.ours)
        peers = {name: extra_memory(job) for name, job in work.peers.items()}
        row["peers"] += "; extra memory: casekit " + ", ".join(
            f"{name}{value:.0f} MB" for name, value in [("", mine), *((f"{k} ", v) for k, v in peers.items())]
        )
        if peers and mine > work.memory_bar * min(peers.values()):
            row["met"] = "NO (memory)"
    return row


def pymc_version() -> str:
    python = os.environ.get("CASEKIT_PYMC_PYTHON")
    if not python:
        return "pymc-marketing is skipped: CASEKIT_PYMC_PYTHON names no Python that has it"
    program = (
        "import platform, importlib.metadata as m; "
        "print('pymc-marketing', m.version('pymc-marketing'), 'on Python', platform.python_version())"
    )
    return subprocess.run([python, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    warnings.simplefilter("ignore")
    check_answers()
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} processors, {platform.system()}")
    print(", ".join(f"{name} {version(name)}" for name in ("casekit", "numpy", "scipy", "pandas")))
    print(f"Python {platform.python_version()}")
    for peer in PEERS:
        print(f"{peer} {version(peer)}" if installed(peer) else f"{peer} is not installed: left out")
    print(pymc_version())
    print("| work | casekit | peers | times faster than the fastest | bar | met |\n|---|---|---|---|---|---|")
    for work in works():
        print("| " + " | ".join(measure(work).values()) + " |", flush=True)


if __name__ == "__main__":
    main()
