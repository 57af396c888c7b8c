"""Service and contact: complaints, waiting, satisfaction, keeping in touch, delivery."""

from casekit.service.acceptance_sampling import (
    SamplingPlan,
    acceptance_probability,
    inspection_cost,
    rectifying_inspection,
    smallest_sampling_plan,
)
from casekit.service.business_hours import BusinessHours
from casekit.service.channels import assign_channels, fit_by_role
from casekit.service.commission import break_even_commission, trailing_commission
from casekit.service.complaints import (
    OUTCOMES,
    RecoveryTree,
    break_even_desk_cost,
    recovery_tree,
    tarp_cells,
    value_of_complaint,
)
from casekit.service.contact_audit import LIMITS, MISTAKES, audit_contacts
from casekit.service.contact_calendar import (
    contact_calendar,
    contact_hours,
    course_cadence,
    response_by_contacts,
)
from casekit.service.content_mix import CONTENT_RULE, MixTest, content_mix_test, exact_multinomial_p
from casekit.service.control_chart import nps_chart, p_chart, u_chart
from casekit.service.importance_performance import QUADRANTS, derived_importance, importance_performance
from casekit.service.learning_curve import LearningFit, fit_learning_curve, learning_curve, units_to_reach
from casekit.service.newsvendor import NewsvendorPlan, critical_ratio, newsvendor, newsvendor_discrete
from casekit.service.pareto import complaint_pareto
from casekit.service.perfect_order import perfect_order_index, perfect_orders
from casekit.service.postponement import lead_time_cost, postponement_value
from casekit.service.proportions import Proportion, proportion_interval
from casekit.service.queueing import (
    agents_needed,
    erlang_b,
    erlang_c,
    load_carried,
    queue_performance,
    staffing_table,
)
from casekit.service.recovery_paradox import recovery_paradox
from casekit.service.referral import (
    cost_of_referred_customer,
    referral_growth,
    referral_multiplier,
    referral_total,
    viral_coefficient,
)
from casekit.service.satisfaction import (
    NetPromoterScore,
    compare_nps,
    net_promoter_score,
    nps_from_counts,
    peak_end,
    share_satisfied,
)
from casekit.service.scales import Reliability, cronbach_alpha, relationship_quality
from casekit.service.service_level import (
    TARGETS,
    response_times,
    service_level,
    waiting_curve,
    waiting_percentiles,
)
from casekit.service.servqual import DIMENSIONS, servqual_gaps

__all__ = [
    "CONTENT_RULE",
    "DIMENSIONS",
    "LIMITS",
    "MISTAKES",
    "OUTCOMES",
    "QUADRANTS",
    "TARGETS",
    "BusinessHours",
    "LearningFit",
    "MixTest",
    "NetPromoterScore",
    "NewsvendorPlan",
    "Proportion",
    "RecoveryTree",
    "Reliability",
    "SamplingPlan",
    "acceptance_probability",
    "agents_needed",
    "assign_channels",
    "audit_contacts",
    "break_even_commission",
    "break_even_desk_cost",
    "compare_nps",
    "complaint_pareto",
    "contact_calendar",
    "contact_hours",
    "content_mix_test",
    "cost_of_referred_customer",
    "course_cadence",
    "critical_ratio",
    "cronbach_alpha",
    "derived_importance",
    "erlang_b",
    "erlang_c",
    "exact_multinomial_p",
    "fit_by_role",
    "fit_learning_curve",
    "importance_performance",
    "inspection_cost",
    "lead_time_cost",
    "learning_curve",
    "load_carried",
    "net_promoter_score",
    "newsvendor",
    "newsvendor_discrete",
    "nps_chart",
    "nps_from_counts",
    "p_chart",
    "peak_end",
    "perfect_order_index",
    "perfect_orders",
    "postponement_value",
    "proportion_interval",
    "queue_performance",
    "recovery_paradox",
    "recovery_tree",
    "rectifying_inspection",
    "referral_growth",
    "referral_multiplier",
    "referral_total",
    "relationship_quality",
    "response_by_contacts",
    "response_times",
    "service_level",
    "servqual_gaps",
    "share_satisfied",
    "smallest_sampling_plan",
    "staffing_table",
    "tarp_cells",
    "trailing_commission",
    "u_chart",
    "units_to_reach",
    "value_of_complaint",
    "viral_coefficient",
    "waiting_curve",
    "waiting_percentiles",
]
