"""How a customer likes to be spoken to: social style from what one hears on the telephone."""

from __future__ import annotations

from typing import Any

import pandas as pd
from scipy.special import expit

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import as_rows, flag_frame

#: What a cue says: assertiveness (tells rather than asks), responsiveness (shows rather than hides feeling).
CUES = {
    "speaks_fast": (1, 0),
    "speaks_slowly": (-1, 0),
    "speaks_loudly": (1, 0),
    "speaks_softly": (-1, 0),
    "decides_quickly": (1, 0),
    "decides_slowly": (-1, 0),
    "speaks_of_people": (0, 1),
    "asks_for_facts": (0, -1),
    "lively_voice": (0, 1),
    "even_voice": (0, -1),
}

#: The four styles, by the signs of assertiveness and responsiveness.
STYLES = {(1, -1): "driving", (1, 1): "expressive", (-1, 1): "amiable", (-1, -1): "analytical"}


def social_styles() -> pd.DataFrame:
    """The four social styles: where they stand and what they like to hear.

    Returns
    -------
    DataFrame, index ``style``
        ``assertive``, ``responsive`` (bool), ``likes``, ``name_zh``.

    References
    ----------
    Merrill, D. and Reid, R. (1981). *Personal Styles and Effective Performance*.

    Examples
    --------
    >>> social_styles().loc["amiable", ["assertive", "responsive"]].tolist()
    [False, True]
    """
    likes = {
        "driving": (_("results, choices, the short way"), "驾驭型"),
        "expressive": (_("ideas, people, enthusiasm"), "表现型"),
        "amiable": (_("assurance, relationship, cooperation, mutual trust"), "容易相处型"),
        "analytical": (_("facts, figures, proof, time to decide"), "分析型"),
    }
    rows = {
        style: {
            "assertive": signs[0] > 0,
            "responsive": signs[1] > 0,
            "likes": likes[style][0],
            "name_zh": likes[style][1],
        }
        for signs, style in STYLES.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("style")


def style_probabilities(cues: Any, *, clarity: float = 1.0, rules: Any = None) -> pd.DataFrame:
    """How likely each social style is, from the cues ticked during a call.

    A rule names one style; a chance also says when to keep asking. With no cue ticked all four are equally
    likely. The weights are a convention, not an estimate: check them against styles that role-play partners
    report themselves (:func:`casekit.segments.confusion_table`, :func:`misclassification_cost`).

    Parameters
    ----------
    cues : DataFrame, list of dicts or dict, shape (n_calls, n_cues)
        True where a cue was heard; columns of ``CUES`` (those left out count as not heard).
    clarity : float, default 1
        How much one cue tells, above 0: with 1, one cue makes its side e = 2.7 times as likely.
    rules : dict of cue to (int or float, int or float), optional
        Votes of each cue for assertiveness and responsiveness; ``CUES`` if not given.

    Returns
    -------
    DataFrame, one row a call, columns ``driving``, ``expressive``, ``amiable``, ``analytical``: 0 to 1, rows
    adding up to 1. The likeliest style is ``.idxmax(axis=1)``.

    Raises
    ------
    InputError
        If a cue is unknown or not true or false.

    Notes
    -----
    ``P(assertive) = 1 / (1 + exp(-clarity * A))`` with ``A`` the sum of votes, responsiveness the same,
    and a style's probability the product of its two sides.

    References
    ----------
    Merrill, D. and Reid, R. (1981). *Personal Styles and Effective Performance*.

    Examples
    --------
    >>> heard = style_probabilities({"speaks_slowly": True, "decides_slowly": True, "asks_for_facts": True})
    >>> heard.idxmax(axis=1).item(), round(heard["analytical"].item(), 2)
    ('analytical', 0.64)
    """
    check = Check("style_probabilities")
    clarity = check.positive("clarity", clarity)
    given = (
        {cue: list(pair) for cue, pair in CUES.items()} if rules is None else check.mapping("rules", rules)
    )
    read = {cue: check.vector(f"rules[{cue!r}]", pair).tolist() for cue, pair in given.items()}
    check.done()
    votes = pd.DataFrame.from_dict(read, orient="index")
    frame = check.frame("cues", as_rows(cues))
    for cue in frame.columns.difference(votes.index):
        check.add(errors.unknown_name("cues", cue, [str(name) for name in votes.index]))
    check.require(votes.shape[1] == 2, _("rules must hold two votes for each cue"), got=str(votes.shape[1]))
    heard = flag_frame(check, "cues", frame)
    check.done()
    sums = heard @ votes.loc[heard.columns]
    sides = pd.DataFrame(expit(clarity * sums.to_numpy()), index=sums.index)
    chances = {
        style: (sides[0] if signs[0] > 0 else 1 - sides[0]) * (sides[1] if signs[1] > 0 else 1 - sides[1])
        for signs, style in STYLES.items()
    }
    return pd.DataFrame(chances, index=heard.index)
