"""What a customer is worth, and what an offer is worth to a customer."""

from casekit.value.break_even import break_even_programme_cost, break_even_retention
from casekit.value.concentration import customers_for_share, gini, lorenz_curve, top_share
from casekit.value.cost_to_serve import activity_rates, cost_to_serve, cost_to_serve_by_tier, customer_profits
from casekit.value.customer_equity import cohort_equity, customer_equity, lever_elasticities
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
from casekit.value.lifetime_value import (
    TIMINGS,
    fixed_life_bias,
    lifetime_value,
    lifetime_value_forms,
    payment_timeline,
)
from casekit.value.margin_multiple import margin_multiple, margin_multiples
from casekit.value.ownership_cost import compare_ownership, total_cost_of_ownership
from casekit.value.payback import break_even_purchases, break_even_response, payback_periods
from casekit.value.price_volume_mix import price_volume_mix, split_retention
from casekit.value.profit_pattern import PROFIT_SOURCES, payback_year, profit_pattern, value_by_defection
from casekit.value.retention_index import retention_index, revenue_retention
from casekit.value.simple_value import lifetime_revenue, lifetime_value_traps, simple_lifetime_value
from casekit.value.spending_balance import (
    SpendingCurve,
    equity_per_prospect,
    fit_spending_curve,
    spending_balance,
)
from casekit.value.survey import CompleteSurvey, complete_survey
from casekit.value.tenure import (
    expected_lifetime,
    half_life,
    mixed_base,
    mixture_value,
    retention_for_lifetime,
    tenure_table,
)
from casekit.value.value_by_period import convert_lifetime_terms, lifetime_value_by_period
from casekit.value.value_map import fair_value_slope, quality_ratio, value_map, worth_of_point
from casekit.value.value_types import VALUE_TYPES, historic_value, potential_value, value_types
from casekit.value.whale_curve import whale_curve, whale_summary

__all__ = [
    "BENEFITS",
    "COSTS",
    "CompleteSurvey",
    "PROFIT_SOURCES",
    "SpendingCurve",
    "TIMINGS",
    "VALUE_TYPES",
    "activity_rates",
    "break_even_programme_cost",
    "break_even_purchases",
    "break_even_response",
    "break_even_retention",
    "cohort_equity",
    "compare_offers",
    "compare_ownership",
    "complete_survey",
    "components_in_money",
    "convert_lifetime_terms",
    "cost_to_serve",
    "cost_to_serve_by_tier",
    "curve_divergence",
    "curve_gaps",
    "customer_equity",
    "customer_profits",
    "customers_for_share",
    "cycle_needed",
    "delivered_value",
    "economic_value",
    "equity_per_prospect",
    "expected_lifetime",
    "fair_value_slope",
    "fit_spending_curve",
    "fixed_life_bias",
    "fleet_capacity",
    "gini",
    "half_life",
    "historic_value",
    "level_price",
    "level_prices",
    "lever_elasticities",
    "lifetime_revenue",
    "lifetime_value",
    "lifetime_value_by_period",
    "lifetime_value_forms",
    "lifetime_value_traps",
    "lorenz_curve",
    "margin_multiple",
    "margin_multiples",
    "mixed_base",
    "mixture_value",
    "net_of_markup",
    "payback_periods",
    "payback_year",
    "payment_timeline",
    "perceived_value_price",
    "potential_value",
    "present_value_of_saving",
    "price_response",
    "price_volume_mix",
    "profit_pattern",
    "quality_ratio",
    "rank_levers",
    "retention_for_lifetime",
    "retention_index",
    "revenue_retention",
    "simple_lifetime_value",
    "spending_balance",
    "split_retention",
    "surplus_split",
    "tenure_table",
    "top_share",
    "total_cost_of_ownership",
    "value_by_defection",
    "value_map",
    "value_types",
    "whale_curve",
    "whale_summary",
    "worth_of_point",
]
