"""Choosing a direction and an offer: SWOT with weights, TOWS, QSPM, AHP, the canvas, Kano, conjoint."""

from casekit.strategy.ahp import (
    CONSISTENCY_LIMIT,
    Consistency,
    ahp_consistency,
    ahp_weights,
    random_index,
)
from casekit.strategy.canvas import (
    NEED_KINDS,
    CanvasFit,
    CanvasOrphans,
    canvas_coverage,
    canvas_fit,
    canvas_orphans,
    read_links,
)
from casekit.strategy.canvas_lint import ENTRY_KINDS, LINT_RULES, lint_canvas, lint_summary
from casekit.strategy.comparisons import comparison_matrix
from casekit.strategy.conjoint import average_part_worths, conjoint_fit, effects_coding, part_worths
from casekit.strategy.conjoint_importance import (
    attribute_importance,
    importance_by_respondent,
    pooled_importance,
)
from casekit.strategy.conjoint_price import price_slopes, willingness_summary, willingness_to_pay
from casekit.strategy.development import (
    PULL_STAGES,
    PUSH_STAGES,
    DevelopmentOutlook,
    compare_development,
    development_matrix,
    development_outlook,
)
from casekit.strategy.errc import ERRC_ACTIONS, errc_grid
from casekit.strategy.factors import (
    AVERAGE_SCORE,
    efe_score,
    factor_scores,
    ie_cell,
    ife_score,
    read_factors,
    reweight,
)
from casekit.strategy.feature_set import FeatureSet, coverage_by_budget, minimum_features
from casekit.strategy.gabor_granger import gabor_granger
from casekit.strategy.interviews import (
    NeedDetection,
    fit_need_detection,
    interviews_needed,
    interviews_to_hear,
    needs_identified,
)
from casekit.strategy.judges import aggregate_judgements, judge_consistency, judgement_gaps
from casekit.strategy.kano import (
    KANO_ANSWERS,
    KANO_CATEGORIES,
    KANO_TABLE,
    kano_average,
    kano_categories,
    kano_counts,
)
from casekit.strategy.kano_results import fong_test, kano_coefficients, kano_intervals, kano_results
from casekit.strategy.market_simulator import (
    CHOICE_RULES,
    calibrate_scale,
    choice_probabilities,
    market_shares,
    profile_utilities,
)
from casekit.strategy.opportunity import OPPORTUNITY_BANDS, SERVICE_ZONES, opportunity_scores, top_box_scores
from casekit.strategy.price_meter import METER_QUESTIONS, PriceMeter, price_meter, price_meter_curves
from casekit.strategy.qspm import qspm, qspm_ranking, read_attractiveness, scores_from_links
from casekit.strategy.robustness import (
    rank_probabilities,
    ranking_survival,
    simulate_totals,
    survival_curve,
    weight_spread,
    weights_that_overturn,
    wobble_weights,
)
from casekit.strategy.saturation import Saturation, saturation_curve, saturation_point, unheard_needs
from casekit.strategy.scenario import break_even_growth, direction_npv
from casekit.strategy.tows import orphan_factors, read_tows, split_codes, tows_candidates, tows_links
from casekit.strategy.value_proposition import (
    COMPONENTS,
    DISCIPLINES,
    discipline_check,
    discipline_verdict,
    value_proposition_scores,
)

__all__ = [
    "AVERAGE_SCORE",
    "CHOICE_RULES",
    "COMPONENTS",
    "CONSISTENCY_LIMIT",
    "CanvasFit",
    "CanvasOrphans",
    "Consistency",
    "DISCIPLINES",
    "DevelopmentOutlook",
    "ENTRY_KINDS",
    "ERRC_ACTIONS",
    "FeatureSet",
    "KANO_ANSWERS",
    "KANO_CATEGORIES",
    "KANO_TABLE",
    "LINT_RULES",
    "METER_QUESTIONS",
    "NEED_KINDS",
    "NeedDetection",
    "OPPORTUNITY_BANDS",
    "PULL_STAGES",
    "PUSH_STAGES",
    "PriceMeter",
    "SERVICE_ZONES",
    "Saturation",
    "aggregate_judgements",
    "ahp_consistency",
    "ahp_weights",
    "attribute_importance",
    "average_part_worths",
    "break_even_growth",
    "calibrate_scale",
    "canvas_coverage",
    "canvas_fit",
    "canvas_orphans",
    "choice_probabilities",
    "compare_development",
    "comparison_matrix",
    "conjoint_fit",
    "coverage_by_budget",
    "development_matrix",
    "development_outlook",
    "direction_npv",
    "discipline_check",
    "discipline_verdict",
    "efe_score",
    "effects_coding",
    "errc_grid",
    "factor_scores",
    "fit_need_detection",
    "fong_test",
    "gabor_granger",
    "ie_cell",
    "ife_score",
    "importance_by_respondent",
    "interviews_needed",
    "interviews_to_hear",
    "judge_consistency",
    "judgement_gaps",
    "kano_average",
    "kano_categories",
    "kano_coefficients",
    "kano_counts",
    "kano_intervals",
    "kano_results",
    "lint_canvas",
    "lint_summary",
    "market_shares",
    "minimum_features",
    "needs_identified",
    "opportunity_scores",
    "orphan_factors",
    "part_worths",
    "pooled_importance",
    "price_meter",
    "price_meter_curves",
    "price_slopes",
    "profile_utilities",
    "qspm",
    "qspm_ranking",
    "random_index",
    "rank_probabilities",
    "ranking_survival",
    "read_attractiveness",
    "read_factors",
    "read_links",
    "read_tows",
    "reweight",
    "saturation_curve",
    "saturation_point",
    "scores_from_links",
    "simulate_totals",
    "split_codes",
    "survival_curve",
    "top_box_scores",
    "tows_candidates",
    "tows_links",
    "unheard_needs",
    "value_proposition_scores",
    "weight_spread",
    "weights_that_overturn",
    "willingness_summary",
    "willingness_to_pay",
    "wobble_weights",
]
