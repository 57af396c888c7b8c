"""Loyalty: tiers, migration between them, why customers stay, what a programme costs and returns."""

from casekit.loyalty.absorption import absorption_probabilities, fundamental_matrix, steady_state
from casekit.loyalty.attitude import (
    CONDITIONS,
    LOYALTY_TYPES,
    SATISFACTION_TYPES,
    dick_basu,
    jones_sasser_type,
    loyalty_type,
)
from casekit.loyalty.chain_value import chain_value, optimal_stopping, step_values
from casekit.loyalty.contrast import contrast_cost
from casekit.loyalty.dilemma import GAME_KINDS, cooperation_threshold, game_kind
from casekit.loyalty.earned import earned_levels, earned_levels_by_rules
from casekit.loyalty.effect import Effect, programme_effect, programme_return
from casekit.loyalty.escalation import escalation_path, escalation_payoffs
from casekit.loyalty.games import dominant_strategies, equilibria
from casekit.loyalty.hiatus import best_hiatus, days_since_last_purchase, hiatus_errors, waking_account
from casekit.loyalty.homogeneity import ChainTest, migration_fit, migration_homogeneity, migration_memory
from casekit.loyalty.levers import lever_account, rivalry_payoffs
from casekit.loyalty.liability import allocate_points, recognise_points
from casekit.loyalty.life_cycle import STAGES, life_cycle_stages, recall_break_even, recall_value
from casekit.loyalty.migration import (
    compare_migration,
    migration_counts,
    migration_interval,
    migration_matrix,
    project_states,
)
from casekit.loyalty.monthly import monthly_panel, sweep_threshold
from casekit.loyalty.points_ledger import points_ledger
from casekit.loyalty.points_pressure import points_pressure
from casekit.loyalty.programme import (
    break_even_increment,
    manager_capacity,
    programme_cost,
    restaurant_perks,
)
from casekit.loyalty.promises import promises_kept, promises_needed, worth_of_keeping
from casekit.loyalty.redemption import redemption_forecast
from casekit.loyalty.relationship import (
    PHASES,
    SERVICE_LEVELS,
    phase_chain,
    relationship_level,
    two_sided_surplus,
)
from casekit.loyalty.retention_offer import retention_campaign_profit, retention_offer_gain
from casekit.loyalty.retention_targets import compare_retention_targets
from casekit.loyalty.reward_design import (
    REWARD_QUESTIONS,
    RewardDesign,
    reward_questions,
    score_reward_design,
)
from casekit.loyalty.rewards import gain_by_threshold, reward_concentration
from casekit.loyalty.staying import patronage_kept, probability_of_staying
from casekit.loyalty.tiers import EVENTS, NO_TIER, STATUSES, assign_tiers, tier_sizes

__all__ = [
    "CONDITIONS",
    "EVENTS",
    "GAME_KINDS",
    "LOYALTY_TYPES",
    "NO_TIER",
    "PHASES",
    "REWARD_QUESTIONS",
    "SATISFACTION_TYPES",
    "SERVICE_LEVELS",
    "STAGES",
    "STATUSES",
    "ChainTest",
    "Effect",
    "RewardDesign",
    "absorption_probabilities",
    "allocate_points",
    "assign_tiers",
    "best_hiatus",
    "break_even_increment",
    "chain_value",
    "compare_migration",
    "compare_retention_targets",
    "contrast_cost",
    "cooperation_threshold",
    "days_since_last_purchase",
    "dick_basu",
    "dominant_strategies",
    "earned_levels",
    "earned_levels_by_rules",
    "equilibria",
    "escalation_path",
    "escalation_payoffs",
    "fundamental_matrix",
    "gain_by_threshold",
    "game_kind",
    "hiatus_errors",
    "jones_sasser_type",
    "lever_account",
    "life_cycle_stages",
    "loyalty_type",
    "manager_capacity",
    "migration_counts",
    "migration_fit",
    "migration_homogeneity",
    "migration_interval",
    "migration_matrix",
    "migration_memory",
    "monthly_panel",
    "optimal_stopping",
    "patronage_kept",
    "phase_chain",
    "points_ledger",
    "points_pressure",
    "probability_of_staying",
    "programme_cost",
    "programme_effect",
    "programme_return",
    "project_states",
    "promises_kept",
    "promises_needed",
    "recall_break_even",
    "recall_value",
    "recognise_points",
    "redemption_forecast",
    "relationship_level",
    "restaurant_perks",
    "retention_campaign_profit",
    "retention_offer_gain",
    "reward_concentration",
    "reward_questions",
    "rivalry_payoffs",
    "score_reward_design",
    "steady_state",
    "step_values",
    "sweep_threshold",
    "tier_sizes",
    "two_sided_surplus",
    "waking_account",
    "worth_of_keeping",
]
