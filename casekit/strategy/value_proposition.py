"""The value proposition as a sum of components, and the rule "best at one discipline, par on the others"."""

from __future__ import annotations

import pandas as pd

from casekit import errors
from casekit._text import _, listed, pgettext
from casekit._validate import Check

#: Product attributes, image and relationship: the full form of the equation (Kaplan and Norton).
COMPONENTS = ("price", "quality", "time", "function", "image", "relationship")

#: Treacy and Wiersema's three ways to be chosen.
DISCIPLINES = ("operational excellence", "product leadership", "customer intimacy")


def value_proposition_scores(scores: pd.DataFrame, weights: object) -> pd.DataFrame:
    """What each supplier offers, component by component, weighed by what the customer cares about.

    Parameters
    ----------
    scores : DataFrame
        One row a component (the index), one column a supplier; any one scale, higher better for the customer
        (a low price is a high score).
    weights : dict or Series
        Importance of each component to the customer, adding up to 1.

    Returns
    -------
    DataFrame: weighted scores, same shape; the column sums compare the suppliers.

    References
    ----------
    Kaplan, R. S. and Norton, D. P. (1996). *The Balanced Scorecard*: attributes, image, relationship.

    Examples
    --------
    >>> scores = pd.DataFrame({"we": [6, 9], "rival": [8, 7]}, index=["price", "quality"])
    >>> value_proposition_scores(scores, {"price": 0.5, "quality": 0.5}).sum().to_dict()
    {'we': 7.5, 'rival': 7.5}
    """
    check = Check("value_proposition_scores")
    frame = check.frame("scores", scores)
    weight = check.weights("weights", weights)
    check.done()
    weight = check.same_labels("weights", weight, "scores", frame.index)
    columns = {str(name): check.vector(str(name), frame[name]) for name in frame.columns}
    check.done()
    return pd.DataFrame(columns).mul(weight, axis=0)


def discipline_check(scores: pd.DataFrame, own: str, *, lead: float = 1.0, par: float = 1.0) -> pd.DataFrame:
    """Is the firm best at one value discipline and on par at the others?

    Parameters
    ----------
    scores : DataFrame
        One row a discipline (the index), one column a supplier, the firm's among them; one scale for all.
    own : str
        The firm's column.
    lead : float, default 1.0
        Points by which "best" must beat the best rival, above 0.
    par : float, default 1.0
        Points by which "on par" may fall short of the rivals' average, 0 or more.

    Returns
    -------
    DataFrame with columns ``discipline, own, best_rival, rival_mean, ahead, verdict``; the verdict is
    ``leads``, ``on par`` or ``below par``. ``ahead`` is own minus best rival.

    References
    ----------
    Treacy, M. and Wiersema, F. (1993). Customer intimacy and other value disciplines. *Harvard Business
    Review* 71(1), 84–93.

    Examples
    --------
    >>> table = pd.DataFrame({"we": [6, 9, 5], "a": [7, 7, 6], "b": [5, 6, 6]}, index=list(DISCIPLINES))
    >>> discipline_check(table, "we")["verdict"].tolist()
    ['on par', 'leads', 'on par']
    """
    check = Check("discipline_check")
    frame = check.frame("scores", scores)
    lead = check.positive("lead", lead)
    par = check.number("par", par, low=0)
    own = check.names("own", [own])[0]
    check.done()
    if own not in frame.columns:
        check.add(errors.unknown_name("own", own, [str(column) for column in frame.columns]))
    check.require(frame.shape[1] > 1, _("scores must hold at least one rival"), got=str(frame.shape[1]))
    columns = {name: check.vector(str(name), frame[name]) for name in frame.columns}
    check.done()
    values = pd.DataFrame(columns)
    rivals = values.drop(columns=own)
    table = pd.DataFrame(
        {
            "discipline": list(values.index),
            "own": values[own].to_numpy(),
            "best_rival": rivals.max(axis=1).to_numpy(),
            "rival_mean": rivals.mean(axis=1).to_numpy(),
        }
    )
    table["ahead"] = table["own"] - table["best_rival"]
    table["verdict"] = [
        _verdict(ahead >= lead - 1e-9, gap <= par + 1e-9)
        for ahead, gap in zip(table["ahead"], table["rival_mean"] - table["own"], strict=True)
    ]
    return table


def _verdict(leads: bool, on_par: bool) -> str:
    return pgettext("discipline", "leads") if leads else _("on par") if on_par else _("below par")


def discipline_verdict(table: pd.DataFrame) -> str:
    """One sentence on a table of :func:`discipline_check`.

    Examples
    --------
    >>> table = pd.DataFrame({"we": [6, 9, 5], "a": [7, 7, 6], "b": [5, 6, 6]}, index=list(DISCIPLINES))
    >>> discipline_verdict(discipline_check(table, "we"))
    'The rule holds: the firm leads in product leadership and is on par in the other disciplines.'
    """
    check = Check("discipline_verdict")
    frame = check.frame("table", table, ["discipline", "verdict"])
    check.done()
    led = list(frame.loc[frame["verdict"] == _verdict(True, True), "discipline"])
    below = list(frame.loc[frame["verdict"] == _verdict(False, False), "discipline"])
    if not led:
        return _("The rule fails: the firm leads in no discipline, so no customer has a reason to choose it.")
    if below:
        return _("The rule fails: the firm leads in {led} but falls below par in {below}.").format(
            led=listed(led), below=listed(below)
        )
    if len(led) > 1:
        return _("The firm leads in {led} at once: check the scores, few firms can pay for that.").format(
            led=listed(led)
        )
    return _("The rule holds: the firm leads in {led} and is on par in the other disciplines.").format(
        led=led[0]
    )
