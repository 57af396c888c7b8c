"""The customer base as a probability model: who still buys, how often, what that is worth."""

from casekit.customer_base.bg_nbd import BGNBD, MBGNBD
from casekit.customer_base.summary import calibration_holdout, purchase_summary

__all__ = ["BGNBD", "MBGNBD", "calibration_holdout", "purchase_summary"]
