# %% tags=["author"]
import numpy as np
import pandas as pd

from casekit.exercises.authoring import Criterion, Trap, about, book, question

about(title="A small exercise for tests", minutes=10, notebook="00_start_here", week=1)


# %% tags=["data"]
def make_data(rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Sixty visits of four guests."""
    guests = rng.choice(["Ann", "Bo", "Cai", "Dee"], 60)
    return {"visits": pd.DataFrame({"guest": guests, "amount": rng.integers(50, 500, 60) * 1.0})}


# %% [markdown]
# # Which guests bring the money?

# %%
visits = book.table("visits")

# %% tags=["question"]
question(
    "9.1",
    answer="mean_amount",
    kind="money",
    title="Money a visit",
    unit="¥",
    points=2,
    traps=(
        Trap("median", "visits['amount'].median()", says="That is the median.", idea="Mean", credit=0.5),
        Trap("total", "visits['amount'].sum()", says="That is the total.", idea="Mean"),
    ),
)

# %% tags=["solution"]
mean_amount = visits["amount"].mean()  # blank: of what?

# %% tags=["question"]
question("9.2", answer="top_share", kind="share", title="Share of the best guest", decimals=3, points=2)

# %% tags=["solution"]
spend = visits.groupby("guest")["amount"].sum()
top_share = spend.max() / spend.sum()  # blank[spend.sum()]: of what?

# %% tags=["question"]
question("9.3", answer="spend_by_guest", kind="series", title="Spend by guest", decimals=0, points=2)

# %% tags=["free"]
spend_by_guest = visits.groupby("guest")["amount"].sum()

# %% tags=["question"]
question(
    "9.4",
    answer="after_discount",
    kind="function",
    title="Price after a discount",
    points=2,
    inputs=lambda rng: [(float(rng.integers(100, 900)), float(rng.integers(5, 40)) / 100) for _ in range(5)],
)


# %% tags=["free"]
def after_discount(price, discount):
    """The price that is left."""
    return price * (1 - discount)


# %% tags=["question"]
question(
    "9.5",
    answer="memo",
    kind="free_text",
    title="To the manager",
    points=2,
    rubric=(Criterion("clear", 2, "says what to do"),),
)

# %% tags=["solution"]
memo = """Look after the guest who brings the largest share of the money."""
