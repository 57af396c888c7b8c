# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.exercises.authoring import Trap, about, book, question
from casekit.simulate.restaurant import RestaurantTruth, simulate_restaurant

about(
    title="Whom should your restaurant reward, and does it pay?",
    minutes=90,
    notebook="03_loyalty_tiers",
    week=3,
    needs="pandas: groupby, boolean filters, joins",
)


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Guests and visits of one student's restaurant, and the terms of its programme."""
    truth = RestaurantTruth(
        staying_intercept=rng.uniform(0.9, 1.5),
        kept_by_leavers=rng.uniform(0.2, 0.4),
        programme_lift=rng.uniform(0.15, 0.3),
        monthly_loss=rng.uniform(0.004, 0.008),
    )
    made = simulate_restaurant(guests=int(rng.integers(280, 341)), rng=rng, truth=truth)
    return {
        "visits": made["visits"],
        "guests": made["guests"][["customer_id", "arm"]],
    }


# %% [markdown]
# # Whom should your restaurant reward, and does it pay?
#
# You manage a restaurant with a best class of guest. A rival has opened across the street, and the owner asks three things:
# who belongs in the best class, what do its perks cost, and did they bring anything?

# %%
import numpy as np
import pandas as pd

visits = book.table("visits")
guests = book.table("guests")
last_year = visits[visits["date"].dt.year == 2024]
last_year.head()

# %% [markdown]
# ## 1. How often do guests come?
#
# The tier rule says "two visits a month on average". Lunch and dinner on one day are two visits, and a month without a visit is
# a month too: a rule that never sees it never sees anybody leave. How many visits a month does a guest make on average in 2024?
# Take all guests who came in 2024 at all.

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
    hints=("How many months does a guest have in 2024? The same number for everybody.",),
    traps=(
        Trap(
            "only_months_with_visits",
            "len(last_year) / last_year.groupby(['customer_id', last_year['date'].dt.month]).ngroups",
            says="You divided by the months in which a guest came; a month without a visit counts as a month too.",
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
        Trap(
            "people_not_visits",
            "last_year['covers'].sum() / last_year['customer_id'].nunique() / 12",
            says="You added up people at the table; the rule counts visits.",
            idea="Say what one row is before counting rows.",
        ),
    ),
)

# %% tags=["solution"]
number_of_guests = last_year["customer_id"].nunique()
months = 12  # blank: how many months does each guest have?
visits_a_month = len(last_year) / (number_of_guests * months)

# %% [markdown]
# ## 2. What does a guest spend a head?
#
# The tier also asks for ¥50 a head. The bill of a table of nine should count nine times as much as that of one.

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
    hints=("Money in all by people in all.",),
    traps=(
        Trap(
            "mean_of_ratios",
            "(last_year['amount'] / last_year['covers']).mean()",
            says="You averaged the spend a head of each visit; so a table of two counts as much as a table of nine.",
            idea="The ratio of sums is not the mean of ratios.",
            credit=0.5,
        ),
        Trap(
            "a_visit",
            "last_year['amount'].mean()",
            says="That is spend a visit; divide by people, not by visits.",
            idea="Per head, per visit and per guest are three things.",
        ),
    ),
)

# %% tags=["solution"]
per_head = last_year["amount"].sum() / last_year["covers"].sum()  # blank[last_year["covers"].sum()]: by what?

# %% [markdown]
# ## 3. Who earned the best tier in December?
#
# *C quality* asks for all three in one month: at least two visits, at least ¥1,500, at least ¥50 a head.

# %% tags=["question"]
question(
    "3.3",
    answer="quality_guests",
    title="C quality guests in December 2024",
    kind="count",
    unit="number of guests",
    points=3,
    minutes=8,
    low=0,
    hints=(
        "Group December by guest: number of rows, sum of `amount`, sum of `covers`.",
        "A guest must pass all three.",
    ),
    traps=(
        Trap(
            "without_per_head",
            "int(((december['visits'] >= 2) & (december['spend'] >= 1500)).sum())",
            says="You left out the rule of ¥50 a head.",
            idea="Every rule of a tier must hold.",
            credit=0.5,
        ),
        Trap(
            "any_rule",
            "int(((december['visits'] >= 2) | (december['spend'] >= 1500) | (december['per_head'] >= 50)).sum())",
            says="You let one rule be enough; all three must hold.",
            idea="Every rule of a tier must hold.",
        ),
    ),
)

# %% tags=["free"]
december = (
    visits[visits["date"].dt.strftime("%Y-%m") == "2024-12"]
    .groupby("customer_id")
    .agg(visits=("date", "size"), spend=("amount", "sum"), covers=("covers", "sum"))
)
december["per_head"] = december["spend"] / december["covers"]
quality = december[(december["visits"] >= 2) & (december["spend"] >= 1500) & (december["per_head"] >= 50)]
quality_guests = len(quality)
