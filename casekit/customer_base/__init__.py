"""The customer base as a probability model: who still buys, how often, what that is worth."""

from casekit.customer_base.baselines import hiatus_forecast, hiatus_rule, last_period_forecast, rfm_ranking
from casekit.customer_base.bg_bb import BGBB
from casekit.customer_base.bg_nbd import BGNBD, MBGNBD
from casekit.customer_base.gamma_gamma import GammaGamma
from casekit.customer_base.holdout import (
    calibration_by_frequency,
    compare_forecasts,
    decile_lift,
    forecast_errors,
    interval_coverage,
    ranking_gini,
)
from casekit.customer_base.independence import SpendIndependence, check_spend_independence
from casekit.customer_base.lifetime_value import lifetime_value, lifetime_value_interval
from casekit.customer_base.pareto_nbd import ParetoNBD
from casekit.customer_base.sbg import SBG
from casekit.customer_base.summary import calibration_holdout, purchase_summary
from casekit.customer_base.tracking import probability_alive_history, purchases_by_count, track_purchases

__all__ = [
    "BGBB",
    "BGNBD",
    "MBGNBD",
    "SBG",
    "GammaGamma",
    "ParetoNBD",
    "SpendIndependence",
    "calibration_by_frequency",
    "calibration_holdout",
    "check_spend_independence",
    "compare_forecasts",
    "decile_lift",
    "forecast_errors",
    "hiatus_forecast",
    "hiatus_rule",
    "interval_coverage",
    "last_period_forecast",
    "lifetime_value",
    "lifetime_value_interval",
    "probability_alive_history",
    "purchase_summary",
    "purchases_by_count",
    "ranking_gini",
    "rfm_ranking",
    "track_purchases",
]
