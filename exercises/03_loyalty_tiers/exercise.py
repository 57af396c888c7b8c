# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz
from casekit.simulate.restaurant import RestaurantTruth, simulate_restaurant

about(
    title="Whom should your restaurant reward, and does it pay?",
    minutes=90,
    notebook="03_loyalty_tiers",
    week=3,
    needs="pandas: filters, groupby, joins; a mean and a standard deviation",
)


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Guests and visits of one student's restaurant over 18 months, and the terms of its programme."""
    truth = RestaurantTruth(
        first_month="2023-07",
        months=18,
        staying_intercept=rng.uniform(1.4, 1.9),
        kept_by_leavers=rng.uniform(0.2, 0.4),
        programme_lift=rng.uniform(0.3, 0.4),
        monthly_loss=rng.uniform(0.004, 0.008),
    )
    made = simulate_restaurant(guests=int(rng.integers(380, 441)), rng=rng, truth=truth)
    return {
        "visits": made["visits"],
        "guests": made["guests"][["customer_id", "arm"]],
        "terms": pd.DataFrame(_terms(rng), columns=["term", "value", "unit"]),
    }


def _terms(rng: np.random.Generator) -> list[tuple[str, float, str]]:
    """What the owner told this student."""
    return [
        ("margin", float(rng.integers(35, 56)) / 100, "share of spend"),
        ("birthday_gift", float(rng.integers(4, 9)) * 10, "¥ each, once a year"),
        ("banquet", float(rng.integers(25, 41)) * 10, "¥ each"),
        ("banquets", float(rng.integers(3, 6)), "a year"),
        ("trip", float(rng.integers(8, 15)) * 50, "¥ each, once a year"),
        ("days_between_calls", float(rng.integers(3, 6)), "days"),
        ("minutes_a_call", float(rng.integers(4, 10)), "minutes"),
        ("manager_visits", float(rng.integers(8, 15)), "a year"),
        ("hours_a_visit", float(rng.choice([1.25, 1.5, 1.75, 2.0])), "hours"),
        ("hourly_cost", float(rng.integers(10, 19)) * 5, "¥ an hour of the manager"),
        ("booked_cost", float(rng.integers(14, 23)) * 100, "¥ a member and year, as the owner books it"),
    ]


# %% [markdown]
# # Whom should your restaurant reward, and does it pay?
#
# You manage a restaurant with a best class of guest, the C tier (C级客户). In October 2023 a rival opened across
# the street; in January 2024 the owner began to spoil the best guests with gifts, banquets, calls and a trip.
# Now the owner asks three things: who belongs in the tier, what do the perks cost, and did they bring anything?
#
# The case notebook `03_loyalty_tiers` shows the methods. Guests and visits here are simulated, and yours alone.

# %% [markdown] tags=["guide"]
# ## Aims
#
# After the lesson a student can
#
# - turn a log of visits into measures per guest, per month and per head, each with the right denominator,
# - apply a tier rule that asks for several things at once,
# - price a programme with the time it takes, and say what it must bring back,
# - tell what a programme brought from what happened anyway, with the guests who drew no,
# - write to an owner who wants one page: answer, amount, how sure.

# %% [markdown] tags=["guide"]
# ## 引入 Introduction (10 min)
#
# Ask: "A guest came twice a month for a year. A noodle shop opens across the street; she tries it once. Is she
# still loyal?" Collect answers in two columns, *what she does* and *what she thinks*. Then tell the case: the
# owner spends thousands on the best guests and has never looked whether it brings anything. Show the monthly
# sheet of the course (客户信息统计): a grid that keeps what its owner happened to need.

# %% [markdown] tags=["guide"]
# ## 讲解 Explanation (25 min)
#
# With `live.ipynb`, in this order; type every line, let the class say the denominator before you type it.
#
# 1. One row is one visit. Per visit, per head, per guest, per month: four denominators (10 min, questions 3.1–3.2).
# 2. A rule of several parts: `&`, brackets, at least or more than (5 min, 3.3–3.4).
# 3. What a perk costs: cash and the manager's hours (5 min, 3.6).
# 4. Before and after, against the guests who drew no: draw both on one axis and ask which gap is the programme's
#    (5 min, 3.8–3.9).

# %% [markdown] tags=["guide"]
# ## 实践 Practice (40 min)
#
# Students work alone on 3.1–3.7, then in pairs on 3.8–3.12; both partners have other numbers, so they compare
# methods and not results. Walk round and ask "of whom?" and "per what?" only. Who is done writes the memo (3.13),
# else it is homework. The table of common mistakes below says what you will meet.

# %% [markdown] tags=["guide"]
# ## 总结 Wrap-up (15 min)
#
# Let five students say their before–after figure and their effect: the signs of the first differ, the effects
# mostly do not. Why? (The rival, and the season, are in the first and not in the second.) Then ask who would keep
# the programme, and what it would take to change their mind. Close with the three sentences on the board.

# %% [markdown] tags=["guide"]
# ## Board plan
#
# | left | middle | right |
# |---|---|---|
# | **Per what?** visit · head · guest · month | **Cost of a member**: cash + hours × cost of an hour | **Did it work?** |
# | mean of ratios ≠ ratio of sums | must bring: cost / margin | before–after = programme + rival + season |
# | zeros count | pays from: cost / (margin × lift) | members − control = programme |
#
# Bottom line, kept to the end: *A tier is a rule. A rule has a denominator. An effect has a control group.*

# %% [markdown] tags=["guide"]
# ## Discussion questions
#
# 1. The owner says: "Members spend three times what others spend, so the programme works." What is wrong, and what
#    would the owner have to see to be right?
# 2. A call costs no cash. Is it free? Who would notice if the calls stopped?
# 3. Half of the best guests drew no. Was that fair to them? What would not drawing lots have cost?
# 4. The tier asks for "50 to 70 yuan a head". Should a guest who spends 90 lose it?
# 5. Loyal by habit and loyal by conviction look the same in the log. When do they part, and what would you ask them?

# %%
import numpy as np
import pandas as pd

visits = book.table("visits")
guests = book.table("guests")
terms = book.table("terms").set_index("term")["value"]
last_year = visits[visits["date"].dt.year == 2024]

# %% [markdown]
# One row of `visits` is one visit of one guest with a party: who paid, when, lunch or dinner, how many people
# (`covers`), how much (`amount`, ¥). `last_year` holds the visits of 2024.

# %% tags=["show"]
visits.head()

# %% [markdown]
# ## Part 1. Who belongs in the tier?
#
# ### How often do guests come?
#
# The tier asks for "two visits a month on average". Lunch and dinner on one day are two visits. And a month
# without a visit is a month too: a rule that never sees it never sees anybody leave. How many visits a month does
# a guest make on average in 2024? Take every guest who came in 2024 at all.

# %% tags=["question"]
question(
    "3.1",
    answer="visits_a_month",
    title="Visits a month",
    kind="number",
    unit="visits a guest and month",
    decimals=3,
    points=2,
    minutes=5,
    low=0,
    hints=("How many months does 2024 have for each guest? The same number for everybody.",),
    traps=(
        Trap(
            "only_months_with_visits",
            "len(last_year) / last_year.groupby(['customer_id', last_year['date'].dt.month]).ngroups",
            says="You divided by the months in which a guest came; a month without a visit is a month too.",
            idea="An average over time needs the zeros.",
            credit=0.5,
        ),
        Trap(
            "days_not_visits",
            "len(last_year.drop_duplicates(['customer_id', 'date'])) / last_year['customer_id'].nunique() / 12",
            says="You counted days; lunch and dinner on one day are two visits.",
            idea="Say what one row is before counting rows.",
            credit=0.5,
        ),
        Trap(
            "a_year",
            "len(last_year) / last_year['customer_id'].nunique()",
            says="That is visits a year; the rule speaks of a month.",
            idea="A rate needs its period.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
number_of_guests = last_year["customer_id"].nunique()
months_of_each_guest = 12  # blank: a number; how many months does each guest have?
visits_a_month = len(last_year) / (number_of_guests * months_of_each_guest)

# %% [markdown]
# ### What is spent a head?
#
# The tier also asks for ¥50 a head (人均). It tells whether guests order well or only come in large parties. In the
# house's figure every person counts the same, so the bill of a table of nine weighs nine times that of one.

# %% tags=["question"]
question(
    "3.2",
    answer="per_head",
    title="Spend a head",
    kind="money",
    unit="¥ a head",
    decimals=2,
    points=2,
    minutes=4,
    low=0,
    hints=("All the money by all the people.",),
    traps=(
        Trap(
            "mean_of_ratios",
            "(last_year['amount'] / last_year['covers']).mean()",
            says="You averaged the spend a head of the visits, so a table of two weighs as much as one of nine.",
            idea="The ratio of sums is not the mean of ratios.",
            credit=0.5,
        ),
        Trap(
            "a_visit",
            "last_year['amount'].mean()",
            says="That is spend a visit: it was divided by visits, not by people.",
            idea="Per head, per visit and per guest are three things.",
        ),
    ),
)

# %% tags=["solution"]
money_in_all = last_year["amount"].sum()
people_in_all = last_year["covers"].sum()  # blank: by what is it divided?
per_head = money_in_all / people_in_all

# %% [markdown]
# ### How often is the tier earned?
#
# *C quality* asks, in one month, for **at least** two visits, **at least** ¥1,500 and **at least** ¥50 a head, all
# three. Every month in which a guest earns it sets the manager in motion, so the owner wants to know how many such
# guest-months 2024 had. `by_month` has a row for every guest and month with a visit.

# %%
by_month = last_year.groupby(["customer_id", last_year["date"].dt.month.rename("month")]).agg(
    visits=("date", "size"), spend=("amount", "sum"), covers=("covers", "sum")
)
by_month["per_head"] = by_month["spend"] / by_month["covers"]

# %% tags=["question"]
question(
    "3.3",
    answer="quality_months",
    title="Guest-months that earn C quality",
    kind="count",
    unit="number of guest-months in 2024",
    points=3,
    minutes=6,
    low=0,
    hints=(
        "Three comparisons in brackets, joined by `&`.",
        '`(by_month["visits"] >= 2) & (...) & (...)`',
    ),
    traps=(
        Trap(
            "without_per_head",
            "int(((by_month['visits'] >= 2) & (by_month['spend'] >= 1500)).sum())",
            says="You left out the rule of ¥50 a head.",
            idea="Every part of a rule must hold.",
            credit=0.5,
        ),
        Trap(
            "more_than_two_visits",
            "int(((by_month['visits'] > 2) & (by_month['spend'] >= 1500) & (by_month['per_head'] >= 50)).sum())",
            says="You asked for more than two visits; at least two is enough.",
            idea="At least or more than: whole numbers feel the difference.",
            credit=0.5,
        ),
        Trap(
            "one_rule_is_enough",
            "int(((by_month['visits'] >= 2) | (by_month['spend'] >= 1500) | (by_month['per_head'] >= 50)).sum())",
            says="You let one part of the rule be enough; all three must hold.",
            idea="Every part of a rule must hold.",
        ),
        Trap(
            "guests_not_months",
            "by_month[earned].index.get_level_values('customer_id').nunique()",
            says="You counted guests who earned it at least once; count every month in which one did.",
            idea="Say what one row is before counting rows.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
earned = (
    (by_month["visits"] >= 2) & (by_month["spend"] >= 1500) & (by_month["per_head"] >= 50)
)  # blank: True for the rows that pass all three parts
quality_months = int(np.sum(earned))

# %% [markdown]
# ### Which tier does each guest hold?
#
# One good month does not make a good guest. For the gifts at New Year the owner looks at the **average month of
# 2024**: the year's visits and spend by twelve, and the year's spend a head. At least two visits in the average
# month: *C active*; with at least ¥1,500 and ¥50 a head as well: *C quality*; everybody else who came: *no tier*.

# %%
year = last_year.groupby("customer_id").agg(
    visits=("date", "size"), spend=("amount", "sum"), covers=("covers", "sum")
)
year["per_head"] = year["spend"] / year["covers"]


# %% tags=["author"]
def tiers_by(year, months):
    """Tiers when the year is spread over so many months."""
    active = year["visits"] / months >= 2
    quality = active & (year["spend"] / months >= 1500) & (year["per_head"] >= 50)
    tiers = np.select([quality, active], ["C quality", "C active"], "no tier")
    return pd.Series(tiers, index=year.index)


# %% tags=["question"]
question(
    "3.4",
    answer="tier_of",
    title="The tier of each guest",
    kind="series",
    unit="a Series with a tier for each customer_id that came in 2024",
    labels=("no tier", "C active", "C quality"),
    points=4,
    minutes=8,
    hints=(
        "`np.select` takes the first condition that holds: put the stricter one first.",
        "The conditions use `year['visits'] / 12`, `year['spend'] / 12` and `year['per_head']`.",
    ),
    traps=(
        Trap(
            "only_months_with_visits",
            lambda year, by_month: tiers_by(year, by_month.groupby("customer_id").size()),
            says="You averaged over the months in which a guest came; the average month of a year is a twelfth.",
            idea="An average over time needs the zeros.",
            credit=0.5,
        ),
        Trap(
            "yearly_totals",
            lambda year: tiers_by(year, 1),
            says="You held the year's totals against a rule that speaks of a month.",
            idea="A rate needs its period.",
        ),
        Trap(
            "weaker_rule_first",
            "pd.Series(np.where(year['visits'] / 12 >= 2, 'C active', 'no tier'), index=year.index)",
            says="Nobody holds C quality: the weaker rule came first and took everybody.",
            idea="The order of rules decides.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
active = year["visits"] / 12 >= 2  # blank: True for guests with two visits in the average month
quality = active & (year["spend"] / 12 >= 1500) & (year["per_head"] >= 50)  # blank: and what else?
tier_of = pd.Series(np.select([quality, active], ["C quality", "C active"], "no tier"), index=year.index)

# %% [markdown] tags=["key"]
# Few guests hold *C quality* on average although many earn it in some month: a single month is half chance. That is
# why the notebook lets a tier fall only after several low months.

# %% [markdown]
# ### How much hangs on them?
#
# On 31 December 2023 the owner wrote down who held the best tier: these **chosen** guests are the rows of `guests`
# with an `arm` (what the arm means comes in part 3). How much of the house hung on them when the year began? Take
# the spend of October to December 2023.

# %%
chosen = guests[guests["arm"].notna()]
autumn = visits[(visits["date"] >= "2023-10-01") & (visits["date"] <= "2023-12-31")]

# %% tags=["question"]
question(
    "3.5",
    answer="share_of_chosen",
    title="Share of spend of the chosen guests",
    kind="share",
    unit="share of the spend of October to December 2023, 0 to 1",
    decimals=3,
    points=2,
    minutes=5,
    hints=(
        "`autumn['customer_id'].isin(...)` finds the visits of the chosen.",
        "Money by money, same months.",
    ),
    traps=(
        Trap(
            "share_of_heads",
            "len(chosen) / autumn['customer_id'].nunique()",
            says="That is their share of guests; the question asks for their share of spend.",
            idea="A share of whom, of what?",
        ),
        Trap(
            "share_of_visits",
            "autumn['customer_id'].isin(chosen['customer_id']).mean()",
            says="That is their share of visits; their bills are not like those of others.",
            idea="A share of whom, of what?",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
spend_of_chosen = autumn.loc[autumn["customer_id"].isin(chosen["customer_id"]), "amount"].sum()
spend_in_all = autumn["amount"].sum()  # blank: the money of whom, in which months?
share_of_chosen = spend_of_chosen / spend_in_all

# %% [markdown]
# ## Part 2. What do the perks cost?
#
# ### One member, one year
#
# A member gets one birthday gift, so many banquets and one trip a year. The manager calls every few days and visits
# so many times a year. The owner says "the calls cost nothing". They cost the manager's time. `terms` holds what the
# owner told you; a year has 365 days.

# %% tags=["show"]
terms

# %% tags=["question"]
question(
    "3.6",
    answer="cost_a_member",
    title="Cost of one member",
    kind="money",
    unit="¥ a member and year, the manager's time included",
    decimals=1,
    points=3,
    minutes=7,
    low=0,
    hints=(
        "Calls a year: 365 days by days between calls.",
        "The length of a call is in minutes, the cost of time in hours.",
    ),
    traps=(
        Trap(
            "cash_only",
            "cash",
            says="That is the cash alone; calls and visits cost the manager's time.",
            idea="A cost that nobody pays in cash is a cost.",
            credit=0.5,
        ),
        Trap(
            "minutes_as_hours",
            "cash + (calls * terms['minutes_a_call'] + visit_hours) * terms['hourly_cost']",
            says="You took the minutes of a call for hours.",
            idea="Units before numbers.",
            credit=0.5,
        ),
        Trap(
            "one_banquet",
            "cost_a_member - (terms['banquets'] - 1) * terms['banquet']",
            says="You counted one banquet; there are several a year.",
            idea="Times a year, each.",
            credit=0.5,
        ),
        Trap(
            "calls_forgotten",
            "cash + visit_hours * terms['hourly_cost']",
            says="The time of the calls is missing.",
            idea="A cost that nobody pays in cash is a cost.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
cash = terms["birthday_gift"] + terms["banquets"] * terms["banquet"] + terms["trip"]
calls = 365 / terms["days_between_calls"]
call_hours = calls * terms["minutes_a_call"] / 60  # blank: hours a year on the telephone
visit_hours = terms["manager_visits"] * terms["hours_a_visit"]
cost_a_member = cash + (call_hours + visit_hours) * terms["hourly_cost"]

# %% [markdown]
# ### From which spend on do the perks pay?
#
# The perks cost the same for every member, but what they bring grows with what a guest spends. Say they raise a
# guest's spend by the share `lift`, and of every yuan more the house keeps the share `margin`. Write a function that
# says **from which yearly spend on** (without the programme) the perks pay for themselves. The owner will call it
# with many numbers.

# %% tags=["question"]
question(
    "3.7",
    answer="spend_needed",
    title="Spend from which the perks pay",
    kind="function",
    unit="a function that returns ¥ a year",
    decimals=2,
    points=3,
    minutes=6,
    low=0,
    inputs=lambda rng: [
        (
            float(rng.integers(12, 40)) * 100,
            float(rng.integers(35, 60)) / 100,
            float(rng.integers(10, 35)) / 100,
        )
        for _call in range(8)
    ],
    hints=(
        "A guest who spends S brings `S * lift` more, of which `margin` stays.",
        "Set what stays equal to the cost, and solve for S.",
    ),
    traps=(
        Trap(
            "revenue_for_profit",
            "lambda cost, margin, lift: cost / lift",
            says="You let the whole extra spend pay for the perks; only the margin of it stays.",
            idea="Spend is not contribution.",
            credit=0.5,
        ),
        Trap(
            "extra_spend_only",
            "lambda cost, margin, lift: cost / margin",
            says="That is the extra spend needed; the question asks from which spend the lift makes so much.",
            idea="An increment is not a level.",
            credit=0.5,
        ),
        Trap(
            "all_spend_counts",
            "lambda cost, margin, lift: cost / (margin * (1 + lift))",
            says="You let all spend pay for the perks; without them the guest would have spent most of it anyway.",
            idea="Only what changes counts.",
        ),
        Trap(
            "upside_down",
            "lambda cost, margin, lift: cost * margin * lift",
            says="With a lower margin more is needed, not less: turn the formula round.",
            idea="Try an extreme case.",
        ),
    ),
)


# %% tags=["free"]
def spend_needed(cost, margin, lift):
    """Yearly spend from which perks of this cost pay for themselves."""
    return cost / (margin * lift)


# %% [markdown]
# ## Part 3. Did the programme bring anything?
#
# The perks could not be given to everybody, so in January 2024 lots were drawn among the chosen guests: half became
# a **member**, half are the **control** group. For each of them `trial` holds the spend of July to December 2023
# (`before`) and of the same months of 2024 (`after`). In between came the programme, and in October 2023 the rival.

# %%
half_years = visits[visits["date"].dt.month >= 7]
spend = half_years.pivot_table(
    index="customer_id", columns=half_years["date"].dt.year, values="amount", aggfunc="sum"
).rename(columns={2023: "before", 2024: "after"})
trial = chosen.set_index("customer_id").join(spend).fillna({"before": 0, "after": 0})

# %% tags=["show"]
trial.head()

# %% [markdown]
# ### What everybody computes
#
# "Our members spend … more than before the programme." By how much did the members' mean half-year spend change?

# %% tags=["question"]
question(
    "3.8",
    answer="before_after",
    title="Members: after less before",
    kind="money",
    unit="¥ a member and half-year; below 0 if they spend less",
    decimals=1,
    points=2,
    minutes=4,
    hints=("A mean for each member, not a total.",),
    traps=(
        Trap(
            "control_too",
            "(trial['after'] - trial['before']).mean()",
            says="The control group is in it too; take the members alone.",
            idea="Say of whom an average is.",
            credit=0.5,
        ),
        Trap(
            "total_not_mean",
            "(members['after'] - members['before']).sum()",
            says="That is the change of all members together; give it for one member.",
            idea="Per head or in all?",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
members = trial[trial["arm"] == "member"]  # blank: the rows of the members
before_after = members["after"].mean() - members["before"].mean()

# %% [markdown]
# ### What the programme did
#
# The rival and the season hit members and control group alike; the lots saw to it that the two are alike in all else.
# How much more did a member spend in July to December 2024 than a guest of the control group?

# %% tags=["question"]
question(
    "3.9",
    answer="effect",
    title="Effect of the programme",
    kind="money",
    unit="¥ a member and half-year",
    decimals=1,
    points=3,
    minutes=6,
    hints=(
        "Who shows what would have happened without the programme?",
        "A difference of two means of `after`.",
    ),
    traps=(
        Trap(
            "before_and_after",
            "before_after",
            says="That is before and after: the rival's damage is in it; who tells what would have happened anyway?",
            idea="Before and after is not with and without.",
        ),
        Trap(
            "all_other_guests",
            "trial.loc[trial['arm'] == 'member', 'after'].mean() - spend['after'].drop(members.index).fillna(0).mean()",
            says="You compared with all other guests; they were never among the best, so take the control group.",
            idea="Compare with who could have been a member.",
        ),
        Trap(
            "totals",
            "members['after'].sum() - trial.loc[trial['arm'] == 'control', 'after'].sum()",
            says="These are totals of two groups; give the difference of their means.",
            idea="Per head or in all?",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
control = trial[trial["arm"] == "control"]
effect = trial.loc[trial["arm"] == "member", "after"].mean() - control["after"].mean()

# %% [markdown] tags=["key"]
# Before and after mixes programme, rival and season; the difference to the control group holds the programme alone,
# plus the luck of the draw. How large that luck may be comes in 3.12.

# %% [markdown]
# ### The lift
#
# To use the effect for other guests, say it as a share: by how much did the programme raise what a guest spends
# **without** it?

# %% tags=["question"]
question(
    "3.10",
    answer="lift",
    title="Lift of the programme",
    kind="share",
    unit="share of what a guest spends without the programme",
    low=-1,
    high=3,
    decimals=4,
    points=2,
    minutes=4,
    hints=("Whose spend shows what a guest spends without the programme, in the same months?",),
    traps=(
        Trap(
            "share_of_members_spend",
            "effect / members['after'].mean()",
            says="You divided by the members' spend; the programme is in it already.",
            idea="A lift is relative to without.",
            credit=0.5,
        ),
        Trap(
            "before_and_after",
            "before_after / members['before'].mean()",
            says="That is before and after once more: the rival's damage is in it.",
            idea="Before and after is not with and without.",
        ),
        Trap(
            "ratio_not_lift",
            "1 + effect / control['after'].mean()",
            says="That is spend with by spend without; the lift is what comes on top of 1.",
            idea="A lift is relative to without.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
lift = effect / control["after"].mean()

# %% [markdown]
# ### Does it pay?
#
# The owner books `terms["booked_cost"]` for a member and **year**. Assume that the first half of the year brought as
# much as the second. What does the house gain or lose with one member in a year? Of every yuan more it keeps
# `terms["margin"]`.

# %% tags=["question"]
question(
    "3.11",
    answer="gain_a_member",
    title="Gain with one member",
    kind="money",
    unit="¥ a member and year; below 0 if the house loses",
    decimals=1,
    points=3,
    minutes=6,
    hints=("Effect: a half-year. Cost: a year.", "Extra spend times margin, less cost."),
    traps=(
        Trap(
            "half_a_year",
            "terms['margin'] * effect - terms['booked_cost']",
            says="You held half a year's effect against a whole year's cost.",
            idea="Numerator and denominator need the same period.",
            credit=0.5,
        ),
        Trap(
            "spend_for_profit",
            "2 * effect - terms['booked_cost']",
            says="You counted the whole extra spend as gain; only the margin of it stays.",
            idea="Spend is not contribution.",
            credit=0.5,
        ),
        Trap(
            "cost_forgotten",
            "2 * terms['margin'] * effect",
            says="That is what the programme brings; its cost is still to be taken off.",
            idea="A gain is after cost.",
            credit=0.5,
        ),
        Trap(
            "all_spend_of_members",
            "terms['margin'] * 2 * members['after'].mean() - terms['booked_cost']",
            says="You credited the programme with all that members spend; most of it would have come anyway.",
            idea="Only what changes counts.",
        ),
        Trap(
            "before_and_after",
            "2 * terms['margin'] * before_after - terms['booked_cost']",
            says="The arithmetic is right, but the effect in it is before and after.",
            idea="Before and after is not with and without.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
gain_a_member = 2 * effect * terms["margin"] - terms["booked_cost"]

# %% [markdown]
# ### How sure is it?
#
# Other lots would have given another effect. The standard error of a difference of two means is
#
# $$s = \sqrt{\frac{s_m^2}{n_m} + \frac{s_c^2}{n_c}}$$
#
# with the variances $s_m^2$, $s_c^2$ of `after` in the two groups (divided by $n-1$) and their sizes. With 95 % the
# true effect lies within 1.96 standard errors. Give these 1.96 standard errors: the "give or take" of the effect.

# %% tags=["question"]
question(
    "3.12",
    answer="give_or_take",
    title="Give or take",
    kind="money",
    unit="¥ a member and half-year: 1.96 standard errors of the effect",
    decimals=1,
    points=3,
    minutes=6,
    low=0,
    hints=("`.var()` of pandas divides by n − 1; `np.var` does not, unless you say `ddof=1`.",),
    traps=(
        Trap(
            "spread_of_guests",
            "1.96 * np.sqrt(members['after'].var() + control['after'].var())",
            says="That is how far single guests lie apart; a mean is steadier, divide each variance by its n.",
            idea="Spread of guests, uncertainty of a mean.",
            credit=0.25,
        ),
        Trap(
            "one_standard_error",
            "np.sqrt(members['after'].var() / len(members) + control['after'].var() / len(control))",
            says="That is one standard error; 95 % takes 1.96 of them.",
            idea="Say which level an interval has.",
            credit=0.5,
        ),
        Trap(
            "divided_by_n",
            "1.96 * np.sqrt(np.var(members['after'].to_numpy()) / len(members) + np.var(control['after'].to_numpy()) / len(control))",
            says="The variances were divided by n; take n − 1, as pandas does.",
            idea="A sample's variance is divided by n − 1.",
            credit=0.75,
        ),
    ),
)

# %% tags=["free"]
squared = members["after"].var() / len(members) + control["after"].var() / len(control)
give_or_take = 1.96 * np.sqrt(squared)

# %% [markdown] tags=["key"]
# If the give-or-take is larger than the effect, the trial cannot tell the programme from luck: it was too small for
# its question. The notebook narrows the interval with what was known before the start.

# %% [markdown]
# ## Part 4. The memo
#
# The owner reads one page. Write it, from your numbers: **Should the programme go on next year, for whom, and with
# which perks?** Say the answer first, then the amount, then how sure you are and what would change your mind. Say
# what the "before and after" figure gets wrong, in words the owner understands. 120 words or more, English or Chinese.

# %% tags=["question"]
question(
    "3.13",
    answer="memo",
    title="Memo to the owner",
    kind="free_text",
    unit="a text of 120 words (or Chinese characters) or more",
    points=8,
    minutes=20,
    min_words=120,
    hints=("Answer, amount, how sure, what would change it.",),
    rubric=(
        Criterion("Answer first", 2, "the first two sentences say whether to go on, and for whom"),
        Criterion("Right amounts", 2, "effect, cost and gain with unit and period, as computed above"),
        Criterion(
            "With and without", 2, "says why the control group, and not the year before, is the measure"
        ),
        Criterion("How sure", 1, "sets the give-or-take beside the effect and draws the consequence"),
        Criterion("What to change", 1, "names a perk or a threshold and what it would save or bring"),
    ),
)

# %% tags=["solution"]
pays = gain_a_member > 0
with_hours = gain_a_member + terms["booked_cost"] - cost_a_member
sure = abs(effect) > give_or_take
memo = f"""
{"Go on" if pays else "Do not go on as it is"}, and only with guests who spend enough; halve the calls first. Against the
guests who drew no, a member spent ¥{effect:,.0f} {"more" if effect > 0 else "less"} in the second half of 2024, give or
take ¥{give_or_take:,.0f}. Of twice that a share of {terms["margin"]:.0%} stays, and a member is booked at
¥{terms["booked_cost"]:,.0f} a year: the house {"gains" if pays else "loses"} ¥{abs(gain_a_member):,.0f} with each member.

The figure you have seen, members now against members a year ago, says ¥{before_after:,.0f}. It mixes the programme with
the rival across the street and the season, which hit everybody. The guests who drew no show what would have happened
without the programme; lots made them alike in all else, so only their difference to the members is the programme's.

The perks cost the same for everybody, and what they bring grows with spend: below the spend that our function gives, a
member costs more than he brings. The books leave out the manager's hours: with them one member takes
¥{cost_a_member:,.0f} a year, and the house {"gains" if with_hours > 0 else "loses"} ¥{abs(with_hours):,.0f}. How sure am I? {"The effect is larger than its give-or-take, so luck alone is an unlikely cause." if sure else "The effect is smaller than its give-or-take: luck alone could have made it."}
I would draw lots again next year among all guests above the threshold, and change my advice if the effect then stayed
within its give-or-take.
"""

# %% tags=["quiz"]
quiz(
    "A guest visited twice in March, not in April, and four times in May. Visits a month over the three months?",
    Choice("3", "You left April out. A month without a visit counts as a month."),
    Choice("2", "Six visits in three months, April among them.", right=True),
    Choice("6", "That is the number of visits, not visits a month."),
)

# %% tags=["quiz"]
quiz(
    "Two visits: 2 people for ¥200, 8 people for ¥400. Spend a head of the house?",
    Choice("¥75", "That is the mean of ¥100 and ¥50: the small table weighs as much as the large one."),
    Choice("¥60", "¥600 by 10 people.", right=True),
    Choice("¥300", "That is spend a visit."),
)

# %% tags=["quiz"]
quiz(
    "A tier asks for at least two visits. Which line finds the guests who pass?",
    Choice('`visits["n"] > 2`', "This leaves out those with exactly two visits."),
    Choice('`visits["n"] >= 2`', "At least two: two is enough.", right=True),
    Choice('`visits["n"] == 2`', "This leaves out the best guests."),
)

# %% tags=["quiz"]
quiz(
    "The manager calls every member every third day, five minutes a call. What does it cost?",
    Choice("Nothing: calls are free.", "No cash, but ten hours of the manager a year for each member."),
    Choice("About ten hours of the manager's time a year.", "122 calls of five minutes.", right=True),
    Choice("About six hundred hours a year.", "You took minutes for hours."),
)

# %% tags=["quiz"]
quiz(
    "Members spent ¥200 less than in the year before; the control group ¥900 less. What did the programme bring?",
    Choice("It lost ¥200 a member.", "This charges the programme with what hit everybody."),
    Choice("About ¥700 a member.", "Without it members would have lost ¥900 too.", right=True),
    Choice("¥1,100 a member.", "Both changes are losses: take the difference, not the sum."),
    Choice("It cannot be said.", "It can, because lots decided who became a member."),
)

# %% tags=["quiz"]
quiz(
    "Members spend three times what other guests spend. Does the programme work?",
    Choice("Yes, clearly.", "They were chosen because they spent much: they did so before the programme."),
    Choice("No.", "The figure does not show that either."),
    Choice("The figure does not say.", "It compares guests who differed before the start.", right=True),
)

# %% tags=["quiz"]
quiz(
    "A programme costs ¥1,800 a member and year, lifts spend by 20 %, and 45 % of spend stays. It pays from",
    Choice(
        "¥4,000 a year",
        "That is the extra spend needed, not the spend from which a lift of 20 % makes so much.",
    ),
    Choice("¥9,000 a year", "You forgot the margin."),
    Choice(
        "¥20,000 a year",
        "1,800 / (0.45 × 0.20): of ¥20,000 a fifth is ¥4,000, of which ¥1,800 stay.",
        right=True,
    ),
    Choice("¥3,333 a year", "You let all spend pay; most of it would have come without the perks."),
)

# %% tags=["quiz"]
quiz(
    "The effect is ¥900 with a give-or-take of ¥1,400 (95 %). What do you tell the owner?",
    Choice("The programme does not work.", "Not seen is not the same as not there: it may be worth ¥2,300."),
    Choice("The programme brings ¥900.", "It may as well bring nothing: zero lies inside the interval."),
    Choice(
        "The trial was too small to tell; it may lose ¥500 or bring ¥2,300.",
        "Right: say the range, and what a larger trial would cost.",
        right=True,
    ),
)
