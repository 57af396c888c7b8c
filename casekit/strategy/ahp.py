"""Analytic hierarchy process: weights from pairwise judgements, and how consistent the judgements are."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.errors import CasekitWarning
from casekit.strategy.comparisons import comparison_matrix

#: Average consistency index of random reciprocal matrices of 3 to 15 items.
RANDOM_INDEX = {
    "saaty": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "alonso-lamata": (
        *(0.5247, 0.8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499),
        *(1.4854, 1.5140, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
}

#: Saaty's limit: above it the judgements should be looked at again.
CONSISTENCY_LIMIT = 0.10

#: Judgements lie between 1/9 and 9 on Saaty's scale.
SCALE = 9.0


def ahp_weights(judgements: Any, *, items: Sequence[str] | None = None) -> pd.Series:
    """Weights that a set of pairwise judgements implies.

    Not every pair need be judged, as long as each item is linked to every other through some chain of
    judgements.

    Parameters
    ----------
    judgements, items
        As for :func:`comparison_matrix`.

    Returns
    -------
    Series
        Weight of each item, above 0, adding up to 1.

    Raises
    ------
    InputError
        Also when the judgements fall into groups that were never compared with each other.

    Notes
    -----
    The weights are the principal eigenvector of the table: ``A w = lambda_max w``. Where
    pairs were not judged, Harker's table is used: zero in their cells, and one more on the diagonal for each
    missing cell of the row.

    References
    ----------
    Saaty, T. L. (1977). *Journal of Mathematical Psychology* 15(3), 234–281.
    Harker, P. T. (1987). Incomplete pairwise comparisons in the analytic hierarchy process. *Mathematical
    Modelling* 9(11), 837–848.

    Examples
    --------
    >>> ahp_weights({("A", "B"): 2, ("B", "C"): 2}).round(3).to_dict()
    {'A': 0.571, 'B': 0.286, 'C': 0.143}
    """
    matrix = comparison_matrix(judgements, items=items)
    return principal_vector("ahp_weights", matrix)[0]


def principal_vector(name: str, matrix: pd.DataFrame) -> tuple[pd.Series, float]:
    """Principal eigenvector (adding up to 1) and eigenvalue, with Harker's cells for missing judgements."""
    values = matrix.to_numpy(dtype=float, copy=True)
    missing = np.isnan(values)
    _check_connected(name, matrix)
    if (values[~missing] > SCALE * (1 + 1e-9)).any():
        warnings.warn(
            _("{function}: some judgements exceed 9, the end of Saaty's scale").format(function=name),
            CasekitWarning,
            stacklevel=3,
        )
    values[missing] = 0.0
    values[np.diag_indices(len(values))] = 1.0 + missing.sum(axis=1)
    roots, vectors = np.linalg.eig(values)
    first = int(np.argmax(roots.real))
    vector = np.abs(vectors[:, first].real)
    return pd.Series(vector / vector.sum(), index=matrix.index, name="weight"), float(roots[first].real)


def _check_connected(name: str, matrix: pd.DataFrame) -> None:
    links = matrix.notna().to_numpy()
    seen = {0}
    border = [0]
    while border:
        for other in np.flatnonzero(links[border.pop()]):
            if int(other) not in seen:
                seen.add(int(other))
                border.append(int(other))
    if len(seen) < len(matrix):
        apart = [str(label) for place, label in enumerate(matrix.index) if place not in seen]
        raise errors.InputError(
            name,
            errors.must_hold(
                _("every item must be linked to the others by judgements"),
                got=_("{items} compared with none of the rest").format(items=errors.listing(apart)),
                hint=_("compare one of them with {item}").format(item=matrix.index[0]),
            ),
        )


@dataclass(frozen=True)
class Consistency:
    """How far pairwise judgements contradict each other.

    Attributes
    ----------
    lambda_max : float
        Principal eigenvalue; equals the number of items when nothing contradicts.
    index : float
        Consistency index.
    random_index : float
        Average index of random judgements.
    ratio : float
        Consistency ratio: 0 perfect, up to 0.10 usual, 1 no better than chance.
    """

    lambda_max: float
    index: float
    random_index: float
    ratio: float

    @property
    def acceptable(self) -> bool:
        """Whether the ratio keeps Saaty's limit of 0.10."""
        return self.ratio <= CONSISTENCY_LIMIT


def random_index(n: int, *, table: str = "saaty", missing: int = 0) -> float:
    """Average consistency index of random judgements on ``n`` items.

    Parameters
    ----------
    n : int
        Number of items, 1 or more; 0 is returned for one and two items, which cannot contradict.
    table : {"saaty", "alonso-lamata"}
        Whose simulation: Saaty (1980) or Alonso and Lamata (2006). Above 15 items both use the line of Alonso
        and Lamata.
    missing : int, default 0
        Pairs not judged; the index shrinks in proportion (Ágoston and Csató).

    Returns
    -------
    float

    Notes
    -----
    Above 15: ``RI = (2.7699 n − 4.3513 − n) / (n − 1)``. With missing pairs:
    ``RI (1 − 2 missing / ((n − 1)(n − 2)))``.

    References
    ----------
    Saaty, T. L. (1980). *The Analytic Hierarchy Process*.
    Alonso, J. A. and Lamata, M. T. (2006). Consistency in the analytic hierarchy process: a new approach.
    *International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems* 14(4), 445–459.
    Ágoston, K. C. and Csató, L. (2022). Inconsistency thresholds for incomplete pairwise comparison matrices.
    *Omega* 108, 102576.

    Examples
    --------
    >>> random_index(7), random_index(7, table="alonso-lamata"), round(random_index(20), 4)
    (1.32, 1.3417, 1.634)
    """
    check = Check("random_index")
    n = check.integer("n", n, low=1)
    missing = check.integer("missing", missing, low=0)
    check.choice("table", table, list(RANDOM_INDEX))
    check.done()
    if n <= 2:
        return 0.0
    values = RANDOM_INDEX[table]
    full = values[n - 3] if n - 3 < len(values) else (2.7699 * n - 4.3513 - n) / (n - 1)
    return max(0.0, full * (1 - 2 * missing / ((n - 1) * (n - 2))))


def ahp_consistency(
    judgements: Any, *, items: Sequence[str] | None = None, table: str = "saaty"
) -> Consistency:
    """How far the judgements contradict each other, beside what chance would give.

    Parameters
    ----------
    judgements, items
        As for :func:`comparison_matrix`.
    table : {"saaty", "alonso-lamata"}
        Random index to compare with.

    Returns
    -------
    Consistency
        With one or two items, or with just enough judgements to link all items, nothing can contradict and
        the ratio is 0.

    Notes
    -----
    ``CI = (lambda_max − n) / (n − 1)``, ``CR = CI / RI``. With missing pairs the ratio is an approximation.

    Examples
    --------
    >>> round(ahp_consistency([[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]).ratio, 3)
    0.033
    """
    matrix = comparison_matrix(judgements, items=items)
    n = len(matrix)
    missing = int(np.isnan(matrix.to_numpy()).sum() // 2)
    expected = random_index(n, table=table, missing=missing)
    root = principal_vector("ahp_consistency", matrix)[1]
    index = max(0.0, (root - n) / (n - 1)) if n > 1 else 0.0
    ratio = index / expected if expected > 1e-12 else 0.0
    return Consistency(lambda_max=root, index=index, random_index=expected, ratio=ratio)
