# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz
from casekit.simulate.coach_survey import LEVERS, OFFERS, SEGMENTS, simulate_coach_survey

about(
    title="The train has come. What can the coach still earn?",
    minutes=95,
    notebook="01_customer_value_analysis",
    week=1,
    needs="pandas: filters, groupby, mean; a weighted mean",
)


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Answers of one student's former passengers, the four offers, levers and the company's terms."""
    offers = _offers(rng)
    survey = _sample(simulate_coach_survey(200, rng=rng).ratings, rng)
    people = survey.drop_duplicates("respondent_id")[
        ["respondent_id", "segment", "worth_of_hour", "worth_of_point", "price_importance"]
    ].reset_index(drop=True)
    people["worth_of_hour"] = (people["worth_of_hour"] * rng.uniform(0.85, 1.2)).round(1)
    people["worth_of_point"] = (people["worth_of_point"] * rng.uniform(0.9, 1.15)).round(1)
    ratings = survey[["respondent_id", "offer", "attribute", "component", "rating", "importance"]]
    people["price_importance"] = (people["price_importance"] * rng.uniform(0.8, 0.94)).round(2)
    people["chosen"] = _chosen(ratings, people, offers, rng)
    return {
        "ratings": ratings,
        "people": people,
        "offers": offers,
        "levers": _levers(ratings, people, rng),
        "terms": pd.DataFrame(_terms(rng), columns=["term", "value", "unit"]),
    }


def _offers(rng):
    """Fare and hours: coach and plane differ from student to student, the train is as in the press."""
    offers = OFFERS.reset_index()
    offers["price"] = [
        float(rng.integers(46, 54)) * 10,
        331.0,
        712.0,
        float(rng.integers(30, 40)) * 25,
    ]
    offers["hours"] = [float(rng.integers(62, 73)), 48.2, 48.2, 6.0]
    return offers


def _sample(survey, rng):
    """A sample with this student's mix of segments."""
    mix = rng.dirichlet(60 * SEGMENTS["share"].to_numpy())
    size = rng.integers(96, 118)
    kept = []
    for segment, share in zip(SEGMENTS.index, mix, strict=True):
        ids = survey.loc[survey["segment"] == segment, "respondent_id"].unique()
        kept += list(ids[: max(8, round(size * share))])
    return survey[survey["respondent_id"].isin(kept)].reset_index(drop=True)


def _chosen(ratings, people, offers, rng):
    """The offer with the highest delivered value plus a part that nobody explains."""
    marks = ratings["rating"].to_numpy().reshape(len(people), len(offers), -1)
    points = ratings["importance"].to_numpy().reshape(marks.shape) / 100
    value = (marks * points).sum(axis=2) * people["worth_of_point"].to_numpy()[:, None]
    value = value - people["worth_of_hour"].to_numpy()[:, None] * offers["hours"].to_numpy()
    value = value - offers["price"].to_numpy() + rng.gumbel(0, 60, value.shape)
    return offers["offer"].to_numpy()[value.argmax(axis=1)]


def _levers(ratings, people, rng):
    """Six levers; costs such that the best, the largest, the cheapest and the most net differ."""
    levers = LEVERS[~LEVERS["lever"].isin(["stops planned for the views, with a guide", "new coaches"])]
    levers = levers.reset_index(drop=True)
    levers["attribute"] = levers["attribute"].replace("", "(time only)")
    gain = _gain(levers, ratings, people[people["segment"] == "trader"]).to_numpy()
    costs = np.maximum(4, np.rint(gain * rng.uniform(0.3, 1.6, (1000, len(levers)))))
    ratios, nets = gain / costs, gain - costs
    picks = np.stack([ratios.argmax(1), nets.argmax(1), costs.argmin(1), np.full(len(costs), gain.argmax())])
    good = np.all([picks[i] != picks[j] for i in range(4) for j in range(i)], axis=0)
    ratios.sort(axis=1)
    costs_in_order = np.sort(costs, axis=1)
    good &= (
        (costs_in_order[:, 0] < costs_in_order[:, 1])
        & (ratios[:, -1] > 1.08 * ratios[:, -2])
        & (ratios[:, -1] > 1.1)
    )
    best = rng.choice(np.unique(picks[0][good])) if good.any() else picks[0][0]
    return levers.assign(cost=costs[np.argmax(good & (picks[0] == best))])


def _gain(levers, ratings, some):
    """What each lever is worth to the mean of some people."""
    own = ratings[(ratings["offer"] == "coach") & ratings["respondent_id"].isin(some["respondent_id"])]
    worth = (
        own["importance"] / 100 * own["respondent_id"].map(some.set_index("respondent_id")["worth_of_point"])
    )
    point = worth.groupby(own["attribute"]).mean()
    return (
        levers["points"] * levers["attribute"].map(point).fillna(0)
        + levers["hours"] * some["worth_of_hour"].mean()
    )


def _terms(rng):
    """What the manager told this student."""
    seats = float(rng.choice([36, 38, 40, 42]))
    litres, price = float(rng.integers(27, 34)), float(rng.integers(43, 51)) / 10
    road, passenger = float(rng.integers(20, 27)) / 20, float(rng.integers(12, 22))
    place = passenger + 3377 * (litres / 100 * price + road) / seats
    return [
        ("market", float(rng.integers(18, 30)) * 10, "former passengers a day"),
        ("km", 3377.0, "km one way"),
        ("seats", seats, "seats of a coach"),
        ("litres", litres, "litres of diesel per 100 km"),
        ("diesel", price, "¥ a litre"),
        ("road_cost", road, "¥ a km: tolls, tyres, crew"),
        ("passenger_cost", passenger, "¥ a passenger: meals, insurance"),
        ("booked_cost", float(round((place + rng.integers(35, 66)) / 5) * 5), "¥ a passenger, as booked"),
        (
            "quality_after_refit",
            float(rng.integers(118, 131)) / 100,
            "relative quality that the refit promises",
        ),
    ]


# %% [markdown]
# # The train has come. What can the coach still earn?
#
# For years the coach from Chengdu to Lhasa was full. In July 2006 the train came: a day faster, and its cheapest
# seat costs less than the coach. The manager of the coach line wants to win her passengers back with a lower fare.
# You have asked former passengers what they think of coach, train and plane, and what their time is worth to them.
# Work out what they compare, what a fare can earn, and what she could do instead.
#
# The case notebook `01_customer_value_analysis` shows the methods. The answers are simulated, and yours alone;
# distance, train fares and train hours are from the press.

# %% [markdown] tags=["guide"]
# ## Aims
#
# After the lesson a student can
#
# - read from a survey who the customers are, what they want and where the offer stands (steps 1–4 of the analysis),
# - add up delivered value (顾客让渡价值) with all four costs, and compare offers by difference, not by ratio,
# - find the price at which a customer does not mind which offer to take, and hold it against cost,
# - choose the fare that earns most, and an improvement that is worth more than the same money off the fare.

# %% [markdown] tags=["guide"]
# ## 引入 Introduction (10 min)
#
# Write on the board: coach 72 hours, train 48 hours; train seat cheaper than the coach. Ask: "Who still takes the
# coach?" Let the class find reasons (baggage, the views, a ticket to be had). Then ask: "By how much would the fare
# have to fall for *you*?" Note five answers: they differ, and some are below zero. That is the whole case.

# %% [markdown] tags=["guide"]
# ## 讲解 Explanation (25 min)
#
# With `live.ipynb`; the class names the denominator or the missing cost before you type.
#
# 1. One row is one mark of one person for one offer on one attribute. Segments, importance (5 min, 1.1–1.2).
# 2. Against whom: a mean of rivals without ourselves; then Gale's ratio and the fair-value line (7 min, 1.3–1.5).
# 3. The account of eight parts; why the ratio V1 : V2 says nothing: add 1,000 to both sides (6 min, 1.6).
# 4. The level price: turn the account round and solve for the price (4 min, 1.8).
# 5. Fare × riders, less cost: draw the curve and ask where its top is (3 min, 1.11).

# %% [markdown] tags=["guide"]
# ## 实践 Practice (45 min)
#
# Alone on 1.1–1.6 (20 min), then in pairs on 1.7–1.12 (25 min); partners have other numbers, so they compare
# methods. Walk round and ask only "compared with what?" and "at whose expense?". The memo (1.13) is homework, or the
# work of those who are done.

# %% [markdown] tags=["guide"]
# ## 总结 Wrap-up (15 min)
#
# Let five students say the ceiling (1.10) and what the best fare earns, as a share of what all former passengers left at
# the old fare. The first differs, the second is small for everybody: why? Then let three say their lever. Who would cut
# the fare, who would spend the money on the lever, who would stop the line? Close with the line on the board.

# %% [markdown] tags=["guide"]
# ## Board plan
#
# | left | middle | right |
# |---|---|---|
# | **Whom, what**: segments, weights | **Value** = 4 benefits − 4 costs | **Money**: riders × (fare − cost) |
# | rivals: without ourselves | difference, not ratio | the highest revenue is not the highest gain |
# | quality relative, weighted | level price = rival's price + quality − hours × worth of an hour | value a yuan: a fare cut gives 1 |
#
# Bottom line, kept to the end: *The price is one of four costs. Cut the one that customers feel most.*

# %% [markdown] tags=["guide"]
# ## Discussion questions
#
# 1. Before the train, travellers were left standing at the station. Was the old fare too high or too low?
# 2. Some level prices are negative. What does that mean, and what would you do for these customers?
# 3. The railway answers a fare cut with one of its own. What is left of the best fare?
# 4. People said what an hour is worth to them. Would you trust the figure? How could a trial sale replace it?
# 5. Suppose the lever that is best for traders makes the coach an hour slower. How would you find out whether it pays?

# %%
import numpy as np
import pandas as pd

from casekit.value import components_in_money, level_prices

ratings = book.table("ratings")
people = book.table("people")
offers = book.table("offers")
levers = book.table("levers")
terms = book.table("terms").set_index("term")["value"]
fare_now = offers.set_index("offer").loc["coach", "price"]

# %% [markdown]
# One row of `ratings` is one respondent's mark (1 to 10, high is good) for one offer on one attribute, with the
# attribute's importance to that person in points out of 100. `people` has one row a respondent, `offers` one an offer,
# `terms` what the manager told you.

# %% tags=["show"]
ratings.head(3)

# %% tags=["show"]
people.head(3)

# %% tags=["show"]
offers

# %% tags=["show"]
book.table("terms")

# %% [markdown]
# ## Part 1. Who are the customers, and where do we stand?
#
# ### What is an hour worth?
#
# The train saves a day. Whether that counts depends on what an hour is worth to a passenger. What is it worth to the
# **mean respondent**? The segments are not equally large.

# %% tags=["question"]
question(
    "1.1",
    answer="mean_hour",
    title="Worth of an hour",
    kind="money",
    unit="¥ an hour, mean of all respondents",
    decimals=2,
    points=2,
    minutes=4,
    low=0,
    hints=("Every respondent counts once. Which column of `people`?",),
    traps=(
        Trap(
            "mean_of_segment_means",
            "hour_of_segment.mean()",
            says="You averaged the four segments; the smallest then weighs as much as the largest.",
            idea="The mean of means is not the mean.",
            credit=0.5,
        ),
        Trap(
            "median",
            "people['worth_of_hour'].median()",
            says="That is the median, the respondent in the middle; the question asks for the mean.",
            idea="Say which average.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
hour_of_segment = people.groupby("segment")["worth_of_hour"].mean()
mean_hour = people["worth_of_hour"].mean()  # blank: the mean over what?

# %% [markdown] tags=["key"]
# The mean lies above what most people say: a few business travellers pull it up. A mean customer describes nobody; the
# fare will have to be judged person by person.

# %% [markdown]
# ### What do traders want?
#
# Traders (segment `trader`) carry goods. Each respondent spread 100 points over the eight attributes. What share of its
# points does the segment give to each attribute? This is the standard by which traders judge.

# %% tags=["question"]
question(
    "1.2",
    answer="trader_weights",
    title="What traders want",
    kind="series",
    unit="a Series by attribute: share of the traders' points, adding up to 1",
    decimals=3,
    points=2,
    minutes=5,
    low=0,
    high=1,
    sums_to=1,
    hints=(
        "`own` holds one row a respondent and attribute. First keep the traders' rows.",
        '`own["respondent_id"].isin(traders)`',
    ),
    traps=(
        Trap(
            "everybody",
            "own.groupby('attribute')['importance'].sum() / own['importance'].sum()",
            says="These are the weights of all respondents; keep the traders alone.",
            idea="Say of whom a figure is.",
            credit=0.5,
        ),
        Trap(
            "first_choice_only",
            "own_of_traders.loc[own_of_traders.groupby('respondent_id')['importance'].idxmax(), 'attribute']"
            ".value_counts(normalize=True).reindex(trader_weights.index, fill_value=0.0)",
            says="You counted how often an attribute is the first choice; the points on the others were lost.",
            idea="Importance is more than the first place.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
own = ratings[ratings["offer"] == "coach"]
traders = people.loc[people["segment"] == "trader", "respondent_id"]
own_of_traders = own[own["respondent_id"].isin(traders)]  # blank: which rows?
points_of_attribute = own_of_traders.groupby("attribute")["importance"].sum()
trader_weights = points_of_attribute / points_of_attribute.sum()

# %% [markdown]
# ### Where do we lead and trail?
#
# The value curve sets our mark beside that of the **mean rival**, attribute by attribute. Above 0 we offer something
# that others do not; below 0 we have to explain. `scores` holds the mean marks.

# %%
scores = ratings.pivot_table(index="attribute", columns="offer", values="rating")

# %% tags=["show"]
scores.round(1)

# %% tags=["question"]
question(
    "1.3",
    answer="gap",
    title="Lead over the mean rival",
    kind="series",
    unit="a Series by attribute: points, coach less the mean of the three rivals",
    decimals=2,
    points=2,
    minutes=5,
    low=-9,
    high=9,
    hints=(
        "A rival is who competes with us. Are we among them?",
        "`.drop(columns=...)`, then `.mean(axis=1)`",
    ),
    traps=(
        Trap(
            "we_are_no_rival",
            "scores['coach'] - scores.mean(axis=1)",
            says="The coach is in the mean too, which makes every gap smaller; compare with the rivals alone.",
            idea="Compare with others, not with a mean that you are part of.",
            credit=0.5,
        ),
        Trap(
            "best_rival",
            "scores['coach'] - scores.drop(columns='coach').max(axis=1)",
            says="You compared with the best rival on each attribute; the question asks for the mean rival.",
            idea="Say compared with whom.",
            credit=0.5,
        ),
        Trap(
            "train_seat_only",
            "scores['coach'] - scores['train seat']",
            says="You compared with the train seat alone; there are three rivals.",
            idea="Say compared with whom.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
mean_rival = scores.drop(columns="coach").mean(axis=1)  # blank: one mean mark an attribute; of which columns?
gap = scores["coach"] - mean_rival

# %% [markdown]
# ### How good is the coach in customers' eyes?
#
# Gale's relative quality sums up the curve. For each attribute it divides our mark by the mean rival's, then weighs
# these ratios with the importance to all respondents (`weights`, adding up to 1):
#
# $$Q = \sum_a w_a \, \frac{\text{own}_a}{\overline{\text{rivals}}_a}$$
#
# 1 is on par, 1.1 is 10 % better.

# %%
weights = own.groupby("attribute")["importance"].mean() / 100

# %% tags=["question"]
question(
    "1.4",
    answer="relative_quality",
    title="Relative quality of the coach",
    kind="number",
    unit="ratio, 1 is on par",
    decimals=3,
    points=3,
    minutes=6,
    low=0.2,
    high=5,
    hints=("First the ratio on each attribute, then the weights.", "Multiply two Series and add up."),
    traps=(
        Trap(
            "ratio_of_sums",
            "(weights * scores['coach']).sum() / (weights * scores.drop(columns='coach').mean(axis=1)).sum()",
            says="You divided two weighted means; the formula weighs the ratios of the single attributes.",
            idea="A mean of ratios is not the ratio of means.",
            credit=0.5,
        ),
        Trap(
            "without_weights",
            "(scores['coach'] / scores.drop(columns='coach').mean(axis=1)).mean()",
            says="Every attribute counts the same here; weigh them by their importance.",
            idea="Weigh by what customers want.",
            credit=0.25,
        ),
        Trap(
            "best_rival",
            "(weights * scores['coach'] / scores.drop(columns='coach').max(axis=1)).sum()",
            says="You divided by the best rival on each attribute; the formula takes the mean rival.",
            idea="Say compared with whom.",
            credit=0.5,
        ),
    ),
)

# %% tags=["solution"]
ratio = scores["coach"] / scores.drop(columns="coach").mean(axis=1)
relative_quality = (weights * ratio).sum()  # blank: what is added up?

# %% [markdown]
# ### What would a refit justify?
#
# A refit promises a relative quality of `terms["quality_after_refit"]`. On the value map the fair-value line says which
# price customers find fair for it: the mean price of the rivals times
#
# $$1 + s\,(Q - 1), \qquad s = \frac{1 - w_p}{w_p}$$
#
# with $w_p$ the mean of `price_importance` over the respondents: the less price counts, the more a better offer may
# ask. Which fare would be fair after the refit?

# %% tags=["question"]
question(
    "1.5",
    answer="fair_fare",
    title="Fair fare after the refit",
    kind="money",
    unit="¥ a passenger",
    decimals=1,
    points=2,
    minutes=5,
    low=0,
    hints=(
        "Slope first, then the line, then the rivals' mean price.",
        "If price counts for 1/3, the slope is 2.",
    ),
    traps=(
        Trap(
            "slope_upside_down",
            "rivals_price * (1 + price_weight / (1 - price_weight) * (terms['quality_after_refit'] - 1))",
            says="The slope is upside down: the less price counts, the more a better offer may ask.",
            idea="Try an extreme case.",
            credit=0.5,
        ),
        Trap(
            "our_price_in_the_mean",
            "offers['price'].mean() * (1 + slope * (terms['quality_after_refit'] - 1))",
            says="Our own fare is in the mean price; take the rivals' prices alone.",
            idea="Compare with others, not with a mean that you are part of.",
            credit=0.5,
        ),
        Trap(
            "from_our_fare",
            "fare_now * (1 + slope * (terms['quality_after_refit'] - 1))",
            says="You started from our own fare; the line passes through the rivals' mean price.",
            idea="Relative means relative to the rivals.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
rivals_price = offers.loc[offers["offer"] != "coach", "price"].mean()
price_weight = people["price_importance"].mean()
slope = (1 - price_weight) / price_weight  # blank: how much price does one percent of quality excuse?
fair_fare = rivals_price * (1 + slope * (terms["quality_after_refit"] - 1))

# %% [markdown] tags=["key"]
# The map is one average over everybody, and it knows nothing of hours. It would let the coach ask more than the train:
# a good reason not to stop here.

# %% [markdown]
# ## Part 2. What does a customer get, and what does it cost?
#
# Kotler's account (顾客让渡价值) adds four benefits and takes off four costs, of which the price is only one:
#
# $$V = (\text{product} + \text{service} + \text{personnel} + \text{image}) - (\text{money} + \text{time} + \text{energy} + \text{psychic})$$
#
# *Energy* is effort, *psychic* is worry. `components_in_money` has put all eight into yuan with each respondent's own
# answers; `account` holds the means.

# %%
survey = ratings.merge(people, on="respondent_id").merge(offers, on="offer")
components = components_in_money(survey)
account = components.groupby("offer").mean()

# %% tags=["show"]
account.round(0)

# %% [markdown]
# ### Coach against train seat
#
# How much more delivered value than the train seat does the coach leave to the mean respondent? Below 0 the train
# leaves more.

# %% tags=["question"]
question(
    "1.6",
    answer="advantage",
    title="Coach less train seat",
    kind="money",
    unit="¥ a passenger: delivered value of the coach less that of the train seat",
    decimals=1,
    points=3,
    minutes=6,
    hints=(
        "Four columns are benefits, four are costs.",
        "A difference of two delivered values; below 0 is possible.",
    ),
    traps=(
        Trap(
            "price_only",
            "benefits['coach'] - account.loc['coach', 'money'] - benefits['train seat'] + account.loc['train seat', 'money']",
            says="You took off the price alone; it is one of four costs.",
            idea="The price is one of four costs.",
            credit=0.25,
        ),
        Trap(
            "benefits_only",
            "benefits['coach'] - benefits['train seat']",
            says="These are the benefits alone; the costs are still to be taken off.",
            idea="Delivered value is value less cost.",
        ),
        Trap(
            "time_forgotten",
            "(benefits - account[['money', 'energy', 'psychic']].sum(axis=1)).loc[['coach', 'train seat']] @ [1, -1]",
            says="The hours on the road are missing: time is a cost too.",
            idea="The price is one of four costs.",
            credit=0.5,
        ),
        Trap(
            "ratio",
            "delivered['coach'] / delivered['train seat']",
            says="You divided the two values; subtract, for a ratio of values whose zero is arbitrary compares nothing.",
            idea="Compare values by difference, not by ratio.",
            credit=0.25,
        ),
    ),
)

# %% tags=["solution"]
benefits = account[["product", "service", "personnel", "image"]].sum(axis=1)
costs = account[["money", "time", "energy", "psychic"]].sum(axis=1)  # blank: the costs of each offer
delivered = benefits - costs
advantage = delivered["coach"] - delivered["train seat"]

# %% [markdown] tags=["key"]
# The book's rule takes offer 1 if V1 : V2 is above 1. What every offer gives alike, being in Lhasa, is not in the
# account; put it in, and the ratio moves while the difference stays. With negative values the rule even turns round.

# %% [markdown]
# ### Does the account say what people do?
#
# An account that does not foretell choices is not worth a fare. `value` holds each respondent's delivered value of each
# offer (one row a respondent, one column an offer), `chosen` the offer that the respondent named. For what share of the
# respondents is the named offer the one with the **highest value for that respondent**?

# %%
parts = components[["product", "service", "personnel", "image"]].sum(axis=1)
value = (parts - components[["money", "time", "energy", "psychic"]].sum(axis=1)).unstack()
chosen = people.set_index("respondent_id")["chosen"]

# %% tags=["show"]
value.head(3).round(0)

# %% tags=["question"]
question(
    "1.7",
    answer="hit_rate",
    title="Choices foretold",
    kind="share",
    unit="share of respondents, 0 to 1",
    decimals=3,
    points=2,
    minutes=6,
    hints=(
        "`idxmax(axis=1)` gives for each row the column with the highest value.",
        "Compare two Series, then `.mean()`.",
    ),
    traps=(
        Trap(
            "best_for_the_mean",
            "(chosen == value.mean().idxmax()).mean()",
            says="You took the offer that is best for the mean respondent; take each respondent's own best.",
            idea="A mean customer describes nobody.",
            credit=0.25,
        ),
        Trap(
            "coach_only",
            "(value.idxmax(axis=1) == chosen)[chosen == 'coach'].mean()",
            says="You looked only at those who named the coach; the question asks for all respondents.",
            idea="Say of whom a share is.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
hit_rate = (value.idxmax(axis=1) == chosen).mean()

# %% [markdown]
# ## Part 3. What can a fare earn?
#
# ### The level price
#
# Turn the account round: at which price of ours does a customer not mind which of two offers to take? Ours may cost
# more than the rival's if it is better, less if it is slower. `quality_difference` is what our benefits, effort and
# worry together are worth above the rival's (¥), `extra_hours` how many hours ours takes **more**, `worth_of_hour` what
# an hour is worth (¥). Write the function; the manager will call it for many customers.

# %% tags=["question"]
question(
    "1.8",
    answer="price_at_par",
    title="The level price",
    kind="function",
    unit="a function that returns ¥ a passenger",
    decimals=2,
    points=3,
    minutes=6,
    inputs=lambda rng: [
        (
            float(rng.integers(30, 100)) * 10,
            float(rng.integers(-15, 30)) * 10 + 5.0,
            float(rng.integers(10, 50)),
            float(rng.integers(3, 40)),
        )
        for _call in range(8)
    ],
    hints=(
        "Start from the rival's price. What raises it, what lowers it?",
        "Hours become money: times what?",
    ),
    traps=(
        Trap(
            "hours_as_a_gain",
            "lambda rival_price, quality_difference, extra_hours, worth_of_hour:"
            " rival_price + quality_difference + extra_hours * worth_of_hour",
            says="You let extra hours raise the price; they are a cost to the customer.",
            idea="A longer way lowers what a customer pays.",
            credit=0.5,
        ),
        Trap(
            "quality_forgotten",
            "lambda rival_price, quality_difference, extra_hours, worth_of_hour: rival_price - extra_hours * worth_of_hour",
            says="The difference in quality is missing.",
            idea="Price of the alternative plus the worth of the differences.",
            credit=0.5,
        ),
        Trap(
            "time_forgotten",
            "lambda rival_price, quality_difference, extra_hours, worth_of_hour: rival_price + quality_difference",
            says="The hours are missing: time is a cost too.",
            idea="The price is one of four costs.",
            credit=0.5,
        ),
        Trap(
            "difference_only",
            "lambda rival_price, quality_difference, extra_hours, worth_of_hour:"
            " quality_difference - extra_hours * worth_of_hour",
            says="That is what we may ask above the rival's price; add it to that price.",
            idea="Price of the alternative plus the worth of the differences.",
            credit=0.5,
        ),
    ),
)


# %% tags=["free"]
def price_at_par(rival_price, quality_difference, extra_hours, worth_of_hour):
    """Price at which a customer does not mind which of the two offers to take."""
    return rival_price + quality_difference - extra_hours * worth_of_hour


# %% [markdown]
# ### What does a passenger cost?
#
# A fare must cover at least what a place in a **full** coach costs: the trip one way, shared by all seats, and what each
# passenger costs on top. The trip costs diesel and `road_cost` a kilometre; see `terms`, with units, for
# `km`, `litres`, `diesel`, `road_cost`, `seats` and `passenger_cost`.

# %% tags=["question"]
question(
    "1.9",
    answer="cost_of_place",
    title="Cost of a place",
    kind="money",
    unit="¥ a passenger in a full coach, one way",
    decimals=1,
    points=2,
    minutes=6,
    low=0,
    hints=(
        "What does one kilometre cost? `litres` is for 100 km.",
        "What does every passenger cost, however many ride?",
    ),
    traps=(
        Trap(
            "passenger_forgotten",
            "terms['km'] * (terms['litres'] / 100 * terms['diesel'] + terms['road_cost']) / terms['seats']",
            says="That is the share of the trip; what each passenger costs on top is missing.",
            idea="Costs of a batch and costs of a customer.",
            credit=0.5,
        ),
        Trap(
            "diesel_only",
            "terms['km'] * terms['litres'] / 100 * terms['diesel'] / terms['seats'] + terms['passenger_cost']",
            says="Diesel is not the whole trip: tolls, tyres and crew are missing.",
            idea="List all costs that a sale causes.",
            credit=0.5,
        ),
        Trap(
            "round_trip",
            "2 * terms['km'] * (terms['litres'] / 100 * terms['diesel'] + terms['road_cost']) / terms['seats']"
            " + terms['passenger_cost']",
            says="You charged both ways to one passenger; the way back carries passengers of its own.",
            idea="Cost and price need the same unit.",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
cost_of_trip = terms["km"] * (terms["litres"] / 100 * terms["diesel"] + terms["road_cost"])
cost_of_place = cost_of_trip / terms["seats"] + terms["passenger_cost"]

# %% [markdown]
# ### Who can be won at all?
#
# `level` holds the level price of each respondent against the rival that is best for that respondent: who has 400
# there takes the coach up to a fare of ¥400. A level price below 0 is no mistake: that customer would have to be paid.
#
# The accountant adds halts and station fees and books `terms["booked_cost"]` a passenger. What share of the
# respondents can be won at **some** fare that covers this cost? This is the ceiling of any fare cut.

# %%
level = level_prices(components, own="coach")["level_price"]

# %% tags=["show"]
from casekit.plots import plot_level_prices

segment_of = people.set_index("respondent_id")["segment"]
ax = plot_level_prices(level, segment_of, price=fare_now, cost=terms["booked_cost"])

# %% tags=["question"]
question(
    "1.10",
    answer="ceiling",
    title="Who can be won above cost",
    kind="share",
    unit="share of respondents, 0 to 1",
    decimals=3,
    points=3,
    minutes=5,
    hints=("Which level prices allow a fare that covers the cost?",),
    traps=(
        Trap(
            "at_todays_fare",
            "(level >= fare_now).mean()",
            says="That is who comes at today's fare; the fare may fall as far as the cost.",
            idea="The level price against cost says who can be won.",
            credit=0.5,
        ),
        Trap(
            "cost_of_a_place",
            "(level >= cost_of_place).mean()",
            says="You used the cost of a place from 1.9; the accountant books halts and station fees on top.",
            idea="List all costs that a sale causes.",
            credit=0.5,
        ),
        Trap(
            "cost_of_one_more",
            "(level >= terms['passenger_cost']).mean()",
            says="You used what one more passenger costs in a coach that runs anyway; here the coach itself must be paid.",
            idea="Which cost does the decision change?",
            credit=0.5,
        ),
    ),
)

# %% tags=["free"]
ceiling = (level >= terms["booked_cost"]).mean()

# %% [markdown] tags=["key"]
# At a fare that just covers the cost this share would come, and nothing would be left. Any fare that earns something
# wins fewer: no fare brings the market back. The question is what the rest can earn.

# %% [markdown]
# ### What does the best fare earn?
#
# The respondents stand for `terms["market"]` former passengers a day. At a fare, all ride whose level price is not below
# it, and each leaves the fare less `terms["booked_cost"]`. Try all fares in `fares`. What does the fare that earns most
# earn **a day**?

# %%
fares = np.arange(200, 801, 10)

# %% tags=["question"]
question(
    "1.11",
    answer="best_a_day",
    title="Contribution at the best fare",
    kind="money",
    unit="¥ a day",
    decimals=0,
    points=4,
    minutes=9,
    hints=(
        "For each fare: the share that rides, then riders a day, then what each leaves.",
        "`[(level >= fare).mean() for fare in fares]`",
    ),
    traps=(
        Trap(
            "revenue",
            "terms['market'] * (share_at * fares).max()",
            says="That is the highest revenue; the cost of carrying people is still to be taken off.",
            idea="Revenue is not contribution.",
            credit=0.25,
        ),
        Trap(
            "at_todays_fare",
            "(level >= fare_now).mean() * terms['market'] * (fare_now - terms['booked_cost'])",
            says="That is what today's fare earns; try the others too.",
            idea="Try every price before you choose one.",
            credit=0.5,
        ),
        Trap(
            "revenue_fare",
            "contribution[(share_at * fares).argmax()]",
            says="You chose the fare with the highest revenue and then took the cost off; choose by what is left.",
            idea="The fare that fills and the fare that earns are not the same.",
            credit=0.5,
        ),
        Trap(
            "everybody_comes",
            "terms['market'] * (fares[contribution.argmax()] - terms['booked_cost'])",
            says="You let all former passengers ride; at that fare only some do.",
            idea="Demand falls with the price.",
            credit=0.25,
        ),
    ),
)


# %% tags=["free"]
share_at = np.array([(level >= fare).mean() for fare in fares])
contribution = terms["market"] * share_at * (fares - terms["booked_cost"])
best_a_day = contribution.max()

# %% [markdown]
# ## Part 4. What beats a fare cut?
#
# A fare cut of ¥1 gives the customer exactly ¥1 of value. An improvement that gives more than it costs beats it. For
# each lever, `levers` holds the marks it adds on one attribute, the hours it saves and its cost a passenger. `worth` is
# what one more point on an attribute is worth to the mean trader (¥), `trader_hour` what an hour is.
#
# The manager wants to win the **traders** and has a fixed sum. Which lever gives them most value **for each yuan
# spent**?

# %%
of_traders = ratings[ratings["offer"] == "coach"].merge(
    people[people["segment"] == "trader"], on="respondent_id"
)
worth_of_one = of_traders["importance"] / 100 * of_traders["worth_of_point"]
worth = worth_of_one.groupby(of_traders["attribute"]).mean()
trader_hour = people.loc[people["segment"] == "trader", "worth_of_hour"].mean()

# %% tags=["show"]
levers

# %% tags=["show"]
worth.round(1)

# %% tags=["question"]
question(
    "1.12",
    answer="first_lever",
    title="The first lever",
    kind="choice",
    unit="name of a lever, as in `levers`",
    labels=tuple(LEVERS["lever"].drop([3, 7])),
    points=3,
    minutes=8,
    hints=(
        "Value of a lever: points × worth of its attribute + hours saved × worth of an hour. "
        '`levers["attribute"].map(worth).fillna(0)`',
        "Then by what it costs.",
    ),
    traps=(
        Trap(
            "largest_gain",
            "levers.loc[gain.idxmax(), 'lever']",
            says="You took the lever with the largest gain and did not look at its cost.",
            idea="Value for each yuan, not value.",
            credit=0.5,
        ),
        Trap(
            "cheapest",
            "levers.loc[levers['cost'].idxmin(), 'lever']",
            says="You took the cheapest lever; what does it give?",
            idea="Value for each yuan, not cost.",
        ),
        Trap(
            "largest_net_gain",
            "levers.loc[(gain - levers['cost']).idxmax(), 'lever']",
            says="You took the lever with the largest gain less cost; with a fixed sum it is the yuan that must bring most.",
            idea="Value for each yuan, not value.",
            credit=0.5,
        ),
    ),
)


# %% tags=["free"]
gain = levers["points"] * levers["attribute"].map(worth).fillna(0) + levers["hours"] * trader_hour
value_a_yuan = gain / levers["cost"]
first_lever = levers.loc[value_a_yuan.idxmax(), "lever"]

# %% [markdown] tags=["key"]
# Above 1 the lever gives traders more than the same money off the fare would. Another segment would choose another
# lever, so the answer to "what to improve" begins with "for whom".

# %% [markdown]
# ## Part 5. The memo
#
# The manager reads one page. Write it, from your numbers: **Should she cut the fare to win her passengers back, to what,
# and what should she do first?** Say the answer first, then the amounts, then how sure you are. Say why the fare alone
# cannot do it, in words she understands. Hold the best fare's contribution against what all former passengers left a day
# when they rode at today's fare. 120 words or more, English or Chinese.

# %% tags=["question"]
question(
    "1.13",
    answer="memo",
    title="Memo to the manager",
    kind="free_text",
    unit="a text of 120 words (or Chinese characters) or more",
    points=8,
    minutes=20,
    min_words=120,
    hints=("Answer, amount, for whom, how sure.",),
    rubric=(
        Criterion(
            "Answer first",
            2,
            "the first two sentences say whether to cut, to which fare, and what to do first",
        ),
        Criterion(
            "Right amounts",
            2,
            "best fare's contribution a day and the ceiling, with units, as computed above",
        ),
        Criterion("Four costs", 2, "explains with time, effort and worry why the price alone decides little"),
        Criterion("For whom", 1, "names a segment to keep and one to let go, with the lever for the first"),
        Criterion(
            "How sure",
            1,
            "says what the figures rest on (answers, rivals that stand still) and how to test it",
        ),
    ),
)

# %% tags=["solution"]
earned_before = terms["market"] * (fare_now - terms["booked_cost"])
memo = f"""
Do not cut the fare to fill the coaches again. Set it at ¥{fares[contribution.argmax()]}, the fare that earns most in our
table, expect a remnant of your former passengers, and put the money first into what traders want: {first_lever}.

At its best the fare brings ¥{best_a_day:,.0f} a day. Before the train you earned ¥{earned_before:,.0f}, if all former
passengers rode at ¥{fare_now:.0f}. At a fare that just covers your cost {ceiling:.0%} of them would come, and nothing
would be left to earn.

The reason is that the fare is only one of four costs. The train saves a day, is easier on the nerves at altitude, and
its seat is cheaper too. To a business traveller the hours alone are worth more than your whole fare; nothing you charge
brings this customer back, so let that segment go. Traders are different: they carry goods, and the coach takes them.
For them the lever is worth {value_a_yuan.max():.1f} yuan for each yuan it costs; a fare cut is worth one.

How sure? These are answers, not sales, and the railway may answer a cut with its own. Try the fare on one departure for
a month, and change the plan if far more or far fewer ride than the table says.
"""

# %% tags=["quiz"]
quiz(
    "Eighty workers say an hour is worth ¥3, twenty business travellers ¥28. What is an hour worth to the mean respondent?",
    Choice("¥8", "80 × 3 + 20 × 28 = 800 yuan for 100 people.", right=True),
    Choice("¥15.50", "That is the mean of the two segments; the workers are four times as many."),
    Choice("¥3", "That is the median: the respondent in the middle is a worker."),
)

# %% tags=["quiz"]
quiz(
    "Marks for baggage: coach 8, train 5, plane 3. What is the coach's lead over the mean rival?",
    Choice("3 points", "That is the lead over the best rival."),
    Choice("4 points", "8 less the mean of 5 and 3.", right=True),
    Choice("2.7 points", "You have the coach in the mean as well."),
)

# %% tags=["quiz"]
quiz(
    "Offer A is worth ¥900 to a customer in all and costs ¥800 in all; offer B ¥500 and ¥420. Which does the customer take?",
    Choice(
        "B, because 500 : 420 is the higher ratio.",
        "Ratios move when both get the same thing on top; differences do not.",
    ),
    Choice("A, because 900 is more than 500.", "These are benefits before any cost."),
    Choice(
        "A, because ¥100 is left instead of ¥80.",
        "Delivered value is what is left after all costs.",
        right=True,
    ),
    Choice("B, because it costs less.", "It also gives less; look at what is left."),
)

# %% tags=["quiz"]
quiz(
    "The rival costs ¥331. Our quality is worth ¥60 more to Ms Li, we take 20 hours longer, an hour is worth ¥5 to her. Her level price?",
    Choice("¥491", "Extra hours are a cost to her: they lower the price."),
    Choice("¥391", "You left out the hours."),
    Choice("¥291", "331 + 60 − 100.", right=True),
    Choice("−¥40", "That is what we may ask above the rival's price; add the price."),
)

# %% tags=["quiz"]
quiz(
    "A customer's level price is −¥120. What does it mean?",
    Choice(
        "A mistake in the data: prices are never negative.",
        "A level price is no price that anybody pays; it may be negative.",
    ),
    Choice("No fare wins this customer.", "She would have to be paid ¥120 to come.", right=True),
    Choice("A fare of ¥120 wins her.", "The sign matters: below 0 no fare is low enough."),
)

# %% tags=["quiz"]
quiz(
    "At ¥300, 100 ride; at ¥400, 70 ride. A passenger costs ¥240. Which fare is better?",
    Choice(
        "¥300: revenue is higher.", "30,000 against 28,000 in revenue, but only 100 × 60 = ¥6,000 is left."
    ),
    Choice("¥400: 70 × 160 = ¥11,200 is left.", "Against ¥6,000 at ¥300.", right=True),
    Choice("¥300: more passengers come back.", "Passengers are no aim by themselves; what they leave is."),
)

# %% tags=["quiz"]
quiz(
    "A lever costs ¥12 a passenger and is worth ¥30 to traders and ¥8 to tourists. What do you do?",
    Choice("Never do it: the mean is too low.", "The mean hides that one segment would pay for it gladly."),
    Choice(
        "Do it for traders, if they can be reached alone.",
        "2.5 yuan of value for each yuan: more than a fare cut gives.",
        right=True,
    ),
    Choice("Cut the fare by ¥12 instead.", "That gives a trader ¥12, the lever ¥30."),
)

# %% tags=["quiz"]
quiz(
    "For years travellers were left standing at the station. What did that say about the old fare?",
    Choice("It was too high.", "Then seats would have been empty."),
    Choice(
        "It was, if anything, too low.", "More people wanted to ride at that fare than could.", right=True
    ),
    Choice("Nothing: the fare had no part in it.", "Demand above capacity says something about the price."),
)
