"""Selling: whom to contact, when, and what a contact changes."""

from casekit.selling.call_list import call_list, caps_by_manager, client_offers, describe_basis, describe_plan
from casekit.selling.client_book import call_reasons, client_features, contactable, day_of_book
from casekit.selling.client_scores import ClientScores, ranking_basis, score_clients
from casekit.selling.contact_plan import ContactPlan, break_even_probability, expected_gain, plan_contacts
from casekit.selling.contact_rules import attempts_worth_making, contact_fatigue
from casekit.selling.diffusion import BassFit, bass_curve, bass_peak, fit_bass
from casekit.selling.display import display_lift
from casekit.selling.display_rotation import (
    DisplayDecay,
    Rotation,
    best_rotation,
    fit_display_decay,
    rotation_gain,
)
from casekit.selling.disposition import Disposition, disposition_from_counts, disposition_from_trades
from casekit.selling.propensity import alift, auc, cumulative_gains, gains_at, lift_at
from casekit.selling.scoring import (
    fit_uplift,
    logistic_model,
    out_of_fold_scores,
    out_of_fold_uplift,
    predict_uplift,
)
from casekit.selling.suitability import disposition_effect, is_suitable
from casekit.selling.triggers import (
    dormant_but_rich,
    inflow_scores,
    large_inflow,
    maturing,
    precision_recall_at,
)
from casekit.selling.uplift import (
    perfect_qini_curve,
    perfect_uplift_curve,
    qini_auc,
    qini_curve,
    treatment_effect,
    uplift_auc,
    uplift_by_group,
    uplift_curve,
)

__all__ = [
    "BassFit",
    "ClientScores",
    "ContactPlan",
    "DisplayDecay",
    "Disposition",
    "Rotation",
    "alift",
    "attempts_worth_making",
    "auc",
    "bass_curve",
    "bass_peak",
    "best_rotation",
    "break_even_probability",
    "call_list",
    "call_reasons",
    "caps_by_manager",
    "client_features",
    "client_offers",
    "contact_fatigue",
    "contactable",
    "cumulative_gains",
    "day_of_book",
    "describe_basis",
    "describe_plan",
    "display_lift",
    "disposition_effect",
    "disposition_from_counts",
    "disposition_from_trades",
    "dormant_but_rich",
    "expected_gain",
    "fit_bass",
    "fit_display_decay",
    "fit_uplift",
    "gains_at",
    "inflow_scores",
    "is_suitable",
    "large_inflow",
    "lift_at",
    "logistic_model",
    "maturing",
    "out_of_fold_scores",
    "out_of_fold_uplift",
    "perfect_qini_curve",
    "perfect_uplift_curve",
    "plan_contacts",
    "precision_recall_at",
    "predict_uplift",
    "qini_auc",
    "qini_curve",
    "ranking_basis",
    "rotation_gain",
    "score_clients",
    "treatment_effect",
    "uplift_auc",
    "uplift_by_group",
    "uplift_curve",
]
