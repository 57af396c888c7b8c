"""What is planted in simulated logs beside buying, leaving and spending; and the calendar they follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: Seconds in a day.
DAY = 86_400


@dataclass(frozen=True)
class PurchasePlan:
    """The calendar, and what is planted beside buying and spending: one plan for purchases and contracts.

    Attributes
    ----------
    start, end : str
        First and last day of the log.
    acquisition_days : int
        First purchases are spread evenly over so many days from the start; 1 makes one cohort. Contracts
        begin with the periods that begin in these days.
    season : tuple of 12 floats, optional
        Factor by calendar month: on the buying rate, or on the bills of contracts.
    channels : dict of name to share
        Shares of customers who prefer each channel; add up to 1.
    price_growth : float
        Rise of prices a year, as a share.
    promotion_share, promotion_discount : float
        Share of purchases on promotion, and the discount on them, as shares.
    refund_rate : float
        Share of purchases that are given back in full.
    contacts_per_year : float
        Marketing contacts a customer and year, at random days; under contract only while it lasts.
    campaign_date : str, optional
        Day of a campaign drawn by lot among the customers won before it (and still under contract).
    treated_share : float
        Share of these customers that it reaches.
    campaign_effect : float
        Relative change of a reached customer's buying rate; 0.2 is a fifth more. Of contracts it is what is
        taken off the probability to cancel; 0.2 is a fifth fewer cancellations.
    campaign_days : int, optional
        How long the effect lasts; by default to the end.
    """

    start: str = "2023-01-01"
    end: str = "2024-12-31"
    acquisition_days: int = 365
    season: tuple[float, ...] | None = None
    channels: Mapping[str, float] = field(default_factory=lambda: {"shop": 0.6, "web": 0.4})
    price_growth: float = 0.0
    promotion_share: float = 0.0
    promotion_discount: float = 0.2
    refund_rate: float = 0.0
    contacts_per_year: float = 0.0
    campaign_date: str | None = None
    treated_share: float = 0.5
    campaign_effect: float = 0.0
    campaign_days: int | None = None


@dataclass(frozen=True)
class Calendar:
    """A plan that was checked: seconds since the epoch, season and channels as arrays."""

    first: int
    last: int
    campaign: int | None
    campaign_end: float
    season: np.ndarray | None
    channels: np.ndarray
    shares: np.ndarray

    def season_at(self, seconds: np.ndarray) -> np.ndarray:
        """The factor of the month in which each moment lies."""
        if self.season is None:
            return np.ones(len(seconds))
        return self.season[seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12]


def read_plan(check: Check, plan: Any) -> tuple[PurchasePlan, Calendar]:
    """The plan (the usual one if there is none) and its calendar, every rule checked."""
    if plan is None:
        plan = PurchasePlan()
    if not isinstance(plan, PurchasePlan):
        hint = (
            "plan=PurchasePlan(**plan)"
            if isinstance(plan, Mapping)
            else 'plan=PurchasePlan(start="2023-01-01")'
        )
        check.add(errors.wrong_type("plan", "PurchasePlan", plan, hint=hint))
    check.done()
    first, end = _second(check.day("start", plan.start)), _second(check.day("end", plan.end))
    campaign = None if plan.campaign_date is None else _second(check.day("campaign_date", plan.campaign_date))
    check.done()
    last = end + DAY
    _check_acquisition(check, plan, first, last)
    _check_campaign(check, plan, campaign, first, last)
    for name in ("promotion_share", "promotion_discount", "refund_rate", "treated_share"):
        check.share(name, getattr(plan, name))
    check.number("price_growth", plan.price_growth, low=-1, low_open=True, high=100)
    check.number("contacts_per_year", plan.contacts_per_year, low=0, high=10_000)
    season, shares = _season(check, plan.season), _channels(check, plan.channels)
    check.done()
    until = np.inf
    if campaign is not None and plan.campaign_days is not None:
        until = campaign + plan.campaign_days * DAY
    names = np.array([str(name) for name in shares.index])
    return plan, Calendar(first, last, campaign, until, season, names, shares.to_numpy(dtype=float))


def _second(stamp: pd.Timestamp) -> int:
    return 0 if pd.isna(stamp) else int(stamp.to_datetime64().astype("datetime64[s]").astype(np.int64))


def _check_acquisition(check: Check, plan: PurchasePlan, first: int, last: int) -> None:
    days = check.integer("acquisition_days", plan.acquisition_days, low=1)
    check.require(
        first + days * DAY <= last,
        _("customers must be won before the log ends"),
        got=_("{days} days of acquisition, {length} days of log").format(
            days=days, length=(last - first) // DAY
        ),
        hint=_("take a later end or fewer acquisition_days"),
    )


def _check_campaign(check: Check, plan: PurchasePlan, campaign: int | None, first: int, last: int) -> None:
    effect = check.number("campaign_effect", plan.campaign_effect, low=-1, low_open=True)
    if plan.campaign_days is not None:
        check.integer("campaign_days", plan.campaign_days, low=1)
    planted = effect != 0 or plan.campaign_days is not None
    if campaign is None and planted and not check.problems:
        check.add(
            errors.missing_argument(
                "campaign_date",
                _("an effect needs the day on which it begins: campaign_date={day!r}").format(
                    day=str(np.datetime64((first + last) // 2, "s").astype("datetime64[D]"))
                ),
            )
        )
    if campaign is not None and not first <= campaign < last:
        check.add(
            errors.out_of_range(
                "campaign_date",
                str(plan.campaign_date),
                _("{first} to {last}").format(first=plan.start, last=plan.end),
                hint=_("a campaign must fall into the log"),
            )
        )


def _season(check: Check, season: Any) -> np.ndarray | None:
    if season is None:
        return None
    factors = check.vector("season", season, low=0)
    check.require(len(factors) == 12, _("season must hold twelve factors"), got=str(len(factors)))
    check.require(bool((factors > 0).any()), _("season must hold a factor above 0"), got=_("zeros only"))
    return factors.to_numpy(dtype=float)


def _channels(check: Check, channels: Any) -> pd.Series:
    if not isinstance(channels, Mapping):
        hint = 'channels={"shop": 0.6, "web": 0.4}'
        check.add(errors.wrong_type("channels", _("a dict of name to share"), channels, hint=hint))
        return pd.Series({"": 1.0})
    shares = check.weights("channels", dict(channels))
    return shares / shares.sum() if len(shares) and shares.sum() > 0 else shares
