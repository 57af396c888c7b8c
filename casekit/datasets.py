"""The data sets of the workbook: ``load_<name>()``, :func:`list_datasets` and :func:`describe`.

Each has a folder below ``datasets/`` with the data, a card and the script that made it. The card says what a
row is, where the data come from, and what each column means; tests hold it against the file.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit import errors
from casekit._resources import resource
from casekit._text import _

if TYPE_CHECKING:
    import pandas as pd

_BLOCK = re.compile(r"```toml\n(.*?)```", re.DOTALL)
_TABLE_HEADING = re.compile(r"^## Columns of `(?P<file>[^`]+)`\s*$", re.MULTILINE)


def list_datasets() -> pd.DataFrame:
    """Every data set with its title, size and origin.

    Returns
    -------
    DataFrame with columns ``name, title, rows, period, currency, simulated, licence``, one row a data set.
    """
    import pandas as pd

    cards = [read_card(path.parent.name) for path in sorted(resource("datasets").glob("*/card.md"))]
    records = [
        {
            "name": card["name"],
            "title": card["title"],
            "rows": sum(table["rows"] for table in card["table"]),
            **{key: card[key] for key in ("period", "currency", "simulated", "licence")},
        }
        for card in cards
    ]
    return pd.DataFrame(records)


def describe(name: str) -> str:
    """The card of a data set as Markdown text, without its machine-read block.

    Parameters
    ----------
    name : str
        A name from :func:`list_datasets`.
    """
    return _BLOCK.sub("", _card_path(name).read_text(encoding="utf-8"), count=1).strip()


def read_card(name: str) -> dict[str, Any]:
    """The machine-read facts of a card, with the column table of each file under ``columns``."""
    text = _card_path(name).read_text(encoding="utf-8")
    block = _BLOCK.search(text)
    if block is None:
        raise errors.InputError(
            "read_card",
            errors.must_hold(_("a card must begin with a toml block"), got=f"datasets/{name}/card.md"),
        )
    card = tomllib.loads(block.group(1))
    columns = _column_tables(text)
    for table in card["table"]:
        table["columns"] = columns.get(table["file"], [])
    return card


def data_path(name: str, file: str) -> Path:
    """The path of one file of a data set."""
    _card_path(name)
    return resource("datasets", name, file)


def _card_path(name: str) -> Path:
    known = sorted(path.parent.name for path in resource("datasets").glob("*/card.md"))
    if name not in known:
        raise errors.InputError("describe", errors.unknown_name(_("data set"), name, known))
    return resource("datasets", name, "card.md")


def _column_tables(text: str) -> dict[str, list[dict[str, str]]]:
    """The Markdown column tables of a card, keyed by file name."""
    tables: dict[str, list[dict[str, str]]] = {}
    headings = list(_TABLE_HEADING.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : following.start() if following else len(text)]
        lines = [line for line in body.splitlines() if line.startswith("|")]
        cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
        if cells:
            header, rows = cells[0], cells[2:]
            tables[heading["file"]] = [dict(zip(header, row, strict=True)) for row in rows]
    return tables


def _read(name: str, file: str, *, dates: Sequence[str] = (), text: Sequence[str] = ()) -> pd.DataFrame:
    import pandas as pd

    frame = pd.read_csv(
        data_path(name, file), dtype=dict.fromkeys(text, str), keep_default_na=False, na_values=[""]
    )
    for column in dates:
        frame[column] = pd.to_datetime(frame[column], format="%Y-%m-%d")
    return frame


# -- making data sets ------------------------------------------------------------------------------------


def write_table(frame: pd.DataFrame, name: str, file: str, *, decimals: int = 2) -> Path:
    """Write one file of a data set and put its size and sha256 on the card (used by ``make.py``).

    Numbers are rounded to ``decimals``, dates written as year-month-day, and the gzip header carries no time,
    so that the same frame gives the same bytes.
    """
    path = resource("datasets", name) / file
    numbers = frame.select_dtypes("number").columns
    rounded = frame.assign(**{column: frame[column].round(decimals) for column in numbers})
    rounded.to_csv(
        path,
        index=False,
        date_format="%Y-%m-%d",
        lineterminator="\n",
        compression={"method": "gzip", "mtime": 1} if file.endswith(".gz") else None,
    )
    card = path.with_name("card.md")
    if card.exists():
        stamped = _stamped(card.read_text(encoding="utf-8"), file, len(frame), file_sha256(path))
        card.write_text(stamped, encoding="utf-8", newline="\n")
    return path


def file_sha256(path: str | Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _stamped(card: str, file: str, rows: int, sha256: str) -> str:
    start = card.index(f'file = "{file}"')
    end = card.find("[[table]]", start)
    end = card.index("```", start) if end == -1 else end
    block = re.sub(r"^rows = \d+", f"rows = {rows}", card[start:end], flags=re.MULTILINE)
    block = re.sub(r'^sha256 = "\w*"', f'sha256 = "{sha256}"', block, flags=re.MULTILINE)
    return card[:start] + block + card[end:]


# -- real data -------------------------------------------------------------------------------------------


def load_cdnow(*, sample: bool = False) -> pd.DataFrame:
    """Purchases of the customers who first bought at CDNOW in the first quarter of 1997.

    Parameters
    ----------
    sample : bool, default False
        The published 1-in-10 sample of 2,357 customers instead of all 23,570.

    Returns
    -------
    DataFrame with columns ``customer_id`` (int), ``date``, ``quantity`` (CDs), ``amount`` (US dollars), one
    row a purchase; 69,659 rows, or 6,919 for the sample.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2001). Forecasting repeat sales at CDNOW: a case study. *Interfaces*
    31(3), S94–S107.

    Examples
    --------
    >>> purchases = load_cdnow(sample=True)
    >>> len(purchases), purchases["customer_id"].nunique()
    (6919, 2357)
    """
    return _read("cdnow", "cdnow_sample.csv.gz" if sample else "cdnow.csv.gz", dates=["date"])


def load_bank_marketing() -> pd.DataFrame:
    """Telephone contacts of a Portuguese bank selling a term deposit, 2008 to 2010.

    ``duration`` is known only after the call: a model that uses it cannot choose whom to call.

    Returns
    -------
    DataFrame with one row a contacted client, 4,521 rows; ``bought`` (bool) is the outcome.

    References
    ----------
    Moro, S., Cortez, P. and Rita, P. (2014). A data-driven approach to predict the success of bank
    telemarketing. *Decision Support Systems* 62, 22–31.

    Examples
    --------
    >>> contacts = load_bank_marketing()
    >>> len(contacts), int(contacts["bought"].sum())
    (4521, 521)
    """
    return _read("bank_marketing", "bank_marketing.csv.gz")


def load_donations() -> pd.DataFrame:
    """Donors of one cohort by how often and how recently they gave in six yearly chances.

    Returns
    -------
    DataFrame with columns ``frequency`` (years with a gift), ``recency`` (last year with a gift),
    ``periods`` (6) and ``people``; 22 rows, 11,104 people.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Shang, J. (2010). Customer-base analysis in a discrete-time
    noncontractual setting. *Marketing Science* 29(6), 1086–1108.

    Examples
    --------
    >>> donations = load_donations()
    >>> len(donations), int(donations["people"].sum())
    (22, 11104)
    """
    return _read("donations", "donations.csv")


def load_contract_retention() -> pd.DataFrame:
    """Survival of two groups of contract customers over twelve years.

    Returns
    -------
    DataFrame with columns ``year`` (0 to 12), ``regular`` and ``high_end``: share of the group still
    customers.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2007). How to project customer retention. *Journal of Interactive
    Marketing* 21(1), 76–90, table 1; data from Berry, M. and Linoff, G. (2004).

    Examples
    --------
    >>> load_contract_retention().set_index("year").loc[1].to_dict()
    {'regular': 0.631, 'high_end': 0.869}
    """
    return _read("contract_retention", "contract_retention.csv")


# -- simulated data --------------------------------------------------------------------------------------


def load_coach_survey() -> pd.DataFrame:
    """Simulated marks of former coach passengers for four ways from Chengdu to Lhasa.

    Returns
    -------
    DataFrame with one row a respondent, offer and attribute; 15,360 rows, 480 respondents. The card tells
    which figures are real (prices, hours, route) and which are invented (all marks and worths).

    Examples
    --------
    >>> survey = load_coach_survey()
    >>> len(survey), survey["respondent_id"].nunique()
    (15360, 480)
    """
    return _read("coach_survey", "coach_survey.csv.gz")


def load_coach_levers() -> pd.DataFrame:
    """Improvements that the coach company of ``coach_survey`` could make, with assumed effect and cost.

    Returns
    -------
    DataFrame with columns ``lever``, ``attribute`` (empty where a lever only saves time), ``points``,
    ``hours`` and ``cost`` (yuan a passenger); 8 rows.

    Examples
    --------
    >>> len(load_coach_levers())
    8
    """
    return _read("coach_survey", "levers.csv").fillna({"attribute": ""})


def load_swot_factors(table: str = "factors") -> pd.DataFrame:
    """Planning round of an aviation-parts manufacturer modelled on the course's case.

    The statements come from the course's slides; every weight, rating and score is a teaching assumption.

    Parameters
    ----------
    table : {"factors", "strategies", "attractiveness", "judgements", "proposition", "claims"}
        Which table of the planning round.

    Returns
    -------
    DataFrame: 20 factors with weight, rating and evidence; 9 TOWS strategies; attractiveness of four
    directions (a dash: does not bear on the choice); pairwise judgements of three judges; components of the
    value proposition; claims of the four-part analysis.

    Examples
    --------
    >>> load_swot_factors()["kind"].value_counts().to_dict()
    {'S': 5, 'W': 5, 'O': 5, 'T': 5}
    >>> load_swot_factors("strategies").loc[0, ["strategy", "codes"]].tolist()
    ['SO1', 'S1, S2, O1']
    """
    known = ("factors", "strategies", "attractiveness", "judgements", "proposition", "claims")
    if table not in known:
        raise errors.InputError("load_swot_factors", errors.unknown_name("table", table, known))
    return _read("swot_factors", f"{table}.csv")


#: Tables of the simulated branch with their date columns.
_BANK_BOOK = {
    "clients": ["maturity_date", "last_contact"],
    "aum": [],
    "flows": ["date"],
    "products": ["matures"],
    "contacts": ["date"],
    "campaign": ["maturity_date", "last_contact"],
    "truth": [],
}


def load_bank_book(table: str = "clients") -> pd.DataFrame:
    """A simulated branch of a bank with 12,000 clients and a campaign whose calls were drawn by lot.

    Parameters
    ----------
    table : {"clients", "aum", "flows", "products", "contacts", "campaign", "truth"}
        ``clients``: one row a client on 2025-06-30. ``aum``: assets, one column a month. ``flows``: days with
        money in or out. ``campaign``: clients on the day the calls were drawn, with the outcome. ``truth``:
        what no bank knows, the change by a call among it.

    Returns
    -------
    DataFrame; see the card for the columns.

    Examples
    --------
    >>> load_bank_book().shape
    (12000, 13)
    """
    if table not in _BANK_BOOK:
        raise errors.InputError("load_bank_book", errors.unknown_name("table", table, list(_BANK_BOOK)))
    return _read("bank_book", f"{table}.csv.gz", dates=_BANK_BOOK[table])


#: Tables of the simulated restaurant: file, date columns, text columns.
_RESTAURANT: dict[str, tuple[str, list[str], list[str]]] = {
    "visits": ("visits.csv.gz", ["date"], ["customer_id", "meal"]),
    "guests": ("guests.csv", [], ["customer_id", "arm"]),
    "truth": ("truth.csv", [], ["parameter", "value", "meaning"]),
    "monthly_sheet": ("monthly_sheet.csv", [], []),
}


def load_restaurant(table: str = "visits") -> pd.DataFrame:
    """A simulated restaurant over 24 months: a rival opens, then a loyalty programme starts, drawn by lot.

    Parameters
    ----------
    table : {"visits", "guests", "truth", "monthly_sheet"}
        ``visits``: one row a visit. ``guests``: one row a guest, with the group drawn by lot and a survey
        made before the rival opened. ``truth``: what was planted. ``monthly_sheet``: the course's own
        hand-kept sheet, all cells as text.

    Returns
    -------
    DataFrame; see the card for the columns.

    Examples
    --------
    >>> load_restaurant("guests")["arm"].value_counts().to_dict()
    {'member': 182, 'control': 182}
    >>> len(load_restaurant("monthly_sheet"))
    4
    """
    if table not in _RESTAURANT:
        raise errors.InputError("load_restaurant", errors.unknown_name("table", table, list(_RESTAURANT)))
    file, dates, text = _RESTAURANT[table]
    frame = _read("restaurant", file, dates=dates, text=text)
    return frame.astype(object).where(frame.notna(), None) if table == "monthly_sheet" else frame
