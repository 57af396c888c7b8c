"""Importance–performance analysis: where to concentrate, where to ease off."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The four quadrants of Martilla and James: (important, well performed) -> name.
QUADRANTS = {
    (True, False): "concentrate here",
    (True, True): "keep up the good work",
    (False, False): "low priority",
    (False, True): "possible overkill",
}
#: Where the cross hairs may lie.
CUTS = ("mean", "median")


def importance_performance(ratings: pd.DataFrame, *, cut: Any = "mean") -> pd.DataFrame:
    """Place each attribute by how important it is and how well it is done.

    The grid is read in a minute, which is its strength; where the cross hairs lie decides everything, so try
    both cuts. With cut ``mean`` some attribute is always "important", even where all are.

    Parameters
    ----------
    ratings : DataFrame, index the attributes
        Columns ``importance`` and ``performance``: means over respondents, each on its own scale.
    cut : {"mean", "median"} or (float, float), default "mean"
        Where the cross hairs lie: mean or median over the attributes, or the two values themselves, such as
        the middle of the scales. A value on the line counts as high.

    Returns
    -------
    DataFrame, index ``attribute``, with columns ``importance``, ``performance``, ``gap`` (performance less
    importance; below zero, the firm does less than matters; only meaningful on like scales) and
    ``quadrant``: one of ``concentrate here``, ``keep up the good work``, ``low priority``, ``possible
    overkill``. ``.attrs["cut"]`` holds the two lines.

    Raises
    ------
    InputError
        If a column or value is missing or an attribute repeats.

    References
    ----------
    Martilla, J. and James, J. (1977). Importance-performance analysis. *Journal of Marketing* 41(1), 77–79.

    Examples
    --------
    >>> ratings = pd.DataFrame({"importance": [5, 5, 1, 1], "performance": [1, 5, 1, 5]}, index=list("ABCD"))
    >>> importance_performance(ratings)["quadrant"].tolist()
    ['concentrate here', 'keep up the good work', 'low priority', 'possible overkill']
    """
    check = Check("importance_performance")
    ratings = check.frame("ratings", ratings, ["importance", "performance"])
    check.done()
    check.unique("ratings.index", ratings.index)
    important = check.vector("ratings['importance']", ratings["importance"])
    done = check.vector("ratings['performance']", ratings["performance"])
    check.done()
    lines = _lines(check, cut, important, done)
    slack = 1e-12
    cells = zip(important >= lines[0] - slack, done >= lines[1] - slack, strict=True)
    table = pd.DataFrame({"importance": important, "performance": done, "gap": done - important})
    table["quadrant"] = [QUADRANTS[bool(high), bool(well)] for high, well in cells]
    table = table.rename_axis("attribute")
    table.attrs["cut"] = lines
    return table


def _lines(check: Check, cut: Any, important: pd.Series, done: pd.Series) -> tuple[float, float]:
    if isinstance(cut, str):
        check.choice("cut", cut, CUTS)
        check.done()
        return float(important.agg(cut)), float(done.agg(cut))
    pair = cut if isinstance(cut, (tuple, list)) and len(cut) == 2 else (None, None)
    if pair == (None, None):
        check.add(errors.wrong_type("cut", _('"mean", "median" or two numbers'), cut))
        check.done()
    lines = tuple(check.number("cut", value) for value in pair)
    check.done()
    return lines[0], lines[1]


def derived_importance(ratings: pd.DataFrame, overall: Any) -> pd.Series:
    """Importance of each attribute from the ratings themselves: its correlation with overall satisfaction.

    Asked directly, people call everything important; what moves with their overall verdict is often
    something else. A correlation is not a cause, and attributes that move together share the credit.

    Parameters
    ----------
    ratings : DataFrame, shape (n_respondents, n_attributes)
        Performance ratings, one column an attribute.
    overall : Series or list of float, shape (n_respondents,)
        Overall satisfaction of the same respondents, in the same order.

    Returns
    -------
    Series of float, index ``attribute``, -1 to 1.

    Raises
    ------
    InputError
        If lengths differ, a value is missing, or a column does not vary.

    References
    ----------
    Matzler, K. et al. (2004). The asymmetric relationship between attribute-level performance and overall
    customer satisfaction. *Industrial Marketing Management* 33(4), 271–277.

    Examples
    --------
    >>> ratings = pd.DataFrame({"speed": [1, 2, 3], "decor": [3, 1, 2]})
    >>> derived_importance(ratings, [1, 2, 3]).to_dict()
    {'speed': 1.0, 'decor': -0.5}
    """
    check = Check("derived_importance")
    ratings = check.frame("ratings", ratings)
    check.done()
    columns = {name: check.vector(f"ratings[{name!r}]", ratings[name]) for name in ratings.columns}
    verdict = check.vector("overall", overall)
    if len(verdict) != len(ratings):
        check.add(errors.different_lengths("overall", len(verdict), "ratings", len(ratings)))
    for name, column in {**columns, "overall": verdict}.items():
        if len(column) and column.nunique() < 2:
            rule = _("{name} must vary").format(name=name)
            check.add(errors.must_hold(rule, got=_("one value only"), hint=_("leave it out")))
    check.done()
    target = verdict.to_numpy()
    found = {name: pd.Series(column.to_numpy()).corr(pd.Series(target)) for name, column in columns.items()}
    return pd.Series(found, name="importance").rename_axis("attribute").round(12)
