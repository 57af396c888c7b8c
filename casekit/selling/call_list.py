"""From scores and reasons to a list of whom to call, with the words that say what the list rests on."""

from __future__ import annotations

import pandas as pd

from casekit._text import _, clauses, format_money, listed, ngettext, sentences
from casekit._validate import Check
from casekit.selling.client_book import present
from casekit.selling.client_scores import FEWEST_BUYERS, ClientScores, campaign_outcomes
from casekit.selling.contact_plan import ContactPlan, expected_gain

#: Reasons to call, in the order in which a list names them.
REASONS = ("large_inflow", "maturing", "dormant_but_rich")

#: What a list can rest on, best first.
BASES = ("change", "chance", "reasons", "assets")


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
    assets, which is no profit (:func:`measure_of` names it).

    Examples
    --------
    >>> book = pd.DataFrame({"customer_id": ["A"]})
    >>> scores = ClientScores("change", pd.DataFrame({"called": [0.3], "not_called": [0.1], "uplift": [0.2]}))
    >>> client_offers(book, scores, pd.DataFrame({"money": [5e5]}), value=1000, cost=40).to_dict("records")
    [{'customer_id': 'A', 'manager': 'nobody yet', 'gain': 160.0}]
    """
    check = Check("client_offers")
    book = check.frame("book", book, ["customer_id"], keys=["customer_id"])
    scores = check.instance("scores", scores, ClientScores, hint="score_clients(...)")
    reasons = check.frame("reasons", reasons, ["money"])
    check.done()
    manager = (
        book["manager"].astype(object)
        if "manager" in book
        else pd.Series(None, index=book.index, dtype=object)
    )
    ids = book["customer_id"]
    if scores.basis == "assets":
        gain = check.frame("book", book, ["aum"]).get("aum", pd.Series(dtype=float)).astype(float)
    elif scores.basis == "reasons":
        gain = check.alike("reasons['money']", reasons["money"].astype(float), "book", ids)
    else:
        column = "uplift" if scores.basis == "change" else "called"
        chance = check.alike(f"scores.table[{column!r}]", scores.table[column], "book", ids)
        gain = expected_gain(chance, value=value, cost=cost) if not check.problems else chance
    check.done()
    return pd.DataFrame(
        {
            "customer_id": ids,
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
    names = check.names("manager", pd.unique(offers["manager"]))
    return {name: desk if name == nobody else per_manager for name in names} if names != [nobody] else {}


def call_list(plan: ContactPlan, book: pd.DataFrame, reasons: pd.DataFrame, *, basis: str) -> pd.DataFrame:
    """The calls of a plan as a list to work through, best first, each with the reason to call.

    Parameters
    ----------
    plan : ContactPlan
        From :func:`plan_contacts` on :func:`client_offers`.
    book : DataFrame
        With ``aum``.
    reasons : DataFrame
        From :func:`call_reasons`.
    basis : {"change", "chance", "reasons", "assets"}
        What the plan ranks by, from :func:`ranking_basis`.

    Returns
    -------
    DataFrame, numbered from 0
        ``customer_id``, ``manager``; ``expected_gain`` (``change``) or ``gain_on_paper`` (``chance``);
        ``assets``; ``money_in_question`` (but for ``assets``); ``why``.
    """
    check = Check("call_list")
    plan = check.instance("plan", plan, ContactPlan, hint="plan_contacts(...)")
    book = check.frame("book", book, ["aum"])
    reasons = check.frame("reasons", reasons)
    check.choice("basis", basis, BASES)
    check.done()
    names = {
        "large_inflow": _("large inflow"),
        "maturing": _("money matures"),
        "dormant_but_rich": _("rich and silent"),
    }
    chosen = plan.chosen[["customer_id", "manager", "gain"]]
    table = chosen.join(book[["aum"]]).join(reasons[["money", *REASONS]])
    flags = table[list(REASONS)].to_numpy(dtype=bool)
    why = [listed(name for name, flag in zip(names.values(), row, strict=True) if flag) for row in flags]
    otherwise = _("assets alone") if basis == "assets" else _("score alone")
    table["why"] = [text or otherwise for text in why]
    idle = {"reasons": ["gain"], "assets": ["gain", "money"]}.get(basis, [])
    gain = "expected_gain" if basis == "change" else "gain_on_paper"
    called = {"gain": gain, "aum": "assets", "money": "money_in_question"}
    return table.drop(columns=[*REASONS, *idle]).rename(columns=called).reset_index(drop=True)


def measure_of(basis: str) -> str:
    """What the sum over a list is, by what the list rests on: only the first two are a gain.

    Parameters
    ----------
    basis : {"change", "chance", "reasons", "assets"}
        From :func:`ranking_basis`.

    Examples
    --------
    >>> measure_of("reasons")
    'money in question'
    """
    check = Check("measure_of")
    names = {
        "change": _("expected gain"),
        "chance": _("gain on paper"),
        "reasons": _("money in question"),
        "assets": _("assets"),
    }
    check.choice("basis", basis, BASES)
    check.done()
    return names[basis]


def describe_basis(basis: str, book: pd.DataFrame | None = None) -> str:
    """What a list rests on, and what the book does not let one say.

    Parameters
    ----------
    basis : {"change", "chance", "reasons", "assets"}
        From :func:`ranking_basis`.
    book : DataFrame, optional
        The book: with it, outcomes that are too few for a better list are counted.

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
    check.choice("basis", basis, BASES)
    check.done()
    return (_too_few(basis, book) if book is not None else "") or texts[basis]


def _too_few(basis: str, book: pd.DataFrame) -> str:
    """What a book with outcomes lacks for the next better list; empty if it has none at all."""
    side = {"chance": "not_called", "reasons": "called", "assets": "called"}.get(basis)
    counts = campaign_outcomes(book).loc[side] if side else None
    if counts is None or not counts.sum():
        return ""
    bought, fewest = int(counts["bought"]), int(counts.min())
    if basis == "chance":
        lack = (
            ngettext("Only {count} uncalled client bought", "Only {count} uncalled clients bought", fewest)
            if bought == fewest
            else ngettext(
                "Only {count} uncalled client did not buy",
                "Only {count} uncalled clients did not buy",
                fewest,
            )
        )
        rest = _(
            "{lack}; {needed} are needed to learn what a call changes. The ranking says who is likely to buy "
            "after a call; what a call changes is shown on the simulated branch, as method only."
        )
    else:
        lack = (
            ngettext("Only {count} called client bought", "Only {count} called clients bought", fewest)
            if bought == fewest
            else ngettext(
                "Only {count} called client did not buy", "Only {count} called clients did not buy", fewest
            )
        )
        by_money = _(
            "{lack}; {needed} are needed to learn who buys. Clients are ranked by the money that a reason to "
            "call is about; scores are shown on public and simulated data only."
        )
        by_assets = _(
            "{lack}; {needed} are needed to learn who buys. Clients are ranked by their assets, for want of "
            "anything better in the file; scores are shown on public and simulated data only."
        )
        rest = by_money if basis == "reasons" else by_assets
    return rest.format(lack=lack.format(count=f"{fewest:,}"), needed=FEWEST_BUYERS)


def describe_reasons(
    book: pd.DataFrame,
    reasons: pd.DataFrame,
    *,
    rich_from: float,
    inflow_from: float,
    within_days: int,
    silent_days: int,
    currency: str = "¥",
) -> str:
    """How many clients have each reason to be called, as far as the book tells.

    Parameters
    ----------
    book : DataFrame
    reasons : DataFrame
        From :func:`call_reasons`, with the same thresholds.
    rich_from, inflow_from : float
    within_days, silent_days : int
    currency : str

    Examples
    --------
    >>> book = pd.DataFrame({"aum": [5e4]})
    >>> limits = {"rich_from": 1e6, "inflow_from": 1e5, "within_days": 30, "silent_days": 180}
    >>> from casekit.selling import call_reasons
    >>> describe_reasons(book, call_reasons(book, today="2025-06-30", **limits), **limits)
    'The file tells of no inflows, maturities or contacts, so it holds no reason to call.'
    """
    check = Check("describe_reasons")
    book = check.frame("book", book)
    reasons = check.frame("reasons", reasons, [*REASONS, "money"])
    rich_from = check.number("rich_from", rich_from)
    inflow_from = check.number("inflow_from", inflow_from)
    currency = check.text("currency", currency)
    check.done()
    flagged = {name: check.flags(f"reasons[{name!r}]", reasons[name]) for name in REASONS}
    reasons = pd.DataFrame({**flagged, "money": check.vector("reasons['money']", reasons["money"])})
    check.done()
    told = [
        (
            present(book, "inflow", "usual_inflow"),
            _("a large inflow (from {money}, far above the usual): {count}").format(
                money=format_money(inflow_from, currency), count=f"{reasons['large_inflow'].sum():,}"
            ),
        ),
        (
            present(book, "maturity_date"),
            _("money that matures within {days} days: {count}").format(
                days=within_days, count=f"{reasons['maturing'].sum():,}"
            ),
        ),
        (
            present(book, "last_contact"),
            _("rich (from {money}) and silent for more than {days} days: {count}").format(
                money=format_money(rich_from, currency),
                days=silent_days,
                count=f"{reasons['dormant_but_rich'].sum():,}",
            ),
        ),
    ]
    found = [text for known, text in told if known]
    if not found:
        return _("The file tells of no inflows, maturities or contacts, so it holds no reason to call.")
    missing = len(told) - len(found)
    sentence = _("Reasons to call, before these filters: {reasons}. They concern {money} million.").format(
        reasons=clauses(*found), money=format_money(reasons["money"].sum() / 1e6, currency, digits=1)
    )
    return sentences(sentence, _("Of other reasons the file does not tell.") if missing else "")


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
    '**Call the 1 client whom a call changes most.** Expected gain ¥90 after the cost of the call.'
    """
    check = Check("describe_plan")
    check.choice("basis", basis, BASES)
    check.done()
    plan = check.instance("plan", plan, ContactPlan, hint="plan_contacts(...)")
    currency = check.text("currency", currency)
    count = len(plan.chosen)
    texts = {
        "change": ngettext(
            "**Call the {calls} client whom a call changes most.** Expected gain {money} after the cost of "
            "the call.",
            "**Call the {calls} clients whom a call changes most.** Expected gain {money} after the cost of "
            "the calls.",
            count,
        ),
        "chance": ngettext(
            "**Call the {calls} client most likely to buy.** On paper this brings {money}, but that counts "
            "people who would have bought anyway.",
            "**Call the {calls} clients most likely to buy.** On paper they bring {money}, but that counts "
            "people who would have bought anyway.",
            count,
        ),
        "reasons": ngettext(
            "**Call the {calls} client with a reason to be called and the most money in question:** "
            "{money}. That is no profit: it says what the talk is about, not what it will bring.",
            "**Call the {calls} clients with a reason to be called and the most money in question:** "
            "{money}. That is no profit: it says what the talks are about, not what they will bring.",
            count,
        ),
        "assets": ngettext(
            "**Call the {calls} client with the most assets, for want of anything better in the file:** "
            "{money}. That is no profit, and rich is not a reason to buy.",
            "**Call the {calls} clients with the most assets, for want of anything better in the file:** "
            "{money}. That is no profit, and rich is not a reason to buy.",
            count,
        ),
    }
    text = texts[basis].format(calls=f"{count:,}", money=format_money(plan.gain, currency))
    overall, others = plan.limits.iloc[0], plan.limits.iloc[1:]
    capped = bool((others["shadow_price"] > 0).any())
    if not count:
        text = _("**Call nobody from this list.**")
    if overall["used"] >= overall["cap"]:
        return text
    if capped:
        return sentences(text, _("The caps of the managers leave the other calls unmade."))
    if basis == "reasons":
        return sentences(text, _("The file gives no reason to call anybody else who may be called."))
    if basis == "assets":
        return sentences(text, _("Everybody who may be called and holds assets is on the list."))
    return sentences(text, _("Nobody else is worth a call.") if count else _("Nobody is worth a call."))
