"""The service-recovery paradox, tested: does a problem put right please more than no problem?"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from scipy.special import stdtr, stdtrit

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def recovery_paradox(recovered: Any, undisturbed: Any, *, level: float = 0.95) -> pd.Series:
    """Whether customers whose problem was put right rate the firm higher than those who never had one.

    The paradox is quoted as a rule; reviews find it for satisfaction at times and for repurchase hardly
    ever. And the comparison is not a trial: who meets a problem, and who stays to be asked, was not drawn by
    lot. Even where it holds, a failure avoided is cheaper than one repaired.

    Parameters
    ----------
    recovered : Series or list of float, shape (n_recovered,)
        Ratings (or later spend) of customers after a recovery, 2 or more.
    undisturbed : Series or list of float, shape (n_undisturbed,)
        The same measure of customers without a problem, 2 or more.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    Series with ``difference`` (recovered less undisturbed, above zero speaks for the paradox), ``low``,
    ``high``, ``standard_error``, ``p_value`` (one-sided: chance of so large a difference if recovered
    customers are no happier), ``n_recovered``, ``n_undisturbed``.

    Raises
    ------
    InputError
        If a group has fewer than two customers or nothing varies.

    Notes
    -----
    Welch's t: ``(mean_1 - mean_2) / sqrt(s_1²/n_1 + s_2²/n_2)`` with Satterthwaite's degrees of freedom.

    References
    ----------
    McCollough, M. and Bharadwaj, S. (1992). The recovery paradox. De Matos, C., Henrique, J. and Rossi, C.
    (2007). Service recovery paradox: a meta-analysis. *Journal of Service Research* 10(1), 60–77.

    Examples
    --------
    >>> found = recovery_paradox([5, 4, 5, 4], [4, 4, 3, 3])
    >>> found["difference"].item(), round(found["p_value"].item(), 3)
    (1.0, 0.025)
    """
    check = Check("recovery_paradox")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    groups = [check.vector("recovered", recovered), check.vector("undisturbed", undisturbed)]
    check.done()
    for name, group in zip(("recovered", "undisturbed"), groups, strict=True):
        check.require(
            len(group) >= 2,
            _("{name} must have at least two customers").format(name=name),
            got=str(len(group)),
            hint=_("a spread cannot be seen in one customer"),
        )
    check.done()
    parts = [float(group.var(ddof=1)) / len(group) for group in groups]
    if sum(parts) == 0:
        check.add(errors.must_hold(_("ratings must vary in one group at least"), got=_("constant ratings")))
    check.done()
    error = math.sqrt(sum(parts))
    spread = sum(part**2 / (len(group) - 1) for part, group in zip(parts, groups, strict=True))
    freedom = sum(parts) ** 2 / spread
    difference = float(groups[0].mean() - groups[1].mean())
    half = float(stdtrit(freedom, (1 + level) / 2)) * error
    return pd.Series(
        {
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "standard_error": error,
            "p_value": float(stdtr(freedom, -difference / error)),
            "n_recovered": float(len(groups[0])),
            "n_undisturbed": float(len(groups[1])),
        },
        name="recovery_paradox",
    )
