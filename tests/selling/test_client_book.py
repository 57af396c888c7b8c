"""A book of three clients: reasons, features, filters, and a book that lacks columns."""

import numpy as np
import pandas as pd
import pytest

from casekit._text import language
from casekit.errors import InputError
from casekit.selling import (
    ClientScores,
    call_list,
    call_reasons,
    caps_by_manager,
    client_features,
    client_offers,
    contactable,
    day_of_book,
    describe_basis,
    describe_plan,
    describe_reasons,
    measure_of,
    plan_contacts,
    ranking_basis,
    score_clients,
)
from casekit.selling.client_scores import campaign_outcomes

BOOK = pd.DataFrame(
    {
        "customer_id": ["Wang", "Xu", "Li"],
        "aum": [9e4, 3e6, 5e4],
        "manager": [None, None, "M1"],
        "inflow": [1e6, 1e4, 9e3],
        "usual_inflow": [9e3, 1e4, np.nan],
        "maturity_date": pd.to_datetime([None, None, "2025-07-15"]),
        "maturing_amount": [np.nan, np.nan, 3e4],
        "last_contact": pd.to_datetime(["2025-06-01", None, "2025-06-20"]),
        "contacts_90d": [1, 0, 3],
        "risk_level": ["C3", "C4", "C1"],
    }
)
LIMITS = {"rich_from": 1e6, "inflow_from": 1e5}
RULES = {"today": "2025-06-30", "rich_from": 1e6, "inflow_from": 1e5}


def test_each_client_has_one_reason_and_its_money():
    table = call_reasons(BOOK, **RULES)
    assert table["large_inflow"].tolist() == [True, False, False]
    assert table["dormant_but_rich"].tolist() == [False, True, False]
    assert table["maturing"].tolist() == [False, False, True]
    assert table["money"].tolist() == [1e6, 3e6, 3e4]


def test_daily_flags_take_the_place_of_the_monthly_rule():
    table = call_reasons(BOOK, **RULES, large_inflow=pd.Series([False, True, False]))
    assert table["large_inflow"].tolist() == [False, True, False]
    assert table["money"].tolist() == [0, 3e6, 3e4]


def test_a_book_without_columns_has_no_reasons():
    table = call_reasons(BOOK[["customer_id", "aum"]], **RULES)
    assert table["reasons"].tolist() == [0, 0, 0]
    assert client_features(BOOK[["aum"]], today="2025-06-30").columns.tolist() == ["log_aum"]


def test_features_by_hand():
    features = client_features(BOOK, today="2025-06-30")
    assert features.loc[0, "inflow_jump"] == 3  # clipped
    assert features.loc[1, "years_silent"] == 2
    assert features["matures_soon"].tolist() == [False, False, True]
    assert features["has_manager"].tolist() == [False, False, True]


def test_suitability_rest_and_earlier_purchase_all_count():
    table = contactable(BOOK.assign(bought=[True, False, None]), product_level="R2", max_contacts=2)
    assert table["suitable"].tolist() == [True, True, False]
    assert table["rested"].tolist() == [True, True, False]
    assert table["allowed"].tolist() == [False, True, False]


def test_a_log_of_contacts_goes_before_the_count():
    log = pd.DataFrame({"customer_id": ["Xu"] * 2, "date": pd.to_datetime(["2025-06-01", "2025-06-02"])})
    table = contactable(BOOK, product_level="R1", max_contacts=2, contacts=log, today="2025-06-30")
    assert table["rested"].tolist() == [True, False, True]


def test_the_day_of_a_book():
    assert day_of_book(BOOK) == pd.Timestamp("2025-06-20")
    assert day_of_book(BOOK, "2025-06-30") == pd.Timestamp("2025-06-30")
    assert day_of_book(BOOK[["aum"]]) >= pd.Timestamp("2025-01-01")
    with pytest.raises(InputError, match="as_of must be a day, got '30 June'"):
        day_of_book(BOOK, "30 June")


def campaign(n=400):
    """Called clients below 100,000 buy more often, the others less."""
    rng = np.random.default_rng(3)
    aum, called = rng.uniform(1e4, 1e6, n), np.arange(n) % 2 == 0
    chance = 0.3 + np.where(called, np.where(aum < 2e5, 0.4, -0.1), 0)
    return pd.DataFrame(
        {"customer_id": np.arange(n), "aum": aum, "called": called, "bought": rng.random(n) < chance}
    )


def test_what_a_book_can_be_ranked_by():
    book = campaign()
    assert ranking_basis(book) == "change"
    assert ranking_basis(book.assign(bought=book["bought"].where(book["called"]))) == "chance"
    assert ranking_basis(book.drop(columns="called")) == "chance"
    assert ranking_basis(book.assign(bought=None, last_contact=pd.Timestamp("2025-01-01"))) == "reasons"
    assert ranking_basis(book.assign(bought=False)[["aum", "bought"]]) == "assets"


@pytest.mark.parametrize("earlier", [True, False])
def test_scores_find_whom_a_call_changes(earlier):
    book = campaign()
    options = {"campaign": book, "campaign_day": "2025-05-31"} if earlier else {}
    scores = score_clients(book, today="2025-06-30", rng=np.random.default_rng(1), **options)
    assert scores.basis == "change"
    small = book["aum"] < 2e5
    assert scores.table.loc[small, "uplift"].mean() > scores.table.loc[~small, "uplift"].mean() + 0.1


def test_scores_of_called_clients_alone_are_chances_for_all():
    book = campaign()
    book["bought"] = book["bought"].where(book["called"])
    scores = score_clients(book, today="2025-06-30", rng=np.random.default_rng(1))
    assert scores.basis == "chance"
    assert scores.table["called"].between(0, 1).all()
    assert scores.table["uplift"].isna().all()


def test_a_campaign_needs_its_day():
    with pytest.raises(InputError, match="campaign_day must be given"):
        score_clients(campaign(), today="2025-06-30", rng=np.random.default_rng(1), campaign=campaign())


def offers_of(basis):
    table = pd.DataFrame({"called": [0.5, 0.1, 0.2], "not_called": 0.1, "uplift": [0.4, 0.0, 0.1]})
    reasons = call_reasons(BOOK, **RULES)
    return client_offers(BOOK, ClientScores(basis, table), reasons, value=1000, cost=40), reasons


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("change", [360, -40, 60]),
        ("chance", [460, 60, 160]),
        ("reasons", [1e6, 3e6, 3e4]),
        ("assets", [9e4, 3e6, 5e4]),
    ],
)
def test_the_gain_follows_what_is_known(basis, expected):
    offers, _reasons = offers_of(basis)
    assert offers["gain"].tolist() == pytest.approx(expected)
    assert offers["manager"].tolist() == ["nobody yet", "nobody yet", "M1"]


@pytest.mark.parametrize("basis", ["change", "chance", "reasons"])
def test_scores_and_reasons_of_other_clients_are_named(basis):
    pairs = pd.MultiIndex.from_product([["Xu"], range(len(BOOK))])
    others = BOOK.set_axis([f"other {number}" for number in range(len(BOOK))])
    table = pd.DataFrame({"called": 0.5, "uplift": 0.4}, index=others.index)
    scores = ClientScores(basis, table)
    with pytest.raises(InputError, match="must carry the labels of book"):
        client_offers(BOOK.set_axis(pairs), scores, call_reasons(others, **RULES), value=1000, cost=40)


def test_scores_in_the_order_of_the_book_need_no_labels():
    pairs = pd.MultiIndex.from_product([["Xu"], range(len(BOOK))])
    table = pd.DataFrame({"called": [0.5, 0.1, 0.2], "uplift": 0.4})
    reasons = call_reasons(BOOK, **RULES)
    offers = client_offers(BOOK.set_axis(pairs), ClientScores("chance", table), reasons, value=1000, cost=40)
    assert offers.index.equals(pairs)
    assert offers["gain"].tolist() == pytest.approx([460, 60, 160])


def test_the_list_names_the_reason():
    offers, reasons = offers_of("change")
    plan = plan_contacts(offers, capacity=5, manager_caps=caps_by_manager(offers, per_manager=1, desk=1))
    listed = call_list(plan, BOOK, reasons, basis="change")
    assert listed["customer_id"].tolist() == ["Wang", "Li"]
    assert listed["why"].tolist() == ["large inflow", "money matures"]
    assert describe_plan(plan, "change").endswith("Nobody else is worth a call.")


def test_caps_that_bind_are_named():
    offers, _reasons = offers_of("chance")
    plan = plan_contacts(offers, capacity=5, manager_caps=caps_by_manager(offers, per_manager=0, desk=5))
    assert "caps of the managers" in describe_plan(plan, "chance", currency="$")


def test_nobody_with_a_manager_means_no_caps():
    assert caps_by_manager(pd.DataFrame({"manager": ["nobody yet"]}), per_manager=1, desk=1) == {}


@pytest.mark.parametrize(
    ("basis", "columns"),
    [
        ("change", ["expected_gain", "assets", "money_in_question"]),
        ("chance", ["gain_on_paper", "assets", "money_in_question"]),
        ("reasons", ["assets", "money_in_question"]),
        ("assets", ["assets"]),
    ],
)
def test_only_a_gain_is_called_a_gain(basis, columns):
    offers, reasons = offers_of(basis)
    listed = call_list(plan_contacts(offers, capacity=5), BOOK, reasons, basis=basis)
    assert listed.columns.tolist() == ["customer_id", "manager", *columns, "why"]
    assert ("gain" in measure_of(basis)) == (basis in ("change", "chance"))


def test_a_list_by_assets_claims_no_score_and_no_reason():
    offers, _reasons = offers_of("assets")
    plain = BOOK[["customer_id", "aum"]]
    plan = plan_contacts(offers, capacity=5)
    assert set(call_list(plan, plain, call_reasons(plain, **RULES), basis="assets")["why"]) == {
        "assets alone"
    }
    assert describe_plan(plan, "assets").endswith(
        "Everybody who may be called and holds assets is on the list."
    )
    assert describe_plan(plan_contacts(offers, capacity=0), "assets") == "**Call nobody from this list.**"


def test_reasons_that_the_book_cannot_tell_are_not_counted():
    some = BOOK[["customer_id", "aum", "last_contact"]]
    text = describe_reasons(some, call_reasons(some, **RULES), within_days=30, silent_days=180, **LIMITS)
    assert "inflow" not in text and "silent for more than 180 days: 1" in text
    assert text.endswith("Of other reasons the file does not tell.")


def test_too_few_outcomes_are_counted():
    book = campaign()
    uncalled = book["called"] == 0
    few = book["bought"].where(
        ~uncalled | (book["bought"] == 0) | (uncalled & (book["bought"] == 1)).cumsum().le(1)
    )
    book["bought"] = few
    assert campaign_outcomes(book).loc["not_called", "bought"] == 1
    assert ranking_basis(book) == "chance"
    assert describe_basis("chance", book).startswith("Only 1 uncalled client bought; 20 are needed")
    assert describe_basis("chance").startswith("The file tells who bought after a call")


@pytest.mark.parametrize("basis", ["reasons", "assets"])
def test_a_few_buyers_are_not_nobody(basis):
    book = pd.DataFrame({"aum": [1.0, 2.0, 3.0], "bought": [1, 1, 0]})
    assert describe_basis(basis, book).startswith("Only 1 called client did not buy; 20 are needed")


@pytest.mark.parametrize("call", [describe_basis, lambda basis: describe_plan(None, basis), measure_of])
def test_an_unknown_basis_is_named(call):
    with pytest.raises(InputError, match="basis must be a known name, got 'luck'"):
        call("luck")


def test_sentences_follow_each_other_without_a_space_in_chinese():
    offers = pd.DataFrame({"customer_id": ["A", "B"], "gain": [90.0, 50.0]})
    with language("zh_CN"):
        text = describe_plan(plan_contacts(offers, capacity=5), "change")
    assert text.endswith("¥140。其他客户都不值得打电话。")
