"""Loyalty: tiers, migration between them, what a programme costs and returns."""

from casekit.loyalty.attitude import (
    CONDITIONS,
    LOYALTY_TYPES,
    dick_basu,
    loyalty_type,
    patronage_kept,
    probability_of_staying,
)
from casekit.loyalty.chain_value import chain_value, fundamental_matrix, optimal_stopping
from casekit.loyalty.earned import earned_levels, earned_levels_by_rules
from casekit.loyalty.effect import Effect, programme_effect, programme_return
from casekit.loyalty.levers import lever_account, rivalry_payoffs
from casekit.loyalty.liability import allocate_points, recognise_points
from casekit.loyalty.life_cycle import STAGES, life_cycle_stages, recall_break_even
from casekit.loyalty.migration import (
    compare_migration,
    migration_counts,
    migration_interval,
    migration_matrix,
    project_states,
)
from casekit.loyalty.monthly import monthly_panel, sweep_threshold
from casekit.loyalty.programme import (
    break_even_increment,
    break_even_retention,
    manager_capacity,
    programme_cost,
    restaurant_perks,
)
from casekit.loyalty.rewards import gain_by_threshold, reward_concentration
from casekit.loyalty.tiers import EVENTS, NO_TIER, STATUSES, assign_tiers, tier_sizes

__all__ = [
    "CONDITIONS",
    "EVENTS",
    "LOYALTY_TYPES",
    "NO_TIER",
    "STAGES",
    "STATUSES",
    "Effect",
    "allocate_points",
    "assign_tiers",
    "break_even_increment",
    "break_even_retention",
    "chain_value",
    "compare_migration",
    "dick_basu",
    "earned_levels",
    "earned_levels_by_rules",
    "fundamental_matrix",
    "gain_by_threshold",
    "lever_account",
    "life_cycle_stages",
    "loyalty_type",
    "manager_capacity",
    "migration_counts",
    "migration_interval",
    "migration_matrix",
    "monthly_panel",
    "optimal_stopping",
    "patronage_kept",
    "probability_of_staying",
    "programme_cost",
    "programme_effect",
    "programme_return",
    "project_states",
    "recall_break_even",
    "recognise_points",
    "restaurant_perks",
    "reward_concentration",
    "rivalry_payoffs",
    "sweep_threshold",
    "tier_sizes",
]
