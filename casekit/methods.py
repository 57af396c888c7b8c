"""The index of methods: where each of the course's 121 items is computed, taught and exercised."""

from __future__ import annotations

import pandas as pd

from casekit import errors
from casekit._resources import resource
from casekit._text import _

#: Columns of ``notebooks/methods.csv``; cells with several entries separate them by a space.
COLUMNS = ("item", "name_zh", "name_en", "function", "notebook", "exercise", "why_not_computed")


def list_methods(word: str | None = None) -> pd.DataFrame:
    """The course's methods, checklists, cases and figures, each with its home in the workbook.

    Parameters
    ----------
    word : str, optional
        Only items with this word in a name or a function (case does not matter), or with this number.

    Returns
    -------
    DataFrame with the columns ``item`` (int), ``name_zh``, ``name_en``, ``function`` (full dotted paths),
    ``notebook`` and ``exercise`` (``NN_name#section``), ``why_not_computed``; empty text where there is none.

    Raises
    ------
    InputError
        If no item has the word.

    Examples
    --------
    >>> list_methods("delivered value")["item"].tolist()
    [22]
    """
    table = pd.read_csv(resource("notebooks", "methods.csv"), dtype=str, keep_default_na=False)
    table["item"] = table["item"].astype(int)
    if word is None:
        return table
    text = table[["name_zh", "name_en", "function"]].agg(" ".join, axis=1).str.lower()
    found = table[text.str.contains(word.lower(), regex=False) | (table["item"].astype(str) == word)]
    if found.empty:
        raise errors.InputError(
            "list_methods",
            errors.must_hold(
                _("a word must occur in the name of a method"),
                got=repr(word),
                hint=_("casekit methods lists them all"),
            ),
        )
    return found.reset_index(drop=True)


def render_methods() -> str:
    """The index as a Markdown page (``docs/methods.md`` is this text)."""
    rows = [_row(row) for row in list_methods().itertuples(index=False)]
    head = [
        "# Index of methods",
        "",
        "The course's 121 items with their homes. An empty cell is honest: nothing is there yet. Made from",
        "`notebooks/methods.csv`; in a terminal: `casekit methods WORD`.",
        "",
        "| item | 中文 | English | function | notebook | remark |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _row(row: tuple) -> str:
    item, name_zh, name_en, function, notebook, exercise, remark = row
    functions = "<br>".join(f"`{name}`" for name in function.split())
    homes = "<br>".join(
        [_link(anchor, "notebooks/{}.ipynb") for anchor in notebook.split()]
        + [_link(anchor, "exercises/{}/student.ipynb", "exercise {name}") for anchor in exercise.split()]
    )
    return f"| {item} | {name_zh} | {name_en} | {functions} | {homes} | {remark} |"


def _link(anchor: str, place: str, text: str = "{name}") -> str:
    stem = anchor.split("#")[0]
    return f"[{text.format(name=stem)}](../{place.format(stem)})"
