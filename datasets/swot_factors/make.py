"""Makes the six tables of the SWOT case: ``python datasets/swot_factors/make.py``.

Factors, scores and strategies are written here by hand; the pairwise judgements are drawn with a fixed seed
from the importance that three imagined judges attach to the factors, and rounded to Saaty's scale.
"""

import itertools

import numpy as np
import pandas as pd

from casekit.datasets import write_table

SEED = 20

SLIDE, OPINION, ASSUMED = "stated on a slide", "opinion quoted on a slide", "teaching assumption"
COURSE = "course, deck on the customer value proposition"

# code, factor, weight, rating, claim, strength of the evidence
FACTORS = [
    ("S1", "Steady money and people for technology", 0.18, 4, "capital and talent go into innovation", SLIDE),
    ("S2", "3D-printed metal parts in the range", 0.14, 4, "3D printing is one of its concepts", SLIDE),
    ("S3", "Place inside a large aviation group", 0.12, 3, "it belongs to a state aviation group", SLIDE),
    ("S4", "Mission: serve aviation, serve the country", 0.06, 3, "the mission is stated", SLIDE),
    ("S5", "Circular economy: resources used again", 0.08, 3, "it runs a circular economy", SLIDE),
    ("W1", "Long way from drawing to approved part", 0.12, 1, "approval of a part takes years", ASSUMED),
    ("W2", "Few customers, one of them dominant", 0.11, 1, "most parts go to one group of buyers", ASSUMED),
    ("W3", "High unit cost of small batches", 0.09, 2, "set-up cost is spread over few parts", ASSUMED),
    ("W4", "Thin sales force outside defence", 0.05, 2, "civil customers are served on the side", ASSUMED),
    ("W5", "Skilled engineers are hard to hire", 0.05, 2, "posts stay open for months", ASSUMED),
    ("O1", "Defence spending grows steadily", 0.18, 4, "experts expect ten years of growth", OPINION),
    ("O2", "Government subsidy for innovation", 0.10, 3, "the government subsidises the firm", SLIDE),
    ("O3", "Clean-energy equipment needs such parts", 0.12, 2, "clean energy is one of its concepts", SLIDE),
    ("O4", "Civil aircraft makers seek local suppliers", 0.10, 2, "buyers widen supplier lists", ASSUMED),
    ("O5", "Buyers ask for low-waste supply", 0.05, 3, "tenders ask for the share of scrap used", ASSUMED),
    ("T1", "Defence priorities can shift", 0.12, 2, "a programme can be cut in one budget", ASSUMED),
    ("T2", "Rivals buy the same printers", 0.12, 2, "the machines are on the open market", ASSUMED),
    ("T3", "Titanium and steel prices swing", 0.08, 2, "metal is a large part of the cost", ASSUMED),
    ("T4", "Subsidy withdrawn or tied to conditions", 0.06, 2, "subsidies are decided year by year", ASSUMED),
    ("T5", "Stricter approval of printed parts", 0.07, 3, "rules for printed parts are young", ASSUMED),
]

LEAD, LEG, LOOP, SPEED = "Printed-part leader", "Second leg", "Metal loop", "Faster approval"

# label, direction it belongs to, name, factor codes
STRATEGIES = [
    ("SO1", LEAD, "Offer printed parts for new defence programmes", "S1, S2, O1"),
    ("SO2", LOOP, "Sell low-waste parts to clean-energy makers", "S5, O3, O5"),
    ("SO3", LEG, "Enter civil programmes through the group", "S3, O4"),
    ("WO1", SPEED, "Spend the subsidy on shorter approval", "W1, O2"),
    ("WO2", LEG, "Build a sales team for civil and energy buyers", "W2, W4, O3, O4"),
    ("ST1", LEAD, "Get printed parts approved before rivals do", "S1, S2, T2, T5"),
    ("ST2", LOOP, "Take back scrap against metal prices", "S5, T3"),
    ("WT1", LEG, "Win a second group of buyers before the budget turns", "W2, T1"),
    ("WT2", LOOP, "Price small batches by their true metal cost", "W3, T3"),
]

# attractiveness 1 to 4 in the order LEAD, LEG, LOOP, SPEED; None: does not bear on the choice
ATTRACTIVENESS = {
    "S1": (4, 2, 1, 3),
    "S2": (4, 2, 1, 3),
    "S3": (4, 3, 1, 2),
    "S4": None,
    "S5": (1, 3, 4, 1),
    "W1": (2, 2, 1, 4),
    "W2": (1, 4, 2, 2),
    "W3": (2, 1, 4, 3),
    "W4": (1, 4, 2, 1),
    "W5": None,
    "O1": (4, 1, 2, 3),
    "O2": (3, 2, 2, 4),
    "O3": (1, 4, 3, 2),
    "O4": (2, 4, 1, 2),
    "O5": (1, 3, 4, 1),
    "T1": (1, 4, 2, 2),
    "T2": (4, 2, 1, 3),
    "T3": (1, 2, 4, 1),
    "T4": None,
    "T5": (4, 2, 1, 2),
}

# component, discipline, importance to the customer, then scores 0 to 10 of the firm and two rivals
PROPOSITION = [
    ("price", "operational excellence", 0.15, 5, 7, 6),
    ("time", "operational excellence", 0.20, 5, 6, 7),
    ("quality", "product leadership", 0.25, 9, 7, 7),
    ("function", "product leadership", 0.20, 9, 6, 7),
    ("image", "customer intimacy", 0.05, 8, 6, 6),
    ("relationship", "customer intimacy", 0.15, 6, 7, 6),
]

# part of the analysis frame, claim, strength, factor codes
CLAIMS = [
    ("1 what it is", "The offer is a better, more advanced product", SLIDE, "S1, S2"),
    ("1 what it is", "3D printing and clean energy are part of the offer", SLIDE, "S2, O3"),
    ("2 what it means", "The mission gives staff and buyers a reason to stay", SLIDE, "S4"),
    ("2 what it means", "The circular economy brings more benefit", SLIDE, "S5"),
    ("3 reasons", "Technology gets money and people year after year", SLIDE, "S1"),
    ("3 reasons", "Defence investment will grow for ten years", OPINION, "O1"),
    ("3 reasons", "The government subsidises the firm", SLIDE, "O2"),
    ("3 reasons", "Rivals cannot copy the printed parts soon", ASSUMED, "T2, T5"),
    ("4 conclusion", "Product leadership is the right direction", OPINION, "S1, S2, O1"),
]

# how much more each imagined judge cares for some factors than the weights above say
LEANINGS = {
    "engineering": {"S1": 1.6, "S2": 1.8, "W1": 1.6, "O2": 1.4, "T2": 1.5, "T5": 1.8},
    "sales": {"W2": 2.0, "W4": 2.2, "S3": 1.5, "O3": 1.6, "O4": 2.2, "T1": 1.6},
    "finance": {"W2": 1.8, "W3": 1.8, "S5": 1.5, "T1": 1.8, "T3": 1.6, "O1": 0.7},
}

#: Share of the pairs that each judge answered, and the noise of an answer (standard deviation of its log).
ANSWERED, NOISE = 0.7, 0.35


def judgements(factors: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Each judge's answers to a random part of the pairs of each side, on the scale 1/9 to 9."""
    records = []
    sides = {
        "internal": factors[factors["kind"].isin(["S", "W"])],
        "external": factors[factors["kind"].isin(["O", "T"])],
    }
    for judge, leaning in LEANINGS.items():
        for side, own in sides.items():
            importance = {
                code: weight * leaning.get(code, 1.0)
                for code, weight in zip(own["code"], own["weight"], strict=True)
            }
            for left, right in itertools.combinations(importance, 2):
                answered = rng.random() < ANSWERED
                ratio = importance[left] / importance[right] * np.exp(rng.normal(0, NOISE))
                if answered:
                    records.append((judge, side, left, right, saaty(ratio)))
    return pd.DataFrame(records, columns=["judge", "side", "left", "right", "value"])


def saaty(ratio: float) -> float:
    """The nearest judgement on Saaty's scale: 1, 2 to 9, or one over them."""
    whole = float(np.clip(round(max(ratio, 1 / ratio)), 1, 9))
    return whole if ratio >= 1 else 1 / whole


def main() -> None:
    name = "swot_factors"
    factors = pd.DataFrame(FACTORS, columns=["code", "factor", "weight", "rating", "claim", "strength"])
    factors.insert(1, "kind", factors["code"].str[0])
    factors["source"] = [COURSE if strength != ASSUMED else "none" for strength in factors["strength"]]
    write_table(factors, name, "factors.csv")
    strategies = pd.DataFrame(STRATEGIES, columns=["strategy", "direction", "name", "codes"])
    write_table(strategies, name, "strategies.csv")
    scores = pd.DataFrame(
        [(code, *(row or ["-"] * 4)) for code, row in ATTRACTIVENESS.items()],
        columns=["code", LEAD, LEG, LOOP, SPEED],
    )
    write_table(scores, name, "attractiveness.csv")
    write_table(judgements(factors, np.random.default_rng(SEED)), name, "judgements.csv", decimals=4)
    proposition = pd.DataFrame(
        PROPOSITION, columns=["component", "discipline", "weight", "firm", "rival_a", "rival_b"]
    )
    write_table(proposition, name, "proposition.csv")
    claims = pd.DataFrame(CLAIMS, columns=["part", "claim", "strength", "codes"])
    write_table(claims, name, "claims.csv")


if __name__ == "__main__":
    main()
