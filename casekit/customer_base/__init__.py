"""The customer base as a probability model: who still buys, how often, what that is worth."""

from casekit.customer_base.bg_bb import BGBB
from casekit.customer_base.bg_nbd import BGNBD, MBGNBD
from casekit.customer_base.gamma_gamma import GammaGamma
from casekit.customer_base.pareto_nbd import ParetoNBD
from casekit.customer_base.sbg import SBG
from casekit.customer_base.summary import calibration_holdout, purchase_summary

__all__ = [
    "BGBB",
    "BGNBD",
    "MBGNBD",
    "SBG",
    "GammaGamma",
    "ParetoNBD",
    "calibration_holdout",
    "purchase_summary",
]
