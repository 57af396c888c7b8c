"""What a customer is worth, and what an offer is worth to a customer."""

from casekit.value.concentration import customers_for_share, gini, lorenz_curve, top_share

__all__ = ["customers_for_share", "gini", "lorenz_curve", "top_share"]
