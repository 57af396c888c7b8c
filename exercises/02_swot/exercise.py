# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.datasets import load_swot_factors
from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz
from casekit.strategy import direction_npv

about(
    title="Four directions, money for one. Which comes first?",
    minutes=90,
    notebook="02_swot",
    week=2,
    needs="pandas: filters, Series arithmetic; shares and weighted means",
)

SHEET = load_swot_factors().set_index("code")
SCORES = load_swot_factors("attractiveness").set_index("code").apply(pd.to_numeric, errors="coerce")
STRATEGIES = load_swot_factors("strategies")
CODES = list(SHEET.index)
INSIDE = np.array([code[0] in "SW" for code in CODES])
JUDGED = ["O1", "O2", "O3", "O4", "T1"]


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """One student's list, with its weights, scores, strategies, judgements, colleagues and money."""
    points, rating, backed = _factors(rng)
    weight = points / np.where(INSIDE, points[INSIDE].sum(), points[~INSIDE].sum())
    scores, order = _scores(weight, rng)
    factors = pd.DataFrame(
        {
            "code": CODES,
            "side": np.where(INSIDE, "internal", "external"),
            "factor": SHEET["factor"].to_numpy(),
            "points": points,
            "rating": rating,
            "evidence": np.where(backed, "document", "none"),
        }
    )
    attractiveness = pd.DataFrame(scores, columns=SCORES.columns)
    attractiveness.insert(0, "code", CODES)
    return {
        "factors": factors,
        "judgements": _judgements(rng),
        "strategies": _strategies(rng),
        "attractiveness": attractiveness,
        "finalists": pd.DataFrame({"place": [1, 2], "direction": SCORES.columns[order[:2]]}),
        "colleagues": _colleagues(weight, scores, order[0], rng),
        "terms": pd.DataFrame(_terms(rng), columns=["term", "value", "unit"]),
    }


def _factors(rng):
    """Points, ratings and evidence: the heaviest factor inside has no room, a strength has most."""
    base, kinds = SHEET["weight"].to_numpy(), SHEET["kind"].to_numpy()
    top = np.where(kinds == "W", 2, 4)[INSIDE]
    for _draw in range(400):
        scale = np.where(INSIDE, rng.uniform(60, 150), rng.uniform(60, 150))
        points = np.maximum(2, np.rint(base * scale * np.exp(rng.normal(0, 0.35, len(base))))).astype(int)
        rating = SHEET["rating"].to_numpy() + rng.choice([-1, 0, 0, 1], len(base))
        low, high = np.where(kinds == "S", 3, 1), np.where(kinds == "W", 2, 4)
        rating = np.clip(rating, low, high).astype(int)
        backed = rng.random(len(base)) < rng.uniform(0.35, 0.6)
        inner, marks = points[INSIDE], rating[INSIDE]
        room = (top - marks) * inner
        picks = [room.argmax(), inner.argmax(), ((4 - marks) * inner).argmax()]
        share = inner[~backed[INSIDE]].sum() / inner.sum()
        shares = [share, 1 - share, (~backed[INSIDE]).mean(), inner[~backed[INSIDE]].sum() / points.sum()]
        sums = np.array([inner.sum(), points[~INSIDE].sum()])
        clear = all(np.sort(values)[-1] > np.sort(values)[-2] for values in (room, inner))
        if (
            clear
            and len(set(picks)) == 3
            and 0.15 < share < 0.85
            and _apart(shares)
            and (abs(sums - 100) > 9).all()
        ):
            break
    return points, rating, backed


def _apart(values, gap=0.006):
    """True if no two of the values are near each other."""
    return np.diff(np.sort(values)).min() > gap


def _scores(weight, rng):
    """Attractiveness of each direction; a leader whose lead hangs on the weight of O1."""
    place = CODES.index("O1")
    for _draw in range(600):
        slip = rng.choice([-1, 0, 0, 0, 1], SCORES.shape)
        scores = np.clip(SCORES.to_numpy() + slip, 1, 4)
        known = np.nan_to_num(scores)
        totals = weight @ known
        order = np.argsort(-totals)
        lead = known[:, order[0]] - known[:, order[1]]
        needed = _tipping(lead, weight, place)
        first, then, third = totals[order[:3]]
        near = first - then > 0.04 and 0.01 < then - third < 0.25
        if near and lead[place] and 0.03 < needed < 0.5 and abs(needed - weight[place]) > 0.03:
            stay = weight[place] - (first - then) / lead[place]
            slips = [needed - weight[place], stay, _tipping(lead * ~INSIDE, weight, place)]
            if _apart([needed, -needed, needed / 100, *slips]):
                break
    return scores, order


def _tipping(lead, weight, place):
    """Weight of one outside factor at which the lead is gone, the others outside in proportion."""
    others = ~INSIDE & (np.arange(len(weight)) != place)
    rest = (lead * weight)[others].sum() / weight[others].sum()
    slope = lead[place] - rest
    return -((lead * weight)[INSIDE].sum() + rest) / slope if abs(slope) > 0.05 else np.nan


def _judgements(rng):
    """How many times as important is left as right: one judge, who contradicts herself a little."""
    while True:
        true = rng.dirichlet([6, 4, 4, 3, 3])
        rows, table = [], np.eye(len(JUDGED))
        for i, left in enumerate(JUDGED):
            for j in range(i + 1, len(JUDGED)):
                ratio = true[i] / true[j] * np.exp(rng.normal(0, 0.45))
                times = float(np.clip(np.rint(max(ratio, 1 / ratio)), 1, 9))
                table[i, j] = times if ratio >= 1 else 1 / times
                table[j, i] = 1 / table[i, j]
                rows.append((left, JUDGED[j], table[i, j]))
        if np.linalg.eigvals(table).real.max() > 5.06:
            break
    return pd.DataFrame(rows, columns=["left", "right", "value"])


def _strategies(rng):
    """Seven of the nine strategies, at least one for each direction."""
    while True:
        kept = STRATEGIES.iloc[np.sort(rng.choice(len(STRATEGIES), 7, replace=False))]
        named = set(", ".join(kept["codes"]).split(", "))
        if kept["direction"].nunique() == 4 and len(set(CODES) - named) >= 4:
            return kept[["strategy", "name", "codes", "direction"]].reset_index(drop=True)


def _colleagues(weight, scores, leader, rng):
    """Weights that a hundred and twenty colleagues would give: each side adds up to 1 but for rounding."""
    known = np.nan_to_num(scores)
    for _draw in range(50):
        firm = rng.uniform(40, 90)
        given = np.empty((120, len(weight)))
        for side in (INSIDE, ~INSIDE):
            given[:, side] = rng.dirichlet(firm * weight[side], 120)
        ahead = [
            ((values @ known).argsort(axis=1).argsort(axis=1))[:, leader]
            for values in (given, given * INSIDE)
        ]
        first, second, inside = (ahead[0] == 3).mean(), (ahead[0] >= 2).mean(), (ahead[1] == 3).mean()
        if 0.3 < first < 0.97 and _apart([first, second, inside, first / 100], 0.01):
            break
    frame = pd.DataFrame(given.round(3), columns=CODES)
    frame.insert(0, "colleague", [f"P{i:03d}" for i in range(1, 121)])
    return frame


def _terms(rng):
    """The money: a direction that pays if its market grows and loses if it shrinks."""
    while True:
        plan = {
            "discount_rate": float(rng.integers(8, 13)) / 100,
            "build_years": int(rng.integers(2, 5)),
            "horizon": 10,
        }
        outlay, contribution = float(rng.integers(10, 26)), float(rng.integers(14, 50)) / 2
        growth, shrinking = float(rng.integers(5, 10)) / 100, -float(rng.integers(4, 12)) / 100
        good = round(direction_npv(outlay, contribution, market_growth=growth, **plan), 1)
        bad = round(direction_npv(outlay, contribution, market_growth=shrinking, **plan), 1)
        chance = float(rng.integers(15, 45)) / 100
        mean = (1 - chance) * good + chance * bad
        slips = [-bad, (1 - chance) * good, mean, chance * (good - bad), -chance * bad]
        if bad < -3 and mean > 1 and good < 40 and _apart(slips, 0.06):
            break
    return [
        ("outlay", outlay, "¥ million a year while it is built"),
        ("build_years", float(plan["build_years"]), "years"),
        ("contribution", contribution, "¥ million a year at today's market"),
        ("horizon", 10.0, "last year counted"),
        ("discount_rate", plan["discount_rate"], "a year"),
        ("growth", growth, "a year, if its market grows"),
        ("growth_if_decline", shrinking, "a year, if it shrinks"),
        ("chance_of_decline", chance, "chance that it shrinks"),
        ("npv_if_growth", good, "¥ million, as finance computed"),
        ("npv_if_decline", bad, "¥ million, as finance computed"),
    ]


# %% [markdown]
# # Four directions, money for one. Which comes first?
#
# A maker of aviation parts has filled a wall with strengths, weaknesses, opportunities and threats. Four directions are
# on the table, and there is money to start one. Everybody finds lines on the wall that speak for a favourite. You are
# asked to put numbers on the wall, see which direction they put first, and say whether it would still be first if
# reasonable colleagues weighed the list differently.
#
# The case notebook `02_swot` shows the methods. The statements are the course's; weights, ratings, scores and money are
# teaching assumptions, and yours alone. They describe no real company.

# %% [markdown] tags=["guide"]
# ## Aims
#
# After the lesson a student can
#
# - turn a SWOT list into weights and scores (IFE 内部因素评价), and say what backs them,
# - find weights from pairwise judgements and tell whether the judge contradicts herself (AHP 层次分析法),
# - tie strategies to factors and find factors that no strategy answers (TOWS),
# - rank directions (QSPM 定量战略计划矩阵), find the weight that overturns the ranking, and count how often it survives,
# - say what a fact is worth before money is spent.

# %% [markdown] tags=["guide"]
# ## 引入 Introduction (10 min)
#
# Collect a SWOT list for the school's canteen, two lines each. Let two students argue for opposite plans from the same
# list; both will succeed. Ask: "What would the list need, so that it could prove one of you wrong?" (Weights, and a
# reason for each.) Then show the course's list and its conclusion, product leadership, drawn from an opinion.

# %% [markdown] tags=["guide"]
# ## 讲解 Explanation (25 min)
#
# With `live.ipynb`; let the class name the denominator before you type it.
#
# 1. Points become weights within a side; a rating is on a scale of its kind (6 min, 2.1–2.3).
# 2. A judge compares pairs: rows, geometric mean, contradictions (6 min, 2.4–2.5).
# 3. A strategy without codes is a slogan; a code without a strategy is an orphan (3 min, 2.6).
# 4. Weight × attractiveness; then shift one weight and watch the order turn (7 min, 2.7–2.9).
# 5. Money on a timeline: year 0 is today, the first cash falls at the end of year 1 (3 min, 2.10).

# %% [markdown] tags=["guide"]
# ## 实践 Practice (40 min)
#
# Alone on 2.1–2.6 (20 min), in pairs on 2.7–2.11 (20 min); partners have other lists, so they compare methods. Ask only
# "out of which total?" and "what happens to the other weights?". Who is done writes the memo (2.12), else it is homework.

# %% [markdown] tags=["guide"]
# ## 总结 Wrap-up (15 min)
#
# Let five students say their leader, the share in which it stays first, and the weight at which it falls. The leaders differ
# although the wall is the same: so much hangs on weights that nobody has measured. Then let three say what they
# would pay for the study. Close with the line on the board.

# %% [markdown] tags=["guide"]
# ## Board plan
#
# | left | middle | right |
# |---|---|---|
# | **Weights**: points ÷ points of the side | **Order**: Σ weight × attractiveness | **Money**: one timeline |
# | pairs: geometric mean of a row | move one weight, rescale the rest | a fact is worth the loss it avoids × its chance |
# | CR above 0.10: ask again | survives in … of 120 | |
#
# Bottom line, kept to the end: *A list decides nothing. Weights decide, and weights are opinions until a fact backs
# them.*

# %% [markdown] tags=["guide"]
# ## Discussion questions
#
# 1. The mission statement is on the wall as a strength. What would have to be true for it to be one?
# 2. A consistent judge can be wrong. How would you find out?
# 3. Two factors on the wall say nearly the same. What does that do to the weights?
# 4. The leader is first for most colleagues and the runner-up for the rest. Is a vote a good way to choose?
# 5. Who at the firm gains if O1 weighs more? Would you let them hand out the points?

# %%
import numpy as np
import pandas as pd

factors = book.table("factors")
strategies = book.table("strategies")
terms = book.table("terms").set_index("term")["value"]
leader, second = book.table("finalists")["direction"]
inside = factors[factors["side"] == "internal"]

# %% [markdown]
# One row of `factors` is one line on the wall. The team handed out `points`, to strengths (S) and weaknesses (W) inside
# and, in another meeting, to opportunities (O) and threats (T) outside. `rating` says how strong a strength (3, 4) or how
# bad a weakness (2, or 1 for a grave one) is, and how well the firm responds to what is outside (1 to 4). `evidence` says
# whether a document backs the line.

# %% tags=["show"]
factors

# %% [markdown]
# ## Part 1. What is on the wall worth?
#
# ### What backs it?
#
# A line that nobody has checked may still carry weight. What share of the **points inside** rests on lines without
# evidence (`"none"`)?

# %% tags=["question"]
question(
    "2.1",
    answer="unbacked",
    title="Weight inside without evidence",
    kind="share",
    unit="share of the points inside, 0 to 1",
    decimals=3,
    points=2,
    minutes=4,
    hints=("Points by points, not lines by lines.",),
    traps=(
        Trap(
            "lines_not_points",
            "len(without) / len(inside)",
            says="You counted lines; a heavy line counts more than a light one.",
            idea="A share of what?",
            credit=0.5,
        ),
        Trap(
            "both_sides",
            "without['points'].sum() / factors['points'].sum()",
            says="You divided by the points of both sides; the question asks for those inside.",
            idea="The denominator is what the share is of.",
            credit=0.5,
        ),
        Trap(
            "with_evidence",
            "1 - unbacked",
            says="That is the share with evidence; the question asks for the rest.",
            idea="Read what is asked.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
without = inside[inside["evidence"] == "none"]
points_in_all = inside["points"].sum()  # blank: a share of which points?
unbacked = without["points"].sum() / points_in_all

# %% [markdown]
# ### The internal score
#
# The IFE score (内部因素评价) is the weighted mean of the ratings inside,
#
# $$IFE = \sum_{i \in S \cup W} w_i\,r_i,$$
#
# where the weights of the side add up to 1. Look what the points add up to before you use them. 2.5 is the middle.

# %% tags=["question"]
question(
    "2.2",
    answer="ife",
    title="Internal score",
    kind="number",
    unit="score, 1 to 4",
    decimals=3,
    points=2,
    minutes=5,
    low=1,
    high=4,
    hints=('`inside["points"].sum()` is not 100.', "Weights of one side add up to 1."),
    traps=(
        Trap(
            "points_as_percent",
            "(inside['points'] / 100 * inside['rating']).sum()",
            says="You divided the points by 100; they do not add up to 100.",
            idea="Weights must add up to 1.",
            credit=0.5,
        ),
        Trap(
            "plain_mean",
            "inside['rating'].mean()",
            says="That is the plain mean of the ratings; weigh them with the points.",
            idea="A weighted mean needs the weights.",
        ),
        Trap(
            "both_sides",
            "(inside['points'] / factors['points'].sum() * inside['rating']).sum()",
            says="You divided by the points of both sides; the two meetings had their own points.",
            idea="The denominator is what the share is of.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
weight_inside = inside["points"] / inside["points"].sum()  # blank: weights that add up to 1
ife = (weight_inside * inside["rating"]).sum()

# %% [markdown] tags=["key"]
# Means of ratings crowd around the middle, so the score alone seldom says more than "hold and maintain". The lines behind
# it say more.

# %% [markdown]
# ### Where is most to be gained?
#
# The score rises if a line gets a better rating. But a rating has a ceiling: a strength can rise to 4, a weakness to 2,
# for a weakness that is mended does not become a strength. Which line **inside** could add most to the score?

# %% tags=["question"]
question(
    "2.3",
    answer="most_room",
    title="Most room inside",
    kind="choice",
    unit="the code of a line",
    labels=("S1", "S2", "S3", "S4", "S5", "W1", "W2", "W3", "W4", "W5"),
    points=2,
    minutes=6,
    hints=("Room of a line: points × (best rating of its kind − rating).", '`np.where(kind == "W", 2, 4)`'),
    traps=(
        Trap(
            "heaviest",
            "inside.loc[inside['points'].idxmax(), 'code']",
            says="That is the heaviest line; how much better can its rating become?",
            idea="What can still change counts.",
            credit=0.25,
        ),
        Trap(
            "weakness_to_four",
            "inside.loc[(inside['points'] * (4 - inside['rating'])).idxmax(), 'code']",
            says="You let a weakness rise to 4; at best it is rated 2.",
            idea="Each kind has a scale of its own.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
kind = inside["code"].str[0]
best_rating = np.where(kind == "W", 2, 4)  # blank: an array with the best rating of each line's kind
room = inside["points"] * (best_rating - inside["rating"])
most_room = inside.loc[room.idxmax(), "code"]

# %% [markdown]
# ## Part 2. Where do the weights come from?
#
# Points handed out in one go are a mood. A judge compared five lines outside in pairs: *how many times as important is A
# as B?* `A` holds her answers: row by column, with 1 / answer below the diagonal.

# %%
names = ["O1", "O2", "O3", "O4", "T1"]
A = pd.DataFrame(np.eye(5), index=names, columns=names)
for pair in book.table("judgements").itertuples():
    A.loc[pair.left, pair.right] = pair.value
    A.loc[pair.right, pair.left] = 1 / pair.value

# %% tags=["show"]
A.round(2)

# %% [markdown]
# ### Her weights
#
# A row says how one line fares against all five. Ratios multiply, so the fair average of a row is its **geometric mean**
# (exp of the mean of the logarithms). Which weights follow from her answers? They add up to 1.

# %% tags=["question"]
question(
    "2.4",
    answer="judge_weights",
    title="Weights from pairs",
    kind="series",
    unit="a Series by code: weights adding up to 1",
    decimals=3,
    points=3,
    minutes=6,
    low=0,
    high=1,
    sums_to=1,
    hints=(
        "`np.log(A).mean(axis=1)` averages along a row.",
        "Divide by the total, so that they add up to 1.",
    ),
    traps=(
        Trap(
            "arithmetic_mean",
            "A.mean(axis=1) / A.mean(axis=1).sum()",
            says="You took the arithmetic mean; an answer of 3 and one of 1/3 must cancel.",
            idea="Ratios are averaged geometrically.",
            credit=0.5,
        ),
        Trap(
            "columns",
            "np.exp(np.log(A).mean(axis=0)) / np.exp(np.log(A).mean(axis=0)).sum()",
            says="You averaged down the columns: there stand the lines' rivals, and the order turns round.",
            idea="Say what a row is.",
            credit=0.25,
        ),
        Trap(
            "first_line_only",
            "A['O1'] / A['O1'].sum()",
            says="You used only the comparisons with O1; the judge answered ten pairs.",
            idea="Use all judgements: they correct each other.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
row_mean = np.exp(np.log(A).mean(axis=1))  # blank: the geometric mean of each row
judge_weights = row_mean / row_mean.sum()

# %% [markdown]
# ### Does she contradict herself?
#
# If A is twice B and B three times C, A should be six times C. The largest eigenvalue `lambda_max` of $n$ lines is $n$ if
# nothing contradicts, and larger otherwise:
#
# $$CI = \frac{\lambda_{\max} - n}{n - 1}, \qquad CR = \frac{CI}{RI}$$
#
# `random_index` holds $RI$, the $CI$ of random answers on $n$ lines. Above a consistency ratio of 0.10 she is asked again.
# What is hers?

# %%
lambda_max = float(np.linalg.eigvals(A.to_numpy()).real.max())
random_index = {3: 0.5247, 4: 0.8816, 5: 1.1086, 6: 1.2479}  # Alonso and Lamata (2006)

# %% tags=["question"]
question(
    "2.5",
    answer="consistency",
    title="Consistency ratio",
    kind="number",
    unit="ratio",
    decimals=4,
    points=2,
    minutes=5,
    low=0,
    high=2,
    hints=("How many lines did she compare?",),
    traps=(
        Trap(
            "index_not_ratio",
            "(lambda_max - 5) / 4",
            says="That is the consistency index; hold it against that of random answers.",
            idea="Large compared with what?",
            credit=0.5,
        ),
        Trap(
            "divided_by_n",
            "(lambda_max - 5) / 5 / random_index[5]",
            says="You divided by n; the index divides by n − 1.",
            idea="Read a formula letter by letter.",
            credit=0.5,
        ),
        Trap(
            "wrong_size",
            "(lambda_max - 5) / 4 / random_index[4]",
            says="You took the random index of another number of lines.",
            idea="Large compared with what?",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
lines = len(A)
index = (lambda_max - lines) / (lines - 1)
consistency = index / random_index[lines]  # blank: the index against what?

# %% [markdown] tags=["key"]
# A ratio below 0.10 says that she does not contradict herself. It does not say that she is right.

# %% [markdown]
# ## Part 3. Do the strategies answer the wall?
#
# A strategy names the lines that it rests on (`codes`). A line that no strategy names is an **orphan** (无对策因素): find a
# strategy for it, or take it off the wall. Which lines, inside and outside, are orphans?

# %% tags=["show"]
strategies

# %% tags=["question"]
question(
    "2.6",
    answer="orphans",
    title="Lines without a strategy",
    kind="labels",
    unit="a list of codes; the order does not matter",
    labels=tuple(f"{kind}{number}" for kind in "SWOT" for number in range(1, 6)),
    points=3,
    minutes=6,
    hints=(
        '`", ".join(strategies["codes"]).split(", ")` lists every code that is named.',
        "Which of `factors` is not there?",
    ),
    traps=(
        Trap(
            "answered_ones",
            "[code for code in factors['code'] if code in named]",
            says="These are the lines that a strategy answers; the orphans are the others.",
            idea="Read what is asked.",
            credit=0.5,
        ),
        Trap(
            "inside_only",
            "[code for code in inside['code'] if code not in named]",
            says="You looked inside only; opportunities and threats can be orphans too.",
            idea="Look at the whole list.",
            credit=0.5,
        ),
        Trap(
            "named_once",
            "[code for code in factors['code'] if named.count(code) <= 1]",
            says="You took lines that are named once for orphans; one strategy is enough.",
            idea="None is not few.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
named = ", ".join(strategies["codes"]).split(", ")
orphans = [code for code in factors["code"] if code not in named]

# %% [markdown]
# ## Part 4. Which direction comes first?
#
# People scored how attractive (1 to 4) each direction is in view of each line; a line that bears on no choice has no
# scores. The QSPM total (定量战略计划矩阵) of a direction is
#
# $$\text{total}_j = \sum_i w_i \cdot AS_{ij}$$
#
# over both sides, with weights that add up to 1 on each side. `scores` holds $AS$, `weight` the weights, both by code.

# %%
scores = book.table("attractiveness").set_index("code")
side = factors.set_index("code")["side"]
points = factors.set_index("code")["points"]
weight = points / points.groupby(side).transform("sum")

# %% tags=["show"]
scores

# %% [markdown]
# ### The totals
#
# Each direction has its advocates, and each advocate has lines on the wall. The totals put all of them on one scale. What
# is the total of each direction?

# %% tags=["question"]
question(
    "2.7",
    answer="totals",
    title="Total of each direction",
    kind="series",
    unit="a Series by direction: QSPM total",
    decimals=3,
    points=3,
    minutes=6,
    low=0,
    high=8,
    hints=(
        "`scores.mul(weight, axis=0)` multiplies each row with its weight.",
        "Add up over the lines; a line without scores adds nothing.",
    ),
    traps=(
        Trap(
            "no_weights",
            "scores.sum()",
            says="You added the scores up without weights; then a light line counts as much as a heavy one.",
            idea="A list without weights decides nothing.",
        ),
        Trap(
            "with_ratings",
            "scores.mul(weight * factors.set_index('code')['rating'], axis=0).sum()",
            says="You multiplied with the ratings too; they say how the firm does today, not what suits a direction.",
            idea="A rating of the firm is not a score of a direction.",
            credit=0.5,
        ),
        Trap(
            "inside_only",
            "scores.mul(weight, axis=0)[side == 'internal'].sum()",
            says="You added up the inside only; opportunities and threats decide too.",
            idea="Look at the whole list.",
            credit=0.5,
        ),
        Trap(
            "points_for_weights",
            "scores.mul(points, axis=0).sum()",
            says="You multiplied with points; the two meetings handed out different totals, so take the weights.",
            idea="Weights must add up to 1.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
totals = scores.mul(weight, axis=0).sum()

# %% [markdown]
# ### Which weight would overturn it?
#
# The two best are `leader` and `second`. Much hangs on O1, *defence spending grows steadily*, for which the course has an
# opinion only. At which weight $t$ of O1 would the two be level? The other lines outside keep their proportions and share
# $1 - t$; the inside stays as it is. With $d_i$ the leader's score less that of the second (`lead`, 0 for lines without
# scores), the lead is
#
# $$L(t) = \underbrace{\sum_{\text{inside}} w_i d_i}_{\text{lead inside}} + t\, d_{O1} + (1 - t)\,\bar d, \qquad \bar d = \text{weighted mean of } d_i \text{ over the other lines outside}$$
#
# Solve $L(t) = 0$.

# %%
lead = (scores[leader] - scores[second]).fillna(0)
others = weight[(side == "external") & (side.index != "O1")]
lead_inside = (weight * lead)[side == "internal"].sum()

# %% tags=["show"]
pd.DataFrame({leader: scores[leader], second: scores[second], "lead": lead, "weight": weight}).round(3)

# %% tags=["question"]
question(
    "2.8",
    answer="tipping_weight",
    title="Weight of O1 that overturns the order",
    kind="share",
    unit="weight of O1 among the lines outside, 0 to 1",
    decimals=3,
    points=4,
    minutes=9,
    hints=(
        r"First $\bar d$: the leads of `others`, weighed with `others`, divided by their total weight.",
        r"$t = -(\text{lead inside} + \bar d) / (d_{O1} - \bar d)$",
    ),
    traps=(
        Trap(
            "others_stay",
            "weight['O1'] - (weight * lead).sum() / lead['O1']",
            says="You moved O1 and left the other weights as they were; then they no longer add up to 1.",
            idea="If one weight grows, the others shrink.",
            credit=0.5,
        ),
        Trap(
            "the_change",
            "tipping_weight - weight['O1']",
            says="That is by how much the weight must change; give the weight itself.",
            idea="A change is not a level.",
            credit=0.75,
        ),
        Trap(
            "outside_only",
            "-(others @ lead[others.index] / others.sum()) / (lead['O1'] - others @ lead[others.index] / others.sum())",
            says="You left out the lead inside; the order hangs on both sides.",
            idea="Look at the whole list.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
mean_of_others = (others * lead[others.index]).sum() / others.sum()
tipping_weight = -(lead_inside + mean_of_others) / (lead["O1"] - mean_of_others)

# %% [markdown] tags=["key"]
# Compare it with the weight on the sheet, `weight["O1"]`. If nobody can tell the two apart, the first place rests on an
# opinion about one line.

# %% [markdown]
# ### Does it survive the colleagues?
#
# 120 colleagues weighed the wall for themselves. One row of `panel` is one colleague, one column one line. With whose
# weights does `leader` come **first of all four** directions? Give the share of colleagues; keep the scores.

# %%
panel = book.table("colleagues").set_index("colleague")

# %% tags=["show"]
panel.head(3)

# %% tags=["question"]
question(
    "2.9",
    answer="survives",
    title="How often the leader stays first",
    kind="share",
    unit="share of colleagues, 0 to 1",
    decimals=3,
    points=3,
    minutes=7,
    hints=(
        "`panel @ scores.fillna(0)` gives for each colleague the total of each direction.",
        "`idxmax(axis=1)` gives the first of each row.",
    ),
    traps=(
        Trap(
            "first_or_second",
            "(totals_of.rank(axis=1, ascending=False)[leader] <= 2).mean()",
            says="You counted second places too.",
            idea="First means ahead of all.",
            credit=0.5,
        ),
        Trap(
            "inside_only",
            "((panel[inside['code']] @ scores.loc[inside['code']].fillna(0)).idxmax(axis=1) == leader).mean()",
            says="You used the weights inside only; the order hangs on both sides.",
            idea="Look at the whole list.",
            credit=0.25,
        ),
    ),
)

# %% tags=["free"]
totals_of = panel @ scores.fillna(0)
survives = (totals_of.idxmax(axis=1) == leader).mean()

# %% [markdown]
# ## Part 5. Before money is spent
#
# ### The money test
#
# A ranking has no currency. A direction costs `outlay` a year for `build_years` years; after that it brings `contribution`
# a year **at today's market**, which grows by `growth` every year from today on. Cash falls at the end of each year; the
# last year counted is `horizon`:
#
# $$NPV = -\sum_{t=1}^{b}\frac{\text{outlay}}{(1+r)^t} + \sum_{t=b+1}^{h}\frac{\text{contribution}\,(1+g)^t}{(1+r)^t}$$
#
# Write the function. The director will call it with many plans.

# %% tags=["question"]
question(
    "2.10",
    answer="worth_today",
    title="Worth of a direction today",
    kind="function",
    unit="a function that returns money, in the unit of outlay",
    decimals=2,
    points=4,
    minutes=9,
    inputs=lambda rng: [
        (
            float(rng.integers(8, 30)),
            float(rng.integers(6, 25)),
            float(rng.integers(2, 10)) / 100,
            float(rng.integers(6, 14)) / 100,
            int(rng.integers(2, 5)),
            int(rng.integers(8, 13)),
        )
        for _call in range(8)
    ],
    hints=(
        "`range(1, build_years + 1)` are the years of building.",
        "Growth counts from today, not from the opening.",
    ),
    traps=(
        Trap(
            "starts_today",
            lambda: lambda o, c, g, r, b, h: _npv(o, c, g, r, b, h, early=1),
            says="You let the first cash fall today; it falls at the end of the first year.",
            idea="Draw the timeline first.",
            credit=0.5,
        ),
        Trap(
            "growth_from_opening",
            lambda: lambda o, c, g, r, b, h: _npv(o, c, g, r, b, h, grown=b),
            says="You let the market grow from the opening on; it grows while you build, too.",
            idea="Draw the timeline first.",
            credit=0.5,
        ),
        Trap(
            "earns_while_building",
            lambda: lambda o, c, g, r, b, h: _npv(o, c, g, r, b, h, first=1),
            says="You let it earn while it is built; nothing comes in before the building years are over.",
            idea="Draw the timeline first.",
            credit=0.5,
        ),
        Trap(
            "not_discounted",
            lambda: lambda o, c, g, r, b, h: _npv(o, c, g, 0.0, b, h),
            says="You added up money of different years; bring each to today first.",
            idea="A yuan later is less than a yuan now.",
            credit=0.25,
        ),
        Trap(
            "no_growth",
            lambda: lambda o, c, g, r, b, h: _npv(o, c, 0.0, r, b, h),
            says="The growth of the market is missing.",
            idea="Read a formula letter by letter.",
            credit=0.5,
        ),
    ),
)


# %% tags=["author"]
def _npv(outlay, contribution, growth, rate, build, horizon, early=0, grown=0, first=None):
    """Present value with the slips of the traps."""
    spent = sum(outlay / (1 + rate) ** (t - early) for t in range(1, build + 1))
    start = build + 1 if first is None else first
    earned = sum(
        contribution * (1 + growth) ** (t - grown) / (1 + rate) ** (t - early)
        for t in range(start, horizon + 1)
    )
    return earned - spent


# %% tags=["free"]
def worth_today(outlay, contribution, growth, rate, build_years, horizon):
    """Net present value of a direction that is built first and earns afterwards."""
    spent = sum(outlay / (1 + rate) ** t for t in range(1, build_years + 1))
    years = range(build_years + 1, horizon + 1)
    earned = sum(contribution * (1 + growth) ** t / (1 + rate) ** t for t in years)
    return earned - spent


# %% [markdown]
# ### What is a fact worth?
#
# Finance has put the leader's plan through such a function: it is worth `terms["npv_if_growth"]` if its market grows and
# `terms["npv_if_decline"]` (a loss) if the market shrinks, which happens with `terms["chance_of_decline"]`. On average it
# pays, so without more knowledge the firm would start. A study would say **for sure** which of the two will come; if the
# market shrinks the firm would then not start, and lose nothing. What may the study cost at most?

# %% tags=["show"]
book.table("terms")

# %% tags=["question"]
question(
    "2.11",
    answer="study_worth",
    title="What the study may cost",
    kind="money",
    unit="¥ million",
    decimals=2,
    points=3,
    minutes=7,
    low=0,
    hints=(
        "What is the plan worth on average if you start without the study? What with it?",
        "The study changes what you do in one case only.",
    ),
    traps=(
        Trap(
            "loss_for_sure",
            "-terms['npv_if_decline']",
            says="That is the loss it would avoid; but the decline comes only with its chance.",
            idea="An amount that may happen counts with its chance.",
            credit=0.5,
        ),
        Trap(
            "worth_with_study",
            "(1 - terms['chance_of_decline']) * terms['npv_if_growth']",
            says="That is what the plan is worth with the study; most of it you would have without it too.",
            idea="Only what changes counts.",
            credit=0.5,
        ),
        Trap(
            "worth_of_plan",
            "(1 - terms['chance_of_decline']) * terms['npv_if_growth'] + terms['chance_of_decline'] * terms['npv_if_decline']",
            says="That is what the plan is worth without the study; how much better does the study make it?",
            idea="Only what changes counts.",
            credit=0.25,
        ),
        Trap(
            "gap_of_cases",
            "terms['chance_of_decline'] * (terms['npv_if_growth'] - terms['npv_if_decline'])",
            says="If the market shrinks the study saves the loss; it does not bring the gain of the other case.",
            idea="Compare with what you would do instead.",
            credit=0.25,
        ),
    ),
)

# %% tags=["free"]
chance = terms["chance_of_decline"]
without_study = (1 - chance) * terms["npv_if_growth"] + chance * terms["npv_if_decline"]
with_study = (1 - chance) * terms["npv_if_growth"] + chance * 0
study_worth = with_study - without_study

# %% [markdown] tags=["key"]
# The study is worth the loss it avoids times its chance. A real study is never quite sure, so it is worth less than this.

# %% [markdown]
# ## Part 6. The memo
#
# The managing director reads one page. Write it, from your numbers: **Which direction comes first, how safe is that, and
# what should be known before money is spent?** Say the answer first, then what it rests on, then what would change it. Name
# an orphan and what to do with it. 120 words or more, English or Chinese.

# %% tags=["question"]
question(
    "2.12",
    answer="memo",
    title="Memo to the managing director",
    kind="free_text",
    unit="a text of 120 words (or Chinese characters) or more",
    points=8,
    minutes=20,
    min_words=120,
    hints=("Answer, how safe, what it rests on, what to find out.",),
    rubric=(
        Criterion(
            "Answer first", 2, "the first two sentences name the direction and say whether to start now"
        ),
        Criterion(
            "How safe",
            2,
            "gives the share of colleagues and the tipping weight beside the weight on the sheet",
        ),
        Criterion(
            "What it rests on",
            2,
            "says that weights and scores are opinions, with the share without evidence",
        ),
        Criterion(
            "What to find out",
            1,
            "asks for the fact that would change the order or the plan, and says what it may cost",
        ),
        Criterion("Orphan", 1, "names one and gives a strategy for it, or takes it off the wall"),
    ),
)

# %% tags=["solution"]
memo = f"""
{leader} comes first, but do not sign yet: find out first whether its market will grow. For that a study may cost up to
{study_worth:.1f} million yuan, because it would keep us from a plan that loses {-terms["npv_if_decline"]:.1f} million if the
market shrinks.

How safe is the first place? With the weights of {survives:.0%} of 120 colleagues {leader} stays first; with the others
another direction wins. On our sheet O1 weighs {weight["O1"]:.2f}; at {tipping_weight:.2f}, the others in
proportion, the two are level. If no document can tell these two weights apart, the order is no reason to spend money.

What does it rest on? The points are opinions of one meeting, and {unbacked:.0%} of those inside have no document behind
them. The scores of the directions are opinions too. The judge of the lines outside has a consistency ratio of
{consistency:.2f}; even a low one would not make her right.

No strategy answers {", ".join(orphans)}. Begin with {orphans[0]}: give it a strategy with an owner and a date, or take it
off the wall. What we can start now is work that serves both {leader} and {second}.
"""

# %% tags=["quiz"]
quiz(
    "The team handed out 80 points inside. A strength has 20 points and a rating of 4. What does it add to the IFE score?",
    Choice("0.80", "That takes 20 points for 20 %; they are a quarter of 80."),
    Choice("1.00", "A weight of 0.25 times a rating of 4.", right=True),
    Choice("80", "Points must become weights that add up to 1."),
)

# %% tags=["quiz"]
quiz(
    "An IFE score of 2.6 and an EFE score of 2.5: what should the firm do?",
    Choice(
        "Hold and maintain; the matrix says so.",
        "It names a cell, but means of ratings crowd around the middle; it chooses no direction.",
    ),
    Choice(
        "The scores alone do not choose a direction.",
        "They sum up the list; directions must be held against its lines.",
        right=True,
    ),
    Choice(
        "Grow: both are above the middle.",
        "By a tenth of a point, which is inside the error of those who rated.",
    ),
)

# %% tags=["quiz"]
quiz(
    "A judge says A is 4 times B and 1/4 of C. What is the geometric mean of the row 1, 4, 1/4?",
    Choice("1.75", "That is the arithmetic mean; 4 and 1/4 should cancel."),
    Choice("1", "The product is 1.", right=True),
    Choice("0.5", "That is the mean of the two smaller ones; take the cube root of the product."),
)

# %% tags=["quiz"]
quiz(
    "A judge has a consistency ratio of 0.02. What do you know?",
    Choice("Her weights are right.", "She could be consistently wrong."),
    Choice("She agrees with the other judges.", "The ratio looks at one judge alone."),
    Choice("Her answers hardly contradict each other.", "That, and no more.", right=True),
    Choice("She answered at random.", "Random answers have a ratio near 1."),
)

# %% tags=["quiz"]
quiz(
    "No strategy names T4. What do you do?",
    Choice("Nothing: it is only a threat.", "Then why is it on the wall?"),
    Choice(
        "Find a strategy for it, or take it off the wall.",
        "An orphan is work left undone or a line that does not matter.",
        right=True,
    ),
    Choice("Lower its rating.", "That changes a number, not what the firm does."),
)

# %% tags=["quiz"]
quiz(
    "O1 weighs 0.20 of the outside, the other lines 0.80. You set O1 to 0.40. What weighs a line that had 0.16?",
    Choice("0.16", "Then the weights add up to 1.20."),
    Choice("0.12", "The others share 0.60 in the old proportions: 0.16 × 0.60 / 0.80.", right=True),
    Choice("0.08", "That halves it; the others shrink from 0.80 to 0.60, not to 0.40."),
)

# %% tags=["quiz"]
quiz(
    "The leader is ahead by 0.05 points and stays first with the weights of 55 % of the colleagues. What do you tell the director?",
    Choice("Start it: it is first.", "Nearly half of the colleagues' weights put another direction first."),
    Choice(
        "The list cannot tell the two best apart; find a fact that can.",
        "The lead is inside the error of those who weighed.",
        right=True,
    ),
    Choice("Start the second instead.", "It is first even less often."),
)

# %% tags=["quiz"]
quiz(
    "A plan brings 10 million with a chance of 70 % and loses 8 million with 30 %. A sure answer before the start is worth at most",
    Choice("8 million", "The loss comes only with a chance of 30 %."),
    Choice("4.6 million", "That is what the plan is worth without the answer."),
    Choice("2.4 million", "It avoids a loss of 8 million in 30 of 100 cases.", right=True),
    Choice("7 million", "That is the worth with the answer; without it you would have 4.6 million."),
)
