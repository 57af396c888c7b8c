"""Credit to a business customer: ten warning signs, what they say about default, and whether to grant."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from casekit import errors
from casekit._text import _
from casekit._validate import Check, as_series
from casekit.selling._vectors import (
    alike,
    as_rows,
    both_kinds,
    flag_frame,
    flags,
    number_frame,
    one_or_each,
    weights_of,
)

#: The ten signs, each worded so that "true" is bad news.
WARNING_SIGNS = (
    "staff_divided",
    "orders_ignored",
    "work_late_or_poor",
    "high_turnover",
    "slack_discipline",
    "complaints_outside",
    "untidy_premises",
    "private_use_of_funds",
    "key_customers_shaky",
    "stock_piling_up",
)


def credit_warning_signs() -> pd.DataFrame:
    """The ten signs of a customer in trouble that a visitor can see, in the order of the course.

    The course asks some of them the other way round ("are the staff united?"); here a sign that is present
    always speaks against the customer. None has a published weight: see :func:`warning_sign_weights`.

    Returns
    -------
    DataFrame, index ``sign``, with ``meaning`` and ``name_zh``.

    Examples
    --------
    >>> credit_warning_signs().loc["stock_piling_up", "name_zh"]
    '库存量急剧增加'
    """
    texts = [
        (_("staff are divided"), "职工不团结"),
        (_("instructions are not carried out"), "不能令行禁止"),
        (_("work is late or below standard"), "不能按质按时完成任务"),
        (_("staff turnover stays high"), "职工流动率居高不下"),
        (_("discipline is slack"), "职工纪律松散"),
        (_("staff complain to outsiders"), "职工向外部人员倾诉牢骚"),
        (_("offices are a mess"), "办公场地杂乱无章"),
        (_("company property is used privately"), "化公为私"),
        (_("relations with key customers are shaky"), "与主要客户的关系不稳固"),
        (_("stock rises sharply"), "库存量急剧增加"),
    ]
    return pd.DataFrame(texts, columns=["meaning", "name_zh"], index=pd.Index(WARNING_SIGNS, name="sign"))


def red_flag_score(signs: Any, *, weights: Any = None) -> pd.Series:
    """How many warning signs a customer shows, each by its weight.

    Useful to sort customers for a closer look. It is no probability: two signs that always come together
    count twice, and without outcomes nobody knows what a score of 0.4 means.

    Parameters
    ----------
    signs : DataFrame, list of dicts or dict, shape (n_customers, n_signs)
        True where the sign is present (true is bad news): the ten of :func:`credit_warning_signs`, or those
        that ``weights`` names, or all columns if none of these.
    weights : dict, Series or list of float, optional
        Weight of each sign, zero or more, adding up to 1; equal if not given.

    Returns
    -------
    Series of float, 0 (no sign) to 1 (all).

    Notes
    -----
    ``score = sum_k w_k x_k`` with ``x_k`` 1 if sign ``k`` is present.

    Examples
    --------
    >>> red_flag_score({"high_turnover": True, "stock_piling_up": False},
    ...     weights={"high_turnover": 0.3, "stock_piling_up": 0.7}).item()
    0.3
    """
    check = Check("red_flag_score")
    frame = check.frame("signs", as_rows(signs))
    known = list(as_labels(weights) or frame.columns)
    importance = weights_of(check, "weights", weights, known)
    present = flag_frame(check, "signs", frame, known)
    check.done()
    return (present @ importance).round(12).clip(0, 1).rename("red_flags")


def as_labels(weights: Any) -> list[Any]:
    """The labels that weights carry, none if they are a plain list or missing."""
    series = None if isinstance(weights, (list, tuple, np.ndarray)) else as_series(weights)
    return [] if series is None else list(series.index)


def warning_sign_weights(signs: Any, defaulted: Any, *, prior: float = 0.5) -> pd.DataFrame:
    """What each sign has said about default so far: its weight of evidence in past customers.

    Learned sign by sign, as if signs were independent given the outcome. Where they come together (slack
    discipline, untidy offices) the sum counts the same news twice and the probability runs to extremes.

    Parameters
    ----------
    signs : DataFrame, shape (n_customers, n_signs)
        True where the sign was present.
    defaulted : Series or list of bool, shape (n_customers,)
        True if the customer did not pay; both outcomes must occur.
    prior : float, default 0.5
        Customers added to each of the four counts of a sign, zero or more. With 0 a sign never seen among
        payers has infinite weight, which is refused.

    Returns
    -------
    DataFrame, index ``sign``
        ``share_defaulted`` and ``share_paid`` (share of each group that showed the sign), ``if_present`` and
        ``if_absent`` (log of the likelihood ratio: above zero speaks for default), ``information_value``.

    Raises
    ------
    InputError
        If only one outcome occurs, or a weight would be infinite.

    Notes
    -----
    ``if_present = ln(P(sign | defaulted) / P(sign | paid))``, ``if_absent`` the same for its absence, and
    ``information_value`` the sum over both states of (difference of shares) times weight. Scorecard texts
    print the weight of evidence with the opposite sign (good over bad), times 100.

    References
    ----------
    Good, I. J. (1950). *Probability and the Weighing of Evidence*. Siddiqi, N. (2006). *Credit Risk
    Scorecards*, ch. 6.

    Examples
    --------
    >>> seen = pd.DataFrame({"stock_piling_up": [1, 1, 0, 1, 0, 0, 0, 0]})
    >>> warning_sign_weights(seen, [1, 1, 1, 0, 0, 0, 0, 0], prior=0)["if_present"].round(3).item()
    1.204
    """
    check = Check("warning_sign_weights")
    prior = check.number("prior", prior, low=0)
    present = flag_frame(check, "signs", signs)
    bad = alike(
        check, "defaulted", flags(check, "defaulted", defaulted), "signs", pd.Series(0, present.index)
    )
    both_kinds(check, "defaulted", bad)
    check.done()
    lost = bad.to_numpy() == 1
    shares = {
        name: (present[rows].sum() + prior) / (rows.sum() + 2 * prior)
        for name, rows in (("share_defaulted", lost), ("share_paid", ~lost))
    }
    table = pd.DataFrame(shares).rename_axis("sign")
    certain = table.index[(table.isin([0.0, 1.0])).any(axis=1)]
    check.require(
        not len(certain),
        _("every sign must have been seen and not seen among both outcomes, or prior must be above 0"),
        got=errors.listing(certain),
        hint="prior=0.5",
    )
    check.done()
    bad_share, good_share = table["share_defaulted"], table["share_paid"]
    table["if_present"] = np.log(bad_share / good_share)
    table["if_absent"] = np.log((1 - bad_share) / (1 - good_share))
    gap = bad_share - good_share
    table["information_value"] = gap * (table["if_present"] - table["if_absent"])
    return table


def default_probability(signs: Any, *, base_rate: float, weights: Any) -> pd.Series:
    """Probability that a customer does not pay, given the warning signs seen.

    A logistic score: the odds of default in the book, multiplied by what each sign says. Assumes that signs
    are independent given the outcome, and that customers to come are like those the weights come from.

    Parameters
    ----------
    signs : DataFrame, list of dicts or dict, shape (n_customers, n_signs)
        True where the sign is present.
    base_rate : float
        Share of customers that default, strictly between 0 and 1.
    weights : DataFrame, dict or Series
        From :func:`warning_sign_weights` (columns ``if_present``, ``if_absent``), or one log-odds weight a
        sign, counted when it is present: 0.7 doubles the odds. Any sign.

    Returns
    -------
    Series of float, 0 to 1.

    Notes
    -----
    ``logit PD = logit(base_rate) + sum_k (x_k if_present_k + (1 - x_k) if_absent_k)``

    Examples
    --------
    >>> round(default_probability({"stock_piling_up": 1}, base_rate=0.1,
    ...     weights={"stock_piling_up": 0.693147}).item(), 4)
    0.1818
    """
    check = Check("default_probability")
    rate = check.number("base_rate", base_rate, low=0, high=1, low_open=True, high_open=True)
    if isinstance(weights, pd.DataFrame):
        table = number_frame(check, "weights", weights, ["if_present", "if_absent"])
    else:
        table = check.vector("weights", weights).to_frame("if_present").assign(if_absent=0.0)
    check.done()
    present = flag_frame(check, "signs", signs, list(table.index))
    check.done()
    evidence = present @ table["if_present"] + (1 - present) @ table["if_absent"]
    return pd.Series(expit(logit(rate) + evidence), index=present.index, name="default_probability")


def grant_credit(
    default_probability: Any, *, credit: Any, margin: Any, loss_given_default: Any = 1.0
) -> pd.DataFrame:
    """Whether to grant credit: expected profit, and the default probability up to which it pays.

    The two mistakes do not cost the same. Refusing a good customer costs the margin, trusting a bad one
    costs the goods; at a 10 % margin one default eats the profit of nine sound deals.

    Parameters
    ----------
    default_probability : list, dict or Series of float, shape (n_customers,)
        Chance that the customer does not pay, 0 to 1.
    credit : float or Series
        Cost of the goods delivered on credit, in money, above 0.
    margin : float or Series
        Margin of the deal if it is paid, in money, zero or more.
    loss_given_default : float or Series, default 1
        Share of ``credit`` that is lost in a default, above 0 and at most 1.

    Returns
    -------
    DataFrame, one row a customer
        ``expected_profit`` (money; below zero, refuse), ``break_even`` (default probability at which it is
        zero), ``grant`` (bool: expected profit above zero).

    Notes
    -----
    ``expected_profit = (1 - PD) margin - PD loss_given_default credit`` and ``break_even = margin / (margin +
    loss_given_default credit)``: :func:`cost_sensitive_threshold` with ``false_alarm = margin`` and ``miss =
    loss_given_default credit``.

    Examples
    --------
    >>> decision = grant_credit({"Ada": 0.05, "Ben": 0.2}, credit=9000, margin=1000)
    >>> decision["expected_profit"].tolist(), decision["break_even"].tolist(), decision["grant"].tolist()
    ([500.0, -1000.0], [0.1, 0.1], [True, False])
    """
    check = Check("grant_credit")
    chance = check.vector("default_probability", default_probability, low=0, high=1)
    other = "default_probability"
    lent = one_or_each(check, "credit", credit, chance, other, low=0, low_open=True)
    gain = one_or_each(check, "margin", margin, chance, other, low=0)
    lost = one_or_each(check, "loss_given_default", loss_given_default, chance, other, low=0, high=1)
    check.require(
        not (lost == 0).any(), _("loss_given_default must be above 0"), got="0", hint=_("0.45 of the credit")
    )
    check.done()
    profit = ((1 - chance) * gain - chance * lost * lent).round(9)
    return pd.DataFrame(
        {"expected_profit": profit, "break_even": gain / (gain + lost * lent), "grant": profit > 0}
    )


def cost_by_cut_off(score: Any, defaulted: Any, *, miss: float, false_alarm: float) -> pd.DataFrame:
    """What refusing credit from each score on would have cost in past cases, to find the cheapest cut-off.

    The cut-off found on the cases that made the score flatters itself; try it on others.

    Parameters
    ----------
    score : Series or list of float, shape (n_customers,)
        Higher is riskier: :func:`red_flag_score` or :func:`default_probability`. Ties share one cut-off.
    defaulted : Series or list of bool, shape (n_customers,)
        True if the customer did not pay; both outcomes must occur.
    miss : float
        Cost of granting to one that defaults, in money, above 0.
    false_alarm : float
        Cost of refusing one that would have paid, in money, above 0.

    Returns
    -------
    DataFrame, one row a cut-off, lowest first, the last (infinite) refusing nobody
        ``cut_off`` (refuse at this score or more), ``refused``, ``missed`` (defaults granted),
        ``false_alarms`` (payers refused), ``cost`` (money a customer).

    Examples
    --------
    >>> cost_by_cut_off([0.1, 0.3, 0.6], [0, 0, 1], miss=5, false_alarm=1)["cost"].round(3).tolist()
    [0.667, 0.333, 0.0, 1.667]
    """
    check = Check("cost_by_cut_off")
    miss, alarm = check.positive("miss", miss), check.positive("false_alarm", false_alarm)
    risk = check.vector("score", score)
    bad = alike(check, "defaulted", flags(check, "defaulted", defaulted), "score", risk)
    both_kinds(check, "defaulted", bad)
    check.done()
    cuts = np.append(np.unique(risk), np.inf)
    refused = risk.to_numpy()[None, :] >= cuts[:, None]
    lost = bad.to_numpy()[None, :] == 1
    missed, alarms = (~refused & lost).sum(axis=1), (refused & ~lost).sum(axis=1)
    return pd.DataFrame(
        {
            "cut_off": cuts,
            "refused": refused.sum(axis=1),
            "missed": missed,
            "false_alarms": alarms,
            "cost": (missed * miss + alarms * alarm) / len(risk),
        }
    )
