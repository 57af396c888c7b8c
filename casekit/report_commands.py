"""``casekit plan`` and ``casekit verify``: reports in numbers, and whether one can be repeated."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from casekit._text import _

plan_app = typer.Typer(no_args_is_help=True, help="Plans: which reports a batch makes.")


@plan_app.command("new")
def new(
    path: Annotated[
        Path, typer.Argument(help="file to write: .yaml with comments, .xlsx or .csv with one row a report")
    ] = Path("plan.yaml"),
    force: Annotated[bool, typer.Option("--force", help="replace the file if it is there")] = False,
) -> None:
    """Write a plan to start from; it runs as it is, on the shipped data."""
    from casekit.reports.plan.example import write_example

    made = write_example(path, overwrite=force)
    out = Console(highlight=False, soft_wrap=True)
    out.print(escape(_("{path}. Next: casekit batch {path} --dry-run").format(path=made)))


@plan_app.command("check")
def check(
    path: Annotated[Path, typer.Argument(help="the plan: .yaml, .xlsx or .csv", metavar="PLAN")],
    read_data: Annotated[bool, typer.Option("--data/--no-data", help="read the clients' files too")] = True,
) -> None:
    """Check a plan and the files it names, and show what it would make; nothing is run."""
    from casekit.reports.plan import read_plan
    from casekit.reports.plan.description import print_plan

    plan = read_plan(path, check_data=read_data)
    print_plan(plan, Console(highlight=False))


def verify(
    report: Annotated[Path, typer.Argument(help="a page (.html) or an executed notebook (.ipynb)")],
    data: Annotated[
        Path | None, typer.Option(help="your own file, if it does not lie beside the report")
    ] = None,
    case: Annotated[Path | None, typer.Option(help="the notebook, if it is none of the workbook's")] = None,
    time_limit: Annotated[float, typer.Option(help="seconds the new run may take")] = 600,
) -> None:
    """Make a report again and say whether its numbers are the same.

    Exit 0: every number and figure is the same, whatever the words round them, which are told apart.
    1: a number or a figure is another. 2: it cannot be told.
    """
    from casekit.reports.verification import verify as verify_report

    console = Console(highlight=False, soft_wrap=True)
    with Console(stderr=True).status(escape(report.name)):
        result = verify_report(report, data=data, case=case, time_limit=time_limit)
    console.print(escape(result.text))
    raise typer.Exit(result.result)
