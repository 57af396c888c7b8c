"""A small exercise with every kind of question, for tests."""

SOURCE = '''\
# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.exercises.authoring import Choice, Criterion, Trap, about, book, question, quiz

about(title="Who bought?", minutes=20, notebook="00_start_here", week=1, needs="pandas")


# %% tags=["data"]
def make_data(rng):
    shop = pd.DataFrame(
        {
            "customer_id": [f"C{n}" for n in range(1, 9)],
            "spend": rng.integers(100, 900, 8) + 0.25,
            "visits": rng.integers(2, 9, 8),
            "came": pd.to_datetime("2024-03-01") + pd.to_timedelta(rng.integers(0, 30, 8), unit="D"),
            "gold": [True, False] * 4,
            "note": ["", "NA", "None", "a,b", "十", "x", "y", "z"],
        }
    )
    return {"shop": shop}


# %% [markdown]
# # Who bought?

# %% [markdown] tags=["guide"]
# ## Aims

# %% [markdown] tags=["key"]
# Only in the key.

# %%
import pandas as pd

shop = book.table("shop").set_index("customer_id")

# %% tags=["show"]
raise ValueError("shown in notebooks, skipped while solving")

# %% tags=["question"]
question(
    "7.1", answer="mean_spend", kind="number", unit="money a customer", decimals=2, points=2, low=0,
    hints="Add up, divide.",
    traps=(
        Trap("median", "shop['spend'].median()", says="That is the median.", idea="Mean or median?",
             credit=0.5),
        Trap("a_visit", lambda shop: shop["spend"].sum() / shop["visits"].sum(), says="That is a visit."),
    ),
)

# %% tags=["solution"]
heads = len(shop)  # blank: how many?
mean_spend = shop["spend"].sum() / heads

# %% tags=["question"]
question("7.2", answer="gold_share", kind="share", unit="share of spend", decimals=3,
         traps=(Trap("others", "1 - gold_share", says="The others."),))

# %% tags=["solution"]
gold_share = shop.loc[shop["gold"], "spend"].sum() / shop["spend"].sum()  # blank[shop["spend"].sum()]: by what?

# %% tags=["question"]
question("7.3", answer="visits_in_all", kind="count", unit="visits",
         traps=(Trap("customers", "len(shop)", says="Those are customers."),))

# %% tags=["free"]
visits_in_all = shop["visits"].sum()

# %% tags=["question"]
question("7.4", answer="verdict", kind="choice", labels=("pays", "loses", "cannot say"),
         traps=(Trap("naive", "'loses'", says="Look at the control group."),))

# %% tags=["free"]
verdict = "pays"

# %% tags=["question"]
question("7.5", answer="best", kind="labels", ordered=True, traps=(
    Trap("worst", "list(shop['spend'].nsmallest(3).index)", says="Turn it round."),))

# %% tags=["free"]
best = list(shop["spend"].nlargest(3).index)

# %% tags=["question"]
question("7.6", answer="shares", kind="series", unit="shares", decimals=3, sums_to=1, low=0, high=1,
         traps=(Trap("of_visits", "shop['visits'] / shop['visits'].sum()", says="Of visits."),))

# %% tags=["free"]
shares = shop["spend"] / shop["spend"].sum()

# %% tags=["question"]
question("7.7", answer="tax", kind="function", decimals=2,
         inputs=lambda rng: [(float(rng.integers(100, 999)), 0.2) for _call in range(5)],
         traps=(Trap("net", "lambda price, rate: price * rate", says="That is on top, not inside."),))


# %% tags=["free"]
def tax(price, rate):
    """The tax inside a price."""
    return price * rate / (1 + rate)


# %% tags=["question"]
question("7.8", answer="memo", kind="free_text", points=4, min_words=5,
         rubric=(Criterion("Clear", 4, "one answer"),))

# %% tags=["solution"]
memo = "Keep the programme, for gold alone."

# %% tags=["quiz"]
quiz("1 + 1?", Choice("2", "Yes.", right=True), Choice("<b>3</b>", "No."))
'''


def write_small_exercise(root, source=SOURCE, name="07_small"):
    """Write the exercise into a workbook's folder; the folder of the exercise."""
    folder = root / "exercises" / name
    folder.mkdir(parents=True)
    (folder / "exercise.py").write_text(source, encoding="utf-8")
    return folder
