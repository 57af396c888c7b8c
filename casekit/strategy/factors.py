"""Factor evaluation: what a SWOT list weighs once its factors carry weights and ratings (IFE and EFE)."""

from __future__ import annotations

import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit._validate import Check

#: The four kinds of factor and the side of the firm's wall they stand on.
KINDS = {"S": "internal", "W": "internal", "O": "external", "T": "external"}

#: Ratings: 4 a major strength or a superior response, 1 a major weakness or a poor response.
RATINGS = {"S": (3.0, 4.0), "W": (1.0, 2.0), "O": (1.0, 4.0), "T": (1.0, 4.0)}

#: The midpoint of the 1 to 4 scale: below it weak, above it strong.
AVERAGE_SCORE = 2.5

#: The nine cells of the internal-external matrix, by row (external high to low) and column (internal strong
#: to weak), and what each region advises.
IE_CELLS = (("I", "II", "III"), ("IV", "V", "VI"), ("VII", "VIII", "IX"))

_WORDS = {
    "S": ("s", "strength", "strengths", "优势"),
    "W": ("w", "weakness", "weaknesses", "劣势", "弱点"),
    "O": ("o", "opportunity", "opportunities", "机会", "机遇"),
    "T": ("t", "threat", "threats", "威胁", "挑战"),
}


def read_factors(factors: pd.DataFrame, *, normalise: bool = False, tolerance: float = 1e-6) -> pd.DataFrame:
    """Check a sheet of SWOT factors and put it in order: strengths, weaknesses, opportunities, threats.

    Parameters
    ----------
    factors : DataFrame
        One row a factor: ``code`` (unique, such as S1), ``weight`` (share of its side, internal or external),
        ``rating`` (1 to 4; strengths 3 to 4, weaknesses 1 to 2), and, if there, ``kind`` (S, W, O, T or the
        word, English or Chinese), ``factor`` and further columns. Without ``kind`` the first letter of the
        code tells. Codes that are plain numbers are replaced by kind and place: S1, S2, W1.
    normalise : bool, default False
        Divide the weights by the total of their side, for sheets whose weights are points or percentages.
    tolerance : float, default 1e-6
        How far the weights of a side may miss 1 (use 0.005 for figures printed to two decimals).

    Returns
    -------
    DataFrame with columns ``code, kind, side, factor, weight, rating`` and the further ones, ordered by kind;
    within a kind the order of the sheet.

    Raises
    ------
    InputError
        Naming repeated codes, unknown kinds, ratings outside their range, weights that do not add up to 1.

    References
    ----------
    David, F. R. *Strategic Management*, chapters 3 and 4: external and internal factor evaluation.

    Examples
    --------
    >>> sheet = [{"code": "W1", "weight": 0.4, "rating": 2}, {"code": "S1", "weight": 0.6, "rating": 4}]
    >>> read_factors(sheet)[["code", "kind", "side", "weight"]].values.tolist()
    [['S1', 'S', 'internal', 0.6], ['W1', 'W', 'internal', 0.4]]
    >>> numbered = pd.DataFrame({"code": [1, 2, 3], "kind": list("WOT"), "weight": 1, "rating": 2})
    >>> read_factors(numbered, normalise=True)["code"].tolist()
    ['W1', 'O1', 'T1']
    """
    check = Check("read_factors")
    normalise = check.flag("normalise", normalise)
    tolerance = check.number("tolerance", tolerance, low=0)
    frame = check.frame("factors", factors, ["code", "weight", "rating"], keys=["code"])
    check.done()
    frame = frame.reset_index(drop=True)
    frame["code"] = frame["code"].astype(str).str.strip()
    check.unique("code", frame["code"])
    frame["kind"] = _kinds(check, frame)
    check.done()
    frame["code"] = _lettered(frame)
    check.unique("code", frame["code"])
    check.done()
    frame["side"] = frame["kind"].map(KINDS)
    if "factor" not in frame.columns:
        frame["factor"] = frame["code"]
    frame.index = pd.Index(frame["code"], name=None)
    frame["weight"] = check.vector("weight", frame["weight"], low=0)
    frame["rating"] = check.vector("rating", frame["rating"], low=1, high=4)
    check.done()
    frame["weight"] = _side_weights(check, frame, normalise, tolerance)
    _check_ratings(check, frame)
    check.done()
    first = ["code", "kind", "side", "factor", "weight", "rating"]
    frame = frame[first + [column for column in frame.columns if column not in first]]
    order = frame["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _kinds(check: Check, frame: pd.DataFrame) -> pd.Series:
    """The kind of each factor: from its own column, else from the first letter of the code."""
    said = frame["kind"] if "kind" in frame.columns else pd.Series(pd.NA, index=frame.index, dtype=object)
    said = said.where(said.notna() & (said.astype(str).str.strip() != ""), frame["code"].str[:1])
    known = {word: kind for kind, words in _WORDS.items() for word in words}
    kinds = said.astype(str).str.strip().str.lower().map(known)
    if kinds.isna().any():
        check.add(
            errors.must_hold(
                _("kind must be one of strength, weakness, opportunity and threat"),
                got=errors.listing(map(repr, said[kinds.isna()])),
                where=errors.rows(frame.loc[kinds.isna(), "code"]),
                allowed="S, W, O, T",
                hint=_("begin each code with its letter, such as S1, or fill in the column kind"),
            )
        )
    return kinds


def _lettered(frame: pd.DataFrame) -> pd.Series:
    """The codes, with kind and place within the kind for codes that are plain numbers."""
    numbered = frame["code"].str.fullmatch(r"\d+").astype(bool)
    place = (frame.groupby("kind").cumcount() + 1).astype(str)
    return frame["code"].where(~numbered, frame["kind"] + place)


def _side_weights(check: Check, frame: pd.DataFrame, normalise: bool, tolerance: float) -> pd.Series:
    weight = frame["weight"].astype(float)
    totals = weight.groupby(frame["side"]).sum()
    for side, total in totals.items():
        if total <= 0:
            check.require(False, _("weights of a side must not all be zero"), got=str(side))
        elif not normalise and abs(total - 1) > tolerance:
            hint = _("normalise=True divides the weights of each side by their total")
            check.add(errors.wrong_total(_("{side} weights").format(side=side), float(total), 1, hint=hint))
    return weight / frame["side"].map(totals) if normalise else weight


def _check_ratings(check: Check, frame: pd.DataFrame) -> None:
    for kind, rule in (
        ("S", _("a strength must be rated 3 or 4")),
        ("W", _("a weakness must be rated 1 or 2")),
    ):
        low, high = RATINGS[kind]
        bad = frame[(frame["kind"] == kind) & ~frame["rating"].between(low, high)]
        if len(bad):
            check.add(
                errors.must_hold(
                    rule,
                    got=errors.listing(errors.shown(rating) for rating in bad["rating"]),
                    where=errors.rows(bad["code"]),
                    allowed=errors.interval(low, high),
                    hint=_("rate it inside the range, or move it to the other list"),
                )
            )


def factor_scores(factors: pd.DataFrame, *, normalise: bool = False, tolerance: float = 1e-6) -> pd.DataFrame:
    """Weighted score of every factor: its weight times its rating.

    Parameters
    ----------
    factors, normalise, tolerance
        As for :func:`read_factors`.

    Returns
    -------
    DataFrame as :func:`read_factors` gives, with the column ``score`` (0 to 4).

    Examples
    --------
    >>> sheet = [{"code": "S1", "weight": 0.6, "rating": 4}, {"code": "W1", "weight": 0.4, "rating": 2}]
    >>> factor_scores(sheet)["score"].round(2).tolist()
    [2.4, 0.8]
    """
    frame = read_factors(factors, normalise=normalise, tolerance=tolerance)
    return frame.assign(score=frame["weight"] * frame["rating"])


def ife_score(factors: pd.DataFrame, *, normalise: bool = False, tolerance: float = 1e-6) -> float:
    """Internal factor evaluation: the weighted rating of strengths and weaknesses, 1 to 4, 2.5 the middle.

    The score orders nothing by itself: it says whether the firm, in the eyes of those who rated it, is
    stronger inside than weak.

    Parameters
    ----------
    factors, normalise, tolerance
        As for :func:`read_factors`; opportunities and threats are ignored.

    Returns
    -------
    float
        1 to 4.

    Notes
    -----
    ``IFE = sum(weight * rating)`` over strengths and weaknesses, whose weights add up to 1.

    References
    ----------
    David, F. R. *Strategic Management*, chapter 4, table 4-10.

    Examples
    --------
    >>> ife_score([{"code": "S1", "weight": 0.6, "rating": 4}, {"code": "W1", "weight": 0.4, "rating": 2}])
    3.2
    """
    return _side_score("ife_score", factors, "internal", normalise, tolerance)


def efe_score(factors: pd.DataFrame, *, normalise: bool = False, tolerance: float = 1e-6) -> float:
    """External factor evaluation: how well the firm responds to opportunities and threats, 1 to 4.

    Parameters
    ----------
    factors, normalise, tolerance
        As for :func:`read_factors`; strengths and weaknesses are ignored. The rating is of the firm's
        response, not of the factor.

    Returns
    -------
    float
        1 to 4; 2.5 is the middle of the scale.

    Notes
    -----
    ``EFE = sum(weight * rating)`` over opportunities and threats, whose weights add up to 1.

    References
    ----------
    David, F. R. *Strategic Management*, chapter 3.

    Examples
    --------
    >>> efe_score([{"code": "O1", "weight": 0.5, "rating": 4}, {"code": "T1", "weight": 0.5, "rating": 1}])
    2.5
    """
    return _side_score("efe_score", factors, "external", normalise, tolerance)


def _side_score(name: str, factors: pd.DataFrame, side: str, normalise: bool, tolerance: float) -> float:
    scores = factor_scores(factors, normalise=normalise, tolerance=tolerance)
    own = scores[scores["side"] == side]
    if own.empty:
        kinds = listed(kind for kind, its_side in KINDS.items() if its_side == side)
        raise errors.InputError(
            name,
            errors.must_hold(
                _("factors must hold {side} ones ({kinds})").format(side=side, kinds=kinds), got=_("none")
            ),
        )
    return round(float(own["score"].sum()), 12)


def ie_cell(ife: float, efe: float) -> tuple[str, str]:
    """Cell of the nine-cell internal-external matrix and the advice of its region.

    Parameters
    ----------
    ife : float
        Internal score, 1 to 4: strong from 3, average from 2, weak below.
    efe : float
        External score, 1 to 4: high from 3, medium from 2, low below.

    Returns
    -------
    tuple of str
        The cell (``I`` to ``IX``) and the advice: ``grow and build``, ``hold and maintain`` or ``harvest or
        divest``.

    References
    ----------
    David, F. R. *Strategic Management*, chapter 6, the internal-external matrix.

    Examples
    --------
    >>> ie_cell(3.2, 2.4)
    ('IV', 'grow and build')
    """
    check = Check("ie_cell")
    ife = check.number("ife", ife, low=1, high=4)
    efe = check.number("efe", efe, low=1, high=4)
    check.done()
    row, column = (0 if score >= 3 else 1 if score >= 2 else 2 for score in (efe, ife))
    advice = (_("grow and build"), _("hold and maintain"), _("harvest or divest"))
    region = 0 if row + column < 2 else 1 if row + column == 2 else 2
    return IE_CELLS[row][column], advice[region]


def reweight(factors: pd.DataFrame, code: str, weight: float) -> pd.DataFrame:
    """The same sheet with another weight for one factor; the others of its side keep their proportions.

    Parameters
    ----------
    factors : DataFrame
        As for :func:`read_factors`.
    code : str
        The factor.
    weight : float
        Its new weight, 0 to 1.

    Returns
    -------
    DataFrame as :func:`read_factors` gives it.

    Examples
    --------
    >>> sheet = pd.DataFrame({"code": ["S1", "S2", "W1"], "weight": [0.5, 0.3, 0.2], "rating": [4, 3, 1]})
    >>> reweight(sheet, "S1", 0.75)["weight"].round(3).tolist()
    [0.75, 0.15, 0.1]
    """
    frame = read_factors(factors)
    check = Check("reweight")
    check.choice("code", code, list(frame["code"]))
    weight = check.share("weight", weight)
    check.done()
    own = frame["code"] == code
    others = (frame["side"] == frame.loc[own, "side"].iloc[0]) & ~own
    rest = float(frame.loc[others, "weight"].sum())
    if rest <= 0:
        check.require(
            weight == 1, _("a factor alone on its side must weigh 1"), got=errors.shown(weight), where=code
        )
        check.done()
        return frame
    changed = frame["weight"].where(~others, frame["weight"] * (1 - weight) / rest)
    return frame.assign(weight=changed.where(~own, weight))
