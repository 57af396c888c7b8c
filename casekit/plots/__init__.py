"""Figures: ``plot_<what>(data, *, ax=None) -> Axes``. They draw and label; they never show, save or close."""

from casekit.plots._style import COLOURS, use_style
from casekit.plots.acceptance import plot_operating_characteristic
from casekit.plots.concentration import plot_lorenz_curve
from casekit.plots.customer_base import (
    plot_alive_history,
    plot_calibration,
    plot_decile_lift,
    plot_frequency_recency,
    plot_purchases_by_count,
    plot_spend_independence,
    plot_tracking,
    plot_value_distribution,
)
from casekit.plots.customer_profit import (
    plot_marginal_costs,
    plot_profit_pattern,
    plot_spending_curves,
    plot_whale_curve,
)
from casekit.plots.customer_value import (
    plot_delivered_value,
    plot_level_prices,
    plot_levers,
    plot_price_response,
    plot_value_curve,
    plot_value_map,
)
from casekit.plots.information import plot_quality_scorecard
from casekit.plots.keeping import plot_hiatus_errors, plot_points_ledger, plot_retention_targets
from casekit.plots.lifetime_value import plot_margin_multiples, plot_payment_timeline
from casekit.plots.loyalty import (
    plot_migration,
    plot_patronage_kept,
    plot_state_values,
    plot_threshold_sweep,
    plot_tier_sizes,
)
from casekit.plots.market import plot_bass, plot_display_decay, plot_display_lift, plot_rotation
from casekit.plots.pipeline import (
    plot_buyer_map,
    plot_buying_centre,
    plot_forecast,
    plot_funnel,
    plot_win_rates,
)
from casekit.plots.preferences import plot_importance, plot_market_shares, plot_part_worths
from casekit.plots.programme import plot_gain_by_threshold, plot_programme_waterfall, plot_reward_curve
from casekit.plots.proposition import (
    plot_better_worse,
    plot_opportunity_landscape,
    plot_price_meter,
    plot_saturation,
)
from casekit.plots.ranking import (
    plot_growth_scenarios,
    plot_qspm_ranking,
    plot_rank_probabilities,
    plot_survival_curve,
)
from casekit.plots.response import plot_response_curve
from casekit.plots.retention import (
    plot_point_of_retention,
    plot_repeat_share,
    plot_retention_forecasts,
    plot_value_by_tenure,
)
from casekit.plots.rivalry import plot_escalation, plot_game
from casekit.plots.segments import plot_cohort_heat_map, plot_five_lenses, plot_rfm_heat_map
from casekit.plots.selling import (
    plot_gain_by_capacity,
    plot_gains_curves,
    plot_growth_of_one,
    plot_kinds_called,
    plot_tier_changes,
    plot_trigger_precision,
    plot_uplift_by_group,
    plot_uplift_curves,
)
from casekit.plots.service import (
    plot_control_chart,
    plot_importance_performance,
    plot_pareto,
    plot_recovery_tree,
    plot_staffing,
    plot_waiting_curve,
)
from casekit.plots.strategy import (
    plot_disciplines,
    plot_factor_scores,
    plot_ie_matrix,
    plot_tows_grid,
    plot_weights_compared,
)

__all__ = [
    "COLOURS",
    "plot_alive_history",
    "plot_bass",
    "plot_better_worse",
    "plot_buyer_map",
    "plot_buying_centre",
    "plot_calibration",
    "plot_cohort_heat_map",
    "plot_control_chart",
    "plot_decile_lift",
    "plot_delivered_value",
    "plot_disciplines",
    "plot_display_decay",
    "plot_display_lift",
    "plot_escalation",
    "plot_factor_scores",
    "plot_five_lenses",
    "plot_forecast",
    "plot_frequency_recency",
    "plot_funnel",
    "plot_gain_by_capacity",
    "plot_gain_by_threshold",
    "plot_gains_curves",
    "plot_game",
    "plot_growth_of_one",
    "plot_growth_scenarios",
    "plot_hiatus_errors",
    "plot_ie_matrix",
    "plot_importance",
    "plot_importance_performance",
    "plot_kinds_called",
    "plot_level_prices",
    "plot_levers",
    "plot_lorenz_curve",
    "plot_margin_multiples",
    "plot_marginal_costs",
    "plot_market_shares",
    "plot_migration",
    "plot_operating_characteristic",
    "plot_opportunity_landscape",
    "plot_pareto",
    "plot_part_worths",
    "plot_patronage_kept",
    "plot_payment_timeline",
    "plot_point_of_retention",
    "plot_points_ledger",
    "plot_price_meter",
    "plot_price_response",
    "plot_profit_pattern",
    "plot_programme_waterfall",
    "plot_purchases_by_count",
    "plot_qspm_ranking",
    "plot_quality_scorecard",
    "plot_rank_probabilities",
    "plot_recovery_tree",
    "plot_repeat_share",
    "plot_response_curve",
    "plot_retention_forecasts",
    "plot_retention_targets",
    "plot_reward_curve",
    "plot_rfm_heat_map",
    "plot_rotation",
    "plot_saturation",
    "plot_spend_independence",
    "plot_spending_curves",
    "plot_staffing",
    "plot_state_values",
    "plot_survival_curve",
    "plot_threshold_sweep",
    "plot_tier_changes",
    "plot_tier_sizes",
    "plot_tows_grid",
    "plot_tracking",
    "plot_trigger_precision",
    "plot_uplift_by_group",
    "plot_uplift_curves",
    "plot_value_by_tenure",
    "plot_value_curve",
    "plot_value_distribution",
    "plot_value_map",
    "plot_waiting_curve",
    "plot_weights_compared",
    "plot_whale_curve",
    "plot_win_rates",
    "use_style",
]
