"""The simulated data sets by name: drawn anew with another seed, size or truth, and written to files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.simulate.bank_book import BankParameters, simulate_bank_book
from casekit.simulate.coach_survey import simulate_coach_survey
from casekit.simulate.restaurant import RestaurantTruth, simulate_restaurant

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Simulator:
    """One simulated data set: how many rows' worth of what, its truth, and the function that draws it."""

    size: str
    default_size: int
    truth: Any
    draw: Callable[[int, np.random.Generator, Any], Tables]


def _restaurant(guests: int, rng: np.random.Generator, truth: RestaurantTruth) -> Tables:
    return simulate_restaurant(guests=guests, rng=rng, truth=truth)


def _bank_book(clients: int, rng: np.random.Generator, truth: BankParameters) -> Tables:
    return simulate_bank_book(clients, rng=rng, parameters=truth).tables


def _coach_survey(respondents: int, rng: np.random.Generator, truth: None) -> Tables:
    survey = simulate_coach_survey(respondents, rng=rng)
    return {"ratings": survey.ratings, **{f"truth_{name}": table for name, table in survey.truth.items()}}


#: Every simulated data set that can be drawn anew.
SIMULATORS = {
    "bank_book": Simulator("clients", 12_000, BankParameters(), _bank_book),
    "coach_survey": Simulator("respondents", 480, None, _coach_survey),
    "restaurant": Simulator("guests", 1_800, RestaurantTruth(), _restaurant),
}


def write_simulated(
    name: str, folder: str | Path, *, seed: int, arguments: Mapping[str, Any] | None = None
) -> list[Path]:
    """Draw a simulated data set anew and write its tables and its truth.

    Parameters
    ----------
    name : {"bank_book", "coach_survey", "restaurant"}
    folder : path
        Made if need be; the files are ``<name>_<table>.csv`` and ``<name>_truth.json``.
    seed : int
        0 or more; another seed gives other customers.
    arguments : mapping, optional
        The size (``clients``, ``respondents`` or ``guests``) and numbers of the truth by name, such as
        ``{"guests": 500, "programme_lift": 0}``. Texts are read as numbers.

    Returns
    -------
    list of Path
    """
    check = Check("simulate")
    check.choice("name", name, tuple(SIMULATORS))
    check.integer("seed", seed, low=0)
    check.done()
    simulator = SIMULATORS[name]
    size, truth = _settings(simulator, arguments or {})
    tables = simulator.draw(size, np.random.default_rng(seed), truth)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for table, frame in tables.items():
        paths.append(folder / f"{name}_{table}.csv")
        frame.to_csv(
            paths[-1], index=frame.index.name is not None, date_format="%Y-%m-%d", lineterminator="\n"
        )
    facts = {"seed": seed, simulator.size: size, **(asdict(truth) if truth else {})}
    paths.append(folder / f"{name}_truth.json")
    paths[-1].write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return paths


def _settings(simulator: Simulator, arguments: Mapping[str, Any]) -> tuple[int, Any]:
    """The size and the truth with the caller's numbers; unknown names and wrong types are named together."""
    check = Check("simulate")
    defaults = {simulator.size: simulator.default_size}
    if simulator.truth is not None:
        defaults |= {item.name: getattr(simulator.truth, item.name) for item in fields(simulator.truth)}
    changed = {}
    for key, value in arguments.items():
        if key not in defaults:
            check.add(errors.unknown_name(_("argument"), key, list(defaults)))
        else:
            changed[key] = _like(check, key, value, defaults[key])
    check.done()
    size = changed.pop(simulator.size, simulator.default_size)
    return size, replace(simulator.truth, **changed) if changed else simulator.truth


def _like(check: Check, name: str, value: Any, default: Any) -> Any:
    """The value in the type of the default."""
    if isinstance(default, str):
        return str(value)
    if not isinstance(default, (int, float)):
        check.add(errors.must_hold(_("{name} cannot be set here").format(name=name), got=str(value)))
        return default
    try:
        number = float(value)
    except (TypeError, ValueError):
        check.add(errors.wrong_type(name, _("a number"), value))
        return default
    return check.integer(name, number, low=0) if isinstance(default, int) else check.number(name, number)
