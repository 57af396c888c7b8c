"""What the pipeline is worth: chance of winning by stage, weighted forecast, velocity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.selling._vectors import as_rows, number_frame


def stage_record(history: Any, *, won: str = "won", lost: str = "lost") -> pd.DataFrame:
    """How many deals that were once in a stage were won and lost in the end.

    Deals still open count for neither. If lost deals linger, the record looks better than the stage is:
    compare deals that began long enough ago.

    Parameters
    ----------
    history : DataFrame, one row an entry into a stage
        ``deal_id`` and ``stage``; the end of a deal is an entry into ``won`` or ``lost``.
    won, lost : str
        Words for the two ends, such as ``done`` and ``stopped``.

    Returns
    -------
    DataFrame, index ``stage`` in order of appearance, with ``wins``, ``losses``, ``open``.

    Raises
    ------
    InputError
        If a deal was both won and lost.

    Examples
    --------
    >>> entries = [(1, "offer"), (1, "won"), (2, "offer"), (2, "lost"), (3, "offer")]
    >>> history = pd.DataFrame(entries, columns=["deal_id", "stage"])
    >>> stage_record(history).loc["offer"].to_dict()
    {'wins': 1, 'losses': 1, 'open': 1}
    """
    check = Check("stage_record")
    won, lost = check.text("won", won), check.text("lost", lost)
    frame = check.frame("history", history, ["deal_id", "stage"], keys=["deal_id", "stage"])
    check.done()
    ends = [set(frame.loc[frame["stage"] == end, "deal_id"]) for end in (won, lost)]
    both = sorted(map(str, ends[0] & ends[1]))
    check.require(not both, _("a deal must be either won or lost"), got=errors.listing(both))
    check.done()
    visits = frame[~frame["stage"].isin([won, lost])].drop_duplicates(["deal_id", "stage"])
    result = np.select([visits["deal_id"].isin(end) for end in ends], ["wins", "losses"], default="open")
    table = pd.crosstab(visits["stage"], result)
    order = pd.Index(visits["stage"].unique(), name="stage")
    return table.reindex(index=order, columns=["wins", "losses", "open"], fill_value=0).rename_axis(
        columns=None
    )


def stage_probability(
    record: Any, *, prior: tuple[float, float] = (1.0, 1.0), level: float = 0.95
) -> pd.DataFrame:
    """Chance that a deal in each stage is won, with the range that few past deals leave open.

    Three wins of three are no certainty. The prior stands for deals of the kind that one has seen elsewhere:
    (1, 1) says nothing, (2, 8) is worth ten deals of which two were won.

    Parameters
    ----------
    record : DataFrame or dict of dicts, index stage
        ``wins`` and ``losses`` (counts, zero or more), such as from :func:`stage_record`.
    prior : (float, float), default (1, 1)
        Wins and losses that the prior is worth, above 0.
    level : float, default 0.95
        Probability of the interval.

    Returns
    -------
    DataFrame, index as ``record``
        ``probability`` (posterior mean), ``low``, ``high`` (equal tails), ``a``, ``b`` (the Beta
        distribution's parameters).

    Notes
    -----
    ``Beta(a, b)`` with ``a = prior[0] + wins``, ``b = prior[1] + losses``; mean ``a / (a + b)``.

    References
    ----------
    Gelman, A. et al. (2013). *Bayesian Data Analysis*, 3rd ed., section 2.4.

    Examples
    --------
    >>> found = stage_probability({"offer": {"wins": 3, "losses": 0}}).round(3)
    >>> found.loc["offer", ["probability", "low"]].tolist()
    [0.8, 0.398]
    """
    check = Check("stage_probability")
    level = check.number("level", level, low=0, high=1, low_open=True, high_open=True)
    if not isinstance(prior, (tuple, list)) or len(prior) != 2:
        check.add(errors.wrong_type("prior", _("a pair (wins, losses)"), prior))
        prior = (1.0, 1.0)
    more = [check.positive(f"prior[{place}]", part) for place, part in enumerate(prior)]
    counts = number_frame(check, "record", record, ["wins", "losses"], low=0)
    check.done()
    a, b = more[0] + counts["wins"], more[1] + counts["losses"]
    tail = (1 - level) / 2
    return pd.DataFrame(
        {
            "probability": a / (a + b),
            "low": betaincinv(a, b, tail),
            "high": betaincinv(a, b, 1 - tail),
            "a": a,
            "b": b,
        },
        index=counts.index,
    )


def weighted_forecast(deals: Any, *, probabilities: Any = None) -> pd.DataFrame:
    """What open deals are expected to bring, stage by stage, and how far off the sum may be.

    The weighted sum is right on average over many quarters. In one quarter each deal comes whole or not at
    all: with few large deals the standard deviation is as large as the forecast, and the sum itself may be
    an outcome that cannot happen. :func:`simulate_forecast` shows the whole range.

    Parameters
    ----------
    deals : DataFrame, list of dicts or dict, one row a deal
        ``value`` (money, zero or more) and ``probability`` (0 to 1), or ``stage`` with ``probabilities``.
        Without a column ``stage`` all deals form one, ``all``.
    probabilities : dict, Series or DataFrame, optional
        Chance of winning by stage, 0 to 1, or the frame of :func:`stage_probability`.

    Returns
    -------
    DataFrame, index ``stage`` in order of appearance
        ``deals``, ``value``, ``weighted`` (money), ``standard_deviation`` (money; of the stage's sum, deals
        independent). Sum the weighted column for the forecast.

    Notes
    -----
    ``weighted = sum_i v_i p_i`` and ``standard_deviation = sqrt(sum_i v_i^2 p_i (1 - p_i))``.

    Examples
    --------
    >>> deals = {"value": [100, 300], "stage": ["offer", "offer"]}
    >>> weighted_forecast(deals, probabilities={"offer": 0.5}).round(1).iloc[0].to_dict()
    {'deals': 2.0, 'value': 400.0, 'weighted': 200.0, 'standard_deviation': 158.1}
    """
    check = Check("weighted_forecast")
    table = open_deals(check, deals, probabilities)
    spread = table["value"] ** 2 * table["probability"] * (1 - table["probability"])
    parts = table.assign(weighted=table["value"] * table["probability"], spread=spread)
    grouped = parts.groupby("stage", sort=False)
    out = grouped.agg(deals=("value", "size"), value=("value", "sum"), weighted=("weighted", "sum"))
    return out.assign(standard_deviation=np.sqrt(grouped["spread"].sum()))


def open_deals(check: Check, deals: Any, probabilities: Any) -> pd.DataFrame:
    """Open deals with ``stage``, ``value`` and ``probability``, checked; raises what is wrong."""
    wanted = ["value"] + (["probability"] if probabilities is None else ["stage"])
    frame = check.frame("deals", as_rows(deals), wanted, keys=[] if probabilities is None else ["stage"])
    check.done()
    table = number_frame(check, "deals", frame, ["value"], low=0)
    table["stage"] = frame["stage"] if "stage" in frame else _("all")
    if probabilities is None:
        table["probability"] = number_frame(check, "deals", frame, ["probability"], low=0, high=1)
    else:
        if isinstance(probabilities, pd.DataFrame):
            probabilities = check.frame("probabilities", probabilities, ["probability"])
            check.done()
            probabilities = probabilities["probability"]
        chance = check.vector("probabilities", probabilities, low=0, high=1)
        check.unique("probabilities.index", chance.index)
        for stage in pd.unique(frame["stage"]):
            if stage not in chance.index:
                check.add(errors.unknown_name("stage", stage, [str(label) for label in chance.index]))
        table["probability"] = frame["stage"].map(chance.to_dict())
    check.done()
    return table


def pipeline_velocity(
    opportunities: float, *, deal_value: float, win_rate: float, cycle_length: float
) -> float:
    """What the pipeline brings in each day.

    It assumes a steady state: as many deals come in as go out, and ``cycle_length`` is the mean time that
    all deals stay, lost ones included. CRM systems often print the cycle of won deals only, which are
    quicker or slower than the rest; the velocity is then off by the same factor.

    Parameters
    ----------
    opportunities : float
        Deals open at a time, zero or more.
    deal_value : float
        Mean value of a won deal, in money, zero or more.
    win_rate : float
        Share of deals that are won, 0 to 1.
    cycle_length : float
        Mean days from opening a deal to its end, above 0.

    Returns
    -------
    float
        Money a day (or per unit of time of ``cycle_length``).

    Notes
    -----
    ``opportunities * deal_value * win_rate / cycle_length``: Little's law, deals that end a day are those
    open over the days they stay, times what an ended deal brings.

    References
    ----------
    Little, J. (1961). A proof for the queuing formula L = λW. *Operations Research* 9(3), 383–387.

    Examples
    --------
    >>> pipeline_velocity(30, deal_value=1000, win_rate=0.2, cycle_length=60)
    100.0
    """
    check = Check("pipeline_velocity")
    open_ = check.number("opportunities", opportunities, low=0)
    worth = check.number("deal_value", deal_value, low=0)
    rate = check.share("win_rate", win_rate)
    days = check.positive("cycle_length", cycle_length)
    check.done()
    return open_ * worth * rate / days


def velocity_levers(
    opportunities: float,
    *,
    deal_value: float,
    win_rate: float,
    cycle_length: float,
    change: float = 0.1,
) -> pd.DataFrame:
    """What a tenth more deals, value or wins, or a tenth less time, adds to the pipeline's velocity.

    The first three add the same share by construction and the fourth a little more (1/0.9 - 1 = 11.1 %), so
    the formula itself cannot say which lever to pull: what each tenth costs decides. The levers also pull at
    each other; more deals of worse quality lower the win rate.

    Parameters
    ----------
    opportunities, deal_value, win_rate, cycle_length : float
        As in :func:`pipeline_velocity`.
    change : float, default 0.1
        Relative change of each lever, above 0 and below 1. The win rate goes no higher than 1.

    Returns
    -------
    DataFrame, index ``lever``, with ``from_``, ``to``, ``velocity`` and ``gain`` (both money a day).

    Examples
    --------
    >>> velocity_levers(30, deal_value=1000, win_rate=0.2, cycle_length=60)["gain"].round(1).to_dict()
    {'opportunities': 10.0, 'deal_value': 10.0, 'win_rate': 10.0, 'cycle_length': 11.1}
    """
    check = Check("velocity_levers")
    change = check.number("change", change, low=0, high=1, low_open=True, high_open=True)
    check.done()
    now = {"deal_value": deal_value, "win_rate": win_rate, "cycle_length": cycle_length}
    before = pipeline_velocity(opportunities, **now)
    start = {"opportunities": opportunities, **now}
    rows = {}
    for lever, value in start.items():
        moved = value * (1 - change if lever == "cycle_length" else 1 + change)
        moved = min(1.0, moved) if lever == "win_rate" else moved
        terms = {**start, lever: moved}
        velocity = pipeline_velocity(terms.pop("opportunities"), **terms)
        rows[lever] = {"from_": value, "to": moved, "velocity": velocity, "gain": velocity - before}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("lever")
