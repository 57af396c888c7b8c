"""What a customer is worth, and what an offer is worth to a customer."""

from casekit.value.concentration import customers_for_share, gini, lorenz_curve, top_share
from casekit.value.delivered_value import (
    BENEFITS,
    COSTS,
    compare_offers,
    components_in_money,
    delivered_value,
    surplus_split,
)
from casekit.value.economic_value import (
    economic_value,
    level_price,
    level_prices,
    net_of_markup,
    perceived_value_price,
    present_value_of_saving,
    price_response,
)
from casekit.value.fleet import cycle_needed, fleet_capacity
from casekit.value.levers import curve_divergence, curve_gaps, rank_levers
from casekit.value.survey import CompleteSurvey, complete_survey
from casekit.value.value_map import fair_value_slope, quality_ratio, value_map, worth_of_point

__all__ = [
    "BENEFITS",
    "COSTS",
    "CompleteSurvey",
    "compare_offers",
    "complete_survey",
    "components_in_money",
    "curve_divergence",
    "curve_gaps",
    "customers_for_share",
    "cycle_needed",
    "delivered_value",
    "economic_value",
    "fair_value_slope",
    "fleet_capacity",
    "gini",
    "level_price",
    "level_prices",
    "lorenz_curve",
    "net_of_markup",
    "perceived_value_price",
    "present_value_of_saving",
    "price_response",
    "quality_ratio",
    "rank_levers",
    "surplus_split",
    "top_share",
    "value_map",
    "worth_of_point",
]
