# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.customer_base import BGNBD, GammaGamma, purchase_summary
from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz
from casekit.simulate.purchases import PurchasePlan, simulate_purchases

about(
    title="Who of your customers is still a customer, and whom do you call?",
    minutes=105,
    notebook="06_customer_base",
    week=6,
    needs="pandas: groupby, dates, nunique, merge or map",
)


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """A year of receipts of customers won in its first quarter, and five customers to compare."""
    model = BGNBD.from_parameters(
        r=rng.uniform(0.5, 0.8), alpha=rng.uniform(4.5, 6.5), a=rng.uniform(0.7, 1.0), b=rng.uniform(2.2, 2.8)
    )
    spend = GammaGamma.from_parameters(p=6.0, q=rng.uniform(3.5, 4.5), gamma=rng.uniform(70, 110))
    plan = PurchasePlan(start="2024-01-01", end="2024-12-31", acquisition_days=91)
    customers = int(rng.integers(45, 56)) * 10
    made = simulate_purchases(customers, model=model, rng=rng, spend=spend, plan=plan)["purchases"]
    return {"receipts": _receipts(made, rng), "five": _five(rng)}


def _receipts(made: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Every fourth purchase comes as two receipts of the same day."""
    two = rng.random(len(made)) < 0.25
    first = np.where(two, rng.uniform(0.3, 0.7, size=len(made)), 1.0)
    rows = made.assign(date=made["date"].dt.normalize(), amount=made["amount"] * first)
    more = rows[two].assign(amount=(made["amount"] * (1 - first))[two])
    rows = pd.concat([rows, more]).sort_values(["date", "customer_id"], kind="stable")
    return rows.assign(amount=rows["amount"].round(2))[["customer_id", "date", "amount"]].reset_index(
        drop=True
    )


def _five(rng: np.random.Generator) -> pd.DataFrame:
    """Five customers, all with T = 39 weeks; A and B are silent for the same time after unlike pasts."""
    silent = int(rng.integers(10, 15))
    frequency = [
        int(rng.integers(2, 4)),
        int(rng.integers(12, 18)),
        int(rng.integers(5, 8)),
        int(rng.integers(6, 10)),
        1,
    ]
    recency = [
        39 - silent,
        39 - silent,
        38 - int(rng.integers(0, 3)),
        int(rng.integers(10, 16)),
        int(rng.integers(6, 12)),
    ]
    return pd.DataFrame(
        {"who": list("ABCDE"), "frequency": frequency, "recency": [float(r) for r in recency], "T": 39.0}
    )


# %% [markdown]
# # Who of your customers is still a customer, and whom do you call?
#
# You run a web shop. Customers (客户) buy when they like and never say goodbye. It is the end of September 2024: the
# office can call a few of them, and the owner wants to know how much the last quarter will bring.
#
# The case notebook `06_customer_base` shows the methods on real customers. The receipts here are simulated, and yours alone.

# %% [markdown] tags=["guide"]
# ## Aims
#
# After the lesson a student can
#
# - boil a log of receipts down to frequency, recency and T, with one meaning a word,
# - keep apart purchases, receipts and customers, and cohorts from everybody,
# - explain why the same silence is a worse sign in a frequent buyer (the paradox of rising frequency),
# - forecast a customer base with a probability model, hold it against a naive rule on later data, and say which wins at what,
# - make a call list from the future, not from the past.

# %% [markdown] tags=["guide"]
# ## 引入 Introduction (10 min)
#
# Draw two rows of crosses on a line of 39 weeks: one customer bought every second week until week 26, one bought
# three times, last in week 26. Both silent since. "Whom would you bet on to come back?" Vote, then collect reasons. Most
# vote for the frequent one. Keep the vote on the board until 6.8.

# %% [markdown] tags=["guide"]
# ## 讲解 Explanation (30 min)
#
# With `live.ipynb`, in this order.
#
# 1. Receipt, purchase day, customer: what is one row? Frequency counts *repeat* days (8 min, questions 6.1–6.3).
# 2. Concentration and cohorts, each with its denominator (7 min, 6.4–6.5).
# 3. Silence: a rule of thirteen weeks, and whom it wrongs (5 min, 6.6).
# 4. The model: buying at one's own rate, leaving after a purchase by one's own coin; P(alive) and the expected purchases
#    (10 min, 6.7–6.9).

# %% [markdown] tags=["guide"]
# ## 实践 Practice (50 min)
#
# Students work alone on 6.1–6.6, in pairs on 6.7–6.11. Both partners have other shops; let them compare which forecast won
# and why. Who is done writes the memo (6.12), else it is homework.

# %% [markdown] tags=["guide"]
# ## 总结 Wrap-up (15 min)
#
# Let five students name the error of their model and of last quarter = next quarter. In a base that nobody joins any more the
# naive rule is too high: it forgets that customers leave. Go back to the vote: who changed sides? Close with the bottom line.

# %% [markdown] tags=["guide"]
# ## Board plan
#
# | left | middle | right |
# |---|---|---|
# | receipt → purchase day → customer | two rows of crosses, 39 weeks | forecast, what came, error |
# | frequency = days − 1 | silence is judged by one's own rhythm | model · last quarter = next quarter |
# | recency: age at the last purchase | P(alive) | call by the future, not the past |
#
# Bottom line, kept to the end: *Say what one row is. Silence is relative. Test a forecast on what it has not seen.*

# %% [markdown] tags=["guide"]
# ## Discussion questions
#
# 1. A shop says "a customer is lost after 90 days". Whom does the rule suit, whom does it wrong?
# 2. The model never asks for age, city or campaign. Why can it work?
# 3. BG/NBD gives one-time buyers P(alive) = 1. Is that silly? What would you do about it?
# 4. Should the office call those most likely to buy, or those whom a call would change?
# 5. What happens to the forecast if the shop starts a sale in November?

# %%
import numpy as np
import pandas as pd

receipts = book.table("receipts")
five = book.table("five").set_index("who")
known = receipts[receipts["date"] <= "2024-09-30"]
later = receipts[receipts["date"] > "2024-09-30"]

# %% [markdown]
# One row of `receipts` is one receipt: who, on which day, how much (¥). All customers of the log made their first purchase
# between January and March 2024. **A purchase is a day on which a customer bought**, however many receipts it has. `known` is what you have at the end of
# September; `later` is what came, and no forecast may look at it.

# %% tags=["show"]
receipts.head()

# %% [markdown]
# ## Part 1. What happened?
#
# ### How many came back?
#
# The repeat rate (复购率): of all customers in `known`, what share made a second purchase by the end of September?

# %%
days = known.drop_duplicates(["customer_id", "date"])

# %% tags=["question"]
question(
    "6.1",
    answer="repeat_rate",
    title="Repeat rate",
    kind="share",
    unit="share of customers, 0 to 1",
    decimals=3,
    points=2,
    minutes=5,
    hints=("`days` has one row for each purchase. Count the rows of each customer.",),
    traps=(
        Trap(
            "receipts_counted",
            "(known.groupby('customer_id').size() >= 2).mean()",
            says="You counted receipts; two receipts of one day are one purchase.",
            idea="Say what one row is before counting rows.",
            credit=0.5,
        ),
        Trap(
            "more_than_two",
            "(days.groupby('customer_id').size() > 2).mean()",
            says="You asked for more than two purchases; a second one is enough.",
            idea="At least or more than: whole numbers feel the difference.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
purchases_of_each = days.groupby("customer_id").size()
came_again = purchases_of_each >= 2  # blank: True for customers who made a second purchase
repeat_rate = came_again.mean()

# %% [markdown]
# ### Frequency
#
# In this field **frequency** counts *repeat* purchases: the first one makes somebody a customer and is not counted. Find it for
# every customer in `known`.

# %% tags=["question"]
question(
    "6.2",
    answer="frequency",
    title="Repeat purchases of each customer",
    kind="series",
    unit="a Series of whole numbers by customer_id",
    low=0,
    tolerance=0.01,
    points=2,
    minutes=4,
    hints=("Purchases less one.",),
    traps=(
        Trap(
            "first_counted",
            "days.groupby('customer_id').size().astype(float)",
            says="You counted the first purchase; frequency counts repeats only.",
            idea="In this field frequency is the number of repeat purchases.",
            credit=0.5,
        ),
        Trap(
            "receipts_counted",
            "(known.groupby('customer_id').size() - 1).astype(float)",
            says="You counted receipts; two receipts of one day are one purchase.",
            idea="Say what one row is before counting rows.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
frequency = purchases_of_each - 1  # blank: a Series; repeat purchases of each customer

# %% [markdown]
# ### Silence
#
# How long have customers been silent? For each: the weeks from the **last** purchase to 30 September 2024; then the mean over all
# customers.

# %% tags=["question"]
question(
    "6.3",
    answer="mean_silence",
    title="Mean silence",
    kind="number",
    unit="weeks",
    decimals=2,
    points=2,
    minutes=5,
    low=0,
    hints=("`.dt.days / 7` turns a difference of dates into weeks.",),
    traps=(
        Trap(
            "recency",
            "((days.groupby('customer_id')['date'].max() - days.groupby('customer_id')['date'].min()).dt.days / 7).mean()",
            says="That is recency as this field means it, from the first purchase to the last; silence begins with the last.",
            idea="Recency is the age at the last purchase; silence is T less recency.",
            credit=0.5,
        ),
        Trap(
            "age",
            "((end - days.groupby('customer_id')['date'].min()).dt.days / 7).mean()",
            says="You began with the first purchase: that is T, the time observed.",
            idea="T runs from the first purchase, silence from the last.",
            credit=0.5,
        ),
        Trap(
            "mean_over_purchases",
            "((end - days['date']).dt.days / 7).mean()",
            says="You averaged over all purchases, not over customers' last ones.",
            idea="One value a customer, then the mean.",
        ),
        Trap(
            "in_days",
            "(end - days.groupby('customer_id')['date'].max()).dt.days.mean()",
            says="Those are days; the question asks for weeks.",
            idea="Say the unit.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
end = pd.Timestamp("2024-09-30")
last_purchase = days.groupby("customer_id")["date"].max()  # blank: a Series of dates; when did silence begin?
mean_silence = ((end - last_purchase).dt.days / 7).mean()

# %% [markdown]
# ### Who brings the money?
#
# "Twenty per cent of customers bring eighty per cent of the money." Here? Take the tenth of the customers with the highest spend in
# `known`: their share of all spend.

# %% tags=["question"]
question(
    "6.4",
    answer="share_of_best_tenth",
    title="Share of spend of the best tenth",
    kind="share",
    unit="share of all spend, 0 to 1",
    decimals=3,
    points=2,
    minutes=6,
    hints=(
        "First the spend of each customer, then sort, highest first.",
        "A tenth of the customers is `len(spend) // 10`.",
    ),
    traps=(
        Trap(
            "largest_receipts",
            "known['amount'].nlargest(len(known) // 10).sum() / known['amount'].sum()",
            says="That is the largest tenth of receipts; add up each customer's first.",
            idea="Concentration is about customers.",
            credit=0.25,
        ),
        Trap(
            "the_others",
            "1 - spend.nlargest(len(spend) // 10).sum() / spend.sum()",
            says="That is what the other nine tenths bring.",
            idea="Sort with the highest first.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
spend = known.groupby("customer_id")["amount"].sum()
best_tenth = spend.nlargest(len(spend) // 10)  # blank: a Series; the spend of the best tenth of customers
share_of_best_tenth = best_tenth.sum() / spend.sum()

# %% [markdown]
# ### Follow a cohort
#
# Customers won in **January** (first purchase in January): what share of them bought in **April**?

# %% tags=["question"]
question(
    "6.5",
    answer="january_in_april",
    title="January's customers in April",
    kind="share",
    unit="share of the customers won in January, 0 to 1",
    decimals=3,
    points=3,
    minutes=7,
    hints=(
        "First the month of each customer's first purchase.",
        "Then: who of these has a purchase in month 4?",
    ),
    traps=(
        Trap(
            "of_all_customers",
            "np.isin(january, in_april).sum() / days['customer_id'].nunique()",
            says="You divided by all customers; the question asks of those won in January.",
            idea="A cohort keeps its members, above and below the line.",
            credit=0.5,
        ),
        Trap(
            "purchases_not_customers",
            "(days['customer_id'].isin(january) & (days['date'].dt.month == 4)).sum() / len(january)",
            says="You counted purchases; a customer who bought twice in April is one customer.",
            idea="Heads and purchases are two counts.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
first_month = days.groupby("customer_id")["date"].min().dt.month
january = first_month.index[first_month == 1]
in_april = days.loc[days["date"].dt.month == 4, "customer_id"].unique()
january_in_april = np.isin(january, in_april).mean()

# %% [markdown]
# ## Part 2. Who is still a customer?
#
# ### A rule of thumb
#
# The office says: "Silent for more than 13 weeks: lost." Whoever made the last purchase before 1 July is written off. What share of those written off
# bought from October to December, in `later`, after all?

# %% tags=["question"]
question(
    "6.6",
    answer="wrongly_lost",
    title="Written off, and came back",
    kind="share",
    unit="share of the customers written off, 0 to 1",
    decimals=3,
    points=3,
    minutes=6,
    hints=("`last_purchase < '2024-07-01'` finds those written off.", "`later` has who bought afterwards."),
    traps=(
        Trap(
            "of_all_customers",
            "np.isin(last_purchase.index[last_purchase < '2024-07-01'], later['customer_id']).sum() / len(last_purchase)",
            says="You divided by all customers; the question asks of those written off.",
            idea="A share of whom?",
            credit=0.5,
        ),
        Trap(
            "of_those_who_came",
            "np.isin(later['customer_id'].unique(), last_purchase.index[last_purchase < '2024-07-01']).mean()",
            says="That is the share of the written off among those who came; the question starts from those written off.",
            idea="Two shares, two denominators.",
            credit=0.25,
        ),
        Trap(
            "not_written_off",
            "np.isin(last_purchase.index[last_purchase >= '2024-07-01'], later['customer_id']).mean()",
            says="That is how many of the others came back.",
            idea="A share of whom?",
        ),
    ),
)

# %% tags=["free"]
written_off = last_purchase.index[last_purchase < "2024-07-01"]
wrongly_lost = np.isin(written_off, later["customer_id"]).mean()

# %% [markdown]
# ### The same silence, another meaning
#
# `summary` holds frequency, recency (weeks from the first purchase to the last) and T (weeks from the first purchase to 30 September) of your customers,
# and `model` a BG/NBD fitted to it. `model.probability_alive(frame)` takes a frame with these three columns. How likely is each of the customers in `five`
# still a customer?

# %%
from casekit.customer_base import BGNBD, purchase_summary

summary = purchase_summary(known, observation_end="2024-09-30")
model = BGNBD().fit(summary)

# %% tags=["show"]
five

# %% tags=["question"]
question(
    "6.7",
    answer="alive",
    title="P(alive) of five customers",
    kind="series",
    unit="a Series of probabilities with the index A to E",
    decimals=3,
    low=0,
    high=1,
    points=2,
    minutes=4,
    hints=("`five` has the three columns that the model wants.",),
    traps=(
        Trap(
            "silence_for_recency",
            lambda five, model: pd.Series(
                np.asarray(model.probability_alive(five.assign(recency=five["T"] - five["recency"]))),
                index=five.index,
            ),
            says="You gave the model the silence; recency is the age at the last purchase.",
            idea="Recency is the age at the last purchase; silence is T less recency.",
            credit=0.5,
        ),
        Trap(
            "share_of_life",
            "five['recency'] / five['T']",
            says="You divided recency by T; that takes no notice of how often somebody used to buy.",
            idea="Silence is judged by one's own rhythm.",
        ),
    ),
)

# %% tags=["solution"]
probabilities = model.probability_alive(five)  # blank: what does the model say of these five?
alive = pd.Series(np.asarray(probabilities), index=five.index)

# %% [markdown] tags=["key"]
# A and B have been silent for the same time. B bought far more often, and is far less likely to come back: for somebody who bought every
# other week ten weeks are an age.

# %% [markdown]
# ### The paradox
#
# A and B made their last purchase in the same week; B had bought far more often. Everything else alike, what does **one more** purchase in the past, at the same recency
# and T, do to B's chance to be still a customer? Work it out: `change_of_b` is P(alive) of B with one purchase more, less P(alive) of B as it is.

# %% tags=["question"]
question(
    "6.8",
    answer="change_of_b",
    title="One more purchase of B",
    kind="number",
    unit="change of the probability; below 0 if it falls",
    decimals=4,
    points=2,
    minutes=5,
    low=-1,
    high=1,
    hints=("`five.loc[['B']]` is a frame of one row; `.assign(frequency=...)` changes it.",),
    traps=(
        Trap(
            "bought_today",
            "float(np.asarray(model.probability_alive(five.loc[['B']].assign(frequency=five.loc['B', 'frequency'] + 1, recency=39.0)))[0] - alive['B'])",
            says="You moved the last purchase as well; here the one more lies in the past, recency stays.",
            idea="Change one thing at a time.",
            credit=0.5,
        ),
        Trap(
            "twice_as_many",
            "float(np.asarray(model.probability_alive(five.loc[['B']].assign(frequency=five.loc['B', 'frequency'] * 2)))[0] - alive['B'])",
            says="You doubled the purchases; add one.",
            idea="One more, not twice as many.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
one_more = five.loc[["B"]].assign(frequency=five.loc["B", "frequency"] + 1)
change_of_b = float(np.asarray(model.probability_alive(one_more))[0] - alive["B"])

# %% [markdown]
# ## Part 3. What will the quarter bring?
#
# ### The model's forecast
#
# How many purchases will all customers together make in the 13 weeks after September? `model.conditional_expected_purchases(summary, horizon=13)` says it for each.

# %% tags=["question"]
question(
    "6.9",
    answer="forecast",
    title="Purchases in the next 13 weeks, by the model",
    kind="number",
    unit="purchases of all customers, not rounded",
    tolerance=0.5,
    points=2,
    minutes=4,
    low=0,
    hints=("Add up what each is expected to buy.",),
    traps=(
        Trap(
            "as_if_new",
            "len(summary) * float(model.expected_purchases(13))",
            says="That is what as many new customers would do; yours have a past that says more.",
            idea="Condition on what is known of each.",
            credit=0.25,
        ),
        Trap(
            "everybody_goes_on",
            "float((summary['frequency'] / summary['T'] * 13).sum())",
            says="You let everybody go on at the old pace; some have left.",
            idea="Customers leave without a word.",
        ),
    ),
)

# %% tags=["solution"]
expected = model.conditional_expected_purchases(summary, horizon=13)
forecast = float(np.sum(expected))  # blank: a number; what do all customers together?

# %% [markdown]
# ### Held against what came
#
# Now look at `later`: what came is the purchases of the same 13 weeks, **1 October to 30 December** (31 December is no part of them). Give the **relative error of the
# model**: forecast less what came, by what came; below zero if it was too low. Count purchases (days), not receipts. For the memo, compare the naive rule: next quarter as
# last quarter (the 13 weeks from 2 July to 30 September).

# %% tags=["question"]
question(
    "6.10",
    answer="model_error",
    title="Relative error of the model",
    kind="number",
    unit="share of what came; below 0 if the forecast was too low",
    decimals=3,
    points=3,
    minutes=8,
    low=-1,
    hints=("What came: `later` with one row for each customer and day, to 30 December (13 weeks).",),
    traps=(
        Trap(
            "receipts_counted",
            "forecast / len(later[later['date'] <= '2024-12-30']) - 1",
            says="You counted receipts; two receipts of one day are one purchase.",
            idea="Say what one row is before counting rows.",
            credit=0.5,
        ),
        Trap(
            "naive_rule",
            "len(days[days['date'] > '2024-07-01']) / len(came) - 1",
            says="That is the error of the naive rule; the question asks for the model's.",
            idea="Both belong in the table, each with its name.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
came = later[later["date"] <= "2024-12-30"].drop_duplicates(["customer_id", "date"])
model_error = forecast / len(came) - 1

# %% [markdown] tags=["key"]
# One quarter of one shop proves little either way: purchases scatter. Over many quarters the naive rule is too high in a base that nobody joins any more.

# %% [markdown]
# ### Whom to call?
#
# The office can call ten customers: those who will bring most in the next 13 weeks. Take for each the expected number of purchases (6.9) times the own mean spend a purchase in
# `known`. Which ten?

# %% tags=["question"]
question(
    "6.11",
    answer="call_list",
    title="Ten customers to call",
    kind="labels",
    unit="a list of ten values of customer_id, in any order",
    points=3,
    minutes=7,
    hints=("Spend by purchases is the mean spend a purchase.", "`(a * b).nlargest(10).index` has the ten."),
    traps=(
        Trap(
            "best_of_the_past",
            "spend.nlargest(10).index.tolist()",
            says="Those are the ten who brought most; some of them have left.",
            idea="Call by the future, not by the past.",
            credit=0.25,
        ),
        Trap(
            "most_purchases",
            "pd.Series(np.asarray(expected), index=summary.index).nlargest(10).index.tolist()",
            says="Those will buy most often; a purchase of one is worth more than that of another.",
            idea="Number times value.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
number = pd.Series(np.asarray(expected), index=summary.index)
mean_spend = spend / purchases_of_each
call_list = (number * mean_spend).nlargest(10).index.tolist()

# %% [markdown]
# ## Part 4. The memo
#
# The owner reads one page. Write it: **How much will the quarter bring, who is still a customer, and whom should the office call?** Say how good the forecast was where it could be tested, what
# the rule of 13 weeks gets wrong, and what your list does not know (a call may change nothing). 120 words or more, English or Chinese.

# %% tags=["question"]
question(
    "6.12",
    answer="memo",
    title="Memo to the owner",
    kind="free_text",
    unit="a text of 120 words (or Chinese characters) or more",
    points=8,
    minutes=20,
    min_words=120,
    hints=("Answer, amount, how sure, what would change it.",),
    rubric=(
        Criterion("Amount", 2, "forecast with unit and period, and its error on the quarter that came"),
        Criterion(
            "Silence", 2, "explains why the same silence means more in a frequent buyer, with two customers"
        ),
        Criterion("Rule of thumb", 1, "says whom the 13 weeks wrong, with the share"),
        Criterion(
            "Call list", 2, "by the future; says that likely buyers are not yet those whom a call changes"
        ),
        Criterion("How sure", 1, "names one premise of the model that may fail here"),
    ),
)

# %% tags=["solution"]
memo = """
The customers we have will buy about as often as the model says; on the quarter that has come since, its total was off by the
share that we computed. Last quarter = next quarter forgets that customers leave and that nobody new is counted.

Who is still a customer cannot be seen, only judged by one's own rhythm. Two customers have been silent for the same weeks;
the one who used to come every other week is probably gone, the one who came three times a year may well be back. The office's
rule of thirteen weeks treats both alike and writes off people who then bought.

Call the ten with the highest expected spend of the coming weeks, not those with the highest spend of the past: some of the
latter have left. Be warned that likely buyers may buy without a call. Draw lots among twenty and call ten of them, then we
shall know what a call brings. The model assumes a steady rhythm: a sale in November would break it.
"""

# %% tags=["quiz"]
quiz(
    "A customer bought on 3 January (two receipts), 10 January and 7 February. Frequency?",
    Choice("4", "Two receipts of one day are one purchase, and the first purchase does not count."),
    Choice("3", "The first purchase does not count."),
    Choice("2", "Three days, less the first.", right=True),
)

# %% tags=["quiz"]
quiz(
    "In BG/NBD, recency is",
    Choice(
        "the time since the last purchase",
        "That is the silence, T less recency (and what RFM tables call recency).",
    ),
    Choice("the time from the first purchase to the last", "The age at the last purchase.", right=True),
    Choice("the time from the first purchase to now", "That is T."),
)

# %% tags=["quiz"]
quiz(
    "Both silent for 12 weeks: A bought 3 times before, B 20 times in the same time. Who is more likely still a customer?",
    Choice("A", "For B twelve weeks are an age; for A they are usual.", right=True),
    Choice("B, the better customer", "Better in the past; the silence of a frequent buyer says more."),
    Choice("Both alike", "Silence is judged by one's own rhythm."),
)

# %% tags=["quiz"]
quiz(
    "Why does BG/NBD give somebody who bought once P(alive) = 1?",
    Choice("Because new customers are loyal.", "No: it is a premise, not a finding."),
    Choice(
        "Because in the model one can leave only after a repeat purchase.", "MBG/NBD mends that.", right=True
    ),
    Choice("Because of a bug.", "It follows from the premises."),
)

# %% tags=["quiz"]
quiz(
    "A forecast is tested on",
    Choice("the data that it was fitted to", "There almost every model looks well."),
    Choice("data that came later", "What it has not seen.", right=True),
    Choice("the largest customers", "They were picked for what they did; luck will not repeat."),
)

# %% tags=["quiz"]
quiz(
    "Of January's 200 customers 30 bought in April; April had 120 buyers in all. Share of the cohort?",
    Choice("15 %", "30 of 200.", right=True),
    Choice("25 %", "That is the share of January's customers among April's buyers."),
    Choice("60 %", "That compares two unlike groups."),
)

# %% tags=["quiz"]
quiz(
    "Twenty per cent of customers brought 62 % of last year's spend. What does that say of next year's?",
    Choice(
        "The same twenty will bring 62 %.",
        "Some were lucky and some have left: the share of the same people falls.",
    ),
    Choice(
        "Little by itself; follow the same people.",
        "Concentration of the past is not a forecast.",
        right=True,
    ),
    Choice("Spend is getting more concentrated.", "One year shows no change."),
)
