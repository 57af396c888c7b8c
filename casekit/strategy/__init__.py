"""Strategy: SWOT factors and matrices, the analytic hierarchy process, the robustness of a ranking."""
