"""Who the customers are in groups: RFM, grades, needs, cohorts and the customer-base audit."""

from casekit.segments.agreement import Kappa, cohen_kappa, confusion_table
from casekit.segments.baskets import (
    BASKET_QUADRANTS,
    basket_quadrants,
    cross_sell_candidates,
    product_pairs,
)
from casekit.segments.break_even import break_even_index
from casekit.segments.clusters import Clusters, k_means, silhouette
from casekit.segments.cohorts import COHORT_MEASURES, acquisition_cohorts, cohort_table
from casekit.segments.comparison import compare_gradings, rank_correlation, top_overlap
from casekit.segments.grading import abc_by_rule, abc_by_value, grade_by_rank
from casekit.segments.lenses_of_a_period import (
    CustomerDifferences,
    PeriodComparison,
    lens_1_how_customers_differ,
    lens_2_what_changed,
)
from casekit.segments.lenses_of_cohorts import (
    BaseHealth,
    lens_3_cohort_over_time,
    lens_4_cohorts_compared,
    lens_5_whole_base,
)
from casekit.segments.needs import NeedSegments, need_gaps, segment_by_need
from casekit.segments.rfm import rfm_table
from casekit.segments.rfm_scores import rfm_cut_points, rfm_scores
from casekit.segments.rfm_segments import (
    name_segments,
    rfm_segment_table,
    segment_reach,
    segment_summary,
)

__all__ = [
    "BASKET_QUADRANTS",
    "COHORT_MEASURES",
    "BaseHealth",
    "Clusters",
    "CustomerDifferences",
    "Kappa",
    "NeedSegments",
    "PeriodComparison",
    "abc_by_rule",
    "abc_by_value",
    "acquisition_cohorts",
    "basket_quadrants",
    "break_even_index",
    "cohen_kappa",
    "cohort_table",
    "compare_gradings",
    "confusion_table",
    "cross_sell_candidates",
    "grade_by_rank",
    "k_means",
    "lens_1_how_customers_differ",
    "lens_2_what_changed",
    "lens_3_cohort_over_time",
    "lens_4_cohorts_compared",
    "lens_5_whole_base",
    "name_segments",
    "need_gaps",
    "product_pairs",
    "rank_correlation",
    "rfm_cut_points",
    "rfm_scores",
    "rfm_segment_table",
    "rfm_table",
    "segment_by_need",
    "segment_reach",
    "segment_summary",
    "silhouette",
    "top_overlap",
]
