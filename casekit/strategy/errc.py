"""The four actions on a value curve: eliminate, reduce, raise, create."""

from __future__ import annotations

import pandas as pd

from casekit._text import _
from casekit._validate import Check

#: The four actions, and what is left as it is.
ERRC_ACTIONS = ("eliminate", "reduce", "raise", "create", "keep")


def errc_grid(scores: pd.DataFrame, *, own: str, step: float = 1.0, floor: float = 0.0) -> pd.DataFrame:
    """What a new value curve eliminates, reduces, raises and creates against the industry.

    A curve that only raises is a more expensive copy of the industry's; the grid asks what pays for it.

    Parameters
    ----------
    scores : DataFrame
        One row a competing factor (the index), one column an offer, the planned one among them; one scale.
    own : str
        The column of the planned offer.
    step : float, default 1
        Points by which the plan must leave the mean rival before it counts as reduced or raised, above 0.
    floor : float, default 0
        The score that means "not offered at all".

    Returns
    -------
    DataFrame in the order of the factors: ``factor, own, rivals`` (their mean), ``gap`` (own less rivals) and
    ``action``.

    Raises
    ------
    InputError
        For an unknown offer, no rival, scores below ``floor``.

    Notes
    -----
    ``create``: no rival offers it and the plan does. ``eliminate``: a rival offers it and the plan does not.
    Otherwise ``raise`` or ``reduce`` when the gap reaches ``step``, else ``keep``. Heights drawn in the book
    are pictures without numbers; scores are the analyst's.

    References
    ----------
    Kim, W. C. and Mauborgne, R. (2005). *Blue Ocean Strategy*, ch. 2: the four actions framework.

    Examples
    --------
    >>> factors = ["jargon", "ease", "price"]
    >>> curve = pd.DataFrame({"us": [0, 8, 5], "a": [6, 5, 5], "b": [4, 5, 4]}, index=factors)
    >>> errc_grid(curve, own="us")["action"].tolist()
    ['eliminate', 'raise', 'keep']
    """
    check = Check("errc_grid")
    frame = check.frame("scores", scores)
    step = check.positive("step", step)
    floor = check.number("floor", floor)
    check.done()
    check.choice("own", own, list(frame.columns))
    check.require(frame.shape[1] > 1, _("scores must hold at least one rival"), got=str(frame.shape[1]))
    check.unique("scores.index", frame.index)
    columns = {name: check.vector(str(name), frame[name], low=floor) for name in frame.columns}
    check.done()
    values = pd.DataFrame(columns)
    rivals = values.drop(columns=own)
    table = pd.DataFrame(
        {
            "factor": list(values.index),
            "own": values[own].to_numpy(),
            "rivals": rivals.mean(axis=1).to_numpy(),
        }
    )
    table["gap"] = table["own"] - table["rivals"]
    table["action"] = [
        _action(mine, best, gap, step, floor)
        for mine, best, gap in zip(table["own"], rivals.max(axis=1), table["gap"], strict=True)
    ]
    return table


def _action(own: float, best_rival: float, gap: float, step: float, floor: float) -> str:
    if own > floor and best_rival <= floor:
        return "create"
    if own <= floor < best_rival:
        return "eliminate"
    if abs(gap) < step - 1e-9:
        return "keep"
    return "raise" if gap > 0 else "reduce"
