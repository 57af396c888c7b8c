"""What a firm knows of its customers: reading files, data quality, entity resolution, consent, questions."""

from casekit.information.blocking import blocking_quality, candidate_pairs
from casekit.information.case_library import gower_similarity, nearest_cases
from casekit.information.check import FileCheck, check_client_file
from casekit.information.consent import consent_status, with_consent
from casekit.information.entities import link_quality, merge_matches, true_pairs
from casekit.information.golden_questions import entropy, next_question, rank_questions, update_segments
from casekit.information.linkage import compare_pairs, match_probability, match_weight, score_pairs
from casekit.information.match_models import MatchModel, chance_agreement, fit_match_model, match_model
from casekit.information.profile import fact_half_life, freshness, profile_completeness, review_interval
from casekit.information.quality import DIMENSIONS, SIX_TESTS, quality_scorecard, six_tests
from casekit.information.reading import ClientFile, read_client_file
from casekit.information.reading_text import parse_reading
from casekit.information.similarity import jaro_similarity, jaro_winkler_similarity
from casekit.information.template import write_template
from casekit.information.worklist import write_worklist

__all__ = [
    "DIMENSIONS",
    "SIX_TESTS",
    "ClientFile",
    "FileCheck",
    "MatchModel",
    "blocking_quality",
    "candidate_pairs",
    "chance_agreement",
    "check_client_file",
    "compare_pairs",
    "consent_status",
    "entropy",
    "fact_half_life",
    "fit_match_model",
    "freshness",
    "gower_similarity",
    "jaro_similarity",
    "jaro_winkler_similarity",
    "link_quality",
    "match_model",
    "match_probability",
    "match_weight",
    "merge_matches",
    "nearest_cases",
    "next_question",
    "parse_reading",
    "profile_completeness",
    "quality_scorecard",
    "rank_questions",
    "read_client_file",
    "review_interval",
    "score_pairs",
    "six_tests",
    "true_pairs",
    "update_segments",
    "with_consent",
    "write_template",
    "write_worklist",
]
