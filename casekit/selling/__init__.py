"""Selling: whom to contact and when, what a contact changes, and what a pipeline of deals is worth."""

from casekit.selling.buyer_types import (
    buyer_centroids,
    buyer_type_probabilities,
    buyer_types,
    classify_buyers,
    play_payoffs,
)
from casekit.selling.buying_centre import BuyingCentre, buying_centre_coverage
from casekit.selling.call_list import (
    call_list,
    caps_by_manager,
    client_offers,
    describe_basis,
    describe_plan,
    describe_reasons,
    measure_of,
)
from casekit.selling.checklists import checklist, checklist_score
from casekit.selling.client_book import call_reasons, client_features, contactable, day_of_book
from casekit.selling.client_scores import ClientScores, ranking_basis, score_clients
from casekit.selling.client_value import client_value_phases, gate_decision, gate_questions, pass_gates
from casekit.selling.contact_plan import ContactPlan, break_even_probability, expected_gain, plan_contacts
from casekit.selling.contact_rules import attempts_worth_making, contact_fatigue
from casekit.selling.credit import (
    cost_by_cut_off,
    credit_warning_signs,
    default_probability,
    grant_credit,
    red_flag_score,
    warning_sign_weights,
)
from casekit.selling.decisions import best_response, cost_sensitive_threshold, misclassification_cost
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
from casekit.selling.forecast import Forecast, back_test, simulate_forecast
from casekit.selling.funnel import funnel_conversion, funnel_value
from casekit.selling.gates import gate_value, staged_value, waiting_value
from casekit.selling.idea_backlog import ice_score, rice_score, shrink_to_mean
from casekit.selling.pipeline import (
    pipeline_velocity,
    stage_probability,
    stage_record,
    velocity_levers,
    weighted_forecast,
)
from casekit.selling.propensity import alift, auc, cumulative_gains, gains_at, lift_at
from casekit.selling.qualification import HoursPlan, plan_call_hours, qualification_score, value_per_hour
from casekit.selling.response_curve import (
    EffortPlan,
    ResponseCurve,
    adbudg_response,
    best_effort,
    calibrate_adbudg,
)
from casekit.selling.scoring import (
    fit_uplift,
    logistic_model,
    out_of_fold_scores,
    out_of_fold_uplift,
    predict_uplift,
)
from casekit.selling.script_words import PERSUASION_WORDS, script_words
from casekit.selling.social_style import social_styles, style_probabilities
from casekit.selling.stalls import diagnose_stalls, phase_ageing, phase_stays, phase_survival
from casekit.selling.suitability import disposition_effect, is_suitable
from casekit.selling.trial_size import power_two_rates, sample_size_two_rates
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
from casekit.selling.win_rates import UpliftPosterior, WinRateComparison, compare_win_rates, uplift_posterior

__all__ = [
    "PERSUASION_WORDS",
    "BassFit",
    "BuyingCentre",
    "ClientScores",
    "ContactPlan",
    "DisplayDecay",
    "Disposition",
    "EffortPlan",
    "Forecast",
    "HoursPlan",
    "ResponseCurve",
    "Rotation",
    "UpliftPosterior",
    "WinRateComparison",
    "adbudg_response",
    "alift",
    "attempts_worth_making",
    "auc",
    "back_test",
    "bass_curve",
    "bass_peak",
    "best_effort",
    "best_response",
    "best_rotation",
    "break_even_probability",
    "buyer_centroids",
    "buyer_type_probabilities",
    "buyer_types",
    "buying_centre_coverage",
    "calibrate_adbudg",
    "call_list",
    "call_reasons",
    "caps_by_manager",
    "checklist",
    "checklist_score",
    "classify_buyers",
    "client_features",
    "client_offers",
    "client_value_phases",
    "compare_win_rates",
    "contact_fatigue",
    "contactable",
    "cost_by_cut_off",
    "cost_sensitive_threshold",
    "credit_warning_signs",
    "cumulative_gains",
    "day_of_book",
    "default_probability",
    "describe_basis",
    "describe_plan",
    "describe_reasons",
    "diagnose_stalls",
    "display_lift",
    "disposition_effect",
    "disposition_from_counts",
    "disposition_from_trades",
    "dormant_but_rich",
    "expected_gain",
    "fit_bass",
    "fit_display_decay",
    "fit_uplift",
    "funnel_conversion",
    "funnel_value",
    "gains_at",
    "gate_decision",
    "gate_questions",
    "gate_value",
    "grant_credit",
    "ice_score",
    "inflow_scores",
    "is_suitable",
    "large_inflow",
    "lift_at",
    "logistic_model",
    "maturing",
    "measure_of",
    "misclassification_cost",
    "out_of_fold_scores",
    "out_of_fold_uplift",
    "pass_gates",
    "perfect_qini_curve",
    "perfect_uplift_curve",
    "phase_ageing",
    "phase_stays",
    "phase_survival",
    "pipeline_velocity",
    "plan_call_hours",
    "plan_contacts",
    "play_payoffs",
    "power_two_rates",
    "precision_recall_at",
    "predict_uplift",
    "qini_auc",
    "qini_curve",
    "qualification_score",
    "ranking_basis",
    "red_flag_score",
    "rice_score",
    "rotation_gain",
    "sample_size_two_rates",
    "score_clients",
    "script_words",
    "shrink_to_mean",
    "simulate_forecast",
    "social_styles",
    "stage_probability",
    "stage_record",
    "staged_value",
    "style_probabilities",
    "treatment_effect",
    "uplift_auc",
    "uplift_by_group",
    "uplift_curve",
    "uplift_posterior",
    "value_per_hour",
    "velocity_levers",
    "waiting_value",
    "warning_sign_weights",
    "weighted_forecast",
]
