"""A first plan to start from: it runs as it is, on the shipped data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from casekit import errors
from casekit._text import _, current_language
from casekit.information.sheets import write_book

_YAML = """\
# {heading}
#   casekit batch {file} --dry-run    {dry_run}
#   casekit batch {file}              {run}

out: reports              # {out}

defaults:                 # {defaults}
  formats: [html]         # {formats}
  language: {spoken:<14}# {language}
  # brand: brand.yaml     # {brand}

reports:
  - bank_upsell           # {plain}

  - case: swot
    name: swot-careful    # {name}
    parameters:           # {parameters}
      concentration: 40
      score_slip: 0.3

  - case: lifetime_value
    name: "{{case}}-{{group}}-{{margin_rate}}"   # {pattern}
    grid:                 # {grid}
      group: [regular, high_end]
      margin_rate: [0.2, 0.3]

  # - case: loyalty_tiers
  #   name: "{{case}}-{{city}}-{{year}}"
  #   data: "clients/{{city}}-{{year}}.xlsx"     # {data}
  #   reading: "amount=实付金额; refunds=drop"
  #   language: zh_CN
  #   title: "{{city}} {{year}}"
  #   grid:
  #     city: [上海, 北京]                       # {label}
  #     year: [2022, 2023]
"""

#: The rows of a spreadsheet that ask for the same reports. An empty cell keeps the default.
_ROWS = (
    {"case": "bank_upsell", "name": "04_bank_upsell"},
    {"case": "swot", "name": "swot-careful", "concentration": "40", "score_slip": "0.3"},
    *(
        {
            "case": "lifetime_value",
            "name": f"05_lifetime_value-{group}-{margin}",
            "group": group,
            "margin_rate": margin,
        }
        for group in ("regular", "high_end")
        for margin in ("0.2", "0.3")
    ),
)
_COLUMNS = ("case", "name", "title", "language", "formats", "data", "reading")


def write_example(path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a plan to start from.

    Parameters
    ----------
    path : path
        ``.yaml`` with a comment on every line, or ``.xlsx`` or ``.csv`` with one row a report.
    overwrite : bool, default False
        Replace a file that is there.
    """
    from casekit.reports.plan import ENDINGS

    path = Path(path).expanduser()
    ending = path.suffix.lower()
    kinds = [kind for kind in ENDINGS if kind != ".xls"]
    if ending not in kinds:
        problem = errors.must_hold(
            _("the plan must be a file of a known kind"), got=path.name, allowed=", ".join(kinds)
        )
        raise errors.InputError("plan new", problem)
    if path.exists() and not overwrite:
        problem = errors.must_hold(
            _("a plan that is there must not be lost"), got=path.name, hint=_("another name, or --force")
        )
        raise errors.InputError("plan new", problem)
    if not path.parent.is_dir():
        problem = errors.must_hold(
            _("the folder of the plan must exist"), got=str(path.parent), hint=_("make the folder first")
        )
        raise errors.InputError("plan new", problem)
    if ending == ".xlsx":
        return write_book({"plan": _frame()}, path, "plan new")
    if ending == ".csv":
        _frame().to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    else:
        path.write_text(_yaml(path.name), encoding="utf-8", newline="\n")
    return path


def _frame() -> pd.DataFrame:
    parameters = [name for row in _ROWS for name in row if name not in _COLUMNS]
    columns = [*_COLUMNS, *dict.fromkeys(parameters)]
    return pd.DataFrame([{name: row.get(name, "") for name in columns} for row in _ROWS], columns=columns)


def _yaml(file: str) -> str:
    return _YAML.format(
        file=file,
        heading=_("The reports of one batch. Paths are taken from this file's own folder."),
        dry_run=_("shows what would be made"),
        run=_("makes it; again after an interruption makes the rest"),
        out=_("folder for the reports"),
        defaults=_("for every report that does not say otherwise"),
        formats="html, pdf, slides, docx, pptx, ipynb",
        spoken=current_language(),
        language=_("en or zh_CN"),
        brand=_("name, logo, colours and footer of your house"),
        plain=_("a case with its defaults; casekit list shows all"),
        name=_("file name without ending"),
        parameters=_("casekit show swot lists them with their ranges"),
        pattern=_("words in braces are filled in"),
        grid=_("one report for each combination"),
        data=_("your own files; casekit template loyalty_tiers writes one"),
        label=_("not a parameter: a word for name, title and data"),
    )
