"""The same works by pymc-marketing, in an environment of its own: a Python of 3.12 or newer.

    python pymc_peer.py fit.npz bg_nbd 3

reads a summary (or a log), prints the seconds of each round as JSON; the first one warms up and is left out.
Fits are maximum a posteriori with the library's own priors, its nearest to maximum likelihood.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd


def job(kind: str, frame: pd.DataFrame) -> Callable[[], object]:
    from pymc_marketing import clv
    from pymc_marketing.clv.utils import rfm_summary

    if kind == "summary":
        return lambda: rfm_summary(
            frame, customer_id_col="customer_id", datetime_col="date", monetary_value_col="amount"
        )
    model = {"bg_nbd": clv.BetaGeoModel, "pareto_nbd": clv.ParetoNBDModel, "gamma_gamma": clv.GammaGammaModel}

    def fit() -> None:
        model[kind]().fit(frame, method="map", progressbar=False)

    return fit


def main(path: str, kind: str, repeat: str) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    with np.load(path) as arrays:
        frame = pd.DataFrame({name: arrays[name] for name in arrays.files})
    work, seconds = job(kind, frame), []
    for _round in range(int(repeat) + 1):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    print(json.dumps(seconds[1:]))


if __name__ == "__main__":
    main(*sys.argv[1:])
