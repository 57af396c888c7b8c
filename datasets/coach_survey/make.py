"""Makes the simulated survey and its list of levers: ``python datasets/coach_survey/make.py``."""

import numpy as np

from casekit.datasets import write_table
from casekit.simulate.coach_survey import LEVERS, simulate_coach_survey

SEED = 2006
RESPONDENTS = 480


def main() -> None:
    survey = simulate_coach_survey(RESPONDENTS, rng=np.random.default_rng(SEED))
    write_table(survey.ratings, "coach_survey", "coach_survey.csv.gz")
    write_table(LEVERS, "coach_survey", "levers.csv")


if __name__ == "__main__":
    main()
