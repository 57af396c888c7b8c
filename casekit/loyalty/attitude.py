"""Loyalty as behaviour and as attitude: who comes back, and who comes back although there is a choice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from casekit._validate import Check

#: The four conditions of Dick and Basu, by (attitude high, repeat high).
CONDITIONS = ("no loyalty", "spurious", "latent", "loyalty")

#: The four kinds of customers of Jones and Sasser, by (satisfied, loyal).
SATISFACTION_TYPES = ("defector", "hostage", "mercenary", "loyalist")

#: Types of loyal customers in Chinese textbooks 垄断、亲缘、利益、惰性、信赖、潜在, and none of them.
LOYALTY_TYPES = ("monopoly", "kinship", "incentive", "inertia", "trust", "latent", "none")


def dick_basu(repeat: Any, attitude: Any, *, repeat_cut: float, attitude_cut: float) -> pd.Series:
    """Sort customers by what they do and what they think.

    Who comes often may have no choice, and who likes the firm may have no time: behaviour alone is not
    loyalty. The two cuts are the reader's, and the sizes of the four groups follow from them.

    Parameters
    ----------
    repeat : Series, dict or list of float, shape (n_customers,)
        Repeat patronage, such as visits a month or share of wallet.
    attitude : Series, dict or list of float, same labels or order
        Attitude towards the firm relative to its rivals, such as a survey score; may be missing.
    repeat_cut, attitude_cut : float
        Values from which each counts as high, in the unit of the measure.

    Returns
    -------
    Series (categorical), labelled like ``repeat``
        ``loyalty`` (both high), ``latent`` (attitude only), ``spurious`` (behaviour only) or ``no loyalty``;
        missing where the attitude is.

    Raises
    ------
    InputError
        If lengths or labels differ or values are not numbers.

    Notes
    -----
    High means at or above its cut.

    References
    ----------
    Dick, A. S. and Basu, K. (1994). Customer loyalty: toward an integrated conceptual framework. *Journal of
    the Academy of Marketing Science* 22(2), 99–113.

    Examples
    --------
    >>> dick_basu([3, 3, 1], [4.5, 2, 4.5], repeat_cut=2, attitude_cut=4).tolist()
    ['loyalty', 'spurious', 'latent']
    """
    check = Check("dick_basu")
    repeat = check.vector("repeat", repeat)
    attitude = check.vector("attitude", attitude, missing=True)
    repeat_cut = check.number("repeat_cut", repeat_cut)
    attitude_cut = check.number("attitude_cut", attitude_cut)
    check.done()
    attitude = check.alike("attitude", attitude, "repeat", repeat)
    check.done()
    thinks, does = attitude.to_numpy() >= attitude_cut, repeat.to_numpy() >= repeat_cut
    codes = np.where(attitude.isna(), -1, 2 * thinks + does)
    return pd.Series(pd.Categorical.from_codes(codes, categories=CONDITIONS), index=repeat.index)


def loyalty_type(
    survey: Any, *, repeat_cut: float, attitude_cut: float, incentive_cut: float = 0.5
) -> pd.Series:
    """Why a customer comes back: the textbook's six types of loyalty.

    The types say what would end the loyalty: a rival opening (monopoly), vouchers ending (incentive), a
    cheaper or nearer place (inertia); trust and kinship bear more. The order of the rules is a choice made
    here, the textbooks give none.

    Parameters
    ----------
    survey : DataFrame, dict of lists or list of dict, one row a customer
        ``repeat`` (visits a month, 0 or more), ``attitude`` (score, may be missing), ``alternatives``
        (comparable places the customer knows, 0 or more), ``voucher_share`` (share of visits paid with a
        voucher, 0 to 1), ``kin`` (True or 1: family or friend of the house).
    repeat_cut, attitude_cut, incentive_cut : float
        Values from which ``repeat``, ``attitude`` and ``voucher_share`` count as high; the last is a share,
        0.5 by default.

    Returns
    -------
    Series (categorical)
        The first that applies of: ``kinship``; and for those who come often ``monopoly`` (no alternative),
        ``incentive``, ``trust`` (good attitude), ``inertia`` (poor attitude); for the others ``latent`` (good
        attitude) or ``none``. Without an attitude, trust, inertia and latent cannot be told apart: missing.

    Raises
    ------
    InputError
        If columns are missing, out of range, or ``kin`` is not true or false.

    Notes
    -----
    Often: ``repeat >= repeat_cut``; good: ``attitude >= attitude_cut``; by incentive: ``voucher_share >=
    incentive_cut``; no alternative: ``alternatives == 0``.

    References
    ----------
    Su Chaohui 苏朝晖, 客户关系管理, names the types: 垄断忠诚, 亲缘忠诚, 利益忠诚, 惰性忠诚, 信赖忠诚,
    潜在忠诚. The course's slide asks for them and leaves the list out.

    Examples
    --------
    >>> survey = pd.DataFrame({"repeat": [3, 3, 1], "attitude": [4.5, 2, 4.5], "alternatives": [2, 0, 2],
    ...                        "voucher_share": 0.0, "kin": False})
    >>> loyalty_type(survey, repeat_cut=2, attitude_cut=4).tolist()
    ['trust', 'monopoly', 'latent']
    """
    check = Check("loyalty_type")
    columns = ["repeat", "attitude", "alternatives", "voucher_share", "kin"]
    survey = check.frame("survey", survey, columns)
    cuts = [
        check.number("repeat_cut", repeat_cut),
        check.number("attitude_cut", attitude_cut),
        check.share("incentive_cut", incentive_cut),
    ]
    check.done()
    attitude = check.vector("survey['attitude']", survey["attitude"], missing=True)
    often = check.vector("survey['repeat']", survey["repeat"]) >= cuts[0]
    alternatives = check.vector("survey['alternatives']", survey["alternatives"], low=0)
    vouchers = check.vector("survey['voucher_share']", survey["voucher_share"], low=0, high=1)
    kin = check.flags("survey['kin']", survey["kin"])
    check.done()
    good = attitude >= cuts[1]
    names = ["kinship", "monopoly", "incentive", None, "trust", "inertia", "latent"]
    rules = [kin, often & (alternatives == 0), often & (vouchers >= cuts[2]), attitude.isna()]
    rules += [often & good, often & ~good, ~often & good]
    places = [-1 if name is None else LOYALTY_TYPES.index(name) for name in names]
    codes = np.select([rule.to_numpy() for rule in rules], places, default=LOYALTY_TYPES.index("none"))
    return pd.Series(pd.Categorical.from_codes(codes, categories=LOYALTY_TYPES), index=survey.index)


def jones_sasser_type(
    satisfaction: Any, loyalty: Any, *, satisfaction_cut: float, loyalty_cut: float
) -> pd.Series:
    """Sort customers by how satisfied they are and whether they stay: who talks, who is held, who goes.

    Satisfied customers leave where they have a choice (mercenaries), and unsatisfied ones stay where they
    have none (hostages), and let everyone know. The share of hostages is what a new rival would take.

    Parameters
    ----------
    satisfaction : Series, dict or list of float, shape (n_customers,)
        Rating, any scale on which more is better; may be missing.
    loyalty : Series, dict or list of float, same labels or order
        What they do: share of wallet, repeat purchases, intention to stay; may be missing.
    satisfaction_cut, loyalty_cut : float
        Values from which each counts as high. Where there is a choice, only the best rating should: the
        paper finds that *satisfied* is far from *completely satisfied*.

    Returns
    -------
    Series (categorical), labelled like ``satisfaction``
        ``loyalist`` (both high; with them the apostles who recommend), ``mercenary`` (satisfied, not loyal),
        ``hostage`` (loyal, not satisfied) or ``defector`` (neither; with them the terrorists who warn
        others); missing where either is.

    Raises
    ------
    InputError
        If lengths or labels differ or values are not numbers.

    Notes
    -----
    High means at or above its cut.

    References
    ----------
    Jones, T. O. and Sasser, W. E. (1995). Why satisfied customers defect. *Harvard Business Review* 73(6),
    88–99.

    Examples
    --------
    >>> jones_sasser_type([5, 5, 2, 2], [0.9, 0.1, 0.9, 0.1], satisfaction_cut=5, loyalty_cut=0.5).tolist()
    ['loyalist', 'mercenary', 'hostage', 'defector']
    """
    check = Check("jones_sasser_type")
    pleased = check.vector("satisfaction", satisfaction, missing=True)
    stays = check.vector("loyalty", loyalty, missing=True)
    cuts = (
        check.number("satisfaction_cut", satisfaction_cut),
        check.number("loyalty_cut", loyalty_cut),
    )
    check.done()
    stays = check.alike("loyalty", stays, "satisfaction", pleased)
    check.done()
    codes = 2 * (pleased.to_numpy() >= cuts[0]) + (stays.to_numpy() >= cuts[1])
    codes = np.where(pleased.isna() | stays.isna(), -1, codes)
    return pd.Series(pd.Categorical.from_codes(codes, categories=SATISFACTION_TYPES), index=pleased.index)
