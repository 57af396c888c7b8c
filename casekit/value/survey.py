"""Makes a survey of offers complete so that value can be computed, and says what had to be assumed."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import pandas as pd

from casekit import errors
from casekit._text import _, listed
from casekit._validate import Check
from casekit.value.value_map import worth_of_point as point_worth

_NEEDED = ("respondent_id", "offer", "attribute", "rating", "importance", "price")


class CompleteSurvey(NamedTuple):
    """A survey with every column of the data set ``coach_survey`` except ``chosen``, which is optional."""

    ratings: pd.DataFrame
    assumed: list[str]
    left_out: int
    own: str | None = None


def complete_survey(
    ratings: pd.DataFrame,
    *,
    own: str | None = None,
    price_importance: float = 0.5,
    worth_of_hour: float = 0.0,
) -> CompleteSurvey:
    """Fill the optional columns of a survey and leave out respondents who did not rate every offer.

    Parameters
    ----------
    ratings : DataFrame, one row a respondent, an offer and an attribute
        ``respondent_id, offer, attribute, rating, importance, price``; optional ``segment, component, hours,
        worth_of_hour, worth_of_point, price_importance``.
    own : str, optional
        Our offer: checked to be among the offers (capitals, width and spaces around it do not matter),
        of which there must then be two.
    price_importance : float, default 0.5
        Used where the survey does not say; share, above 0 and at most 1.
    worth_of_hour : float, default 0
        Used where the survey does not say; currency, 0 or more.

    Returns
    -------
    CompleteSurvey
        ``ratings`` with all columns, ``assumed`` (names of the columns that were filled, in whole or part),
        ``left_out`` (respondents without a mark for every offer on every attribute that they rated) and
        ``own`` (our offer as the survey spells it).

    Notes
    -----
    Segments default to one, components to ``product``, hours to 0. A missing worth of a point is read off the
    fair-value line by :func:`~casekit.value.worth_of_point`.

    Examples
    --------
    >>> rows = [{"respondent_id": "A", "offer": offer, "attribute": "speed", "rating": mark, "importance": 1,
    ...          "price": 100} for offer, mark in (("us", 6), ("them", 4))]
    >>> survey = complete_survey(pd.DataFrame(rows), price_importance=0.5)
    >>> survey.ratings["worth_of_point"].tolist()
    [20.0, 20.0]
    """
    check = Check("complete_survey")
    weight = check.number("price_importance", price_importance, low=0, high=1, low_open=True)
    hour = check.number("worth_of_hour", worth_of_hour, low=0)
    frame = check.frame("ratings", ratings, _NEEDED)
    if not check.problems:
        frame = check.numbers(frame, ["rating", "importance", "price"], low=0, missing=True)
        more = [
            name for name in ("hours", "worth_of_hour", "price_importance", "worth_of_point") if name in frame
        ]
        frame = check.numbers(frame, more, missing=True)
    if not check.problems and own is not None:
        own = _own_offer(check, own, [str(offer) for offer in frame["offer"].dropna().unique()])
    check.done()
    frame, left_out = _whole_respondents(frame)
    check.require(len(frame) > 0, _("someone must have rated every offer"), got=_("nobody"))
    total = frame.groupby(["respondent_id", "offer"])["importance"].sum()
    check.require(
        bool((total > 0).all()),
        _("the importance of a respondent's attributes must add up to more than zero"),
        got=_("{count} with a total of 0").format(
            count=total[total <= 0].index.get_level_values(0).nunique()
        ),
    )
    check.done()
    defaults = {
        "segment": _("all customers"),
        "component": "product",
        "hours": 0.0,
        "worth_of_hour": hour,
        "price_importance": weight,
    }
    assumed = [
        name for name in (*defaults, "worth_of_point") if name not in frame or frame[name].isna().any()
    ]
    filled = frame.assign(**{name: _filled(frame, name, value) for name, value in defaults.items()})
    filled["worth_of_point"] = _points(filled)
    return CompleteSurvey(filled, assumed, left_out, own)


def _own_offer(check: Check, own: str, offers: list[str]) -> str:
    """Our offer as the survey spells it; an exact spelling goes before a similar one."""
    check.require(
        len(offers) > 1,
        _("the survey must hold our offer and at least one rival"),
        got=_("only {offers}").format(offers=listed(offers) or _("none")),
        hint=_("one row for each respondent, offer and attribute, the rivals' rows included"),
    )
    own = check.text("own", own)
    if own in offers:
        return own
    alike = [offer for offer in offers if _plain(offer) == _plain(own)]
    if len(alike) == 1:
        return alike[0]
    check.add(
        errors.must_hold(
            _("own must name our offer as the survey does"),
            repr(own),
            allowed=listed(offers),
            hint=_("own = {name!r}, if that one is yours").format(name=(alike or offers or [""])[0]),
        )
    )
    return own


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(name)).casefold().split())


def _whole_respondents(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Respondents with one mark for each offer on each attribute that anyone rated."""
    marked = frame.dropna(subset=list(_NEEDED))
    cells = marked["offer"].nunique() * marked["attribute"].nunique()
    counts = marked.groupby("respondent_id")["rating"].transform("size")
    everyone = frame["respondent_id"].nunique()
    whole = marked[counts == cells]
    return whole.reset_index(drop=True), everyone - whole["respondent_id"].nunique()


def _filled(frame: pd.DataFrame, name: str, value: object) -> pd.Series:
    if name not in frame:
        return pd.Series(value, index=frame.index)
    return frame[name].where(frame[name].notna(), value)


def _points(frame: pd.DataFrame) -> pd.Series:
    """Stated worth of a point; where missing, that of the fair-value line at the respondent's weights."""
    share = frame["importance"] / frame.groupby(["respondent_id", "offer"])["importance"].transform("sum")
    quality = (share * frame["rating"]).groupby(frame["respondent_id"]).sum() / frame["offer"].nunique()
    price = frame.groupby("respondent_id")["price"].mean()
    weight = frame.groupby("respondent_id")["price_importance"].first().clip(lower=0.01)
    implied = pd.Series(
        [
            point_worth(price_importance=float(w), mean_price=float(p), mean_rating=float(q))
            for w, p, q in zip(weight, price, quality, strict=True)
        ],
        index=weight.index,
    )
    fallback = frame["respondent_id"].map(implied).astype(float)
    if "worth_of_point" not in frame:
        return fallback
    return frame["worth_of_point"].astype(float).fillna(fallback)
