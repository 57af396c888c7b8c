"""Loyalty: tiers, migration between them, what a programme costs and returns."""
