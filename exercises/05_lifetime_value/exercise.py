# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.customer_base import SBG
from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz
from casekit.simulate.subscriptions import simulate_subscriptions

about(
    title="What is a reader worth, and what may it cost to keep one?",
    minutes=100,
    notebook="05_lifetime_value",
    week=5,
    needs="pandas: Series, shift, filters; powers and a geometric series",
)


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Yearly counts of the readers won in 2014, two years of school accounts, and the magazine's terms."""
    model = SBG.from_parameters(alpha=rng.uniform(0.7, 1.1), beta=rng.uniform(2.2, 3.2))
    made = simulate_subscriptions(
        int(rng.integers(1500, 2501)), model=model, rng=rng, start="2014-01", periods=11, period="year"
    )
    left = made["survivors"].iloc[:, 0].to_numpy().astype(int)
    return {
        "readers": pd.DataFrame({"year": np.arange(2014, 2014 + len(left)), "readers": left}),
        "accounts": _accounts(rng),
        "terms": pd.DataFrame(_terms(rng), columns=["term", "value", "unit"]),
    }


def _accounts(rng: np.random.Generator) -> pd.DataFrame:
    """Schools that buy copies: some leave, those who stay buy more, new ones come."""
    old, new = int(rng.integers(150, 191)), int(rng.integers(18, 27))
    before = np.r_[rng.integers(20, 201, size=old), np.zeros(new, dtype=int)]
    stays = rng.random(old) < rng.uniform(0.70, 0.80)
    kept = np.where(stays, np.round(before[:old] * rng.uniform(1.05, 1.25, size=old)), 0).astype(int)
    after = np.r_[kept, rng.integers(40, 121, size=new)]
    ids = rng.permutation(np.arange(1001, 1001 + old + new))
    return pd.DataFrame({"customer_id": ids, "copies_2023": before, "copies_2024": after})


def _terms(rng: np.random.Generator) -> list[tuple[str, float, str]]:
    """What the publisher told this student."""
    before, with_club = (share / 100 for share in (rng.integers(74, 79), rng.integers(82, 87)))
    price, issues = float(rng.integers(10, 19)), float(rng.choice([10, 12, 20, 24]))
    margin_rate, discount_rate = (share / 100 for share in (rng.integers(30, 46), rng.integers(8, 13)))
    always, once = (share / 100 for share in (rng.integers(15, 36), rng.integers(30, 61)))
    due = price * issues * margin_rate / (1 + discount_rate - before)
    # What the offers bring, more or less, so that now one pays, now the other, now neither.
    adviser = due * (1 - before) * always * rng.uniform(2.5, 7.0)
    discount = due * (1 - before) * once * rng.uniform(0.5, 1.4)
    return [
        ("price_an_issue", price, "¥"),
        ("issues_a_year", issues, "a year"),
        ("margin_rate", margin_rate, "share of the price"),
        ("discount_rate", discount_rate, "a year"),
        ("retention_rate", before, "a year"),
        ("retention_with_club", with_club, "a year"),
        ("monthly_fee_margin", float(rng.integers(9, 16)), "¥ a month, margin of the online edition"),
        ("monthly_retention", float(rng.integers(930, 961)) / 1000, "a month"),
        ("adviser_cost", float(round(adviser)), "¥ once a reader"),
        ("adviser_removes", always, "share of the risk to leave, in every year"),
        ("discount_cost", float(round(discount)), "¥ once a reader"),
        ("discount_removes", once, "share of the risk to leave, next renewal only"),
    ]


# %% [markdown]
# # What is a reader worth, and what may it cost to keep one?
#
# You run a magazine. Readers (订户) pay once a year, in January, or leave. The agency that wins readers wants more
# money, and so does the club that is to keep them. Both argue with a *lifetime value* (客户终身价值). Work out your own.
#
# The case notebook `05_lifetime_value` shows the methods. The counts and terms here are simulated, and yours alone.

# %% [markdown] tags=["guide"]
# ## Aims
#
# After the lesson a student can
#
# - read retention from a cohort's counts, year by year and pooled, and tell it from the share that is left,
# - say which of three closed forms answers a question, by drawing when the money falls,
# - keep rate and period in step (months with months, years with years),
# - foretell a cohort with a model in which readers differ, and say why a constant rate is too dark for old readers,
# - turn a promise of higher retention into the most that it may cost.

# %% [markdown] tags=["guide"]
# ## 引入 Introduction (10 min)
#
# Write on the board: "A grocer tells his staff: every customer is worth $50,000, for they spend $100 a week, 50
# weeks a year, for ten years." Ask what the grocer would pay to win one. Collect what is missing: margin, people who
# leave sooner, money that comes in ten years. Then: "Your agency says ¥1,000 a reader. Would you pay ¥900 for one?"

# %% [markdown] tags=["guide"]
# ## 讲解 Explanation (30 min)
#
# With `live.ipynb`, in this order.
#
# 1. Counts of one cohort: draw the stairs. Kept by those at risk is retention, left by all who began is survival
#    (8 min, questions 5.1–5.2).
# 2. One timeline, three forms: a payment today; a first payment in a year for certain; a first payment in a year if
#    the reader renews. With 100, 0.8 and 12 %: 350, 312.5, 250 (10 min, 5.4–5.6).
# 3. Months and years: a year has twelve renewals and one discount (5 min, 5.7).
# 4. Two kinds of reader who never change: the average retention rises all the same (7 min, 5.8–5.9).

# %% [markdown] tags=["guide"]
# ## 实践 Practice (45 min)
#
# Students work alone on 5.1–5.7, then in pairs on 5.8–5.12. Who gets 5.4 wrong draws the timeline before the second
# try. The memo (5.13) is homework if time runs out. The table of common mistakes below says what you will meet.

# %% [markdown] tags=["guide"]
# ## 总结 Wrap-up (15 min)
#
# Let three students say what their club may cost, and how they found it. Then ask: "The club's members renew at 95 %.
# Is it the club?" (Loyal readers join clubs.) Close with the three sentences on the board.

# %% [markdown] tags=["guide"]
# ## Board plan
#
# | left | middle | right |
# |---|---|---|
# | **Stairs**: counts by year, retention under each step | **Timeline**: today, 1, 2, 3 … and where each form starts | **Worth it?** value with − value without |
# | kept / at risk | $m(1+d)/(1+d-r)$ today · $m/(1+d-r)$ in a year · $mr/(1+d-r)$ if renewed | the most it may cost, once |
# | average rate rises, nobody changed | $(1+d)^{1/12}-1$ a month | who would have stayed anyway? |
#
# Bottom line, kept to the end: *Say when the money falls. Say the period of every rate. Say compared with what.*

# %% [markdown] tags=["guide"]
# ## Discussion questions
#
# 1. The grocer's $50,000 did its work: staff were kinder. Is a wrong number that makes people act well a good number?
# 2. A shop's repeat rate rose from 25 to 48 %. What else, besides the programme, may have raised it? What would you count?
# 3. Readers of five years' standing renew at 90 %. Does reading make loyal, or do the loyal go on reading?
# 4. Seed customers renew at 95 %. What does that say of the next thousand?
# 5. A point of retention is worth more at 90 % than at 60 %. Is it dearer, too?

# %%
import numpy as np
import pandas as pd

readers = book.table("readers").set_index("year")["readers"]
accounts = book.table("accounts")
terms = book.table("terms").set_index("term")["value"]
discount_rate = terms["discount_rate"]

# %% [markdown]
# `readers`: of those won in January 2014, how many paid in January of each year. No one comes back, no one is added.
# `accounts`: schools that buy copies, with what they bought in 2023 and 2024. `terms`: what the publisher told you.

# %% tags=["show"]
readers

# %% [markdown]
# ## Part 1. Who stays?
#
# ### How loyal is a reader?
#
# The retention rate (保持率) is the share of the readers *at risk* who renew. Over all renewals since 2014 taken
# together: of all the times a reader had to decide, how often was the answer yes?

# %% tags=["question"]
question(
    "5.1",
    answer="pooled_retention",
    title="Retention rate, all renewals together",
    kind="share",
    unit="share of readers at risk, 0 to 1",
    decimals=3,
    points=2,
    minutes=6,
    hints=(
        "A reader counted in 2014 is at risk in January 2015. Nobody counted in the last year has decided yet.",
        "All who renewed, by all who were at risk.",
    ),
    traps=(
        Trap(
            "mean_of_rates",
            "(readers / readers.shift()).mean()",
            says="You averaged the years' rates, so a year with few readers weighs as much as one with many.",
            idea="The ratio of sums is not the mean of ratios.",
            credit=0.5,
        ),
        Trap(
            "share_left",
            "readers.iloc[-1] / readers.iloc[0]",
            says="That is the share left after all the years: survival, not the chance to renew once.",
            idea="Retention is for one renewal, survival for all of them.",
        ),
        Trap(
            "last_year_at_risk",
            "readers.iloc[1:].sum() / readers.sum()",
            says="You counted the readers of the last year as at risk; their next January has not come yet.",
            idea="Count in the denominator only those who could have renewed.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
renewed = readers.iloc[1:].sum()
at_risk = readers.iloc[:-1].sum()  # blank: a count; in which years could a reader renew?
pooled_retention = renewed / at_risk

# %% [markdown]
# ### Does it change with the years?
#
# The publisher says: "Readers grow loyal." Work out the retention rate of every renewal: 2015 (the first) to the last.

# %% tags=["question"]
question(
    "5.2",
    answer="retention_by_year",
    title="Retention rate of each renewal",
    kind="series",
    unit="a Series of shares, indexed by the year of the renewal (2015, 2016, …)",
    decimals=3,
    low=0,
    high=1,
    points=2,
    minutes=5,
    hints=(
        "`readers.shift()` has last year's readers in this year's row.",
        "Drop the first year: nobody renewed in 2014.",
    ),
    traps=(
        Trap(
            "survival",
            "(readers / readers.iloc[0]).iloc[1:]",
            says="You divided by the readers of 2014; those who left earlier cannot renew any more.",
            idea="Retention is for one renewal, survival for all of them.",
        ),
        Trap(
            "churn",
            "(1 - readers / readers.shift()).iloc[1:]",
            says="That is the share that left; the question asks for the share that stayed.",
            idea="Retention and churn add up to one.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
year_before = readers.shift()  # blank: a Series; the readers at risk in each January
retention_by_year = (readers / year_before).iloc[1:]

# %% [markdown] tags=["key"]
# The rate rises. That does not yet say that any reader became more loyal: those who were quick to leave have left.

# %% [markdown]
# ## Part 2. What is a reader worth?
#
# ### The course's formula
#
# The course multiplies transaction × frequency × life (交易额 × 频率 × 周期). Take it at its best: use the *margin* instead
# of the price, and the expected life that the retention rate in `terms` implies, counted in payments: the first one
# is sure. No discount yet.

# %%
r = terms["retention_rate"]
price, issues, margin_rate = terms["price_an_issue"], terms["issues_a_year"], terms["margin_rate"]

# %% tags=["question"]
question(
    "5.3",
    answer="course_value",
    title="Margin × frequency × life",
    kind="money",
    unit="¥ a reader, not discounted",
    decimals=0,
    points=2,
    minutes=6,
    low=0,
    hints=("Expected number of payments, the first one sure: 1 + r + r² + …",),
    traps=(
        Trap(
            "revenue",
            "price * issues / (1 - r)",
            says="That is revenue; printing and post take their part, and the margin is what stays.",
            idea="Value is margin, not revenue.",
            credit=0.5,
        ),
        Trap(
            "first_payment_left_out",
            "margin_rate * price * issues * r / (1 - r)",
            says="You left out the first payment, which is sure.",
            idea="Say whether the first payment counts.",
            credit=0.5,
        ),
        Trap(
            "five_years",
            "margin_rate * price * issues * 5",
            says="You took five years for everybody; the life follows from the retention rate.",
            idea="A life is estimated, not agreed upon.",
        ),
        Trap(
            "one_issue_a_year",
            "margin_rate * price / (1 - r)",
            says="You took the margin of one issue; a year has several.",
            idea="Price an issue, margin a year: keep the period in step.",
        ),
    ),
)

# %% tags=["solution"]
life_in_payments = 1 / (1 - r)  # blank: a number; how many payments does a new reader make on average?
margin_a_year = margin_rate * price * issues  # blank: ¥ a year; what stays of a year's price?
course_value = margin_a_year * life_in_payments

# %%
m, d = margin_rate * price * issues, discount_rate

# %% [markdown]
# ### A reader who signs today
#
# Money of later years is worth less than money of today. A reader signs **today and pays today**; each year
# on, who has paid so far pays once more with the chance $r$, without an end. With `m` the margin a year and `d` the discount rate: what is that reader worth today, the
# first payment included?

# %% tags=["question"]
question(
    "5.4",
    answer="value_today",
    title="Value of a reader who pays today",
    kind="money",
    unit="¥, present value, first payment included",
    decimals=1,
    points=3,
    minutes=8,
    low=0,
    hints=(
        "Draw the timeline: m now, m·r/(1+d) in a year, m·r²/(1+d)² in two …",
        "A geometric series with the ratio r/(1+d).",
    ),
    traps=(
        Trap(
            "first_in_a_year",
            "m / (1 + d - r)",
            says="Your first payment falls in a year; this reader pays today.",
            idea="Say when the first payment falls.",
            credit=0.5,
        ),
        Trap(
            "if_renewed",
            "m * r / (1 + d - r)",
            says="Your first payment falls in a year and only if the reader renews; this reader pays today, for sure.",
            idea="Say when the first payment falls, and whether it is sure.",
            credit=0.5,
        ),
        Trap(
            "no_discount",
            "m / (1 - r)",
            says="You did not discount: a payment in five years counts as one of today.",
            idea="Money has a date.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
ratio = r / (1 + d)  # blank: a number; by what is each payment smaller than the one before?
value_today = m / (1 - ratio)

# %% [markdown]
# ### A reader who has just paid
#
# In a year's time comes the renewal of a reader who has **just paid**. What are that reader's *future* payments worth
# today? This is what is lost if a reader walks away, and what a winner-back would have to earn.

# %% tags=["question"]
question(
    "5.5",
    answer="value_of_renewals",
    title="Value of the renewals of a reader who has just paid",
    kind="money",
    unit="¥, present value, without the payment just made",
    decimals=1,
    points=2,
    minutes=5,
    low=0,
    hints=("The same timeline without the payment of today.",),
    traps=(
        Trap(
            "first_sure",
            "m / (1 + d - r)",
            says="You took the first renewal for sure; it comes with the chance r.",
            idea="Say whether the first payment is sure.",
            credit=0.5,
        ),
        Trap(
            "payment_made",
            "m * (1 + d) / (1 + d - r)",
            says="You counted the payment just made; nobody can lose it any more.",
            idea="Only what is still to come can be lost.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
value_of_renewals = m * r / (1 + d - r)

# %% [markdown]
# ### One function for all
#
# The agency has three offers with other margins and rates. Write the function that gives the value of a customer who
# **pays today**, as in 5.4.

# %% tags=["question"]
question(
    "5.6",
    answer="lifetime_value_today",
    title="Lifetime value as a function",
    kind="function",
    unit="a function of margin, retention_rate, discount_rate (all a year) that returns ¥",
    decimals=2,
    inputs=lambda rng: [
        (float(rng.integers(20, 200)), float(rng.uniform(0.3, 0.95)), float(rng.uniform(0.04, 0.2)))
        for _ in range(8)
    ],
    points=2,
    minutes=5,
    hints=("Put the formula of 5.4 into the function; use only its three arguments.",),
    traps=(
        Trap(
            "first_in_a_year",
            "lambda margin, retention_rate, discount_rate: margin / (1 + discount_rate - retention_rate)",
            says="Your first payment falls in a year; this customer pays today.",
            idea="Say when the first payment falls.",
            credit=0.5,
        ),
        Trap(
            "outer_names",
            "lambda margin, retention_rate, discount_rate: m * (1 + d) / (1 + d - r)",
            says="Your function does not use its arguments: it gives this magazine's value whatever it is asked.",
            idea="A function speaks only of its arguments.",
        ),
    ),
)


# %% tags=["free"]
def lifetime_value_today(margin, retention_rate, discount_rate):
    """Present value of a customer who pays the margin today and renews each year with retention_rate."""
    return margin * (1 + discount_rate) / (1 + discount_rate - retention_rate)


# %% [markdown]
# ### The online edition
#
# The online edition is paid **by the month**: margin `monthly_fee_margin` and retention `monthly_retention`, both a
# month. The discount rate in `terms` is a year's. A reader pays the first month today. What is that reader worth?

# %%
fee, stay = terms["monthly_fee_margin"], terms["monthly_retention"]

# %% tags=["question"]
question(
    "5.7",
    answer="value_online",
    title="Value of an online reader",
    kind="money",
    unit="¥, present value, first month included",
    decimals=2,
    points=3,
    minutes=7,
    low=0,
    hints=(
        "Twelve monthly discounts make one yearly discount: (1 + monthly)¹² = 1 + d.",
        "Then the form of 5.4, all in months.",
    ),
    traps=(
        Trap(
            "yearly_discount",
            "fee / (1 - stay / (1 + d))",
            says="You discounted each month by a whole year.",
            idea="Rate and period must be of one kind.",
        ),
        Trap(
            "a_twelfth",
            "fee / (1 - stay / (1 + d / 12))",
            says="A twelfth of the yearly rate is not the monthly rate: twelve of them compound to more than d.",
            idea="Rates compound; they do not add.",
            credit=0.75,
        ),
        Trap(
            "yearly_from_monthly",
            "12 * fee / (1 - stay**12 / (1 + d))",
            says="You let a reader pay twelve months at once and decide once a year; here one may leave every month.",
            idea="The period of the decision counts.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
monthly_discount = (1 + d) ** (1 / 12) - 1  # blank: a number; what discount a month makes d a year?
value_online = fee / (1 - stay / (1 + monthly_discount))

# %% [markdown]
# ## Part 3. What will become of the cohort?
#
# ### The publisher's forecast
#
# In January 2020, with the counts of 2014 to 2020 before him, the publisher foretold January 2024: he took the pooled
# rate of those six renewals (as in 5.1) and let it run on from the readers of 2020. What did he say?

# %%
seen = readers.loc[2014:2020]

# %% tags=["question"]
question(
    "5.8",
    answer="foretold_2024",
    title="Readers of 2024 at a constant rate",
    kind="number",
    unit="readers in January 2024, not rounded",
    decimals=1,
    points=2,
    minutes=6,
    low=0,
    hints=("The rate from `seen` only; four renewals from 2020 to 2024.",),
    traps=(
        Trap(
            "peeked",
            "seen.iloc[-1] * (readers.iloc[1:].sum() / readers.iloc[:-1].sum()) ** 4",
            says="Your rate uses the counts after 2020, which the publisher had not seen.",
            idea="A forecast may use only what was known.",
            credit=0.5,
        ),
        Trap(
            "from_the_start",
            "seen.iloc[0] * (seen.iloc[1:].sum() / seen.iloc[:-1].sum()) ** 10",
            says="You started from the readers of 2014; those of 2020 were known.",
            idea="Start from the last thing known.",
            credit=0.5,
        ),
        Trap(
            "five_renewals",
            "seen.iloc[-1] * (seen.iloc[1:].sum() / seen.iloc[:-1].sum()) ** 5",
            says="From January 2020 to January 2024 there are four renewals, not five.",
            idea="Count the steps, not the years.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
rate_seen = seen.iloc[1:].sum() / seen.iloc[:-1].sum()
foretold_2024 = seen.iloc[-1] * rate_seen**4

# %% [markdown]
# ### A model in which readers differ
#
# The shifted-beta-geometric model lets every reader have an own, constant chance to leave. Fit it to `seen` with
# `SBG().fit(seen)`; its `survival(age)` is the share of the first readers left after so many renewals. How many readers does
# it foretell for January 2024?

# %%
from casekit.customer_base import SBG

# %% tags=["question"]
question(
    "5.9",
    answer="sbg_2024",
    title="Readers of 2024 by the model",
    kind="number",
    unit="readers in January 2024, not rounded",
    tolerance=0.5,
    points=3,
    minutes=7,
    low=0,
    hints=("2024 is ten renewals after 2014.", "A share of the first readers, times the first readers."),
    traps=(
        Trap(
            "share_of_2020",
            "seen.iloc[-1] * float(SBG().fit(seen).survival(4))",
            says="You let the readers of 2020 begin anew; the survival is counted from 2014.",
            idea="Old customers are not a fresh draw: the quick leavers have left.",
            credit=0.25,
        ),
        Trap(
            "constant_rate",
            "seen.iloc[-1] * (seen.iloc[1:].sum() / seen.iloc[:-1].sum()) ** 4",
            says="That is the constant rate again; here readers differ, so ask the model.",
            idea="A constant rate forgets that the quick leavers have left.",
        ),
        Trap(
            "eleven_renewals",
            "seen.iloc[0] * float(SBG().fit(seen).survival(11))",
            says="The year 2024 is the eleventh count but the tenth renewal.",
            idea="Count the steps, not the years.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
model = SBG().fit(seen)
sbg_2024 = seen.iloc[0] * float(model.survival(10))

# %% [markdown] tags=["key"]
# Hold both against `readers.loc[2024]`. The constant rate is too dark: it lets the loyal leave as fast as everybody did.

# %% [markdown]
# ## Part 4. What may it cost?
#
# ### The club
#
# The club promises to lift retention from `retention_rate` to `retention_with_club`, for good, for readers who have
# **just paid** (as in 5.5). What is the most that it may cost, **once**, for each such reader?

# %% tags=["question"]
question(
    "5.10",
    answer="most_for_club",
    title="The most the club may cost",
    kind="money",
    unit="¥ once a reader, present value",
    decimals=1,
    points=3,
    minutes=7,
    low=0,
    hints=("Value of the renewals with the club, less value without.",),
    traps=(
        Trap(
            "points_times_margin",
            "(terms['retention_with_club'] - r) * m",
            says="You took the gain of one renewal; a reader who stays also renews the year after.",
            idea="Retention acts again every year.",
            credit=0.25,
        ),
        Trap(
            "whole_value",
            "m * terms['retention_with_club'] / (1 + d - terms['retention_with_club'])",
            says="That is all the reader is worth with the club; most of it would come without it.",
            idea="Compare with what would have happened anyway.",
        ),
        Trap(
            "not_discounted",
            "m * terms['retention_with_club'] / (1 - terms['retention_with_club']) - m * r / (1 - r)",
            says="You did not discount the later years.",
            idea="Money has a date.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
with_club = terms["retention_with_club"]
most_for_club = m * with_club / (1 + d - with_club) - m * r / (1 + d - r)

# %% [markdown]
# ### Which offer?
#
# Two rivals of the club ask for the same readers, who have just paid. The **adviser** costs `adviser_cost` once and removes the share
# `adviser_removes` of the risk to leave in *every* year. The **discount** costs `discount_cost` once and removes
# `discount_removes` of the risk, at the *next renewal only*; after it, readers stay with $r$ again. Each is worth its gain in
# present value less its cost. Which one would you take, or neither?

# %% tags=["question"]
question(
    "5.11",
    answer="best_offer",
    title="The better offer",
    kind="choice",
    unit="the offer with the highest gain less cost, or neither if both lose",
    labels=("adviser", "discount", "neither"),
    points=3,
    minutes=9,
    hints=(
        "Risk to leave is 1 − r. With the adviser the new retention is 1 − (1 − r)(1 − adviser_removes).",
        "With the discount only the next renewal changes: the chance of the first payment rises, all later ones follow it.",
    ),
    traps=(),
)

# %% tags=["free"]
stay_adviser = 1 - (1 - r) * (1 - terms["adviser_removes"])
gain_adviser = m * stay_adviser / (1 + d - stay_adviser) - m * r / (1 + d - r) - terms["adviser_cost"]
stay_once = 1 - (1 - r) * (1 - terms["discount_removes"])
gain_discount = (stay_once - r) * m / (1 + d - r) - terms["discount_cost"]
gains = pd.Series({"neither": 0.0, "adviser": gain_adviser, "discount": gain_discount})
best_offer = gains.idxmax()

# %% [markdown]
# ### Are the schools kept?
#
# The sales director says: "Schools took more copies in 2024 than in 2023." That counts new schools with the old.
# Christopher's *customer retention index* (客户保持指数) by volume asks: the schools of 2023, what do *they* buy in 2024,
# by what they bought then?

# %% tags=["question"]
question(
    "5.12",
    answer="volume_index",
    title="Retention index by volume",
    kind="number",
    unit="copies of 2024 by copies of 2023, of the schools of 2023",
    decimals=3,
    points=2,
    minutes=5,
    low=0,
    hints=("First keep the schools with copies in 2023.",),
    traps=(
        Trap(
            "with_new_schools",
            "accounts['copies_2024'].sum() / accounts['copies_2023'].sum()",
            says="You counted the copies of schools that are new: growth, not retention.",
            idea="Of whom? Those who were customers then.",
            credit=0.5,
        ),
        Trap(
            "by_count",
            "(then['copies_2024'] > 0).mean()",
            says="That is the index by count: schools kept; the question asks for copies.",
            idea="Heads and volume are two indices.",
            credit=0.5,
        ),
        Trap(
            "only_those_who_stayed",
            "then.loc[then['copies_2024'] > 0, 'copies_2024'].sum() / then.loc[then['copies_2024'] > 0, 'copies_2023'].sum()",
            says="You left out the schools that left; they are what retention is about.",
            idea="Do not look at survivors only.",
            credit=0.25,
        ),
    ),
)

# %% tags=["free"]
then = accounts[accounts["copies_2023"] > 0]
volume_index = then["copies_2024"].sum() / then["copies_2023"].sum()

# %% [markdown]
# ## Part 5. The memo
#
# The publisher has one budget for winning and keeping. Write to him: **What may we pay to win a reader, what may the club cost, and which offer
# do you take?** Say for each when the money falls and what it rests on. Say why the rising retention of old readers does not
# prove that the magazine makes loyal. 120 words or more, English or Chinese.

# %% tags=["question"]
question(
    "5.13",
    answer="memo",
    title="Memo to the publisher",
    kind="free_text",
    unit="a text of 120 words (or Chinese characters) or more",
    points=8,
    minutes=22,
    min_words=120,
    hints=("Amount, when it falls, what it rests on, what would change it.",),
    rubric=(
        Criterion(
            "Limit for winning",
            2,
            "names the value of a reader who pays today as the most for the last one won",
        ),
        Criterion(
            "Limit for keeping",
            2,
            "club and offer as a difference with and without, right amounts and period",
        ),
        Criterion("Timing", 1, "says for each amount whether the first payment is in it"),
        Criterion(
            "Readers differ", 2, "explains the rising rate by who is left, and what follows for the forecast"
        ),
        Criterion("What would change it", 1, "names a premise (rate, discount, margin) and the direction"),
    ),
)

# %% tags=["solution"]
memo = """
To win: pay at most the value of a reader who pays today, first payment included, for the last reader won. An average
cost below it is not enough, because the last ones are the dearest.

To keep: for a reader who has just paid only the renewals can be lost. The club may cost the difference between their
value with and without it, once a reader; all above is a gift. Of the two offers I take the one with the higher gain
less cost. One rests on a promise for every year, the other on one January: the first must prove itself with a control group.

Retention rises with the years, but nobody need have changed: those who were quick to leave have left. A model in
which readers differ says what becomes of this cohort; a constant rate is too dark for old readers and too bright for
new ones. A lower discount rate or a higher margin raises all amounts, a shorter promise of the club lowers one.
"""

# %% tags=["quiz"]
quiz(
    "A cohort counts 1,000, 800, 640 readers in three years. Retention rate and survival after two renewals?",
    Choice("0.80 and 0.64", "800/1,000 and 640/800 are 0.80; 640/1,000 are left.", right=True),
    Choice("0.64 and 0.80", "The other way round: retention is for one renewal."),
    Choice("0.72 and 0.64", "You averaged 0.80 and 0.64; the second is not a retention rate."),
)

# %% tags=["quiz"]
quiz(
    "Margin ¥100 a year, retention 0.8, discount 12 %. The customer pays the first ¥100 today. Value?",
    Choice("¥250", "Here the first payment falls in a year, and only if the customer renews."),
    Choice("¥312.50", "Here the first payment is sure but falls in a year."),
    Choice("¥350", "100 × 1.12 / (1.12 − 0.8).", right=True),
    Choice("¥500", "Here nothing is discounted."),
)

# %% tags=["quiz"]
quiz(
    "A service loses 5 % of its users every month. About how many of 100 are left after a year?",
    Choice("40", "12 × 5 = 60 leave, you say; but each month loses 5 % of those who are left."),
    Choice("54", "0.95 to the power of 12.", right=True),
    Choice("95", "That is after one month."),
)

# %% tags=["quiz"]
quiz(
    "A yearly discount rate of 12 % is a monthly rate of",
    Choice("1 %", "Twelve times 1 % compounds to 12.7 %."),
    Choice("0.95 %", "1.12 to the power of 1/12, less 1.", right=True),
    Choice("12 %", "That discounts each month by a year."),
)

# %% tags=["quiz"]
quiz(
    "Retention of a cohort: 60 %, 75 %, 82 %, 86 %. What follows?",
    Choice(
        "Readers become more loyal with the years.",
        "Perhaps; but the same rates arise if nobody ever changes.",
    ),
    Choice("The data are wrong: retention is constant.", "A rising rate is the rule, not an error."),
    Choice(
        "Nothing about single readers: those quick to leave have left.",
        "Sorting and growing loyal look alike here.",
        right=True,
    ),
)

# %% tags=["quiz"]
quiz(
    "A beauty shop reports: repeat purchase rate (复购率) 25 % before, 48 % after. Put 0.48 into the formula as retention rate?",
    Choice(
        "Yes: who buys again was retained.",
        "A repeat rate counts a second purchase at any time; without a contract nobody knows who has left.",
    ),
    Choice(
        "No: it is no rate per period, and it rises with waiting.",
        "Longer observation alone raises it.",
        right=True,
    ),
    Choice("No: one must use 1 − 0.48.", "That is not a churn rate per period either."),
)

# %% tags=["quiz"]
quiz(
    "A programme lifts retention from 0.70 to 0.75. What may it cost at most?",
    Choice("5 % of a year's margin", "That is the gain of one renewal only."),
    Choice("The customer's value at 0.75", "Most of that would come without the programme."),
    Choice("Value at 0.75 less value at 0.70", "What the programme adds.", right=True),
    Choice("Whatever keeps the customer", "A kept customer can cost more than he brings."),
)
