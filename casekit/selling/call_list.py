"""From scores and reasons to a list of whom to call, with the words that say what the list rests on."""

from __future__ import annotations

import pandas as pd

from casekit._text import _, format_money
from casekit._validate import Check
from casekit.selling.client_scores import ClientScores
from casekit.selling.contact_plan import ContactPlan, expected_gain

#: Reasons to call, in the order in which a list names them.
REASONS = ("large_inflow", "maturing", "dormant_but_rich")


def client_offers(
    book: pd.DataFrame, scores: ClientScores, reasons: pd.DataFrame, *, value: float, cost: float
) -> pd.DataFrame:
    """One possible call a client, with the gain that it is ranked by.

    Parameters
    ----------
    book : DataFrame, one row a client
        ``customer_id``, and ``manager`` if known; a client without one comes under ``nobody yet``.
    scores : ClientScores
        From :func:`score_clients`.
    reasons : DataFrame
        From :func:`call_reasons`.
    value, cost : float
        Margin of one sale and cost of one call, in money.

    Returns
    -------
    DataFrame, index of ``book``, with ``customer_id``, ``manager`` and ``gain``: change in the chance to buy
    (or, for want of it, the chance) times value less cost; without any score the money in question, or all
        assets, which is
    no profit.

    Examples
    --------
    >>> book = pd.DataFrame({"customer_id": ["A"]})
    >>> scores = ClientScores("change", pd.DataFrame({"called": [0.3], "not_called": [0.1], "uplift": [0.2]}))
    >>> client_offers(book, scores, pd.DataFrame({"money": [5e5]}), value=1000, cost=40).to_dict("records")
    [{'customer_id': 'A', 'manager': 'nobody yet', 'gain': 160.0}]
    """
    check = Check("client_offers")
    book = check.frame("book", book, ["customer_id"])
    reasons = check.frame("reasons", reasons, ["money"])
    check.done()
    manager = (
        book["manager"].astype(object)
        if "manager" in book
        else pd.Series(None, index=book.index, dtype=object)
    )
    if scores.basis in ("reasons", "assets"):
        gain = (reasons["money"] if scores.basis == "reasons" else book["aum"]).astype(float)
    else:
        column = "uplift" if scores.basis == "change" else "called"
        gain = expected_gain(scores.table[column], value=value, cost=cost)
    return pd.DataFrame(
        {
            "customer_id": book["customer_id"],
            "manager": manager.where(manager.notna(), _("nobody yet")),
            "gain": gain,
        }
    )


def caps_by_manager(offers: pd.DataFrame, *, per_manager: int, desk: int) -> dict[str, int]:
    """Calls that each manager can make, and the desk that calls clients without one.

    Parameters
    ----------
    offers : DataFrame
        From :func:`client_offers`.
    per_manager, desk : int
        Calls, 0 or more.

    Returns
    -------
    dict of name to int, for :func:`plan_contacts`; empty if no client has a manager.

    Examples
    --------
    >>> offers = pd.DataFrame({"manager": ["Xu", "nobody yet", "Xu"]})
    >>> caps_by_manager(offers, per_manager=15, desk=100)
    {'Xu': 15, 'nobody yet': 100}
    """
    check = Check("caps_by_manager")
    per_manager = check.integer("per_manager", per_manager, low=0)
    desk = check.integer("desk", desk, low=0)
    offers = check.frame("offers", offers, ["manager"], rows=False)
    check.done()
    nobody = _("nobody yet")
    names = list(pd.unique(offers["manager"]))
    return {name: desk if name == nobody else per_manager for name in names} if names != [nobody] else {}


def call_list(plan: ContactPlan, book: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """The calls of a plan as a list to work through, best first, each with the reason to call.

    Parameters
    ----------
    plan : ContactPlan
        From :func:`plan_contacts` on :func:`client_offers`.
    book : DataFrame
        With ``aum``.
    reasons : DataFrame
        From :func:`call_reasons`.

    Returns
    -------
    DataFrame with columns ``customer_id, manager, gain, aum, money`` and ``why``, numbered from 0.
    """
    names = {
        "large_inflow": _("large inflow"),
        "maturing": _("money matures"),
        "dormant_but_rich": _("rich and silent"),
    }
    chosen = plan.chosen[["customer_id", "manager", "gain"]]
    table = chosen.join(book[["aum"]]).join(reasons[["money", *REASONS]])
    flags = table[list(REASONS)].to_numpy(dtype=bool)
    why = [", ".join(name for name, flag in zip(names.values(), row, strict=True) if flag) for row in flags]
    table["why"] = [text or _("score alone") for text in why]
    return table.drop(columns=list(REASONS)).reset_index(drop=True)


def describe_basis(basis: str) -> str:
    """What a list rests on, and what the book does not let one say.

    Parameters
    ----------
    basis : {"change", "chance", "reasons", "assets"}
        From :func:`ranking_basis`.

    Examples
    --------
    >>> describe_basis("reasons").split(".")[0]
    "The file holds nobody's outcome, so no model can be learned from it"
    """
    check = Check("describe_basis")
    texts = {
        "change": _(
            "The file holds a campaign with called and uncalled clients, so the ranking is learned from it. "
            "That is the effect of a call only if those called were drawn by lot and the other columns hold "
            "what was known before."
        ),
        "chance": _(
            "The file tells who bought after a call, but not who would have bought without one. The ranking "
            "says who is likely to buy; what a call changes is shown on the simulated branch, as method only."
        ),
        "reasons": _(
            "The file holds nobody's outcome, so no model can be learned from it. Clients are ranked by the "
            "money that a reason to call is about; scores are shown on public and simulated data only."
        ),
        "assets": _(
            "The file holds neither outcomes nor anything that makes a call timely (inflows, maturities, "
            "contacts). Clients can only be ranked by their assets; the rest is shown on public and "
            "simulated data."
        ),
    }
    check.choice("basis", basis, tuple(texts))
    check.done()
    return texts[basis]


def describe_plan(plan: ContactPlan, basis: str, *, currency: str = "¥") -> str:
    """The list in one paragraph for the manager: whom to call, what it brings, and why no more.

    Parameters
    ----------
    plan : ContactPlan
        From :func:`plan_contacts` on :func:`client_offers`.
    basis : {"change", "chance", "reasons", "assets"}
        From :func:`ranking_basis`.
    currency : str

    Examples
    --------
    >>> from casekit.selling import plan_contacts
    >>> offers = pd.DataFrame({"customer_id": ["A", "B"], "gain": [90.0, 50.0]})
    >>> describe_plan(plan_contacts(offers, capacity=1), "change")
    '**Call the 1 clients whom a call changes most.** Expected gain ¥90 after the cost of the calls.'
    """
    check = Check("describe_plan")
    texts = {
        "change": _(
            "**Call the {calls} clients whom a call changes most.** Expected gain {money} after the cost "
            "of the calls."
        ),
        "chance": _(
            "**Call the {calls} clients most likely to buy.** On paper they bring {money}, but that counts "
            "people who would have bought anyway."
        ),
        "reasons": _(
            "**Call the {calls} clients with a reason to be called and the most money in question.** They "
            "concern {money}. That is no profit: the file does not say who bought."
        ),
        "assets": _(
            "**Call the {calls} clients with the most assets, for want of anything better in the file.** "
            "They hold {money}. That is no profit, and rich is not a reason to buy."
        ),
    }
    check.choice("basis", basis, tuple(texts))
    check.done()
    text = texts[basis].format(calls=f"{len(plan.chosen):,}", money=format_money(plan.gain, currency))
    overall, others = plan.limits.iloc[0], plan.limits.iloc[1:]
    if overall["used"] >= overall["cap"]:
        return text
    if (others["shadow_price"] > 0).any():
        return text + " " + _("The caps of the managers leave the other calls unmade.")
    if basis in ("reasons", "assets"):
        return text + " " + _("The file gives no reason to call anybody else.")
    return text + " " + _("Nobody else is worth a call.")
