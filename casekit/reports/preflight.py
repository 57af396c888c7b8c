"""What only one case can know to be wrong, said before its kernel starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from casekit import errors
from casekit._text import _, format_number
from casekit._validate import Check


def preflight(case_name: str, client: Any, values: Mapping[str, Any]) -> None:
    """Check the values of a case against the reader's file.

    Parameters
    ----------
    case_name : str
        Name of the case without its number.
    client : ClientFile or None
        The reader's file as read; None for the shipped data.
    values : mapping
        The parameters, checked for name, type and range.

    Raises
    ------
    InputError
    """
    check = _CHECKS.get(case_name)
    if check is not None:
        check(client, values)


def _customer_value_analysis(client: Any, values: Mapping[str, Any]) -> None:
    """Our offer and a rival are in the survey, and value can be computed from its answers."""
    from casekit.datasets import load_coach_survey
    from casekit.value import complete_survey, components_in_money

    try:
        survey = complete_survey(
            load_coach_survey() if client is None else client.frame,
            own=values["own"],
            price_importance=values["price_importance"],
            worth_of_hour=values["worth_of_hour"],
        )
        components_in_money(survey.ratings)
    except errors.InputError as error:
        raise errors.InputError("customer_value_analysis", error.problems) from error


def _bank_upsell(client: Any, values: Mapping[str, Any]) -> None:
    """Tiers rise, and the day of the book is a day."""
    import pandas as pd

    from casekit.selling import day_of_book

    check = Check("bank_upsell")
    for lower, higher in (("gold_from", "platinum_from"), ("platinum_from", "private_from")):
        check.require(
            values[lower] < values[higher],
            _("{higher} must be more than {lower}").format(higher=higher, lower=lower),
            got=f"{format_number(values[higher])} ≤ {format_number(values[lower])}",
        )
    try:
        day_of_book(pd.DataFrame() if client is None else client.frame, values["as_of"])
    except errors.InputError as error:
        for problem in error.problems:
            check.add(problem)
    check.done()


def _factor_sheet(client: Any, values: Mapping[str, Any]) -> None:
    """Refuse a factor sheet from which no two drafts can be made, and whatever the case could not read."""
    if client is None:
        return
    from casekit.strategy import read_factors, tows_candidates

    factors = read_factors(client.frame, normalise=True)
    there = set(factors["side"])
    check = Check("swot")
    check.require(
        there == {"internal", "external"},
        _("the sheet must hold internal factors (S or W) and external ones (O or T)"),
        got=errors.listing(factors["code"]),
        hint=_("add the other side: strategies join something inside with something outside"),
    )
    check.done()
    drafts = tows_candidates(factors, per_cell=1)
    check.require(
        len(drafts) > 1,
        _("the sheet must give two drafts to compare: one strength and one weakness, or two kinds outside"),
        got=errors.listing(factors["code"]),
        hint=_("add a factor of the kind that is missing"),
    )
    check.done()


_CHECKS: dict[str, Callable[[Any, Mapping[str, Any]], None]] = {
    "bank_upsell": _bank_upsell,
    "customer_value_analysis": _customer_value_analysis,
    "swot": _factor_sheet,
}
