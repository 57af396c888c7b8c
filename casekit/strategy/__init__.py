"""Choosing a direction: SWOT with weights, TOWS, QSPM, AHP, the value proposition."""

from casekit.strategy.ahp import (
    CONSISTENCY_LIMIT,
    Consistency,
    ahp_consistency,
    ahp_weights,
    random_index,
)
from casekit.strategy.comparisons import comparison_matrix
from casekit.strategy.factors import (
    AVERAGE_SCORE,
    efe_score,
    factor_scores,
    ie_cell,
    ife_score,
    read_factors,
    reweight,
)
from casekit.strategy.judges import aggregate_judgements, judge_consistency, judgement_gaps
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
    "COMPONENTS",
    "CONSISTENCY_LIMIT",
    "Consistency",
    "DISCIPLINES",
    "aggregate_judgements",
    "ahp_consistency",
    "ahp_weights",
    "break_even_growth",
    "comparison_matrix",
    "direction_npv",
    "discipline_check",
    "discipline_verdict",
    "efe_score",
    "factor_scores",
    "ie_cell",
    "ife_score",
    "judge_consistency",
    "judgement_gaps",
    "orphan_factors",
    "qspm",
    "qspm_ranking",
    "random_index",
    "rank_probabilities",
    "ranking_survival",
    "read_attractiveness",
    "read_factors",
    "read_tows",
    "reweight",
    "scores_from_links",
    "simulate_totals",
    "split_codes",
    "survival_curve",
    "tows_candidates",
    "tows_links",
    "value_proposition_scores",
    "weight_spread",
    "weights_that_overturn",
    "wobble_weights",
]
