"""TOWS: strategies that trace back to the factors they answer, and factors that no strategy answers."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.strategy.factors import KINDS, read_factors

#: The four cells: what the firm has or lacks inside, against what comes from outside.
CELLS = ("SO", "WO", "ST", "WT")


def read_tows(strategies: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """Check that every strategy names the factors it answers, and put it into its cell.

    Parameters
    ----------
    strategies : DataFrame
        One row a strategy: ``strategy`` (unique label, such as SO1), ``codes`` (factor codes, a list or a
        text such as ``"S4, O3"``), and, if there, ``name`` and further columns.
    factors : DataFrame
        The factors, as :func:`casekit.strategy.read_factors` gives or takes them (only ``code`` and ``kind``
        are used).

    Returns
    -------
    DataFrame with columns ``strategy, cell, name, codes`` (tuples) and the further ones, in the order of the
    cells SO, WO, ST, WT.

    Raises
    ------
    InputError
        Naming strategies with codes that are not factors, without an internal or without an external factor,
        with both strengths and weaknesses (or opportunities and threats), or whose label says another cell.

    References
    ----------
    Weihrich, H. (1982). The TOWS matrix: a tool for situational analysis. *Long Range Planning* 15(2), 54–66.

    Examples
    --------
    >>> factors = pd.DataFrame({"code": ["S1", "O1"], "kind": ["S", "O"]})
    >>> read_tows(pd.DataFrame({"strategy": ["a"], "codes": ["S1, O1"]}), factors)["cell"].tolist()
    ['SO']
    """
    check = Check("read_tows")
    frame = check.frame("strategies", strategies, ["strategy", "codes"], lists=["codes"], keys=["strategy"])
    known = check.frame("factors", factors, ["code"], keys=["code"])
    check.done()
    kinds = _kind_of(known)
    frame = frame.reset_index(drop=True)
    frame["strategy"] = frame["strategy"].astype(str)
    check.unique("strategy", frame["strategy"])
    frame["codes"] = [split_codes(codes) for codes in frame["codes"]]
    cells = [
        _cell(check, label, codes, kinds)
        for label, codes in zip(frame["strategy"], frame["codes"], strict=True)
    ]
    check.done()
    frame["cell"] = cells
    if "name" not in frame.columns:
        frame["name"] = frame["strategy"]
    first = ["strategy", "cell", "name", "codes"]
    frame = frame[first + [column for column in frame.columns if column not in first]]
    order = frame["cell"].map({cell: place for place, cell in enumerate(CELLS)})
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def split_codes(codes: Any) -> tuple[str, ...]:
    """Factor codes of a text such as ``"S4, O3"`` (comma, semicolon, plus, space; Chinese signs too).

    Examples
    --------
    >>> split_codes("S4, O3"), split_codes(["S4", "O3"])
    (('S4', 'O3'), ('S4', 'O3'))
    """
    if isinstance(codes, str):
        return tuple(part for part in re.split(r"[\s,;+/、，；]+", codes.strip()) if part)
    check = Check("split_codes")
    return tuple(str(code) for code in check.names("codes", codes, repeats=True))


def _kind_of(factors: pd.DataFrame) -> dict[str, str]:
    kinds = factors["kind"] if "kind" in factors.columns else factors["code"].astype(str).str[:1]
    return dict(zip(factors["code"].astype(str), kinds.astype(str), strict=True))


def _cell(check: Check, label: str, codes: tuple[str, ...], kinds: dict[str, str]) -> str:
    unknown = [code for code in codes if code not in kinds]
    if unknown:
        near = errors.closest(unknown[0], kinds)
        check.require(
            False,
            _("a strategy must name known factors"),
            got=errors.listing(unknown),
            where=label,
            hint=_("did you mean {near!r}?").format(near=near) if near else _("add the factor first"),
        )
        return ""
    named = {kinds[code] for code in codes}
    internal = sorted(kind for kind in named if KINDS.get(kind) == "internal")
    external = sorted(kind for kind in named if KINDS.get(kind) == "external")
    if len(internal) != 1 or len(external) != 1:
        check.require(
            False,
            _("a strategy must join one kind of internal factor (S or W) with one external kind (O or T)"),
            got=errors.listing(codes) or _("no codes"),
            where=label,
            hint=_("split it into one strategy a cell, or name the missing side"),
        )
        return ""
    cell = internal[0] + external[0]
    said = label[:2].upper()
    if said in CELLS and label[2:3].isdigit():
        check.require(
            said == cell,
            _("the label of a strategy must name its cell"),
            got=_("{label} for {codes}").format(label=label, codes=errors.listing(codes)),
            where=label,
            hint=_("call it {cell}{number}").format(cell=cell, number=label[2:]),
        )
    return cell


def tows_links(tows: pd.DataFrame) -> pd.DataFrame:
    """One row a link between a strategy and a factor it answers.

    Parameters
    ----------
    tows : DataFrame
        As :func:`read_tows` gives it.

    Returns
    -------
    DataFrame with columns ``strategy, cell, code``.
    """
    check = Check("tows_links")
    frame = check.frame("tows", tows, ["strategy", "cell", "codes"], lists=["codes"], keys=["strategy"])
    check.done()
    links = frame[["strategy", "cell", "codes"]].explode("codes", ignore_index=True)
    return links.rename(columns={"codes": "code"})


def orphan_factors(tows: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """Factors on the list that no strategy answers, the heaviest first.

    An orphan is either a strategy still to be found or a line that should not have been on the list.

    Parameters
    ----------
    tows : DataFrame
        As :func:`read_tows` gives it.
    factors : DataFrame
        The factors with their weights.

    Returns
    -------
    DataFrame: the rows of ``factors`` that no strategy names.

    Examples
    --------
    >>> factors = pd.DataFrame({"code": ["S1", "O1", "T1"], "weight": [1.0, 0.7, 0.3], "rating": [3, 2, 2]})
    >>> tows = read_tows(pd.DataFrame({"strategy": ["SO1"], "codes": ["S1 O1"]}), factors)
    >>> orphan_factors(tows, factors)["code"].tolist()
    ['T1']
    """
    frame = read_factors(factors)
    used = set(tows_links(tows)["code"])
    orphans = frame[~frame["code"].isin(used)]
    return orphans.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)


def tows_candidates(factors: pd.DataFrame, *, per_cell: int = 3) -> pd.DataFrame:
    """First drafts of strategies: in each cell the heaviest internal factor beside the heaviest external one.

    A draft is a question ("what could we do with S1 about O1?"), not an answer. Within a cell each factor is
    used at most once, so that the drafts do not all hang on the same one.

    Parameters
    ----------
    factors : DataFrame
        As for :func:`casekit.strategy.read_factors`.
    per_cell : int, default 3
        Drafts a cell, 1 or more.

    Returns
    -------
    DataFrame as :func:`read_tows` gives, with the column ``priority``: internal weight times external weight.

    Notes
    -----
    Both lists of a cell are sorted by weight (ties keep the order of the sheet) and paired rank by rank; of
    all pairings that use each factor once this one has the largest sum of products.

    Examples
    --------
    >>> factors = pd.DataFrame({"code": ["S1", "S2", "O1"], "weight": [0.4, 0.6, 1.0], "rating": [3, 4, 2]})
    >>> tows_candidates(factors)[["strategy", "codes", "priority"]].values.tolist()
    [['SO1', ('S2', 'O1'), 0.6]]
    """
    check = Check("tows_candidates")
    per_cell = check.integer("per_cell", per_cell, low=1)
    check.done()
    frame = read_factors(factors).sort_values("weight", ascending=False, kind="stable")
    records = []
    for cell in CELLS:
        internal, external = (frame[frame["kind"] == kind].head(per_cell) for kind in cell)
        pairs = zip(internal.itertuples(index=False), external.itertuples(index=False), strict=False)
        for number, (inside, outside) in enumerate(pairs, start=1):
            records.append(
                {
                    "strategy": f"{cell}{number}",
                    "name": _draft(cell).format(inside=inside.factor, outside=outside.factor),
                    "codes": (inside.code, outside.code),
                    "priority": float(inside.weight * outside.weight),
                }
            )
    check.require(
        bool(records),
        _("factors must hold both internal and external ones"),
        got=errors.listing(frame["kind"].unique()),
    )
    check.done()
    return read_tows(pd.DataFrame(records), frame)


def _draft(cell: str) -> str:
    return {
        "SO": _("Use “{inside}” to seize “{outside}”"),
        "WO": _("Mend “{inside}” with the help of “{outside}”"),
        "ST": _("Use “{inside}” to meet “{outside}”"),
        "WT": _("Mend “{inside}” before “{outside}” bites"),
    }[cell]
