"""Loyalty: tiers, migration between them, what a programme costs and returns."""

from casekit.loyalty.tiers import (
    EVENTS,
    NO_TIER,
    STATUSES,
    assign_tiers,
    earned_levels,
    earned_levels_by_rules,
    tier_sizes,
)

__all__ = [
    "EVENTS",
    "NO_TIER",
    "STATUSES",
    "assign_tiers",
    "earned_levels",
    "earned_levels_by_rules",
    "tier_sizes",
]
