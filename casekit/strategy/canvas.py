"""The value-proposition canvas: do our features answer the jobs, pains and gains of the customer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: What the customer's side of a canvas holds.
NEED_KINDS = ("job", "pain", "gain")


@dataclass(frozen=True)
class CanvasOrphans:
    """Loose ends of a canvas.

    Attributes
    ----------
    features : tuple of str
        Features, pain relievers or gain creators that answer no need of this customer.
    needs : tuple of str
        Needs that nothing answers.
    """

    features: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class CanvasFit:
    """How well the features answer what matters and is still open.

    Attributes
    ----------
    score : float
        Share, 0 to 1, of the open importance that is answered.
    by_kind : Series of float
        The same within jobs, pains and gains; missing where a kind has nothing open.
    resonance : Series of float
        Share of the most important needs of each kind that are answered (the course's 共鸣性).
    novelty : float
        Share of the open importance of hidden needs that is answered (新颖性); missing if none is marked.
    """

    score: float
    by_kind: pd.Series
    resonance: pd.Series
    novelty: float


def read_links(links: Any) -> pd.DataFrame:
    """Which feature answers which need, as one row a pair, whatever form the canvas came in.

    Parameters
    ----------
    links : dict, or DataFrame
        Either a dict ``{"feature": ["need", ...]}`` (an empty list for a feature that answers nothing), or a
        frame with the columns ``feature`` and ``need``, or a table of 0 and 1 with one row a feature and one
        column a need.

    Returns
    -------
    DataFrame with columns ``feature, need``, without repeats; ``need`` is missing for a feature that answers
    nothing.

    Raises
    ------
    InputError
        If there is no feature, or a table holds anything but 0 and 1.

    Examples
    --------
    >>> read_links({"relay drivers": ["arrive rested"], "logo": []}).fillna("-").values.tolist()
    [['relay drivers', 'arrive rested'], ['logo', '-']]
    """
    return _links(Check("read_links"), links)


def canvas_coverage(needs: Any, links: Any) -> pd.DataFrame:
    """Which needs are answered, and by which features.

    Parameters
    ----------
    needs : DataFrame, dict, Series or list
        A frame with the column ``need`` and, where known, ``kind`` (job, pain or gain), ``importance`` (0 or
        more, any one scale) and ``satisfaction``; or a dict or Series of importance by need; or a list of
        needs, all of importance 1.
    links : dict or DataFrame
        As for :func:`read_links`. Needs of another customer are refused by name.

    Returns
    -------
    DataFrame in the order of ``needs``: ``need, kind, importance, covered_by`` (tuple of features) and
    ``covered``.

    Raises
    ------
    InputError
        For repeated needs, unknown kinds, needs in ``links`` that are not in ``needs``.

    References
    ----------
    Osterwalder, A., Pigneur, Y., Bernarda, G. and Smith, A. (2014). *Value Proposition Design*. Wiley.

    Examples
    --------
    >>> table = canvas_coverage(["arrive rested", "save time"], {"relay drivers": ["arrive rested"]})
    >>> table[["need", "covered_by", "covered"]].values.tolist()
    [['arrive rested', ('relay drivers',), True], ['save time', (), False]]
    """
    frame, pairs = _canvas("canvas_coverage", needs, links)
    by_need = pairs.dropna().groupby("need", sort=False)["feature"].agg(tuple)
    frame["covered_by"] = [by_need.get(need, ()) for need in frame["need"]]
    frame["covered"] = [bool(features) for features in frame["covered_by"]]
    return frame[["need", "kind", "importance", "covered_by", "covered"]]


def canvas_orphans(needs: Any, links: Any) -> CanvasOrphans:
    """What hangs loose: features that answer no need, needs that no feature answers.

    A feature without a need is cost without value for this customer; the course asks that every pain reliever
    answer at least one pain.

    Parameters
    ----------
    needs, links
        As for :func:`canvas_coverage`.

    Returns
    -------
    CanvasOrphans

    Examples
    --------
    >>> canvas_orphans(["save time"], {"relay drivers": [], "night bus": ["save time"]})
    CanvasOrphans(features=('relay drivers',), needs=())
    """
    frame, pairs = _canvas("canvas_orphans", needs, links)
    answered = pairs.dropna()
    useful, known = set(answered["feature"]), set(answered["need"])
    features = dict.fromkeys(pairs["feature"])
    return CanvasOrphans(
        features=tuple(feature for feature in features if feature not in useful),
        needs=tuple(need for need in frame["need"] if need not in known),
    )


def canvas_fit(needs: Any, links: Any, *, top: int = 3, scale: float = 1.0) -> CanvasFit:
    """How much of what matters to the customer, and is not yet served, the features answer.

    Parameters
    ----------
    needs : DataFrame
        As for :func:`canvas_coverage`. ``satisfaction`` (0 to ``scale``; nothing satisfied if the column is
        absent) is that with what the customer uses today. A column ``hidden`` (true or false) marks needs
        that customers do not name themselves.
    links
        As for :func:`canvas_coverage`.
    top : int, default 3
        How many of the most important needs of a kind count for resonance; equal importance at the border
        counts in full.
    scale : float, default 1
        Top of the satisfaction scale, above 0: 10 where satisfaction was marked from 0 to 10.

    Returns
    -------
    CanvasFit

    Raises
    ------
    InputError
        As for :func:`canvas_coverage`, and if no importance is open at all.

    Notes
    -----
    With ``w = importance * (1 - satisfaction / scale)``: ``score = sum(w over covered needs) / sum(w)``. The
    score says that a feature addresses the need, not how well.

    References
    ----------
    Osterwalder, A. et al. (2014). *Value Proposition Design*: fit. The weights follow Ulwick, A. W. (2005),
    *What Customers Want*; see :func:`casekit.strategy.opportunity_scores`.

    Examples
    --------
    >>> needs = {"need": ["rest", "time"], "importance": [6, 4], "satisfaction": [0.5, 0.0]}
    >>> round(canvas_fit(pd.DataFrame(needs), {"relay drivers": ["rest"]}).score, 4)
    0.4286
    """
    check = Check("canvas_fit")
    top = check.integer("top", top, low=1)
    scale = check.positive("scale", scale)
    check.done()
    frame, pairs = _canvas("canvas_fit", needs, links, scale=scale)
    weight = frame["importance"] * (1 - frame["satisfaction"] / scale)
    check.require(
        bool(weight.sum() > 0),
        _("some need must matter and not be satisfied"),
        got=_("nothing open"),
        hint=_("check the scale of satisfaction"),
    )
    check.done()
    covered = frame["need"].isin(pairs["need"].dropna())
    rank = frame.groupby("kind")["importance"].rank(ascending=False, method="min")
    best = frame[rank <= top]
    hidden = frame["hidden"]
    return CanvasFit(
        score=_share(weight, covered),
        by_kind=pd.Series(
            {kind: _share(weight[own.index], covered[own.index]) for kind, own in frame.groupby("kind")},
            name="score",
        ),
        resonance=covered[best.index].groupby(best["kind"]).mean().rename("resonance"),
        novelty=_share(weight[hidden], covered[hidden]),
    )


def _share(weight: pd.Series, chosen: pd.Series) -> float:
    total = float(weight.sum())
    return float(weight[chosen].sum()) / total if total > 0 else float("nan")


def _canvas(
    function: str, needs: Any, links: Any, *, scale: float | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both sides of the canvas, checked against each other."""
    check = Check(function)
    frame = read_needs(check, needs, scale=scale)
    pairs = _links(check, links)
    unknown = [need for need in dict.fromkeys(pairs["need"].dropna()) if need not in set(frame["need"])]
    if unknown:
        check.add(errors.different_labels("links", [], unknown, "needs"))
    check.done()
    return frame, pairs


def read_needs(check: Check, needs: Any, *, scale: float | None = None) -> pd.DataFrame:
    """Needs as a frame with ``need, kind, importance, satisfaction, hidden``; problems go to ``check``."""
    if isinstance(needs, (Mapping, pd.Series)) and not _is_table(needs):
        series = pd.Series(needs)
        needs = pd.DataFrame({"need": series.index, "importance": series.to_numpy()})
    elif isinstance(needs, (list, tuple, pd.Index)) and not any(isinstance(need, Mapping) for need in needs):
        needs = pd.DataFrame({"need": check.names("needs", needs, repeats=True)})
    frame = check.frame("needs", needs, ["need"], keys=["need"])
    check.done()
    check.unique("need", frame["need"])
    table = pd.DataFrame({"need": frame["need"].astype(str).to_numpy()})
    kinds = frame["kind"] if "kind" in frame.columns else ["need"] * len(frame)
    table["kind"] = [str(kind) for kind in kinds]
    if "kind" in frame.columns:
        for kind in dict.fromkeys(table["kind"]):
            check.choice("kind", kind, NEED_KINDS)
    defaults = {"importance": 1.0, "satisfaction": 0.0}
    for name, default in defaults.items():
        high = scale if name == "satisfaction" else None
        values = check.vector(name, frame[name], low=0, high=high) if name in frame.columns else default
        known = isinstance(values, pd.Series) and len(values) == len(table)
        table[name] = np.asarray(values, dtype=float) if known else default
    hidden = check.flags("hidden", frame["hidden"]) if "hidden" in frame.columns else None
    check.done()
    table["hidden"] = False if hidden is None else hidden.to_numpy()
    return table


def _is_table(needs: Any) -> bool:
    """A dict of columns, not of importance by need."""
    return isinstance(needs, Mapping) and "need" in needs and not isinstance(needs["need"], (int, float))


def _links(check: Check, links: Any) -> pd.DataFrame:
    if isinstance(links, Mapping) and not _is_table(links):
        rows = [
            (str(feature), str(need) if need is not None else None)
            for feature, own in links.items()
            for need in (check.names(f"links[{feature!r}]", own, repeats=True) or [None])
        ]
        frame = pd.DataFrame(rows, columns=["feature", "need"], dtype=object)
        if frame.empty:
            check.add(errors.empty("links"))
        return frame.drop_duplicates(ignore_index=True)
    frame = check.frame("links", links)
    check.done()
    if {"feature", "need"} <= set(frame.columns):
        pairs = frame[["feature", "need"]].astype(object)
        pairs = pairs.assign(need=pairs["need"].where(pairs["need"].notna() & (pairs["need"] != ""), None))
        return pairs.drop_duplicates(ignore_index=True)
    cells = pd.Series(frame.to_numpy().ravel())
    is_mark = cells.isin([0, 1])
    check.require(
        bool(is_mark.all()),
        _("a table of links must hold only 0 and 1"),
        got=errors.listing(map(errors.shown, cells[~is_mark].unique().tolist())),
        hint=_("or give the columns feature and need"),
    )
    check.done()
    marks = frame.astype(bool)
    return _links(
        check,
        {
            str(feature): [str(need) for need in marks.columns[row]]
            for feature, row in zip(marks.index, marks.to_numpy(), strict=True)
        },
    )
