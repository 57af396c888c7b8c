"""What a plan would make, as a table to read before it is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casekit._text import _, ngettext
from casekit.reports.plan import Plan
from casekit.reports.provenance import PATHS
from casekit.reports.task import Task

#: Letters that five columns need; a narrower screen breaks the lines itself.
NARROWEST = 110

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def print_plan(plan: Plan, console: Console) -> None:
    """What the plan would make, to be read before it is made."""
    console.width = max(console.width, NARROWEST)
    console.print(describe_plan(plan))
    console.print(summary_of(plan), markup=False, soft_wrap=True)


def describe_plan(plan: Plan) -> Table:
    """One row a report: files, case, language, data, and the parameters that the plan sets."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    headings = (_("report"), _("case"), _("language"), _("data"), _("parameters"))
    for place, heading in enumerate(headings):
        table.add_column(heading, no_wrap=place in (1, 2), overflow="fold")
    for task in plan.tasks:
        table.add_row(*map(escape, (_files(task), Path(task.case).stem, task.language, *_values(task))))
    return table


def summary_of(plan: Plan) -> str:
    """One sentence: how many reports, how many files, where."""
    count = len(plan.tasks)
    sentence = ngettext(
        "{count} report in {files} files, into {folder}",
        "{count} reports in {files} files, into {folder}",
        count,
    )
    files = sum(len({*task.formats, "ipynb"}) for task in plan.tasks)
    return sentence.format(count=count, files=files, folder=plan.out)


def _files(task: Task) -> str:
    """The name with the endings of all its files: ``upsell.{html,pdf}``."""
    from casekit.reports.formats import FORMATS

    endings = [FORMATS[name].ending.lstrip(".") for name in task.formats]
    return f"{task.name}.{endings[0]}" if len(endings) == 1 else f"{task.name}.{{{','.join(endings)}}}"


def _values(task: Task) -> tuple[str, str]:
    data = task.parameters.get("data")
    said = {name: value for name, value in task.parameters.items() if name not in PATHS}
    return (
        Path(data).name if data else _("shipped"),
        ", ".join(f"{name}={value}" for name, value in said.items()) or _("defaults"),
    )
