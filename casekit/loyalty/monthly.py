"""From single visits to one row a customer and month, the form on which tier rules work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from casekit._text import _
from casekit._validate import Check
from casekit.loyalty.earned import earned_levels_by_rules
from casekit.loyalty.tiers import NO_TIER, assign_tiers


def monthly_panel(visits: pd.DataFrame, *, average_months: int = 1) -> pd.DataFrame:
    """Visits, spend, guests and spend a head of every customer in every month since the first visit.

    Months without a visit are rows too, with zeros: a rule that never sees them never sees anyone leave.

    Parameters
    ----------
    visits : DataFrame
        One row a visit, with ``customer_id``, ``date`` (a real date), ``amount`` and ``covers`` (people at
        the table). Lunch and dinner on one day are two visits. A negative amount is a refund: it lowers the
        spend, and is neither a visit nor a party.
    average_months : int, default 1
        Months over which visits, spend and guests are averaged, ending with the month in question (fewer at
        the beginning). With 1 each month stands alone.

    Returns
    -------
    DataFrame with columns ``customer_id``, ``month`` (its first day), ``visits``, ``spend``, ``covers`` and
    ``per_head`` (spend by guests, missing without guests), one row a customer and month from the customer's
    first month to the last month of the file.

    Raises
    ------
    InputError
        If columns are missing, dates are not dates, or guests are negative.

    Notes
    -----
    ``per_head = spend / covers`` of the same (averaged) months. The last month counts as whole: cut off a
    month that has only begun with :func:`whole_months`.

    References
    ----------
    The monthly customer sheet (本月客户信息统计) is the course's; the tidy form is Wickham, H. (2014). Tidy
    data. *Journal of Statistical Software* 59(10).

    Examples
    --------
    >>> log = pd.DataFrame({"customer_id": "Zhang", "date": pd.to_datetime(["2024-03-01", "2024-05-09"]),
    ...                     "amount": [460, 520], "covers": [8, 10]})
    >>> monthly_panel(log)[["visits", "spend"]].to_dict("list")
    {'visits': [1.0, 0.0, 1.0], 'spend': [460.0, 0.0, 520.0]}
    """
    check = Check("monthly_panel")
    visits = check.frame("visits", visits, ["customer_id", "date", "amount", "covers"], keys=["customer_id"])
    span = check.integer("average_months", average_months, low=1)
    check.done()
    dates = check.dates("visits['date']", visits["date"])
    visits = check.numbers(visits, ["amount"], name="visits")
    visits = check.numbers(visits, ["covers"], name="visits", low=0)
    check.done()
    month = dates.dt.to_period("M").dt.to_timestamp()
    came = (visits["amount"] >= 0).astype(int)
    tidy = visits.assign(month=month, visits=came, covers=came * visits["covers"])
    sums = tidy.groupby(["customer_id", "month"], sort=True)[["visits", "amount", "covers"]].sum()
    panel = _filled(sums).astype(float)
    if span > 1:
        rolling = panel.groupby(level="customer_id").rolling(span, min_periods=1).mean()
        panel = rolling.droplevel(0)
    panel = panel.rename(columns={"amount": "spend"})
    panel["per_head"] = (panel["spend"] / panel["covers"]).where(panel["covers"] > 0)
    return panel.reset_index()


def whole_months(visits: pd.DataFrame) -> pd.DataFrame:
    """The visits without those of a last month that has only begun.

    The last month is not whole if the log stops longer before its end than it paused in the three months
    before: a house that is open daily stops on the 17th because the file does. A log of one month stays.

    Parameters
    ----------
    visits : DataFrame
        One row a visit, with ``date`` (a real date).

    Returns
    -------
    DataFrame: the rows of ``visits`` up to the end of the last whole month.

    Examples
    --------
    >>> log = pd.DataFrame({"date": pd.date_range("2024-01-01", "2024-03-17")})
    >>> whole_months(log)["date"].max().day_name(), len(whole_months(log))
    ('Thursday', 60)
    """
    check = Check("whole_months")
    visits = check.frame("visits", visits, ["date"])
    check.done()
    dates = check.dates("visits['date']", visits["date"])
    check.done()
    last = dates.max()
    begins = last.to_period("M").to_timestamp()
    earlier = dates < begins
    if not earlier.any():
        return visits
    days = dates[dates > last - pd.DateOffset(months=3)].dt.normalize().drop_duplicates().sort_values()
    pause = days.diff().max()
    left = begins + pd.offsets.MonthEnd(1) - last.normalize()
    return visits if pd.isna(pause) or left < pause else visits[earlier]


def _filled(sums: pd.DataFrame) -> pd.DataFrame:
    """Rows of zeros for the months without a visit after a customer's first."""
    months = sums.index.get_level_values("month")
    every = pd.date_range(months.min(), months.max(), freq="MS")
    customers = sums.index.get_level_values("customer_id").unique()
    full = pd.MultiIndex.from_product([customers, every], names=["customer_id", "month"])
    first = months.to_series(index=sums.index).groupby(level="customer_id").min()
    since = full.get_level_values("month") >= full.get_level_values("customer_id").map(first)
    return sums.reindex(full, fill_value=0)[since]


def sweep_threshold(
    panel: pd.DataFrame,
    *,
    rules: Mapping[str, Mapping[str, Any]],
    tier: str,
    measure: str,
    values: Iterable[float],
    **hysteresis: Any,
) -> pd.DataFrame:
    """What moving one threshold does to a tier: members in an ordinary month and the spend they bring.

    Parameters
    ----------
    panel : DataFrame
        From :func:`monthly_panel`; other panels need ``customer_id``, ``month`` and ``spend``.
    rules : mapping
        As in :func:`casekit.loyalty.earned_levels_by_rules`.
    tier, measure : str
        The tier and the measure whose lower bound moves. An upper bound stays.
    values : iterable of float
        Bounds to try, in the unit of the measure.
    **hysteresis
        ``months_to_watch``, ``months_to_downgrade``, ``landing_months`` for
        :func:`casekit.loyalty.assign_tiers`.

    Returns
    -------
    DataFrame with columns ``threshold``, ``earning`` and ``members`` (customers a month who earn and who hold
    the tier or a better one, mean over months), ``spend`` (of members a month) and ``spend_share`` (of all).

    Raises
    ------
    InputError
        If the tier or measure is unknown, there are no values, or nobody spent anything.

    Notes
    -----
    Each value runs the whole engine: rules → level earned → tier held.

    Examples
    --------
    >>> panel = pd.DataFrame({"customer_id": ["Li", "Wu"], "month": 1, "spend": [100.0, 300.0]})
    >>> sweep = sweep_threshold(panel, rules={"gold": {"spend": 200}}, tier="gold", measure="spend",
    ...                         values=[50, 200, 400])
    >>> sweep[["members", "spend_share"]].to_numpy().tolist()
    [[2.0, 1.0], [1.0, 0.75], [0.0, 0.0]]
    """
    check = Check("sweep_threshold")
    panel = check.frame("panel", panel, ["customer_id", "month", "spend"], keys=["customer_id", "month"])
    check.done()
    panel = check.numbers(panel, ["spend"])
    rules = {
        name: check.mapping(f"rules[{name!r}]", asked)
        for name, asked in check.mapping("rules", rules).items()
    }
    check.choice("tier", tier, list(rules))
    check.done()
    check.choice("measure", measure, list(rules[tier]))
    bounds = check.vector("values", values)
    check.done()
    months, total = panel["month"].nunique(), float(panel["spend"].sum())
    check.require(total > 0, _("panel must hold some spend"), got=str(total))
    check.done()
    names, at_least = [NO_TIER, *rules], list(rules).index(tier) + 1
    spend = panel.sort_values(["customer_id", "month"])["spend"].to_numpy()
    records = []
    for bound in bounds:
        with check.inner():
            held = assign_tiers(
                earned_levels_by_rules(panel, rules=_moved(rules, tier, measure, float(bound))),
                names=names,
                **hysteresis,
            )
        check.require(
            len(held) == len(spend),
            _("every customer must have a row for each month between the first and the last"),
            got=_("months left out"),
            hint=_("monthly_panel(visits) fills months without a visit"),
        )
        check.done()
        member = (held["tier"].cat.codes >= at_least).to_numpy()
        records.append(
            {
                "threshold": float(bound),
                "earning": (held["earned"].cat.codes >= at_least).sum() / months,
                "members": member.sum() / months,
                "spend": spend[member].sum() / months,
                "spend_share": spend[member].sum() / total,
            }
        )
    return pd.DataFrame(records)


def _moved(rules: Mapping[str, Mapping[str, Any]], tier: str, measure: str, low: float) -> dict[str, Any]:
    bound = rules[tier][measure]
    high = bound[1] if isinstance(bound, (tuple, list)) and len(bound) == 2 else None
    return {**rules, tier: {**rules[tier], measure: (low, high)}}
