"""F. R. David, *Strategic Management: Concepts and Cases*: the retail computer store."""

import pandas as pd
import pytest

from casekit.errors import CasekitWarning
from casekit.strategy import factor_scores, ife_score, qspm, read_tows

IFE = pd.DataFrame(
    {
        "code": [f"S{n}" for n in range(1, 10)] + [f"W{n}" for n in range(1, 9)],
        "weight": [0.05, 0.07, 0.10, 0.05, 0.02, 0.15, 0.05, 0.03, 0.02]
        + [0.10, 0.15, 0.02, 0.02, 0.04, 0.05, 0.03, 0.05],
        "rating": [3, 4, 3, 3, 3, 3, 4, 3, 3] + [2, 2, 1, 1, 1, 2, 1, 1],
    }
)

TOWS = {
    "SO1": "S4, O3", "SO2": "S6, O5", "SO3": "S5, O5",
    "WO1": "W2, O2", "WO2": "W3, W4, O1", "WO3": "W6, O7, O8", "WO4": "W5, O7",
    "ST1": "S6, S7, T1", "ST2": "S8, T3", "ST3": "S6, T5",
    "WT1": "W8, T1, T4", "WT2": "W3, W4, T1",
}  # fmt: skip


def test_david_table_4_10_internal_factor_evaluation():
    assert IFE["weight"].sum() == pytest.approx(1.00)
    assert ife_score(IFE) == pytest.approx(2.50, abs=0.005)


def test_david_table_4_10_weighted_scores():
    scores = factor_scores(IFE).set_index("code")["score"]
    assert scores[["S1", "S2", "S6", "W1", "W2"]].tolist() == pytest.approx(
        [0.15, 0.28, 0.45, 0.20, 0.30], abs=0.005
    )


def test_david_figure_6_3_every_strategy_lies_in_the_cell_of_its_codes():
    codes = [f"S{n}" for n in range(1, 10)] + [f"W{n}" for n in range(1, 9)]
    codes += [f"O{n}" for n in range(1, 9)] + [f"T{n}" for n in range(1, 6)]
    strategies = pd.DataFrame({"strategy": list(TOWS), "codes": list(TOWS.values())})
    table = read_tows(strategies, pd.DataFrame({"code": codes}))
    assert table["cell"].tolist() == [label[:2] for label in table["strategy"]]
    assert table["cell"].value_counts().to_dict() == {"WO": 4, "SO": 3, "ST": 3, "WT": 2}


#: Rows of table 6-7 whose factors bear on the choice between buying new land and renovating.
QSPM = {
    "O1": (0.10, 4, 0.40, 2, 0.20),
    "O2": (0.10, 2, 0.20, 4, 0.40),
    "O3": (0.08, 1, 0.08, 4, 0.32),
    "T1": (0.15, 4, 0.60, 3, 0.45),
    "T3": (0.12, 4, 0.48, 1, 0.12),
}


def test_david_table_6_7_total_attractiveness_scores():
    rest = 1 - sum(row[0] for row in QSPM.values())
    weights = {**{code: row[0] for code, row in QSPM.items()}, "O9": rest}
    factors = pd.DataFrame({"code": list(weights), "weight": list(weights.values()), "rating": 2})
    scores = pd.DataFrame(
        {code: (row[1], row[3]) for code, row in QSPM.items()}, index=["land", "renovate"]
    ).T
    with pytest.warns(CasekitWarning, match="no row for O9"):
        table = qspm(factors, scores)
    assert table.loc["O9"].isna().all()
    for code, row in QSPM.items():
        assert table.loc[code].tolist() == pytest.approx([row[2], row[4]], abs=0.005)
