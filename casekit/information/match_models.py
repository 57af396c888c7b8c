"""The model behind match weights: shares given, judged, or learned from the pairs by EM."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.information.quality import present

#: Shares are kept so far from 0 and 1, so that no weight is infinite.
TINY = 1e-6


@dataclass(frozen=True)
class MatchModel:
    """Shares behind match weights.

    Attributes
    ----------
    m, u : dict of field to tuple of float
        Share of matching (``m``) and of other pairs (``u``) at each level, from level 0 up; each adds up to
        1.
    prior : float
        Share of the compared pairs that match, 0 to 1.
    log_likelihood : float
        Of the pairs it was fitted to; missing if shares were given.
    """

    m: dict[str, tuple[float, ...]]
    u: dict[str, tuple[float, ...]]
    prior: float
    log_likelihood: float = math.nan

    def weights(self) -> pd.DataFrame:
        """Match weight of each field and level, in bits."""
        rows = {
            field: pd.Series(np.log2(np.array(shares) / np.array(self.u[field])))
            for field, shares in self.m.items()
        }
        return pd.DataFrame(rows).T.rename_axis(index="field", columns="level")


def match_model(m: Mapping[str, Any], u: Mapping[str, Any], *, prior: float) -> MatchModel:
    """A match model from shares that are known or judged.

    Parameters
    ----------
    m, u : mapping of field to float, or to sequence of float
        Share of matching and of other pairs that agree; with several levels, the shares of all levels from 0
        up, which add up to 1. Above 0 and below 1.
    prior : float
        Share of the compared pairs that match, above 0 and below 1. After blocking it is far higher than
        among all pairs.

    Returns
    -------
    MatchModel

    Examples
    --------
    >>> match_model({"phone": 0.9}, {"phone": 0.01}, prior=0.5).weights().round(2).loc["phone"].tolist()
    [-3.31, 6.49]
    """
    check = Check("match_model")
    prior = check.number("prior", prior, low=0, high=1, low_open=True, high_open=True)
    m, u = check.mapping("m", m), check.mapping("u", u)
    check.require(bool(m), _("m must hold at least one field"), got=_("none"))
    if set(m) != set(u):
        missing = [field for field in m if field not in u]
        check.add(errors.different_labels("u", missing, [field for field in u if field not in m], "m"))
    shares = [
        {field: _shares(check, f"{name}[{field!r}]", given) for field, given in known.items()}
        for name, known in (("m", m), ("u", u))
    ]
    check.done()
    for field in m:
        lengths = [len(known[field]) for known in shares]
        if lengths[0] != lengths[1]:
            check.add(errors.different_lengths(f"u[{field!r}]", lengths[1], f"m[{field!r}]", lengths[0]))
    check.done()
    return MatchModel(shares[0], {field: shares[1][field] for field in m}, prior)


def fit_match_model(
    levels: pd.DataFrame, *, u: Mapping[str, Any] | None = None, prior: float = 0.1, rounds: int = 500
) -> MatchModel:
    """Learn the shares from the pairs themselves, without knowing which pairs match.

    Pairs fall into two kinds, those that agree on nearly everything and those that agree on little; the EM
    algorithm finds the shares that make the pairs seen most likely. It needs at least three fields and enough
    matches among the pairs (some percent), and assumes that errors in one field do not go with errors in
    another.

    Parameters
    ----------
    levels : DataFrame of float, shape (n_pairs, n_fields)
        From :func:`compare_pairs`; missing values speak neither way. Do not use fields that blocking made
        agree in every pair.
    u : mapping of field to float or sequence, optional
        Shares of coincidence kept fixed, such as :func:`chance_agreement` of the whole book.
    prior : float, default 0.1
        First guess of the share of pairs that match, above 0 and below 1.
    rounds : int, default 500
        Most rounds of the algorithm.

    Returns
    -------
    MatchModel
        Of the two kinds of pairs, matches are the kind that agrees more.

    Raises
    ------
    InputError
        If a field shows one level only, there are fewer than three fields and ``u`` is not given, or levels
        are not whole numbers from 0.

    References
    ----------
    Jaro, M. A. (1989). Advances in record-linkage methodology. *JASA* 84(406), 414-420.
    Winkler, W. E. (1988). Using the EM algorithm for weight computation in the Fellegi-Sunter model of record
    linkage. *Proceedings of the Section on Survey Research Methods*, ASA, 667-671.

    Examples
    --------
    >>> rows = [[1, 1, 1]] * 10 + [[0, 0, 0]] * 80 + [[1, 0, 0]] * 10
    >>> seen = pd.DataFrame(rows, columns=["name", "day", "phone"])
    >>> model = fit_match_model(seen)
    >>> round(model.prior, 3), round(model.u["name"][1], 3)
    (0.1, 0.111)
    """
    check = Check("fit_match_model")
    frame = check.frame("levels", levels)
    prior = check.number("prior", prior, low=0, high=1, low_open=True, high_open=True)
    rounds = check.integer("rounds", rounds, low=1)
    check.done()
    counts = {name: _level_count(check, name, frame[name]) for name in frame.columns}
    fixed = {
        field: _shares(check, f"u[{field!r}]", given)
        for field, given in check.mapping("u", {} if u is None else u).items()
    }
    for field in fixed:
        if field not in counts or len(fixed[field]) != counts[field]:
            check.add(errors.unknown_name(_("field and levels of u"), field, [str(name) for name in counts]))
    enough = frame.shape[1] >= 3 or (bool(fixed) and set(fixed) == set(counts))
    check.require(enough, _("levels must have at least three fields"), got=str(frame.shape[1]))
    check.done()
    patterns = frame.groupby(list(frame.columns), dropna=False).size().reset_index(name="_count")
    coded = {name: _one_hot(patterns[name], size) for name, size in counts.items()}
    return _em(coded, patterns["_count"].to_numpy(dtype=float), fixed, prior, rounds)


def chance_agreement(values: Any) -> float:
    """Share of pairs of different records that agree by coincidence: the ``u`` of a field.

    Parameters
    ----------
    values : list, dict or Series, shape (n_records,)
        One field of the book, missing values left out; at least two values.

    Returns
    -------
    float
        Number of agreeing pairs by number of pairs, 0 to 1. (The few true matches are counted in; in a book
        without many duplicates they do not matter.)

    Examples
    --------
    >>> round(chance_agreement(["f", "f", "m", "m"]), 3)
    0.333
    """
    check = Check("chance_agreement")
    series = as_series(values)
    if series is None:
        check.stop(errors.wrong_type("values", _("a list, dict or Series"), values))
    check.names("values", list(series.dropna()), repeats=True)
    series = series[present(series)]
    check.require(len(series) > 1, _("values must hold at least two values"), got=str(len(series)))
    check.done()
    counts = series.value_counts().to_numpy(dtype=float)
    n = counts.sum()
    return float((counts * (counts - 1)).sum() / (n * (n - 1)))


def _shares(check: Check, name: str, given: Any) -> tuple[float, ...]:
    """Shares of all levels, from one share of agreement or from a sequence."""
    if isinstance(given, (int, float, np.number)):
        share = check.number(name, given, low=0, high=1, low_open=True, high_open=True)
        return (1 - share, share)
    series = check.weights(name, given)
    check.require(bool((series > 0).all()), _("{name} must be above 0").format(name=name), got="0")
    return tuple(float(value) for value in series)


def _level_count(check: Check, name: str, values: pd.Series) -> int:
    level = check.vector(f"levels[{name!r}]", values, low=0, missing=True).dropna()
    whole = bool(np.isfinite(level).all() and (level == level.round()).all())
    check.require(whole, _("levels must be whole numbers"), got=str(name))
    check.require(
        level.nunique() > 1,
        _("each field must show at least two levels"),
        got=_("one in {field}").format(field=name),
        hint=_("leave out a field on which blocking made all pairs agree"),
    )
    return int(level.max()) + 1 if len(level) and whole else 2


def _one_hot(level: pd.Series, size: int) -> np.ndarray:
    """A row a pattern: 1 at its level, all 0 where missing."""
    hot = np.zeros((len(level), size))
    seen = level.notna().to_numpy()
    hot[seen, level[seen].astype(int)] = 1.0
    return hot


def _em(
    coded: dict[str, np.ndarray],
    counts: np.ndarray,
    fixed: dict[str, tuple[float, ...]],
    prior: float,
    rounds: int,
) -> MatchModel:
    m = {name: _ramp(hot.shape[1]) for name, hot in coded.items()}
    u = {
        name: np.array(fixed[name]) if name in fixed else _ramp(hot.shape[1])[::-1]
        for name, hot in coded.items()
    }
    before = -math.inf
    for _round in range(rounds):
        logs = [sum(hot @ np.log(part[name]) for name, hot in coded.items()) for part in (m, u)]
        match, other = math.log(prior) + logs[0], math.log1p(-prior) + logs[1]
        total = np.logaddexp(match, other)
        likelihood = float(counts @ total)
        belongs = np.exp(match - total)
        prior = float(np.clip(counts @ belongs / counts.sum(), TINY, 1 - TINY))
        m = {name: _mean_shares(hot, counts * belongs) for name, hot in coded.items()}
        u = {
            name: u[name] if name in fixed else _mean_shares(hot, counts * (1 - belongs))
            for name, hot in coded.items()
        }
        if likelihood - before < 1e-10 * abs(likelihood):
            break
        before = likelihood
    kinds = [{name: tuple(map(float, shares)) for name, shares in part.items()} for part in (m, u)]
    if not fixed and sum(_mean_level(m[name]) - _mean_level(u[name]) for name in coded) < 0:
        return MatchModel(kinds[1], kinds[0], 1 - prior, likelihood)
    return MatchModel(kinds[0], kinds[1], prior, likelihood)


def _ramp(size: int) -> np.ndarray:
    """First guess of shares: most at the highest level."""
    shares = np.full(size, 0.1 / (size - 1))
    shares[-1] = 0.9
    return shares


def _mean_shares(hot: np.ndarray, weight: np.ndarray) -> np.ndarray:
    sums = np.maximum(weight @ hot, 1e-12)
    shares = np.clip(sums / sums.sum(), TINY, None)
    return shares / shares.sum()


def _mean_level(shares: np.ndarray) -> float:
    return float(shares @ np.linspace(0, 1, len(shares)))
