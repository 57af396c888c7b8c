"""Who may be offered what: risk levels matched, and the habit that shows a client should not trade alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series

#: Risk levels of clients (how much they can bear) and of products, lowest first.
CLIENT_LEVELS = ("C1", "C2", "C3", "C4", "C5")
PRODUCT_LEVELS = ("R1", "R2", "R3", "R4", "R5")


def is_suitable(client_levels: Any, product_level: Any) -> pd.Series:
    """Whether a product's risk stays within what each client can bear: level for level.

    The choice is the client's, but only among what may be offered: a product R3 to clients C3, C4 and C5. A
    client whose level is missing has not been assessed and is not suitable for anything.

    Parameters
    ----------
    client_levels : Series or list of str, shape (n_clients,)
        ``C1`` (bears least) to ``C5``, or missing.
    product_level : str or Series of str
        ``R1`` (safest) to ``R5``; one for all, or one a client.

    Returns
    -------
    Series of bool

    Examples
    --------
    >>> is_suitable(["C1", "C3", "C5", None], "R3").tolist()
    [False, True, True, False]
    """
    check = Check("is_suitable")
    held = as_series(client_levels)
    if held is None:
        check.stop(errors.wrong_type("client_levels", _("a list or Series of levels"), client_levels))
    clients = _ranks(check, "client_levels", held, CLIENT_LEVELS)
    single = isinstance(product_level, str)
    wanted = pd.Series([product_level] * len(clients), dtype=object) if single else as_series(product_level)
    if wanted is None or len(wanted) != len(clients):
        wanted = pd.Series(dtype=object) if wanted is None else wanted
        check.add(errors.different_lengths("product_level", len(wanted), "client_levels", len(clients)))
    products = _ranks(check, "product_level", wanted, PRODUCT_LEVELS)
    check.done()
    return (clients.notna() & (clients >= products.to_numpy())).rename("suitable")


def _ranks(check: Check, name: str, levels: pd.Series, known: tuple[str, ...]) -> pd.Series:
    check.names(name, list(levels.dropna()), repeats=True)
    ranks = levels.astype(object).map({level: number for number, level in enumerate(known, start=1)})
    odd = levels[levels.notna() & ranks.isna()]
    for value in odd.unique():
        check.add(errors.unknown_name(name, value, known))
    return ranks.astype(float)


def disposition_effect(
    *, gains_sold: float, gains_kept: float, losses_sold: float, losses_kept: float
) -> dict[str, float]:
    """How much readier a client is to sell winners than losers.

    "Sells what has risen, never what has fallen" in numbers: of the positions standing at a gain, the share
    sold; of those at a loss, the share sold; and the difference.

    Parameters
    ----------
    gains_sold, gains_kept, losses_sold, losses_kept : float
        Counts of positions over the days on which the client sold something, zero or more.

    Returns
    -------
    dict
        ``gains_realised`` (PGR) and ``losses_realised`` (PLR), shares, and ``effect``, PGR - PLR: above zero,
        the client holds on to losers.

    References
    ----------
    Odean, T. (1998). Are investors reluctant to realize their losses? *Journal of Finance* 53(5), 1775–1798.

    Examples
    --------
    >>> disposition_effect(gains_sold=3, gains_kept=7, losses_sold=1, losses_kept=9)["effect"]
    0.2
    """
    check = Check("disposition_effect")
    counts = {
        "gains": (
            check.number("gains_sold", gains_sold, low=0),
            check.number("gains_kept", gains_kept, low=0),
        ),
        "losses": (
            check.number("losses_sold", losses_sold, low=0),
            check.number("losses_kept", losses_kept, low=0),
        ),
    }
    for name, (sold, kept) in counts.items():
        check.require(
            sold + kept != 0,
            _("there must be at least one position at {name}").format(name=name),
            got=_("none"),
            hint=_("look at a longer stretch of trades"),
        )
    check.done()
    realised = {name: sold / (sold + kept) for name, (sold, kept) in counts.items()}
    return {
        "gains_realised": realised["gains"],
        "losses_realised": realised["losses"],
        "effect": round(realised["gains"] - realised["losses"], 12),
    }
