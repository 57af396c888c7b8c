# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz

about(
    title="The branch can call a few clients this month: which ones?",
    minutes=100,
    notebook="04_bank_upsell",
    week=4,
    needs="pandas: filters, groupby, map, nlargest",
)

REASONS = ["inflow", "maturity", "dormant", "none"]


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """A campaign drawn by lot, the clients of today, and the branch's terms."""
    alone = np.array([rng.uniform(0.04, 0.07), rng.uniform(0.24, 0.30), 0.02, rng.uniform(0.07, 0.10)])
    called = np.array([rng.uniform(0.26, 0.34), alone[1] + 0.01, rng.uniform(0.06, 0.26), alone[3] - 0.03])
    return {
        "campaign": _campaign(int(rng.integers(1500, 1701)), alone, called, rng),
        "today": _today(int(rng.integers(640, 741)), rng),
        "terms": pd.DataFrame(_terms(rng), columns=["term", "value", "unit"]),
    }


def _campaign(n: int, alone: np.ndarray, called: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Clients of April; half of them, by lot, were called."""
    kind = rng.choice(4, size=n, p=[0.2, 0.25, 0.2, 0.35])
    drawn = rng.permutation(np.arange(n) % 5 < 3)
    bought = rng.random(n) < np.where(drawn, called[kind], alone[kind])
    minutes = np.where(drawn, np.round(rng.gamma(2.0, np.where(bought, 4.0, 1.2)), 1), 0.0)
    score = np.clip(np.round(called[kind] + rng.normal(0, 0.05, size=n), 4), 0.0001, 0.9999)
    return pd.DataFrame(
        {
            "customer_id": np.arange(10_001, 10_001 + n),
            "reason": np.array(REASONS)[kind],
            "score": score,
            "called": drawn,
            "call_minutes": minutes,
            "bought": bought,
        }
    )


def _today(n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Clients of today, with what the desk knows before any call."""
    kind = rng.choice(4, size=n, p=[0.2, 0.25, 0.2, 0.35])
    usual = np.round(np.exp(rng.normal(9.0, 1.3, size=n)), -2) + 500
    times = np.exp(rng.normal(0.0, 1.0, size=n)) * np.where(
        rng.random(n) < 0.12, rng.uniform(6, 20, size=n), 1
    )
    level = rng.choice(["C1", "C2", "C3", "C4", "not assessed"], size=n, p=[0.15, 0.3, 0.25, 0.15, 0.15])
    return pd.DataFrame(
        {
            "customer_id": np.arange(20_001, 20_001 + n),
            "manager": rng.choice(["M1", "M2", "M3", "M4"], size=n, p=[0.4, 0.3, 0.2, 0.1]),
            "reason": np.array(REASONS)[kind],
            "usual_inflow": usual,
            "inflow": np.round(usual * times, -2),
            "risk_level": level,
            "contacts_90d": rng.poisson(1.6, size=n),
            "value": np.round(np.exp(rng.normal(6.7, 0.5, size=n)), 2) + 50,
        }
    )


def _terms(rng: np.random.Generator) -> list[tuple[str, float, str]]:
    """What the branch told this student."""
    return [
        ("margin", float(rng.integers(60, 91)) * 10, "¥ a sale in the campaign"),
        ("cost", float(rng.integers(14, 20)) * 5, "¥ a call"),
        ("calls_a_manager", float(rng.integers(8, 13)), "calls each manager can make this month"),
        ("large", float(rng.integers(4, 9)) * 10_000, "¥; an inflow from here on is large"),
    ]


# %% [markdown]
# # The branch can call a few clients this month: which ones?
#
# You work for a branch of a bank with four client managers (客户经理). In April a product was offered by telephone; for once, **lots**
# decided who was called. Now the managers can make a few calls again, and everyone has a favourite list.
#
# The case notebook `04_bank_upsell` shows the methods. Clients here are simulated, and yours alone.

# %% [markdown] tags=["guide"]
# ## Aims
#
# After the lesson a student can
#
# - tell the response of those called from the effect of the call, and price both,
# - measure an effect for each group of clients, and decide by it whom to call,
# - read a lift, and spot a column that is known too late,
# - turn vague triggers ("a large inflow") and rules (suitability, fatigue) into filters,
# - fill a limited number of calls with the most valuable ones, and say what one more call is worth.

# %% [markdown] tags=["guide"]
# ## 引入 Introduction (10 min)
#
# Read out: "Of the clients our best caller rang, one in four bought." Ask: "How good is the caller?" Let the class find the missing half: what would
# these clients have done without a call? Name the four kinds on the board: persuadable (可说服), sure thing, lost cause, sleeping dog (勿扰).

# %% [markdown] tags=["guide"]
# ## 讲解 Explanation (30 min)
#
# With `live.ipynb`, in this order.
#
# 1. Called against not called, by lot: effect = difference of two shares (10 min, questions 4.1–4.4).
# 2. The same by reason: a list of likely buyers and a list of changed minds (8 min, 4.5–4.7).
# 3. The leak: would I have had this number on the morning of the call? (4 min, quiz)
# 4. Filters before ranking, caps after it (8 min, 4.8–4.11).

# %% [markdown] tags=["guide"]
# ## 实践 Practice (45 min)
#
# Students work alone on 4.1–4.7, in pairs on 4.8–4.12. Walk round and ask "compared with whom?" and "per what?". The memo (4.13) is homework if time runs out.

# %% [markdown] tags=["guide"]
# ## 总结 Wrap-up (15 min)
#
# Two columns on the board: reasons with many buyers, reasons with a large effect. Which reason is in one and not in the other (mostly *maturity*: they come by themselves)?
# Let three students say what the campaign earned by the boss's count and by theirs. Close with the bottom line.

# %% [markdown] tags=["guide"]
# ## Board plan
#
# | left | middle | right |
# |---|---|---|
# | four kinds of client | called − not called = effect | filters → ranking → caps |
# | response ≠ effect | extra sales × margin − calls × cost | one more call: the next gain on the list |
# | lots make the groups alike | by reason: who changes? | late columns leak |
#
# Bottom line, kept to the end: *Compared with whom? Call where the call changes something. Would I have known it this morning?*

# %% [markdown] tags=["guide"]
# ## Discussion questions
#
# 1. Managers hate not calling "their" best clients for the sake of a control group. What do you tell them?
# 2. A group with a negative effect: why do people turn away when called? What would you do with them?
# 3. The desk pays managers by sales among the called. Whom will they call?
# 4. Mr Xu's assets grew from 3 to 20 million after years of messages. What does that prove about messages?
# 5. The effect of April: does it hold in December?

# %%
import numpy as np
import pandas as pd

campaign = book.table("campaign")
today = book.table("today")
terms = book.table("terms").set_index("term")["value"]
margin, cost = terms["margin"], terms["cost"]

# %% [markdown]
# One row of `campaign` is one client in April: the reason to call (large inflow, product about to mature, dormant, none), a `score` (chance to buy, by the bank's model),
# whether lots had the client `called`, how long the call took, and whether the client `bought` in April, called or not.

# %% tags=["show"]
campaign.head()

# %% [markdown]
# ## Part 1. Did calling pay?
#
# ### The boss's figure
#
# The boss looks at one number: of the clients who were called, what share bought?

# %% tags=["question"]
question(
    "4.1",
    answer="response",
    title="Response of the called",
    kind="share",
    unit="share of the called, 0 to 1",
    decimals=4,
    points=2,
    minutes=4,
    hints=("First keep the rows of the called.",),
    traps=(
        Trap(
            "of_all_clients",
            "(campaign['called'] & campaign['bought']).mean()",
            says="You divided by all clients; the question asks of those who were called.",
            idea="A share of whom?",
            credit=0.5,
        ),
        Trap(
            "of_the_buyers",
            "campaign.loc[campaign['bought'], 'called'].mean()",
            says="That is the share of the called among the buyers: the other way round.",
            idea="A share of whom?",
        ),
        Trap(
            "everybody",
            "campaign['bought'].mean()",
            says="That is the share of all clients who bought, called or not.",
            idea="A share of whom?",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
called = campaign[campaign["called"]]  # blank: a frame; which rows?
response = called["bought"].mean()

# %% [markdown]
# ### What the call changed
#
# Some would have bought without a call. Lots made the called and the others alike, so the others show how many. By how much did the call raise the share of
# buyers?

# %% tags=["question"]
question(
    "4.2",
    answer="effect",
    title="Effect of the call",
    kind="number",
    unit="change of the share of buyers (0.02 is two points)",
    decimals=4,
    points=2,
    minutes=5,
    low=-1,
    high=1,
    hints=("Share of buyers among the called, less the share among the others.",),
    traps=(
        Trap(
            "against_everybody",
            "response - campaign['bought'].mean()",
            says="You compared with all clients, among whom are the called; compare with those not called.",
            idea="The control group is those without the treatment.",
            credit=0.5,
        ),
        Trap(
            "relative",
            "response / campaign.loc[~campaign['called'], 'bought'].mean() - 1",
            says="That is the relative change; the question asks for the difference of the shares.",
            idea="Points and per cent are two measures.",
            credit=0.5,
        ),
        Trap(
            "response_only",
            "response",
            says="That is the response; part of it would have come without a call.",
            idea="Response is not effect.",
        ),
    ),
)

# %% tags=["solution"]
not_called = campaign[~campaign["called"]]
bought_anyway = not_called["bought"].mean()  # blank: a share; what would the called have done without a call?
effect = response - bought_anyway

# %% [markdown]
# ### How many sales did the calls bring?
#
# The boss books every purchase of a called client as a success of the call. How many did the calls really add?

# %% tags=["question"]
question(
    "4.3",
    answer="extra_sales",
    title="Extra sales of the campaign",
    kind="number",
    unit="sales, not rounded",
    decimals=1,
    points=2,
    minutes=4,
    hints=("The effect is a share of the called.",),
    traps=(
        Trap(
            "all_their_purchases",
            "float(called['bought'].sum())",
            says="You counted every purchase of the called; part of them would have come without a call.",
            idea="Response is not effect.",
            credit=0.25,
        ),
        Trap(
            "all_clients",
            "effect * len(campaign)",
            says="You multiplied by all clients; only the called were changed.",
            idea="An effect belongs to those who had the treatment.",
            credit=0.5,
        ),
        Trap(
            "difference_of_counts",
            "float(called['bought'].sum() - not_called['bought'].sum())",
            says="You subtracted counts; the groups are not of one size, so subtract shares.",
            idea="Groups of unlike size are compared by shares.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
extra_sales = effect * len(called)  # blank: a number; how many sales more than without calls?

# %% [markdown]
# ### Did the campaign earn its cost?
#
# A sale leaves `margin`, a call costs `cost`, also a call that sells nothing.

# %% tags=["question"]
question(
    "4.4",
    answer="earned",
    title="What the campaign earned",
    kind="money",
    unit="¥; below 0 if it lost",
    decimals=0,
    points=2,
    minutes=4,
    hints=("Extra sales bring margin; every call costs.",),
    traps=(
        Trap(
            "all_sales",
            "margin * called['bought'].sum() - cost * len(called)",
            says="You credited the calls with every sale to a called client.",
            idea="Only extra sales pay for a campaign.",
            credit=0.25,
        ),
        Trap(
            "cost_of_sales_only",
            "(margin - cost) * effect * len(called)",
            says="You charged only the calls that sold; the others cost as much.",
            idea="Every call costs.",
            credit=0.5,
        ),
        Trap(
            "cost_left_out",
            "margin * effect * len(called)",
            says="You left out what the calls cost.",
            idea="Gain is what is left after cost.",
            credit=0.25,
        ),
    ),
)

# %% tags=["free"]
earned = margin * effect * len(called) - cost * len(called)

# %% [markdown]
# ## Part 2. Whom does a call change?
#
# ### The effect for each reason
#
# The average hides who is who. Find the effect for each `reason`.

# %% tags=["question"]
question(
    "4.5",
    answer="effects",
    title="Effect by reason",
    kind="series",
    unit="a Series of changes of the share of buyers, by reason",
    decimals=4,
    low=-1,
    high=1,
    points=3,
    minutes=7,
    hints=("`called.groupby('reason')['bought'].mean()` is one half of it.",),
    traps=(
        Trap(
            "response_by_reason",
            "called.groupby('reason')['bought'].mean()",
            says="That is the response; part of it would have come without a call.",
            idea="Response is not effect.",
        ),
        Trap(
            "against_the_average",
            "called.groupby('reason')['bought'].mean() - not_called['bought'].mean()",
            says="You compared each reason with all who were not called; compare with those of the same reason.",
            idea="Like with like.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
with_call = called.groupby("reason")["bought"].mean()
without_call = not_called.groupby("reason")["bought"].mean()  # blank: a Series; the right comparison
effects = with_call - without_call

# %% [markdown] tags=["key"]
# Clients with a product about to mature buy often, called or not: sure things. Where nothing happened a call may even put people off.

# %% [markdown]
# ### Which reasons deserve a call?
#
# With the campaign's margin and cost: for which reasons does a call earn more than it costs?

# %% tags=["question"]
question(
    "4.6",
    answer="worth_calling",
    title="Reasons that deserve a call",
    kind="labels",
    unit="a list of reasons",
    labels=("inflow", "maturity", "dormant", "none"),
    points=2,
    minutes=5,
    hints=("A call pays if effect × margin is above cost.",),
    traps=(
        Trap(
            "likely_buyers",
            "(with_call.index[with_call * margin > cost]).tolist()",
            says="Your list has those who buy, not those whom a call changes.",
            idea="Call where the call changes something.",
            credit=0.25,
        ),
        Trap(
            "where_it_loses",
            "effects.index[effects * margin <= cost].tolist()",
            says="Your list has the reasons where a call loses.",
            idea="Gain is what is left after cost.",
        ),
    ),
)

# %% tags=["solution"]
pays = effects * margin > cost  # blank: True for the reasons where a call earns more than it costs
worth_calling = effects.index[pays].tolist()

# %% [markdown]
# ### How good is the bank's score?
#
# The bank's model ranks clients by their chance to buy. Its **lift** (提升度) in the best tenth: share of buyers among the best-scored tenth of the *called*, by the share of buyers among all called. (A tenth
# of the called is `len(called) // 10` clients.)

# %% tags=["question"]
question(
    "4.7",
    answer="lift",
    title="Lift of the best tenth",
    kind="number",
    unit="times the average",
    decimals=3,
    points=3,
    minutes=6,
    low=0,
    hints=("`called.nlargest(n, 'score')` has the best-scored.",),
    traps=(
        Trap(
            "gains",
            "called.nlargest(len(called) // 10, 'score')['bought'].sum() / called['bought'].sum()",
            says="That is the share of all buyers who are in the best tenth (gains), not the lift.",
            idea="Gains and lift are two curves.",
            credit=0.5,
        ),
        Trap(
            "share_of_buyers",
            "called.nlargest(len(called) // 10, 'score')['bought'].mean()",
            says="That is the share of buyers in the best tenth; lift says how many times the average that is.",
            idea="Compared with whom?",
            credit=0.5,
        ),
        Trap(
            "sorted_by_minutes",
            "called.nlargest(len(called) // 10, 'call_minutes')['bought'].mean() / response",
            says="You ranked by the length of the call, which is known only after the call.",
            idea="Would I have had this number on the morning of the call?",
        ),
    ),
)

# %% tags=["free"]
best = called.nlargest(len(called) // 10, "score")
lift = best["bought"].mean() / response

# %% [markdown] tags=["key"]
# The lift is real, and answers another question: the best tenth is full of clients who buy anyway.

# %% [markdown]
# ## Part 3. Today's calls
#
# `today` holds the clients of this month: manager, reason, inflow of the month and usual inflow, risk level, contacts in the last 90 days, and `value`: what a sale to this client
# would leave.
#
# ### A trigger that means something
#
# "Call whoever received a large sum." For a wholesaler a large sum is an ordinary Tuesday. Count the clients whose inflow is **at least** `terms["large"]` **and at least five times** their usual inflow.

# %% tags=["question"]
question(
    "4.8",
    answer="triggered",
    title="Clients with an unusual, large inflow",
    kind="count",
    unit="number of clients",
    points=2,
    minutes=5,
    low=0,
    hints=("Two comparisons in brackets, joined by `&`.",),
    traps=(
        Trap(
            "large_only",
            "int((today['inflow'] >= terms['large']).sum())",
            says="You took every large inflow; for some clients it is usual.",
            idea="Large compared with what?",
            credit=0.5,
        ),
        Trap(
            "unusual_only",
            "int((today['inflow'] >= 5 * today['usual_inflow']).sum())",
            says="You took every unusual inflow, however small.",
            idea="Both parts of a rule must hold.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
triggered = int(((today["inflow"] >= terms["large"]) & (today["inflow"] >= 5 * today["usual_inflow"])).sum())

# %% [markdown]
# ### Who may be called at all?
#
# The product suits risk levels C2, C3 and C4; a client who was never assessed is offered nothing (适当性). And nobody is called who had **more than two** contacts in 90 days. How many clients of today may be
# called?

# %% tags=["question"]
question(
    "4.9",
    answer="may_be_called",
    title="Clients who may be called",
    kind="count",
    unit="number of clients",
    points=2,
    minutes=5,
    low=0,
    hints=("`.isin([...])` for the levels.", "More than two contacts are too many: two are allowed."),
    traps=(
        Trap(
            "not_assessed_let_in",
            "int(((today['risk_level'] != 'C1') & (today['contacts_90d'] <= 2)).sum())",
            says="You let in clients who were never assessed: not C1 is not the same as suitable.",
            idea="Unknown is not yes.",
            credit=0.5,
        ),
        Trap(
            "two_are_too_many",
            "int((today['risk_level'].isin(['C2', 'C3', 'C4']) & (today['contacts_90d'] < 2)).sum())",
            says="You left out clients with two contacts; only more than two are too many.",
            idea="At least or more than: whole numbers feel the difference.",
            credit=0.5,
        ),
        Trap(
            "suitability_only",
            "int(today['risk_level'].isin(['C2', 'C3', 'C4']).sum())",
            says="You left out the rule about contacts.",
            idea="Every part of a rule must hold.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
allowed = today[today["risk_level"].isin(["C2", "C3", "C4"]) & (today["contacts_90d"] <= 2)]
may_be_called = len(allowed)

# %% [markdown]
# ### The best list within the caps
#
# `candidates` are the clients who may be called, with the gain of a call: effect of the reason (from the campaign) times `value`, less `cost`. Each **manager** can make `terms["calls_a_manager"]` calls. Choose the calls that earn most, without any
# call that loses. What does the list earn?

# %%
suits = today["risk_level"].isin(["C2", "C3", "C4"]) & (today["contacts_90d"] <= 2)
by_reason = {
    reason: rows.loc[rows["called"], "bought"].mean() - rows.loc[~rows["called"], "bought"].mean()
    for reason, rows in campaign.groupby("reason")
}
candidates = today[suits].assign(gain=today["reason"].map(by_reason) * today["value"] - cost)
calls = int(terms["calls_a_manager"])

# %% tags=["question"]
question(
    "4.10",
    answer="list_earns",
    title="What the best list earns",
    kind="money",
    unit="¥, expected",
    decimals=0,
    points=4,
    minutes=9,
    low=0,
    hints=(
        "Keep the calls that gain, sort by gain, then `groupby('manager').head(calls)`.",
        "Each manager has an own cap, so the best of each.",
    ),
    traps=(
        Trap(
            "one_cap_for_all",
            "candidates[candidates['gain'] > 0].nlargest(4 * calls, 'gain')['gain'].sum()",
            says="You filled one cap for the branch; a manager cannot make another's calls.",
            idea="Which limit binds?",
            credit=0.5,
        ),
        Trap(
            "most_valuable_clients",
            "candidates.sort_values('value', ascending=False, kind='stable').groupby('manager').head(calls)['gain'].sum()",
            says="You called the clients of highest value; the gain also depends on what a call changes.",
            idea="Call where the call changes something.",
            credit=0.25,
        ),
        Trap(
            "no_cap",
            "candidates.loc[candidates['gain'] > 0, 'gain'].sum()",
            says="You called everybody who gains; managers have only so many calls.",
            idea="A limit makes a choice.",
            credit=0.25,
        ),
    ),
)

# %% tags=["free"]
gains = candidates[candidates["gain"] > 0].sort_values("gain", ascending=False, kind="stable")
chosen = gains.groupby("manager").head(calls)
list_earns = chosen["gain"].sum()

# %% [markdown]
# ### One more call
#
# M1 has the most clients. What would **one more call** of M1 bring (the shadow price, 影子价格)? It is the gain of the best client of M1 who is not on the list.

# %% tags=["question"]
question(
    "4.11",
    answer="one_more_call",
    title="One more call of M1",
    kind="money",
    unit="¥, expected",
    decimals=2,
    points=2,
    minutes=5,
    low=0,
    hints=("Sort M1's candidates by gain, highest first; the list takes the first ones.",),
    traps=(
        Trap(
            "last_on_the_list",
            "candidates.loc[candidates['manager'] == 'M1', 'gain'].nlargest(calls).iloc[-1]",
            says="That is the last client on the list; one more call takes the next one.",
            idea="The margin is the next one.",
            credit=0.5,
        ),
        Trap(
            "average_call",
            "candidates.loc[candidates['manager'] == 'M1', 'gain'].nlargest(calls).mean()",
            says="That is the average call on the list; the next one is worse than the average.",
            idea="Average and margin.",
            credit=0.25,
        ),
    ),
)

# %% tags=["free"]
of_m1 = candidates.loc[candidates["manager"] == "M1", "gain"].sort_values(ascending=False)
one_more_call = of_m1.iloc[calls]

# %% [markdown]
# ### Growth of a client
#
# The course tells of Mr Xu, whose assets at the bank grew from 3 to 20 million in two years. Write the function that gives the **yearly growth** which, compounded, leads from `start` to `end` in `years`.

# %% tags=["question"]
question(
    "4.12",
    answer="yearly_growth",
    title="Compound yearly growth",
    kind="function",
    unit="a function of start, end, years that returns a share a year",
    decimals=4,
    inputs=lambda rng: [
        (float(rng.uniform(1, 5)), float(rng.uniform(6, 30)), int(rng.integers(2, 8))) for _ in range(8)
    ],
    points=2,
    minutes=5,
    hints=("(1 + growth) to the power of years is end / start.",),
    traps=(
        Trap(
            "straight_line",
            "lambda start, end, years: (end / start - 1) / years",
            says="You divided the whole growth by the years; growth compounds.",
            idea="Rates compound; they do not add.",
            credit=0.5,
        ),
        Trap(
            "factor",
            "lambda start, end, years: (end / start) ** (1 / years)",
            says="That is the growth factor; the rate is one less.",
            idea="A factor of 1.1 is a growth of 0.1.",
            credit=0.5,
        ),
    ),
)


# %% tags=["free"]
def yearly_growth(start, end, years):
    """Growth a year that leads from start to end in so many years."""
    return (end / start) ** (1 / years) - 1


# %% [markdown]
# ## Part 4. The memo
#
# The head of the branch reads one page. Write it: **Whom do we call this month, what will it earn, and what did April's campaign really bring?** Say why the boss's figure is too good, which group of good buyers is *not* on your list and why,
# and what an extra hour of calling is worth. 120 words or more, English or Chinese.

# %% tags=["question"]
question(
    "4.13",
    answer="memo",
    title="Memo to the head of the branch",
    kind="free_text",
    unit="a text of 120 words (or Chinese characters) or more",
    points=8,
    minutes=22,
    min_words=120,
    hints=("Answer, amount, how sure, what would change it.",),
    rubric=(
        Criterion("List and amount", 2, "says whom to call, within which caps, and the expected gain in ¥"),
        Criterion("Effect, not response", 2, "explains April by called less not called, with both figures"),
        Criterion(
            "Sure things", 2, "names a reason whose clients buy anyway and leaves them out, or says why not"
        ),
        Criterion("One more call", 1, "uses the shadow price for the question of more hours"),
        Criterion(
            "How sure",
            1,
            "says what is uncertain (small groups, other month) and keeps some clients uncalled by lot",
        ),
    ),
)

# %% tags=["solution"]
memo = """
Call the clients on the enclosed list: those who may be called, whose reason was changed by a call in April, the most valuable first, up to
each manager's cap. The expected gain is the sum that we computed; calls beyond the list are worth the shadow price each, so an extra
hour of M1 pays only if it costs less than that price times the calls of an hour.

In April the response of the called looked fine, but the clients whom lots left uncalled bought as well. Only the difference is ours, and
after the cost of all calls it earned what we computed, not what the sales of the called suggest.

Clients with a maturing product buy most and are not on the list: they come by themselves. Send them a letter. A call to clients
without a reason even seems to put some of them off.

The effects rest on some hundred clients a reason and one month. So I keep every fifth client on the list uncalled, by lot, and measure again.
"""

# %% tags=["quiz"]
quiz(
    "Of 500 called clients 60 bought, of 500 others, by lot not called, 50. Sales that the calls brought?",
    Choice("60", "50 of them would have come without a call."),
    Choice("10", "12 % less 10 %, times 500.", right=True),
    Choice("110", "Those are all sales."),
)

# %% tags=["quiz"]
quiz(
    "A sure thing is a client who",
    Choice("buys only if called", "That is a persuadable."),
    Choice("buys, called or not", "A call costs and changes nothing.", right=True),
    Choice("buys only if not called", "That is a sleeping dog."),
)

# %% tags=["quiz"]
quiz(
    "A model with the length of the call (call_minutes) as a column foretells buyers very well. Use it for next month's list?",
    Choice("Yes, it is the best model.", "On the morning of the call nobody knows how long it will take."),
    Choice("No: the column is known only after the call.", "A leak.", right=True),
    Choice("Only for long calls.", "Their length is not known before either."),
)

# %% tags=["quiz"]
quiz(
    "Response 12 % in the best-scored tenth, 4 % on average. Lift?",
    Choice("3", "12 % by 4 %.", right=True),
    Choice("8 points", "Lift is a ratio."),
    Choice("0.3", "That would be the share of all buyers in the best tenth."),
)

# %% tags=["quiz"]
quiz(
    "A call costs ¥80, a sale leaves ¥800. From which effect does a call pay?",
    Choice("Any effect above zero", "It must also cover the call."),
    Choice("10 points", "0.10 × 800 = 80.", right=True),
    Choice("1 point", "0.01 × 800 = 8, less than the call."),
)

# %% tags=["quiz"]
quiz(
    "A manager received ¥1,000,000 on the account of a wholesaler who turns over that much every week. A reason to call?",
    Choice("Yes, it is a million.", "For this client it is an ordinary Tuesday."),
    Choice("No: compare with the client's own usual inflow.", "Large compared with what?", right=True),
    Choice("Only if the wholesaler has no manager.", "Who calls is another question than why."),
)

# %% tags=["quiz"]
quiz(
    "The last client on the list gains ¥120, the next ¥90. What is one more call worth?",
    Choice("¥120", "That client is called already."),
    Choice("¥90", "The next one on the list.", right=True),
    Choice("The average of the list", "The margin is worse than the average."),
)
